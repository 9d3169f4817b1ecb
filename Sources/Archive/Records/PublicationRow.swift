internal import SQLite

extension Publication {
  /// Selects the columns that `init(_: Row)` reads.
  ///
  /// A scheduled publication that is due counts as published, and as modified when it became due.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - more: Further columns, each after a comma; they start at `columns`.
  /// - Returns: A statement without conditions.
  static func select(at now: Instant, and more: SQL = "") -> SQL {
    """
    SELECT publication.id, slug, title, subtitle, abstract, \(authors), \(topics), issued, type,
      series, number, language, doi, licence, source, unknown,
      CASE WHEN \(Visibility.isPublic(at: now)) THEN 'published' ELSE status END,
      public_from, withdrawal_reason, created,
      CASE WHEN \(Visibility.isPublic(at: now))
        THEN max(modified, public_from) ELSE modified END,
      issn, file.id, file.sha256, file.bytes, file.pages, file.text, file.failure, file.deposited,
      file_name, first_public, \(blank), owner\(more)
    FROM publication LEFT JOIN file ON file.id = publication.file
    """
  }

  /// The number of columns of `select` without further ones.
  static let columns: Int32 = 33

  /// Reads a row of `select`; nil if it has a value that no version writes.
  init?(_ row: Row) {
    guard let published = PublicationDate(row.text(7)), let status = Status(rawValue: row.text(16))
    else { return nil }
    self.init(
      id: row.integer(0), slug: Slug(stored: row.text(1)),
      record: Record(
        title: row.text(2), subtitle: row.optionalText(3), abstract: row.text(4),
        published: published,
        type: TypeName(rawValue: row.text(8))?.base ?? .other, series: row.optionalText(9),
        number: row.optionalText(10), topics: Publication.lines(row.text(6)),
        language: row.optionalText(11), doi: row.optionalText(12), licence: row.optionalText(13),
        source: row.optionalText(14), unknown: row.optionalText(15)),
      status: status,
      publicFrom: row.optionalInteger(17).map { Instant(secondsSince1970: $0) },
      withdrawalReason: row.optionalText(18),
      file: row.isNull(22) ? nil : StoredFile(row, from: 22),
      created: Instant(secondsSince1970: row.integer(19)),
      modified: Instant(secondsSince1970: row.integer(20)))
    record.ownType = TypeName(rawValue: row.text(8))?.own
    record.issn = row.optionalText(21).flatMap(ISSN.init)
    file?.name = row.optionalText(29)
    firstPublic = row.optionalInteger(30).map { Instant(secondsSince1970: $0) }
    for name in row.optionalText(31)?.split(separator: " ") ?? [] {
      if let field = FieldError.Field(rawValue: String(name)) { blank.insert(field) }
    }
    owner = row.optionalInteger(32)
    for author in Publication.authors(row.text(5)) {
      record.authors.append(author.name)
      if let orcid = author.orcid { record.orcids[author.name] = ORCID(orcid) }
    }
  }

  /// Selects the blank fields of a row of `publication`, separated by spaces.
  ///
  /// What was published has none, so rows for readers are not looked up.
  private static let blank: SQL = """
    CASE WHEN status IN ('draft', 'review', 'scheduled') THEN (
      SELECT group_concat(field, ' ') FROM blank_field
      WHERE blank_field.publication = publication.id) END
    """

  /// Selects the authors of a row of `publication` in order, one a line, with tab and ORCID iD.
  ///
  /// Stored names contain neither a line feed nor a tab.
  static let authors: SQL = """
    (SELECT group_concat(line, char(10)) FROM (
      SELECT name || ifnull(char(9) || orcid, '') AS line FROM author
      WHERE author.publication = publication.id ORDER BY position))
    """

  /// Selects the topics of a row of `publication` in order, one a line.
  static let topics: SQL = """
    (SELECT group_concat(name, char(10)) FROM (
      SELECT name FROM topic WHERE topic.publication = publication.id ORDER BY position))
    """

  /// Reads a column of ``authors``.
  static func authors(_ text: String) -> [(name: String, orcid: String?)] {
    text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
      let parts = line.split(separator: UInt8(ascii: "\t"))
        .map { String(decoding: $0, as: UTF8.self) }
      return (parts.first ?? "", parts.count > 1 ? parts[1] : nil)
    }
  }

  /// Reads a column that has one value a line.
  static func lines(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension StoredFile {
  /// The columns that `init(_: Row, from:)` reads.
  static let columns: SQL = "id, sha256, bytes, pages, text, failure, deposited"

  init(_ row: Row, from column: Int32) {
    let text: TextState =
      switch row.text(column + 4) {
      case "read": .read
      case "unreadable": .unreadable(row.text(column + 5))
      default: .waiting
      }
    self.init(
      id: row.integer(column), sha256: row.text(column + 1), bytes: row.count(column + 2),
      pages: row.isNull(column + 3) ? nil : row.count(column + 3),
      text: text, deposited: Instant(secondsSince1970: row.integer(column + 6)))
  }
}
