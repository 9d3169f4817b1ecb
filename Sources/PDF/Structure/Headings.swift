// ISO 32000-1 §14.8.4.3.2: headings, where no tag tells them.

/// Finds headings by their style and its use in the document.
///
/// A style is a heading style if most text in it looks like headings. Unclear cases are not
/// headings, because running text shown as a heading is worse.
struct Headings {
  let body: BodyStyle

  /// What headings of one level have in common.
  private struct Style: Hashable {
    var size: Int
    var isBold: Bool
    var isCapitals: Bool
  }

  func mark(_ pieces: inout [Piece]) {
    var uses: [Style: (headings: Int, others: Int, pages: Set<Int>)] = [:]
    var candidates: [Int: Style] = [:]
    for (index, piece) in pieces.enumerated() where piece.kind != .footnote {
      let style = style(piece)
      var use = uses[style] ?? (0, 0, [])
      if isCandidate(index, pieces) {
        candidates[index] = style
        use.headings += piece.glyphs
        use.pages.insert(piece.page)
      } else if piece.kind != .tableRow {
        use.others += piece.glyphs
      }
      uses[style] = use
    }
    let title = title(of: pieces, candidates)
    let good = uses.filter { _, use in use.headings > 0 && use.headings * 2 > use.others }
    let lastPage = pieces.last?.page ?? 0
    var chosen: [Int: Style] = [:]
    for (index, style) in candidates where index != title {
      guard let use = good[style] else { continue }
      let piece = pieces[index]
      // The first page also has names and dates in large type.
      let isOnCover = piece.page == 0 || piece.page == 1 && (title.map { pieces[$0].page } == 1)
      if isOnCover, lastPage > 1, !use.pages.contains(where: { $0 > 1 }) { continue }
      guard leadsSomewhere(index, pieces, candidates) else { continue }
      if let title, index > title, index < title + 8, piece.page == pieces[title].page,
        Self.areNames(piece.text)
      {
        continue
      }
      chosen[index] = style
    }
    let levels = levels(of: Set(chosen.values), hasTitle: title != nil)
    for (index, style) in chosen {
      pieces[index].kind = .heading(level: levels[style] ?? 6)
    }
    if let title { pieces[title].kind = .heading(level: 1) }
  }

  private func style(_ piece: Piece) -> Style {
    Style(
      size: BodyStyle.step(piece.size), isBold: piece.isBold,
      isCapitals: isCapitals(piece.text))
  }

  private func isCapitals(_ text: String) -> Bool {
    var (upper, lower) = (0, 0)
    for scalar in text.unicodeScalars.prefix(200) {
      if scalar.properties.isUppercase { upper += 1 }
      if scalar.properties.isLowercase { lower += 1 }
    }
    return upper > 2 && lower == 0
  }

  /// Whether a piece can be a heading, judged by itself.
  private func isCandidate(_ index: Int, _ pieces: [Piece]) -> Bool {
    let piece = pieces[index]
    guard piece.kind == .paragraph || piece.kind == .listItem, piece.direction == 0,
      isHeadingText(piece.text)
    else { return false }
    // A lower-case letter begins program code, but no heading.
    if piece.text.unicodeScalars.first?.properties.isLowercase == true {
      guard index < 4, piece.page == 0, piece.size > 1.4 * body.size else { return false }
    }
    if piece.size > 1.12 * body.size { return piece.lines <= 4 }
    guard piece.size > 0.96 * body.size, piece.lines <= 2, piece.isBold, !body.isBold else {
      return false
    }
    // Bold type of the text's size is a heading if it is separate and text follows.
    let gap = max(1.12 * body.leading, 1.3)
    let isBelowHeading =
      index > 0 && pieces[index - 1].page == piece.page && pieces[index - 1].size > piece.size
    return piece.gapAbove > gap || isBelowHeading
  }

