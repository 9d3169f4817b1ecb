// ISO 32000-1 §14.3.3 has no entry for them: a series and its number are on the title page, in running
// heads and feet, or in the document's own citation.

/// Finds the series and the number of a document in it, or of a report.
struct SeriesGuess {
  private(set) var series: Guess<String>?
  private(set) var number: Guess<String>?

  /// A series with a number, or one of them.
  struct Found: Equatable {
    var series: String?
    var number: String?
  }

  /// - Parameters:
  ///   - front: The first pages.
  ///   - back: The last pages, without those.
  ///   - title: The title, which precedes the journal in a citation.
  init(front: [PageLines], back: [PageLines], title: String?) {
    if let (found, page) = OwnCitation.read(front, title: title) {
      series = found.series.map { Guess($0, 0.88, .pages, page: page) }
      number = found.number.map { Guess($0, 0.86, .pages, page: page) }
      return
    }
    readTitlePages(front, title: title.map(PlainWords.plain) ?? "")
    if number == nil, let (code, confidence, page) = ReportNumber.find(front, back) {
      number = Guess(code, confidence, .pages, page: page)
      if series == nil, let banner = Self.banner(front.first) {
        series = Guess(banner, 0.7, .pages, page: front.first?.number)
      }
    }
  }

  // MARK: Title page

  private mutating func readTitlePages(_ pages: [PageLines], title: String) {
    for page in pages.prefix(2) {
      let lines = page.edges.map { ($0, true) } + page.body.prefix(30).map { ($0, false) }
      for (line, isEdge) in lines where line.text.utf8.count < 200 {
        let plain = PlainWords.plain(line.text)
        guard plain != title, let found = Self.series(in: line.text) else { continue }
        // A series without a number can be part of the title.
        let confidence = found.series != nil && found.number != nil ? 0.82 : isEdge ? 0.66 : 0.64
        if series == nil, let name = found.series {
          series = Guess(name, confidence, .pages, page: page.number)
        }
        if number == nil, let value = found.number {
          number = Guess(value, confidence, .pages, page: page.number)
        }
      }
      if series != nil || number != nil { return }
    }
  }

  /// A journal with its volume and year: “Journal of Ports 12 (2018) 345–367”.
  private static func volume(_ text: String) -> Found? {
    let words = text.split(separator: " ")
    guard
      let place = words.indices.dropFirst(2).first(where: { index in
        let word = words[index]
        return word.hasPrefix("(") && word.filter(\.isNumber).count == 4 && word.count <= 7
      }), words[place - 1].allSatisfy(\.isNumber), place <= 10
    else { return nil }
    let name = words[..<(place - 1)].joined(separator: " ").trimmedPunctuation
    return isSeriesName(name) ? Found(series: name, number: String(words[place - 1])) : nil
  }

  /// The series and the number in a line; nil if there is none.
  ///
  /// “Policy Paper 14 · Northeast Asia Series”, “R&D Policy & Procedure No. 3”, “MMWR / January 14,
  /// 2011 / Vol. 60”, “Schriftenreihe des Hafens, Heft 3/2011”.
  static func series(in line: String) -> Found? {
    guard line.utf8.count < 200, !endsSentence(line) || line.utf8.count < 80 else { return nil }
    if let found = volume(line) ?? ordinal(line) { return found }
    var found = Found()
    let segments = Segments.of(line)
    for (index, segment) in segments.enumerated() {
      if let (name, number) = numbered(segment) {
        if found.number == nil { found.number = number }
        if let name, found.series == nil || !isNamedSeries(found.series ?? "") {
          found.series = name
        } else if name == nil, found.series == nil, index > 0, segments.count > 1,
          let first = segments.first, isMasthead(first), segments.count <= 4
        {
          // “MMWR / January 14, 2011 / Vol. 60”
          found.series = first
        }
      } else if isNamedSeries(segment) {
        found.series = segment
      }
    }
    if found.number == nil, found.series.map(isNamedSeries) != true { return nil }
    return found.series == nil && found.number == nil ? nil : found
  }

