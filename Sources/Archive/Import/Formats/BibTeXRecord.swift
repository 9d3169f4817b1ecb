internal import TextRepair

/// The fields of a BibTeX entry as those of a record.
struct BibTeXRecord {
  private var fields = CatalogueFields()
  private let type: String
  private var values: [String: BibTeXEntry.Value]

  init(type: String, key: String, fields values: [String: BibTeXEntry.Value]) {
    self.type = type
    self.values = values
    fields.identifier = key
    fields.hasSeparateAuthors = true
  }

  mutating func addOther(_ name: String, _ value: BibTeXEntry.Value) {
    fields.setOther(name, BibTeXRecord.plain(value.text), at: value.place)
  }

  mutating func finished() -> CatalogueFields {
    setText(.title, ["title"])
    setText(.subtitle, ["subtitle"])
    setText(.abstract, ["abstract"])
    setAuthors()
    setDate()
    setTopics()
    setType()
    setText(.series, ["series", "journal", "journaltitle", "booktitle"])
    setText(.number, ["number", "issue"])
    setText(.issn, ["issn"])
    setText(.language, ["language", "langid", "hyphenation"])
    setText(.licence, ["copyright", "license", "licence", "rights"])
    setVerbatim(.doi, "doi")
    if let url = values.removeValue(forKey: "url") {
      fields.setAddress(BibTeXRecord.address(url.text), "url", at: url.place)
    }
    setFile()
    for (name, value) in values.sorted(by: { $0.key < $1.key }) { addOther(name, value) }
    if let key = fields.identifier, !key.isEmpty, !fields.has(.slug) {
      fields.setOther("citation-key", key)
    }
    return fields
  }

