internal import SQLite
internal import Search

extension Lists {
  /// What a change of a list did.
  package struct Outcome: Sendable, Equatable {
    /// The entry as it is now.
    package let entry: ListEntry
    /// How many publications were changed.
    package let publications: Int
  }

  /// Adds an entry.
  package func add(
    _ edit: ListEdit, to list: NameList, by actor: Actor, at now: Instant = .now
  ) throws(ListError) -> ListEntry {
    do {
      return try core.change(.nothingPublic) { connection in
        let edit = try edit.checked(for: list)
        try connection.checkFree([edit.name] + edit.aliases, in: list, for: nil)
        let id = try connection.insertEntry(
          edit.name, key: list.key(edit.name), sortKey: list.sortKey(edit.name), in: list)
        try connection.write(edit, to: id, in: list)
        let entry = try connection.existing(id)
        try connection.audit(
          .addedEntry, entry.name, detail: list.rawValue, after: entry.audited, by: actor, at: now)
        return entry
      }
    } catch {
      throw ListError(error)
    }
  }

  /// Changes an entry; publications that have it get its new name, ORCID or ISSN.
  ///
  /// A new name gets a new slug, to which the old one redirects, and the old name becomes an alias.
  ///
  /// - Throws: ``ListError``
  package func change(
    _ id: ListEntry.ID, to edit: ListEdit, by actor: Actor, at now: Instant = .now
  ) throws(ListError) -> Outcome {
    do {
      return try core.change({ connection, changed in try connection.shown(changed.ids) }) {
        connection in
        let old = try connection.existing(id)
        let list = old.list
        let edit = try edit.checked(for: list)
        try connection.checkFree([edit.name] + edit.aliases, in: list, for: id)
        let (names, hasNewIdentifier) = try connection.rewritten(old, by: edit)
        let affected = try connection.publications(
          of: old, withNames: names, identifier: hasNewIdentifier ? .some(edit.identifier) : nil)
        let keys = try connection.keys(of: id)
        try connection.write(edit, to: id, in: list)
        if edit.name != old.name {
          try connection.rename(old, to: edit.name)
          try connection.carrySubscriptions(
            in: list, from: keys.union([list.key(old.name)]), names: names, to: edit.name)
        }
        try connection.rewrite(names, to: edit.name, in: list, of: affected)
        if hasNewIdentifier {
          try connection.setIdentifier(edit.identifier, instead: old.identifier, of: old)
        }
        let entry = try connection.existing(id)
        try connection.note(
          edit.name == old.name ? .editedEntry : .renamedEntry, entry, before: [old],
          changed: affected, by: actor, at: now)
        return (ids: affected, outcome: Outcome(entry: entry, publications: affected.count))
      }.outcome
    } catch {
      throw ListError(error)
    }
  }

  /// How many publications a change of an entry would change.
  package func publications(
    changedBy edit: ListEdit, of id: ListEntry.ID
  ) throws(ListError) -> Int {
    do {
      return try core.read { connection in
        let old = try connection.existing(id)
        let edit = try edit.checked(for: old.list)
        try connection.checkFree([edit.name] + edit.aliases, in: old.list, for: id)
        let (names, hasNewIdentifier) = try connection.rewritten(old, by: edit)
        return try connection.publications(
          of: old, withNames: names, identifier: hasNewIdentifier ? .some(edit.identifier) : nil
        ).count
      }
    } catch {
      throw ListError(error)
    }
  }