  private static let numberWords: Set<Substring> = [
    "no", "nr", "n°", "nº", "№", "number", "nummer", "num", "núm", "numéro", "número", "heft",
    "band",
    "bd", "vol", "volume", "issue", "nro", "выпуск", "том", "вып", "jahrgang", "jg", "tome",
    "ausgabe", "nummer", "edition",
  ]

  private static let nouns: Set<Substring> = [
    "paper", "papers", "report", "reports", "brief", "briefs", "series", "bulletin", "memo",
    "memorandum", "notes", "note", "insight", "insights", "review", "journal", "newsletter",
    "studies", "study", "monograph", "monographs", "procedure", "circular", "guideline", "heft",
    "diskussionspapier", "arbeitspapier", "arbeitspapiere", "schriftenreihe", "schriften", "reihe",
    "bericht", "berichte", "studie", "studien", "cahier", "cahiers", "rapport", "rapporter",
    "document", "documento", "documentos", "cuaderno", "cuadernos", "serie", "série", "skrifter",
    "skriftserie", "meddelanden", "proceedings", "publikation", "publikationen", "publications",
    "analyse", "analysen", "analys", "beiträge", "texte", "hefte", "препринт", "сборник", "вестник",
    "записка", "записки", "доклад", "доклады",
    "отчет", "отчёт", "обзор", "бюллетень", "труды", "fachserie", "trabajo",
    "commentary", "focus",
  ]

  private static let eastAsianNouns = [
    "ペーパー", "レポート", "叢書", "シリーズ", "報告", "報告書", "紀要", "研究", "论文", "報", "丛书", "系列", "报告",
    "연구", "보고서", "총서", "시리즈", "연구보고", "페이퍼", "리포트",
  ]

  /// Whether a word is a noun of series, or a compound with one: “Institutsberichte”.
  private static func isNoun(_ word: Substring) -> Bool {
    nouns.contains(word) || nouns.contains { $0.count >= 5 && word.hasSuffix($0) }
      || eastAsianNouns.contains { word.hasSuffix($0) }
  }

  /// A text that ends with a number: the name before it, if it names a series, and the number.
  private static func numbered(_ text: String) -> (name: String?, number: String)? {
    var words = text.split(separator: " ")
    // The rest of a head: “… No. 3 Effective 3/17/04”.
    if let cut = words.indices.dropFirst(2).first(where: { index in
      isNumber(words[index - 1]) && numberWords.contains(plain(words[index - 2]))
    }) {
      words = Array(words[..<cut])
    }
    guard words.count >= 2, words.count <= 16, let last = words.last, isNumber(last) else {
      return nil
    }
    let number = String(last).trimmedPunctuation
    let label = plain(words[words.count - 2])
    if numberWords.contains(label) {
      var name = words.dropLast(2)
      while let end = name.last, [",", "–", "-", ":", "·"].contains(end) { name.removeLast() }
      let text = name.joined(separator: " ").trimmedPunctuation
      if text.isEmpty { return (nil, number) }
      if isSeriesName(text) { return (text, number) }
      // “Asie.Visions, n° 110”
      let isApart = words[words.count - 3].hasSuffix(",")
      return isApart && words.count <= 8 && isPeriodical(text) ? (text, number) : nil
    }
    // “Policy Paper 14”, “CRS Report R45100”, “Working Paper WP/12/34”
    let isDivided = last.contains { "/-".contains($0) }
    guard isNoun(label) || isDivided && isNoun(plain(words[0])), words.count <= 7, !isYear(last)
    else {
      return nil
    }
    let name = words.dropLast().joined(separator: " ")
    return isSeriesName(name) ? (name, number) : nil
  }

  /// A name before an East Asian number: “정책포럼 제 275호”, “港口研究 第3期”.
  private static func ordinal(_ text: String) -> Found? {
    guard let place = text.firstIndex(where: { "제第".contains($0) }), place > text.startIndex else {
      return nil
    }
    let rest = text[text.index(after: place)...].drop { $0 == " " }
    let number = rest.prefix(while: \.isNumber)
    let name = String(text[..<place]).trimmedPunctuation
    guard !number.isEmpty, number.count <= 5, name.count >= 2, name.count <= 40,
      !name.contains(where: \.isNumber),
      rest.dropFirst(number.count).drop(while: { $0 == " " }).first.map({ "호号號期집巻卷輯".contains($0) })
        == true
    else { return nil }
    return Found(series: name, number: String(number))
  }

