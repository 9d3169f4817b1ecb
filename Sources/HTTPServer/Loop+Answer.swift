import Dispatch
import HTTP

/// From requests to answers.
extension Loop {
  /// Answers with what is prepared.
  ///
  /// The whole, a part and 304 have been written down already, but for the numbers of the part; the
  /// rest is selected from the prepared response, which is in memory or an open file.
  func reuse(
    _ prepared: Prepared, for connection: Connection, _ head: RequestHead, _ octets: Span<UInt8>,
    began: Int64
  ) {
    let origin = self.origin(connection, head, octets)
    let exchange = Exchange(
      method: head.method, path: prepared.path, client: origin.client, id: origin.id,
      userAgent: userAgents.text(head, octets), isPrefetch: head.isPrefetch(in: octets),
      isSecure: origin.isSecure, began: began)
    if let budget = prepared.budget,
      let seconds = overdraft(budget, of: origin.address, on: connection)
    {
      let request = self.request(connection, origin, head, octets)
      return decline(connection, request, exchange, retryAfter: seconds)
    }
    let accepted = acceptedCodings(head, octets)
    if prepared.lacksForm(for: accepted) {
      return code(
        prepared, for: connection, self.request(connection, origin, head, octets), exchange)
    }
    guard let form = prepared.form(for: accepted) else {
      return select(
        from: prepared, for: connection, self.request(connection, origin, head, octets), exchange)
    }
    func give(_ answer: Answer, withContent: Bool) {
      remember(
        head, octets, prepared, answer, withContent: withContent, on: connection,
        exchange)
      write(answer, to: connection, exchange, isReused: true, withContent: withContent)
    }
    guard prepared.isSelectable, head.isConditional else {
      return give(form.whole, withContent: head.method == .get)
    }
    let now = wallSeconds
    switch head.precondition(in: octets, for: form.validators, now: now) {
    case .notModified:
      if let answer = form.notModified { return give(answer, withContent: false) }
    case .holds:
      guard head.method == .get, head.has(.range), let partHead = form.partHead else {
        return give(form.whole, withContent: head.method == .get)
      }
      let length = form.whole.contentOctets
      let range = head.rangeRequest(in: octets, length: length, for: form.validators, now: now)
      switch range {
      case .whole: return write(form.whole, to: connection, exchange, isReused: true)
      case .part(let part):
        if let piece = form.whole.piece(part) {
          return write(part: piece, part, of: length, partHead, to: connection, exchange)
        }
      case .parts, .unsatisfiable: break
      }
    case .failed: break
    }
    select(
      from: prepared, for: connection, self.request(connection, origin, head, octets), exchange)
  }

  /// Answers with what a request selects that is not written down.
  private func select(
    from prepared: Prepared, for connection: Connection, _ request: Request,
    _ exchange: Exchange
  ) {
    let selected = prepared.response.selected(for: request, at: wallSeconds)
    write(Answer(selected), to: connection, exchange, isReused: true)
  }

  /// Has a worker make the second coding of a prepared answer, and answers with it.
  private func code(
    _ prepared: Prepared, for connection: Connection, _ request: Request, _ exchange: Exchange
  ) {
    let pending = Pending(loop: self, key: connection.key, request: request, exchange: exchange)
    let isTaken = shared.workers.submit(for: exchange.client) { [shared] _ in
      let seconds = wallNow() / 1_000_000_000
      let coded = Prepared(codingOf: prepared, now: seconds)
      shared.answers.keep(coded)
      let answer = Answer(coded.response.selected(for: pending.request, at: seconds))
      pending.loop.post(.answered(pending, answer, coded))
    }
    if isTaken {
      connection.phase = .running
    } else {
      turnAway(pending, connection)
    }
  }

  /// The request whose head has just been read, as a value.
  func request(
    _ connection: Connection, _ origin: Origin, _ head: RequestHead, _ octets: Span<UInt8>,
    language: Int? = nil
  ) -> Request {
    var request = head.request(
      in: octets, client: origin.client, isSecure: origin.isSecure, id: origin.id,
      language: language ?? preferredLanguage(head, octets))
    request.isFromUndeclaredProxy =
      !connection.isTrusted && (head.has(.xForwardedFor) || head.has(.forwarded))
    return request
  }