  /// Merges an entry into another one of its list.
  ///
  /// All publications of the first get the name of the second, and the names of the first become
  /// aliases. Its page, its filters and its subscriptions lead to the second.
  ///
  /// - Throws: ``ListError``
  package func merge(
    _ id: ListEntry.ID, into other: ListEntry.ID, by actor: Actor, at now: Instant = .now
  ) throws(ListError) -> Outcome {
    do {
      return try core.change({ connection, changed in try connection.shown(changed.ids) }) {
        connection in
        let (old, target) = (try connection.existing(id), try connection.existing(other))
        guard id != other, old.list == target.list else { throw ListError.notMergeable }
        let list = old.list
        let names = try connection.names(of: id)
        let affected = try connection.publications(of: old, withNames: names, identifier: nil)
        try connection.carrySubscriptions(
          in: list, from: try connection.keys(of: id), names: names, to: target.name)
        try connection.run("UPDATE list_name SET entry = \(other), alias = 1 WHERE entry = \(id)")
        try connection.run(
          "UPDATE former_entry_slug SET entry = \(other) WHERE entry = \(id)")
        try connection.run("DELETE FROM list_entry WHERE id = \(id)")
        try connection.run(
          """
          INSERT INTO former_entry_slug (list, slug, entry)
          VALUES (\(list.rawValue), \(old.slug.description), \(other))
          """)
        try connection.run(
          """
          UPDATE list_entry SET edited = 1, identifier = ifnull(identifier, \(old.identifier)),
            kind = ifnull(kind, \(old.kind?.rawValue)),
            description = CASE description WHEN '' THEN \(old.description) ELSE description END
          WHERE id = \(other)
          """)
        try connection.rewrite(names, to: target.name, in: list, of: affected)
        let entry = try connection.existing(other)
        try connection.note(
          .mergedEntries, entry, before: [old, target], changed: affected, by: actor, at: now)
        return (ids: affected, outcome: Outcome(entry: entry, publications: affected.count))
      }.outcome
    } catch {
      throw ListError(error)
    }
  }

  /// Deletes an entry that no publication has.
  package func delete(
    _ id: ListEntry.ID, by actor: Actor, at now: Instant = .now
  ) throws(ListError) {
    do {
      try core.change(.nothingPublic) { connection in
        let entry = try connection.existing(id)
        guard entry.publications == 0 else {
          throw ListError.inUse(publications: entry.publications)
        }
        try connection.run("DELETE FROM list_entry WHERE id = \(id)")
        try connection.audit(
          .deletedEntry, entry.name, detail: entry.list.rawValue, before: entry.audited,
          by: actor, at: now)
      }
    } catch {
      throw ListError(error)
    }
  }
}

extension ListEdit {
  /// The longest preferred name or alias, in bytes; publications may have as long ones.
  private static let longestName = 500
  private static let longestDescription = 20_000

  /// The edit with clean values.
  fileprivate func checked(for list: NameList) throws(ListError) -> ListEdit {
    var edit = self
    edit.name = name.cleanedLine
    edit.description = description.cleanedParagraphs
    guard !edit.name.isEmpty else { throw .nameMissing }
    var seen: Set<String> = [edit.name]
    edit.aliases = aliases.map(\.cleanedLine).filter { !$0.isEmpty && seen.insert($0).inserted }
    if ([edit.name] + edit.aliases).contains(where: { $0.utf8.count > Self.longestName }) {
      throw .tooLong(most: Self.longestName)
    }
    guard edit.description.utf8.count <= Self.longestDescription else {
      throw .tooLong(most: Self.longestDescription)
    }
    let typed = identifier.cleanedLine
    switch list {
    case .authors:
      guard typed.isEmpty || ORCID(typed) != nil else { throw .notORCID(typed) }
      edit.identifier = ORCID(typed)?.description ?? ""
    case .series:
      guard typed.isEmpty || ISSN(typed) != nil else { throw .notISSN(typed) }
      edit.identifier = ISSN(typed)?.description ?? ""
    case .licences:
      let isAddress =
        (typed.hasPrefix("https://") || typed.hasPrefix("http://"))
        && typed.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x3C }
      guard typed.isEmpty || isAddress else { throw .notAddress(typed) }
      edit.identifier = typed
    case .topics: edit.identifier = ""
    }
    if list != .authors { edit.kind = nil }
    return edit
  }
}

extension ListEntry {
  /// The fields as lines for the audit log.
  fileprivate var audited: String {
    let lines = [
      "name: \(name)", kind.map { "kind: \($0.rawValue)" },
      identifier.map { identifier in
        switch list {
        case .authors: "ORCID: \(identifier)"
        case .series: "ISSN: \(identifier)"
        case .topics, .licences: "address: \(identifier)"
        }
      },
      aliases.isEmpty ? nil : "other names: \(aliases.joined(separator: "; "))",
      description.isEmpty ? nil : "description: \(description.cleanedLine.prefix(300))",
    ]
    return lines.compactMap(\.self).joined(separator: "\n")
  }
}

extension Connection {
  fileprivate func existing(_ id: Int64) throws -> ListEntry {
    guard let entry = try entry(id) else { throw ListError.notFound }
    return entry
  }

  /// Throws if one of the names means another entry.
  fileprivate func checkFree(_ names: [String], in list: NameList, for id: Int64?) throws {
    for name in names {
      guard let other = try entry(named: name, in: list), other != id else { continue }
      throw ListError.taken(name: name, by: try existing(other))
    }
  }

