/// The name of an author, divided as citations need it.
///
/// A catalogue holds names as they stand on a title page. What can be told from the words is told
/// here and nowhere else: which part is the family name, that “van der” belongs to it, that “Jr.”
/// is no name, and that “Ministry of Finance” is nobody's. What cannot be told stays whole, as a
/// name cut at the wrong place is worse than one that is not cut.
struct AuthorName: Sendable, Equatable {
  /// A person's name in its parts.
  struct Person: Sendable, Equatable {
    var given: String
    /// With its particles: “van der Goot”.
    var family: String
    /// “Jr.”, “III”.
    var suffix: String?
  }

  /// As it reads in a sentence: “Rob van der Goot”; without degrees and affiliations.
  let text: String
  /// nil for an institution, and for a name of one word.
  let person: Person?

  /// “van der Goot, Rob”, “King, Martin Luther, Jr.”, or the name as it is.
  var inverted: String {
    guard let person else { return text }
    return "\(person.family), \(person.given)" + (person.suffix.map { ", \($0)" } ?? "")
  }

  /// Divides a name as it stands in a record.
  init(_ name: String) {
    let bare = AuthorName.withoutParenthesis(name)
    guard !InstitutionWords.name(bare), let person = AuthorName.person(bare) else {
      text = name
      self.person = nil
      return
    }
    self.person = person
    let isFamilyFirst = AuthorName.isEastAsian(bare)
    let parts =
      isFamilyFirst ? [person.family, person.given] : [person.given, person.family]
    text = (parts + [person.suffix].compactMap { $0 }).joined(separator: " ")
  }

  // MARK: Dividing

  private static func person(_ name: String) -> Person? {
    var parts = name.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
    var suffix: String?
    // “King, Martin Luther, Jr.”, “King, Jr., Martin Luther” and “Martin Luther King, Jr.”
    for index in parts.indices.dropFirst().reversed() {
      if isSuffix(parts[index]) {
        suffix = parts.remove(at: index)
      } else if isDegree(parts[index]) {
        parts.remove(at: index)
      }
    }
    switch parts.count {
    case 1: return divided(words(parts[0]), suffix)
    case 2:
      let given = withoutTitles(words(parts[1]))
      return given.isEmpty
        ? nil : Person(given: given.joined(separator: " "), family: parts[0], suffix: suffix)
    default: return nil
    }
  }

  private static func divided(_ words: [String], _ suffix: String?) -> Person? {
    var words = withoutTitles(words)
    var suffix = suffix
    if words.count > 2, let last = words.last, isSuffix(last) {
      suffix = suffix ?? last
      words.removeLast()
    }
    guard words.count > 1 else { return nil }
    if words.allSatisfy(isEastAsian) {
      return words.count == 2
        ? Person(given: words[1], family: words[0], suffix: suffix) : nil
    }
    let start = familyStart(words)
    return Person(
      given: words[..<start].joined(separator: " "), family: words[start...].joined(separator: " "),
      suffix: suffix)
  }

  /// Where the family name begins: at the first particle, or else with the last word.
  private static func familyStart(_ words: [String]) -> Int {
    let isVietnamese = words.contains { vietnameseFamilies.contains($0.lowerCased) }
    for index in words.indices.dropFirst().dropLast() {
      let word = words[index]
      // “Ortega y Gasset”: the word joins two family names.
      if conjunctions.contains(word) { return max(1, index - 1) }
      if particles.contains(word) { return index }
      if !isVietnamese, capitalizedParticles.contains(word) { return index }
    }
    // “d’Autume” and “al-Tayeb” are one word with the particle in it.
    return words.count - 1
  }

  private static func withoutTitles(_ words: [String]) -> [String] {
    var words = words[...]
    while words.count > 1, let first = words.first, titles.contains(key(first)) {
      words.removeFirst()
    }
    while words.count > 2, let last = words.last, isDegree(last) { words.removeLast() }
    return Array(words)
  }

  private static func withoutParenthesis(_ name: String) -> String {
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "("), open > name.startIndex else {
      return name.trimmed
    }
    return name[..<open].trimmed
  }

  private static func words(_ text: String) -> [String] {
    text.words.map(String.init)
  }

  /// A word as it stands in the lists below: lower case, without full stops.
  static func key(_ word: String) -> String {
    let key = word.lowerCased
    return key.utf8.contains(0x2E) ? key.filter { $0 != "." } : key
  }

  private static func isSuffix(_ word: String) -> Bool { suffixes.contains(key(word)) }

  private static func isDegree(_ word: String) -> Bool { degrees.contains(key(word)) }

  /// Whether a text is written in Han, Kana or Hangul alone, where the family name stands first.
  private static func isEastAsian(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x20, 0x3000, 0x30FB, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x323AF:
        true
      default: false
      }
    }
  }

  private static let particles: Set<String> = [
    "van", "von", "vom", "der", "den", "dem", "des", "de", "del", "della", "delle", "dei", "degli",
    "di", "da", "dal", "do", "dos", "das", "du", "d’", "d'", "la", "las", "le", "les", "lo", "los",
    "el", "al", "bin", "ibn", "ben", "bint", "abu", "af", "av", "im", "zu", "zum", "zur", "ten",
    "ter", "te", "'t", "’t", "op", "ash", "ad", "el-", "al-",
  ]

  private static let capitalizedParticles: Set<String> = [
    "Van", "Von", "Vom", "Der", "De", "Del", "Della", "Di", "Da", "Dos", "Du", "La", "Le", "Al",
    "El", "Bin", "Ibn", "Ben", "Bint", "Abu", "Ter", "Ten", "St.",
  ]

  private static let conjunctions: Set<String> = ["y", "e", "i"]

  /// Where one of these stands, “Van” and “Le” are names themselves.
  private static let vietnameseFamilies: Set<String> = [
    "nguyen", "nguyễn", "tran", "trần", "pham", "phạm", "hoang", "hoàng", "phan", "vu", "vũ",
    "dang", "đặng", "bui", "bùi", "ngo", "ngô", "duong", "dương", "huynh", "huỳnh", "truong",
    "trương", "dinh", "đinh", "trinh", "trịnh", "thi", "thị",
  ]

  private static let suffixes: Set<String> = [
    "jr", "sr", "jnr", "snr", "junior", "senior", "ii", "iii", "iv", "2nd", "3rd", "4th",
  ]

  private static let titles: Set<String> = [
    "dr", "prof", "professor", "doctor", "mr", "mrs", "ms", "sir", "dame", "hon",
  ]

  private static let degrees: Set<String> = [
    "phd", "md", "ma", "msc", "mphil", "dphil", "llm", "llb", "jd", "mba", "mpa", "mph", "edd",
    "scd",
    "esq", "ret", "(ret)",
  ]
}
