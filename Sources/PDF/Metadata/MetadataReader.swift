// ISO 32000-1 §14.3: the document information dictionary, and metadata streams (XMP, ISO 16684-1).

/// Reads the metadata of a document.
///
/// A metadata stream takes precedence over the information dictionary, which PDF 2.0 deprecates.
/// Defaults that programs leave are left out: a wrong title is worse than none.
struct MetadataReader {
  private let document: Document

  init(_ document: Document) { self.document = document }

  func metadata() -> Metadata {
    let info = document.dictionary(document.trailer["Info"]) ?? [:]
    let packet = packet()
    var metadata = Metadata()
    metadata.title = [packet.first("dc:title"), text(info["Title"])]
      .compactMap { $0 }.first { !Leftovers.isTitle($0) }
    var authors = (packet.values["dc:creator"] ?? []).flatMap(Self.names)
    if authors.isEmpty { authors = text(info["Author"]).map(Self.names) ?? [] }
    metadata.authors = authors.filter { !Leftovers.isName($0) }
    metadata.subject = packet.first("dc:description") ?? text(info["Subject"])
    metadata.keywords = packet.values["dc:subject"] ?? []
    if metadata.keywords.isEmpty {
      metadata.keywords = Self.keywords(packet.first("pdf:Keywords") ?? text(info["Keywords"]))
    }
    metadata.creator = packet.first("xmp:CreatorTool") ?? text(info["Creator"])
    metadata.producer = packet.first("pdf:Producer") ?? text(info["Producer"])
    metadata.created = date(info["CreationDate"]) ?? packet.first("xmp:CreateDate")
    metadata.modified = date(info["ModDate"]) ?? packet.first("xmp:ModifyDate")
    metadata.language = text(document.catalog?["Lang"]) ?? packet.first("dc:language")
    return metadata
  }

  func facts(pagesWithoutText: Int) -> DocumentFacts {
    let catalog = document.catalog
    let marks = document.dictionary(catalog?["MarkInfo"])
    let isMarked =
      if case .boolean(true) = document.resolve(marks?["Marked"]) { true } else { false }
    return DocumentFacts(
      isEncrypted: document.security != nil, pagesWithoutText: pagesWithoutText,
      isTagged: isMarked && document.dictionary(catalog?["StructTreeRoot"]) != nil,
      language: text(catalog?["Lang"]))
  }

  private func packet() -> MetadataPacket {
    guard let stream = document.stream(document.catalog?["Metadata"]) else {
      return MetadataPacket([])
    }
    return MetadataPacket(Array(document.decode(stream).prefix(1 << 20)))
  }

  /// A text string on one line, cut to a plausible length.
  private func text(_ object: Object?) -> String? {
    guard let bytes = document.string(object) else { return nil }
    return plainText(textString(Array(bytes.prefix(4096))))
  }

  // MARK: Lists

  /// The names in one entry, separated by semicolons, or by commas if each part is a whole name.
  private static func names(_ entry: String) -> [String] {
    var parts = entry.split(separator: ";").map { String($0) }
    if parts.count == 1 {
      let byComma = entry.split(separator: ",").map { String($0) }
      if byComma.allSatisfy({ $0.split(separator: " ").count > 1 }) { parts = byComma }
    }
    return parts.flatMap { $0.split(separator: " and ").map { String($0) } }.compactMap(plainText)
  }

  private static func keywords(_ entry: String?) -> [String] {
    guard let entry else { return [] }
    let separator: Character = entry.contains(";") ? ";" : ","
    return entry.split(separator: separator).prefix(100).compactMap { plainText(String($0)) }
  }

  // MARK: Dates

  /// A date (§7.9.4) in ISO 8601, as precise as given; nil if it is not a date.
  private func date(_ object: Object?) -> String? {
    guard let bytes = document.string(object) else { return nil }
    var digits: [Int] = []
    var rest = bytes.starts(with: [0x44, 0x3A]) ? bytes.dropFirst(2) : bytes[...]
    while let byte = rest.first, isDigit(byte), digits.count < 14 {
      digits.append(Int(byte - 0x30))
      rest = rest.dropFirst()
    }
    func field(_ start: Int, _ count: Int) -> Int? {
      guard digits.count >= start + count else { return nil }
      return digits[start..<start + count].reduce(0) { $0 * 10 + $1 }
    }
    guard let year = field(0, 4), (1900...2200).contains(year) else { return nil }
    var text = "\(year)"
    guard let month = field(4, 2), (1...12).contains(month) else { return text }
    text += "-" + Self.two(month)
    guard let day = field(6, 2), (1...31).contains(day) else { return text }
    text += "-" + Self.two(day)
    guard let hour = field(8, 2), hour < 24, let minute = field(10, 2), minute < 60 else {
      return text
    }
    text += "T\(Self.two(hour)):\(Self.two(minute)):\(Self.two(min(field(12, 2) ?? 0, 59)))"
    return text + Self.offset(rest)
  }

