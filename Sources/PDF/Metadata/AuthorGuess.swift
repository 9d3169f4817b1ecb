// ISO 32000-1 §14.3.3, table 317: Author, found on the first and last pages.

/// Finds the authors: the names below the title, after “by”, beside or under “Author information”, or
/// in the last line with a position.
struct AuthorGuess {
  private(set) var found: Guess<[String]>?

  private let front: [PageLines]
  private let back: [PageLines]
  private let body: BodyStyle
  /// Words that occur in lower case, which are no names.
  private let common: Set<Substring>

  /// - Parameters:
  ///   - front: The first pages.
  ///   - back: The last pages, without those.
  ///   - body: The style of the text.
  ///   - place: The page of `front` with the title and the line after it; nil if it is not known.
  init(front: [PageLines], back: [PageLines], body: BodyStyle, after place: TitleGuess.Place?) {
    self.body = body
    self.front = front
    self.back = back
    common = Self.commonWords(front)
    let guesses = [
      place.flatMap(belowTitle), place.flatMap(aboveTitle), labelled(), underHeading(),
      withPositions(), lastLine(),
    ].compactMap(\.self)
    guard var best = guesses.max(by: { $0.confidence < $1.confidence }) else { return }
    // Found in two places, names are certain; the longer list of two is the whole one.
    for other in guesses where other != best {
      let (names, others) = (Set(best.value), Set(other.value))
      if names == others {
        best.confidence = max(best.confidence, 0.93)
      } else if names.isStrictSubset(of: others), other.confidence >= 0.7 {
        best = other
      }
    }
    found = best
  }

  // MARK: Below the title

  private func belowTitle(_ place: TitleGuess.Place) -> Guess<[String]>? {
    guard place.page < front.count else { return nil }
    let lines = Array(front[place.page].body.dropFirst(place.line).prefix(24))
    var names: [String] = []
    var (isSaid, isWaiting) = (false, false)
    var distance = 0
    var style: LineGroup?
    for group in Self.byline(lines) {
      let (body, hasBy) = Bylines.withoutBy(group.text)
      if Bylines.endsSearch(group.text) || names.count > 60 { break }
      distance += group.lines.count
      if body.isEmpty, hasBy {
        isWaiting = true
        continue
      }
      if !hasBy, isText(group) { break }
      switch read(group, lines, body: body) {
      case .unclear:
        if distance < 8 { return nil }
      case .none:
        // A subtitle or an affiliation.
        isWaiting = false
      case .names(let more):
        // Words that also occur in lower case are not names.
        if more.contains(where: isCommon) { return nil }
        if names.isEmpty, distance > 10, !hasBy, !isWaiting { return nil }
        // In another style, further down, names are those of a body or of other persons.
        if let style, !hasBy, !isWaiting,
          abs(style.size - group.size) > LineGroup.sameSize * group.size
            || style.isBold != group.isBold && style.bottom - group.top > 4 * group.size
        {
          continue
        }
        style = style ?? group
        isSaid = isSaid || hasBy || isWaiting
        names += more
      }
    }
    let result = Self.unique(names)
    guard !result.isEmpty else { return nil }
    return Guess(
      result, isSaid ? 0.88 : result.count > 1 ? 0.78 : 0.68, .pages,
      page: front[place.page].number)
  }

  /// Whether a group is running text or a list, in type of the text's size.
  private func isText(_ group: LineGroup) -> Bool {
    if let first = group.text.split(separator: " ").first, Markers.isBulletMarker(String(first)) {
      return true
    }
    let words = group.text.split(separator: " ")
    return group.size < 1.05 * body.size && words.count >= 8
      && words.count(where: { $0.first?.isLowercase == true }) * 2 > words.count
  }

  private enum Reading { case names([String]), none, unclear }

