import Dispatch
import HTTP
import System

/// From bytes to requests.
extension EventLoop {
  /// Reads once, and returns whether nothing was left.
  func receive(_ connection: Connection) -> Bool {
    guard connection.state.isReading else {
      // Pipelined requests stay in the system's buffer.
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

  /// Reads bytes that were kept.
  func readKept(_ connection: Connection) {
    guard !connection.unread.isEmpty else {
      // The last response promised to keep the connection open.
      if rules.isStopping { return handle(connection, .stop) }
      return update(connection)
    }
    let count = connection.unread.count
    restoreKept(connection)
    read(connection, count)
    finishPass(connection)
  }

  /// Puts bytes that were kept before those that were received.
  private func restoreKept(_ connection: Connection) {
    guard !connection.unread.isEmpty else { return }
    received.replaceSubrange(connection.unread.indices, with: connection.unread)
    connection.unread = []
  }

  /// Reads requests and bodies from the first `count` received bytes, and keeps the rest.
  private func read(_ connection: Connection, _ count: Int) {
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

  /// Sends the output of a pass over the input.
  func finishPass(_ connection: Connection) {
    flush(connection)
    guard !connection.state.isClosed else { return }
    if connection.state.output == .empty {
      handle(connection, .flushed)
    } else {
      update(connection)
    }
  }

  /// Begins to answer the request whose head was just read.
  private func begin(_ connection: Connection, _ bytes: Span<UInt8>) {
    // Read once: each access to a property of a class may copy it.
    let head = parser.head
    let isPersonal = head.mayHaveCookie(named: context.personalCookies, in: bytes)
    if head.framing == .none, head.method == .get || head.method == .head, !head.path.isEmpty,
      !isPersonal
    {
      let found = cache.find(
        head, in: bytes, languages: context.languages, context.service, at: second)
      if let found, let selection = found.selection(for: head, in: bytes, at: second) {
        return respond(connection, with: found, selection, head, bytes)
      }
    }
    let origin = origin(connection, head, bytes)
    var request = request(connection, origin, head, bytes)
    request.language = head.preferredLanguage(of: context.languages, in: bytes)
    request.route = context.service.route(of: request)
    var record = record(connection, origin, head, bytes)
    record.path = request.path
    record.route = request.route
    if let rate = context.service.rate(of: request),
      let seconds = secondsToWait(rate, of: origin.address, on: connection)
    {
      if head.framing != .none {
        // The next request cannot be found without reading the body.
        connection.state.endAfterResponse(draining: ConnectionState.headDrainLimit)
      }
      return decline(connection, request, record, retryAfter: seconds)
    }
    if head.framing == .none {
      submit(
        PendingRequest(
          loop: self, key: connection.key, request: request, record: record,
          isPersonal: isPersonal))
    } else {
      beginBody(
        connection, request, record, head.framing, expectsContinue: head.expectsContinue)
    }
  }

  /// The request whose head was just read.
  func request(
    _ connection: Connection, _ origin: Origin, _ head: RequestHead, _ bytes: Span<UInt8>
  ) -> Request {
    var request = head.request(
      in: bytes, client: origin.client, isSecure: origin.isSecure, id: origin.id, language: 0)
    request.isFromUndeclaredProxy =
      !connection.isTrusted && (head.has(.xForwardedFor) || head.has(.forwarded))
    return request
  }

  /// The record of the request whose head was just read, without its path.
  func record(
    _ connection: Connection, _ origin: Origin, _ head: RequestHead, _ bytes: Span<UInt8>
  ) -> AccessRecord {
    var record = AccessRecord(
      time: connection.state.requestBegan - clockOffset, method: head.method, path: "",
      client: origin.client, id: origin.id, userAgent: head.userAgent(in: bytes, limit: 512))
    record.isPrefetch = head.isPrefetch(in: bytes)
    record.isSecure = origin.isSecure
    record.began = connection.state.requestBegan
    return record
  }

  /// Who sent the request whose head was just read.
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
    _ connection: Connection, _ request: Request, _ record: AccessRecord, _ framing: ContentFraming,
    expectsContinue: Bool
  ) {
    let policy = context.service.bodyPolicy(for: request)
    let destination: ReceivedBody.Destination
    let limit: Int
    switch policy {
    case .refuse(let response):
      connection.state.endAfterResponse(draining: policy.drainLimit)
      return write(EncodedResponse(response.selected(for: request)), to: connection, record)
    case .none: (destination, limit) = (.nowhere, BodyPolicy.unwantedLimit)
    case .memory(let most): (destination, limit) = (.memory, most)
    case .file(let folder, let most):
      (destination, limit) = (.file(UploadFile(folder: folder)), most)
    }
    connection.body = ReceivedBody(request, record, destination)
    connection.state.beginBody(
      framing, limit: limit, isForFile: destination.isFile, draining: policy.drainLimit, at: now,
      rules)
    guard expectsContinue else { return }
    // A body over the limit is refused, so the client need not send it.
    if case .length(let length) = framing, length > limit { return }
    output += Self.continueResponse
  }

  private static let continueResponse = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  /// Writes the pending piece of a body to its file; nothing is read meanwhile.
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

  /// Discards an incomplete body.
  func abandonBody(_ connection: Connection) {
    guard let body = connection.body else { return }
    connection.body = nil
    // After what is being written.
    if case .file(let file) = body.destination { storeQueue.async { file.discard() } }
  }
}

extension ReceivedBody.Destination {
  fileprivate var isFile: Bool { if case .file = self { true } else { false } }
}
