internal import SQLite
internal import Search

/// A publication that may be the same work as another one.
package struct Duplicate: Sendable, Equatable {
  package let publication: Publication
  package let reasons: [Reason]

  /// What the two have in common.
  package enum Reason: Sendable, Equatable {
    case file, doi
    /// The same words in the title, or nearly.
    case title
    /// The share of the first pages, from 0 to 1.
    case text(Double)
  }
}

/// Finds publications that may be the same work.
///
/// A publication that has not been public is compared with all others when its title, its DOI or
/// its file changes and when its file has been read. What is found is stored, so that pages only
/// look it up.
package struct Duplicates: Sendable {
  let core: ArchiveCore

  /// The share of the first pages in common from which texts count as nearly the same.
  static let nearlySameText = 0.4
  /// The most that are stored of one publication.
  static let most = 10

  /// Compares publications that were changed with all others.
  ///
  /// - Parameter most: The most publications to compare.
  /// - Returns: How many are left.
  /// - Throws: What the database throws.
  package func compare(most: Int = 50) throws -> Int {
    let waiting = try core.read { connection in
      try connection.rows("SELECT number, publication FROM uncompared ORDER BY number") {
        (number: $0.integer(0), id: $0.integer(1))
      }
    }
    guard !waiting.isEmpty else { return 0 }
    let works = try core.read { try $0.comparedWorks() }
    let sketches = try core.read { try $0.sketches() }
    let changed = waiting.prefix(most)
    let found = changed.map { mark in
      (mark, pairs: works[mark.id].map { Duplicates.pairs(of: $0, among: works, sketches) } ?? [])
    }
    try core.change(.nothingPublic) { connection in
      for (mark, pairs) in found {
        // If it was changed meanwhile, it has a new mark.
        try connection.run("DELETE FROM uncompared WHERE number = \(mark.number)")
        try connection.run(
          "DELETE FROM possible_duplicate WHERE publication = \(mark.id) OR other = \(mark.id)")
        for pair in pairs { try connection.insert(pair, of: mark.id) }
      }
    }
    return waiting.count - changed.count
  }

  /// The publications that may be the same work as one, the most similar first; without those that
  /// staff said are different.
  package func list(of id: Publication.ID, at now: Instant = .now) throws -> [Duplicate] {
    try core.read { connection in
      let pairs = try connection.rows(
        """
        SELECT publication, other, same_file, same_doi, title, text FROM possible_duplicate
        WHERE (publication = \(id) OR other = \(id)) AND \(Connection.isUndecided)
        ORDER BY same_file DESC, same_doi DESC, title + text DESC LIMIT \(2 * Duplicates.most)
        """
      ) { row in
        (other: row.integer(0) == id ? row.integer(1) : row.integer(0), pair: Pair(row))
      }
      var seen: Set<Publication.ID> = []
      return try pairs.filter { seen.insert($0.other).inserted }.compactMap { other, pair in
        try connection.row(
          "\(Publication.select(at: now)) WHERE publication.id = \(other)"
        ) { Publication($0) }.flatMap { $0 }.map {
          Duplicate(publication: $0, reasons: pair.reasons)
        }
      }
    }
  }

  /// The publications that are not public yet and may be the same work as another one, the last
  /// changed first.
  package func undecided(at now: Instant = .now) throws -> [Publication] {
    try core.read { connection in
      try connection.rows(
        """
        \(Publication.select(at: now)) WHERE status IN ('draft', 'review', 'scheduled')
          AND publication.id IN (
            SELECT publication FROM possible_duplicate WHERE \(Connection.isUndecided))
        ORDER BY publication.modified DESC, publication.id DESC LIMIT 500
        """
      ) { Publication($0) }.compactMap(\.self)
    }
  }

  /// Remembers that two publications are different works.
  package func distinguish(
    _ one: Publication, from other: Publication, by actor: Actor, at now: Instant = .now
  ) throws {
    try core.change(.nothingPublic) { connection in
      try connection.run(
        """
        INSERT OR IGNORE INTO different_work (publication, other)
        VALUES (\(min(one.id, other.id)), \(max(one.id, other.id)))
        """)
      try connection.audit(
        .distinguished, one.slug.description, after: other.slug.description, by: actor, at: now)
    }
  }

  /// Makes the file of a draft the current file of another publication, and deletes the draft.
  ///
  /// - Parameters:
  ///   - draft: Not public before, with a file.
  ///   - other: The publication; its present file becomes an earlier one.
  ///   - note: What changed.
  ///   - actor: Who does it, for the audit log.
  ///   - now: The time.
  /// - Returns: The publication with its new file.
  /// - Throws: ``DepositError``: `changedMeanwhile` when the draft has no file or was public.
  package func makeVersion(
    _ draft: Publication.ID, of other: Publication.ID, note: String, by actor: Actor,
    at now: Instant = .now
  ) throws(DepositError) -> Publication {
    do {
      let made = try core.change({ _, made in .listed([made.draft, made.publication.slug]) }) {
        connection -> (draft: Slug, publication: Publication, hashes: [String]) in
        let draft = try connection.publication(draft, at: now)
        let old = try connection.publication(other, at: now)
        guard draft.isDeletable, draft.id != old.id, let file = draft.file else {
          throw DepositError.changedMeanwhile
        }
        try connection.replaceFile(of: old, by: file.id, name: file.name, reason: note, at: now)
        // The file is the other's now, so it stays.
        let hashes = try connection.deleteRows(of: draft.id)
        let publication = try connection.publication(other, at: now)
        try connection.audit(
          .replaced, old.slug.description, detail: note.cleanedLine, before: old.file?.name,
          after: file.name, by: actor, at: now)
        try connection.audit(
          .deletedDraft, draft.slug.description, before: draft.record.title, by: actor, at: now)
        return (draft.slug, publication, hashes)
      }
      try core.removeUnusedFiles(made.hashes)
      return made.publication
    } catch {
      throw DepositError(error)
    }
  }
}

