internal import SQLite

/// Where an old address leads.
package enum RedirectTarget: Sendable, Equatable {
  case publication(Slug)
  /// The PDF of a publication.
  case document(Slug)
  /// The list of a topic or an author.
  case topic(String)
  case author(String)
  /// A path of the site.
  case path(String)
}

/// An address in the system that a record comes from.
struct OldAddress: Sendable, Equatable {
  let key: RedirectKey
  /// Whether it is the address of the file.
  var isFile = false
  /// The origin of the publication to which it leads as long as its own is not public.
  var otherwise: String?
}

/// A redirect for staff.
package struct Redirect: Sendable, Equatable {
  /// Decoded and in lower case.
  package let address: String
  package let target: RedirectTarget
  /// Whether readers are led somewhere.
  package let isPublic: Bool
  package let added: Instant
}

/// Why a redirect is not added.
package enum RedirectError: Error, Equatable, Sendable {
  /// The old address is blank, or the home page.
  case noAddress
  /// There is a redirect of the address.
  case taken
  /// No publication has the slug of the target.
  case noTarget
}

/// The redirects of addresses of an earlier site.
package struct Redirects: Sendable {
  let core: ArchiveCore

  init(_ core: ArchiveCore) { self.core = core }

  /// Where a request for an old address is sent; nil without a redirect, and when its target is not
  /// public.
  ///
  /// - Parameters:
  ///   - path: As it was sent.
  ///   - query: As it was sent.
  ///   - now: The time.
  /// - Returns: The target of the most exact address.
  /// - Throws: What the database throws.
  package func target(
    path: String, query: String?, at now: Instant = .now
  ) throws -> RedirectTarget? {
    let keys = RedirectKey.candidates(path: path, query: query).map(\.description)
    guard !keys.isEmpty else { return nil }
    let found = try core.read { connection in
      try connection.rows(
        """
        SELECT address, \(Redirects.target(at: now)) FROM redirect
        WHERE address IN \(SQL.list(keys))
        """
      ) { row in (address: row.text(0), target: RedirectTarget(publicOf: row, from: 1)) }
    }
    for key in keys {
      if let match = found.first(where: { $0.address == key }), let target = match.target {
        return target
      }
    }
    return nil
  }

  /// A page of the redirects, by old address.
  ///
  /// - Parameters:
  ///   - words: A part of the address or of the slug; empty for all.
  ///   - onlyBroken: Only those that lead readers nowhere.
  ///   - page: Counted from 1.
  ///   - size: Redirects on a page.
  ///   - now: The time.
  /// - Returns: The page.
  /// - Throws: What the database throws.
  package func list(
    matching words: String = "", onlyBroken: Bool = false, page: Int = 1, size: Int = 50,
    at now: Instant = .now
  ) throws -> PageOf<Redirect> {
    let size = min(max(size, 1), 1000)
    let page = min(max(page, 1), 1_000_000)
    let words = words.cleanedLine.lowercased().composed
    var conditions: [SQL] = []
    if !words.isEmpty {
      conditions.append(
        """
        (instr(address, \(words)) > 0 OR instr(ifnull(lower(path), ''), \(words)) > 0
          OR publication IN (SELECT id FROM publication WHERE instr(slug, \(words)) > 0))
        """)
    }
    if onlyBroken { conditions.append("NOT (\(Redirects.isPublic(at: now)))") }
    let condition = SQL.all(conditions)
    return try core.read { connection in
      let total =
        try connection.row("SELECT count(*) FROM redirect WHERE \(condition)") { $0.count(0) } ?? 0
      let items = try connection.rows(
        """
        SELECT address, (SELECT slug FROM publication WHERE id = redirect.publication), is_file,
          topic, author, path, added, \(Redirects.isPublic(at: now))
        FROM redirect WHERE \(condition)
        ORDER BY address LIMIT \(size) OFFSET \((page - 1) * size)
        """
      ) { row in
        Redirect(
          address: row.text(0), target: RedirectTarget(row, from: 1),
          isPublic: row.integer(7) != 0, added: Instant(secondsSince1970: row.integer(6)))
      }
      return PageOf(items: items, number: page, size: size, total: total)
    }
  }

  /// How many redirects lead readers nowhere.
  package func brokenCount(at now: Instant = .now) throws -> Int {
    try core.read { connection in
      try connection.row(
        "SELECT count(*) FROM redirect WHERE NOT (\(Redirects.isPublic(at: now)))"
      ) { $0.count(0) } ?? 0
    }
  }

  /// Adds a redirect of an address, which is a path or a complete address.
  ///
  /// - Returns: The address as it is stored.
  /// - Throws: ``RedirectError``, or what the database throws.
  package func add(
    _ address: String, to target: RedirectTarget, by actor: Actor, at now: Instant = .now
  ) throws -> String {
    guard let key = RedirectKey(address: address) else { throw RedirectError.noAddress }
    return try core.change(.redirects) { connection in
      guard
        try connection.row(
          "SELECT 1 FROM redirect WHERE address = \(key.description)", { _ in true }) == nil
      else { throw RedirectError.taken }
      var publication: Publication.ID?
      if let slug = target.slug {
        publication = try connection.row(
          """
          SELECT id FROM publication WHERE slug = \(slug.description)
          UNION ALL SELECT publication FROM former_slug WHERE slug = \(slug.description)
          """
        ) { $0.integer(0) }
        guard publication != nil else { throw RedirectError.noTarget }
      }
      try connection.add(key, to: target, publication, at: now)
      try connection.audit(
        .addedRedirect, key.description, after: target.described, by: actor, at: now)
      return key.description
    }
  }

  /// Deletes the redirect of an address as ``list(matching:onlyBroken:page:size:at:)`` has it.
  ///
  /// - Returns: Whether there was one.
  package func delete(
    _ address: String, by actor: Actor, at now: Instant = .now
  ) throws -> Bool {
    try core.change(.redirects) { connection in
      let target = try connection.row(
        """
        SELECT (SELECT slug FROM publication WHERE id = redirect.publication), is_file, topic,
          author, path FROM redirect WHERE address = \(address)
        """
      ) { RedirectTarget($0, from: 0) }
      guard let target else { return false }
      try connection.run("DELETE FROM redirect WHERE address = \(address)")
      try connection.audit(
        .deletedRedirect, address, before: target.described, by: actor, at: now)
      return true
    }
  }

  /// Adds redirects to lists, unless their addresses have one.
  func add(_ targets: [(RedirectKey, RedirectTarget)], at now: Instant) throws -> Int {
    try core.change(.redirects) { connection in
      var added = 0
      for (key, target) in targets { added += try connection.add(key, to: target, nil, at: now) }
      return added
    }
  }

  // MARK: Conditions

  /// Selects the slug and kind of a public target, or the slug of the publication that stands for
  /// it, and the list or path.
  private static func target(at now: Instant) -> SQL {
    """
    (SELECT slug FROM publication WHERE id = redirect.publication
      AND \(isShown(at: now))),
    is_file AND (SELECT file NOT NULL AND status <> 'withdrawn' FROM publication
      WHERE id = redirect.publication),
    (SELECT slug FROM publication WHERE id = redirect.otherwise AND \(isShown(at: now))),
    CASE WHEN \(hasTopic(at: now)) THEN topic END, CASE WHEN \(hasAuthor(at: now)) THEN author END,
    path
    """
  }

  /// Public, or withdrawn with a page that says so.
  private static func isShown(at now: Instant) -> SQL {
    """
    (\(Visibility.isPublic(at: now))
      OR publication.status = 'withdrawn' AND \(Visibility.wasPublic))
    """
  }

  private static func isPublic(at now: Instant) -> SQL {
    """
    (path NOT NULL OR \(hasTopic(at: now)) OR \(hasAuthor(at: now))
      OR EXISTS (SELECT 1 FROM publication WHERE id IN (redirect.publication, redirect.otherwise)
        AND \(Visibility.isPublic(at: now))))
    """
  }

  private static func hasTopic(at now: Instant) -> SQL {
    """
    EXISTS (SELECT 1 FROM topic JOIN publication ON id = topic.publication
      WHERE topic.name = redirect.topic AND \(Visibility.isPublic(at: now)))
    """
  }

  private static func hasAuthor(at now: Instant) -> SQL {
    """
    EXISTS (SELECT 1 FROM author JOIN publication ON id = author.publication
      WHERE author.name = redirect.author AND \(Visibility.isPublic(at: now)))
    """
  }
}

