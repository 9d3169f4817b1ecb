import CLinux
import Glibc
import HTTP

/// From answers to the client.
extension Loop {
  /// So much is put together before it is sent, when requests are pipelined.
  static let batchOctets = 128 * 1024
  /// Content up to here is copied behind its head; more is sent from where it is.
  private static let copiedOctets = 8 * 1024
  /// What a connection may send of a large answer before others have their turn: more where few
  /// want one, since each turn costs a call.
  private var turnOctets: Int { unfinished.count < 16 ? 1 << 20 : 256 * 1024 }

  /// From now on for a year by TLS only (RFC 6797); told to who comes so.
  private static let strictTransport = Array(
    "strict-transport-security: max-age=31536000\r\n".utf8)
  private static let close = Array("\r\nconnection: close\r\n\r\n".utf8)
  private static let keepAlive = Array("\r\nconnection: keep-alive\r\n\r\n".utf8)
  private static let end = Array("\r\n\r\n".utf8)
  private static let rangeName = Array("content-range: bytes ".utf8)
  private static let lengthName = Array("\r\ncontent-length: ".utf8)
  private static let lineEnd = Array("\r\n".utf8)

  /// Puts an answer behind those that leave next.
  func write(
    _ answer: Answer, to connection: Connection, _ exchange: consuming Exchange, isReused: Bool,
    withContent: Bool = true
  ) {
    output.append(answer.head)
    endHead(connection, exchange)
    note(
      exchange, answer.status, contentOctets: withContent ? answer.contentOctets : 0,
      isReused: isReused)
    guard withContent else { return }
    switch answer.content {
    case .none: break
    case .octets(let octets):
      if octets.count <= Self.copiedOctets {
        output.append(octets)
      } else {
        flush(connection, then: .octets(octets[...]))
      }
    case .pieces(let pieces):
      guard let first = pieces.first else { return }
      flush(connection, then: first, pieces.count == 1 ? [] : Array(pieces.dropFirst()))
    }
  }

  /// Puts a part of a prepared answer behind those that leave next.
  ///
  /// - Parameters:
  ///   - piece: The part.
  ///   - range: Where it stands in the content.
  ///   - length: Of the whole content.
  ///   - head: The head but for the numbers.
  ///   - connection: Whose request is answered.
  ///   - exchange: The request.
  func write(
    part piece: Response.Piece, _ range: Range<Int>, of length: Int, _ head: [UInt8],
    to connection: Connection, _ exchange: consuming Exchange
  ) {
    output.append(head)
    output.append(Self.rangeName)
    output.append(range.lowerBound)
    output.append("-")
    output.append(range.upperBound - 1)
    output.append("/")
    output.append(length)
    output.append(Self.lengthName)
    output.append(range.count)
    output.append(Self.lineEnd)
    endHead(connection, exchange)
    note(exchange, 206, contentOctets: range.count, isReused: true)
    if case .octets(let octets) = piece, octets.count <= Self.copiedOctets {
      output.append(octets)
    } else {
      flush(connection, then: piece)
    }
  }

  /// Writes the field lines that differ from answer to answer, and the empty line.
  private func endHead(_ connection: Connection, _ exchange: borrowing Exchange) {
    if exchange.isSecure { output.append(Self.strictTransport) }
    output.append(dateLine)
    output.append(exchange.id)
    if connection.isLast {
      output.append(Self.close)
    } else if connection.isTold {
      output.append(Self.keepAlive)
    } else {
      output.append(Self.end)
    }
  }

  /// Notes what is to be logged of a request whose answer has been put together.
  func note(
    _ exchange: consuming Exchange, _ status: Int, contentOctets: Int, isReused: Bool
  ) {
    let instant = max(0, exchange.began - clockOffset)
    var record = AccessRecord(
      seconds: instant / 1_000_000_000, nanoseconds: Int32(instant % 1_000_000_000),
      method: exchange.method, path: exchange.path, status: status, contentOctets: contentOctets,
      durationNanoseconds: 0, client: exchange.client, id: exchange.id,
      userAgent: exchange.userAgent, isReused: isReused, isCut: false)
    record.began = exchange.began
    record.isPrefetch = exchange.isPrefetch
    records.append(record)
  }

