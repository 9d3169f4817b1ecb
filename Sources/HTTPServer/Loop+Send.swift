import CLinux
import Glibc
import HTTP

/// From answers to the client.
extension Loop {
  /// So much is put together before it is sent, when requests are pipelined.
  static let batchOctets = 128 * 1024
  /// Content up to here is copied behind its head; more is sent from where it is.
  private static let copiedOctets = 64 * 1024
  /// What a connection may send of a large answer before others have their turn.
  private static let turnOctets = 256 * 1024

  private static let close = Array("connection: close\r\n".utf8)
  private static let keepAlive = Array("connection: keep-alive\r\n".utf8)
  private static let idName = Array("x-request-id: ".utf8)
  private static let lineEnd = Array("\r\n".utf8)

  /// Puts an answer behind those that leave next.
  func write(
    _ answer: Answer, to connection: Connection, _ exchange: Exchange, isReused: Bool,
    withContent: Bool = true
  ) {
    output.append(answer.head)
    output.append(dateLine)
    output.append(Self.idName)
    output.append(exchange.id)
    output.append(Self.lineEnd)
    if connection.isLast {
      output.append(Self.close)
    } else if connection.isTold {
      output.append(Self.keepAlive)
    }
    output.append(Self.lineEnd)
    answered.append(
      Answered(
        exchange: exchange, status: answer.status,
        contentOctets: withContent ? answer.contentOctets : 0, isReused: isReused))
    guard withContent else { return }
    switch answer.content {
    case .none: break
    case .octets(let octets):
      if octets.count <= Self.copiedOctets {
        output.append(octets)
      } else {
        flush(connection, then: [.octets(octets[...])])
      }
    case .pieces(let pieces): flush(connection, then: pieces)
    }
  }

  /// Sends what has been put together, and what is to follow it.
  ///
  /// What the client does not take now stays with the connection.
  func flush(_ connection: Connection, then pieces: [Response.Piece] = []) {
    defer {
      output.removeAll()
      answered.removeAll(keepingCapacity: true)
    }
    guard connection.phase != .closed else { return record(answered, isCut: true) }
    if let outgoing = connection.outgoing {
      if output.count > 0 { outgoing.pieces.append(.octets(unsafe Array(output.octets)[...])) }
      outgoing.pieces += pieces
      outgoing.answered += answered
      if connection.phase == .head { connection.phase = .writing }
      return
    }
    guard output.count > 0 else { return }
    let flags = pieces.isEmpty ? 0 : MSG_MORE
    let sent = unsafe send(connection, output.octets, flags: Int32(flags))
    guard let sent else {
      record(answered, isCut: true)
      return disconnect(connection)
    }
    now = monotonicNow()
    if sent == output.count, pieces.isEmpty { return record(answered, isCut: false) }
    let outgoing = Outgoing(pieces: pieces, answered: answered, now: now)
    if sent < output.count {
      outgoing.pieces.insert(.octets(unsafe Array(output.octets).dropFirst(sent)), at: 0)
    }
    connection.outgoing = outgoing
    advance(connection, outgoing)
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
    var budget = Self.turnOctets
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
      record(outgoing.answered, isCut: false)
      return
    }
    if connection.phase == .head || connection.phase == .content { connection.phase = .writing }
    if isBlocked {
      setInterest(connection, EPOLLOUT.rawValue)
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

  /// Counts answered requests and tells the log of them at the end of the turn.
  func record(_ list: [Answered], isCut: Bool) {
    for answered in list {
      let exchange = answered.exchange
      let duration = max(0, now - exchange.began)
      counters.countAnswer(exchange.method, status: answered.status, nanoseconds: duration)
      guard shared.log != nil else { continue }
      let instant = max(0, exchange.began - clockOffset)
      records.append(
        AccessRecord(
          seconds: instant / 1_000_000_000, nanoseconds: Int32(instant % 1_000_000_000),
          method: exchange.method, path: exchange.path, status: answered.status,
          contentOctets: answered.contentOctets, duration: .nanoseconds(duration),
          client: exchange.client, id: exchange.id, userAgent: exchange.userAgent,
          isReused: answered.isReused, isCut: isCut))
    }
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
