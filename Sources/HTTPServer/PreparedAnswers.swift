import Glibc
import HTTP
import Synchronization

/// Prepared answers by target.
///
/// They are found by the octets of the target, without a string being made. What was not used for
/// the longest time goes first, about: a place that has been used gets a second round. What is no
/// longer current goes when it is asked for.
struct PreparedAnswers {
  private let limit: Int
  /// The bit of `Prepared.uses` that these take.
  private let use: UInt8
  private(set) var octets = 0
  /// By the hash of the target, and of the language where it has several answers; two with one hash
  /// take turns.
  private var answers: [Int: Prepared] = [:]
  /// The hashes in the order of their last round, from `first` on.
  private var order: [Int] = []
  private var first = 0

  init(limit: Int, isShared: Bool) {
    self.limit = limit
    use = isShared ? 2 : 1
  }

  /// The answer for a target; nil without a current one.
  ///
  /// - Parameters:
  ///   - octets: A head or a target.
  ///   - target: Where path and query stand in it.
  ///   - language: The place of the one that is asked for.
  ///   - service: Which knows what has changed.
  ///   - now: Seconds since 1970.
  /// - Returns: The answer.
  mutating func find(
    _ octets: Span<UInt8>, _ target: Range<Int>, language: Int, _ service: any Service,
    at now: Int64
  ) -> Prepared? {
    // Most answers are the same in all languages, and stand where those in the first do.
    for place in language == 0 ? 0...0 : 0...1 {
      let hash = Self.hash(octets, target, place == 0 ? 0 : language)
      guard let answer = answers[hash],
        answer.language == nil || answer.language == language,
        octets.equals(target, answer.target)
      else { continue }
      guard answer.isCurrent(service, at: now) else {
        remove(hash)
        continue
      }
      answer.noteUse()
      return answer
    }
    return nil
  }

  mutating func insert(_ answer: Prepared) {
    guard answer.weight <= limit / 4 else { return }
    let target = answer.target
    let hash = Self.hash(target.span, 0..<target.count, answer.language ?? 0)
    if let old = answers.updateValue(answer, forKey: hash) {
      octets -= old.weight
    } else {
      order.append(hash)
    }
    octets += answer.weight
    while octets > limit, first < order.count { removeOne() }
  }

  private mutating func removeOne() {
    let hash = order[first]
    passFirst()
    guard let answer = answers[hash] else { return }
    if answer.uses.bitwiseAnd(~use, ordering: .relaxed).oldValue & use != 0 {
      order.append(hash)
    } else {
      answers[hash] = nil
      octets -= answer.weight
    }
  }

  /// Takes out an answer; its place in the order goes too, or the order would grow with changes.
  private mutating func remove(_ hash: Int) {
    guard let answer = answers.removeValue(forKey: hash) else { return }
    octets -= answer.weight
    if let place = order[first...].firstIndex(of: hash) { order.remove(at: place) }
  }

  private mutating func passFirst() {
    first += 1
    if first > 1024 {
      order.removeFirst(first)
      first = 0
    }
  }

  /// Seeded by the standard library, so that nobody can choose targets with one hash.
  static func hash(_ octets: Span<UInt8>, _ range: Range<Int>, _ language: Int) -> Int {
    var hasher = Hasher()
    hasher.combine(language)
    // Unsafe: the buffer is read while it is there.
    unsafe octets.extracting(range).withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}

extension Span<UInt8> {
  func equals(_ range: Range<Int>, _ other: [UInt8]) -> Bool {
    guard range.count == other.count else { return false }
    // Unsafe: both are as long as the range, which the span checks.
    return unsafe extracting(range).withUnsafeBytes { octets in
      unsafe other.withUnsafeBytes { others in
        guard let one = octets.baseAddress, let two = others.baseAddress else { return true }
        return unsafe memcmp(one, two, octets.count) == 0
      }
    }
  }
}
