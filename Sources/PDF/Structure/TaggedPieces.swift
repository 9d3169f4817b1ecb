// ISO 32000-1 §14.8.4: standard structure types from the tags of a file.

/// Collects the lines of a document by the elements that its tags define.
struct TaggedPieces {
  private let pages: [PageText]
  private let tags: StructureTree

  init(pages: [PageText], tags: StructureTree) {
    self.pages = pages
    self.tags = tags
  }

  /// The part of a block on one page.
  private struct Growing {
    var piece: Piece
    /// The text of each cell by column; without a table, all text under one number.
    var cells: [Int: String] = [:]
    /// Preceding notes that are tagged together with it.
    var notesBefore: [Growing] = []

    /// The cells of a row including empty ones; otherwise the texts.
    var texts: [String] {
      let filled = cells.sorted { $0.key < $1.key }
      guard piece.kind == .tableRow, let last = filled.last?.key else { return filled.map(\.value) }
      return (0...last).map { cells[$0] ?? "" }
    }
  }

  /// By page, and on a page in the order of the tags.
  func pieces() -> [Piece] {
    var pieces: [Piece] = []
    var figures: [Int: [Int]] = [:]
    for (index, block) in tags.blocks.enumerated() where block.kind == .figure {
      if let page = block.page { figures[page, default: []].append(index) }
    }
    // The last piece of each block.
    var ends: [Int: Int] = [:]
    for (index, page) in pages.enumerated() {
      var growing: [Int: Growing] = [:]
      for figure in figures[index] ?? [] { growing[figure] = self.figure(figure, on: index) }
      collect(page, at: index, into: &growing)
      let grown = growing.sorted(by: { $0.key < $1.key }).flatMap { block, grown in
        (grown.notesBefore + [grown]).enumerated().map { (block, $1, isFirst: $0 == 0) }
      }
      for (block, grown, isFirst) in grown {
        var piece = finished(grown, isRest: isFirst && ends[block] != nil)
        guard !piece.text.isEmpty else { continue }
        if let last = pieces.last, last.page == index, last.bottom > piece.top {
          piece.gapAbove = (last.bottom - piece.top) / max(piece.size, 0.1)
        }
        if let end = ends[block], pieces[end].page == index - 1 { pieces[end].continues = true }
        ends[block] = pieces.count
        pieces.append(piece)
      }
    }
    return pieces
  }

  private func figure(_ block: Int, on page: Int) -> Growing {
    var line = FlowLine(TextLine(text: ""))
    line.size = 1
    var piece = Piece(line, page: page)
    piece.kind = .figure
    return Growing(piece: piece, cells: [0: tags.blocks[block].alternative ?? ""])
  }

  private func collect(_ page: PageText, at index: Int, into growing: inout [Int: Growing]) {
    var untagged: Int?
    for line in page.lines where line.role == .body {
      if line.shape.parts.isEmpty {
        add(line.text, line, line.shape.element, at: index, &growing, &untagged)
      } else {
        for part in line.shape.parts {
          add(part.text, line, part.element, at: index, &growing, &untagged)
        }
      }
    }
  }

  private func add(
    _ text: String, _ line: TextLine, _ element: Int32?, at page: Int,
    _ growing: inout [Int: Growing], _ untagged: inout Int?
  ) {
    guard element != StructureTree.artifact else { return }
    guard let element, tags.elements.indices.contains(Int(element)) else {
      // Untagged text comes after the rest of its page.
      let isNew = untagged == nil || line.beginsParagraph
      let key = isNew ? tags.blocks.count + growing.count : untagged ?? tags.blocks.count
      untagged = key
      append(text, line, to: key, .paragraph, cell: 0, isLabel: false, at: page, &growing)
      return
    }
    let found = tags.elements[Int(element)]
    let kind = tags.blocks[found.block].kind
    // The text of a figure is its alternative text.
    guard kind != .figure else { return }
    append(
      text, line, to: found.block, kind, cell: found.cell, isLabel: found.isLabel, at: page,
      &growing)
  }

  private func append(
    _ text: String, _ line: TextLine, to block: Int, _ kind: StructureTree.Block.Kind, cell: Int,
    isLabel: Bool, at page: Int, _ growing: inout [Int: Growing]
  ) {
    var flow = FlowLine(line)
    flow.text = ""
    if growing[block] == nil {
      growing[block] = Growing(piece: Piece(flow, page: page))
      growing[block]?.piece.kind =
        switch kind {
        case .heading(let level): .heading(level: level)
        case .paragraph: .paragraph
        case .listItem: .listItem
        case .footnote: .footnote
        case .tableRow: .tableRow
        case .figure: .figure
        }
    } else if growing[block]?.piece.bottom != flow.baseline {
      if kind == .footnote, let grown = growing[block],
        let next = nextNote(after: grown, line, flow)
      {
        growing[block] = next
      } else {
        growing[block]?.piece.add(flow)
      }
    }
    if isLabel, kind == .listItem || kind == .footnote, text.utf8.count <= 16 {
      growing[block]?.piece.marker += text
      return
    }
    let old = growing[block]?.cells[cell]
    growing[block]?.cells[cell] = old.map { joinedText($0, text) } ?? text
  }

  /// A new note, if a line begins with the number after that of a note.
  private func nextNote(after grown: Growing, _ line: TextLine, _ flow: FlowLine) -> Growing? {
    let marker = grown.piece.marker.isEmpty ? nil : Int(grown.piece.marker.trimmedSpaces)
    let number = marker ?? grown.cells[0].flatMap { Markers.note($0) }.flatMap { Int($0.marker) }
    guard let number, let found = Markers.note(line.text), Int(found.marker) == number + 1 else {
      return nil
    }
    var next = Growing(piece: Piece(flow, page: grown.piece.page))
    next.piece.kind = .footnote
    next.notesBefore = grown.notesBefore
    var last = grown
    last.notesBefore = []
    next.notesBefore.append(last)
    return next
  }

  private func finished(_ grown: Growing, isRest: Bool) -> Piece {
    var piece = grown.piece
    // An empty first cell is kept, a row of empty cells is not.
    piece.text = grown.texts.joined(separator: piece.kind == .tableRow ? "\t" : " ")
    if piece.kind != .tableRow || piece.text.allSatisfy({ $0 == "\t" }) {
      piece.text = piece.text.trimmedSpaces
    }
    if piece.kind == .paragraph {
      let (text, isRow) = FlowLines.leadersAsTabs(piece.text)
      if isRow { (piece.text, piece.kind) = (text, .tableRow) }
    }
    if piece.kind == .footnote, piece.marker.isEmpty, !isRest,
      let (marker, rest) = Markers.note(piece.text)
    {
      (piece.marker, piece.text) = (marker, rest)
    }
    if piece.kind == .listItem, piece.marker.isEmpty, !isRest,
      let (marker, rest) = Markers.split(piece.text)
    {
      (piece.marker, piece.text) = (marker, rest)
    }
    let isPrivate = piece.marker.unicodeScalars.contains { (0xE000...0xF8FF).contains($0.value) }
    if isPrivate || piece.marker == "·" { piece.marker = "•" }
    return piece
  }
}
