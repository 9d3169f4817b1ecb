// ISO 32000-1 §14.8.4.4.1: notes, where no tag tells them.

/// Finds the footnotes among the pieces of a document.
struct Notes {
  let body: BodyStyle
  let heights: [Float]

  func mark(_ pieces: inout [Piece]) {
    var start = 0
    while start < pieces.count {
      var end = start
      while end < pieces.count, pieces[end].page == pieces[start].page { end += 1 }
      mark(&pieces, start..<end)
      start = end
    }
  }

  /// Marks the notes of one page: small type below all that is larger in its column, of which the
  /// first has a mark.
  private func mark(_ pieces: inout [Piece], _ page: Range<Int>) {
    var last: Int?
    var joined: [Int] = []
    for index in page {
      let piece = pieces[index]
      guard piece.kind == .paragraph, isSmallAtFoot(piece, pieces[page]) else {
        last = nil
        continue
      }
      if let (marker, rest) = Markers.note(piece.text) {
        pieces[index].kind = .footnote
        pieces[index].marker = marker
        pieces[index].text = rest
        last = index
      } else if let last, piece.top < pieces[last].bottom {
        // A note of several paragraphs, or one whose lines are apart.
        pieces[last].text = joinedText(pieces[last].text, piece.text)
        pieces[last].bottom = piece.bottom
        pieces[last].glyphs += piece.glyphs
        joined.append(index)
      }
    }
    for index in joined { pieces[index].text = "" }
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
