internal import SQLite
internal import Search

extension Archive {
  /// Computes what is related to the publications of which that is not known, some at a time.
  ///
  /// - Parameters:
  ///   - most: How many, so that who writes does not wait long.
  ///   - now: The time.
  /// - Returns: How many were left; 0 when all is known.
  /// - Throws: What the database throws.
  @discardableResult
  package func relate(most: Int = 200, at now: Instant = .now) throws -> Int {
    let index = try searchIndex(at: now)
    let (missing, slugs) = try database.read { connection in
      let missing = try connection.rows(
        """
        SELECT id FROM \(Visibility.index) WHERE \(Visibility.isPublic(at: now))
          AND id NOT IN (SELECT publication FROM related) ORDER BY id DESC
        """
      ) { $0.integer(0) }
      let slugs = try missing.prefix(most).compactMap { id in
        try connection.row("SELECT slug FROM publication WHERE id = \(id)") {
          Slug(stored: $0.text(0))
        }
      }
      return (missing, slugs)
    }
    let lists = index.relatedLists(of: missing.prefix(most))
    guard !lists.isEmpty else { return 0 }
    // Pages that were made before say nothing of them.
    try core.change({ _, _ in .unlisted(slugs) }) { try $0.keep(lists) }
    return missing.count - lists.count
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
      try core.change({ _, _ in .unlisted(slugs) }) { try $0.keep(lists) }
      done = part.endIndex
      progress(done, publications.count)
    }
    return done
  }
}

extension Connection {
  fileprivate func keep(_ lists: [(id: Int64, others: String)]) throws(SQLiteError) {
    for (id, others) in lists {
      try run("INSERT OR REPLACE INTO related (publication, others) VALUES (\(id), \(others))")
    }
  }
}
