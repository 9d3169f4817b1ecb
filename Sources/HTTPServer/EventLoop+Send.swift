import HTTP
import System

/// From responses to the client.
extension EventLoop {
  /// So much is put together before it is sent, when requests are pipelined.
  static let batchSize = 128 * 1024
  /// Content up to this size is copied behind its head; more is sent from where it is.
  private static let copiedSize = 8 * 1024
  /// What a connection may send of a large response before others have their turn: more where few
  /// want one, since each turn costs a call.
  private var turnSize: Int { unfinished.count < 16 ? 1 << 20 : 256 * 1024 }

  /// From now on for a year by TLS only (RFC 6797); told to clients that came so.
  private static let strictTransport = Array(
    "strict-transport-security: max-age=31536000\r\n".utf8)
  private static let close = Array("\r\nconnection: close\r\n\r\n".utf8)
  private static let keepAlive = Array("\r\nconnection: keep-alive\r\n\r\n".utf8)
  private static let end = Array("\r\n\r\n".utf8)

  /// Puts a response behind those that leave next.
  func write(
    _ response: EncodedResponse, to connection: Connection, _ exchange: consuming Exchange,
    isReused: Bool, withContent: Bool = true
  ) {
    output += response.head
    endHead(connection, exchange)
    note(
      exchange, response.status, contentLength: withContent ? response.contentLength : 0,
      isReused: isReused)
    _ = connection.state.handle(.responded, at: now, rules)
    guard withContent else { return }
    switch response.content {
    case .none, .handOver: break
    case .bytes(let bytes):
      if bytes.count <= Self.copiedSize {
        output += bytes
      } else {
        flush(connection, then: .octets(bytes[...]))
      }
    case .pieces(let pieces):
      guard let first = pieces.first else { return }
      flush(connection, then: first, pieces.dropFirst())
    }
  }

  /// Puts a part of a cached response behind those that leave next.
  ///
  /// - Parameters:
  ///   - piece: The part.
  ///   - range: Where it stands in the content.
  ///   - length: Of the whole content.
  ///   - head: The head without the numbers.
  ///   - connection: Whose request is answered.
  ///   - exchange: The request.
  func write(
    part piece: Response.Piece, _ range: Range<Int>, of length: Int, _ head: [UInt8],
    to connection: Connection, _ exchange: consuming Exchange
  ) {
    output += head
    output +=
      "content-range: bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)\r\ncontent-length: \(range.count)\r\n"
      .utf8
    endHead(connection, exchange)
    note(exchange, 206, contentLength: range.count, isReused: true)
    _ = connection.state.handle(.responded, at: now, rules)
    if case .octets(let bytes) = piece, bytes.count <= Self.copiedSize {
      output += bytes
    } else {
      flush(connection, then: piece)
    }
  }

  /// Writes the field lines that differ from response to response, and the empty line.
  private func endHead(_ connection: Connection, _ exchange: borrowing Exchange) {
    if exchange.isSecure { output += Self.strictTransport }
    output += dateLine
    output += exchange.id.utf8
    switch connection.state.persistence {
    case .open: output += Self.end
    case .announcedOpen: output += Self.keepAlive
    case .closed: output += Self.close
    }
  }

  /// Sends what has been put together, and what is to follow it.
  ///
  /// What the client does not take now stays with the connection.
  func flush(
    _ connection: Connection, then piece: Response.Piece? = nil,
    _ rest: ArraySlice<Response.Piece> = []
  ) {
    defer { output.removeAll(keepingCapacity: true) }
    guard !connection.state.isClosed else { return settleRecords(areCut: true) }
    guard connection.state.output == .empty else {
      // Behind what the client has not taken.
      if !output.isEmpty { connection.backlog.pieces.append(.octets(Array(output)[...])) }
      if let piece { connection.backlog.pieces.append(piece) }
      connection.backlog.pieces += rest
      connection.backlog.records += unsettledRecords()
      return
    }
    guard !output.isEmpty else { return }
    let wanted = piece.map { min($0.length, turnSize) } ?? 0
    guard var sent = sendOutput(connection, with: piece, upTo: wanted) else {
      return breakOff(connection)
    }
    now = Clock.monotonic
    let unsent = output.count - sent
    if unsent > 0 {
      let pieces = [.octets(Array(output[sent...])[...])] + (piece.map { [$0] } ?? []) + rest
      return keep(connection, pieces, isBlocked: true)
    }
    guard let piece else { return settleRecords(areCut: false) }
    sent = -unsent
    if sent == 0, case .file = piece {
      guard let part = send(connection, piece, upTo: wanted) else { return breakOff(connection) }
      sent = part
    }
    if sent == piece.length, rest.isEmpty { return settleRecords(areCut: false) }
    keep(connection, [piece.dropFirst(sent)] + rest, isBlocked: sent < wanted)
  }

