// ISO 32000-1 §14.3.3, table 317: Author, found on the first pages.

/// Finds the names below the title, or after “by”.
struct AuthorGuess {
  private(set) var found: Guess<[String]>?

  init(pages: [[FlowLine]], after place: TitleGuess.Place?) {
    guard let place, place.page < pages.count else { return }
    var names: [String] = []
    var isSaid = false
    var isWaiting = false
    let common = Self.commonWords(pages)
    // A name whose last part is on the next line.
    var carried = ""
    for (distance, line) in pages[place.page].dropFirst(place.line).prefix(14).enumerated() {
      let text = carried + line.text.replacing("\t", with: ", ")
      carried = ""
      if Self.endsSearch(text) { break }
      if names.count > 40 { return }
      let (body, hasBy) = Self.withoutBy(text)
      if body.isEmpty, hasBy {
        isWaiting = true
        continue
      }
      var parts = Self.parts(of: body)
      if let last = parts.last, parts.dropLast().allSatisfy(Self.isName), Self.isCutShort(last) {
        carried = last + " "
        parts.removeLast()
        if parts.isEmpty { continue }
      }
      let whole = parts.count(where: Self.isName)
      // Names that cannot be separated: some of the authors would be wrong.
      if whole > 0, whole < parts.count, distance < 6 { return }
      if parts.contains(where: Self.isTwoNames) { return }
      if whole == 0 {
        // A subtitle or an affiliation; running text ends the search.
        if text.utf8.count > 110 { break }
        isWaiting = false
        continue
      }
      // Words that also occur in lower case are not names.
      if parts.contains(where: { Self.isCommon($0, common) }) { return }
      if names.isEmpty, distance > 4, !hasBy, !isWaiting { break }
      isSaid = isSaid || hasBy || isWaiting
      names += parts
    }
    var seen: Set<String> = []
    names = names.filter { seen.insert($0).inserted }
    guard !names.isEmpty else { return }
    found = Guess(names, isSaid ? 0.88 : names.count > 1 ? 0.78 : 0.68, .pages)
  }

  private static func endsSearch(_ text: String) -> Bool {
    let plain = PlainWords.plain(text)
    return [
      "abstract", "summary", "introduction", "contents", "table of contents", "keywords",
      "zusammenfassung", "résumé", "resumen", "sammanfattning", "executive summary",
    ].contains { plain == $0 || plain.hasPrefix($0 + " ") }
  }

  /// The text after a word that introduces authors.
  private static func withoutBy(_ text: String) -> (String, Bool) {
    for word in [
      "Prepared by", "Written by", "Authored by", "Authors:", "Author:", "By:", "By", "by", "BY",
      "Von", "von", "Par", "par", "Por", "por", "Av", "av",
    ] where text.hasPrefix(word) {
      let rest = text.dropFirst(word.count)
      if rest.isEmpty || rest.first == " " || word.hasSuffix(":") {
        return (String(rest).trimmedSpaces, true)
      }
    }
    return (text, false)
  }

  /// The names of a line.
  private static func parts(of line: String) -> [String] {
    guard line.utf8.count < 400 else { return [] }
    var text = line
    for word in [" and ", " & ", " und ", " et ", " och ", " y ", " e ", " with "] {
      text = text.replacing(word, with: ", ")
    }
    if text.hasPrefix("and ") { text = String(text.dropFirst(4)) }
    return text.split { ",;·•|".contains($0) }
      .map { withoutMarks(String($0)) }.filter { !$0.isEmpty && !isDegree($0) }
  }

  /// Whether a name ends with an initial, so that it continues.
  private static func isCutShort(_ name: String) -> Bool {
    let words = name.split(separator: " ")
    return words.count >= 2 && words.last.map { $0.count == 2 && $0.last == "." } == true
      && words.allSatisfy { $0.first?.isUppercase == true }
  }

  /// Whether a part has four whole words, like two names without a separator.
  private static func isTwoNames(_ part: String) -> Bool {
    let words = part.split(separator: " ")
    return words.count >= 4 && isName(part)
      && words.allSatisfy { $0.count > 2 && !particles.contains($0.lowercased()) }
  }

