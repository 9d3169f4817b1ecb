/// The names of persons in a line.
enum AuthorNames {
  /// The names of a line or of joined lines; empty unless it consists of names.
  ///
  /// Degrees, email addresses and the marks of affiliations are left out.
  static func names(in text: String) -> [String] {
    let parts = parts(of: text)
    return !parts.isEmpty && parts.allSatisfy(isName) && !parts.contains(where: isTwoNames)
      ? parts : []
  }

  /// Words that separate names.
  private static let conjunctions: Set<Substring> = [
    "and", "&", "und", "et", "och", "y", "e", "with", "и", "og", "/", "AND", "UND", "ET", "OCH",
  ]

  /// The parts of a line that separators of names divide.
  static func parts(of line: String) -> [String] {
    guard line.utf8.count < 3000 else { return [] }
    let words = line.split { " \t".contains($0) }
    guard words.contains(where: { $0.first?.isLowercase != true }) else { return [] }
    var text = ""
    var rest = line[...]
    for word in words {
      // A tab divides cells.
      let gap = rest[..<word.startIndex]
      rest = line[word.endIndex...]
      text += gap.contains("\t") ? ", " : text.isEmpty ? "" : " "
      text += conjunctions.contains(word) ? "," : word
    }
    return withoutAffiliations(text).split { ",;·•|、，；".contains($0) }
      .map { cleaned(String($0)) }.filter { !$0.isEmpty && !isDegree($0) && !isAddress($0) }
  }

  /// A text with commas in place of the digits and symbols that refer to affiliations.
  ///
  /// They also separate names. Larger numbers stay.
  private static func withoutAffiliations(_ text: String) -> String {
    var result = ""
    var digits = ""
    var depth = 0
    func endDigits() {
      if !digits.isEmpty { result += digits.count < 3 ? "," : digits }
      digits = ""
    }
    for character in text {
      // An address, or the number of a note.
      if "([<".contains(character) { depth += 1 }
      if depth > 0 {
        if ")]>".contains(character) { depth -= 1 }
        continue
      }
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      endDigits()
      let isMark = "*†‡§¶∗‖#¹²³⁰⁴⁵⁶⁷⁸⁹".contains(character)
      result.append(isMark ? "," : character)
    }
    endDigits()
    return result
  }

  /// A name without honorifics, with a space after each initial.
  private static func cleaned(_ text: String) -> String {
    var result = text.trimmedSpaces
    if result.contains("-") { result = result.replacing(" -", with: "-") }
    while let honorific = honorifics.first(where: { result.hasPrefix($0) }) {
      result = String(result.dropFirst(honorific.count)).trimmedSpaces
    }
    var spaced = ""
    for (character, next) in zip(result, Array(result.dropFirst()) + [" "]) {
      spaced.append(character)
      if character == ".", next.isUppercase, result.contains(" ") || result.count > 6 {
        spaced.append(" ")
      }
    }
    return withPlainSurname(spaced)
  }

  /// “Anna LINDGREN” as “Anna Lindgren”.
  private static func withPlainSurname(_ name: String) -> String {
    let words = name.split(separator: " ")
    guard words.count > 1, let last = words.last, last.count > 2, last.allSatisfy(\.isUppercase),
      words.dropLast().contains(where: { $0.contains(where: \.isLowercase) })
    else { return name }
    return words.dropLast().joined(separator: " ") + " " + last.prefix(1)
      + last.dropFirst().lowercased()
  }

  private static let honorifics = [
    "Dr. ", "Prof. ", "Professor ", "Dr ", "Mr. ", "Ms. ", "Mrs. ", "His Excellency ",
    "Her Excellency ", "The Honorable ", "Hon. ", "PD ", "Dr.-Ing. ", "Herr ", "Frau ",
  ]

  static func isHonorific(_ text: String) -> Bool { honorifics.contains(text.trimmedSpaces + " ") }

