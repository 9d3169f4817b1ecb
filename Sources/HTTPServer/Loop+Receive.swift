import CLinux
import Glibc
import HTTP

/// From octets to requests.
extension Loop {
  /// Reads what has come, once.
  ///
  /// - Returns: Whether nothing was left.
  func receive(_ connection: Connection) -> Bool {
    switch connection.phase {
    case .head, .content: break
    case .lingering: return drop(connection)
    case .storing, .running, .writing:
      // What is pipelined, or the end, waits in the system's buffer until its turn comes.
      setInterest(connection, .none)
      return true
    case .closed: return true
    }
    let kept = connection.input.count
    guard unsafe kept + Self.receiveOctets <= received.count else {
      vanished(connection)
      return true
    }
    let count = receive(connection.descriptor, behind: kept)
    guard count > 0 else {
      if count == 0 {
        halfClosed(connection)
      } else if errno != EAGAIN {
        vanished(connection)
      }
      return true
    }
    counters.add(count, to: .received)
    if kept > 0 {
      putBack(connection.input)
      connection.input = []
    } else if answerAsBefore(connection, count) {
      return count < Self.receiveOctets
    }
    take(connection, kept + count)
    return count < Self.receiveOctets
  }

  private func receive(_ descriptor: Int32, behind kept: Int) -> Int {
    guard let base = unsafe received.baseAddress else { return 0 }
    // Unsafe: there is room for so many octets behind those kept.
    return unsafe recv(descriptor, base + kept, Self.receiveOctets, 0)
  }

  /// Puts octets that were kept where new ones are received.
  private func putBack(_ octets: [UInt8]) {
    // Unsafe: the copy ends where the buffer does.
    unsafe octets.withUnsafeBufferPointer { source in
      guard let from = source.baseAddress, let to = unsafe received.baseAddress
      else { return }
      unsafe to.update(from: from, count: min(source.count, received.count))
    }
  }

  /// Goes on with what was pipelined behind a request that has now been answered.
  func takeKept(_ connection: Connection) {
    let kept = connection.input
    connection.input = []
    putBack(kept)
    take(connection, kept.count)
  }

  /// Reads requests and content from the first `count` octets received, and keeps the rest.
  private func take(_ connection: Connection, _ count: Int) {
    var position = 0
    reading: while position < count {
      switch connection.phase {
      case .head where !connection.isLast:
        guard let octets = takeHead(connection, position..<count) else { break reading }
        position += octets
      case .content:
        position += takeContent(connection, position..<count)
      default:
        break reading
      }
      if output.count > Self.batchOctets { flush(connection) }
    }
    if position < count {
      if connection.isLast {
        connection.lingers = true
      } else if connection.phase != .closed {
        connection.input = unsafe Array(received[position..<count])
      }
    }
    flush(connection)
    settle(connection)
  }

  /// Reads a head, and answers or passes on the request.
  ///
  /// - Returns: The octets of the head; nil when it is not whole.
  private func takeHead(_ connection: Connection, _ range: Range<Int>) -> Int? {
    if connection.began == 0 { connection.began = now }
    if let partial = connection.partial {
      swap(&parser, &partial.parser)
      connection.partial = nil
    }
    // Unsafe: the span is used while nothing is received.
    let buffer = unsafe UnsafeBufferPointer(rebasing: received[range])
    let octets = unsafe buffer.span
    do throws(HeadError) {
      switch try parser.parse(octets) {
      case .incomplete:
        connection.partial = PartialHead(parser: parser)
        parser = RequestParser(limits: parserLimits)
        return nil
      case .head(let length):
        begin(connection, octets)
        return length
      }
    } catch {
      refuse(connection, error.status)
      connection.lingers = true
      return range.count
    }
  }