  /// Words that occur in lower case on the first pages.
  private static func commonWords(_ pages: [[FlowLine]]) -> Set<Substring> {
    var words: Set<Substring> = []
    for line in pages.joined() where words.count < 5000 {
      for word in line.text.split(whereSeparator: { !$0.isLetter })
      where word.first?.isLowercase == true { words.insert(word) }
    }
    return words
  }

  private static func isCommon(_ name: String, _ common: Set<Substring>) -> Bool {
    name.split(separator: " ").filter { $0.count > 2 }
      .allSatisfy { common.contains($0.lowercased()[...]) }
  }

  /// Without the digits and symbols that refer to affiliations.
  private static func withoutMarks(_ text: String) -> String {
    let scalars = text.unicodeScalars.filter { scalar in
      !(scalar.isASCII && isDigit(UInt8(scalar.value)))
        && !"*†‡§¶∗¹²³".unicodeScalars.contains(scalar)
        && !(0x2070...0x2079).contains(scalar.value)
    }
    var result = String(String.UnicodeScalarView(scalars)).trimmedSpaces
    for title in ["Dr. ", "Prof. ", "Professor ", "Dr ", "Mr. ", "Ms. ", "Mrs. "]
    where result.hasPrefix(title) {
      result = String(result.dropFirst(title.count))
    }
    return result
  }

  private static func isDegree(_ text: String) -> Bool {
    ["PhD", "Ph.D.", "Ph.D", "MD", "M.D.", "MA", "MSc", "MPH", "Jr.", "Jr", "Sr.", "JD", "J.D."]
      .contains(text)
  }

  private static let particles: Set<String> = [
    "de", "da", "do", "dos", "das", "di", "del", "della", "der", "den", "van", "von", "zu", "la",
    "le", "du", "al", "el", "bin", "ibn", "af", "av", "ter", "ten", "y", "e",
  ]

  /// Words that occur in titles, series and places, but not in names of persons.
  private static let others: Set<String> = [
    "paper", "report", "series", "university", "institute", "policy", "research", "service",
    "department", "center", "centre", "national", "congressional", "working", "brief",
    "international", "office", "press", "review", "journal", "government", "ministry",
    "committee", "board", "summary", "abstract", "introduction", "contents", "version", "draft",
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "published", "updated", "submitted", "software", "license", "the",
    "of", "for", "in", "on", "and", "state", "states", "united", "school", "college", "faculty",
    "division", "foundation", "association", "society", "group", "project", "program",
    "programme", "technical", "discussion", "issue", "volume", "number", "edition", "page",
    "figure", "table", "chapter", "part", "security", "economic", "development", "science",
    "sciences", "studies", "analysis", "north", "south", "east", "west", "northeast", "asia",
    "europe", "america", "africa", "european", "american", "agency", "bureau", "library",
    "archive", "data", "public", "world", "bank", "union", "council", "commission", "new", "york",
    "london", "washington", "embargoed", "ambassador", "delegation", "head", "minister",
    "president", "director", "secretary", "specialist", "analyst", "coordinator", "professor",
    "statement", "testimony", "hearing", "senate", "house", "excellency", "his", "her", "to",
    "from", "with", "annual", "quarterly", "handbook", "manual", "guide", "information",
    "management", "health", "energy", "climate", "environment", "environmental", "law", "laws",
    "act", "federal", "county", "city", "street", "avenue", "road", "available", "online",
    "copyright", "rights", "reserved", "general", "special", "first", "second", "final", "open",
    "access", "article", "original", "repository", "document", "form", "name", "title",
  ]

  /// Whether a text is a name: two to five capitalized words, of which one can be an initial.
  static func isName(_ text: String) -> Bool {
    let words = text.split(separator: " ").map(String.init)
    guard (2...5).contains(words.count), text.utf8.count < 60 else { return false }
    var whole = 0
    for word in words {
      let plain = word.lowercased()
      if particles.contains(plain) { continue }
      guard !others.contains(plain.filter(\.isLetter)), let first = word.unicodeScalars.first,
        first.properties.isUppercase, !isIdeographic(first)
      else { return false }
      let letters = word.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ".-’'‐".unicodeScalars.contains($0)
      }
      guard letters else { return false }
      if word.count > 2 || !word.hasSuffix(".") && word.count > 1 { whole += 1 }
      // Words in capitals are more often headings.
      if word.count > 3, word == word.uppercased() { return false }
    }
    return whole >= 1 && words.last.map { $0.count > 1 } == true
  }
}
