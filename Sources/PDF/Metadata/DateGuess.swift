// ISO 32000-1 §14.3.3 has the date of the file; the date of publication is on the first pages.

/// Finds the publication date near the title or in the imprint.
struct DateGuess {
  private(set) var found: Guess<GuessedDate>?

  /// A date in a line.
  struct Found {
    var date: GuessedDate
    /// The text before it, in lower case.
    var before: String
    /// Its share of the line's length.
    var share: Double
  }

  init(pages: [[FlowLine]], created: String?) {
    var best: [(date: GuessedDate, confidence: Double)] = []
    for (page, lines) in pages.enumerated() {
      for line in lines.prefix(200) {
        for found in Self.dates(in: line.text) {
          guard let confidence = Self.confidence(found, page: page) else { continue }
          best.append((found.date, confidence))
        }
      }
    }
    guard let top = best.max(by: { $0.confidence < $1.confidence }) else { return }
    // Several equally likely dates are unclear, unless one is a more precise form of the other.
    let rivals = best.filter {
      $0.confidence > top.confidence - 0.05 && !Self.agree($0.date, top.date)
    }
    var confidence = top.confidence - (rivals.isEmpty ? 0 : 0.2)
    let month = top.date.month.map { $0 < 10 ? "0\($0)" : "\($0)" }
    let stamp = "\(top.date.year)" + (month.map { "-\($0)" } ?? "")
    if created?.hasPrefix(stamp) == true { confidence = min(confidence + 0.1, 0.97) }
    guard confidence >= Guesses.threshold else { return }
    let exact = best.filter { Self.agree($0.date, top.date) && $0.confidence > 0.5 }
      .max { Self.parts($0.date) < Self.parts($1.date) }
    found = Guess(exact?.date ?? top.date, confidence, .pages)
  }

  private static func confidence(_ found: Found, page: Int) -> Double? {
    let refused = [
      "accessed", "retrieved", "submitted", "received", "accepted", "born", "since", "abgerufen",
      "consulté", "hämtad", "expires", "until", "before", "after", "from", "between",
    ]
    let last = found.before.suffix(40)
    if refused.contains(where: { last.contains($0) }) { return nil }
    let labels = [
      "published", "publication date", "date of publication", "issued", "release date", "date:",
      "veröffentlicht", "erschienen", "publié", "publicado", "utgiven", "publicerad", "发布",
    ]
    let penalty = found.date.month == nil ? 0.15 : 0
    if labels.contains(where: { last.contains($0) }) { return 0.9 - penalty - 0.05 * Double(page) }
    if last.contains("updated") || last.contains("revised") { return 0.72 - penalty }
    if found.date.month == nil {
      // A year alone counts only after a copyright sign.
      return last.contains("©") || last.contains("copyright") ? 0.6 : nil
    }
    if found.share > 0.6 { return page == 0 ? 0.76 : 0.58 }
    if found.share > 0.3, found.before.utf8.count < 60 { return page == 0 ? 0.66 : 0.55 }
    return nil
  }

  private static func parts(_ date: GuessedDate) -> Int {
    date.day != nil ? 3 : date.month != nil ? 2 : 1
  }

  private static func agree(_ one: GuessedDate, _ other: GuessedDate) -> Bool {
    one.year == other.year
      && (one.month == nil || other.month == nil || one.month == other.month)
      && (one.day == nil || other.day == nil || one.day == other.day)
  }

  // MARK: Dates in a line

  /// The first letters of month names in major European languages; the longest match counts.
  private static let months: [(name: String, month: Int)] = [
    ("jan", 1), ("janvier", 1), ("enero", 1), ("gennaio", 1), ("feb", 2), ("févr", 2),
    ("fevereiro", 2), ("mar", 3), ("mär", 3), ("maart", 3), ("apr", 4), ("avril", 4),
    ("abril", 4), ("may", 5), ("mai", 5), ("maj", 5), ("mayo", 5), ("maio", 5), ("maggio", 5),
    ("mei", 5), ("jun", 6), ("juin", 6), ("giugno", 6), ("jul", 7), ("juil", 7), ("luglio", 7),
    ("aug", 8), ("août", 8), ("agosto", 8), ("sep", 9), ("set", 9), ("oct", 10), ("okt", 10),
    ("out", 10), ("ottobre", 10), ("nov", 11), ("dec", 12), ("dez", 12), ("déc", 12), ("dic", 12),
  ]

