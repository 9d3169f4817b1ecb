internal import Synchronization

/// What pages, lists and files for programs are made of, as far as it can change.
package enum Subject: Sendable, Hashable {
  /// Anything that readers can see.
  case all
  /// Which publications there are, and what lists, counts and facets say of them.
  case lists
  /// When publications changed last, which feeds and sitemaps tell.
  case instants
  /// One publication with its file and what was read from it.
  case publication(Slug)
}

/// What a change has changed of what readers can see.
struct Change: Sendable {
  var isOfAll = false
  var isOfLists = false
  var isOfInstants = false
  var slugs: [Slug] = []

  static let everything = Change(isOfAll: true)

  /// Publications and the lists they are in.
  static func listed(_ slugs: [Slug]) -> Change {
    Change(isOfLists: true, isOfInstants: true, slugs: slugs)
  }

  /// Publications in what only their own pages show, and when that was.
  static func unlisted(_ slugs: [Slug]) -> Change { Change(isOfInstants: true, slugs: slugs) }

  /// What pages of publications tell about them, while they stay as they are.
  static func beside(_ slugs: [Slug]) -> Change { Change(slugs: slugs) }
}

/// Numbers the changes of what readers can see, also those that come with time: a scheduled
/// publication comes due.
///
/// Each change has the next number, and each thing that answers are made of the number of its last
/// change. Publications share 4,096 places, so that the numbers take no memory that grows; a
/// change of one in a thousand or so is taken for that of another.
final class Generation: Sendable {
  private static let all = 0
  private static let everything = 1
  private static let lists = 2
  private static let instants = 3
  private static let publications = 4
  private static let places = 4096

  /// A moment at which a publication becomes public.
  struct Due: Sendable {
    let second: Int64
    let slug: Slug
  }

  private let number = Atomic<UInt64>(1)
  /// For each thing the number of its last change.
  private let changes = InlineArray<4100, Atomic<UInt64>> { _ in Atomic(0) }
  /// Seconds since 1970 of the first of `dues`.
  private let nextDue = Atomic<Int64>(.max)
  /// In order; changes are numbered while it is held.
  private let dues = Mutex<[Due]>([])

  /// The number of the last change of anything.
  func value(at now: Instant) -> UInt64 {
    passDues(at: now)
    return number.load(ordering: .acquiring)
  }

  /// The number of the last change of a thing.
  ///
  /// It reads three atomics; a lock is taken only when a publication comes due.
  func lastChange(of place: Int, at now: Instant) -> UInt64 {
    passDues(at: now)
    guard place > Self.all, place < Self.publications + Self.places else {
      return number.load(ordering: .acquiring)
    }
    return max(
      changes[Self.everything].load(ordering: .acquiring),
      changes[place].load(ordering: .acquiring))
  }

  /// The place of a thing among those that have a number; always the same in one process.
  static func place(of subject: Subject) -> Int {
    switch subject {
    case .all: all
    case .lists: lists
    case .instants: instants
    case .publication(let slug): publications + abs(slug.hashValue % places)
    }
  }

  /// Notes a change that readers can see.
  ///
  /// - Parameters:
  ///   - change: What it has changed.
  ///   - dues: The moments at which publications become public from now on, in order.
  func note(_ change: Change, dues: [Due]) {
    self.dues.withLock {
      $0 = dues
      nextDue.store(dues.first?.second ?? .max, ordering: .releasing)
      count(change)
    }
  }

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

  /// Under the lock.
  ///
  /// The number of all comes last: who has read it finds the others as new.
  private func count(_ change: Change) {
    let next = number.load(ordering: .relaxed) + 1
    func note(_ place: Int) { changes[place].store(next, ordering: .releasing) }
    if change.isOfAll { note(Self.everything) }
    if change.isOfLists { note(Self.lists) }
    if change.isOfInstants { note(Self.instants) }
    for slug in change.slugs { note(Self.place(of: .publication(slug))) }
    number.store(next, ordering: .releasing)
  }
}