extension Duplicates {
  /// What is compared of a publication.
  fileprivate struct Work: Sendable {
    let id: Publication.ID
    let title: TitleWords
    let doi: String?
    let file: Int64?
  }

  /// What two publications have in common.
  fileprivate struct Pair: Sendable {
    let other: Publication.ID
    var hasSameFile: Bool
    var hasSameDOI: Bool
    var title: Double
    var text: Double

    var weight: Double { (hasSameFile ? 4 : 0) + (hasSameDOI ? 2 : 0) + title + text }

    var reasons: [Duplicate.Reason] {
      [
        hasSameFile ? .file : nil, hasSameDOI ? .doi : nil, title > 0 ? .title : nil,
        text > 0 && !hasSameFile ? .text(text) : nil,
      ].compactMap(\.self)
    }
  }

  /// The publications that may be the same work as one, at most ``most``.
  fileprivate static func pairs(
    of work: Work, among works: [Publication.ID: Work], _ sketches: [Int64: TextSketch]
  ) -> [Pair] {
    let sketch = work.file.flatMap { sketches[$0] }
    var pairs: [Pair] = []
    for other in works.values where other.id != work.id {
      var pair = Pair(
        other: other.id, hasSameFile: work.file != nil && work.file == other.file,
        hasSameDOI: work.doi != nil && work.doi == other.doi,
        title: work.title.similarity(to: other.title), text: 0)
      if let sketch, let theirs = other.file.flatMap({ sketches[$0] }) {
        let similarity = sketch.similarity(to: theirs)
        pair.text = similarity >= nearlySameText ? similarity : 0
      }
      if pair.weight > 0 { pairs.append(pair) }
    }
    return Array(
      pairs.sorted { ($0.weight, $1.other) > ($1.weight, $0.other) }.prefix(Duplicates.most))
  }
}

extension Duplicates.Pair {
  init(_ row: Row) {
    self.init(
      other: row.integer(1), hasSameFile: row.integer(2) != 0, hasSameDOI: row.integer(3) != 0,
      title: row.real(4), text: row.real(5))
  }
}

extension Connection {
  /// Whether a row of `possible_duplicate` is a pair that staff have not decided about.
  fileprivate static let isUndecided: SQL = """
    NOT EXISTS (SELECT 1 FROM different_work
      WHERE different_work.publication = min(possible_duplicate.publication, possible_duplicate.other)
        AND different_work.other = max(possible_duplicate.publication, possible_duplicate.other))
    """

  func possibleDuplicates() throws -> Int {
    try row(
      """
      SELECT count(DISTINCT publication) FROM possible_duplicate
      WHERE \(Connection.isUndecided) AND publication IN (
        SELECT id FROM publication WHERE status IN ('draft', 'review', 'scheduled'))
      """
    ) { $0.count(0) } ?? 0
  }

  fileprivate func comparedWorks() throws -> [Publication.ID: Duplicates.Work] {
    var folding = Folding()
    let rows = try self.rows("SELECT id, title, doi, file FROM publication") { row in
      (row.integer(0), row.text(1), row.optionalText(2), row.optionalInteger(3))
    }
    return Dictionary(
      uniqueKeysWithValues: rows.map { id, title, doi, file in
        (
          id,
          Duplicates.Work(
            id: id, title: TitleWords(title, &folding), doi: doi?.lowercased(), file: file)
        )
      })
  }

  fileprivate func sketches() throws -> [Int64: TextSketch] {
    Dictionary(
      uniqueKeysWithValues: try rows("SELECT file, sketch FROM text_sketch") { row in
        (row.integer(0), TextSketch(stored: row.bytes(1)))
      })
  }

  fileprivate func insert(_ pair: Duplicates.Pair, of id: Publication.ID) throws {
    try run(
      """
      INSERT INTO possible_duplicate (publication, other, same_file, same_doi, title, text)
      SELECT \(id), id, \(pair.hasSameFile), \(pair.hasSameDOI), \(pair.title), \(pair.text)
      FROM publication WHERE id = \(pair.other)
        AND EXISTS (SELECT 1 FROM publication WHERE id = \(id))
      """)
  }
}
