internal import SQLite

/// A type of publications as the site has it.
package struct TypeEntry: Sendable, Equatable {
  package let name: TypeName
  /// What it is called in every language; nil for the usual name of a built-in type.
  package var label: String?
  /// Whether it is not offered for publications that do not have it.
  package var isHidden: Bool
  /// How many publications have it, whatever their status.
  package var publications: Int

  package init(
    name: TypeName, label: String? = nil, isHidden: Bool = false, publications: Int = 0
  ) {
    self.name = name
    self.label = label
    self.isHidden = isHidden
    self.publications = publications
  }
}

extension Lists {
  /// The most types that a site can add: the search index has room for 255 in all.
  package static let mostOwnTypes = 50

  /// The types: the built-in ones in their order, each followed by the site's own.
  package func types() throws -> [TypeEntry] { try core.read { try $0.types() } }

  /// Sets labels and what is hidden, and adds and deletes types of the site.
  ///
  /// - Parameters:
  ///   - changed: The types as they are to be. Own types that are missing are deleted, unless
  ///     publications have them.
  ///   - added: The label of a new type and the one that it is based on; nil for none.
  ///   - actor: Who does it.
  ///   - now: The time.
  ///   - prepare: Called with the types before they are committed, so that whatever is made after
  ///     the commit is made from them.
  /// - Throws: ``ListError``
  package func setTypes(
    _ changed: [TypeEntry], adding added: (label: String, base: PublicationType)? = nil,
    by actor: Actor, at now: Instant = .now,
    prepare: @Sendable ([TypeEntry]) -> Void = { _ in }
  ) throws(ListError) {
    do {
      try core.change(.everything) { connection in
        let old = try connection.types()
        let new = Dictionary(changed.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        for entry in old {
          guard let wanted = new[entry.name] else {
            if entry.name.own != nil { try connection.deleteType(entry, by: actor, at: now) }
            continue
          }
          try connection.set(wanted, replacing: entry, by: actor, at: now)
        }
        if let added { try connection.addType(added.label, added.base, by: actor, at: now) }
        prepare(try connection.types())
      }
    } catch {
      throw ListError(error)
    }
  }
}

extension Connection {
  fileprivate func types() throws(SQLiteError) -> [TypeEntry] {
    let stored = try rows("SELECT name, label, hidden FROM publication_type ORDER BY label, name") {
      (
        name: TypeName(rawValue: $0.text(0)), label: $0.optionalText(1),
        isHidden: $0.integer(2) != 0
      )
    }
    let counts = Dictionary(
      try rows("SELECT type, count(*) FROM publication GROUP BY type") {
        ($0.text(0), $0.count(1))
      },
      uniquingKeysWith: { first, _ in first })
    func entry(_ name: TypeName, _ label: String?, _ isHidden: Bool) -> TypeEntry {
      TypeEntry(
        name: name, label: label, isHidden: isHidden, publications: counts[name.rawValue] ?? 0)
    }
    return PublicationType.allCases.flatMap { base in
      let own = stored.filter { $0.name?.base == base && $0.name?.own != nil }
      let changed = stored.first { $0.name == TypeName(base) }
      return [entry(TypeName(base), changed?.label, changed?.isHidden ?? false)]
        + own.compactMap { type in type.name.map { entry($0, type.label, type.isHidden) } }
    }
  }

  private static let longestLabel = 100

  private func checked(_ label: String?) throws(ListError) -> String? {
    let label = label?.cleanedLine ?? ""
    guard label.utf8.count <= Connection.longestLabel else {
      throw .tooLong(most: Connection.longestLabel)
    }
    return label.isEmpty ? nil : label
  }

  fileprivate func set(
    _ wanted: TypeEntry, replacing old: TypeEntry, by actor: Actor, at now: Instant
  ) throws {
    // A type of the site has no other name.
    let label = try checked(wanted.label) ?? (old.name.own == nil ? nil : old.label)
    guard label != old.label || wanted.isHidden != old.isHidden else { return }
    try run(
      """
      INSERT INTO publication_type (name, label, hidden)
      VALUES (\(old.name.rawValue), \(label), \(wanted.isHidden))
      ON CONFLICT (name) DO UPDATE SET label = excluded.label, hidden = excluded.hidden
      """)
    func audited(_ label: String?, _ isHidden: Bool) -> String {
      (label ?? old.name.rawValue) + (isHidden ? ", hidden" : "")
    }
    try audit(
      .editedEntry, old.name.rawValue, detail: "types", before: audited(old.label, old.isHidden),
      after: audited(label, wanted.isHidden), by: actor, at: now)
  }

  fileprivate func addType(
    _ label: String, _ base: PublicationType, by actor: Actor, at now: Instant
  ) throws {
    guard let label = try checked(label) else { throw ListError.nameMissing }
    let own = try types().filter { $0.name.own != nil }
    guard own.count < Lists.mostOwnTypes else { throw ListError.tooMany(most: Lists.mostOwnTypes) }
    let first = Slug(title: label) ?? Slug(stored: "type")
    var slug = first
    var number = 1
    while own.contains(where: { $0.name.own == slug }) {
      number += 1
      slug = first.numbered(number)
    }
    let name = TypeName(base, own: slug).rawValue
    try run("INSERT INTO publication_type (name, label, hidden) VALUES (\(name), \(label), 0)")
    try audit(.addedEntry, name, detail: "types", after: label, by: actor, at: now)
  }

  fileprivate func deleteType(_ entry: TypeEntry, by actor: Actor, at now: Instant) throws {
    guard entry.publications == 0 else {
      throw ListError.inUse(publications: entry.publications)
    }
    try run("DELETE FROM publication_type WHERE name = \(entry.name.rawValue)")
    try audit(
      .deletedEntry, entry.name.rawValue, detail: "types", before: entry.label, by: actor, at: now)
  }

  /// A type that the site has: of others, such as those of another site's catalogue, the built-in
  /// type that they are based on.
  func known(_ name: TypeName) throws(SQLiteError) -> TypeName {
    guard name.own != nil else { return name }
    let isKnown =
      try row("SELECT 1 FROM publication_type WHERE name = \(name.rawValue)") { _ in true } ?? false
    return isKnown ? name : TypeName(name.base)
  }
}
