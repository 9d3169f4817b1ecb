/// Reads RIS: a tag, two spaces, a hyphen and a value on each line, from `TY` to `ER`.
///
/// Lines without a tag continue the value before them. Spaces around the hyphen may be missing, as
/// some programs write it.
struct RISParser: CatalogueParser {
  private struct Line {
    let tag: String
    var value: String
    let place: CataloguePlace
  }

  private var lines: [Line] = []
  private var start: CataloguePlace?
  private var bytes = 0
  /// Whether lines are skipped until the next record.
  private var isSkipping = false

  mutating func take(_ line: [UInt8], number: Int) -> [CatalogueEntry] {
    if let invalid = firstInvalidByte(line) {
      let place = CataloguePlace(line: number, column: column(of: invalid, in: line))
      return [skip(.notUTF8, place)]
    }
    guard let text = text(of: line) else { return [] }
    guard let (tag, value, column) = RISParser.tagged(text) else {
      guard text.contains(where: { !$0.isWhitespace }) || !lines.isEmpty else { return [] }
      return continueValue(text, number)
    }
    let place = CataloguePlace(line: number, column: column)
    switch tag {
    case "TY":
      // A record without its end.
      let before = isSkipping ? [] : record()
      isSkipping = false
      (lines, bytes) = ([Line(tag: tag, value: value, place: place)], 0)
      start = CataloguePlace(line: number, column: 1)
      return before
    case "ER":
      defer { isSkipping = false }
      return isSkipping ? [] : record()
    default:
      guard !isSkipping else { return [] }
      guard start != nil else {
        return [skip(.expected("TY  - at the beginning of a record", found: tag), place)]
      }
      lines.append(Line(tag: tag, value: value, place: place))
      return checkLength(value, place)
    }
  }

  mutating func finish() -> [CatalogueEntry] {
    guard let start, !isSkipping else { return [] }
    self.start = nil
    return [CatalogueEntry(start, .wrong(.expected("ER  - at the end of the record", found: nil)))]
  }

  private mutating func skip(
    _ reason: ImportError.Reason, _ place: CataloguePlace
  ) -> CatalogueEntry {
    (isSkipping, start, lines) = (true, nil, [])
    return CatalogueEntry(place, .wrong(reason))
  }

  private mutating func continueValue(_ text: String, _ number: Int) -> [CatalogueEntry] {
    guard !isSkipping else { return [] }
    guard let last = lines.indices.last else {
      return [
        skip(
          .expected("TY  - at the beginning of a record", found: String(text.prefix(20))),
          CataloguePlace(line: number, column: 1))
      ]
    }
    lines[last].value += "\n" + text
    return checkLength(text, lines[last].place)
  }

  private mutating func checkLength(_ text: String, _ place: CataloguePlace) -> [CatalogueEntry] {
    bytes += text.utf8.count
    guard bytes > CatalogueReader.longestRecord else { return [] }
    return [skip(.recordTooLong, place)]
  }

  private mutating func record() -> [CatalogueEntry] {
    defer { (lines, start) = ([], nil) }
    guard let start else { return [] }
    var fields = RISFields()
    for line in lines { fields.take(line.tag, line.value, at: line.place) }
    return [CatalogueEntry(start, .fields(fields.finished()))]
  }

  /// The tag, the value and the column where that begins; nil for a line that continues another.
  private static func tagged(_ text: String) -> (tag: String, value: String, column: Int)? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 2, bytes[0].isUpper, bytes[1].isUpper || bytes[1].isDigit else {
      return nil
    }
    var index = 2
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "-"), index > 2 || bytes.count == 3
    else { return nil }
    index += 1
    if index < bytes.count, bytes[index] == 0x20 { index += 1 }
    return (
      String(decoding: bytes[..<2], as: UTF8.self),
      String(decoding: bytes[index...], as: UTF8.self),
      index + 1
    )
  }
}

extension UInt8 {
  fileprivate var isUpper: Bool { (0x41...0x5A).contains(self) }
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}

/// The fields of a RIS record.
private struct RISFields {
  private var fields = CatalogueFields()
  private var kind = ""
  private var authors: [String] = []
  private var topics: [String] = []
  private var dates: [(tag: String, text: String, place: CataloguePlace)] = []
  private var first: [String: CataloguePlace] = [:]
  private var titles: [String: (text: String, place: CataloguePlace)] = [:]
  private var abstracts: [String] = []