  /// Sends what has been put together, and in the same call bytes that follow; the head of a file
  /// waits for the file.
  ///
  /// - Returns: How many bytes the system took, of both; nil when the client is gone.
  private func sendOutput(
    _ connection: Connection, with piece: Response.Piece?, upTo limit: Int
  ) -> Int? {
    let sent =
      switch piece {
      case nil: connection.socket.send(output[...])
      case .octets(let bytes): connection.socket.send(output[...], bytes.prefix(limit))
      case .file: connection.socket.send(output[...], isContinued: true)
      }
    if let sent { counters.add(sent, to: .sent) }
    return sent
  }

  private func send(_ connection: Connection, _ piece: Response.Piece, upTo limit: Int) -> Int? {
    let sent =
      switch piece {
      case .octets(let bytes): connection.socket.send(bytes.prefix(limit))
      case .file(let file, let range):
        connection.socket.send(file: file.descriptor, range.prefix(limit))
      }
    if let sent { counters.add(sent, to: .sent) }
    return sent
  }

  /// The client is gone before its responses were.
  private func breakOff(_ connection: Connection) {
    settleRecords(areCut: true)
    handle(connection, .reset)
  }

  /// Keeps what could not be sent until there is room, or another turn.
  private func keep(_ connection: Connection, _ pieces: [Response.Piece], isBlocked: Bool) {
    connection.backlog = Backlog(pieces: pieces, records: unsettledRecords())
    wait(connection, after: 0, isBlocked: isBlocked)
  }

  /// Sends more of what could not be sent at once: a turn's worth.
  func continueSending(_ connection: Connection) {
    guard connection.state.output != .empty else { return }
    var budget = turnSize
    var total = 0
    var isBlocked = false
    while let piece = connection.backlog.pieces.first, budget > 0, !isBlocked {
      let wanted = min(piece.length, budget)
      guard let sent = send(connection, piece, upTo: wanted) else {
        return handle(connection, .reset)
      }
      total += sent
      budget -= sent
      isBlocked = sent < wanted
      if sent == piece.length {
        connection.backlog.pieces.removeFirst()
      } else {
        connection.backlog.pieces[0] = piece.dropFirst(sent)
      }
    }
    guard connection.backlog.pieces.isEmpty else {
      return wait(connection, after: total, isBlocked: isBlocked)
    }
    now = Clock.monotonic
    settle(connection.backlog.records, areCut: false)
    connection.backlog = Backlog()
    handle(connection, .flushed)
  }

  /// Waits until the client has taken something, or for the next turn.
  private func wait(_ connection: Connection, after sent: Int, isBlocked: Bool) {
    handle(connection, .progressed(sent))
    if isBlocked {
      setInterest(connection, .room)
    } else {
      unfinished.append(connection.key)
    }
  }

  // MARK: Records

  /// Notes what is to be logged of a request whose response has been put together.
  func note(
    _ exchange: consuming Exchange, _ status: Int, contentLength: Int, isReused: Bool
  ) {
    let instant = max(0, exchange.began - clockOffset)
    var record = AccessRecord(
      seconds: instant / 1_000_000_000, nanoseconds: Int32(instant % 1_000_000_000),
      method: exchange.method, path: exchange.path, status: status, contentOctets: contentLength,
      durationNanoseconds: 0, client: exchange.client, id: exchange.id,
      userAgent: exchange.userAgent, isReused: isReused, isCut: false)
    record.began = exchange.began
    record.isPrefetch = exchange.isPrefetch
    record.route = exchange.route
    records.append(record)
  }

  /// Takes out the records of requests whose responses have not left.
  private func unsettledRecords() -> [AccessRecord] {
    let unsettled = Array(records[settled...])
    records.removeSubrange(settled...)
    return unsettled
  }

  /// Counts the requests whose responses have left, or never will; the log is told at the end of
  /// the turn.
  func settleRecords(areCut: Bool) {
    while settled < records.count {
      let duration = max(0, now - records[settled].began)
      records[settled].durationNanoseconds = duration
      records[settled].isCut = areCut
      counters.countAnswer(
        records[settled].method, status: records[settled].status, nanoseconds: duration)
      settled += 1
    }
  }

  /// The same for records that a connection has kept.
  func settle(_ kept: [AccessRecord], areCut: Bool) {
    let unsettled = unsettledRecords()
    records += kept
    settleRecords(areCut: areCut)
    records += unsettled
  }
}
