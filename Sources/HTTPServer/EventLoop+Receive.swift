import Dispatch
import HTTP
import System

/// From bytes to requests.
extension EventLoop {
  /// Reads what has come, once.
  ///
  /// - Returns: Whether nothing was left.
  func receive(_ connection: Connection) -> Bool {
    guard connection.state.isReading else {
      // What is pipelined, or the end, waits in the system's buffer until its turn comes.
      setInterest(connection, connection.interest == .room ? .room : .none)
      return true
    }
    let kept = connection.unread.count
    guard kept + Self.receiveSize <= received.count else {
      handle(connection, .reset)
      return true
    }
    switch connection.socket.receive(into: &received, at: kept, limit: Self.receiveSize) {
    case .nothing: return true
    case .end:
      handle(connection, .endOfInput)
      return true
    case .broken:
      handle(connection, .reset)
      return true
    case .bytes(let count):
      counters.add(count, to: .received)
      restoreKept(connection)
      read(connection, kept + count)
      finishPass(connection)
      return count < Self.receiveSize
    }
  }

  /// Reads bytes that were kept, now that their turn has come.
  func readKept(_ connection: Connection) {
    guard !connection.unread.isEmpty else {
      // The client was told that the connection stays open before the server was to stop.
      if rules.isStopping { return handle(connection, .stop) }
      return update(connection)
    }
    let count = connection.unread.count
    restoreKept(connection)
    read(connection, count)
    finishPass(connection)
  }

  /// Puts bytes that were kept in front of those that have been received.
  private func restoreKept(_ connection: Connection) {
    guard !connection.unread.isEmpty else { return }
    received.replaceSubrange(connection.unread.indices, with: connection.unread)
    connection.unread = []
  }

  /// Reads requests and bodies from the first `count` bytes, and keeps the rest.
  private func read(_ connection: Connection, _ count: Int) {
    // Nothing is received meanwhile.
    let received = received
    var position = 0
    reading: while true {
      let bytes = received.span.extracting(position..<count)
      var used = 0
      let action = connection.state.receive(
        bytes, used: &used, parser: &parser, at: now, rules)
      let start = position
      position += used
      switch action {
      case .wait: break reading
      case .request: begin(connection, bytes)
      case .keep(let range):
        connection.body?.append(received[start + range.lowerBound..<start + range.upperBound])
      case .store(let isLast): store(connection, isLast: isLast)
      case .respond: respondToBody(connection)
      case .refuse(let status): refuse(connection, status)
      case .close: return release(connection)
      }
      if output.count > Self.batchSize { flush(connection) }
      if connection.state.isClosed { return }
    }
    if position < count { connection.unread = Array(received[position..<count]) }
  }

  /// Sends what a pass over the input has put together, and waits for what comes next.
  func finishPass(_ connection: Connection) {
    flush(connection)
    guard !connection.state.isClosed else { return }
    if connection.state.output == .empty {
      handle(connection, .flushed)
    } else {
      update(connection)
    }
  }

  /// Begins to answer the request whose head has just been read.
  private func begin(_ connection: Connection, _ bytes: Span<UInt8>) {
    // Once: each look at a property of a class may copy it.
    let head = parser.head
    let language =
      context.languages.count > 1 ? head.preferredLanguage(of: context.languages, in: bytes) : 0
    let isPersonal = head.mayHaveCookie(named: context.personalCookies, in: bytes)
    if head.framing == .none, head.method == .get || head.method == .head, !head.path.isEmpty,
      !isPersonal
    {
      let found = cache.find(
        bytes, head.path.lowerBound..<head.target.upperBound, language: language,
        head.acceptedCodings(in: bytes), context.service, at: second)
      if let found, let selection = found.selection(for: head, in: bytes, at: second) {
        return respond(connection, with: found, selection, head, bytes)
      }
    }
    let origin = origin(connection, head, bytes)
    var request = request(connection, origin, head, bytes, language: language)
    request.route = context.service.route(of: request)
    let exchange = Exchange(
      method: request.method, path: request.path, route: request.route, client: request.client,
      id: request.id,
      userAgent: head.userAgent(in: bytes, limit: 512), isPrefetch: head.isPrefetch(in: bytes),
      isSecure: origin.isSecure, began: connection.state.requestBegan)
    if let budget = context.budgets.isEmpty ? nil : context.service.budget(of: request),
      let seconds = overdraft(budget, of: origin.address, on: connection)
    {
      if head.framing != .none {
        // Without reading its body, the next request cannot be found.
        connection.state.endAfterResponse(draining: ConnectionState.headDrainLimit)
      }
      return decline(connection, request, exchange, retryAfter: seconds)
    }
    if head.framing == .none {
      submit(
        PendingRequest(
          loop: self, key: connection.key, request: request, exchange: exchange,
          isPersonal: isPersonal))
    } else {
      beginBody(
        connection, request, exchange, head.framing, expectsContinue: head.expectsContinue)
    }
  }

