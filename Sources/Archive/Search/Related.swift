internal import SQLite
internal import Search
internal import Synchronization

extension Archive {
  /// Computes the related publications that a page asked for or that a change has invalidated.
  ///
  /// - Parameters:
  ///   - most: How many to compute, so that other writes do not wait long.
  ///   - now: The moment.
  /// - Returns: How many were left.
  /// - Throws: What the database throws.
  @discardableResult
  package func relate(most: Int = 200, at now: Instant = .now) throws -> Int {
    let ids = core.relatedQueue.take(most)
    guard !ids.isEmpty else { return 0 }
    let slugs = try database.read { connection in
      try connection.rows(
        """
        SELECT slug FROM publication
        WHERE id IN \(SQL.list(ids)) AND \(Visibility.isPublic(at: now))
        """
      ) { Slug(stored: $0.text(0)) }
    }
    let lists = try searchIndex(at: now).relatedLists(of: ids)
    try core.change(.beside(slugs)) { try $0.keep(lists) }
    return core.relatedQueue.count
  }
}

/// Publications whose related ones are to be computed.
final class RelatedQueue: Sendable {
  private let ids = Mutex<Set<Publication.ID>>([])
  /// More are asked for again by the next view of their pages.
  private static let most = 10_000

  var count: Int { ids.withLock { $0.count } }

  func insert(_ more: some Sequence<Publication.ID>) {
    ids.withLock { ids in
      for id in more where ids.count < Self.most { ids.insert(id) }
    }
  }

  func take(_ most: Int) -> [Publication.ID] {
    ids.withLock { ids in
      let taken = ids.sorted().prefix(most)
      ids.subtract(taken)
      return Array(taken)
    }
  }
}

/// The lists of related publications in the database.
enum RelatedList {
  /// How many of a list a page shows.
  static let shown = 6

  /// The keys in a list as it is stored.
  static func ids(_ others: String) -> [Int64] {
    others.utf8.split(separator: 0x20).compactMap { Int64(Substring($0)) }
  }
}

extension SearchIndex {
  /// The publications related to each of some others, as they are stored.
  fileprivate func relatedLists(of ids: some Sequence<Int64>) -> [(id: Int64, others: String)] {
    ids.map { id in (id, related(to: id).map { "\($0)" }.joined(separator: " ")) }
  }
}

extension Archive {
  /// Computes what is related to each public publication, 200 in a transaction.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked after each transaction; true ends the work, which can be repeated.
  ///   - progress: Called after each transaction with how many of how many are done.
  /// - Returns: How many were related.
  /// - Throws: What the database throws.
  package func relateAll(
    isCancelled: () -> Bool = { false }, progress: (Int, Int) -> Void
  ) throws -> Int {
    let now = self.now
    let index = try searchIndex(at: now)
    let publications = try database.read { connection in
      try connection.rows(
        "SELECT id, slug FROM publication WHERE \(Visibility.isPublic(at: now)) ORDER BY id"
      ) { (id: $0.integer(0), slug: Slug(stored: $0.text(1))) }
    }
    var done = 0
    while done < publications.count, !isCancelled() {
      let part = publications[done..<min(done + 200, publications.count)]
      let lists = index.relatedLists(of: part.map(\.id))
      let slugs = part.map(\.slug)
      try core.change({ _, _ in .beside(slugs) }) { try $0.keep(lists) }
      done = part.endIndex
      progress(done, publications.count)
    }
    return done
  }
}

extension Connection {
  fileprivate func keep(_ lists: [(id: Int64, others: String)]) throws(SQLiteError) {
    for (id, others) in lists {
      // It may have been deleted since.
      try run(
        """
        INSERT OR REPLACE INTO related (publication, others)
        SELECT id, \(others) FROM publication WHERE id = \(id)
        """)
    }
  }
}
