internal import SQLite
internal import Search
internal import System

extension IndexedRecord {
  /// Selects the records that are public or will be, as `init(_:read:)` reads them.
  static let select: SQL = """
    SELECT publication.id, CASE status WHEN 'scheduled' THEN public_from ELSE 0 END,
      status = 'scheduled', issued, type, language, file, title,
      subtitle, abstract, \(Publication.authors), \(Publication.topics), series, number, year, doi,
      issn, slug
    FROM publication WHERE \(Visibility.mayBePublic)
    """

  init(_ row: Row, read now: Instant) {
    let authors = Publication.authors(row.text(10))
    let date = PublicationDate(row.text(3))
    let type = TypeName(rawValue: row.text(4)) ?? TypeName(.other)
    self.init(
      id: row.integer(0), visibleFrom: row.integer(1), read: now.secondsSince1970,
      isScheduled: row.integer(2) != 0,
      date: Int32((date?.year ?? 0) * 10_000 + (date?.month ?? 0) * 100 + (date?.day ?? 0)),
      type: type.rawValue, language: row.text(5), file: row.integer(6),
      title: [row.text(7), row.text(8)].filter { !$0.isEmpty }, abstract: row.text(9),
      authors: authors.map(\.name), topics: Publication.lines(row.text(11)),
      series: [row.text(12), row.text(13), row.text(14)].filter { !$0.isEmpty })
    number = row.text(13)
    doi = row.text(15)
    issn = row.text(16)
    orcids = authors.compactMap(\.orcid)
    slug = row.text(17)
    sortTitle = SortKey.title(row.text(7), language: row.optionalText(5))
  }
}
