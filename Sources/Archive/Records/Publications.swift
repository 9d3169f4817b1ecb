internal import SQLite
internal import Search

/// What readers find under a slug.
package enum Found: Sendable, Equatable {
  case publication(Publication)
  /// Was public and is not now.
  ///
  /// Of one whose status is `withdrawn`, title, authors, date and the reason may be shown. Of any
  /// other nothing may be shown, since it may have been edited.
  case gone(Publication)
  /// The publication has another slug now.
  case moved(to: Slug)
  case none
}

/// The publications: their records, status and presentation.
package struct Publications: Sendable {
  let core: ArchiveCore
  private let countCache = Cached<Int>()

  init(_ core: ArchiveCore) { self.core = core }

  /// Finds a publication for readers.
  package func find(_ slug: Slug, at now: Instant = .now) throws -> Found {
    try core.read { try $0.find(slug, at: now) }
  }

  /// Finds a publication whatever its status, for staff.
  package func forStaff(
    _ slug: Slug, at now: Instant = .now
  ) throws -> Publication? {
    try core.read { connection in
      try connection.row(
        "\(Publication.select(at: now)) WHERE slug = \(slug.description)"
      ) { Publication($0) } ?? nil
    }
  }

  /// Finds a publication by its key, for staff.
  package func forStaff(
    _ id: Publication.ID, at now: Instant = .now
  ) throws -> Publication? {
    try core.read { connection in
      try connection.row(
        "\(Publication.select(at: now)) WHERE publication.id = \(id)"
      ) { Publication($0) } ?? nil
    }
  }

  /// A page of the publications for staff, the last changed first.
  ///
  /// - Parameters:
  ///   - status: The status they have; nil is any.
  ///   - words: Words that must occur in title, authors, slug or file name, whatever their order,
  ///     case and accents; empty for all.
  ///   - page: Counted from 1.
  ///   - size: Publications on a page.
  ///   - now: The time.
  /// - Returns: The page.
  /// - Throws: What the database throws.
  package func listForStaff(
    status: Publication.Status? = nil, matching words: String = "", page: Int = 1,
    size: Int = Browse.pageSize, at now: Instant = .now
  ) throws -> PageOf<Publication> {
    let hasStatus: SQL =
      switch status {
      case nil: "1"
      case .published: Visibility.isPublic(at: now)
      case .scheduled: Visibility.isDue(after: now)
      case let status?: "status = \(status.rawValue)"
      }
    let order: SQL = "publication.modified DESC, publication.id DESC"
    return try core.read { connection in
      guard !words.cleanedLine.isEmpty else {
        return try connection.page(of: hasStatus, order: order, number: page, size: size, at: now)
      }
      let size = min(max(size, 1), 1000)
      let page = min(max(page, 1), 1_000_000)
      let found = try connection.publications(matching: words, where: hasStatus, order: order)
      let ids = found.dropFirst((page - 1) * size).prefix(size)
      let items = try connection.rows(
        """
        \(Publication.select(at: now)) WHERE publication.id IN \(SQL.list(Array(ids)))
        ORDER BY \(order)
        """
      ) { Publication($0) }.compactMap { $0 }
      return PageOf(items: items, number: page, size: size, total: found.count)
    }
  }

  /// The number of public publications.
  package func count(at now: Instant = .now) throws -> Int {
    try countCache.value(under: core.cacheKey(of: .lists, at: now)) {
      try core.read { connection in
        try connection.row(
          "SELECT count(*) FROM \(Visibility.index) WHERE \(Visibility.isPublic(at: now))"
        ) { $0.count(0) } ?? 0
      }
    }
  }

  /// The fields of a draft that staff left blank until its file is read.
  package func blankFields(of id: Publication.ID) throws -> Set<FieldError.Field> {
    try core.read { connection in
      let names = try connection.row("SELECT blank FROM publication WHERE id = \(id)") {
        $0.optionalText(0)
      }
      let fields = (names ?? nil)?.split(separator: " ").compactMap {
        FieldError.Field(rawValue: String($0))
      }
      return Set(fields ?? [])
    }
  }

  /// The slug that a publication with a title would get now.
  package func freeSlug(title: String) throws -> Slug {
    try core.read { try $0.freeSlug(title: title) }
  }

  /// The publications with the latest dates of issue, newest first.
  package func latest(_ count: Int, at now: Instant = .now) throws -> [Publication] {
    try core.read { connection in
      try connection.rows(
        """
        \(Publication.select(at: now)) WHERE \(Visibility.isPublic(at: now))
        ORDER BY publication.issued DESC, publication.id DESC LIMIT \(max(0, count))
        """
      ) { Publication($0) }.compactMap { $0 }
    }
  }
}

extension Connection {
  /// The publications with every word in title, authors, slug or file name.
  fileprivate func publications(
    matching words: String, where condition: SQL, order: SQL
  ) throws -> [Publication.ID] {
    var folding = Folding()
    let words = folding.fold(words).split(separator: 0x20)
      .map { String(decoding: $0, as: UTF8.self) }
    let rows = try self.rows(
      """
      SELECT id, title, ifnull(\(Publication.authors), ''), slug, ifnull(file_name, '')
      FROM publication
      WHERE \(condition) ORDER BY \(order)
      """
    ) { row in
      (id: row.integer(0), text: (1...4).map { row.text($0) }.joined(separator: " "))
    }
    return rows.filter { row in
      let text = String(decoding: folding.fold(row.text), as: UTF8.self)
      return words.allSatisfy { text.contains($0) }
    }.map(\.id)
  }

  /// Finds a publication for readers.
  func find(_ slug: Slug, at now: Instant) throws -> Found {
    if let found = try find(where: "slug = \(slug.description)", at: now) { return found }
    let isMoved: SQL =
      "publication.id = (SELECT publication FROM former_slug WHERE slug = \(slug.description))"
    switch try find(where: isMoved, at: now) {
    case .publication(let publication): return .moved(to: publication.slug)
    // The new slug of a draft is not public.
    case .gone(let publication):
      return publication.status == .withdrawn ? .moved(to: publication.slug) : .gone(publication)
    case .moved, .some(.none), nil: return .none
    }
  }

  private func find(where condition: SQL, at now: Instant) throws -> Found? {
    try row(
      """
      \(Publication.select(
        at: now, and: ", \(Visibility.isPublic(at: now)), \(Visibility.wasPublic)"))
      WHERE \(condition)
      """
    ) { row in
      Publication(row).map { publication -> Found in
        if row.integer(Publication.columns) != 0 { return .publication(publication) }
        return row.integer(Publication.columns + 1) != 0 ? .gone(publication) : .none
      } ?? .none
    }
  }
}