  /// Sends what has been put together, and what is to follow it.
  ///
  /// What the client does not take now stays with the connection.
  func flush(
    _ connection: Connection, then piece: Response.Piece? = nil, _ rest: [Response.Piece] = []
  ) {
    defer { output.removeAll() }
    guard connection.phase != .closed else { return settleRecords(areCut: true) }
    if let outgoing = connection.outgoing {
      if output.count > 0 { outgoing.pieces.append(.octets(unsafe Array(output.octets)[...])) }
      if let piece { outgoing.pieces.append(piece) }
      outgoing.pieces += rest
      outgoing.records += unsettledRecords()
      if connection.phase == .head { connection.phase = .writing }
      return
    }
    guard output.count > 0 else { return }
    guard let piece else {
      guard let sent = unsafe send(connection, output.octets, flags: 0) else {
        return cut(connection)
      }
      now = monotonicNow()
      if sent == output.count { return settleRecords(areCut: false) }
      return keep(connection, [unsentOutput(behind: sent)], isBlocked: true)
    }
    let wanted = min(piece.length, turnOctets)
    // The head and octets leave in one call, the head and a file in two.
    guard var sent = sendOutput(connection, with: piece, upTo: wanted) else {
      return cut(connection)
    }
    now = monotonicNow()
    guard sent >= output.count else {
      return keep(connection, [unsentOutput(behind: sent), piece] + rest, isBlocked: true)
    }
    sent -= output.count
    if sent == 0, case .file = piece {
      guard let part = send(connection, piece, upTo: wanted) else { return cut(connection) }
      sent = part
    }
    if sent == piece.length, rest.isEmpty { return settleRecords(areCut: false) }
    keep(connection, [piece.dropFirst(sent)] + rest, isBlocked: sent < wanted)
  }

  /// The client is gone before its answers were.
  private func cut(_ connection: Connection) {
    settleRecords(areCut: true)
    disconnect(connection)
  }

  private func unsentOutput(behind sent: Int) -> Response.Piece {
    .octets(unsafe Array(output.octets)[sent...])
  }

  /// Sends what has been put together, and octets that follow it; a file's head waits for the file.
  ///
  /// - Parameters:
  ///   - connection: To whom.
  ///   - piece: What follows.
  ///   - limit: The most octets of it.
  /// - Returns: How many octets the system took, of both; nil when the client is gone.
  private func sendOutput(
    _ connection: Connection, with piece: Response.Piece, upTo limit: Int
  ) -> Int? {
    guard case .octets(let octets) = piece else {
      return unsafe send(connection, output.octets, flags: Int32(MSG_MORE))
    }
    // Unsafe: the system reads both buffers as far as they go.
    let sent = unsafe octets.withUnsafeBytes { content in
      var parts = unsafe (
        iovec(
          iov_base: UnsafeMutableRawPointer(mutating: output.octets.baseAddress),
          iov_len: output.count),
        iovec(
          iov_base: UnsafeMutableRawPointer(mutating: content.baseAddress),
          iov_len: min(content.count, limit))
      )
      return unsafe withUnsafeMutablePointer(to: &parts) { parts in
        unsafe parts.withMemoryRebound(to: iovec.self, capacity: 2) { parts in
          var message = unsafe msghdr()
          unsafe message.msg_iov = parts
          unsafe message.msg_iovlen = 2
          return unsafe sendmsg(connection.descriptor, &message, Int32(MSG_NOSIGNAL))
        }
      }
    }
    guard sent >= 0 else { return errno == EAGAIN || errno == EINTR ? 0 : nil }
    counters.add(sent, to: .sent)
    return sent
  }

  /// Keeps what could not be sent until there is room, or another turn.
  private func keep(_ connection: Connection, _ pieces: [Response.Piece], isBlocked: Bool) {
    let outgoing = Outgoing(pieces: pieces, records: unsettledRecords(), now: now)
    connection.outgoing = outgoing
    wait(connection, outgoing, isBlocked: isBlocked)
  }

