internal import SQLite
internal import Search

extension Connection {
  /// Notes which names the writing connection gives to publications and takes from them.
  func watchNames() throws(SQLiteError) {
    try script(
      """
      CREATE TEMP TABLE entered_name (
        list TEXT NOT NULL, name TEXT NOT NULL, identifier TEXT, UNIQUE (list, name)
      );
      CREATE TEMP TABLE left_name (
        list TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (list, name)
      ) WITHOUT ROWID;
      CREATE TEMP TRIGGER author_entered AFTER INSERT ON main.author BEGIN
        INSERT INTO entered_name VALUES ('authors', new.name, new.orcid)
          ON CONFLICT DO UPDATE SET identifier = ifnull(identifier, excluded.identifier);
      END;
      CREATE TEMP TRIGGER author_changed AFTER UPDATE OF name ON main.author BEGIN
        INSERT INTO entered_name VALUES ('authors', new.name, new.orcid) ON CONFLICT DO NOTHING;
        INSERT INTO left_name VALUES ('authors', old.name) ON CONFLICT DO NOTHING;
      END;
      CREATE TEMP TRIGGER author_left AFTER DELETE ON main.author BEGIN
        INSERT INTO left_name VALUES ('authors', old.name) ON CONFLICT DO NOTHING;
      END;
      CREATE TEMP TRIGGER topic_entered AFTER INSERT ON main.topic BEGIN
        INSERT INTO entered_name VALUES ('topics', new.name, NULL) ON CONFLICT DO NOTHING;
      END;
      CREATE TEMP TRIGGER topic_changed AFTER UPDATE OF name ON main.topic BEGIN
        INSERT INTO entered_name VALUES ('topics', new.name, NULL) ON CONFLICT DO NOTHING;
        INSERT INTO left_name VALUES ('topics', old.name) ON CONFLICT DO NOTHING;
      END;
      CREATE TEMP TRIGGER topic_left AFTER DELETE ON main.topic BEGIN
        INSERT INTO left_name VALUES ('topics', old.name) ON CONFLICT DO NOTHING;
      END;
      CREATE TEMP TRIGGER series_entered AFTER INSERT ON main.publication
        WHEN new.series NOT NULL BEGIN
        INSERT INTO entered_name VALUES ('series', new.series, new.issn)
          ON CONFLICT DO UPDATE SET identifier = ifnull(identifier, excluded.identifier);
      END;
      CREATE TEMP TRIGGER series_changed AFTER UPDATE OF series, issn ON main.publication
        WHEN new.series NOT NULL AND (old.series IS NOT new.series OR old.issn IS NOT new.issn)
      BEGIN
        INSERT INTO entered_name VALUES ('series', new.series, new.issn)
          ON CONFLICT DO UPDATE SET identifier = ifnull(identifier, excluded.identifier);
      END;
      CREATE TEMP TRIGGER series_replaced AFTER UPDATE OF series ON main.publication
        WHEN old.series NOT NULL AND old.series IS NOT new.series BEGIN
        INSERT INTO left_name VALUES ('series', old.series) ON CONFLICT DO NOTHING;
      END;
      CREATE TEMP TRIGGER licence_entered AFTER INSERT ON main.publication
        WHEN new.licence NOT NULL BEGIN
        INSERT INTO entered_name VALUES ('licences', new.licence, NULL) ON CONFLICT DO NOTHING;
      END;
      CREATE TEMP TRIGGER licence_changed AFTER UPDATE OF licence ON main.publication
        WHEN new.licence NOT NULL AND old.licence IS NOT new.licence BEGIN
        INSERT INTO entered_name VALUES ('licences', new.licence, NULL) ON CONFLICT DO NOTHING;
      END;
      CREATE TEMP TRIGGER licence_replaced AFTER UPDATE OF licence ON main.publication
        WHEN old.licence NOT NULL AND old.licence IS NOT new.licence BEGIN
        INSERT INTO left_name VALUES ('licences', old.licence) ON CONFLICT DO NOTHING;
      END;
      CREATE TEMP TRIGGER names_left AFTER DELETE ON main.publication BEGIN
        INSERT INTO left_name SELECT 'series', old.series WHERE old.series NOT NULL
          ON CONFLICT DO NOTHING;
        INSERT INTO left_name SELECT 'licences', old.licence WHERE old.licence NOT NULL
          ON CONFLICT DO NOTHING;
      END;
      """)
  }