  /// The names of a group: of all its lines together, because names are broken at line ends, or of
  /// each line.
  private func read(_ group: LineGroup, _ lines: [FlowLine], body: String) -> Reading {
    let joined = AuthorNames.names(in: body)
    if !joined.isEmpty { return .names(joined) }
    let capitals = AuthorNames.namesInCapitals(body)
    if !capitals.isEmpty { return .names(capitals) }
    var names: [String] = []
    for line in lines[group.lines] {
      if let name = Bylines.eastAsianName(line.text) {
        names.append(name)
        continue
      }
      let parts = AuthorNames.parts(of: Bylines.withoutBy(line.text).rest)
      let whole = parts.count(where: AuthorNames.isName)
      if whole == 0 { continue }
      if let first = parts.first, AuthorNames.isName(first), whole == 1, parts.count > 1,
        parts.dropFirst().allSatisfy({ Bylines.isPosition($0) || Bylines.isPlace($0) })
      {
        names.append(first)
        continue
      }
      // Names that cannot be separated: some of the authors would be wrong.
      if whole < parts.count || parts.contains(where: AuthorNames.isTwoNames) { return .unclear }
      names += parts
    }
    return names.isEmpty ? .none : .names(names)
  }

  /// The groups of lines below a title, rows of cells included.
  private static func byline(_ lines: [FlowLine]) -> [LineGroup] {
    LineGroup.groups(
      lines.map { line in
        var line = line
        line.isRow = false
        return line
      }, isAnyWeight: true)
  }

  // MARK: Above the title

  /// The names in the line before the title, where nothing else is above it.
  private func aboveTitle(_ place: TitleGuess.Place) -> Guess<[String]>? {
    guard place.page < front.count else { return nil }
    let lines = Array(front[place.page].body.prefix(place.line))
    let groups = Self.byline(lines).filter { $0.lines.upperBound <= place.line }
    guard groups.count >= 2, groups.count <= 8 else { return nil }
    for line in groups.dropLast().suffix(2).flatMap({ lines[$0.lines] }).suffix(3).reversed() {
      let names = AuthorNames.names(in: line.text)
      guard !names.isEmpty, !names.contains(where: isCommon) else { continue }
      return Guess(
        Self.unique(names), names.count > 1 ? 0.74 : 0.66, .pages, page: front[place.page].number)
    }
    return nil
  }

  // MARK: After a label

  /// The names after “By”, “Authors:” or “Prepared by”, on the line or on the next ones.
  private func labelled() -> Guess<[String]>? {
    for page in front.prefix(3) + back.suffix(2) {
      for (index, line) in page.body.enumerated() where line.text.utf8.count < 300 {
        let (rest, hasLabel) = Bylines.withoutBy(line.text)
        guard hasLabel else { continue }
        var names = AuthorNames.names(in: rest)
        if names.isEmpty, let name = Self.nameWithPosition(rest) { names = [name] }
        if names.isEmpty, line.text.contains(":") || line.text.contains("：") {
          names = Bylines.namesWithoutCapitals(rest)
        }
        if !names.isEmpty || rest.isEmpty || AuthorNames.isHonorific(rest) {
          // The list goes on in lines like this one.
          for next in page.body.dropFirst(index + 1).prefix(8) {
            let found = AuthorNames.names(in: next.text)
            if abs(next.size - line.size) > LineGroup.sameSize * line.size { break }
            if found.isEmpty, !names.isEmpty || !AuthorNames.isHonorific(next.text) { break }
            names += found
          }
        }
        guard !names.isEmpty, !names.contains(where: isCommon) else { continue }
        return Guess(Self.unique(names), 0.84, .pages, page: page.number)
      }
    }
    return nil
  }

  // MARK: Under a heading

  /// The names under “Author information” or “About the authors”, up to the next heading.
  private func underHeading() -> Guess<[String]>? {
    for page in back.reversed() + front {
      guard let start = page.body.firstIndex(where: { Bylines.isAuthorHeading($0.text) }) else {
        continue
      }
      let heading = page.body[start]
      var names: [String] = []
      for line in page.body.dropFirst(start + 1).prefix(80) {
        // The next heading, and running text.
        if line.size > heading.size - 0.4, line.isBold == heading.isBold { break }
        if let name = Bylines.subject(of: line.text), !isCommon(name) {
          names.append(name)
          continue
        }
        let parts = AuthorNames.parts(of: line.text)
        guard let first = parts.first, AuthorNames.isName(first), !isCommon(first) else { continue }
        if parts.allSatisfy(AuthorNames.isName) {
          names += parts
        } else if parts.dropFirst().allSatisfy({ Bylines.isPosition($0) || !AuthorNames.isName($0) }
        ) {
          names.append(first)
        }
      }
      if !names.isEmpty { return Guess(Self.unique(names), 0.86, .pages, page: page.number) }
    }
    return nil
  }

