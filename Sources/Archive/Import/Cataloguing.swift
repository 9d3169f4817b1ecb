internal import SQLite

extension Publications {
  /// Writes a batch of a catalogue in one transaction.
  ///
  /// - Parameters:
  ///   - entries: What to write; files are in place.
  ///   - others: Publications that entries without a slug do not match.
  ///   - announces: Whether subscribers hear of new publications.
  /// - Returns: The outcome of each entry.
  /// - Throws: ``DepositError`` when the batch as a whole could not be written.
  func take(
    _ entries: [Importer.Entry], notAmong others: Set<Publication.ID>, announces: Bool
  ) throws(DepositError) -> [Importer.Outcome] {
    guard !entries.isEmpty else { return [] }
    // When nothing changes, no cache is invalidated.
    let foreseen = try foresee(entries, notAmong: others, isOver: { !$0.leavesAll })
    if foreseen.allSatisfy(\.leavesAll) { return foreseen }
    let now = core.now
    do {
      return try core.change(.everything) { connection in
        let outcomes = try Importer.outcomes(of: entries, notAmong: others) { entry, taken in
          try connection.take(entry, notAmong: taken, at: now)
        }
        if !announces { for case .added(let id?) in outcomes { try connection.silence(id) } }
        return outcomes
      }
    } catch {
      throw DepositError(error)
    }
  }

  /// The outcomes that `take` would have, up to the first for which `isOver` is true; nothing is
  /// written.
  func foresee(
    _ entries: [Importer.Entry], notAmong others: Set<Publication.ID>,
    isOver: @Sendable (Importer.Outcome) -> Bool = { _ in false }
  ) throws(DepositError) -> [Importer.Outcome] {
    let now = core.now
    do {
      return try core.read { connection in
        try Importer.outcomes(of: entries, notAmong: others, isOver: isOver) { entry, taken in
          try connection.foresee(entry, notAmong: taken, at: now)
        }
      }
    } catch {
      throw DepositError(error)
    }
  }
}

extension Importer {
  /// The publications that earlier entries have become; those of earlier batches, which may be very
  /// many, are not copied for each.
  struct Taken {
    let before: Set<Publication.ID>
    var now: Set<Publication.ID> = []

    func contains(_ id: Publication.ID) -> Bool { before.contains(id) || now.contains(id) }
  }

  /// Decides on each entry, knowing the publications of those before it.
  fileprivate static func outcomes(
    of entries: [Entry], notAmong others: Set<Publication.ID>,
    isOver: (Outcome) -> Bool = { _ in false },
    _ decide: (Entry, Taken) throws -> Outcome
  ) rethrows -> [Outcome] {
    var taken = Taken(before: others)
    var outcomes: [Outcome] = []
    for entry in entries {
      let outcome = try decide(entry, taken)
      if let id = outcome.publication { taken.now.insert(id) }
      outcomes.append(outcome)
      if isOver(outcome) { break }
    }
    return outcomes
  }
}

extension Connection {
  fileprivate func take(
    _ entry: Importer.Entry, notAmong others: Importer.Taken, at now: Instant
  ) throws -> Importer.Outcome {
    guard let found = try known(entry, notAmong: others) else { return try add(entry, at: now) }
    let file = try entry.file.flatMap { try newFile($0, of: found.id, at: now) }
    let unmarked = found.isSame ? try recordWithoutMarkup(entry, found.id, at: now) : nil
    if found.isSame, file == nil, unmarked == nil { return .unchanged(found.id) }
    let old = try publication(found.id, at: now)
    let draft = try draft(of: entry, old, unmarked ?? (found.isSame ? old.record : nil))
    do {
      try replace(old, by: draft, file: file, catalogueHash: entry.hash, at: now)
    } catch let error as DepositError {
      return .refused(error)
    }
    try keepAddresses(of: entry, found.id, at: now)
    return .changed(found.id, draft.changes(from: old, hasNewFile: file != nil))
  }

