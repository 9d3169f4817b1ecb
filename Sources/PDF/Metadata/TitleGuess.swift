// ISO 32000-1 §14.3.3, table 317: Title, found on the first pages.

/// Finds the title: the most prominent suitable text of the first pages.
///
/// Size counts most. Where type of the text's size is bold, in capitals or apart, other evidence must
/// confirm it: running heads that repeat it, another page that does, or words of the file's title.
struct TitleGuess {
  /// A page of those that were searched and the line after the title.
  typealias Place = (page: Int, line: Int)

  private(set) var found: (guess: Guess<String>, subtitle: Guess<String>?, place: Place)?

  private let body: BodyStyle
  private let declared: Set<Substring>
  /// The running heads and first lines of each page, in plain words.
  private let heads: [(page: Int, lines: [String])]
  /// The groups of each page.
  private let groups: [[LineGroup]]
  /// The number of letters of each page.
  private let pageLetters: [Int]
  /// Whether most of the text is in capitals, so that they do not stand out.
  private let isInCapitals: Bool

  /// - Parameters:
  ///   - pages: The first pages.
  ///   - heads: The running heads and first lines of pages of the document.
  ///   - body: The style of its text.
  ///   - declared: The title in its properties.
  init(
    pages: [PageLines], heads: [(page: Int, lines: [String])], body: BodyStyle, declared: String?
  ) {
    self.body = body
    self.heads = heads.map { ($0.page, $0.lines.map(PlainWords.plain)) }
    self.declared = declared.map { Self.significant($0) } ?? []
    groups = pages.map { page in
      LineGroup.groups(page.body).map { Self.withoutInstitution($0, page.body) }
    }
    pageLetters = pages.map { $0.body.reduce(0) { $0 + $1.text.count(where: \.isLetter) } }
    let letters = pages.lazy.flatMap(\.body).flatMap(\.text).filter(\.isLetter)
    isInCapitals =
      letters.count(where: \.isUppercase) * 2 > letters.count && !letters.isEmpty
    if let first = pages.first, let (title, line) = Self.labelled(first.body) {
      found = (Guess(title, 0.74, .pages, page: first.number), nil, (0, line + 1))
    }
    for (index, page) in pages.enumerated() {
      guard let best = best(onPage: index, page.body) else { continue }
      let (group, confidence) = best
      if let found, found.guess.confidence >= confidence { continue }
      let title = Guess(Self.cleaned(group.text), confidence, .pages, page: page.number)
      found = (title, subtitle(of: group, onPage: page, index), (index, group.lines.upperBound))
      if confidence >= Self.convincing { return }
    }
  }

  /// A title after a label near the top of a page, and its line.
  private static func labelled(_ lines: [FlowLine]) -> (title: String, line: Int)? {
    for (index, line) in lines.prefix(15).enumerated() {
      let text = line.text.replacing("\t", with: " ")
      if let title = TitleWords.labelled(text), canBeTitle(title) { return (title, index) }
    }
    return nil
  }

  /// The confidence with which later pages are not searched.
  private static let convincing = 0.6

  /// The group of a page that is most likely the title, with its confidence.
  private func best(onPage index: Int, _ lines: [FlowLine]) -> (LineGroup, Double)? {
    let groups = groups[index]
    let candidates = groups.enumerated().filter { place, group in
      group.lines.count <= 5 && Self.canBeTitle(group.text)
        && (group.size > Self.larger * body.size || isDistinct(group, at: place, in: groups))
    }
    let largest = candidates.map(\.element.size).max() ?? 0
    let largestOfAll = groups.map(\.size).max() ?? 0
    var best: (group: LineGroup, confidence: Double)?
    for (_, group) in candidates {
      var confidence = prominence(group)
      let words = group.text.split(separator: " ").count
      if words < 3, !group.text.unicodeScalars.contains(where: isIdeographic) { confidence -= 0.15 }
      if group.size < largest - 0.4 { confidence -= 0.2 }
      // Larger text that cannot be a title lowers the confidence.
      if largestOfAll > 1.3 * group.size { confidence -= 0.06 }
      if hasTitleAbove(group, in: groups) { confidence -= 0.15 }
      if candidates.count(where: { abs($0.element.size - group.size) < 0.4 }) > 2 {
        confidence -= 0.1
      }
      if index > 0 { confidence -= 0.05 }
      if TitleWords.isContinuation(group.text) { confidence -= 0.2 }
      if Self.isPart(group, lines) { confidence -= 0.3 }
      confidence += evidence(for: group, onPage: index)
      if index == 0, Self.hasByline(lines[group.lines.upperBound...]) { confidence += 0.12 }
      if confidence > (best?.confidence ?? 0.3) { best = (group, min(confidence, 0.95)) }
    }
    return best
  }

