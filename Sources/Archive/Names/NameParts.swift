/// The words of a name, and what can be told from them.
struct NameParts {
  private let text: String
  private let parts: [String]
  private let suffix: String?
  /// Whether a suffix or a degree says that it is a person's.
  private let hasPersonalSuffix: Bool
  /// All letters are capitals, so that these tell nothing.
  private let isInCapitals: Bool

  /// - Parameter text: A clean line.
  init(_ text: String) {
    self.text = text
    isInCapitals = NameParts.isInCapitals(text)
    guard text.utf8.contains(UInt8(ascii: ",")) else {
      parts = text.isEmpty ? [] : [text]
      let words = text.spacedWords
      suffix = nil
      hasPersonalSuffix = words.count > 2 && words.last.map { NameParts.isSuffix($0) } == true
      return
    }
    var parts = text.split(separator: ",").map { String($0).cleanedLine }.filter { !$0.isEmpty }
    var (suffix, hasPersonalSuffix): (String?, Bool) = (nil, false)
    // “King, Martin Luther, Jr.”, “King, Jr., Martin Luther” and “Martin Luther King, Jr.”
    for index in parts.indices.dropFirst().reversed() {
      if NameParts.isSuffix(parts[index][...]) {
        suffix = parts.remove(at: index)
        hasPersonalSuffix = true
      } else if NameParts.isDegree(parts[index][...], isBehindComma: true) {
        parts.remove(at: index)
        hasPersonalSuffix = true
      }
    }
    (self.parts, self.suffix, self.hasPersonalSuffix) = (parts, suffix, hasPersonalSuffix)
  }

  /// Whether it is the name of an organization, which must not be divided.
  var isOrganization: Bool {
    guard let first = parts.first else { return false }
    if parts.count == 1, !first.contains(" ") { return isAcronym(first) }
    return OrganizationWords.isName(text, isPersonLikely: hasPersonalSuffix)
  }

  /// Whether a name that is no organization's and cannot be divided may be a person's.
  var isMononym: Bool {
    !isOrganization && parts.count == 1
  }

  /// A single word in capitals: “UNESCO”.
  private func isAcronym(_ word: String) -> Bool {
    word.unicodeScalars.count(where: { $0.properties.isUppercase }) >= 2
      && !word.unicodeScalars.contains { $0.properties.isLowercase }
  }

  /// The parts of a person's name; nil when it cannot be divided.
  var person: AuthorName.Person? {
    switch parts.count {
    case 1: return divided(parts[0].spacedWords)
    case 2:
      let family = withoutTitles(parts[0].spacedWords)
      var given = withoutTitles(parts[1].spacedWords)
      guard !given.isEmpty, !family.isEmpty else { return nil }
      // “Berg, Anna van der”: the particles belong before the family name.
      var particles: [Substring] = []
      while given.count > 1, let last = given.last, isParticle(last) {
        particles.insert(given.removeLast(), at: 0)
      }
      return person(given, particles + family)
    default: return nil
    }
  }

  private func divided(_ words: [Substring]) -> AuthorName.Person? {
    var words = withoutTitles(words.filter { $0 != "." })
    var suffix = suffix
    if words.count > 2, let last = words.last, NameParts.isSuffix(last) {
      suffix = suffix ?? String(last)
      words.removeLast()
    }
    guard words.count > 1, let first = words.first, let last = words.last else { return nil }
    if words.allSatisfy({ NameParts.isEastAsian($0) }) {
      return words.count == 2 ? person([words[1]], [words[0]], suffix) : nil
    }
    // “Ibn Rushd”, “Pope Francis” and “da Vinci” have no given name, “Elena II” no family name.
    let key = NameParts.key(first)
    if NameLists.wholeBeginnings.contains(key) || (!isInCapitals && isParticle(first)) {
      return nil
    }
    if words.count == 2, NameLists.rulers.contains(key) || NameParts.isNumeral(last) { return nil }
    let start = familyStart(words)
    return start == 0
      ? person(Array(words[1...]), [first], suffix)
      : person(Array(words[..<start]), Array(words[start...]), suffix)
  }

  private func person(
    _ given: [Substring], _ family: [Substring], _ suffix: String? = nil
  ) -> AuthorName.Person {
    AuthorName.Person(
      given: given.joined(separator: " "), family: family.joined(separator: " "),
      suffix: suffix ?? self.suffix)
  }

