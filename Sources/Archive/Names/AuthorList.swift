extension AuthorName {
  /// Divides a text that names several people; one that names one is returned alone.
  ///
  /// A semicolon always divides. “and”, “&” and commas divide where each part is clearly a whole
  /// name of a person, so that “Ministry of Trade and Industry” and “Smith & Sons” stay.
  package static func divided(_ text: String) -> [String] {
    text.split(separator: ";").map { String($0).cleanedLine }.filter { !$0.isEmpty }
      .flatMap { dividedByWords(withoutOthers($0)) }
  }

  private static func dividedByWords(_ text: String) -> [String] {
    let isAlone =
      !text.contains("&") && !text.utf8.contains(UInt8(ascii: ","))
      && !text.contains(" ")
    if isAlone { return [text] }
    var groups: [[Substring]] = [[]]
    for word in text.split(separator: " ") {
      if NameLists.listWords.contains(word.lowercased()), groups.last?.isEmpty == false {
        groups.append([])
      } else {
        groups[groups.count - 1].append(word)
      }
    }
    let parts = groups.map { group in
      let part = group.joined(separator: " ")
      return part.hasSuffix(",") ? String(part.dropLast()).cleanedLine : part
    }
    guard !parts.contains("") else { return [text] }
    if let first = groups.first?.first, NameLists.listWords.contains(first.lowercased()) {
      // “and Bob Ray”: the end of a list that was divided by something else.
      let rest = text.dropFirst(first.count + 1)
      return isWholeName(String(rest)) ? [String(rest)] : [text]
    }
    if parts.count == 1 { return divided(byCommas: text) ?? [text] }
    if parts.allSatisfy(isInverted) { return parts }
    var names: [String] = []
    for part in parts {
      let found = part.contains(",") ? divided(byCommas: part, areListed: true) : [part]
      guard let found, found.allSatisfy(isWholeName) else { return [text] }
      names += found
    }
    return names
  }

  /// Divides a text at its commas.
  ///
  /// - Parameters:
  ///   - text: With a comma in it.
  ///   - areListed: Whether it is known to be a list, as more follows behind “and”.
  /// - Returns: The names; nil when the commas may stand for something else.
  private static func divided(byCommas text: String, areListed: Bool = false) -> [String]? {
    var parts: [String] = []
    for part in text.split(separator: ",").map({ String($0).cleanedLine }) {
      if part.isEmpty { continue }
      if let last = parts.last, NameParts.isBehindName(part) {
        parts[parts.count - 1] = "\(last), \(part)"
      } else {
        parts.append(part)
      }
    }
    // Two parts may be “García Márquez, Gabriel José”.
    if parts.count >= (areListed ? 1 : 3), parts.allSatisfy(isWholeName) { return parts }
    // “Lee, A. B., Ray, C.”
    guard parts.count >= 4, parts.count.isMultiple(of: 2) else { return nil }
    let pairs = stride(from: 0, to: parts.count, by: 2).map { (parts[$0], parts[$0 + 1]) }
    guard
      pairs.allSatisfy({ family, given in
        given.split(separator: " ").allSatisfy { NameParts.isInitials($0) }
          && !family.split(separator: " ").contains { NameParts.isInitials($0) }
      })
    else { return nil }
    return pairs.map { "\($0), \($1)" }
  }

  /// “Lee, Ann”: a family name, one comma and a given name.
  private static func isInverted(_ part: String) -> Bool {
    let pieces = part.split(separator: ",")
    guard pieces.count == 2 else { return false }
    let words = pieces[0].split(separator: " ")
    let name = AuthorName(part)
    return name.kind == .person && !NameParts.isBehindName(String(pieces[1]).cleanedLine)
      && (words.count == 1 || NameLists.particles.contains(words[0].lowercased()))
  }

  /// Whether a text is clearly the whole name of one person, in reading order.
  private static func isWholeName(_ part: String) -> Bool {
    let words = part.split(separator: ",")[0].split(separator: " ")
    guard (2...5).contains(words.count), AuthorName(part).kind == .person else { return false }
    return words.allSatisfy { word in
      guard let first = word.first, !NameLists.placeWords.contains(word.lowercased()) else {
        return false
      }
      return first.isUppercase || NameParts.isEastAsian(word)
        || NameLists.particles.contains(String(word)) || word.hasPrefix("d'")
        || word.hasPrefix("d’") || word.hasPrefix("al-") || word.hasPrefix("el-")
    }
  }

  /// Without “et al.” at the end.
  private static func withoutOthers(_ text: String) -> String {
    for ending in [" et al.", " et al", " and others"] where text.lowercased().hasSuffix(ending) {
      let rest = String(text.dropLast(ending.count)).cleanedLine
      let name = rest.hasSuffix(",") ? String(rest.dropLast()).cleanedLine : rest
      return name.isEmpty ? text : name
    }
    return text
  }
}

extension NameLists {
  /// What joins the last name of a list.
  static let listWords: Set<String> = ["and", "&", "und", "et", "och", "og"]

  /// Words of places, which are in names of organizations and programmes.
  static let placeWords: Set<String> = [
    "africa", "america", "asia", "atlantic", "australia", "central", "china", "east", "eastern",
    "europe", "european", "global", "india", "japan", "korea", "middle", "new", "north",
    "northern", "pacific", "russia", "south", "southern", "states", "west", "western", "world",
  ]
}
