/// The name of an author, divided as citations need it.
///
/// A catalogue has names as title pages print them. This is the only place that finds their parts:
/// which part is the family name, that “van der” belongs to it, that “Jr.” is a suffix, and that
/// “Ministry of Finance” is an organization. Unclear names stay whole, because a name cut at the
/// wrong place is worse than one that is not cut.
package struct AuthorName: Sendable, Equatable {
  /// A person's name in its parts.
  package struct Person: Sendable, Equatable {
    package var given: String
    /// With its particles: “van der Goot”.
    package var family: String
    /// “Jr.”, “III”.
    package var suffix: String?
  }

  package enum Kind: Sendable {
    /// A person whose name has a given and a family part.
    case person
    /// A person with one name, or one that has no family name: “Plato”, “Ibn Rushd”, “Elena II”.
    case mononym
    case organization
  }

  /// As it reads in a sentence: “Rob van der Goot”; without degrees and affiliations.
  package let text: String
  package let kind: Kind
  /// nil for all but `.person`.
  package let person: Person?

  /// “van der Goot, Rob”, “King, Martin Luther, Jr.”, or the name as it is.
  package var inverted: String {
    guard let person else { return text }
    return "\(person.family), \(person.given)" + (person.suffix.map { ", \($0)" } ?? "")
  }

  /// Parses a name from a record.
  package init(_ name: String) {
    let bare = AuthorName.withoutParenthesis(name)
    let parts = NameParts(bare)
    if !parts.isOrganization, let person = parts.person {
      self.person = person
      kind = .person
      let isFamilyFirst = NameParts.isEastAsian(bare)
      let words = isFamilyFirst ? [person.family, person.given] : [person.given, person.family]
      text = (words + [person.suffix].compactMap { $0 }).joined(separator: " ")
    } else {
      person = nil
      kind = parts.isMononym ? .mononym : .organization
      text = name
    }
  }

  /// The same for every way of writing one name: in either order, in capitals, with or without
  /// titles, degrees and full stops.
  package var key: String {
    let key = AuthorName.comparable(text)
    guard let suffix = person?.suffix, let common = NameLists.sameSuffix[NameParts.key(suffix)],
      let space = key.lastIndex(of: " ")
    else { return key }
    return key[...space] + common
  }

  /// A text in lower case with plain apostrophes and hyphens, and one space for full stops and
  /// white space.
  static func comparable(_ text: String) -> String {
    var key = ""
    var isBetween = false
    for scalar in text.lowercased().composed.unicodeScalars {
      switch scalar {
      case "’", "‘", "ʼ", "`", "´": append("'")
      case "‐", "‑": append("-")
      case "-":
        // “J.-P.” is “J-P”.
        isBetween = false
        append(scalar)
      case ".": isBetween = true
      case _ where scalar.properties.isWhitespace: isBetween = true
      default: append(scalar)
      }
    }
    func append(_ scalar: Unicode.Scalar) {
      if isBetween, !key.isEmpty { key.append(" ") }
      isBetween = false
      key.unicodeScalars.append(scalar)
    }
    return key
  }

  private static func withoutParenthesis(_ name: String) -> String {
    let trimmed = name.cleanedLine
    guard trimmed.hasSuffix(")"), let open = trimmed.lastIndex(of: "("), open > trimmed.startIndex
    else { return trimmed }
    return String(trimmed[..<open]).cleanedLine
  }
}

extension AuthorName {
  /// How suitable a spelling is as the displayed one of its name: reading order, not in capitals, is
  /// best.
  ///
  /// - Parameter name: As it is written in a record.
  /// - Returns: The smaller the better.
  static func spellingRank(_ name: String) -> Int {
    (NameParts.isInCapitals(name) ? 2 : 0) + (name.contains(",") ? 1 : 0)
  }

  /// Whether a spelling suits better than another of the same name.
  static func isBetter(_ name: String, than other: String) -> Bool {
    let (rank, otherRank) = (spellingRank(name), spellingRank(other))
    return rank != otherRank ? rank < otherRank : name < other
  }
}
