/// The keys that one cache before the server has to be told of, as a state machine without sockets.
///
/// A key is sent twice. Between the two a response from before the change, which was on its way
/// when the cache forgot its key, can have come into the cache; and a replica can have answered
/// that did not have the change yet.
///
///     add ──> waiting ──next()──> sent ──succeeded──> waiting for the second time ──> done
///                ^                  │
///                └── after a pause ─┴ failed
struct PurgeQueue: Sendable {
  /// Seconds after which a key is sent again.
  static let repeatTime: Int64 = 5
  /// Seconds before the next attempt after one failure; they double with each, up to `longestPause`.
  static let shortestPause: Int64 = 1
  static let longestPause: Int64 = 60
  /// The most bytes of the keys in one request: Varnish reads header lines of up to 8 KiB.
  static let requestBytes = 4096
  /// With more keys than this, the cache forgets everything instead.
  static let mostKeys = 1000

  private struct Item {
    let key: String
    /// Seconds since the start of the clock from which it can be sent.
    var due: Int64
    /// Whether readers may no longer see what it names.
    var isHidden = false
    var isRepeat = false
  }

  private let everything: String
  /// In the order of their changes; a key is at most once among the first sendings, and at most
  /// once among the repeated ones.
  private var items: [Item] = []
  /// Those of the request on its way.
  private var sent: [Item] = []
  private var nextAttempt: Int64 = .min
  /// How many attempts have failed since the last success.
  private(set) var failures = 0
  private(set) var reason: String?

  /// - Parameter everything: The key of all responses.
  init(everything: String) { self.everything = everything }

  var waiting: Int { items.count + sent.count }

  /// Adds the keys of a change.
  ///
  /// - Parameters:
  ///   - keys: The keys.
  ///   - hidden: Keys of what readers may no longer see, which are sent before all others.
  ///   - now: The present, in seconds of a clock that only grows.
  mutating func add(_ keys: [String], hidden: [String] = [], at now: Int64) {
    for key in hidden { insert(Item(key: key, due: now, isHidden: true)) }
    for key in keys where !hidden.contains(key) { insert(Item(key: key, due: now)) }
  }

  /// Inserts a key, unless one that waits for the same sending names as much.
  ///
  /// A repeated sending is put off by a later one of the same key, which itself was sent meanwhile.
  private mutating func insert(_ item: Item) {
    let others = items.filter { $0.isRepeat == item.isRepeat }
    let isCovered = others.contains {
      $0.key == everything && item.key != everything
        || $0.key == item.key && !item.isRepeat && ($0.isHidden || !item.isHidden)
    }
    guard !isCovered else { return }
    items.removeAll {
      $0.isRepeat == item.isRepeat && ($0.key == item.key || item.key == everything)
    }
    items.append(item)
    if items.count > Self.mostKeys { items = [Item(key: everything, due: item.due)] }
  }

  /// Takes the keys of the next request; empty when there is none to send yet.
  mutating func next(at now: Int64) -> [String] {
    guard sent.isEmpty, now >= nextAttempt else { return [] }
    let due = items.indices.filter { items[$0].due <= now }
    let hidden = due.filter { items[$0].isHidden }
    var chosen: Set<Int> = []
    var bytes = 0
    for index in hidden + due where !chosen.contains(index) {
      bytes += items[index].key.utf8.count + 1
      guard bytes <= Self.requestBytes || chosen.isEmpty else { break }
      chosen.insert(index)
    }
    sent = chosen.sorted().map { items[$0] }
    items = items.indices.filter { !chosen.contains($0) }.map { items[$0] }
    var keys: [String] = []
    for item in sent where !keys.contains(item.key) { keys.append(item.key) }
    return keys
  }

  /// Notes that the cache has forgotten the keys of the last request.
  mutating func succeed(at now: Int64) {
    failures = 0
    reason = nil
    nextAttempt = .min
    let done = sent
    sent = []
    for item in done where !item.isRepeat {
      insert(
        Item(
          key: item.key, due: now + Self.repeatTime, isHidden: item.isHidden, isRepeat: true))
    }
  }

  /// Notes that the last request failed; its keys are sent again.
  mutating func fail(_ reason: String, at now: Int64) {
    self.reason = reason
    let pause = Self.shortestPause << Int64(min(failures, 10))
    failures += 1
    nextAttempt = now + min(pause, Self.longestPause)
    let again = sent
    sent = []
    let others = items
    items = []
    for item in again + others { insert(item) }
  }

  /// When there is something to send; nil when nothing waits.
  var nextTime: Int64? {
    items.map(\.due).min().map { max($0, nextAttempt) }
  }
}
