internal import SQLite

extension Publication {
  /// Selects the columns that `init(_: Row)` reads, with the status and the change instant as they
  /// are at a moment: what was scheduled and has come due is published since then.
  ///
  /// - Parameters:
  ///   - now: The moment.
  ///   - more: Further columns, each behind a comma; they begin at `columns`.
  /// - Returns: A statement without conditions.
  static func select(at now: Instant, and more: SQL = "") -> SQL {
    """
    SELECT publication.id, slug, title, subtitle, abstract, authors, topics, issued, type, series,
      number, language, doi, licence, source, unknown,
      CASE WHEN \(Visibility.isPublic(at: now)) THEN 'published' ELSE status END,
      public_from, withdrawal_reason, created,
      CASE WHEN \(Visibility.isPublic(at: now))
        THEN max(modified, public_from) ELSE modified END,
      issn, orcids, file.id, file.sha256, file.octets, file.pages, file.text, file.failure, file.deposited, file_name\(more)
    FROM publication LEFT JOIN file ON file.id = publication.file
    """
  }

  /// How many columns `select` has of its own.
  static let columns: Int32 = 31

  /// Reads a row of `select`; nil when the database holds what no version of ours writes.
  init?(_ row: Row) {
    guard let published = PublicationDate(row.text(7)), let status = Status(rawValue: row.text(16))
    else { return nil }
    self.init(
      id: row.integer(0), slug: Slug(stored: row.text(1)),
      record: Record(
        title: row.text(2), subtitle: row.optionalText(3), abstract: row.text(4),
        authors: Publication.lines(row.text(5)), published: published,
        type: PublicationType(rawValue: row.text(8)) ?? .other, series: row.optionalText(9),
        number: row.optionalText(10), topics: Publication.lines(row.text(6)),
        language: row.optionalText(11), doi: row.optionalText(12), licence: row.optionalText(13),
        source: row.optionalText(14), unknown: row.optionalText(15)),
      status: status,
      publicFrom: row.optionalInteger(17).map { Instant(secondsSince1970: $0) },
      withdrawalReason: row.optionalText(18),
      file: row.isNull(23) ? nil : StoredFile(row, from: 23),
      created: Instant(secondsSince1970: row.integer(19)),
      modified: Instant(secondsSince1970: row.integer(20)))
    record.issn = row.optionalText(21).flatMap(ISSN.init)
    file?.name = row.optionalText(30)
    if let lines = row.optionalText(22) { record.orcids = Publication.orcids(lines) }
  }

  /// What the column of ORCIDs holds: on each line a number, a space and the name it belongs to;
  /// nil when there is none.
  static func lines(_ orcids: [String: ORCID]) -> String? {
    orcids.isEmpty
      ? nil : orcids.sorted { $0.key < $1.key }.map { "\($1) \($0)" }.joined(separator: "\n")
  }

  private static func orcids(_ text: String) -> [String: ORCID] {
    var orcids: [String: ORCID] = [:]
    for line in lines(text) {
      guard let space = line.firstIndex(of: " ") else { continue }
      orcids[String(line[line.index(after: space)...])] = ORCID(String(line[..<space]))
    }
    return orcids
  }

  /// What a column holds that has one value a line.
  static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }
}

extension StoredFile {
  /// The columns that `init(_: Row, from:)` reads.
  static let columns: SQL = "id, sha256, octets, pages, text, failure, deposited"

  init(_ row: Row, from column: Int32) {
    let text: TextState =
      switch row.text(column + 4) {
      case "read": .read
      case "unreadable": .unreadable(row.text(column + 5))
      default: .waiting
      }
    self.init(
      id: row.integer(column), sha256: row.text(column + 1), octets: row.count(column + 2),
      pages: row.isNull(column + 3) ? nil : row.count(column + 3),
      text: text, deposited: Instant(secondsSince1970: row.integer(column + 6)))
  }
}
