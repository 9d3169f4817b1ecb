internal import SQLite

extension Publications {
  /// A page of the list for staff.
  ///
  /// - Parameters:
  ///   - filter: Selects publications.
  ///   - order: Their order.
  ///   - page: Counted from 1; after the last page it is the last.
  ///   - size: Publications on a page, at most 1,000.
  ///   - now: The time.
  /// - Returns: The page.
  /// - Throws: What the database throws.
  package func listForStaff(
    _ filter: DeskFilter = DeskFilter(), order: DeskOrder = DeskOrder(), page: Int = 1,
    size: Int = Browse.pageSize, at now: Instant = .now
  ) throws -> PageOf<Publication> {
    try core.read { connection in
      let found = try connection.ids(selectedBy: filter, order: order, at: now)
      let size = min(max(size, 1), 1000)
      let last = max(1, (found.count + size - 1) / size)
      let page = min(max(page, 1), last)
      let shown = Array(found.dropFirst((page - 1) * size).prefix(size))
      return PageOf(
        items: try connection.publications(shown, at: now), number: page, size: size,
        total: found.count)
    }
  }

  /// The values that the filters of the list for staff offer, by name.
  package func deskValues() throws -> DeskValues {
    try core.read { connection in
      func values(_ sql: SQL) throws -> [String] { try connection.rows(sql) { $0.text(0) } }
      return DeskValues(
        languages: try values(
          "SELECT DISTINCT language FROM publication WHERE language NOT NULL ORDER BY language"),
        series: try values(
          """
          SELECT DISTINCT series FROM publication WHERE series NOT NULL
          ORDER BY series COLLATE NOCASE
          """),
        topics: try values("SELECT DISTINCT name FROM topic ORDER BY name COLLATE NOCASE"))
    }
  }
}

/// Values that publications have.
package struct DeskValues: Sendable, Equatable {
  /// BCP 47 tags.
  package var languages: [String]
  package var series: [String]
  package var topics: [String]
}

extension Connection {
  /// The publications that a filter selects, in an order.
  func ids(
    selectedBy filter: DeskFilter, order: DeskOrder = DeskOrder(), at now: Instant
  ) throws -> [Publication.ID] {
    try rows(
      """
      SELECT publication.id FROM publication
        LEFT JOIN file ON file.id = publication.file
        LEFT JOIN desk_text ON desk_text.publication = publication.id
      WHERE \(filter.condition(at: now)) ORDER BY \(order.sql)
      """
    ) { $0.integer(0) }
  }

  /// Publications in the order of their keys; those that do not exist are left out.
  func publications(_ ids: [Publication.ID], at now: Instant) throws -> [Publication] {
    let found = try rows(
      "\(Publication.select(at: now)) WHERE publication.id IN \(SQL.list(ids))"
    ) { Publication($0) }.compactMap { $0 }
    let byID = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    return ids.compactMap { byID[$0] }
  }
}
