internal import SQLite
internal import Search

/// The controlled lists: authors, topics, series and licences.
package struct Lists: Sendable {
  let core: ArchiveCore
  private let aliasCache = Cached<[NameList: [String: String]]>()

  init(_ core: ArchiveCore) { self.core = core }

  /// What readers find under the slug of an entry.
  package enum Found: Sendable {
    /// The entry, and a page of its public publications, which has at least one on page 1.
    case entry(ListEntry, PageOf<Publication>)
    /// The entry has another slug now, or was merged into another one.
    case moved(to: Slug)
    /// There is no such entry, or it has no public publication.
    case none
  }

  /// Finds an entry for readers.
  package func find(
    _ slug: Slug, in list: NameList, page: Int = 1, at now: Instant = .now
  ) throws -> Found {
    try core.read { connection in
      guard let entry = try connection.entry(slug, in: list) else {
        let moved = try connection.row(
          """
          SELECT list_entry.slug, list_entry.id FROM former_entry_slug
          JOIN list_entry ON list_entry.id = entry
          WHERE former_entry_slug.list = \(list.rawValue)
            AND former_entry_slug.slug = \(slug.description)
          """
        ) { (slug: Slug(stored: $0.text(0)), id: $0.integer(1)) }
        guard let moved, try connection.isPublic(moved.id, in: list, at: now) else { return .none }
        return .moved(to: moved.slug)
      }
      let found = try connection.page(
        of: SQL.all([
          "publication.id IN (\(list.publications(of: entry.id)))", Visibility.isPublic(at: now),
        ]),
        order: "publication.issued DESC, publication.id DESC", number: page,
        size: Browse.pageSize, at: now)
      return found.total == 0 ? .none : .entry(entry, found)
    }
  }

  /// The slugs of the entries that names mean, whether public or not.
  ///
  /// - Parameters:
  ///   - names: At most 10,000 are looked up.
  ///   - list: The list.
  /// - Returns: The slugs by name; names that are in no entry are left out.
  /// - Throws: What the database throws.
  package func slugs(of names: some Sequence<String>, in list: NameList) throws -> [String: Slug] {
    let names = Array(names.prefix(10_000))
    return try core.read { connection in
      Dictionary(
        try connection.rows(
          """
          SELECT list_name.name, list_entry.slug
          FROM list_name JOIN list_entry ON list_entry.id = list_name.entry
          WHERE list_name.list = \(list.rawValue) AND list_name.name IN \(SQL.list(names))
          """
        ) { ($0.text(0), Slug(stored: $0.text(1))) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// The entry that a name means, for readers; nil when it has no public publication.
  package func publicSlug(
    of name: String, in list: NameList, at now: Instant = .now
  ) throws -> Slug? {
    try core.read { connection in
      guard let id = try connection.entry(named: name, in: list),
        try connection.isPublic(id, in: list, at: now)
      else { return nil }
      return try connection.entry(id)?.slug
    }
  }

  /// How many ids a range of entries has.
  package static let rangeSize = 9_000

  /// The ranges of ids with entries that have pages and public publications, from 0.
  package func ranges(at now: Instant = .now) throws -> [Int] {
    try core.read { connection in
      let last = try connection.row("SELECT max(id) FROM list_entry") { $0.count(0) } ?? 0
      return try (0..<(last + Lists.rangeSize - 1) / Lists.rangeSize).filter { number in
        try NameList.allCases.contains {
          try !connection.publicEntries(of: $0, inRange: number, most: 1, at: now).isEmpty
        }
      }
    }
  }

  /// The entries of a range that have pages and public publications, in the order of their creation.
  package func publicEntries(
    inRange number: Int, at now: Instant = .now
  ) throws -> [(list: NameList, slug: Slug)] {
    try core.read { connection in
      try NameList.allCases.flatMap { list in
        try connection.publicEntries(of: list, inRange: number, at: now).map { (list, $0) }
      }
    }
  }

  /// The preferred name for an alias; nil for a name that is none.
  package func preferredName(
    for name: String, in list: NameList, at now: Instant = .now
  ) throws -> String? {
    let aliases = try aliasCache.value(under: core.cacheKey(of: .lists, at: now)) {
      try core.read { try $0.aliases() }
    }
    guard let aliases = aliases[list] else { return nil }
    return aliases[name] ?? aliases[list.key(name)]
  }
}

extension Connection {
  /// The slugs of the entries of a list and a range of ids that have pages and public publications.
  fileprivate func publicEntries(
    of list: NameList, inRange number: Int, most: Int = Lists.rangeSize, at now: Instant
  ) throws -> [Slug] {
    guard list.hasPages else { return [] }
    let first = number * Lists.rangeSize + 1
    return try rows(
      """
      SELECT slug FROM list_entry NOT INDEXED
      WHERE id BETWEEN \(first) AND \(first + Lists.rangeSize - 1) AND list = \(list.rawValue)
        AND EXISTS (
          SELECT 1 FROM list_name JOIN \(list.uses) AS used ON used.name = list_name.name
          JOIN publication ON publication.id = used.publication
          WHERE list_name.entry = list_entry.id AND \(Visibility.isPublic(at: now)))
      ORDER BY id LIMIT \(most)
      """
    ) { Slug(stored: $0.text(0)) }
  }

  private static let entryColumns: SQL = """
    id, list, slug, name, kind, identifier, description, edited,
    (SELECT group_concat(name, char(10)) FROM (
      SELECT name FROM list_name WHERE entry = list_entry.id AND alias ORDER BY name))
    """

  func entry(_ slug: Slug, in list: NameList) throws(SQLiteError) -> ListEntry? {
    try entry(where: "list = \(list.rawValue) AND slug = \(slug.description)")
  }

  func entry(_ id: Int64) throws(SQLiteError) -> ListEntry? { try entry(where: "id = \(id)") }

  private func entry(where condition: SQL) throws(SQLiteError) -> ListEntry? {
    guard var entry = try entries("WHERE \(condition)").first else { return nil }
    entry.publications = try count(of: entry)
    return entry
  }

  /// The entries that a clause selects, without their numbers of publications.
  func entries(_ clause: SQL) throws(SQLiteError) -> [ListEntry] {
    try rows("SELECT \(Connection.entryColumns) FROM list_entry \(clause)") { row in
      NameList(rawValue: row.text(1)).map { list in
        ListEntry(
          id: row.integer(0), list: list, slug: Slug(stored: row.text(2)), name: row.text(3),
          kind: row.optionalText(4).flatMap(ListEntry.Kind.init), identifier: row.optionalText(5),
          description: row.text(6), aliases: Publication.lines(row.text(8)),
          isEdited: row.integer(7) != 0, publications: 0)
      }
    }.compactMap(\.self)
  }

  /// How many publications have an entry, whatever their status.
  func count(of entry: ListEntry) throws(SQLiteError) -> Int {
    try row("SELECT count(DISTINCT publication) FROM (\(entry.list.publications(of: entry.id)))") {
      $0.count(0)
    } ?? 0
  }

  /// The entry that a name means: by the name as it is, or by its key.
  func entry(named name: String, in list: NameList) throws(SQLiteError) -> Int64? {
    if let exact = try row(
      "SELECT entry FROM list_name WHERE list = \(list.rawValue) AND name = \(name)",
      { $0.integer(0) })
    {
      return exact
    }
    return try row(
      "SELECT entry FROM list_name WHERE list = \(list.rawValue) AND key = \(list.key(name))"
    ) { $0.integer(0) }
  }

  func isPublic(
    _ entry: Int64, in list: NameList, at now: Instant
  ) throws(SQLiteError) -> Bool {
    try row(
      """
      SELECT 1 FROM publication
      WHERE id IN (\(list.publications(of: entry))) AND \(Visibility.isPublic(at: now))
      """
    ) { _ in true } ?? false
  }

  /// Preferred names by alias, and by the key of an alias that is not the key of its entry.
  fileprivate func aliases() throws(SQLiteError) -> [NameList: [String: String]] {
    var aliases: [NameList: [String: String]] = [:]
    try each(
      """
      SELECT list_name.list, list_name.name, list_name.key, list_name.key <> list_entry.key,
        list_entry.name
      FROM list_name JOIN list_entry ON list_entry.id = list_name.entry
      WHERE alias AND list_name.name <> list_entry.name
      """
    ) { row in
      guard let list = NameList(rawValue: row.text(0)) else { return true }
      aliases[list, default: [:]][row.text(1)] = row.text(4)
      if row.integer(3) != 0 { aliases[list, default: [:]][row.text(2)] = row.text(4) }
      return true
    }
    return aliases
  }
}
