// ISO 32000-1 §14.3.3, table 317 has a subject; the abstract is on the first pages.

/// Finds the paragraphs under the heading “Abstract” or “Summary”, or of a summary page.
struct AbstractGuess {
  private(set) var found: Guess<String>?

  private static let abstracts: Set<String> = [
    "abstract", "zusammenfassung", "kurzfassung", "résumé", "resumen", "resumo", "riassunto",
    "sammanfattning", "sammendrag", "samenvatting", "tiivistelmä", "streszczenie", "аннотация",
    "реферат", "摘要", "要旨", "抄録", "초록", "요약", "요지", "中文摘要", "内容摘要", "ملخص", "الملخص",
  ]
  private static let summaries: Set<String> = [
    "summary", "executive summary", "synthèse", "резюме", "概要", "要約", "요약문",
  ]

  /// Longer ones are cut after a paragraph: about as much as fits a page with its heading.
  private static let mostCharacters = 2500

  /// - Parameters:
  ///   - blocks: The blocks of the first pages.
  ///   - pages: The first pages.
  ///   - title: The title, which a summary page repeats.
  init(_ blocks: [TextBlock], pages: [PageLines], title: String?) {
    for (index, block) in blocks.enumerated() where block.page <= 6 {
      let plain = PlainWords.plain(block.text)
      let isAbstract = Self.abstracts.contains(plain)
      if isAbstract || Self.summaries.contains(plain) {
        let isHeading = if case .heading = block.kind { true } else { false }
        // An entry of a table of contents looks alike, but no long paragraph follows it.
        guard isHeading || block.kind == .paragraph,
          let text = Self.paragraphs(blocks.dropFirst(index + 1), isHeading: isHeading)
        else { continue }
        let confidence = (isAbstract ? 0.9 : 0.75) - (isHeading ? 0 : 0.08)
        found = Guess(text, confidence, .pages, page: block.page)
        return
      }
      if block.kind == .paragraph, let text = Self.behindLabel(block.text) {
        found = Guess(text, 0.85, .pages, page: block.page)
        return
      }
    }
    found = Self.summaryPage(blocks, pages, title: title)
  }

  /// The paragraphs of a page that says “Summary” at its top, outside of the text.
  private static func summaryPage(
    _ blocks: [TextBlock], _ pages: [PageLines], title: String?
  ) -> Guess<String>? {
    let plainTitle = title.map(PlainWords.plain)
    for page in pages.dropFirst() {
      let isSummary = page.all.prefix(12).contains { line in
        let plain = PlainWords.plain(line.text)
        return summaries.contains(plain) || abstracts.contains(plain)
      }
      guard isSummary else { continue }
      let own = blocks.drop { $0.page < page.number }
      let text = own.drop { block in
        block.page == page.number
          && (block.text.utf8.count < 200 || block.kind == .tableRow
            || PlainWords.plain(block.text) == plainTitle)
      }
      guard let first = text.first, first.page == page.number, first.kind == .paragraph,
        let found = paragraphs(text.prefix { $0.page == page.number }, isHeading: true)
      else { continue }
      return Guess(found, 0.78, .pages, page: page.number)
    }
    return nil
  }

  /// The text after “Abstract:” or “Abstract—” at the beginning of a paragraph.
  private static func behindLabel(_ text: String) -> String? {
    let text = text.drop { "【[〔".contains($0) }
    let lower = text.prefix(40).lowercased()
    for label in abstracts where lower.hasPrefix(label) {
      let rest = text.dropFirst(label.count).drop { $0 == " " }
      guard let sign = rest.first, ":.—–-：】]".contains(sign) else { continue }
      let body = String(rest.dropFirst()).trimmedSpaces
      return isFit(body) ? body : nil
    }
    return nil
  }

  /// The paragraphs up to the next heading, or as many as an abstract has; only the first if no
  /// heading marks the end.
  private static func paragraphs(_ blocks: ArraySlice<TextBlock>, isHeading: Bool) -> String? {
    var paragraphs: [String] = []
    var continues = false
    for block in blocks {
      switch block.kind {
      case .footnote: continue
      case .figure, .tableRow:
        guard paragraphs.isEmpty else { continue }
        return nil
      case .heading: return fit(paragraphs)
      case .paragraph, .listItem:
        if isEnd(block.text) { return fit(paragraphs) }
        if continues, let last = paragraphs.indices.last {
          paragraphs[last] = joinedText(paragraphs[last], block.text)
        } else {
          if !isHeading, !paragraphs.isEmpty { return fit(paragraphs) }
          paragraphs.append(block.text)
        }
        continues = block.continuesOnNextPage
        let count = paragraphs.reduce(0) { $0 + $1.unicodeScalars.count }
        if count > mostCharacters, !continues { return fit(paragraphs) }
      }
    }
    return fit(paragraphs)
  }

  /// Whether a paragraph is what follows an abstract.
  private static func isEnd(_ text: String) -> Bool {
    let plain = PlainWords.plain(String(text.prefix(80)))
    return [
      "keywords", "key words", "introduction", "contents", "schlüsselwörter", "schlagwörter",
      "mots clés", "palabras clave", "nyckelord", "ключевые слова", "关键词", "关键字", "キーワード",
      "주제어", "핵심어", "jel",
    ].contains { plain == $0 || plain.hasPrefix($0 + " ") }
  }

  /// The paragraphs that fit, joined; nil if they cannot be an abstract.
  private static func fit(_ paragraphs: [String]) -> String? {
    var kept: [String] = []
    var count = 0
    for paragraph in paragraphs {
      count += paragraph.unicodeScalars.count
      if !kept.isEmpty, count > mostCharacters { break }
      kept.append(paragraph)
    }
    // What introduces a list that was cut off.
    while kept.count > 1, kept.last?.hasSuffix(":") == true { kept.removeLast() }
    let text = kept.joined(separator: "\n\n")
    return isFit(text) ? text : nil
  }

  private static func isFit(_ text: String) -> Bool {
    let count = text.unicodeScalars.count
    let isDense = text.unicodeScalars.contains(where: isIdeographic)
    return count >= (isDense ? 40 : 120) && count <= 2 * mostCharacters && endsSentence(text)
  }
}
