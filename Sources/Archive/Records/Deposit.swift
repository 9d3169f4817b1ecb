internal import SQLite
internal import System

extension DepositError {
  init(_ error: any Error) {
    self =
      switch error {
      case let error as DepositError: error
      case let error as FileError where error.isNoSpace: .noSpace
      case let error as SQLiteError where error.reason == .diskFull: .noSpace
      default: .failed("\(error)")
      }
  }
}

extension Archive {
  var fileStore: FileStore {
    FileStore(folder: folder, reserveOctets: options.reserveOctets)
  }

  /// Keeps a new publication with its file; when it returns, both are on disk.
  ///
  /// The file is in its place and flushed before the row that names it is written; a row that
  /// could not be written leaves the file, since a COMMIT that reported an error may still come
  /// back after a crash.
  ///
  /// - Parameters:
  ///   - draft: What is said of it.
  ///   - file: Its PDF.
  ///   - form: Names the form it was filled in on: one that is sent again within a day is answered
  ///     with the publication that it made.
  ///   - actor: Who does it.
  ///   - now: The moment.
  /// - Returns: The publication.
  /// - Throws: ``DepositError``
  package func deposit(
    _ draft: Draft, file: IncomingFile? = nil, form: String? = nil, by actor: Actor,
    at now: Instant = .now
  ) throws(DepositError) -> Publication {
    // Once, when a text arrives; what staff make of it afterwards stays as they typed it.
    let draft = try checked(draft.repaired)
    let name = file?.name
    let kept: FileStore.Kept? = if let file { try fileStore.keep(file) } else { nil }
    do {
      return try change({ _, deposited in
        // Before it is published or scheduled it is in no list.
        switch deposited.status {
        case .published, .scheduled: .listed([deposited.slug])
        case .draft, .review, .withdrawn: .beside([deposited.slug])
        }
      }) { connection in
        if let form, let id = try connection.made(by: form, at: now) {
          return try connection.publication(id, at: now)
        }
        let slug = try connection.freeSlug(for: draft)
        let file = try kept.map { try self.checkedFileRow($0, connection, at: now) }
        let id = try connection.insert(
          draft.record, slug: slug, status: draft.status,
          publicFrom: draft.publicFrom(at: now), file: file, at: now)
        if let name { try connection.keepFileName(name, of: id) }
        try connection.keepBlank(draft.blank, of: id)
        if let form { try connection.note(form, made: id, at: now) }
        let publication = try connection.publication(id, at: now)
        try connection.auditDeposit(of: publication, by: actor, at: now)
        return publication
      }
    } catch {
      throw DepositError(error)
    }
  }