  /// The offset from UTC, such as `+09'00'`; empty if unknown.
  private static func offset(_ bytes: ArraySlice<UInt8>) -> String {
    guard let sign = bytes.first else { return "" }
    if sign == 0x5A { return "Z" }
    let digits = bytes.dropFirst().filter(isDigit).prefix(4).map { Int($0 - 0x30) }
    guard sign == 0x2B || sign == 0x2D, digits.count >= 2 else { return "" }
    let hours = digits[0] * 10 + digits[1]
    let minutes = digits.count == 4 ? digits[2] * 10 + digits[3] : 0
    guard hours < 15, minutes < 60 else { return "" }
    if hours == 0, minutes == 0 { return "Z" }
    return (sign == 0x2B ? "+" : "-") + two(hours) + ":" + two(minutes)
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// A text without control and direction characters and with collapsed white space; nil if nothing
/// is left.
func plainText(_ text: String) -> String? {
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0..<0x21, 0x7F..<0xA1, 0x2028, 0x2029:
      if let last = scalars.last, last != " " { scalars.append(" ") }
    case 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFD: continue
    default: scalars.append(scalar)
    }
  }
  while scalars.last == " " { scalars.removeLast() }
  return scalars.isEmpty ? nil : String(scalars)
}

/// Values that programs write in place of titles and names.
enum Leftovers {
  /// Whether a title is a file name or a program's default.
  static func isTitle(_ title: String) -> Bool {
    let lower = title.lowercased()
    let defaults = [
      "untitled", "title", "document", "document1", "powerpoint presentation", "slide 1",
      "layout 1",
      "print", "none", "blank", "presentation", "no title", "unbenannt", "cover",
    ]
    if defaults.contains(lower) || lower.hasPrefix("untitled") { return true }
    for program in ["microsoft word - ", "microsoft powerpoint - ", "microsoft excel - "]
    where lower.hasPrefix(program) {
      return true
    }
    let endings = [
      ".doc", ".docx", ".pdf", ".indd", ".qxd", ".qxp", ".ai", ".tex", ".dvi", ".rtf", ".wpd",
      ".ppt",
      ".pptx", ".xls", ".xlsx", ".pub", ".ps", ".odt", ".txt", ".p65", ".fm", ".pmd",
    ]
    if endings.contains(where: { lower.hasSuffix($0) }) { return true }
    if isIdentifier(lower) { return true }
    // A single word with digits or underscores is a file name.
    if !title.contains(" "), title.contains("_") || title.contains(where: \.isNumber) {
      return true
    }
    return !title.contains(where: \.isLetter) || lower.contains("://")
  }

  /// Whether a title is an identifier: lower case with digits and no word.
  ///
  /// “PII: S0022-1996(19)30117-4”, “doi:10.1000/182”.
  private static func isIdentifier(_ title: String) -> Bool {
    guard title.unicodeScalars.contains(where: { (0x30...0x39).contains($0.value) }) else {
      return false
    }
    let labels: Set<String> = ["pii", "doi", "issn", "isbn", "arxiv", "msid", "manuscript", "no"]
    let words = title.split { $0 == " " || $0 == ":" || $0 == "_" }.filter { word in
      !labels.contains(String(word))
        && (word.count > 2 || word.contains { !$0.isASCII })
        && word.allSatisfy { $0.isLetter || "’'-.,;?!&".contains($0) }
    }
    return words.isEmpty
  }

  /// Whether a name is a role or an account.
  static func isName(_ name: String) -> Bool {
    let lower = name.lowercased()
    let defaults = [
      "admin", "administrator", "user", "owner", "unknown", "author", "anonymous", "none",
      "default",
      "microsoft office user", "windows user", "root", "guest", "test",
    ]
    if defaults.contains(lower) || name.count < 3 { return true }
    // A single word in lower case or with digits is an account.
    return !name.contains(" ") && (name == lower || name.contains(where: \.isNumber))
  }
}
