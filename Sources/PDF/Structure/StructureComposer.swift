// ISO 32000-1 §14.8.4: builds structure elements from lines, and from tags if they are good.

/// Builds the blocks of a document from its lines.
struct StructureComposer {
  private let pages: [PageText]
  private let heights: [Float]
  private let tags: StructureTree
  private let outline: [Bookmark]

  init(pages: [PageText], heights: [Float], tags: StructureTree, outline: [Bookmark]) {
    self.outline = outline
    self.pages = pages
    self.heights = heights
    self.tags = tags
  }

  /// The blocks in reading order.
  func blocks() -> [TextBlock] {
    let flow = pages.map(FlowLines.lines)
    let body = BodyStyle(flow)
    guard body.size > 0 else { return [] }
    var pieces: [Piece]
    if areTagsGood {
      pieces = TaggedPieces(pages: pages, tags: tags).pieces()
      let hasHeadings = pieces.contains { if case .heading = $0.kind { true } else { false } }
      if !hasHeadings {
        Headings(body: body).mark(&pieces)
        markBookmarked(&pieces)
      } else {
        Headings(body: body).markTitle(&pieces)
      }
      Self.demoteLoneItems(&pieces)
    } else {
      pieces = flow.enumerated().flatMap { index, lines in
        Paragraphs(
          lines, page: index, height: index < heights.count ? heights[index] : 792, body: body
        ).pieces()
      }
      Notes(body: body, heights: heights).mark(&pieces)
      Headings(body: body).mark(&pieces)
      markBookmarked(&pieces)
      Self.markItems(&pieces)
    }
    Self.demoteDoubtful(&pieces)
    Self.joinPages(&pieces)
    return pieces.compactMap(Self.block)
  }

  /// Whether the file is tagged and the tags cover nearly all text.
  private var areTagsGood: Bool {
    guard !tags.elements.isEmpty else { return false }
    var (all, tagged) = (0, 0)
    for line in pages.lazy.flatMap(\.lines) where line.role == .body {
      guard line.shape.element != StructureTree.artifact else { continue }
      all += Int(line.shape.glyphCount)
      if line.shape.element != nil { tagged += Int(line.shape.glyphCount) }
    }
    return tagged * 10 > all * 9
  }

  private static func block(_ piece: Piece) -> TextBlock? {
    // Tabs of empty cells at the beginning of a row are kept.
    let text = piece.kind == .tableRow ? piece.text : piece.text.trimmedSpaces
    guard text.contains(where: { !$0.isWhitespace }) else { return nil }
    let kind: TextBlock.Kind =
      switch piece.kind {
      case .heading(let level): .heading(level: level)
      case .paragraph: .paragraph
      case .listItem: .listItem(marker: piece.marker)
      case .footnote: .footnote(marker: piece.marker)
      case .tableRow: .tableRow
      case .figure: .figure
      }
    return TextBlock(
      kind: kind, text: text, page: piece.page + 1, continuesOnNextPage: piece.continues)
  }

  /// Makes headings of the texts that bookmarks name on their pages, whatever their style.
  private func markBookmarked(_ pieces: inout [Piece]) {
    var named: [Int: [String: Int]] = [:]
    for entry in outline.prefix(5000) {
      if let page = entry.page {
        named[page, default: [:]][Self.letters(entry.title)] = entry.level
      }
    }
    guard !named.isEmpty else { return }
    let hasTitle = pieces.contains { $0.kind == .heading(level: 1) && $0.page < 2 }
    for index in pieces.indices where pieces[index].kind == .paragraph && pieces[index].lines <= 4 {
      let piece = pieces[index]
      guard piece.text.utf8.count < 300, let titles = named[piece.page + 1] else { continue }
      let letters = Self.letters(piece.text)
      guard letters.utf8.count > 2, let level = titles[letters] else { continue }
      pieces[index].kind = .heading(level: min(level + (hasTitle ? 1 : 0), 6))
    }
  }