  /// Replaces what is said of a publication, and its file when one is given.
  ///
  /// A new slug leaves the old one as an address that has moved. What is of another version than
  /// the one given, if one is, is not replaced.
  package func revise(
    _ id: Publication.ID, to draft: Draft, file: IncomingFile? = nil, seen version: String? = nil,
    by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> Publication {
    let draft = try checked(draft)
    let name = file?.name
    let kept: FileStore.Kept? = if let file { try fileStore.keep(file) } else { nil }
    do {
      return try change({ _, value in .listed([value.old, value.revised.slug]) }) { connection in
        let old = try connection.publication(id, at: now)
        if let version, version != old.version { throw DepositError.changedMeanwhile }
        let file = try kept.map { try self.checkedFileRow($0, connection, at: now) }
        try connection.replace(old, by: draft, file: file, at: now)
        if file != nil { try connection.keepFileName(name, of: id) }
        try connection.keepBlank(draft.blank, of: id)
        let revised = try connection.publication(id, at: now)
        try connection.auditRevision(of: old, to: revised, by: actor, at: now)
        return (revised: revised, old: old.slug)
      }.revised
    } catch {
      throw DepositError(error)
    }
  }

  /// Takes a publication from readers.
  ///
  /// What was public leaves a tombstone; what was not leaves
  /// nothing.
  package func withdraw(
    _ id: Publication.ID, reason: String? = nil, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> Publication {
    let reason = reason?.cleanedLine ?? ""
    return try step(id, .withdrawn, by: actor, at: now) { connection in
      try connection.run(
        """
        UPDATE publication SET status = 'withdrawn', public_from = first_public,
          withdrawal_reason = \(reason.isEmpty ? nil : reason)
        WHERE id = \(id)
        """)
    }
  }

  /// Makes a publication public now, whatever its status was.
  ///
  /// One that was public before keeps the moment at which it became so first.
  package func publish(
    _ id: Publication.ID, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> Publication {
    try step(id, .published, by: actor, at: now) { connection in
      try connection.run(
        """
        UPDATE publication SET status = 'published', withdrawal_reason = NULL,
          public_from = ifnull(first_public, \(now.secondsSince1970)),
          first_public = ifnull(first_public, \(now.secondsSince1970))
        WHERE id = \(id)
        """)
    }
  }

  private func step(
    _ id: Publication.ID, _ action: AuditAction, by actor: Actor, at now: Instant,
    _ update: @Sendable (Connection) throws -> Void
  ) throws(DepositError) -> Publication {
    do {
      return try change({ _, publication in .listed([publication.slug]) }) { connection in
        let old = try connection.publication(id, at: now)
        if old.status == .published {
          // It may be due, and not marked as published yet.
          try connection.run(
            """
            UPDATE publication SET first_public = ifnull(first_public, public_from)
            WHERE id = \(id)
            """)
        }
        try update(connection)
        try connection.run(
          "UPDATE publication SET modified = max(modified, \(now.secondsSince1970)) WHERE id = \(id)"
        )
        let publication = try connection.publication(id, at: now)
        try connection.audit(
          action, publication.slug.description, before: old.status.rawValue,
          after: publication.status.rawValue, by: actor, at: now)
        return publication
      }
    } catch {
      throw DepositError(error)
    }
  }

  /// The row of a file that is in its place; a draft that had the same file may have been deleted
  /// with it since it was put there.
  private func checkedFileRow(
    _ kept: FileStore.Kept, _ connection: Connection, at now: Instant
  ) throws -> Int64 {
    guard FileSystem.bytes(of: folder.file(kept.sha256)) == kept.octets else {
      throw DepositError.failed("file \(kept.sha256) was just deleted; upload it again")
    }
    return try connection.fileRow(kept, at: now)
  }

  private func checked(_ draft: Draft) throws(DepositError) -> Draft {
    // Before its file is moved anywhere.
    guard isExclusive else { throw .failed("the archive is open for reading only") }
    var draft = draft
    draft.record = draft.record.interpreted.cleaned
    let problems = draft.problems
    guard problems.isEmpty else { throw .invalid(problems) }
    return draft
  }
}

extension Draft {
  fileprivate var repaired: Draft {
    var draft = self
    draft.record = record.interpreted.repaired
    return draft
  }

  /// What the row says of when it is public.
  fileprivate func publicFrom(at now: Instant) -> Instant? {
    switch status {
    case .draft, .review, .withdrawn: nil
    case .scheduled: publicFrom
    case .published: now
    }
  }
}

extension Publication {
  /// Whether it may be deleted: it is a draft or in review, and was never public.
  package var isDeletable: Bool { (status == .draft || status == .review) && firstPublic == nil }
}

extension Connection {
  func publication(_ id: Publication.ID, at now: Instant) throws -> Publication {
    let found = try row(
      "\(Publication.select(at: now)) WHERE publication.id = \(id)"
    ) { Publication($0) }
    guard let publication = found ?? nil else { throw DepositError.notFound }
    return publication
  }

  /// The publication that a form made within the last day.
  fileprivate func made(by form: String, at now: Instant) throws -> Publication.ID? {
    try run("DELETE FROM deposit_form WHERE sent <= \(now.secondsSince1970 - 86_400)")
    return try row("SELECT publication FROM deposit_form WHERE token = \(form)") { $0.integer(0) }
  }

  fileprivate func note(_ form: String, made id: Publication.ID, at now: Instant) throws {
    try run(
      """
      INSERT INTO deposit_form (token, publication, sent)
      VALUES (\(form), \(id), \(now.secondsSince1970))
      """)
  }

  /// Keeps the name that a publication's current file was uploaded with; nil when it is not known.
  func keepFileName(_ name: String?, of id: Publication.ID) throws {
    let name = name?.cleanedLine.prefix(200)
    try run(
      """
      UPDATE publication SET file_name = \(name.flatMap { $0.isEmpty ? nil : String($0) })
      WHERE id = \(id)
      """)
  }

  /// The row of a file that is in its place; a new one when there is none.
  func fileRow(_ kept: FileStore.Kept, at now: Instant) throws -> Int64 {
    try run(
      """
      INSERT INTO file (sha256, bytes, deposited)
      VALUES (\(kept.sha256), \(kept.octets), \(now.secondsSince1970))
      ON CONFLICT (sha256) DO NOTHING
      """)
    return try row("SELECT id FROM file WHERE sha256 = \(kept.sha256)") { $0.integer(0) } ?? 0
  }

  /// The slug a draft asks for, or the first free one of those its title suggests.
  func freeSlug(for draft: Draft) throws -> Slug {
    if let slug = draft.slug {
      guard try isFree(slug) else { throw DepositError.slugTaken(slug) }
      return slug
    }
    return try freeSlug(title: draft.record.title)
  }

  func freeSlug(title: String) throws -> Slug {
    let first = Slug(title: title) ?? Slug(stored: "publication")
    if try isFree(first) { return first }
    for number in 2...100_000 {
      let slug = first.numbered(number)
      if try isFree(slug) { return slug }
    }
    throw DepositError.slugTaken(first)
  }

  /// Whether no publication has or had the slug; one that is given may have had it itself.
  func isFree(_ slug: Slug, for id: Publication.ID? = nil) throws -> Bool {
    let other = id ?? -1
    return try row(
      """
      SELECT 1 FROM publication WHERE slug = \(slug.description) AND id <> \(other)
      UNION ALL
      SELECT 1 FROM former_slug WHERE slug = \(slug.description) AND publication <> \(other)
      """
    ) { _ in true } == nil
  }

  /// Writes the rows of a new publication and of its place in the index.
  func insert(
    _ record: Record, slug: Slug, status: Publication.Status, publicFrom: Instant?, file: Int64?,
    catalogueHash: [UInt8]? = nil, at now: Instant
  ) throws -> Publication.ID {
    try run(
      """
      INSERT INTO publication (slug, title, subtitle, abstract, issued, year, type, series, issn,
        number, language, doi, licence, source, unknown, status, public_from, first_public, file, created,
        modified, catalogue_hash)
      VALUES (\(slug.description), \(record.title), \(record.subtitle), \(record.abstract),
        \(record.published.description), \(record.published.year), \(record.type.rawValue),
        \(record.series), \(record.issn?.description), \(record.number), \(record.language),
        \(record.doi), \(record.licence), \(record.source), \(record.unknown),
        \(status.rawValue), \(publicFrom?.secondsSince1970),
        \(status == .published ? publicFrom?.secondsSince1970 : nil), \(file),
        \(now.secondsSince1970), \(now.secondsSince1970), \(catalogueHash))
      """)
    let id = lastInsertedRow
    try insertAuthors(record.authors, record.orcids, of: id)
    try insertTopics(record.topics, of: id)
    return id
  }

  /// Writes a draft over a publication.
  func replace(
    _ old: Publication, by draft: Draft, file: Int64?, catalogueHash: [UInt8]? = nil,
    at now: Instant
  ) throws {
    let slug = draft.slug ?? old.slug
    guard try isFree(slug, for: old.id) else { throw DepositError.slugTaken(slug) }
    if slug != old.slug {
      try run("DELETE FROM former_slug WHERE slug = \(slug.description)")
      try run(
        """
        INSERT INTO former_slug (slug, publication) VALUES (\(old.slug.description), \(old.id))
        """)
    }
    if let file, let former = old.file, former.id != file {
      try run(
        """
        INSERT OR REPLACE INTO former_file (publication, file, replaced)
        VALUES (\(old.id), \(former.id), \(now.secondsSince1970))
        """)
    }
    let record = draft.record
    // Written once: a wrong clock does not move it.
    let firstPublic =
      old.firstPublic ?? (old.status == .published ? old.publicFrom : nil)
      ?? (draft.status == .published ? now : nil)
    let publicFrom = draft.status == .scheduled ? draft.publicFrom : firstPublic
    try run(
      """
      UPDATE publication SET slug = \(slug.description), title = \(record.title),
        subtitle = \(record.subtitle), abstract = \(record.abstract),
        issued = \(record.published.description), year = \(record.published.year),
        type = \(record.type.rawValue), series = \(record.series),
        issn = \(record.issn?.description), number = \(record.number),
        language = \(record.language), doi = \(record.doi), licence = \(record.licence),
        source = \(record.source), unknown = \(record.unknown), status = \(draft.status.rawValue),
        public_from = \(publicFrom?.secondsSince1970),
        first_public = \(firstPublic?.secondsSince1970),
        withdrawal_reason = CASE \(draft.status.rawValue) WHEN 'withdrawn' THEN withdrawal_reason END,
        file = ifnull(\(file), file), modified = max(modified, \(now.secondsSince1970)),
        catalogue_hash = ifnull(\(catalogueHash), catalogue_hash)
      WHERE id = \(old.id)
      """)
    try run("DELETE FROM author WHERE publication = \(old.id)")
    try run("DELETE FROM topic WHERE publication = \(old.id)")
    try insertAuthors(record.authors, record.orcids, of: old.id)
    try insertTopics(record.topics, of: old.id)
  }

  func insertAuthors(
    _ names: [String], _ orcids: [String: ORCID], of id: Publication.ID
  ) throws(SQLiteError) {
    for (position, name) in names.enumerated() {
      try run(
        """
        INSERT INTO author (publication, position, name, orcid)
        VALUES (\(id), \(position), \(name), \(orcids[name]?.description))
        """)
    }
  }

  func insertTopics(_ names: [String], of id: Publication.ID) throws(SQLiteError) {
    for (position, name) in names.enumerated() {
      try run(
        "INSERT INTO topic (publication, position, name) VALUES (\(id), \(position), \(name))")
    }
  }
}
