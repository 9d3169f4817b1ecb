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
    guard let answer = choose(prepared, octets) else {
      let request = self.request(connection, octets)
      let exchange = Exchange(
        method: request.method, path: prepared.path, client: request.client, id: request.id,
        began: began)
      let seconds = (now - clockOffset) / 1_000_000_000
      let selected = prepared.response.selected(for: request, at: seconds)
      return write(Answer(selected), to: connection, exchange, isReused: true)
    }
    let origin = self.origin(connection, octets)
    let exchange = Exchange(
      method: parser.head.method, path: prepared.path, client: origin.client, id: origin.id,
      began: began)
    write(
      answer, to: connection, exchange, isReused: true, withContent: parser.head.method == .get)
  }

  /// The form that the head just read asks for; nil when that is not one of the usual.
  private func choose(_ prepared: Prepared, _ octets: Span<UInt8>) -> Answer? {
    if parser.head.has(.range) || parser.head.has(.ifMatch) || parser.head.has(.ifUnmodifiedSince) {
      return nil
    }
    let form: Prepared.Form
    switch codings.coding(parser.head, octets) {
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

  /// Has a worker answer a request whose content is there.
  func run(_ connection: Connection, _ request: Request, _ exchange: Exchange) {
    connection.phase = .running
    let key = connection.key
    let isTaken = shared.workers.submit { [self, shared] worker in
      // Read before the service is asked: what changes meanwhile makes the answer old.
      let generation = shared.service.generation
      let response = shared.service.response(to: request, worker: worker)
      if case .file(let path, _) = request.content { Upload.remove(path) }
      let seconds = wallNow() / 1_000_000_000
      let answer = Answer(response.selected(for: request, at: seconds))
      var prepared: Prepared?
      if response.isReusable, request.method == .get || request.method == .head {
        prepared = Prepared(response, to: request, generation: generation, now: seconds)
      }
      post(.answered(key: key, exchange, answer, prepared))
    }
    guard !isTaken else { return }
    if case .file(let path, _) = request.content { storeQueue.async { Upload.remove(path) } }
    counters.add(1, to: .turnedAway)
    connection.phase = .head
    var response = shared.service.refusal(.serviceUnavailable, of: request)
    response.fields.set("retry-after", to: "2")
    write(Answer(response.selected(for: request)), to: connection, exchange, isReused: false)
  }

  /// Sends what a worker has answered.
  func finishRunning(
    _ key: UInt64, _ exchange: Exchange, _ answer: Answer, _ prepared: Prepared?
  ) {
    if let prepared {
      self.prepared.insert(
        prepared, generation: shared.service.generation, counting: counters)
    }
    guard let connection = connection(key), connection.phase == .running else {
      let answered = Answered(
        exchange: exchange, status: answer.status, contentOctets: 0, isReused: false)
      return record([answered], isCut: true)
    }
    connection.phase = .head
    if stopLimit != nil { connection.isLast = true }
    write(answer, to: connection, exchange, isReused: false)
    flush(connection)
    proceed(connection)
  }

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
        began: connection.began == 0 ? now : connection.began)
    connection.phase = .head
    connection.began = 0
    // Nothing is selected from it: conditions are those of the resource, which was not asked.
    write(
      Answer(response), to: connection, exchange, isReused: false,
      withContent: request?.method != .head)
  }
}