  /// Type larger than this many times the text's is prominent without bold.
  private static let larger: Float = 1.12

  private func prominence(_ group: LineGroup) -> Double {
    let ratio = group.size / body.size
    return ratio > 1.45 ? 0.78 : ratio > 1.25 ? 0.7 : ratio > Self.larger ? 0.62 : 0.5
  }

  /// Whether type of about the text's size stands out: in bold or in capitals, before the text, and
  /// no other such type that can be a title before it.
  private func isDistinct(_ group: LineGroup, at place: Int, in groups: [LineGroup]) -> Bool {
    func standsOut(_ group: LineGroup) -> Bool {
      group.size > 0.97 * body.size
        && (group.isBold && !body.isBold || !isInCapitals && Self.isInCapitals(group.text))
    }
    guard standsOut(group) else { return false }
    return groups[..<place].allSatisfy { $0.lines.count <= 5 && $0.text.utf8.count < 300 }
  }

  private static func isInCapitals(_ text: String) -> Bool {
    let letters = text.filter(\.isLetter)
    return letters.count > 7 && letters.allSatisfy { !$0.isLowercase }
      && letters.contains(where: \.isUppercase)
  }

  /// What else says that a group is the title.
  private func evidence(for group: LineGroup, onPage index: Int) -> Double {
    let plain = PlainWords.plain(group.text)
    guard plain.utf8.count > 8 else { return 0 }
    var evidence = 0.0
    let letters = pageLetters[index]
    if letters > 0, group.text.count(where: \.isLetter) * 10 > letters * 8 {
      // It is alone on its page.
      evidence += 0.15
    }
    let isHead = heads.contains { page, lines in
      page != index + 1 && lines.contains { $0.hasPrefix(plain) || $0.hasSuffix(plain) }
    }
    if isHead { evidence += 0.15 }
    let isRepeated = groups.enumerated().contains { other, groups in
      other != index && groups.contains { PlainWords.plain($0.text) == plain }
    }
    if isRepeated { evidence += 0.1 }
    let words = Self.significant(group.text)
    if words.count >= 3, words.intersection(declared).count * 10 >= words.count * 7 {
      evidence += 0.15
    }
    return evidence
  }

  /// Whether much larger words directly above a group are more likely the title, though they are too
  /// few to tell.
  private func hasTitleAbove(_ group: LineGroup, in groups: [LineGroup]) -> Bool {
    let above = groups.filter { $0.lines.upperBound <= group.lines.lowerBound }.suffix(1)
    return above.contains { other in
      let words = PlainWords.plain(other.text).split(separator: " ")
      return other.size > 1.3 * group.size && other.text.count(where: \.isLetter) >= 4
        && !TitleWords.isKind(words) && !TitleWords.isInstitution(other.text)
        && SeriesGuess.series(in: other.text) == nil && DateGuess.dates(in: other.text).isEmpty
        && !TitleWords.isPart(other.text)
    }
  }

  /// Whether names or a date follow, as they do below a title.
  private static func hasByline(_ lines: ArraySlice<FlowLine>) -> Bool {
    lines.prefix(4).contains { line in
      DateGuess.dates(in: line.text).contains { $0.share > 0.6 }
        || !AuthorNames.names(in: line.text).isEmpty
    }
  }

  /// The words of a title that tell it from others.
  private static func significant(_ text: String) -> Set<Substring> {
    // A set of substrings of one string.
    Set(PlainWords.plain(text).split(separator: " ").filter { $0.count > 2 })
  }