extension RedirectTarget {
  fileprivate var slug: Slug? {
    switch self {
    case .publication(let slug), .document(let slug): slug
    case .topic, .author, .path: nil
    }
  }

  /// For the audit log.
  fileprivate var described: String {
    switch self {
    case .publication(let slug): slug.description
    case .document(let slug): "\(slug).pdf"
    case .topic(let name), .author(let name): name
    case .path(let path): path
    }
  }

  /// Reads slug, whether it is the file's, topic, author and path.
  fileprivate init(_ row: Row, from column: Int32) {
    if let slug = row.optionalText(column) {
      let slug = Slug(stored: slug)
      self = row.integer(column + 1) != 0 ? .document(slug) : .publication(slug)
    } else if let topic = row.optionalText(column + 2) {
      self = .topic(topic)
    } else if let author = row.optionalText(column + 3) {
      self = .author(author)
    } else {
      self = .path(row.text(column + 4))
    }
  }

  /// Reads the columns of a target that readers may see; nil when there is none.
  fileprivate init?(publicOf row: Row, from column: Int32) {
    if let slug = row.optionalText(column) {
      let slug = Slug(stored: slug)
      self = row.integer(column + 1) != 0 ? .document(slug) : .publication(slug)
    } else if let slug = row.optionalText(column + 2) {
      self = .publication(Slug(stored: slug))
    } else if let topic = row.optionalText(column + 3) {
      self = .topic(topic)
    } else if let author = row.optionalText(column + 4) {
      self = .author(author)
    } else if let path = row.optionalText(column + 5) {
      self = .path(path)
    } else {
      return nil
    }
  }
}

