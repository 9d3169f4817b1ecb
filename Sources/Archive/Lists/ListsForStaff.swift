internal import SQLite
internal import Search

extension Lists {
  /// The order of a list for staff.
  package enum Order: String, Sendable, CaseIterable {
    case name
    /// The most used first.
    case publications
  }

  /// A page of a list for staff.
  ///
  /// - Parameters:
  ///   - list: The list.
  ///   - words: Beginnings of words in any name of an entry; empty for all entries.
  ///   - onlyUnused: Whether to leave out the entries that publications have.
  ///   - order: The order.
  ///   - page: Counted from 1.
  ///   - size: Entries on a page.
  /// - Returns: The page.
  /// - Throws: What the database throws.
  package func page(
    of list: NameList, matching words: String = "", onlyUnused: Bool = false,
    order: Order = .name, page: Int = 1, size: Int = 50
  ) throws -> PageOf<ListEntry> {
    let size = min(max(size, 1), 1000)
    let page = min(max(page, 1), 1_000_000)
    var conditions: [SQL] = ["list = \(list.rawValue)"]
    if let match = SQL.namesMatch(words) {
      conditions.append(
        "id IN (SELECT entry FROM list_name WHERE list = \(list.rawValue) AND \(match))")
    }
    let used: SQL = """
      SELECT entry FROM \(list.uses) AS used
      JOIN list_name ON list_name.list = \(list.rawValue) AND list_name.name = used.name
      """
    if onlyUnused { conditions.append("id NOT IN (\(used))") }
    let chosen = SQL.all(conditions)
    let limit: SQL = "LIMIT \(size) OFFSET \((page - 1) * size)"
    return try core.read { connection in
      let total =
        try connection.row("SELECT count(*) FROM list_entry WHERE \(chosen)") { $0.count(0) } ?? 0
      var entries: [ListEntry]
      switch order {
      case .name: entries = try connection.entries("WHERE \(chosen) ORDER BY sort, id \(limit)")
      case .publications:
        entries = try connection.entries(
          """
          LEFT JOIN (SELECT entry, count(DISTINCT publication) AS times FROM \(list.uses) AS used
            JOIN list_name ON list_name.list = \(list.rawValue) AND list_name.name = used.name
            GROUP BY entry) AS counted ON counted.entry = list_entry.id
          WHERE \(chosen) ORDER BY ifnull(times, 0) DESC, sort, id \(limit)
          """)
      }
      for index in entries.indices {
        entries[index].publications = try connection.count(of: entries[index])
      }
      return PageOf(items: entries, number: page, size: size, total: total)
    }
  }

  /// How many entries each list has.
  package func counts() throws -> [NameList: Int] {
    try core.read { connection in
      Dictionary(
        try connection.rows("SELECT list, count(*) FROM list_entry GROUP BY list") { row in
          NameList(rawValue: row.text(0)).map { ($0, row.count(1)) }
        }.compactMap(\.self), uniquingKeysWith: { first, _ in first })
    }
  }

  /// An entry for staff; nil when there is none with the slug.
  package func forStaff(_ slug: Slug, in list: NameList) throws -> ListEntry? {
    try core.read { try $0.entry(slug, in: list) }
  }

  /// The entry that a name means, as it is typed; nil when there is none.
  package func forStaff(named name: String, in list: NameList) throws -> ListEntry? {
    try core.read { connection in
      try connection.entry(named: name.cleanedLine, in: list).flatMap { try connection.entry($0) }
    }
  }

  /// A page of the publications that have an entry, whatever their status, newest first.
  package func publications(
    of entry: ListEntry, page: Int = 1, size: Int = Browse.pageSize, at now: Instant = .now
  ) throws -> PageOf<Publication> {
    try core.read { connection in
      try connection.page(
        of: "publication.id IN (\(entry.list.publications(of: entry.id)))",
        order: "publication.issued DESC, publication.id DESC", number: page, size: size, at: now)
    }
  }

  /// An entry that completes what staff have typed.
  package struct Suggestion: Sendable, Equatable {
    package let name: String
    /// An author's ORCID, a series' ISSN or a licence's address.
    package let identifier: String?
    /// The alias that was found instead of the name.
    package let alias: String?
    package let publications: Int
  }

  /// Suggests entries of which every typed word begins a word, the most used first.
  ///
  /// - Parameters:
  ///   - text: What was typed.
  ///   - list: The list.
  ///   - limit: The most to return.
  /// - Returns: Suggestions, those that begin with the text first.
  /// - Throws: What the database throws.
  package func suggestions(
    for text: String, in list: NameList, limit: Int = 8
  ) throws -> [Suggestion] {
    var folding = Folding()
    let typed = folding.words(of: text)
    guard let match = SQL.namesMatch(text) else { return [] }
    struct Candidate {
      var suggestion: Suggestion
      var begins: Bool
    }
    return try core.read { connection in
      // Of a short beginning only some are counted; one more letter finds the others.
      let found = try connection.rows(
        """
        SELECT list_entry.id, list_entry.name, identifier, list_name.name, alias,
          substr(folded, 1, length(\(typed))) = \(typed) AS begins
        FROM list_name JOIN list_entry ON list_entry.id = list_name.entry
        WHERE list_name.list = \(list.rawValue) AND \(match)
        ORDER BY begins DESC, length(folded) LIMIT 300
        """
      ) { row in
        (
          id: row.integer(0), name: row.text(1), identifier: row.optionalText(2),
          alias: row.integer(4) != 0 ? row.text(3) : nil, begins: row.integer(5) != 0
        )
      }
      let counts = Dictionary(
        try connection.rows(
          """
          SELECT entry, count(DISTINCT used.publication)
          FROM list_name JOIN \(list.uses) AS used ON used.name = list_name.name
          WHERE entry IN \(SQL.list(Set(found.map(\.id)))) GROUP BY entry
          """
        ) { ($0.integer(0), $0.count(1)) }, uniquingKeysWith: { first, _ in first })
      var candidates: [Int64: Candidate] = [:]
      for one in found {
        if let known = candidates[one.id] {
          candidates[one.id]?.begins = known.begins || one.begins
          guard known.suggestion.alias != nil, one.alias == nil else { continue }
        }
        candidates[one.id] = Candidate(
          suggestion: Suggestion(
            name: one.name, identifier: one.identifier, alias: one.alias,
            publications: counts[one.id] ?? 0),
          begins: candidates[one.id]?.begins ?? one.begins)
      }
      return candidates.values.sorted { left, right in
        if left.begins != right.begins { return left.begins }
        let (one, other) = (left.suggestion, right.suggestion)
        return one.publications != other.publications
          ? one.publications > other.publications : one.name < other.name
      }.prefix(limit).map(\.suggestion)
    }
  }
}

extension SQL {
  /// The condition on `list_name` that every word of a text begins a word of the name; nil for a
  /// text without words.
  static func namesMatch(_ text: String) -> SQL? {
    var folding = Folding()
    let words = folding.fold(text).split(separator: 0x20).prefix(10)
      .map { " " + String(decoding: $0, as: UTF8.self) }
    return words.isEmpty ? nil : SQL.all(words.map { "instr(folded, \($0)) > 0" })
  }
}