  /// Whether a name before a comma and a number can be that of a series: not of a contract or a form.
  private static func isPeriodical(_ text: String) -> Bool {
    let refused: Set<Substring> = [
      "contract", "licence", "license", "form", "docket", "grant", "appendix", "table", "figure",
      "building", "room", "suite", "account", "project", "invoice", "order", "bill", "act", "case",
      "tel", "telephone", "street", "box", "vertrag", "formular", "konto", "contrat", "projet",
    ]
    let words = PlainWords.plain(text).split(separator: " ")
    return text.first?.isUppercase == true && !text.contains(where: \.isNumber)
      && !words.contains(where: refused.contains)
  }

  private static func plain(_ word: Substring) -> Substring {
    let lower = word.lowercased()
    return Substring(lower.filter { $0.isLetter || "°º№".contains($0) })
  }

  /// Whether a word is a number, such as “14”, “R40001”, “WP/12/34”, “3/2011” or “47.”.
  private static func isNumber(_ word: Substring) -> Bool {
    let text = String(word).trimmedPunctuation
    guard (1...14).contains(text.count), text.contains(where: \.isNumber) else { return false }
    return text.allSatisfy { $0.isNumber && $0.isASCII || $0.isUppercase || "/-.".contains($0) }
      && text.filter(\.isLetter).count <= 5
  }

  private static func isYear(_ word: Substring) -> Bool {
    Int(word).map { (1900...2100).contains($0) } == true
  }

  /// Whether a text before a number names a series: in title case, with a noun of series.
  private static func isSeriesName(_ text: String) -> Bool {
    let words = PlainWords.plain(text).split(separator: " ")
    guard (1...14).contains(words.count), text.first?.isLowercase != true,
      words.contains(where: isNoun), !text.contains("http")
    else { return false }
    // A reference to another publication is in a sentence.
    let refused: Set<Substring> = ["see", "siehe", "voir", "the", "this", "in", "table", "figure"]
    return words.first.map { !refused.contains($0) } == true
  }

  /// Whether a text is the name of a series: “Northeast Asia Series”, “Schriftenreihe des Instituts”.
  static func isNamedSeries(_ text: String) -> Bool {
    let words = PlainWords.plain(text).split(separator: " ")
    let series: Set<Substring> = [
      "series", "reihe", "schriftenreihe", "serie", "série", "skriftserie", "serien", "collection",
      "серия",
    ]
    guard (2...10).contains(words.count), text.first?.isUppercase == true, !endsSentence(text)
    else {
      return text.hasSuffix("叢書") || text.hasSuffix("シリーズ") || text.hasSuffix("시리즈")
    }
    return words.last.map(series.contains) == true
      || words.first.map(series.contains) == true
        && words.count > 2 && words[0] != "collection" && words[0] != "series"
  }

  /// Whether a text can be the name of a periodical in a running foot.
  private static func isMasthead(_ text: String) -> Bool {
    (2...60).contains(text.count) && text.first?.isUppercase == true
      && !text.contains(where: \.isNumber) && DateGuess.dates(in: text).isEmpty
      && text.split(separator: " ").count <= 7
  }

  /// A kind of document that stands apart on the title page: “INSIGHT”, “Working Paper”.
  private static func banner(_ page: PageLines?) -> String? {
    guard let page else { return nil }
    for line in page.body.prefix(4) where line.text.utf8.count < 40 {
      let words = PlainWords.plain(line.text).split(separator: " ")
      guard let last = words.last, words.count <= 3, isNoun(last) else { continue }
      let text = line.text.trimmedPunctuation
      let isInCapitals = !text.contains(where: \.isLowercase)
      return isInCapitals
        ? words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ") : text
    }
    return nil
  }
}

extension String {
  /// Without punctuation and spaces at both ends.
  fileprivate var trimmedPunctuation: String {
    let isMark: (Character) -> Bool = { " .,;:–—·|".contains($0) }
    guard let start = firstIndex(where: { !isMark($0) }),
      let end = lastIndex(where: { !isMark($0) })
    else { return "" }
    return String(self[start...end])
  }
}