  fileprivate func names(of entry: Int64) throws(SQLiteError) -> [String] {
    try rows("SELECT name FROM list_name WHERE entry = \(entry) ORDER BY name") { $0.text(0) }
  }

  fileprivate func keys(of entry: Int64) throws(SQLiteError) -> Set<String> {
    Set(try rows("SELECT key FROM list_name WHERE entry = \(entry)") { $0.text(0) })
  }

  /// The names of an entry that an edit replaces in publications, and whether it changes the
  /// identifier that they have.
  fileprivate func rewritten(
    _ old: ListEntry, by edit: ListEdit
  ) throws(SQLiteError) -> (names: [String], hasNewIdentifier: Bool) {
    let names =
      edit.name == old.name
      ? edit.aliases : try names(of: old.id).filter { $0 != edit.name } + edit.aliases
    let isInPublications = old.list == .authors || old.list == .series
    return (Array(Set(names)), isInPublications && edit.identifier != old.identifier ?? "")
  }

  /// The publications of an entry that have one of some names, or that will get an identifier.
  fileprivate func publications(
    of entry: ListEntry, withNames names: [String], identifier: String?
  ) throws(SQLiteError) -> [Publication.ID] {
    let list = entry.list
    var found = try rows(
      """
      SELECT DISTINCT publication FROM \(list.uses) AS used WHERE used.name IN \(SQL.list(names))
      """
    ) { $0.integer(0) }
    if let identifier {
      let value = identifier.isEmpty ? nil : identifier
      let own: SQL = "(SELECT name FROM list_name WHERE entry = \(entry.id))"
      found +=
        list == .authors
        ? try rows(
          """
          SELECT publication FROM author WHERE name IN \(own) AND orcid IS NOT \(value)
            AND (orcid IS NULL OR orcid = \(entry.identifier))
          """
        ) { $0.integer(0) }
        : try rows(
          """
          SELECT id FROM publication WHERE series IN \(own) AND issn IS NOT \(value)
            AND (issn IS NULL OR issn = \(entry.identifier))
          """
        ) { $0.integer(0) }
    }
    return Array(Set(found)).sorted()
  }

  /// Writes the fields of an entry, apart from what publications have.
  fileprivate func write(_ edit: ListEdit, to id: Int64, in list: NameList) throws {
    let key = list.key(edit.name)
    try run(
      """
      UPDATE list_entry SET name = \(edit.name), key = \(key), sort = \(list.sortKey(edit.name)),
        kind = \(edit.kind?.rawValue), description = \(edit.description),
        identifier = \(edit.identifier.isEmpty ? nil : edit.identifier), edited = 1
      WHERE id = \(id)
      """)
    var folding = Folding()
    try insertName(edit.name, key: key, of: id, in: list, &folding)
    try run("UPDATE list_name SET alias = 0 WHERE entry = \(id)")
    for alias in edit.aliases {
      try insertName(alias, key: list.key(alias), of: id, in: list, &folding)
      try run(
        "UPDATE list_name SET alias = 1 WHERE list = \(list.rawValue) AND name = \(alias)")
    }
    // An alias that was taken away means nothing, unless publications still have the name.
    try run(
      """
      DELETE FROM list_name WHERE entry = \(id) AND NOT alias AND key <> \(key)
        AND name NOT IN (SELECT name FROM \(list.uses) AS used)
      """)
  }

  /// Makes the old names of an entry aliases, and gives it a slug from its new name.
  fileprivate func rename(_ old: ListEntry, to name: String) throws {
    let list = old.list
    var folding = Folding()
    try insertName(old.name, key: list.key(old.name), of: old.id, in: list, &folding)
    try run(
      """
      UPDATE list_name SET alias = 1 WHERE entry = \(old.id) AND name <> \(name)
        AND (key <> \(list.key(name)) OR name = \(old.name))
      """)
    let slug = try freeEntrySlug(for: name, in: list, of: old.id)
    guard slug != old.slug else { return }
    try run(
      """
      DELETE FROM former_entry_slug
      WHERE list = \(list.rawValue) AND slug = \(slug.description)
      """)
    try run("UPDATE list_entry SET slug = \(slug.description) WHERE id = \(old.id)")
    try run(
      """
      INSERT INTO former_entry_slug (list, slug, entry)
      VALUES (\(list.rawValue), \(old.slug.description), \(old.id))
      """)
  }

