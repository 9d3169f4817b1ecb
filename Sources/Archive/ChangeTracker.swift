internal import Synchronization

/// What pages, lists and files for programs depend on.
///
/// A change names the tags that it concerns, and invalidates responses with one of them: in the
/// server's own cache by ``number``, in caches before it by ``surrogateKey``.
package enum CacheTag: Sendable, Hashable {
  /// Anything that readers can see.
  case all
  /// Settings, names of types, and whatever else every response depends on.
  case site
  /// Which publications there are, and what lists, counts and facets show of them.
  case lists
  /// When publications changed last, which feeds and sitemaps show.
  case timestamps
  /// One publication with its file and its extracted text.
  case publication(Slug)

  /// The number of the tag, for code that does not know tags.
  ///
  /// 0 is `.all`. The numbers are valid in one process only.
  /// Publications share 4,096 numbers, so that they take a fixed amount of memory. Hash collisions
  /// invalidate about 0.1 % of entries needlessly.
  package var number: Int {
    switch self {
    case .all: 0
    case .site: 1
    case .lists: 2
    case .timestamps: 3
    case .publication(let slug):
      ChangeTracker.firstPublication + abs(slug.hashValue % ChangeTracker.publicationNumbers)
    }
  }

  /// The key of the tag in `Surrogate-Key`, and in requests that purge caches.
  package var surrogateKey: String {
    switch self {
    case .all: "all"
    case .site: "site"
    case .lists: "list"
    case .timestamps: "timestamps"
    case .publication(let slug): "pub-\(slug)"
    }
  }
}

/// What readers can see of a change.
package struct Change: Sendable {
  package private(set) var tags: [CacheTag] = []
  /// Those of its publications that readers may no longer see, which caches forget first.
  package internal(set) var hidden: [CacheTag] = []

  static let everything = Change(tags: [.site])
  /// Only what staff or subscribers see, which is not cached.
  static let nothingPublic = Change()
  /// Where addresses of an earlier site lead, which is only cached with what depends on everything.
  static let redirects = Change(tags: [.all])

  var isEmpty: Bool { tags.isEmpty }

  /// The keys of responses that are no longer right.
  ///
  /// Every response has the key of the site, and those that depend on anything have that of all.
  package var surrogateKeys: [String] {
    guard !tags.contains(.site) else { return [CacheTag.site.surrogateKey] }
    return (tags.filter { $0 != .all } + (tags.isEmpty ? [] : [.all])).map(\.surrogateKey)
  }

  /// Publications and the lists they are in.
  static func listed(_ slugs: [Slug]) -> Change {
    Change(tags: [.lists, .timestamps] + slugs.map { .publication($0) })
  }

  /// Publications in what only their own pages show, and their timestamps.
  static func unlisted(_ slugs: [Slug]) -> Change {
    Change(tags: [.timestamps] + slugs.map { .publication($0) })
  }

  /// What pages of publications show beside the record.
  static func beside(_ slugs: [Slug]) -> Change { Change(tags: slugs.map { .publication($0) }) }
}

/// Numbers the changes that readers can see, and the moments at which scheduled publications become
/// public.
///
/// Each change has the next number, and each tag the number of its last change.
final class ChangeTracker: Sendable {
  fileprivate static let firstPublication = 4
  fileprivate static let publicationNumbers = 4096

  /// A moment at which a publication becomes public.
  struct Due: Sendable {
    let second: Int64
    let slug: Slug
  }

  private let last = Atomic<UInt64>(1)
  /// For each tag the number of its last change.
  private let changes = InlineArray<4100, Atomic<UInt64>> { _ in Atomic(0) }
  /// Seconds since 1970 of the first of `dues`.
  private let nextDue = Atomic<Int64>(.max)
  /// In order; changes are numbered while it is held.
  private let dues = Mutex<[Due]>([])
  private let observer = Mutex<(@Sendable (Change) -> Void)?>(nil)

  /// The number of the last change of a tag.
  ///
  /// It reads three atomics; a lock is taken only when a publication becomes public.
  ///
  /// - Parameters:
  ///   - tag: The tag's number.
  ///   - now: The present.
  /// - Returns: The number.
  func lastChange(of tag: Int, at now: Instant) -> UInt64 {
    passDues(at: now)
    guard tag > CacheTag.all.number, tag < Self.firstPublication + Self.publicationNumbers else {
      return last.load(ordering: .acquiring)
    }
    return max(
      changes[CacheTag.site.number].load(ordering: .acquiring),
      changes[tag].load(ordering: .acquiring))
  }

  /// Notes a change that readers can see.
  ///
  /// - Parameters:
  ///   - change: What it has changed.
  ///   - dues: The next moments at which publications become public, in order.
  func note(_ change: Change, dues: [Due]) {
    self.dues.withLock {
      $0 = dues
      nextDue.store(dues.first?.second ?? .max, ordering: .releasing)
      count(change)
    }
    observer.withLock { $0 }?(change)
  }

  /// Has a function called after each change that is noted; it must not block.
  func observe(_ observer: @escaping @Sendable (Change) -> Void) {
    self.observer.withLock { $0 = observer }
  }

  var isObserved: Bool { observer.withLock { $0 != nil } }

  private func passDues(at now: Instant) {
    guard now.secondsSince1970 >= nextDue.load(ordering: .acquiring) else { return }
    dues.withLock { dues in
      let passed = dues.prefix { $0.second <= now.secondsSince1970 }
      guard !passed.isEmpty else { return }
      let slugs = passed.map(\.slug)
      dues.removeFirst(passed.count)
      nextDue.store(dues.first?.second ?? .max, ordering: .releasing)
      count(.listed(slugs))
    }
  }

  /// Counts a change; called under the lock.
  ///
  /// `last` is stored last: a thread that reads it sees the other numbers too.
  private func count(_ change: Change) {
    let next = last.load(ordering: .relaxed) + 1
    for tag in change.tags { changes[tag.number].store(next, ordering: .releasing) }
    last.store(next, ordering: .releasing)
  }
}