  private func isHeadingText(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard scalars.count <= 180, let first = scalars.first, let last = scalars.last else {
      return false
    }
    let letters = scalars.count { $0.properties.isAlphabetic }
    let spaces = scalars.count { $0 == " " }
    let hasIdeographs = scalars.contains(where: isEastAsian)
    guard letters >= (hasIdeographs ? 2 : 3), letters * 2 > scalars.count - spaces else {
      return false
    }
    // An East Asian character says as much as several letters.
    if hasIdeographs, scalars.count(where: isEastAsian) > 45 { return false }
    if "“\"”«*※<＜".unicodeScalars.contains(first) { return false }
    if Markers.isBullet(first) { return false }
    if ".,;:。，、；".unicodeScalars.contains(last) { return false }
    if text.contains("@") || text.contains("://") || text.contains("www.") { return false }
    // A heading is not two sentences.
    return !text.contains(". ")
      || text.firstRange(of: ". ").map {
        text[..<$0.lowerBound].unicodeScalars.count < 12
      } == true
  }

  private func isEastAsian(_ scalar: Unicode.Scalar) -> Bool {
    isIdeographic(scalar) || (0xAC00...0xD7A3).contains(scalar.value)
  }

  /// The title: the largest type on the first page that has any, if it is larger than the text.
  private func title(of pieces: [Piece], _ candidates: [Int: Style]) -> Int? {
    let first = candidates.keys.filter { pieces[$0].page <= 1 }.sorted()
    guard let largest = first.map({ pieces[$0].size }).max(), largest > 1.25 * body.size else {
      return nil
    }
    return first.first { pieces[$0].size > 0.97 * largest }
  }

  /// Makes the title a heading if a tagged file has headings but tags the title as a paragraph: the
  /// largest type on the first page, larger than its headings.
  func markTitle(_ pieces: inout [Piece]) {
    let first = pieces.indices.prefix { pieces[$0].page == 0 }
    let letters = first.filter { index in
      pieces[index].text.unicodeScalars.count { $0.properties.isAlphabetic } > 3
    }
    guard let largest = letters.map({ pieces[$0].size }).max(), largest > 1.25 * body.size,
      let title = letters.first(where: { pieces[$0].size > 0.97 * largest }),
      pieces[title].kind == .paragraph, pieces[title].lines <= 5,
      (8...250).contains(pieces[title].text.unicodeScalars.count),
      letters.count(where: { pieces[$0].size > 0.97 * largest }) < 3
    else { return }
    pieces[title].kind = .heading(level: 1)
  }

  /// Whether a line is a list of names, like the one below a title.
  static func areNames(_ text: String) -> Bool {
    let parts = text.replacing(" and ", with: ",").replacing(" & ", with: ",")
      .split(separator: ",").map { part in
        part.split { !$0.isLetter && !".-’'".contains($0) }
      }.filter { !$0.isEmpty }
    let hasMark = text.contains { $0.isNumber || "∗*†‡".contains($0) }
    guard !parts.isEmpty, parts.count > 1 || hasMark else { return false }
    return parts.allSatisfy { words in
      (2...5).contains(words.count) && words.first?.first?.isUppercase == true
        && words.last?.first?.isUppercase == true
    }
  }

  /// Whether text follows a heading, directly or after further headings.
  private func leadsSomewhere(
    _ index: Int, _ pieces: [Piece], _ candidates: [Int: Style]
  ) -> Bool {
    var next = index + 1
    var skipped = 0
    while next < pieces.count, skipped < 4, pieces[next].page <= pieces[index].page + 1 {
      let piece = pieces[next]
      if candidates[next] == nil {
        // No heading precedes a date, a name or a number alone.
        if piece.kind != .paragraph { return true }
        if piece.glyphs > 60 || piece.lines > 1 { return true }
        skipped += 1
      }
      if candidates[next] != nil { skipped += 1 }
      next += 1
    }
    return false
  }

  /// The level of each style: larger sizes first, then bold and capitals.
  private func levels(of styles: Set<Style>, hasTitle: Bool) -> [Style: Int] {
    let ordered = styles.sorted { one, other in
      if abs(one.size - other.size) > 1 { return one.size > other.size }
      if one.isBold != other.isBold { return one.isBold }
      if one.isCapitals != other.isCapitals { return one.isCapitals }
      return one.size > other.size
    }
    var levels: [Style: Int] = [:]
    var level = hasTitle ? 1 : 0
    var last: Style?
    for style in ordered {
      let isSame = last.map {
        abs($0.size - style.size) <= 1 && $0.isBold == style.isBold
          && $0.isCapitals == style.isCapitals
      }
      if isSame != true { level += 1 }
      levels[style] = min(level, 6)
      last = style
    }
    return levels
  }
}