  /// Has a worker answer a request whose content is there, or waits for the answer to another
  /// request of the same target.
  func run(_ connection: Connection, _ request: Request, _ exchange: Exchange) {
    connection.phase = .running
    pass(
      Pending(loop: self, key: connection.key, request: request, exchange: exchange), connection)
  }

  private func pass(_ pending: Pending, _ connection: Connection) {
    var pending = pending
    pending.leads = false
    if pending.request.isRead, pending.request.content.isNone,
      !shared.service.isPersonal(pending.request)
    {
      switch shared.answers.ask(&pending, shared.service, at: second) {
      case .found(let prepared):
        // Another loop has asked for it.
        counters.add(1, to: .hits)
        self.prepared.insert(prepared)
        connection.phase = .head
        return select(from: prepared, for: connection, pending.request, pending.exchange)
      case .waits:
        return counters.add(1, to: .misses)
      case .leads, .goesAlone:
        counters.add(1, to: .misses)
      }
    }
    guard !submit(pending) else { return }
    let others = shared.answers.leave(pending, nil, isShared: true)
    turnAway(pending, connection)
    for other in others { other.loop.post(.shared(other, nil)) }
  }

  private func submit(_ pending: Pending) -> Bool {
    var isUpload = false
    if case .file = pending.request.content { isUpload = true }
    return shared.workers.submit(for: pending.exchange.client, isLong: isUpload) {
      [shared] worker in
      let request = pending.request
      let seconds = wallNow() / 1_000_000_000
      let (response, prepared) = shared.answer(to: request, worker: worker, now: seconds)
      if case .file(let path, _) = request.content { Upload.remove(path) }
      let answer = Answer(
        (prepared?.response ?? response).selected(for: request, at: seconds))
      let others = shared.answers.leave(pending, prepared, isShared: prepared != nil)
      pending.loop.post(.answered(pending, answer, prepared))
      for other in others { other.loop.post(.shared(other, prepared)) }
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

  /// Sends what a worker has answered.
  func finishRunning(_ pending: Pending, _ answer: Answer, _ prepared: Prepared?) {
    if let prepared, prepared.isCurrent(shared.service, at: second) {
      self.prepared.insert(prepared)
    }
    send(answer, to: pending, isReused: false)
  }

  /// Answers who has waited for what another asked for.
  func finishWaiting(_ pending: Pending, _ prepared: Prepared?) {
    // Who asked after a change must not get what was made before it.
    guard let prepared, prepared.isCurrent(shared.service, at: second) else {
      guard let connection = connection(pending.key), connection.phase == .running else { return }
      pass(pending, connection)
      guard connection.phase != .running else { return }
      flush(connection)
      return proceed(connection)
    }
    counters.add(1, to: .hits)
    self.prepared.insert(prepared)
    let selected = prepared.response.selected(for: pending.request, at: wallSeconds)
    send(Answer(selected), to: pending, isReused: true)
  }

  private func send(_ answer: Answer, to pending: Pending, isReused: Bool) {
    guard let connection = connection(pending.key), connection.phase == .running else {
      note(pending.exchange, answer.status, contentOctets: 0, isReused: isReused)
      return settleRecords(areCut: true)
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
  func overdraft(_ budget: Budget, of client: Address, on connection: Connection) -> Int? {
    guard !shared.budgets.isEmpty else { return nil }
    let isUnlimited =
      client == connection.peer
      ? connection.isUnlimited : shared.configuration.isUnlimited(client)
    return isUnlimited ? nil : shared.budgets.draw(budget, for: client, now: now)
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
        userAgent: "", isSecure: shared.configuration.isBehindTLS,
        began: connection.began == 0 ? now : connection.began)
    connection.phase = .head
    connection.began = 0
    // Nothing is selected from it: conditions are those of the resource, which was not asked.
    write(
      Answer(response), to: connection, exchange, isReused: false,
      withContent: request?.method != .head)
  }
}
