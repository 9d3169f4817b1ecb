// ISO 32000-1 §14.8.4.4.1: notes, where no tag tells them.

/// Finds footnotes among the pieces of a document.
struct Notes {
  let body: BodyStyle
  let heights: [Float]

  /// The largest difference of sizes within a note, relative to them.
  private static let sameSize: Float = 0.05
  /// The largest distance between baselines of consecutive notes, in em.
  private static let leading: Float = 2.2

  func mark(_ pieces: inout [Piece]) {
    // The last note of the previous page.
    var last: Int?
    var start = 0
    while start < pieces.count {
      var end = start
      while end < pieces.count, pieces[end].page == pieces[start].page { end += 1 }
      if let note = last, pieces[note].page + 1 != pieces[start].page { last = nil }
      last = mark(&pieces, start..<end, after: last)
      start = end
    }
  }

  /// Marks the notes of one page: small type below all larger type of its column, of which the
  /// first has a mark or continues a note of the previous page.
  ///
  /// - Returns: The last note of the page.
  private func mark(_ pieces: inout [Piece], _ page: Range<Int>, after note: Int?) -> Int? {
    var last: Int?
    var found: Int?
    var joined: [Int] = []
    // Where notes have raised digits, plain numbers are line numbers of a program.
    let hasRaised = pieces[page].contains { piece in
      isSmallAtFoot(piece, pieces[page])
        && Markers.note(piece.text).map { Markers.isRaised($0.marker) } ?? false
    }
    for index in page {
      let piece = pieces[index]
      guard piece.kind == .paragraph, isSmallAtFoot(piece, pieces[page]) else {
        last = nil
        continue
      }
      if let (marker, rest) = Markers.note(piece.text),
        !hasRaised || Markers.isRaised(marker) || Int(marker) == nil
      {
        pieces[index].kind = .footnote
        pieces[index].marker = marker
        pieces[index].text = rest
        last = index
      } else if let last, piece.top < pieces[last].bottom {
        // A note of several paragraphs, or one with separate lines.
        pieces[last].text = joinedText(pieces[last].text, piece.text)
        pieces[last].bottom = piece.bottom
        pieces[last].glyphs += piece.glyphs
        joined.append(index)
      } else if let note, found == nil, goesOn(pieces[note], index, pieces[page]) {
        pieces[note].continues = true
        pieces[index].kind = .footnote
        last = index
      }
      found = last ?? found
    }
    for index in joined { pieces[index].text = "" }
    return found
  }

  /// Whether small type without a mark continues a note that ends within a sentence or is directly
  /// followed by other notes.
  private func goesOn(_ note: Piece, _ index: Int, _ page: ArraySlice<Piece>) -> Bool {
    let piece = page[index]
    guard abs(piece.size - note.size) < Self.sameSize * note.size else { return false }
    if !endsSentence(note.text) { return true }
    guard index + 1 < page.endIndex, case let next = page[index + 1],
      Markers.note(next.text) != nil
    else { return false }
    return abs(next.size - piece.size) < Self.sameSize * piece.size && next.top < piece.bottom
      && piece.bottom - next.top < Self.leading * piece.size
  }

  private func isSmallAtFoot(_ piece: Piece, _ page: ArraySlice<Piece>) -> Bool {
    let height = piece.page < heights.count ? heights[piece.page] : 792
    guard piece.size < 0.94 * body.size, piece.direction == 0, piece.top < 0.62 * height else {
      return false
    }
    return !page.contains { other in
      other.size > 0.96 * body.size && other.direction == 0 && other.top < piece.bottom
        && other.glyphs > 10
        && min(other.right, piece.right) > max(other.left, piece.left)
    }
  }
}