  /// The remaining letters of month names, so that “marble” is not a month.
  private static let wholeNames: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "januar", "februar", "märz", "mai", "juni", "juli",
    "oktober", "dezember", "janvier", "février", "mars", "avril", "juin", "juillet", "août",
    "septembre", "octobre", "novembre", "décembre", "enero", "febrero", "marzo", "abril", "mayo",
    "junio", "julio", "agosto", "septiembre", "setiembre", "octubre", "noviembre", "diciembre",
    "januari", "februari", "maj", "augusti", "gennaio", "febbraio", "aprile", "maggio", "giugno",
    "luglio", "settembre", "ottobre", "dicembre", "janeiro", "fevereiro", "março", "maio",
    "junho", "julho", "setembro", "outubro", "novembro", "dezembro", "maart", "mei", "augustus",
    "marts", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
  ]

  private static func month(_ word: String) -> Int? {
    guard wholeNames.contains(word) else { return nil }
    return months.filter { word.hasPrefix($0.name) }.max { $0.name.count < $1.name.count }?.month
  }

  /// The dates of a line that are complete enough for a publication date.
  static func dates(in line: String) -> [Found] {
    guard line.utf8.count < 600 else { return [] }
    let tokens = tokens(of: line.lowercased())
    var result: [Found] = []
    var index = 0
    while index < tokens.count {
      guard let (date, count) = date(tokens, at: index) else {
        index += 1
        continue
      }
      let before = tokens[..<index].joined(separator: " ")
      let inside = tokens[index..<index + count].reduce(0) { $0 + $1.count }
      let all = tokens.reduce(0) { $0 + $1.count }
      result.append(
        Found(date: date, before: before, share: Double(inside) / Double(max(all, 1))))
      index += count
    }
    return result
  }

  /// Words and numbers; “©”, “:” and “-” are the only punctuation kept.
  private static func tokens(of line: String) -> [String] {
    var tokens: [String] = []
    var word = ""
    var isNumber = false
    func end() {
      if !word.isEmpty { tokens.append(word) }
      word = ""
    }
    for character in line {
      let isDigit = character.isASCII && character.isNumber
      if character.isLetter || isDigit {
        if !word.isEmpty, isDigit != isNumber { end() }
        isNumber = isDigit
        word.append(character)
      } else {
        end()
        if "©:-/.".contains(character) { tokens.append(String(character)) }
      }
    }
    end()
    return tokens
  }

  private static func date(_ tokens: [String], at index: Int) -> (GuessedDate, Int)? {
    func token(_ offset: Int) -> String {
      index + offset < tokens.count ? tokens[index + offset] : ""
    }
    func number(_ offset: Int, _ range: ClosedRange<Int>) -> Int? {
      let text = token(offset)
      guard text.utf8.count <= 4, let value = Int(text), range.contains(value) else { return nil }
      return value
    }
    let years = 1900...2100
    // 2010-02-25 and 2010. 2. 25.
    if let year = number(0, years), token(0).utf8.count == 4 {
      for separator in ["-", "."] where token(1) == separator && token(3) == separator {
        if let month = number(2, 1...12), let day = number(4, 1...31) {
          return (GuessedDate(year: year, month: month, day: day), 5)
        }
      }
      for (yearSign, monthSign, daySign) in [("年", "月", "日"), ("년", "월", "일")]
      where token(1) == yearSign {
        guard let month = number(2, 1...12), token(3) == monthSign else { continue }
        if let day = number(4, 1...31), token(5) == daySign {
          return (GuessedDate(year: year, month: month, day: day), 6)
        }
        return (GuessedDate(year: year, month: month), 4)
      }
    }
    // February 25 2010, February 2010.
    if let month = month(token(0)) {
      let dot = token(1) == "." ? 1 : 0
      if let day = number(1 + dot, 1...31), token(1 + dot).utf8.count <= 2 {
        let suffix = ["st", "nd", "rd", "th"].contains(token(2 + dot)) ? 1 : 0
        if let year = number(2 + dot + suffix, years) {
          return (GuessedDate(year: year, month: month, day: day), 3 + dot + suffix)
        }
      }
      let of = ["de", "of"].contains(token(1 + dot)) ? 1 : 0
      if let year = number(1 + dot + of, years) {
        return (GuessedDate(year: year, month: month), 2 + dot + of)
      }
    }
    // 25 February 2010, 25. Februar 2010, 25 de febrero de 2010.
    if let day = number(0, 1...31), token(0).utf8.count <= 2 {
      var place = 1
      if [".", "de", "st", "nd", "rd", "th", "er", "º"].contains(token(place)) { place += 1 }
      if let month = month(token(place)) {
        place += 1
        if ["de", "."].contains(token(place)) { place += 1 }
        if let year = number(place, years) {
          return (GuessedDate(year: year, month: month, day: day), place + 1)
        }
      }
    }
    // A year after a copyright sign.
    if let year = number(0, years), token(0).utf8.count == 4,
      tokens[..<index].suffix(4).contains(where: { $0 == "©" || $0 == "copyright" })
    {
      return (GuessedDate(year: year), 1)
    }
    return nil
  }
}