  // MARK: With positions

  /// Names that each have the person's position on the next line, beside a summary.
  private func withPositions() -> Guess<[String]>? {
    for page in front.prefix(2) {
      var names: [String] = []
      for (line, next) in zip(page.body, page.body.dropFirst()) {
        guard line.text.utf8.count < 60, line.text.first?.isUppercase == true else { continue }
        let parts = AuthorNames.parts(of: line.text)
        guard parts.count == 1, AuthorNames.isName(parts[0]), !isCommon(parts[0]),
          Bylines.isPosition(next.text), next.text.utf8.count < 60,
          abs(next.left - line.left) < 2 * line.size
        else { continue }
        names.append(parts[0])
      }
      if !names.isEmpty { return Guess(Self.unique(names), 0.74, .pages, page: page.number) }
    }
    return nil
  }

  /// The last lines of the text, if they are names with positions: “Greta Holm, Analyst in Ports”.
  ///
  /// Persons to ask, whose lines are followed by numbers and addresses, are not authors.
  private func lastLine() -> Guess<[String]>? {
    for page in back.reversed() + front.suffix(2).reversed() {
      let lines = page.body
      guard let first = lines.indices.first(where: { Self.nameWithPosition(lines[$0].text) != nil })
      else {
        continue
      }
      var names: [String] = []
      var end = first
      while end < lines.count {
        if let name = Self.nameWithPosition(lines[end].text) {
          names.append(name)
        } else if lines[end].text.utf8.count > 40 || lines[end - 1].text.utf8.count < 30
          || lines[end - 1].baseline - lines[end].baseline > LineGroup.leading * lines[end].size
        {
          break
        }
        end += 1
      }
      let size = lines[first].size
      let rest = lines[end...].prefix { !$0.isBold || $0.size < 1.1 * size }
      let isBesideLabel = first > 0 && Self.isLabel(lines[first - 1])
      guard rest.reduce(0, { $0 + $1.text.utf8.count }) < 120, !isBesideLabel,
        !lines[first...].prefix(8).contains(where: { Bylines.isContact($0.text) }),
        !names.contains(where: isCommon)
      else { continue }
      return Guess(Self.unique(names), 0.8, .pages, page: page.number)
    }
    return nil
  }

  /// The name of a line that is a name, a comma and a position.
  private static func nameWithPosition(_ line: String) -> String? {
    guard line.utf8.count < 120, line.contains(where: { ",|\t".contains($0) }),
      line.first?.isUppercase == true
    else { return nil }
    let parts = AuthorNames.parts(of: line)
    guard parts.count >= 2, AuthorNames.isName(parts[0]),
      Bylines.isPosition(parts.dropFirst().joined(separator: ", "))
    else { return nil }
    return parts[0]
  }

  /// Whether a line is a label, such as “CONTRIBUTORS” or “Contact:”.
  private static func isLabel(_ line: FlowLine) -> Bool {
    line.text.utf8.count < 40
      && (line.text.hasSuffix(":") || line.text.allSatisfy { !$0.isLowercase })
      && line.text.contains(where: \.isLetter)
  }

  // MARK: Words

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// Words that occur in lower case on the first pages.
  private static func commonWords(_ pages: [PageLines]) -> Set<Substring> {
    var words: Set<Substring> = []
    for line in pages.lazy.flatMap(\.body) where words.count < 5000 {
      // Email addresses have names in lower case.
      for word in line.text.split(separator: " ") where !word.contains("@") {
        for part in word.split(whereSeparator: { !$0.isLetter })
        where part.first?.isLowercase == true { words.insert(part) }
      }
    }
    return words
  }

  private func isCommon(_ name: String) -> Bool {
    let words: [Substring] = name.split(separator: " ").filter { $0.count > 2 }
    return !words.isEmpty && words.allSatisfy { common.contains($0.lowercased()[...]) }
  }
}
