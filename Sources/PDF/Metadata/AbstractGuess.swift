// ISO 32000-1 §14.3.3, table 317 has a subject; the abstract is on the first pages.

/// Finds the paragraphs under the heading “Abstract”.
struct AbstractGuess {
  private(set) var found: Guess<String>?

  private static let abstracts: Set<String> = [
    "abstract", "zusammenfassung", "résumé", "resumen", "resumo", "riassunto", "sammanfattning",
    "sammendrag", "samenvatting", "tiivistelmä", "аннотация", "摘要", "要旨", "초록", "요약",
    "中文摘要",
  ]
  private static let summaries: Set<String> = ["summary", "executive summary"]

  init(_ blocks: [TextBlock]) {
    for (index, block) in blocks.enumerated() where block.page <= 6 {
      let plain = PlainWords.plain(block.text)
      let isAbstract = Self.abstracts.contains(plain)
      if isAbstract || Self.summaries.contains(plain) {
        let isHeading = if case .heading = block.kind { true } else { false }
        // An entry of a table of contents looks alike, but no long paragraph follows it.
        guard isHeading || block.kind == .paragraph,
          let text = Self.paragraphs(blocks.dropFirst(index + 1), isHeading: isHeading)
        else { continue }
        found = Guess(text, (isAbstract ? 0.9 : 0.75) - (isHeading ? 0 : 0.08), .pages)
        return
      }
      if block.kind == .paragraph, let text = Self.behindLabel(block.text) {
        found = Guess(text, 0.85, .pages)
        return
      }
    }
  }

  /// The text after “Abstract:” or “Abstract—” at the beginning of a paragraph.
  private static func behindLabel(_ text: String) -> String? {
    for label in abstracts where text.lowercased().hasPrefix(label) {
      let rest = text.dropFirst(label.count).drop { $0 == " " }
      guard let sign = rest.first, ":.—–-".contains(sign) else { continue }
      let body = String(rest.dropFirst()).trimmedSpaces
      return isFit(body) ? body : nil
    }
    return nil
  }

  /// The paragraphs up to the next heading; only the first if no heading marks the end.
  private static func paragraphs(_ blocks: ArraySlice<TextBlock>, isHeading: Bool) -> String? {
    var paragraphs: [String] = []
    var goesOn = false
    for block in blocks {
      switch block.kind {
      case .footnote: continue
      case .figure, .tableRow:
        guard paragraphs.isEmpty else { continue }
        return nil
      case .heading: return fit(paragraphs)
      case .paragraph, .listItem:
        let plain = PlainWords.plain(block.text)
        if ["keywords", "key words", "introduction", "contents", "schlüsselwörter", "mots clés"]
          .contains(where: { plain == $0 || plain.hasPrefix($0 + " ") })
        {
          return fit(paragraphs)
        }
        if goesOn, let last = paragraphs.indices.last {
          paragraphs[last] = joinedText(paragraphs[last], block.text)
        } else {
          if !isHeading, !paragraphs.isEmpty { return fit(paragraphs) }
          paragraphs.append(block.text)
        }
        goesOn = block.continuesOnNextPage
        // Without a heading, this much text is the paper itself.
        if paragraphs.reduce(0, { $0 + $1.utf8.count }) > 6000 { return nil }
      }
    }
    return fit(paragraphs)
  }

  private static func fit(_ paragraphs: [String]) -> String? {
    let text = paragraphs.joined(separator: "\n\n")
    return isFit(text) ? text : nil
  }

  private static func isFit(_ text: String) -> Bool {
    let count = text.unicodeScalars.count
    let isDense = text.unicodeScalars.contains(where: isIdeographic)
    return count >= (isDense ? 40 : 120) && count <= 5000 && endsSentence(text)
  }
}