  /// Gives publications a name in place of others; each keeps the first place of all of them.
  fileprivate func rewrite(
    _ names: [String], to name: String, in list: NameList, of publications: [Publication.ID]
  ) throws(SQLiteError) {
    guard !names.isEmpty, !publications.isEmpty else { return }
    try run("CREATE TEMP TABLE IF NOT EXISTS rewritten (id INTEGER PRIMARY KEY)")
    try run("DELETE FROM temp.rewritten")
    for id in publications { try run("INSERT INTO temp.rewritten VALUES (\(id))") }
    let those: SQL = "(SELECT id FROM temp.rewritten)"
    let old = SQL.list(names)
    let all = SQL.list(names + [name])
    switch list {
    case .authors:
      // An ORCID of a later place is kept.
      try run(
        """
        UPDATE author SET orcid = ifnull(orcid, (SELECT max(later.orcid) FROM author AS later
          WHERE later.publication = author.publication AND later.name IN \(all)))
        WHERE publication IN \(those) AND name IN \(all)
        """)
      try run(
        """
        DELETE FROM author WHERE publication IN \(those) AND name IN \(all) AND EXISTS (
          SELECT 1 FROM author AS earlier WHERE earlier.publication = author.publication
            AND earlier.position < author.position AND earlier.name IN \(all))
        """)
      try run(
        """
        UPDATE author SET name = \(name) WHERE publication IN \(those) AND name IN \(old)
        """)
    case .topics:
      try run(
        """
        DELETE FROM topic WHERE publication IN \(those) AND name IN \(all) AND EXISTS (
          SELECT 1 FROM topic AS earlier WHERE earlier.publication = topic.publication
            AND earlier.position < topic.position AND earlier.name IN \(all))
        """)
      try run(
        "UPDATE topic SET name = \(name) WHERE publication IN \(those) AND name IN \(old)")
    case .series:
      try run(
        "UPDATE publication SET series = \(name) WHERE id IN \(those) AND series IN \(old)")
    case .licences:
      try run(
        "UPDATE publication SET licence = \(name) WHERE id IN \(those) AND licence IN \(old)")
    }
  }

  /// Gives publications the ORCID or ISSN of an entry; one that is neither the old one nor missing
  /// stays.
  fileprivate func setIdentifier(
    _ identifier: String, instead old: String?, of entry: ListEntry
  ) throws(SQLiteError) {
    let value = identifier.isEmpty ? nil : identifier
    let own: SQL = "(SELECT name FROM list_name WHERE entry = \(entry.id))"
    switch entry.list {
    case .authors:
      try run(
        """
        UPDATE author SET orcid = \(value)
        WHERE name IN \(own) AND (orcid IS NULL OR orcid = \(old))
        """)
    case .series:
      try run(
        """
        UPDATE publication SET issn = \(value)
        WHERE series IN \(own) AND (issn IS NULL OR issn = \(old))
        """)
    case .topics, .licences: break
    }
  }

  /// Marks publications as changed and writes the audit log: one entry for the list, and one for
  /// each publication.
  fileprivate func note(
    _ action: AuditAction, _ entry: ListEntry, before: [ListEntry],
    changed: [Publication.ID], by actor: Actor, at now: Instant
  ) throws {
    let old = before.map(\.audited).joined(separator: "\n")
    let field = entry.list.field.rawValue
    try audit(
      action, entry.name, detail: entry.list.rawValue, before: old, after: entry.audited,
      by: actor, at: now)
    let names = before.map { "\(field): \($0.name)" }.joined(separator: "\n")
    for id in changed {
      try run(
        "UPDATE publication SET modified = max(modified, \(now.secondsSince1970)) WHERE id = \(id)")
      try run(
        """
        INSERT INTO audit (at, actor, action, subject, detail, before, after)
        SELECT \(now.secondsSince1970), \(actor.name), \(AuditAction.revised.rawValue), slug, '',
          \(names), \("\(field): \(entry.name)") FROM publication WHERE id = \(id)
        """)
    }
  }

  /// What readers see of a change of an entry and of publications.
  fileprivate func shown(_ changed: [Publication.ID]) throws(SQLiteError) -> Change {
    guard changed.count <= 500 else { return .everything }
    return .listed(
      try rows("SELECT slug FROM publication WHERE id IN \(SQL.list(changed))") {
        Slug(stored: $0.text(0))
      })
  }
}