  /// The request whose head has just been read, as a value.
  func request(
    _ connection: Connection, _ origin: Origin, _ head: RequestHead, _ bytes: Span<UInt8>,
    language: Int = 0
  ) -> Request {
    var request = head.request(
      in: bytes, client: origin.client, isSecure: origin.isSecure, id: origin.id,
      language: language)
    request.isFromUndeclaredProxy =
      !connection.isTrusted && (head.has(.xForwardedFor) || head.has(.forwarded))
    return request
  }

  /// Who sent the request whose head has just been read.
  func origin(_ connection: Connection, _ head: RequestHead, _ bytes: Span<UInt8>) -> Origin {
    guard connection.isTrusted else {
      return Origin(
        client: connection.client, address: connection.peer,
        isSecure: context.configuration.isBehindTLS, id: identifiers.next())
    }
    var origin = Origin(
      head, bytes, peer: connection.peer, trusted: context.configuration.trustedProxies)
    if origin.id.isEmpty { origin.id = identifiers.next() }
    if context.configuration.isBehindTLS { origin.isSecure = true }
    return origin
  }

  // MARK: Bodies

  private func beginBody(
    _ connection: Connection, _ request: Request, _ exchange: Exchange, _ framing: ContentFraming,
    expectsContinue: Bool
  ) {
    let policy = context.service.bodyPolicy(for: request)
    let destination: ReceivedBody.Destination
    let limit: Int
    switch policy {
    case .refuse(let response):
      connection.state.endAfterResponse(draining: policy.drainLimit)
      return write(
        EncodedResponse(response.selected(for: request)), to: connection, exchange,
        isReused: false)
    case .none: (destination, limit) = (.nowhere, BodyPolicy.unwantedLimit)
    case .memory(let most): (destination, limit) = (.memory, most)
    case .file(let folder, let most):
      (destination, limit) = (.file(UploadFile(folder: folder)), most)
    }
    connection.body = ReceivedBody(request, exchange, destination)
    connection.state.beginBody(
      framing, limit: limit, isForFile: destination.isFile, draining: policy.drainLimit, at: now,
      rules)
    guard expectsContinue else { return }
    // A length beyond the limit is refused before the client is told to go on.
    if case .length(let length) = framing, length > limit { return }
    output += Self.continueResponse
  }

  private static let continueResponse = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  /// Has the pending piece of a body written; until it is, the client's bytes wait in the system's
  /// buffer.
  private func store(_ connection: Connection, isLast: Bool) {
    guard let body = connection.body, case .file(let file) = body.destination else { return }
    let piece = body.bytes
    body.bytes = []
    let key = connection.key
    storeQueue.async { [self] in
      do throws(FileError) {
        try file.write(piece, isLast: isLast)
        post(.stored(key: key, nil))
      } catch {
        post(.stored(key: key, error))
      }
    }
  }

  func finishStoring(_ key: UInt64, _ error: FileError?) {
    guard let connection = connection(key) else { return }
    let failure = error.map { $0.isNoSpace ? Status.insufficientStorage : .internalServerError }
    handle(connection, .stored(failure: failure))
  }

  /// Drops a body that will not be complete.
  func abandonBody(_ connection: Connection) {
    guard let body = connection.body else { return }
    connection.body = nil
    // Behind what is being written there.
    if case .file(let file) = body.destination { storeQueue.async { file.discard() } }
  }
}

extension ReceivedBody.Destination {
  fileprivate var isFile: Bool { if case .file = self { true } else { false } }
}