  /// A value as the text it prints.
  ///
  /// A blank line divides paragraphs; other line ends are spaces.
  private static func plain(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var paragraphs: [String] = [""]
    for line in lines {
      if line.allSatisfy(\.isWhitespace), lines.count > 1 {
        if paragraphs.last?.isEmpty == false { paragraphs.append("") }
      } else {
        paragraphs[paragraphs.count - 1] += (paragraphs.last?.isEmpty == true ? "" : " ") + line
      }
    }
    return plainText(ofLaTeX: paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n"))
  }

  /// An address without LaTeX around it; its characters count as they are.
  private static func address(_ text: String) -> String {
    var text = text.cleanedLine
    if text.hasPrefix("\\url{"), text.hasSuffix("}") { text = String(text.dropFirst(5).dropLast()) }
    return text.replacing("\\_", with: "_").replacing("\\%", with: "%")
      .replacing("\\&", with: "&").replacing("\\#", with: "#").filter { $0 != "{" && $0 != "}" }
  }

  /// Sets a field from the first value that is there; the others are stored under their names.
  private mutating func setText(_ field: CatalogueField, _ names: [String]) {
    for name in names where !fields.has(field) {
      guard let value = values.removeValue(forKey: name) else { continue }
      fields.setText(field, BibTeXRecord.plain(value.text), at: value.place)
    }
  }

  private mutating func setVerbatim(_ field: CatalogueField, _ name: String) {
    guard let value = values.removeValue(forKey: name) else { return }
    fields.setText(field, BibTeXRecord.address(value.text), at: value.place)
  }

  private mutating func setAuthors() {
    guard let value = values.removeValue(forKey: "author") else { return }
    var names: [String] = []
    for name in BibTeXRecord.divided(value.text) {
      if name.lowercased() == "others" {
        fields.setOther("and-others", "yes")
      } else if name.hasPrefix("{"), name.hasSuffix("}") {
        // Braces keep the name of an organization together.
        names.append(BibTeXRecord.plain(name).cleanedLine)
      } else {
        names.append(CatalogueFields.readingOrder(BibTeXRecord.plain(name).cleanedLine))
      }
    }
    fields.set("authors", .list(names), at: value.place)
  }

  /// The names that “and” separates outside of braces.
  private static func divided(_ text: String) -> [String] {
    var names: [String] = []
    var words: [Substring] = []
    var depth = 0
    for word in text.split(whereSeparator: \.isWhitespace) {
      if depth == 0, word.lowercased() == "and" {
        names.append(words.joined(separator: " "))
        words = []
        continue
      }
      for byte in word.utf8 {
        if byte == UInt8(ascii: "{") { depth += 1 }
        if byte == UInt8(ascii: "}") { depth -= 1 }
      }
      words.append(word)
    }
    names.append(words.joined(separator: " "))
    return names.filter { !$0.isEmpty }
  }

  private mutating func setDate() {
    if let value = values["date"] {
      // 2010-02/2010-04 is a range, 2010-02-25T… has a time, 2010~ is uncertain.
      let text = BibTeXRecord.plain(value.text).cleanedLine
      let first = text.prefix { $0 != "/" }.filter { $0 != "~" && $0 != "?" }
      if let date = CatalogueDate.iso(String(first)) ?? CatalogueDate.iso(text) {
        fields.set(.published, date, at: value.place)
        values["date"] = nil
        return
      }
    }
    guard let year = values.removeValue(forKey: "year") else {
      if let value = values.removeValue(forKey: "date") {
        fields.set(.published, BibTeXRecord.plain(value.text), at: value.place)
      }
      return
    }
    let text = BibTeXRecord.plain(year.text)
    let month = values["month"].map { BibTeXRecord.plain($0.text).cleanedLine }
    let day = values["day"].map { BibTeXRecord.plain($0.text) }
    // “10~jan” and jan # " 25" have a day beside the month.
    let words = month?.split { !$0.isLetter && !$0.isNumber }.map(String.init) ?? []
    let name = words.first { CatalogueDate.monthNumber($0) != nil } ?? words.first
    let number = words.first { $0 != name && Int($0) != nil }
    guard let date = CatalogueDate.date(year: text, month: name, day: day ?? number) else {
      fields.set(.published, CatalogueDate.iso(text) ?? text, at: year.place)
      return
    }
    fields.set(.published, date.description, at: year.place)
    if date.month != nil || month == nil { values["month"] = nil }
    if date.day != nil { values["day"] = nil }
  }

  private mutating func setTopics() {
    guard
      let value = values.removeValue(forKey: "keywords") ?? values.removeValue(forKey: "keyword")
    else { return }
    let text = BibTeXRecord.plain(value.text)
    let parts = text.split { text.contains(";") ? $0 == ";" : $0 == "," }
    fields.set("topics", .list(parts.map { String($0).cleanedLine }), at: value.place)
  }

  private mutating func setType() {
    if let value = values["type"], let type = CatalogueWords.type(BibTeXRecord.plain(value.text)) {
      values["type"] = nil
      return fields.set(.type, type.rawValue, at: value.place)
    }
    let known: PublicationType? =
      switch type {
      case "techreport", "report", "manual": .report
      case "article", "suppperiodical", "inproceedings", "conference": .article
      case "book", "mvbook", "collection", "mvcollection", "booklet": .book
      case "inbook", "incollection", "bookinbook", "suppbook", "suppcollection": .chapter
      case "proceedings", "mvproceedings": .proceedings
      case "phdthesis", "mastersthesis", "thesis": .thesis
      case "dataset": .dataset
      case "unpublished": .workingPaper
      case "misc", "online", "electronic", "www": .other
      default: nil
      }
    fields.set(.type, (known ?? .other).rawValue)
    if known == nil { fields.setOther("entry-type", type) }
  }

  /// Reads the path that Zotero and JabRef write: `Full text:files/12/a.pdf:application/pdf`.
  private mutating func setFile() {
    guard let value = values.removeValue(forKey: "file") ?? values.removeValue(forKey: "pdf") else {
      return
    }
    let text = BibTeXRecord.address(value.text).replacing("\\:", with: ":")
    let paths = text.split(separator: ";").map { part -> String in
      let pieces = part.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      let path =
        pieces.count >= 3 ? pieces[1..<(pieces.count - 1)].joined(separator: ":") : part + ""
      return path.cleanedLine
    }
    let first = paths.first { $0.lowercased().hasSuffix(".pdf") } ?? paths.first ?? ""
    fields.set(.pdf, first, at: value.place)
    if paths.count > 1 { fields.setOther("file", text, at: value.place) }
  }
}
