// ISO 32000-1 §14.3.3, table 317: Title, found on the first pages.

/// Finds the title: the largest suitable type of the first pages.
struct TitleGuess {
  /// A page and the line after the title.
  typealias Place = (page: Int, line: Int)

  private(set) var found: (guess: Guess<String>, place: Place)?

  /// Consecutive lines of one size.
  private struct Group {
    var text: String
    var size: Float
    var isBold: Bool
    var lines: Int
    var place: Place
  }

  init(pages: [[FlowLine]], body: BodyStyle) {
    for (index, lines) in pages.enumerated() {
      let groups = Self.groups(lines, page: index)
      let largest = groups.map(\.size).max() ?? 0
      let candidates = groups.filter { group in
        group.lines <= 5 && group.size > 1.15 * body.size && Self.canBeTitle(group.text)
      }
      guard let best = candidates.max(by: { $0.size < $1.size - 0.3 }),
        let first = candidates.first(where: { $0.size > best.size - 0.4 })
      else { continue }
      let ratio = first.size / body.size
      let words = first.text.split(separator: " ").count
      var confidence = ratio > 1.45 ? 0.78 : ratio > 1.25 ? 0.7 : 0.62
      if words < 3, !first.text.unicodeScalars.contains(where: isIdeographic) { confidence -= 0.15 }
      // Larger text that cannot be a title lowers the confidence.
      if largest > 1.3 * first.size { confidence -= 0.06 }
      if candidates.count(where: { $0.size > first.size - 0.4 }) > 2 { confidence -= 0.1 }
      if index > 0 { confidence -= 0.05 }
      if first.text.unicodeScalars.first?.properties.isLowercase == true { confidence -= 0.2 }
      if Self.isPart(first, lines) { confidence -= 0.3 }
      guard confidence >= Guesses.threshold else { continue }
      found = (Guess(Self.cleaned(first.text), confidence, .pages), first.place)
      return
    }
  }

  private static func groups(_ lines: [FlowLine], page: Int) -> [Group] {
    var groups: [Group] = []
    var last: FlowLine?
    for (index, line) in lines.enumerated() where line.direction == 0 && !line.isRow {
      if let above = last, var group = groups.last, abs(above.size - line.size) < 0.06 * line.size,
        above.isBold == line.isBold, above.baseline > line.baseline,
        above.baseline - line.baseline < 1.75 * line.size, group.place.line == index
      {
        group.text = joinedText(group.text, line.text)
        group.lines += 1
        group.place.line = index + 1
        groups[groups.count - 1] = group
      } else if groups.count < 200 {
        groups.append(
          Group(
            text: line.text, size: line.size, isBold: line.isBold, lines: 1,
            place: (page, index + 1)))
      }
      last = line
    }
    return groups
  }

  /// Whether it is the title of a chapter or a table.
  private static func isPart(_ group: Group, _ lines: [FlowLine]) -> Bool {
    let parts: Set<Substring> = [
      "chapter", "section", "part", "appendix", "annex", "exhibit", "table", "figure", "kapitel",
      "avsnitt", "abschnitt", "anhang", "chapitre", "annexe", "capítulo", "capitolo", "глава",
    ]
    let start = max(0, group.place.line - group.lines - 2)
    let end = min(max(start, group.place.line), lines.count)
    return lines[start..<end].contains { line in
      let words = PlainWords.plain(line.text).split(separator: " ").prefix(2)
      guard words.count == 2, parts.contains(words[0]) else { return false }
      return words[1].count <= 4 && (words[1].contains(where: \.isNumber) || words[1].count <= 2)
    }
  }

  /// Without note marks at its end.
  private static func cleaned(_ text: String) -> String {
    var text = text.trimmedSpaces
    while let last = text.unicodeScalars.last, "*†‡".unicodeScalars.contains(last) {
      text.unicodeScalars.removeLast()
      text = text.trimmedSpaces
    }
    return text
  }

  static func canBeTitle(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    let hasIdeographs = scalars.contains {
      isIdeographic($0) || (0xAC00...0xD7A3).contains($0.value)
    }
    guard scalars.count >= (hasIdeographs ? 4 : 8), scalars.count <= 300 else { return false }
    let letters = scalars.count { $0.properties.isAlphabetic }
    let spaces = scalars.count(where: { $0 == " " })
    guard letters * 10 > 7 * (scalars.count - spaces), !Leftovers.isTitle(text),
      text.last != ":", !text.contains("@"), !text.lowercased().contains("www."), text.last != ",",
      text.last != ";"
    else { return false }
    let plain = PlainWords.plain(text)
    let words = plain.split(separator: " ")
    // Spaced-out letters are one word, which is not a title.
    if words.count(where: { $0.count == 1 }) * 2 > words.count { return false }
    if words.count <= 6, DateGuess.dates(in: text).contains(where: { $0.share > 0.5 }) {
      return false
    }
    // A kind of document, a series or a part alone is not a title.
    let kinds: Set<Substring> = [
      "policy", "paper", "working", "discussion", "brief", "report", "research", "series",
      "technical", "occasional", "issue", "no", "number", "vol", "volume", "note", "memo",
      "memorandum", "fact", "sheet", "press", "release", "draft", "final", "version", "statement",
      "testimony", "white", "data", "in", "focus", "insight", "newsletter", "bulletin", "journal",
      "contents", "table", "of", "abstract", "summary", "executive", "introduction", "foreword",
      "preface", "references", "appendix", "acknowledgements", "acknowledgments", "the", "and",
    ]
    if words.allSatisfy({ kinds.contains($0) || $0.allSatisfy(\.isNumber) }) { return false }
    // Nor is an institution, whose name begins or ends with its kind.
    let bodies: Set<Substring> = [
      "university", "institute", "institut", "institution", "ministry", "department", "office",
      "service", "agency", "council", "commission", "committee", "centre", "center", "foundation",
      "association", "bureau", "press", "bank", "college", "school", "universität", "université",
      "universidad", "society", "board", "authority",
    ]
    if words.count <= 5, let first = words.first, let last = words.last,
      bodies.contains(first) || bodies.contains(last)
    {
      return false
    }
    return words.count > 1 || hasIdeographs || scalars.count > 12
  }
}