  /// Where the family name begins; 0 when it is the first word alone.
  private func familyStart(_ words: [Substring]) -> Int {
    // “Lee A.B.”
    if words.count == 2, NameParts.isInitials(words[1]), !NameParts.isInitials(words[0]) {
      return 0
    }
    let isVietnamese = words.contains { NameLists.vietnameseFamilies.contains($0.lowercased()) }
    var index = NameParts.compoundGivenEnd(words) ?? 1
    while index < words.count - 1 {
      let word = words[index]
      // “Ortega y Gasset”: the word joins two family names.
      if NameLists.conjunctions.contains(String(word)) { return max(1, index - 1) }
      if isParticle(word) { return index }
      if !isInCapitals, !isVietnamese, NameLists.capitalizedParticles.contains(String(word)) {
        return index
      }
      index += 1
    }
    // “d’Autume” and “al-Tayeb” are one word with the particle in it. “Hernández H.” is one name
    // with its second half shortened.
    let last = words.count - 1
    return last > 1 && NameParts.isInitials(words[last]) && !NameParts.isInitials(words[last - 1])
      ? last - 1 : last
  }

  /// Where a given name such as “María del Carmen” or “José de Jesús” ends, if more follows.
  private static func compoundGivenEnd(_ words: [Substring]) -> Int? {
    guard words.count >= 4, let first = words.first,
      NameLists.compoundGivenFirsts.contains(first.lowercased())
    else { return nil }
    for start in 1...min(2, words.count - 2)
    where NameLists.compoundGivenLinks.contains(
      words[start].lowercased())
    {
      var index = start + 1
      while index < words.count, ["la", "las", "los", "el"].contains(words[index].lowercased()) {
        index += 1
      }
      guard index < words.count - 1,
        NameLists.compoundGivenEnds.contains(words[index].lowercased())
      else { return nil }
      return index + 1
    }
    return nil
  }

  private func withoutTitles(_ words: [Substring]) -> [Substring] {
    var words = words[...]
    while words.count > 1, let first = words.first, NameParts.isTitle(first) {
      words.removeFirst()
    }
    while words.count > 2, let last = words.last, NameParts.isDegree(last, isBehindComma: false) {
      words.removeLast()
    }
    return Array(words)
  }

  private func isParticle(_ word: Substring) -> Bool {
    NameLists.particles.contains(isInCapitals ? word.lowercased() : String(word))
  }

  // MARK: Words

  /// A word as the lists have it: lower case, without full stops.
  static func key(_ word: some StringProtocol) -> String {
    let key = word.lowercased()
    return key.utf8.contains(0x2E) ? key.filter { $0 != "." } : key
  }

  private static func isTitle(_ word: Substring) -> Bool {
    // “M.R.” are initials.
    if word.count > 2, isInitials(word) { return false }
    let key = key(word)
    return NameLists.titles.contains(key)
      || (word.hasSuffix(".") && NameLists.dottedTitles.contains(key))
  }

  /// “Jr.”, “III”.
  private static func isSuffix(_ word: Substring) -> Bool {
    NameLists.suffixes.contains(key(word)) || isNumeral(word)
  }

  /// “III”; the short ones are names as well, unless they are in capitals.
  private static func isNumeral(_ word: Substring) -> Bool {
    NameLists.numerals.contains(key(word))
      && (word.count > 2 || word == "Iv" || !word.contains(where: \.isLowercase))
  }

  private static func isDegree(_ text: Substring, isBehindComma: Bool) -> Bool {
    let key = key(text).filter { $0 != " " }
    if NameLists.degrees.contains(key) { return true }
    // “Ma, Jack” and “Lee, Ma” are names: what is short must look like a degree.
    return isBehindComma && NameLists.shortDegrees.contains(key)
      && !text.contains(where: \.isLowercase)
  }

  /// Whether what stands behind a comma belongs to the name before it, as “Jr.” and “Ph.D.” do.
  static func isBehindName(_ part: String) -> Bool {
    isSuffix(part[...]) || isDegree(part[...], isBehindComma: true)
  }

  /// “A.B.”, “J.-P.”, “H.”: single letters, each with a full stop.
  static func isInitials(_ word: Substring) -> Bool {
    guard word.utf8.last == UInt8(ascii: ".") else { return false }
    return word.split(whereSeparator: { $0 == "." || $0 == "-" }).allSatisfy {
      $0.count == 1 && $0.first?.isUppercase == true
    }
  }

  static func isInCapitals(_ text: some StringProtocol) -> Bool {
    var capitals = 0
    var run = 0
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        if 0x61...0x7A ~= scalar.value { return false }
        run = 0x41...0x5A ~= scalar.value ? run + 1 : 0
      } else {
        if scalar.properties.isLowercase { return false }
        run = scalar.properties.isUppercase ? run + 1 : 0
      }
      capitals = max(capitals, run)
    }
    return capitals >= 2
  }

  /// Whether a text is written in Han, Kana or Hangul alone, where the family name stands first.
  static func isEastAsian(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x20, 0x3000, 0x30FB, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x323AF:
        true
      default: false
      }
    }
  }
}

extension StringProtocol {
  /// The parts between spaces, found by bytes, which is several times faster than by characters.
  fileprivate var spacedWords: [SubSequence] {
    utf8.split(separator: UInt8(ascii: " ")).map { self[$0.startIndex..<$0.endIndex] }
  }
}