extension Connection {
  /// Adds a redirect to a publication; one that the address has already stays.
  func add(_ address: OldAddress, of id: Publication.ID, at now: Instant) throws {
    let otherwise: Publication.ID? =
      try address.otherwise.flatMap { origin in
        try row("SELECT publication FROM origin WHERE name = \(origin)") { $0.integer(0) }
      }
    try run(
      """
      INSERT INTO redirect (address, publication, is_file, otherwise, added)
      VALUES (\(address.key.description), \(id), \(address.isFile), \(otherwise),
        \(now.secondsSince1970))
      ON CONFLICT (address) DO NOTHING
      """)
  }

  /// Adds a redirect; one that the address has already stays.
  ///
  /// - Returns: How many were added.
  @discardableResult
  fileprivate func add(
    _ key: RedirectKey, to target: RedirectTarget, _ publication: Publication.ID?, at now: Instant
  ) throws -> Int {
    var (isFile, topic, author, path): (Bool, String?, String?, String?) = (false, nil, nil, nil)
    switch target {
    case .publication: break
    case .document: isFile = true
    case .topic(let name): topic = name
    case .author(let name): author = name
    case .path(let text): path = text
    }
    return try run(
      """
      INSERT INTO redirect (address, publication, is_file, topic, author, path, added)
      VALUES (\(key.description), \(publication), \(isFile), \(topic), \(author), \(path),
        \(now.secondsSince1970))
      ON CONFLICT (address) DO NOTHING
      """)
  }
}