  /// Brings the lists in line with what the running transaction has changed: new names become
  /// entries, and entries that nobody edited go with their last publication.
  func updateLists() throws {
    try enterNames()
    try removeLeftEntries()
  }

  /// Fills the lists of a database from before there were any.
  func fillLists() throws {
    guard try row("SELECT 1 FROM list_name", { _ in true }) == nil else { return }
    for statement: SQL in [
      "INSERT INTO temp.entered_name SELECT 'authors', name, max(orcid) FROM author GROUP BY name",
      "INSERT INTO temp.entered_name SELECT DISTINCT 'topics', name, NULL FROM topic",
      """
      INSERT INTO temp.entered_name SELECT 'series', series, max(issn) FROM publication
      WHERE series NOT NULL GROUP BY series
      """,
      """
      INSERT INTO temp.entered_name SELECT DISTINCT 'licences', licence, NULL FROM publication
      WHERE licence NOT NULL
      """,
    ] { try run(statement) }
    try enterNames()
  }

  private func enterNames() throws {
    guard try row("SELECT 1 FROM temp.entered_name", { _ in true }) != nil else { return }
    let new = try rows(
      """
      SELECT list, name FROM temp.entered_name AS entered WHERE NOT EXISTS (
        SELECT 1 FROM list_name WHERE list = entered.list AND list_name.name = entered.name)
      ORDER BY rowid
      """
    ) { row in NameList(rawValue: row.text(0)).map { (list: $0, name: row.text(1)) } }
    var folding = Folding()
    for case let (list, name)? in new { try enter(name, in: list, &folding) }
    try run(
      """
      UPDATE list_entry SET identifier = entered.identifier
      FROM temp.entered_name AS entered JOIN list_name
        ON list_name.list = entered.list AND list_name.name = entered.name
      WHERE list_entry.id = list_name.entry AND entered.identifier NOT NULL
        AND list_entry.identifier IS NULL AND NOT list_entry.edited
      """)
    try run("DELETE FROM temp.entered_name")
  }

  /// Adds a name that is not in the list: to the entry with its key, or to a new one.
  private func enter(_ name: String, in list: NameList, _ folding: inout Folding) throws {
    let (key, displayed, sortKey) = list.parts(of: name)
    let known = try row(
      """
      SELECT list_entry.id, list_entry.name, list_entry.key = \(key) AND NOT edited
      FROM list_name JOIN list_entry ON list_entry.id = list_name.entry
      WHERE list_name.list = \(list.rawValue) AND list_name.key = \(key)
      """
    ) { (id: $0.integer(0), name: $0.text(1), mayImprove: $0.integer(2) != 0) }
    let entry: Int64
    if let known {
      entry = known.id
      if list == .authors, known.mayImprove, AuthorName.isBetter(displayed, than: known.name) {
        try run(
          """
          UPDATE list_entry SET name = \(displayed), sort = \(sortKey)
          WHERE id = \(entry)
          """)
      }
    } else {
      entry = try insertEntry(displayed, key: key, sortKey: sortKey, in: list)
    }
    try insertName(name, key: key, of: entry, in: list, &folding)
    if displayed != name { try insertName(displayed, key: key, of: entry, in: list, &folding) }
  }

  /// Adds an entry without names.
  func insertEntry(
    _ name: String, key: String, sortKey: String, in list: NameList
  ) throws -> Int64 {
    try run(
      """
      INSERT INTO list_entry (list, slug, name, key, sort)
      VALUES (\(list.rawValue), \(try freeEntrySlug(for: name, in: list).description), \(name),
        \(key), \(sortKey))
      """)
    return lastInsertedRow
  }

  /// Adds a name to an entry, unless it is there.
  func insertName(
    _ name: String, key: String, of entry: Int64, isAlias: Bool = false, in list: NameList,
    _ folding: inout Folding
  ) throws(SQLiteError) {
    try run(
      """
      INSERT INTO list_name (list, name, key, folded, entry, alias)
      VALUES (\(list.rawValue), \(name), \(key), \(folding.words(of: name)), \(entry), \(isAlias))
      ON CONFLICT DO NOTHING
      """)
  }

