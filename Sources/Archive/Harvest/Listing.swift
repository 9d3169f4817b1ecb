internal import SQLite

extension Archive {
  /// The publications that became public last, newest first.
  ///
  /// - Parameters:
  ///   - browse: Which of them; its page and order do not matter.
  ///   - series: The series that they are in; nil for any or none.
  ///   - page: Counted from 1.
  ///   - size: Publications on a page.
  ///   - now: The time.
  /// - Returns: The page, and whether older ones follow.
  /// - Throws: What the database throws.
  package func announced(
    _ browse: Browse = Browse(), series: String? = nil, page: Int = 1, size: Int = 50,
    at now: Instant = .now
  ) throws -> (publications: [Publication], hasMore: Bool) {
    let found = browse.condition(authorSpelled: try spellings(of: browse, at: now), at: now)
    let chosen = series.map { SQL.all([found, "publication.series = \($0)"]) } ?? found
    let order: SQL =
      "publication.public_from DESC, publication.issued DESC, publication.id DESC"
    // Clamped before it is multiplied: the number comes from an address.
    let offset = (min(max(page, 1), 1_000_000) - 1) * size
    return try database.read { connection in
      let found = try connection.rows(
        """
        \(Publication.select(at: now)) WHERE publication.id IN (
          SELECT publication.id FROM publication WHERE \(chosen)
          ORDER BY \(order) LIMIT \(size + 1) OFFSET \(offset))
        ORDER BY \(order)
        """
      ) { Publication($0) }.compactMap { $0 }
      return (Array(found.prefix(size)), found.count > size)
    }
  }
}
