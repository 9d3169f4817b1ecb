import Dispatch
import HTTP

/// From requests to answers.
extension Loop {
  /// Answers with what is prepared.
  ///
  /// What is asked for often has been written down already; for the rest the selection is made
  /// from the prepared response, which is in memory or an open file.
  func reuse(
    _ prepared: Prepared, for connection: Connection, _ octets: Span<UInt8>, began: Int64
  ) {
    counters.add(1, to: .hits)
    let origin = self.origin(connection, octets)
    let seconds = prepared.budget.flatMap { overdraft($0, origin) }
    guard seconds == nil, let answer = choose(prepared, octets) else {
      let request = self.request(origin, octets)
      let exchange = Exchange(
        method: request.method, path: prepared.path, client: request.client, id: request.id,
        userAgent: userAgents.text(parser.head, octets), began: began)
      if let seconds { return decline(connection, request, exchange, retryAfter: seconds) }
      let selected = prepared.response.selected(for: request, at: wallSeconds)
      return write(Answer(selected), to: connection, exchange, isReused: true)
    }
    let exchange = Exchange(
      method: parser.head.method, path: prepared.path, client: origin.client, id: origin.id,
      userAgent: userAgents.text(parser.head, octets), began: began)
    write(
      answer, to: connection, exchange, isReused: true, withContent: parser.head.method == .get)
  }

  /// The form that the head just read asks for; nil when that is not one of the usual.
  private func choose(_ prepared: Prepared, _ octets: Span<UInt8>) -> Answer? {
    if parser.head.has(.range) || parser.head.has(.ifMatch) || parser.head.has(.ifUnmodifiedSince) {
      return nil
    }
    let form: Prepared.Form
    switch preferredCoding(octets) {
    case .identity: form = prepared.identity
    case .gzip: form = prepared.gzip ?? prepared.identity
    case nil: return nil
    }
    if let tags = parser.head.value(of: .ifNoneMatch) {
      guard !parser.head.isRepeated(.ifNoneMatch), octets.equals(tags, form.entityTag) else {
        return nil
      }
      return form.notModified
    }
    if let date = parser.head.value(of: .ifModifiedSince) {
      return octets.equals(date, prepared.lastModified) ? form.notModified : nil
    }
    return form.whole
  }

  /// Has a worker answer a request whose content is there, or waits for the answer to another
  /// request of the same target.
  func run(_ connection: Connection, _ request: Request, _ exchange: Exchange) {
    connection.phase = .running
    var pending = Pending(key: connection.key, request: request, exchange: exchange)
    if pending.isRead, request.content.isNone, joined.joins(&pending) { return }
    guard !submit(pending) else { return }
    _ = joined.leave(pending, isShared: true)
    turnAway(pending, connection)
  }

  private func submit(_ pending: Pending) -> Bool {
    shared.workers.submit { [self, shared] worker in
      let request = pending.request
      // Read before the service is asked: what changes meanwhile makes the answer old.
      let generation = shared.service.generation
      let response = shared.service.response(to: request, worker: worker)
      if case .file(let path, _) = request.content { Upload.remove(path) }
      let seconds = wallNow() / 1_000_000_000
      let answer = Answer(response.selected(for: request, at: seconds))
      var prepared: Prepared?
      if response.isReusable, pending.isRead {
        prepared = Prepared(
          response, to: request, budget: shared.service.budget(of: request),
          generation: generation, now: seconds)
      }
      post(.answered(pending, answer, prepared))
    }
  }

  /// Answers that there are too many requests before this one.
  private func turnAway(_ pending: Pending, _ connection: Connection) {
    if case .file(let path, _) = pending.request.content {
      storeQueue.async { Upload.remove(path) }
    }
    counters.add(1, to: .turnedAway)
    connection.phase = .head
    var response = shared.service.refusal(.serviceUnavailable, of: pending.request)
    response.fields.set("retry-after", to: "2")
    let answer = Answer(response.selected(for: pending.request))
    write(answer, to: connection, pending.exchange, isReused: false)
  }

  /// Sends what a worker has answered, also to those who waited for the same.
  func finishRunning(_ pending: Pending, _ answer: Answer, _ prepared: Prepared?) {
    let generation = shared.service.generation
    if let prepared {
      self.prepared.insert(prepared, generation: generation, counting: counters)
    }
    send(answer, to: pending, isReused: false)
    for other in joined.leave(pending, isShared: prepared != nil) {
      // Who asked after a change must not get what was made before it.
      if let prepared, prepared.generation == generation {
        counters.add(1, to: .hits)
        let selected = prepared.response.selected(for: other.request, at: wallSeconds)
        send(Answer(selected), to: other, isReused: true)
      } else {
        again(other)
      }
    }
  }

  private func again(_ pending: Pending) {
    guard let connection = connection(pending.key), connection.phase == .running else { return }
    guard !submit(pending) else { return }
    turnAway(pending, connection)
    flush(connection)
    proceed(connection)
  }

  private func send(_ answer: Answer, to pending: Pending, isReused: Bool) {
    guard let connection = connection(pending.key), connection.phase == .running else {
      let answered = Answered(
        exchange: pending.exchange, status: answer.status, contentOctets: 0, isReused: isReused)
      return record([answered], isCut: true)
    }
    connection.phase = .head
    if stopLimit != nil { connection.isLast = true }
    write(answer, to: connection, pending.exchange, isReused: isReused)
    flush(connection)
    proceed(connection)
  }

  /// The seconds that a client has to wait whose budget is used up; nil while it is not.
  ///
  /// A trusted proxy that does not say who its clients are is not held to account for all of them,
  /// nor is a network that the operator knows.
  func overdraft(_ budget: Budget, _ origin: Origin) -> Int? {
    guard !budgets.isEmpty else { return nil }
    guard !shared.configuration.isUnlimited(origin.address) else { return nil }
    return budgets.draw(budget, for: origin.address, now: now)
  }

  /// Answers that the client asks too often.
  func decline(
    _ connection: Connection, _ request: Request, _ exchange: Exchange, retryAfter seconds: Int
  ) {
    var response = shared.service.refusal(.tooManyRequests, of: request)
    response.fields.set("retry-after", to: "\(max(1, seconds))")
    write(
      Answer(response.selected(for: request)), to: connection, exchange, isReused: false)
  }

  private var wallSeconds: Int64 { (now - clockOffset) / 1_000_000_000 }

  /// Goes on after an answer: with what is already there, or by waiting.
  func proceed(_ connection: Connection) {
    if connection.phase == .head || connection.phase == .content, !connection.input.isEmpty {
      guard connection.isLast else {
        return takeKept(connection)
      }
      connection.lingers = true
    }
    settle(connection)
  }

  /// Refuses a request and the connection with it: where the next one begins is not known.
  func refuse(
    _ connection: Connection, _ status: Status, of request: Request? = nil,
    _ exchange: Exchange? = nil
  ) {
    connection.isLast = true
    connection.lingers = true
    connection.partial = nil
    connection.input = []
    let intake = connection.intake
    abandonContent(connection)
    let request = request ?? intake?.request
    let response = shared.service.refusal(status, of: request)
    let exchange =
      exchange ?? intake?.exchange
      ?? Exchange(
        method: nil, path: "", client: connection.client, id: identifiers.next(),
        userAgent: "", began: connection.began == 0 ? now : connection.began)
    connection.phase = .head
    connection.began = 0
    // Nothing is selected from it: conditions are those of the resource, which was not asked.
    write(
      Answer(response), to: connection, exchange, isReused: false,
      withContent: request?.method != .head)
  }
}