  /// A group without the names of institutions and the numbers of parts before the title.
  private static func withoutInstitution(_ group: LineGroup, _ lines: [FlowLine]) -> LineGroup {
    var group = group
    while group.lines.count > 1, let first = lines[group.lines].first,
      TitleWords.isInstitution(first.text) || TitleWords.isPartLabel(first.text)
    {
      group.lines = group.lines.lowerBound + 1..<group.lines.upperBound
      group.top = lines[group.lines.lowerBound].baseline
      group.text = lines[group.lines].dropFirst().reduce(lines[group.lines.lowerBound].text) {
        joinedText($0, $1.text)
      }
    }
    return group
  }

  // MARK: Subtitle

  /// The group directly below the title, if it is a subtitle and not names, a date, a series or the
  /// first heading of the text.
  private func subtitle(
    of title: LineGroup, onPage page: PageLines, _ index: Int
  ) -> Guess<String>? {
    let below = groups[index].drop { $0.lines.lowerBound < title.lines.upperBound }
    guard !title.text.contains(":"), !title.text.contains("："), var group = below.first,
      group.lines.lowerBound == title.lines.upperBound, group.size < title.size - 0.4,
      group.size > 1.03 * body.size,
      title.bottom - group.top < 1.2 * title.size + 2 * group.size
    else { return nil }
    let isBetweenDashes = Self.startsWithDash(group.text)
    for next in below.dropFirst() where isBetweenDashes && !Self.endsWithDash(group.text) {
      guard abs(next.size - group.size) < 0.4, group.lines.upperBound == next.lines.lowerBound
      else {
        return nil
      }
      group.text = joinedText(group.text, next.text)
      group.lines = group.lines.lowerBound..<next.lines.upperBound
    }
    guard group.lines.count <= 3, isBetweenDashes == Self.endsWithDash(group.text),
      isBetweenDashes || !isHeading(group, page.body)
    else { return nil }
    var text = group.text.trimmedSpaces
    if isBetweenDashes { text = String(text.dropFirst().dropLast()).trimmedSpaces }
    guard text.utf8.count < 250, TitleWords.canBeSubtitle(text),
      text.unicodeScalars.first?.properties.isLowercase != true
    else { return nil }
    let isLarge = group.size > 1.15 * body.size || group.isBold && !body.isBold
    return Guess(text, isBetweenDashes || isLarge ? 0.66 : 0.5, .pages, page: page.number)
  }

  private static func startsWithDash(_ text: String) -> Bool {
    text.first.map { "-–—".contains($0) } == true
  }

  private static func endsWithDash(_ text: String) -> Bool {
    text.last.map { "-–—".contains($0) } == true
  }

  /// Whether the text goes on after a group, or other groups have its style, as headings do.
  private func isHeading(_ group: LineGroup, _ lines: [FlowLine]) -> Bool {
    let twins = groups.joined().count {
      abs($0.size - group.size) < 0.4 && $0.isBold == group.isBold
    }
    if twins > 2 { return true }
    guard group.lines.upperBound < lines.count else { return false }
    let next = lines[group.lines.upperBound]
    return next.text.split(separator: " ").count >= 6 && next.size < 1.03 * body.size
      && group.bottom - next.baseline < 2.2 * group.size
      && next.text.split(separator: " ").count(where: { $0.first?.isLowercase == true }) >= 3
  }

  // MARK: Text

  /// Whether it is the title of a chapter or a table.
  private static func isPart(_ group: LineGroup, _ lines: [FlowLine]) -> Bool {
    let start = max(0, group.lines.lowerBound - 1)
    let end = min(max(start, group.lines.upperBound), lines.count)
    return lines[start..<end].contains { TitleWords.isPart($0.text) }
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
    let words = PlainWords.plain(text).split(separator: " ")
    // Spaced-out letters are one word, which is not a title.
    if words.count(where: { $0.count == 1 }) * 2 > words.count { return false }
    if words.count <= 6, DateGuess.dates(in: text).contains(where: { $0.share > 0.5 }) {
      return false
    }
    if TitleWords.isKind(words) || TitleWords.isInstitution(text) { return false }
    if words.count <= 7, SeriesGuess.isNamedSeries(text) || TitleWords.isAddress(words) {
      return false
    }
    return words.count > 1 || hasIdeographs || scalars.count > 12
  }
}