  mutating func take(_ tag: String, _ value: String, at place: CataloguePlace) {
    let line = value.cleanedLine
    guard !line.isEmpty else { return }
    if first[tag] == nil { first[tag] = place }
    switch tag {
    case "TY": kind = line.uppercased()
    case "TI", "T1", "CT", "BT", "T2", "JF", "JO", "JA", "T3":
      if titles[tag] == nil {
        titles[tag] = (line, place)
      } else {
        fields.setOther(tag, line, at: place)
      }
    case "AU", "A1": authors.append(CatalogueFields.readingOrder(line))
    case "PY", "Y1", "DA": dates.append((tag, line, place))
    case "AB", "N2":
      let text = value.cleanedParagraphs
      if !abstracts.contains(text) { abstracts.append(text) }
    case "KW":
      topics += value.split { $0 == ";" || $0 == "\n" }.map { String($0).cleanedLine }
    case "LA": setOnce(.language, line, tag, place)
    case "DO": setOnce(.doi, line, tag, place)
    case "IS", "M1": setOnce(.number, line, tag, place)
    case "SN":
      // Reports have their number here in some programs, books an ISBN.
      ISSN(line) == nil
        ? fields.setOther(tag, line, at: place) : setOnce(.issn, line, tag, place)
    case "M3":
      guard let type = CatalogueWords.type(line) else {
        return fields.setOther(tag, line, at: place)
      }
      fields.set(.type, type.rawValue, at: place)
    case "UR": fields.setAddress(line, tag, at: place)
    case "L1":
      line.contains("://")
        ? fields.setOther(tag, line, at: place) : setOnce(.pdf, line, tag, place)
    case "ID": fields.identifier = line
    case "ER": break
    default: fields.setOther(tag, line, at: place)
    }
  }

  private mutating func setOnce(
    _ field: CatalogueField, _ text: String, _ tag: String, _ place: CataloguePlace
  ) {
    guard !fields.has(field) else { return fields.setOther(tag, text, at: place) }
    fields.setText(field, text, at: place)
  }

  mutating func finished() -> CatalogueFields {
    fields.hasSeparateAuthors = true
    // Whole books have their title in BT in older files.
    let isBook = ["BOOK", "WHOLE", "EDBOOK"].contains(kind)
    let title = ["TI", "T1", "CT"] + (isBook ? ["BT", "T2"] : [])
    if let tag = title.first(where: { titles[$0] != nil }), let found = titles[tag] {
      fields.set(.title, found.text, at: found.place)
      titles[tag] = nil
    }
    for tag in ["T2", "JF", "BT", "JO", "T3", "JA"] {
      guard let found = titles[tag] else { continue }
      if fields.has(.series) {
        fields.setOther(tag, found.text, at: found.place)
      } else {
        fields.set(.series, found.text, at: found.place)
      }
      titles[tag] = nil
    }
    for (tag, found) in titles.sorted(by: { $0.key < $1.key }) {
      fields.setOther(tag, found.text, at: found.place)
    }
    fields.set("authors", .list(authors), at: first["AU"] ?? first["A1"])
    fields.set("topics", .list(topics), at: first["KW"])
    fields.set(.abstract, abstracts.joined(separator: "\n\n"), at: first["AB"])
    setDate()
    if !fields.has(.type), let type = RISFields.types[kind] {
      fields.set(.type, type.rawValue, at: first["TY"])
    } else if RISFields.types[kind] == nil {
      fields.set(.type, kind, at: first["TY"])
    }
    return fields
  }

  /// Takes the most precise date of the same year.
  private mutating func setDate() {
    let read = dates.compactMap { entry in
      CatalogueDate.date(entry.text).map { (date: $0, place: entry.place) }
    }
    guard let year = (read.first { $0.date.month == nil } ?? read.first)?.date.year else {
      if let entry = dates.first { fields.set(.published, entry.text, at: entry.place) }
      return
    }
    let best = read.filter { $0.date.year == year }.max {
      $0.date.description.utf8.count < $1.date.description.utf8.count
    }
    if let best { fields.set(.published, best.date.description, at: best.place) }
  }

  private static let types: [String: PublicationType] = [
    "RPRT": .report, "JOUR": .article, "MGZN": .article, "NEWS": .article, "EJOUR": .article,
    "CPAPER": .article, "INPR": .article, "BOOK": .book, "EBOOK": .book, "EDBOOK": .book,
    "CHAP": .chapter, "ECHAP": .chapter, "CONF": .proceedings, "THES": .thesis, "DATA": .dataset,
    "AGGR": .dataset, "UNPB": .workingPaper, "GOVDOC": .report, "STAND": .report, "GEN": .other,
    "ELEC": .other, "BLOG": .other, "MISC": .other, "WEB": .other,
  ]
}

extension CatalogueFields {
  /// A name as it reads in a sentence, if it is written with the family name first.
  static func readingOrder(_ name: String) -> String {
    guard name.contains(",") else { return name }
    let parsed = AuthorName(name)
    return parsed.person == nil ? name : parsed.text
  }

  /// Sets the slug when an address is one of this program's pages, the source otherwise.
  mutating func setAddress(_ address: String, _ name: String, at place: CataloguePlace) {
    let end = address.split(separator: "/").suffix(2)
    if end.first == "publications", let identifier, end.last.map(String.init) == identifier,
      Slug(identifier) != nil
    {
      set(.slug, identifier, at: place)
    } else if has(.source) {
      setOther(name, address, at: place)
    } else {
      set(.source, address, at: place)
    }
  }
}
