import Archive

/// A publication as a BibTeX entry, in UTF-8.
enum BibTeX {
  /// - Parameters:
  ///   - publication: The publication; its slug is the key, because it is ASCII and unique.
  ///   - site: The site of the publication.
  /// - Returns: The entry with a line's end behind it.
  static func entry(_ publication: Publication, on site: SiteSettings) -> [UInt8] {
    let record = publication.record
    let publisher = site.publisher
    var fields: [(String, String)] = []
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { fields.append((name, "{\(escaped(value))}")) }
    }
    if !record.authors.isEmpty {
      let names = record.authorNames.map { name in
        // Braces keep a name with “and” together.
        name.person == nil ? "{\(escaped(name.text))}" : inverted(name)
      }
      fields.append(("author", "{\(names.joined(separator: " and "))}"))
    }
    fields.append(("title", "{{\(escaped(record.fullTitle))}}"))
    let kind = kind(of: record)
    for field in kind.publishers { add(field, publisher) }
    if let field = kind.series { add(field, record.series) }
    add("type", kind.type)
    add("issn", record.issn?.description)
    add("number", record.number)
    add("year", "\(record.published.year)")
    // A predefined string, which is written without braces.
    if let month = record.published.month { fields.append(("month", months[month - 1])) }
    if let day = record.published.day { add("day", "\(day)") }
    // Addresses are copied literally and contain nothing that ends a value.
    if let doi = record.bareDOI, !doi.contains(where: { "{}\\".contains($0) }) {
      fields.append(("doi", "{\(doi)}"))
    }
    fields.append(("url", "{\(site.address(of: publication))}"))
    add("abstract", record.abstract)
    // Topics can contain commas, but not semicolons.
    add("keywords", record.topics.joined(separator: "; "))
    add("language", record.language)
    add("copyright", record.licence)
    let body = fields.map { "  \($0) = \($1)" }.joined(separator: ",\n")
    return Array("@\(kind.entry){\(publication.slug),\n\(body)\n}\n".utf8)
  }

  private static func inverted(_ name: AuthorName) -> String {
    guard let person = name.person else { return escaped(name.text) }
    return [person.family, person.suffix, person.given].compactMap { $0 }.map(escaped)
      .joined(separator: ", ")
  }

  /// The entry type, and its names for publisher, series and kind.
  private struct Kind {
    var entry: String
    var publishers: [String]
    var series: String?
    var type: String?
  }

  private static func kind(of record: Record) -> Kind {
    switch record.type {
    case .report: Kind(entry: "techreport", publishers: ["institution"], series: "series")
    case .policyPaper, .workingPaper, .brief:
      Kind(
        entry: "techreport", publishers: ["institution"], series: "series",
        type: record.type.label)
    case .article where record.series != nil:
      Kind(entry: "article", publishers: ["publisher"], series: "journal")
    case .book: Kind(entry: "book", publishers: ["publisher"], series: "series")
    case .chapter where record.series != nil:
      Kind(entry: "incollection", publishers: ["publisher"], series: "booktitle")
    case .proceedings:
      Kind(entry: "proceedings", publishers: ["publisher", "organization"], series: "series")
    // The degree is unknown, so the kind is given in words.
    case .thesis: Kind(entry: "phdthesis", publishers: ["school"], series: "series", type: "Thesis")
    case .dataset: Kind(entry: "misc", publishers: ["publisher"], series: "series", type: "Dataset")
    case .article, .chapter:
      Kind(
        entry: "misc", publishers: ["publisher"], series: "series", type: record.type.label)
    case .other: Kind(entry: "misc", publishers: ["publisher"], series: "series")
    }
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Escapes the special characters of TeX.
  static func escaped(_ text: String) -> String {
    // Braces count even after a backslash, so only balanced ones are kept.
    let isPaired = hasPairs(text)
    var escaped = ""
    for character in text {
      switch character {
      case "%", "&", "$", "#", "_": escaped += "\\\(character)"
      case "{": escaped += isPaired ? "\\{" : "\\textbraceleft{}"
      case "}": escaped += isPaired ? "\\}" : "\\textbraceright{}"
      case "\\": escaped += "\\textbackslash{}"
      case "~": escaped += "\\textasciitilde{}"
      case "^": escaped += "\\textasciicircum{}"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  private static func hasPairs(_ text: String) -> Bool {
    var open = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "{") { open += 1 }
      if byte == UInt8(ascii: "}") { open -= 1 }
      if open < 0 { return false }
    }
    return open == 0
  }
}
