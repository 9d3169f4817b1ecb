/// The number of a report, such as “RR-1234”.
enum ReportNumber {
  /// A report number alone on its line or between separators of a running foot, such as “RR-1234”.
  static func find(
    _ front: [PageLines], _ back: [PageLines]
  ) -> (code: String, confidence: Double, page: Int)? {
    var found: [(code: String, page: Int, isAtEdge: Bool)] = []
    for page in front.prefix(4) + back {
      let lines = page.body
      let ends = Set(lines.indices.prefix(6)).union(lines.indices.suffix(4))
      for (index, line) in lines.enumerated() {
        guard let code = code(line.text) else { continue }
        found.append((code, page.number, ends.contains(index)))
      }
      for line in page.edges {
        if let code = code(line.text) { found.append((code, page.number, true)) }
      }
    }
    guard
      let first = found.first(where: { one in
        found.count(where: { $0.code == one.code }) > 1
      }) ?? found.first(where: \.isAtEdge)
    else { return nil }
    let others = Set(found.filter { $0.page == first.page && $0.isAtEdge }.map(\.code))
    let isRepeated = found.count(where: { $0.code == first.code }) > 1
    // A page with many codes lists them.
    guard others.count <= 3 else { return nil }
    return (first.code, isRepeated ? 0.84 : first.page == 1 ? 0.68 : 0.62, first.page)
  }

  /// The report number of a line that has little else.
  private static func code(_ line: String) -> String? {
    guard line.utf8.count < 120, line.utf8.contains(where: isDigit) else { return nil }
    let segments = Segments.of(line)
    guard segments.count <= 4 else { return nil }
    return segments.first(where: isCode)
  }

  /// Whether a text consists of the capitals and digits of a report number.
  ///
  /// “R45100”, “IN12678”, “RR-1234-A”, “NUREG/CR-6500, Rev. 1”.
  private static func isCode(_ text: String) -> Bool {
    if isCommissionDocument(text) { return true }
    let body: Substring
    if let comma = text.firstRange(of: ", Rev. ") {
      body = text[..<comma.lowerBound]
    } else {
      body = text[...]
    }
    guard (5...24).contains(body.count), let first = body.first, first.isUppercase, first.isASCII,
      body.allSatisfy({ $0.isASCII && ($0.isUppercase || $0.isNumber || "-/. ".contains($0)) }),
      let last = body.last, last.isNumber || last.isUppercase
    else { return false }
    return isCodeWord(body) || isNumberedCode(body)
  }

  /// Whether a text is letters and a divided number, such as “ARI 56/2018” or “GAO 12-345”.
  private static func isNumberedCode(_ text: Substring) -> Bool {
    let words = text.split(separator: " ")
    return words.count == 2 && (2...6).contains(words[0].count)
      && words[0].allSatisfy(\.isUppercase)
      && words[1].allSatisfy { $0.isNumber || "/-".contains($0) }
      && words[1].contains { "/-".contains($0) } && !refusedCodes.contains(String(words[0]))
  }

  /// Whether a text is the number of a document of the European Commission: “COM(2019) 213 final”.
  private static func isCommissionDocument(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    guard (2...3).contains(words.count), words[1].allSatisfy(\.isNumber),
      words.count == 2 || words[2] == "final",
      let bracket = words[0].firstIndex(of: "(")
    else { return false }
    return words[0][..<bracket].allSatisfy(\.isUppercase) && words[0].filter(\.isNumber).count == 4
      && words[0].hasSuffix(")")
  }

  private static func isCodeWord(_ body: Substring) -> Bool {
    guard body.allSatisfy({ $0 != " " }) else { return false }
    let digits = body.filter(\.isNumber).count
    let letters = body.prefix { !$0.isNumber }.filter(\.isLetter).count
    guard digits >= 2, digits + letters >= 5, (1...8).contains(letters) else { return false }
    return !refusedCodes.contains(String(body.prefix { $0.isLetter }))
  }

  /// Letters before numbers of other things: years, standards, boxes, sums.
  private static let refusedCodes: Set<String> = [
    "FY", "CY", "COVID", "ISBN", "ISSN", "DOI", "ISO", "PO", "USD", "EUR", "CH", "HTTP", "TEL",
    "FAX",
    "HR", "UTC",
  ]
}