  /// Answers a request with what is prepared, or passes it on.
  private func begin(_ connection: Connection, _ octets: Span<UInt8>) {
    // Once: each look at a property of a class may copy it.
    let head = parser.head
    let began = connection.began
    connection.began = 0
    connection.isUsed = true
    connection.isLast = !head.keepsAlive || stopLimit != nil
    connection.isTold = head.version == .http10 && !connection.isLast
    let language = preferredLanguage(head, octets)
    if head.framing == .none, head.method == .get || head.method == .head, !head.path.isEmpty,
      !isPersonal(head, octets)
    {
      let target = head.path.lowerBound..<head.target.upperBound
      let found = prepared.find(octets, target, language: language, shared.service, at: second)
      if let answer = found ?? recall(octets, target, language: language) {
        counters.add(1, to: .hits)
        return reuse(answer, for: connection, head, octets, began: began)
      }
    }
    let origin = self.origin(connection, head, octets)
    let request = self.request(connection, origin, head, octets, language: language)
    let exchange = Exchange(
      method: request.method, path: request.path, client: request.client, id: request.id,
      userAgent: userAgents.text(head, octets), isPrefetch: head.isPrefetch(in: octets),
      isSecure: origin.isSecure, began: began)
    if !shared.budgets.isEmpty, let budget = shared.service.budget(of: request),
      let seconds = overdraft(budget, of: origin.address, on: connection)
    {
      // What is not read cannot be told from the next request.
      connection.isLast = connection.isLast || head.framing != .none
      connection.lingers = head.framing != .none
      return decline(connection, request, exchange, retryAfter: seconds)
    }
    if head.framing == .none {
      run(connection, request, exchange)
    } else {
      beginContent(
        connection, request, exchange, head.framing, isAwaited: head.expectsContinue)
    }
  }

  /// Whether the answer may be for one person, so that none is reused.
  private func isPersonal(_ head: RequestHead, _ octets: Span<UInt8>) -> Bool {
    head.has(.cookie)
      && shared.service.isPersonal(
        head.request(in: octets, client: "", isSecure: false, id: ""))
  }

  /// The answer for a target from the file; what is asked for often is kept from then on.
  private func recall(_ octets: Span<UInt8>, _ target: Range<Int>, language: Int) -> Prepared? {
    guard let file = shared.answerFile,
      let (answer, isFrequent) = file.find(
        octets, target, language: language, shared.service, at: second)
    else { return nil }
    counters.add(1, to: .recalled)
    guard isFrequent else { return answer }
    let common = shared.answers.common(answer, shared.service, at: second)
    prepared.insert(common)
    return common
  }

  /// Who sent the request whose head has just been read.
  func origin(_ connection: Connection, _ head: RequestHead, _ octets: Span<UInt8>) -> Origin {
    guard connection.isTrusted else {
      return Origin(
        client: connection.client, address: connection.peer,
        isSecure: shared.configuration.isBehindTLS, id: identifiers.next())
    }
    var origin = Origin(
      head, octets, peer: connection.peer, trusted: shared.configuration.trustedProxies)
    if origin.id.isEmpty { origin.id = identifiers.next() }
    if shared.configuration.isBehindTLS { origin.isSecure = true }
    return origin
  }

  /// Waits for what comes next, when all that came has been dealt with.
  func settle(_ connection: Connection) {
    switch connection.phase {
    case .head:
      if connection.isLast { return end(connection) }
      let deadlines = shared.deadlines
      if connection.began == 0 {
        // It began before the server was to stop, and was told that the connection would stay.
        if stopLimit != nil, connection.isUsed { return disconnect(connection) }
        setDeadline(connection, at: now + deadlines.idle)
      } else {
        setDeadline(connection, at: connection.began + deadlines.head)
      }
      setInterest(connection, .octets)
    case .content:
      setContentDeadline(connection)
      setInterest(connection, .octets)
    case .running, .storing:
      if connection.outgoing == nil { connection.deadline = .max }
    case .writing, .lingering, .closed: break
    }
  }

  /// The client sends no more; what it has asked for is still answered.
  private func halfClosed(_ connection: Connection) {
    connection.isHalfClosed = true
    if connection.phase == .head, connection.began == 0 { return disconnect(connection) }
    // Half a head or half its content is no request.
    refuse(connection, .badRequest)
    flush(connection)
    settle(connection)
  }

  /// Reads and forgets what comes after the last answer.
  ///
  /// - Returns: Whether nothing was left.
  private func drop(_ connection: Connection) -> Bool {
    let count = receive(connection.descriptor, behind: 0)
    if count > 0 { connection.dropped += count }
    let isOver = count == 0 || (count < 0 && errno != EAGAIN)
    if isOver || connection.dropped > 1 << 26 { disconnect(connection) }
    return count < Self.receiveOctets
  }
}
