internal import SQLite

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

  /// The number of public publications.
  package func count(at now: Instant = .now) throws -> Int {
    try core.read { try $0.publicCount(at: now) }
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