  fileprivate func foresee(
    _ entry: Importer.Entry, notAmong others: Importer.Taken, at now: Instant
  ) throws -> Importer.Outcome {
    if let found = try known(entry, notAmong: others) {
      let unmarked = found.isSame ? try recordWithoutMarkup(entry, found.id, at: now) : nil
      let hasNewFile = try entry.file.map { try !hasFile($0, found.id) } ?? false
      if found.isSame, unmarked == nil, !hasNewFile { return .unchanged(found.id) }
      let old = try publication(found.id, at: now)
      let draft = try draft(of: entry, old, unmarked ?? (found.isSame ? old.record : nil))
      return .changed(found.id, draft.changes(from: old, hasNewFile: hasNewFile))
    }
    if let slug = entry.slug, try !isFree(slug) { return .refused(.slugTaken(slug)) }
    return .added(nil)
  }

  /// What a publication becomes; `record` is its record if the catalogue's is the same as at the last
  /// import.
  private func draft(
    of entry: Importer.Entry, _ old: Publication, _ record: Record?
  ) throws -> Draft {
    var draft = Draft(
      record: record ?? entry.record.keeping(old.record, except: entry.details.named),
      slug: entry.slug, status: old.status)
    draft.publicFrom = old.publicFrom
    // What staff have made public or withdrawn stays so.
    if record == nil, old.isDeletable, entry.details.origin != nil {
      draft.status = entry.details.status
      draft.publicFrom = entry.details.publicFrom
    }
    return draft
  }

  private func add(_ entry: Importer.Entry, at now: Instant) throws -> Importer.Outcome {
    var draft = Draft(record: entry.record, slug: entry.slug, status: entry.details.status)
    // A withdrawn publication of another archive was never public in this one.
    if draft.status == .withdrawn { draft.status = .draft }
    let publicFrom: Instant? =
      switch draft.status {
      case .published: now
      case .scheduled: entry.details.publicFrom
      case .draft, .review, .withdrawn: nil
      }
    do {
      let slug = try slug(of: entry, draft)
      let file = try entry.file.map { try fileRow($0, at: now) }
      let id = try insert(
        entry.record, slug: slug, status: draft.status, publicFrom: publicFrom, file: file,
        catalogueHash: entry.hash, at: now)
      if let origin = entry.details.origin {
        try run("INSERT INTO origin (name, publication) VALUES (\(origin), \(id))")
      }
      for former in entry.details.formerSlugs where try isFree(former) {
        try run(
          "INSERT INTO former_slug (slug, publication) VALUES (\(former.description), \(id))")
      }
      try keepAddresses(of: entry, id, at: now)
      return .added(id)
    } catch let error as DepositError {
      return .refused(error)
    }
  }

  /// The slug of a new publication.
  private func slug(of entry: Importer.Entry, _ draft: Draft) throws -> Slug {
    guard let wanted = entry.details.wantedSlug else { return try freeSlug(for: draft) }
    if try isFree(wanted) { return wanted }
    for number in 2...100_000 {
      let slug = wanted.numbered(number)
      if try isFree(slug) { return slug }
    }
    throw DepositError.slugTaken(wanted)
  }

  private func keepAddresses(
    of entry: Importer.Entry, _ id: Publication.ID, at now: Instant
  ) throws {
    for address in entry.details.addresses { try add(address, of: id, at: now) }
  }

  /// The publication of an entry, and whether the catalogue's record is unchanged.
  ///
  /// A record of another system is found by its origin. Others are found by the slug. Without one,
  /// it is the publication imported from the same record, the one with the same DOI, or the one with
  /// the slug of its title and the same date.
  private func known(
    _ entry: Importer.Entry, notAmong others: Importer.Taken
  ) throws -> (id: Publication.ID, isSame: Bool)? {
    if let origin = entry.details.origin {
      return try row(
        """
        SELECT id, ifnull(catalogue_hash = \(entry.hash), 0) FROM origin
        JOIN publication ON id = publication WHERE name = \(origin)
        """
      ) { ($0.integer(0), $0.integer(1) != 0) }
    }
    if let slug = entry.slug {
      return try row(
        """
        SELECT id, ifnull(catalogue_hash = \(entry.hash), 0) FROM publication
        WHERE slug = \(slug.description)
        UNION ALL
        SELECT id, 1 FROM former_slug JOIN publication ON id = publication
        WHERE former_slug.slug = \(slug.description) AND catalogue_hash = \(entry.hash)
        """
      ) { ($0.integer(0), $0.integer(1) != 0) }
    }
    let same = try rows(
      "SELECT id FROM publication WHERE catalogue_hash = \(entry.hash) ORDER BY id"
    ) { $0.integer(0) }
    if let id = same.first(where: { !others.contains($0) }) { return (id, true) }
    // Catalogues in JSON lines may give one DOI to several publications.
    if entry.details.named != nil, let doi = entry.record.doi {
      let sameDOI = try rows(
        "SELECT id FROM publication WHERE doi = \(doi) COLLATE NOCASE ORDER BY id"
      ) { $0.integer(0) }
      if let id = sameDOI.first(where: { !others.contains($0) }) { return (id, false) }
    }
    guard let slug = Slug(title: entry.record.title) else { return nil }
    let alike = try row(
      """
      SELECT id FROM publication
      WHERE slug = \(slug.description) AND issued = \(entry.record.published.description)
        AND catalogue_hash IS NOT NULL
      """
    ) { $0.integer(0) }
    return alike.flatMap { others.contains($0) ? nil : ($0, false) }
  }

