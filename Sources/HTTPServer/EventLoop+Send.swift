import HTTP
import System

/// From responses to the client.
extension EventLoop {
  /// Responses to pipelined requests are sent together up to this size.
  static let batchSize = 128 * 1024
  /// Content up to this size is copied after its head; more is sent from where it is.
  private static let copiedSize = 8 * 1024
  /// What a connection may send before others have their turn: more when few want one, since each
  /// turn costs a call.
  private var turnSize: Int { unfinished.count < 16 ? 1 << 20 : 256 * 1024 }

  /// Clients that came by TLS use only TLS for a year (RFC 6797).
  private static let strictTransport = Array(
    "strict-transport-security: max-age=31536000\r\n".utf8)
  private static let close = Array("\r\nconnection: close\r\n\r\n".utf8)
  private static let keepAlive = Array("\r\nconnection: keep-alive\r\n\r\n".utf8)
  private static let end = Array("\r\n\r\n".utf8)

  /// Appends a response to those that are sent next.
  func write(
    _ response: EncodedResponse, to connection: Connection, _ record: AccessRecord,
    withContent: Bool = true
  ) {
    output += response.head
    if record.isSecure { output += Self.strictTransport }
    output += dateLine
    output += record.id.utf8
    switch connection.state.persistence {
    case .open: output += Self.end
    case .announcedOpen: output += Self.keepAlive
    case .closed: output += Self.close
    }
    records.append(record)
    records[records.count - 1].status = response.status
    records[records.count - 1].contentBytes = withContent ? response.contentLength : 0
    _ = connection.state.handle(.responded, at: now, rules)
    guard withContent else { return }
    switch response.content {
    case .none, .handOver: break
    case .bytes(let bytes):
      if bytes.count <= Self.copiedSize {
        output += bytes
      } else {
        flush(connection, then: .bytes(bytes))
      }
    case .pieces(let pieces):
      guard let first = pieces.first else { return }
      flush(connection, then: first, pieces.dropFirst())
    }
  }

  /// Sends the output and the pieces after it; the connection keeps what the client does not take.
  func flush(
    _ connection: Connection, then piece: Response.Piece? = nil,
    _ rest: ArraySlice<Response.Piece> = []
  ) {
    defer { output.removeAll(keepingCapacity: true) }
    guard !connection.state.isClosed else { return settleRecords(areCut: true) }
    guard connection.state.output == .empty else {
      if !output.isEmpty { connection.backlog.pieces.append(.bytes(Array(output)[...])) }
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
      let pieces = [.bytes(Array(output[sent...])[...])] + (piece.map { [$0] } ?? []) + rest
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

  /// Sends the output, and bytes that follow in the same call.
  ///
  /// - Returns: How many bytes of both the system took; nil when the client is gone.
  private func sendOutput(
    _ connection: Connection, with piece: Response.Piece?, upTo limit: Int
  ) -> Int? {
    let sent =
      switch piece {
      case nil: connection.socket.send(output[...])
      case .bytes(let bytes): connection.socket.send(output[...], bytes.prefix(limit))
      case .file: connection.socket.send(output[...], isContinued: true)
      }
    if let sent { counters.add(sent, to: .sent) }
    return sent
  }

  private func send(_ connection: Connection, _ piece: Response.Piece, upTo limit: Int) -> Int? {
    let sent =
      switch piece {
      case .bytes(let bytes): connection.socket.send(bytes.prefix(limit))
      case .file(let file, let range):
        connection.socket.send(file: file.descriptor, range.prefix(limit))
      }
    if let sent { counters.add(sent, to: .sent) }
    return sent
  }

  /// Closes a connection whose client left before it had its responses.
  private func breakOff(_ connection: Connection) {
    settleRecords(areCut: true)
    handle(connection, .reset)
  }

  /// Keeps what could not be sent.
  private func keep(_ connection: Connection, _ pieces: [Response.Piece], isBlocked: Bool) {
    connection.backlog = Backlog(pieces: pieces, records: unsettledRecords())
    wait(connection, after: 0, isBlocked: isBlocked)
  }

  /// Sends one turn's worth of what was kept.
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

  /// Waits for room in the socket, or for the next turn.
  private func wait(_ connection: Connection, after sent: Int, isBlocked: Bool) {
    handle(connection, .progressed(sent))
    if isBlocked {
      setInterest(connection, .room)
    } else {
      unfinished.append(connection.key)
    }
  }

  // MARK: Records

  /// Removes and returns the records of requests whose responses were not sent.
  private func unsettledRecords() -> [AccessRecord] {
    let unsettled = Array(records[settled...])
    records.removeSubrange(settled...)
    return unsettled
  }

  /// Completes the records of requests whose responses were sent, or were cut.
  func settleRecords(areCut: Bool) {
    while settled < records.count {
      let duration = max(0, now - records[settled].began)
      records[settled].duration = duration
      records[settled].isCut = areCut
      counters.countAnswer(
        records[settled].method, status: records[settled].status, nanoseconds: duration)
      settled += 1
    }
  }

  /// Completes records that a connection has kept.
  func settle(_ kept: [AccessRecord], areCut: Bool) {
    let unsettled = unsettledRecords()
    records += kept
    settleRecords(areCut: areCut)
    records += unsettled
  }
}
