import Glibc
import HTTP

/// Heads that came lately, and what each was answered with.
///
/// Clients repeat themselves to the octet, and the same octets ask for the same: such a head need
/// not be read again. What does not follow from the octets is looked at each time: whether the
/// answer is current, the client's budget, the connection. What follows from more than the octets
/// is not remembered: what a proxy says of the client, and conditions that depend on the time.
@safe
struct HeadMemory: ~Copyable {
  /// What a head was answered with.
  struct Choice {
    let prepared: Prepared
    /// The one of its answers that was chosen.
    let answer: Answer
    let method: Method
    let userAgent: String
    let isPrefetch: Bool
    let withContent: Bool
    let keepsAlive: Bool
    /// Whether the client must be told that the connection is kept.
    let isTold: Bool
  }

  private struct Entry {
    var octets = 0
    var choice: Choice?
  }

  private static var places: Int { 64 }
  /// Longer heads are read each time.
  private static var longestHead: Int { 1024 }
  /// Larger answers are not held on to after they have lost their place among those prepared.
  private static var largestContent: Int { 128 * 1024 }

  /// The heads, each at its place.
  private let heads: UnsafeMutableRawBufferPointer
  private var entries = [Entry](repeating: Entry(), count: places)

  init() {
    unsafe heads = .allocate(byteCount: Self.places * Self.longestHead, alignment: 64)
  }

  deinit { unsafe heads.deallocate() }

  /// What a head was answered with when it came last; nil when that was too long ago.
  func choice(for head: Span<UInt8>) -> Choice? {
    guard head.count <= Self.longestHead else { return nil }
    let place = Self.place(of: head)
    guard entries[place].octets == head.count, isKept(head, at: place) else { return nil }
    return entries[place].choice
  }

  mutating func remember(_ head: Span<UInt8>, _ choice: Choice) {
    guard head.count <= Self.longestHead, choice.answer.contentOctets <= Self.largestContent else {
      return
    }
    let place = Self.place(of: head)
    // Unsafe: each place has room for the longest head.
    unsafe head.withUnsafeBytes { octets in
      guard let from = octets.baseAddress, let to = unsafe heads.baseAddress else { return }
      unsafe memcpy(to + place * Self.longestHead, from, octets.count)
    }
    entries[place] = Entry(octets: head.count, choice: choice)
  }

  private func isKept(_ head: Span<UInt8>, at place: Int) -> Bool {
    // Unsafe: no more is compared than there is room for.
    unsafe head.withUnsafeBytes { octets in
      guard let one = octets.baseAddress, let other = unsafe heads.baseAddress else { return false }
      return unsafe memcmp(one, other + place * Self.longestHead, octets.count) == 0
    }
  }

  /// Who chooses heads for one place only has them read each time.
  private static func place(of head: Span<UInt8>) -> Int {
    // Unsafe: all words lie in the head.
    unsafe head.withUnsafeBytes { octets in
      var hash = UInt64(truncatingIfNeeded: octets.count)
      var offset = 0
      while offset + 8 <= octets.count {
        let word = unsafe octets.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 32
        offset += 8
      }
      return Int(truncatingIfNeeded: hash % UInt64(places))
    }
  }
}

extension Loop {
  /// Answers a head that has come before, when it is all that has come.
  ///
  /// - Parameters:
  ///   - connection: One that nothing is kept of.
  ///   - count: How many octets have been received.
  /// - Returns: Whether it has been answered.
  func answerAsBefore(_ connection: Connection, _ count: Int) -> Bool {
    guard connection.phase == .head, connection.partial == nil, !connection.isTrusted,
      stopLimit == nil
    else { return false }
    // Unsafe: the span is used while nothing is received.
    let head = unsafe UnsafeBufferPointer(rebasing: received[..<count])
    guard let choice = unsafe heads.choice(for: head.span),
      choice.prepared.isCurrent(shared.service, at: second)
    else { return false }
    // Who has asked too often is told so below; a token that is not there cannot be taken twice.
    if let budget = choice.prepared.budget,
      overdraft(budget, of: connection.peer, on: connection) != nil
    {
      return false
    }
    choice.prepared.noteUse()
    counters.add(1, to: .hits)
    connection.isUsed = true
    connection.isLast = !choice.keepsAlive
    connection.isTold = choice.isTold
    let exchange = Exchange(
      method: choice.method, path: choice.prepared.path, client: connection.client,
      id: identifiers.next(), userAgent: choice.userAgent,
      isPrefetch: choice.isPrefetch, isSecure: shared.configuration.isBehindTLS, began: now)
    write(
      choice.answer, to: connection, exchange, isReused: true, withContent: choice.withContent)
    flush(connection)
    settle(connection)
    return true
  }

  /// Remembers what the head that has just been read was answered with.
  func remember(
    _ head: RequestHead, _ octets: Span<UInt8>, _ prepared: Prepared, _ answer: Answer,
    withContent: Bool, on connection: Connection, _ exchange: Exchange
  ) {
    // A date may be in the future today and not tomorrow.
    let dependsOnTime =
      head.has(.ifUnmodifiedSince) || head.has(.ifModifiedSince) || head.has(.ifRange)
    guard !connection.isTrusted, !dependsOnTime else { return }
    heads.remember(
      octets.extracting(0..<head.octets),
      HeadMemory.Choice(
        prepared: prepared, answer: answer, method: head.method,
        userAgent: exchange.userAgent, isPrefetch: exchange.isPrefetch,
        withContent: withContent, keepsAlive: head.keepsAlive, isTold: connection.isTold))
  }
}
