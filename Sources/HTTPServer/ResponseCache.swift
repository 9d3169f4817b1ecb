import HTTP

/// The cache of encoded responses, by target, language and coding.
///
/// Each event loop owns one and an equal share of the memory, so a hit takes no lock. A response is
/// found by the bytes of the target, without making a string.
///
/// Entries are evicted by the CLOCK algorithm, which gives those that were used since the last visit
/// a second chance. Entries that expired or whose tags changed are removed when they are found.
struct ResponseCache {
  private final class Entry {
    /// Nil when it was removed; its place in `order` is then skipped.
    var response: CachedResponse?
    var wasUsed = false
    /// The number of `Response.anyChange` when the entry was last found to be current.
    var checkedGeneration: UInt64

    init(_ response: CachedResponse) {
      self.response = response
      checkedGeneration = response.generation
    }
  }

  /// The approximate memory of all entries in bytes.
  private(set) var size = 0
  private let limit: Int
  /// By hash of the target; collisions only cost comparisons.
  private var entries: [Int: [Entry]] = [:]
  /// Entries in the order in which they will be visited, from `hand` on.
  private var order: [Entry] = []
  private var hand = 0
  private var removedCount = 0

  init(limit: Int) { self.limit = limit }

  /// Finds the current response to the request whose head was read from `bytes`.
  mutating func find(
    _ head: RequestHead, in bytes: Span<UInt8>, languages: [String], _ service: any Service,
    at now: Int64
  ) -> CachedResponse? {
    let target = head.path.lowerBound..<head.target.upperBound
    guard let variants = entries[Self.hash(bytes, target)] else { return nil }
    let accepted = head.acceptedCodings(in: bytes)
    // Read only if a response depends on it.
    var language: Int?
    for entry in variants {
      guard let response = entry.response, bytes.equals(target, response.target) else { continue }
      if response.language != nil, language == nil {
        language = head.preferredLanguage(of: languages, in: bytes)
      }
      guard response.matches(language: language ?? 0, accepted) else { continue }
      guard Self.isCurrent(entry, response, service, at: now) else {
        remove(entry)
        return nil
      }
      entry.wasUsed = true
      return response
    }
    return nil
  }

  private static func isCurrent(
    _ entry: Entry, _ response: CachedResponse, _ service: any Service, at now: Int64
  ) -> Bool {
    guard now < response.expires else { return false }
    let last = service.lastChange(of: Response.anyChange, at: now)
    if entry.checkedGeneration == last { return true }
    guard service.isCurrent(response, at: now) else { return false }
    entry.checkedGeneration = last
    return true
  }

  /// Inserts a response, or replaces the one with the same key.
  mutating func insert(_ response: CachedResponse) {
    guard response.size <= limit / 4 else { return }
    let hash = Self.hash(response.target)
    let old = entries[hash]?.first { entry in
      guard let other = entry.response else { return false }
      return other.target == response.target && other.language == response.language
        && other.coding == response.coding
    }
    if let old { remove(old) }
    let entry = Entry(response)
    entries[hash, default: []].append(entry)
    order.append(entry)
    size += response.size
    while size > limit { evictOne() }
  }

  private mutating func evictOne() {
    guard hand < order.count else { return hand = 0 }
    let entry = order[hand]
    hand += 1
    if entry.response != nil {
      if entry.wasUsed {
        entry.wasUsed = false
        order.append(entry)
      } else {
        remove(entry)
      }
    }
    if hand > 1024, hand > order.count / 2 { compact() }
  }

  private mutating func remove(_ entry: Entry) {
    guard let response = entry.response else { return }
    let hash = Self.hash(response.target)
    entries[hash]?.removeAll { $0 === entry }
    if entries[hash]?.isEmpty == true { entries[hash] = nil }
    entry.response = nil
    size -= response.size
    removedCount += 1
    if removedCount > 1024, removedCount > order.count / 2 { compact() }
  }

  /// Drops visited and removed entries from `order`, so that it does not grow with changes.
  private mutating func compact() {
    order = order[hand...].filter { $0.response != nil }
    hand = 0
    removedCount = 0
  }

  private static func hash(_ target: [UInt8]) -> Int { hash(target.span, target.indices) }

  /// Seeded by the standard library, so that clients cannot choose targets that collide.
  private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var hasher = Hasher()
    var index = range.lowerBound
    while index + 8 <= range.upperBound {
      var word: UInt64 = 0
      for offset in 0..<8 { word = word << 8 | UInt64(bytes[index + offset]) }
      hasher.combine(word)
      index += 8
    }
    while index < range.upperBound {
      hasher.combine(bytes[index])
      index += 1
    }
    return hasher.finalize()
  }
}

extension Service {
  /// Whether no tag of a response has changed since the service began to make it.
  func isCurrent(_ response: CachedResponse, at now: Int64) -> Bool {
    response.tags.allSatisfy { lastChange(of: $0, at: now) <= response.generation }
  }
}
