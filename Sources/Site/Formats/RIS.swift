import Archive

/// A publication in RIS: each line has a tag, two spaces, a hyphen, a space and a value.
enum RIS {
  /// - Parameters:
  ///   - publication: The publication.
  ///   - site: The site of the publication.
  /// - Returns: Lines ended by CR LF, `TY` first and `ER` last.
  static func entry(_ publication: Publication, on site: SiteSettings) -> [UInt8] {
    let record = publication.record
    var lines: [String] = []
    func add(_ tag: String, _ value: String?) {
      guard let value else { return }
      // A value is one line.
      let line = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if !line.isEmpty { lines.append("\(tag)  - \(line)") }
    }
    add("TY", type(of: record))
    add("ID", publication.slug.description)
    for name in record.authorNames { add("AU", name.inverted) }
    add("TI", record.fullTitle)
    add("T2", record.series)
    // The type of work, where the kinds of RIS do not tell it.
    switch record.type {
    case .policyPaper, .workingPaper, .brief: add("M3", record.type.label)
    case .article where record.series == nil: add("M3", record.type.label)
    default: break
    }
    add("PY", "\(record.published.year)")
    add("DA", date(record.published))
    add("PB", site.publisher)
    add("SN", record.issn?.description)
    add("IS", record.number)
    add("AB", record.abstract)
    for topic in record.topics { add("KW", topic) }
    add("LA", record.language)
    add("DO", record.bareDOI)
    add("UR", site.address(of: publication))
    add("L1", site.documentAddress(of: publication))
    lines.append("ER  - ")
    return Array(lines.map { $0 + "\r\n" }.joined().utf8)
  }

  /// `2010/02/25/`; unknown parts are empty.
  private static func date(_ date: PublicationDate) -> String {
    func two(_ number: Int?) -> String { number.map { $0 < 10 ? "0\($0)" : "\($0)" } ?? "" }
    return "\(date.year)/\(two(date.month))/\(two(date.day))/"
  }

  private static func type(of record: Record) -> String {
    switch record.type {
    case .report, .policyPaper, .workingPaper, .brief: "RPRT"
    case .article: record.series == nil ? "GEN" : "JOUR"
    case .book: "BOOK"
    case .chapter: "CHAP"
    case .proceedings: "CONF"
    case .thesis: "THES"
    case .dataset: "DATA"
    case .other: "GEN"
    }
  }
}
