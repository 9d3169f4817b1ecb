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
    let foreseen = try foresee(entries, notAmong: others)
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

  /// The outcomes that `take` would have; nothing is written.
  func foresee(
    _ entries: [Importer.Entry], notAmong others: Set<Publication.ID>
  ) throws(DepositError) -> [Importer.Outcome] {
    let now = core.now
    do {
      return try core.read { connection in
        try Importer.outcomes(of: entries, notAmong: others) { entry, taken in
          try connection.foresee(entry, notAmong: taken, at: now)
        }
      }
    } catch {
      throw DepositError(error)
    }
  }
}

extension Importer {
  /// Decides on each entry, knowing the publications of those before it.
  fileprivate static func outcomes(
    of entries: [Entry], notAmong others: Set<Publication.ID>,
    _ decide: (Entry, Set<Publication.ID>) throws -> Outcome
  ) rethrows -> [Outcome] {
    var taken = others
    return try entries.map { entry in
      let outcome = try decide(entry, taken)
      if let id = outcome.publication { taken.insert(id) }
      return outcome
    }
  }
}

extension Connection {
  fileprivate func take(
    _ entry: Importer.Entry, notAmong others: Set<Publication.ID>, at now: Instant
  ) throws -> Importer.Outcome {
    guard let found = try known(entry, notAmong: others) else { return try add(entry, at: now) }
    let file = try entry.file.flatMap { try newFile($0, of: found.id, at: now) }
    let unmarked = found.isSame ? try recordWithoutMarkup(found.id, at: now) : nil
    if found.isSame, file == nil, unmarked == nil { return .unchanged(found.id) }
    let old = try publication(found.id, at: now)
    var draft = Draft(record: entry.record, slug: entry.slug, status: old.status)
    draft.publicFrom = old.publicFrom
    if found.isSame { draft.record = unmarked ?? old.record }
    do {
      try replace(old, by: draft, file: file, catalogueHash: entry.hash, at: now)
    } catch let error as DepositError {
      return .refused(error)
    }
    return .changed(found.id)
  }

  fileprivate func foresee(
    _ entry: Importer.Entry, notAmong others: Set<Publication.ID>, at now: Instant
  ) throws -> Importer.Outcome {
    if let found = try known(entry, notAmong: others) {
      guard found.isSame, try recordWithoutMarkup(found.id, at: now) == nil else {
        return .changed(found.id)
      }
      guard let file = entry.file,
        try !hasFile(file, found.id)
      else { return .unchanged(found.id) }
      return .changed(found.id)
    }
    if let slug = entry.slug, try !isFree(slug) { return .refused(.slugTaken(slug)) }
    return .added(nil)
  }

  private func add(_ entry: Importer.Entry, at now: Instant) throws -> Importer.Outcome {
    let draft = Draft(record: entry.record, slug: entry.slug, status: .published)
    do {
      let slug = try freeSlug(for: draft)
      let file = try entry.file.map { try fileRow($0, at: now) }
      return .added(
        try insert(
          entry.record, slug: slug, status: .published, publicFrom: now, file: file,
          catalogueHash: entry.hash, at: now))
    } catch let error as DepositError {
      return .refused(error)
    }
  }

  /// The publication of an entry, and whether the catalogue's record is unchanged.
  ///
  /// It is found by the slug. Without one, it is the publication imported from the same record, or
  /// the one with the slug of its title and the same date.
  private func known(
    _ entry: Importer.Entry, notAmong others: Set<Publication.ID>
  ) throws -> (id: Publication.ID, isSame: Bool)? {
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
    _ id: Publication.ID, at now: Instant
  ) throws -> Record? {
    let mayHaveMarkup = try row(
      """
      SELECT 1 FROM publication WHERE id = \(id) AND (title || ifnull(subtitle, '') || abstract
        || ifnull(series, '')) GLOB '*[<&$\\]*'
      """
    ) { _ in true }
    guard mayHaveMarkup != nil else { return nil }
    let record = try publication(id, at: now).record
    let cleaned = record.interpreted.cleaned
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
