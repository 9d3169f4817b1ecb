internal import SQLite

extension Connection {
  func publication(_ id: Publication.ID, at now: Instant) throws -> Publication {
    let found = try row(
      "\(Publication.select(at: now)) WHERE publication.id = \(id)"
    ) { Publication($0) }
    guard let publication = found ?? nil else { throw DepositError.notFound }
    return publication
  }

  /// The publication that a form made within the last day; nil if none.
  func made(by form: String, at now: Instant) throws -> Publication.ID? {
    try run("DELETE FROM deposit_form WHERE sent <= \(now.secondsSince1970 - 86_400)")
    return try row("SELECT publication FROM deposit_form WHERE token = \(form)") { $0.integer(0) }
  }

  func note(_ form: String, made id: Publication.ID, at now: Instant) throws {
    try run(
      """
      INSERT INTO deposit_form (token, publication, sent)
      VALUES (\(form), \(id), \(now.secondsSince1970))
      """)
  }

  /// Stores the name that a publication's current file was uploaded with; nil when unknown.
  func keepFileName(_ name: String?, of id: Publication.ID) throws {
    let name = name?.cleanedLine.prefix(200)
    try run(
      """
      UPDATE publication SET file_name = \(name.flatMap { $0.isEmpty ? nil : String($0) })
      WHERE id = \(id)
      """)
  }

  /// Stores who made a publication, if it was somebody with an account.
  func keepOwner(_ actor: Actor, of id: Publication.ID) throws {
    try run(
      """
      UPDATE publication SET owner = (SELECT id FROM staff WHERE name = \(actor.name))
      WHERE id = \(id)
      """)
  }

  /// The row of a stored file; created if there is none.
  func fileRow(_ kept: FileStore.Kept, at now: Instant) throws -> Int64 {
    try run(
      """
      INSERT INTO file (sha256, bytes, deposited)
      VALUES (\(kept.sha256), \(kept.octets), \(now.secondsSince1970))
      ON CONFLICT (sha256) DO NOTHING
      """)
    return try row("SELECT id FROM file WHERE sha256 = \(kept.sha256)") { $0.integer(0) } ?? 0
  }

  /// The slug of a draft, or the first free one made from its title.
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

  /// Whether no publication has or had the slug, except the given one.
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

  /// Writes the rows of a new publication.
  func insert(
    _ record: Record, slug: Slug, status: Publication.Status, publicFrom: Instant?, file: Int64?,
    catalogueHash: [UInt8]? = nil, at now: Instant
  ) throws -> Publication.ID {
    let record = try preferringNames(in: record)
    try run(
      """
      INSERT INTO publication (slug, title, subtitle, abstract, issued, year, type, series, issn,
        number, language, doi, licence, source, unknown, status, public_from, first_public, file, created,
        modified, catalogue_hash)
      VALUES (\(slug.description), \(record.title), \(record.subtitle), \(record.abstract),
        \(record.published.description), \(record.published.year), \(record.typeName.rawValue),
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

  /// Replaces the rows of a publication.
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
    if let file { try keepFormerFile(of: old, replacedBy: file, reason: draft.fileNote, at: now) }
    let record = try preferringNames(in: draft.record)
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
        type = \(record.typeName.rawValue), series = \(record.series),
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

  func keepBlank(_ fields: Set<FieldError.Field>, of id: Publication.ID) throws {
    try run("DELETE FROM blank_field WHERE publication = \(id)")
    for field in fields {
      try run("INSERT INTO blank_field (publication, field) VALUES (\(id), \(field.rawValue))")
    }
  }

  /// Gives the drafts of a file whose titles are not known the title that was found in it.
  func nameDrafts(ofFile file: Int64, _ title: String?) throws {
    guard let title = title?.cleanedLine, !title.isEmpty else { return }
    try run(
      """
      UPDATE publication SET title = \(title)
      WHERE file = \(file) AND status IN ('draft', 'review') AND EXISTS (
        SELECT 1 FROM blank_field WHERE blank_field.publication = publication.id AND field = 'title')
      """)
  }
}