  private static func isDegree(_ text: String) -> Bool {
    [
      "PhD", "Ph.D.", "Ph.D", "Ph. D.", "MD", "M.D.", "M. D.", "MA", "M.A.", "MSc", "MS", "M.S.",
      "MPH", "Jr.", "Jr", "Sr.", "JD", "J.D.", "ScD", "Sc.D.", "DrPH", "RN", "BA", "BSc", "MBA",
      "DVM", "DPhil", "Esq.", "II", "III", "PharmD", "MEd", "LLM", "CPA", "PE", "P.E.",
    ].contains(text)
  }

  private static func isAddress(_ text: String) -> Bool {
    text.contains("@") && !text.contains(" ")
  }

  /// The names of a line in capitals, as title pages have them.
  ///
  /// “GRETA HOLM, PER A. LIND”. One name alone could as well be a heading.
  static func namesInCapitals(_ text: String) -> [String] {
    guard text.utf8.count < 300, !text.contains(where: \.isLowercase) else { return [] }
    let names = parts(of: text).map { name in
      name.split(separator: " ").enumerated().map { place, word in
        let lower = word.lowercased()
        return place > 0 && particles.contains(lower) ? lower : capitalized(lower)
      }.joined(separator: " ")
    }
    return names.count > 1 && names.allSatisfy { isName($0) && !isTwoNames($0) } ? names : []
  }

  /// “holm-lind” as “Holm-Lind”.
  private static func capitalized(_ word: String) -> String {
    var isStart = true
    return String(
      word.flatMap { character -> String in
        defer { isStart = "-’'.".contains(character) }
        return isStart ? character.uppercased() : String(character)
      })
  }

  /// Whether a part has four whole words, like two names without a separator.
  static func isTwoNames(_ part: String) -> Bool {
    let words = part.split(separator: " ")
    return words.count >= 4 && isName(part)
      && words.allSatisfy { $0.count > 2 && !particles.contains($0.lowercased()) }
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
    "january", "february", "march", "july", "august", "september", "october",
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
    "access", "article", "services", "technology", "administration", "systems", "network",
    "resources", "education", "finance", "trade", "transport", "medical", "medicine", "hospital",
    "clinic", "engineering", "computer", "social", "affairs", "defense", "defence", "justice",
    "commerce", "labor", "labour", "agriculture", "veterans", "learning", "regional", "settings",
    "your", "our", "all", "other", "contents", "options", "products", "street", "subject", "by",
    "fonts", "forms", "sample", "test", "main", "home", "contact", "phone", "original",
    "repository", "document", "form", "name", "title",
  ]

  /// Whether a text is a name: two to five capitalized words, of which one can be an initial.
  static func isName(_ text: String) -> Bool {
    let words = text.split(separator: " ").map(String.init)
    guard (2...5).contains(words.count), text.utf8.count < 80,
      !TitleWords.isKind(words.map { $0.lowercased()[...] })
    else { return false }
    var (whole, capitals) = (0, 0)
    for word in words {
      let plain = word.lowercased()
      if particles.contains(plain) { continue }
      guard !others.contains(plain.filter(\.isLetter)),
        !TitleWords.bodies.contains(plain.filter(\.isLetter)[...]),
        let first = word.unicodeScalars.first,
        first.properties.isUppercase, !isIdeographic(first)
      else { return false }
      let letters = word.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ".-’'‐".unicodeScalars.contains($0)
          || $0.properties.generalCategory == .nonspacingMark
      }
      guard letters else { return false }
      if isInitial(word) { continue }
      whole += 1
      // Words in capitals are more often headings.
      if word.count > 3, word == word.uppercased() { capitals += 1 }
    }
    guard capitals == 0, whole >= 1, let last = words.last, !Bylines.isPositionWord(last) else {
      return false
    }
    return !isInitial(last) || whole >= 1 && last.count > 2 && words.count == 2 && isCyrillic(last)
  }

  /// Whether a word is an initial, such as “A.”, “A”, “S.O.” or “J.-P.”.
  private static func isInitial(_ word: String) -> Bool {
    word.count == 1
      || word.last == "." && word.split { ".-‐".contains($0) }.allSatisfy { $0.count == 1 }
  }

  private static func isCyrillic(_ word: String) -> Bool {
    word.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
  }
}