  /// The letters of a text in lower case; bookmarks may omit numbers.
  private static func letters(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.lowercased().unicodeScalars.filter(\.properties.isAlphabetic).prefix(200)))
  }

  /// Turns isolated items without a marker into paragraphs.
  private static func demoteLoneItems(_ pieces: inout [Piece]) {
    for index in pieces.indices
    where pieces[index].kind == .listItem && pieces[index].marker.isEmpty {
      let near = pieces[max(0, index - 1)..<min(pieces.count, index + 2)]
      if near.count(where: { $0.kind == .listItem }) == 1 { pieces[index].kind = .paragraph }
    }
  }

  /// Turns paragraphs that begin with a marker into items.
  private static func markItems(_ pieces: inout [Piece]) {
    for index in pieces.indices where pieces[index].kind == .paragraph {
      guard let (marker, rest) = Markers.split(pieces[index].text) else { continue }
      let isBullet = Markers.isBulletMarker(marker)
      guard isBullet || isNumbered(index, marker, pieces) else { continue }
      // A single dash can begin direct speech; a list has several.
      if ["-", "–", "—", "*", "o", "»"].contains(marker) {
        let near = pieces[max(0, index - 3)..<min(pieces.count, index + 4)].enumerated()
        let hasTwin = near.contains { place, other in
          place + max(0, index - 3) != index
            && (other.text.hasPrefix(marker + " ") || other.marker == marker)
        }
        guard hasTwin else { continue }
      }
      pieces[index].kind = .listItem
      pieces[index].text = rest
      // Characters for private use are meaningless in other fonts.
      let isPrivate = marker.unicodeScalars.contains { (0xE000...0xF8FF).contains($0.value) }
      pieces[index].marker = isPrivate || marker == "·" ? "•" : marker
    }
  }

  /// Whether the previous or next number is nearby.
  private static func isNumbered(_ index: Int, _ marker: String, _ pieces: [Piece]) -> Bool {
    guard let number = Markers.number(marker) else { return false }
    let near = pieces[max(0, index - 8)..<min(pieces.count, index + 9)]
    return near.contains { other in
      let text = other.kind == .listItem ? other.marker : Markers.split(other.text)?.marker
      guard let found = text.flatMap({ Markers.number($0) }) else { return false }
      return found.style == number.style && abs(found.value - number.value) == 1
    }
  }

  /// Turns headings that are running text into paragraphs: tags and type can both be wrong.
  private static func demoteDoubtful(_ pieces: inout [Piece]) {
    var (headings, all) = (0, 0)
    for index in pieces.indices {
      all += pieces[index].glyphs
      guard case .heading = pieces[index].kind else { continue }
      let length = pieces[index].text.unicodeScalars.count
      let hasLetters = pieces[index].text.unicodeScalars.contains { $0.properties.isAlphabetic }
      if length > 250 || !hasLetters {
        pieces[index].kind = .paragraph
      } else {
        headings += pieces[index].glyphs
      }
    }
    guard headings * 10 > all * 4, pieces.count > 3 else { return }
    for index in pieces.indices {
      if case .heading = pieces[index].kind { pieces[index].kind = .paragraph }
    }
  }

  /// Finds paragraphs and items that continue on the next page.
  private static func joinPages(_ pieces: inout [Piece]) {
    var last: Int?
    for index in pieces.indices {
      let piece = pieces[index]
      guard piece.kind == .paragraph || piece.kind == .listItem else {
        if case .heading = piece.kind { last = nil }
        continue
      }
      if let last, pieces[last].page + 1 == piece.page, goesOn(from: pieces[last], to: piece) {
        pieces[last].continues = true
        pieces[index].kind = pieces[last].kind
      }
      last = index
    }
  }

  private static func goesOn(from last: Piece, to next: Piece) -> Bool {
    guard next.kind == .paragraph, last.endsFull || last.text.hasSuffix("-"),
      !endsSentence(last.text), abs(last.size - next.size) < 0.1 * last.size,
      last.isBold == next.isBold, last.direction == next.direction, last.glyphs > 20,
      let first = next.text.unicodeScalars.first
    else { return false }
    if first.properties.isLowercase || isIdeographic(first) { return true }
    return !next.isIndented && next.glyphs > 20 && first.properties.isAlphabetic
  }
}

extension String {
  /// Without white space at both ends.
  var trimmedSpaces: String {
    let isWhite: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" }
    guard let start = unicodeScalars.firstIndex(where: { !isWhite($0) }),
      let end = unicodeScalars.lastIndex(where: { !isWhite($0) })
    else { return "" }
    return String(self[start...end])
  }
}