  /// The first free slug made from a name; an entry may take back one that it had.
  func freeEntrySlug(for name: String, in list: NameList, of entry: Int64? = nil) throws -> Slug {
    let first = Slug(title: name) ?? list.slugWithoutLetters
    var slug = first
    var number = 1
    while try !isFreeEntrySlug(slug, in: list, for: entry ?? -1) {
      number += 1
      slug = first.numbered(number)
    }
    return slug
  }

  private func isFreeEntrySlug(
    _ slug: Slug, in list: NameList, for entry: Int64
  ) throws(SQLiteError) -> Bool {
    try row(
      """
      SELECT 1 FROM list_entry
      WHERE list = \(list.rawValue) AND slug = \(slug.description) AND id <> \(entry)
      UNION ALL
      SELECT 1 FROM former_entry_slug
      WHERE list = \(list.rawValue) AND slug = \(slug.description) AND entry <> \(entry)
      """
    ) { _ in true } == nil
  }

  private func removeLeftEntries() throws(SQLiteError) {
    guard try row("SELECT 1 FROM temp.left_name", { _ in true }) != nil else { return }
    for list in NameList.allCases {
      try run(
        """
        DELETE FROM list_entry WHERE NOT edited AND id IN (
            SELECT entry FROM temp.left_name AS gone CROSS JOIN list_name
              ON list_name.list = gone.list AND list_name.name = gone.name
            WHERE gone.list = \(list.rawValue))
          AND NOT EXISTS (
            SELECT 1 FROM list_name JOIN \(list.uses) AS used ON used.name = list_name.name
            WHERE list_name.entry = list_entry.id)
        """)
    }
    try run("DELETE FROM temp.left_name")
  }
}

// MARK: Saving

extension Connection {
  /// A record with preferred names for the aliases that it has.
  ///
  /// - Parameters:
  ///   - record: A clean record.
  ///   - isTyped: Whether topics and the series that differ from an entry's name only in case or
  ///     punctuation get its spelling. What is imported keeps it.
  /// - Returns: The record, without any name twice.
  /// - Throws: What the database throws.
  func preferringNames(
    in record: Record, isTyped: Bool = false
  ) throws(SQLiteError) -> Record {
    var record = record
    record.typeName = try known(record.typeName)
    let hasAliases = try row("SELECT 1 FROM list_name WHERE alias", { _ in true }) != nil
    guard hasAliases || isTyped else { return record }
    func preferred(_ name: String, _ list: NameList) throws(SQLiteError) -> String {
      let isTyped = isTyped && (list == .topics || list == .series)
      guard hasAliases || isTyped else { return name }
      return try preferredName(for: name, in: list, isTyped: isTyped)
    }
    var authors: [String] = []
    var orcids: [String: ORCID] = [:]
    for name in record.authors {
      let preferred = try preferred(name, .authors)
      if !authors.contains(preferred) { authors.append(preferred) }
      orcids[preferred] = orcids[preferred] ?? record.orcids[name]
    }
    (record.authors, record.orcids) = (authors, orcids)
    var topics: [String] = []
    for name in record.topics {
      let preferred = try preferred(name, .topics)
      if !topics.contains(preferred) { topics.append(preferred) }
    }
    record.topics = topics
    if let series = record.series { record.series = try preferred(series, .series) }
    if let licence = record.licence { record.licence = try preferred(licence, .licences) }
    return record
  }

  private func preferredName(
    for name: String, in list: NameList, isTyped: Bool
  ) throws(SQLiteError) -> String {
    let exact = try row(
      """
      SELECT list_entry.name, alias OR list_name.key <> list_entry.key
      FROM list_name JOIN list_entry ON list_entry.id = list_name.entry
      WHERE list_name.list = \(list.rawValue) AND list_name.name = \(name)
      """
    ) { (name: $0.text(0), isAlias: $0.integer(1) != 0) }
    if let exact { return exact.isAlias || isTyped ? exact.name : name }
    let key = list.key(name)
    let sameKey = try row(
      """
      SELECT list_entry.name, list_entry.key <> \(key)
      FROM list_name JOIN list_entry ON list_entry.id = list_name.entry
      WHERE list_name.list = \(list.rawValue) AND list_name.key = \(key)
      """
    ) { (name: $0.text(0), isAlias: $0.integer(1) != 0) }
    guard let sameKey, sameKey.isAlias || isTyped else { return name }
    return sameKey.name
  }
}