  /// Sends more of what could not be sent at once.
  func continueSending(_ connection: Connection) {
    guard let outgoing = connection.outgoing else { return }
    advance(connection, outgoing)
    guard connection.outgoing == nil, connection.phase == .writing else { return }
    connection.phase = connection.intake == nil ? .head : .content
    proceed(connection)
  }

  /// Sends a turn's worth, and sees to it that there is another turn if need be.
  private func advance(_ connection: Connection, _ outgoing: Outgoing) {
    var budget = turnOctets
    var isBlocked = false
    while let piece = outgoing.pieces.first, budget > 0, !isBlocked {
      let wanted = min(piece.length, budget)
      guard let sent = send(connection, piece, upTo: wanted) else { return disconnect(connection) }
      if sent > 0 { outgoing.progressed = now }
      outgoing.sent += sent
      budget -= sent
      isBlocked = sent < wanted
      if sent == piece.length {
        outgoing.pieces.removeFirst()
      } else {
        outgoing.pieces[0] = piece.dropFirst(sent)
      }
    }
    guard !outgoing.pieces.isEmpty else {
      connection.outgoing = nil
      // The next request may already be with a worker, whom no deadline of the client's concerns.
      connection.deadline = .max
      now = monotonicNow()
      settle(outgoing.records, areCut: false)
      return
    }
    wait(connection, outgoing, isBlocked: isBlocked)
  }

  /// Waits until the client has taken something, or for the next turn.
  private func wait(_ connection: Connection, _ outgoing: Outgoing, isBlocked: Bool) {
    if connection.phase == .head || connection.phase == .content { connection.phase = .writing }
    if isBlocked {
      setInterest(connection, .room)
    } else {
      unfinished.append(connection.key)
    }
    let deadlines = shared.deadlines
    let whole = outgoing.began + deadlines.writePause + deadlines.allowance(for: outgoing.sent)
    setDeadline(connection, at: min(outgoing.progressed + deadlines.writePause, whole))
  }

  /// Sends octets.
  ///
  /// - Returns: How many the system took; nil when the client is gone.
  private func send(
    _ connection: Connection, _ octets: UnsafeRawBufferPointer, flags: Int32
  ) -> Int? {
    // Unsafe: the buffer is read as far as it goes.
    let sent = unsafe Glibc.send(
      connection.descriptor, octets.baseAddress, octets.count,
      flags | Int32(MSG_NOSIGNAL))
    guard sent >= 0 else { return errno == EAGAIN || errno == EINTR ? 0 : nil }
    counters.add(sent, to: .sent)
    return sent
  }

  private func send(_ connection: Connection, _ piece: Response.Piece, upTo limit: Int) -> Int? {
    switch piece {
    case .octets(let octets):
      return unsafe octets.withUnsafeBytes {
        unsafe send(
          connection, UnsafeRawBufferPointer(rebasing: $0[..<min($0.count, limit)]), flags: 0)
      }
    case .file(let file, let range):
      guard limit > 0 else { return 0 }
      var offset = off_t(range.lowerBound)
      // Unsafe: the system reads and writes the offset.
      let sent = unsafe sendfile(connection.descriptor, file.descriptor, &offset, limit)
      guard sent >= 0 else { return errno == EAGAIN || errno == EINTR ? 0 : nil }
      // The file has become shorter than it said, and the promised length cannot be kept.
      guard sent > 0 else { return nil }
      counters.add(sent, to: .sent)
      return sent
    }
  }

  /// Takes out the records of those whose answers have not left.
  private func unsettledRecords() -> [AccessRecord] {
    let unsettled = Array(records[settled...])
    records.removeSubrange(settled...)
    return unsettled
  }

  /// Counts the requests whose answers have left, or never will; the log is told at the end of the
  /// turn.
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

extension Response.Piece {
  func dropFirst(_ count: Int) -> Response.Piece {
    switch self {
    case .octets(let octets): .octets(octets.dropFirst(count))
    case .file(let file, let range): .file(file, range.dropFirst(count))
    }
  }
}