  /// A record without the markup that an earlier import left in it; nil when there is none.
  ///
  /// What staff save has no markup, so nothing of theirs is changed.
  private func recordWithoutMarkup(
    _ entry: Importer.Entry, _ id: Publication.ID, at now: Instant
  ) throws -> Record? {
    guard !entry.details.isPlain else { return nil }
    let mayHaveMarkup = try row(
      """
      SELECT 1 FROM publication WHERE id = \(id) AND (title || ifnull(subtitle, '') || abstract
        || ifnull(series, '')) GLOB '*[<&$\\]*'
      """
    ) { _ in true }
    guard mayHaveMarkup != nil else { return nil }
    let record = try publication(id, at: now).record
    var interpreted = record.interpreted
    (interpreted.authors, interpreted.orcids) = (record.authors, record.orcids)
    let cleaned = interpreted.cleaned
    return cleaned == record ? nil : cleaned
  }

  /// The row of a new file; nil for one that the publication has or had.
  private func newFile(
    _ file: FileStore.Kept, of id: Publication.ID, at now: Instant
  ) throws -> Int64? {
    try hasFile(file, id) ? nil : try fileRow(file, at: now)
  }

  /// Whether the publication has or had the file.
  private func hasFile(_ file: FileStore.Kept, _ id: Publication.ID) throws -> Bool {
    try row(
      """
      SELECT 1 FROM publication JOIN file ON file.id = publication.file
      WHERE publication.id = \(id) AND sha256 = \(file.sha256)
      UNION ALL
      SELECT 1 FROM former_file JOIN file ON file.id = former_file.file
      WHERE publication = \(id) AND sha256 = \(file.sha256)
      """
    ) { _ in true } != nil
  }
}

extension Record {
  /// The record with the fields of an earlier one that a catalogue does not name; nil names all.
  fileprivate func keeping(_ old: Record, except named: Set<CatalogueField>?) -> Record {
    guard let named else { return self }
    var record = self
    func keep<Value>(_ field: CatalogueField, _ path: WritableKeyPath<Record, Value>) {
      if !named.contains(field) { record[keyPath: path] = old[keyPath: path] }
    }
    keep(.subtitle, \.subtitle)
    keep(.abstract, \.abstract)
    keep(.authors, \.authors)
    if !named.contains(.orcids) {
      record.orcids = old.orcids.filter { record.authors.contains($0.key) }
    }
    keep(.type, \.type)
    keep(.series, \.series)
    keep(.issn, \.issn)
    keep(.number, \.number)
    keep(.topics, \.topics)
    keep(.language, \.language)
    keep(.doi, \.doi)
    keep(.licence, \.licence)
    keep(.source, \.source)
    if record.unknown == nil { record.unknown = old.unknown }
    return record
  }
}

extension Draft {
  /// The fields that differ from a publication.
  fileprivate func changes(from old: Publication, hasNewFile: Bool) -> [FieldError.Field] {
    var fields = record.changes(from: old.record).map(\.field)
    if status != old.status { fields.append(.status) }
    if let slug, slug != old.slug { fields.append(.slug) }
    if hasNewFile { fields.append(.file) }
    return fields
  }
}
