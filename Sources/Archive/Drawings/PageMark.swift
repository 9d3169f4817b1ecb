package import Search

/// A match of a search on a drawn page.
package struct PageMark: Sendable, Equatable {
  package struct Box: Sendable, Equatable {
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double

    var right: Double { x + width }
    var bottom: Double { y + height }
  }

  /// In points from the top left corner of the page; several for a match on several lines.
  package let boxes: [Box]
  /// The words as the text has them.
  package let text: String
}

extension Archive {
  /// Where a drawn page shows what a query asks for.
  ///
  /// What cannot be placed with certainty is left out.
  ///
  /// - Parameters:
  ///   - query: The query.
  ///   - page: The number of the page, from 1.
  ///   - file: The file.
  ///   - drawing: The drawing of the page.
  ///   - now: The time.
  /// - Returns: The matches in the order of the text.
  /// - Throws: ``IndexNotReady``, or what the database throws.
  package func marks(
    of query: SearchQuery, onPage page: Int, of file: StoredFile, in drawing: PageDrawing,
    at now: Instant = .now
  ) throws -> [PageMark] {
    let text = try texts.page(page, of: file)
    var query = query
    let rewordings = try synonyms.synonyms(at: now).rewordings(of: &query, types: SearchQuery.types)
    let ranges = try searchIndex(at: now).matches(of: query, rewordings: rewordings, in: text)
    guard !ranges.isEmpty else { return [] }
    let alignment = WordAlignment(text, drawing.words)
    let bytes = Array(text.utf8)
    return ranges.prefix(PageMark.most).compactMap { range in
      guard let places = alignment.places(of: range) else { return nil }
      let boxes = places.map { PageMark.box(of: $0, in: drawing.words[$0.word]) }
      return PageMark(
        boxes: PageMark.joined(boxes), text: String(decoding: bytes[range], as: UTF8.self))
    }
  }
}

extension PageMark {
  /// The most matches of a page that are marked.
  fileprivate static let most = 500
  /// Added on each side, in heights of the word: italics, kerned letters and large ornaments lean out
  /// of their box.
  private static let margin = 0.08

  /// The box of a word, or of a part of a word that has no spaces, such as one in Chinese.
  fileprivate static func box(of place: WordAlignment.Place, in word: PageDrawing.Word) -> Box {
    var (x, width) = (word.x, word.width)
    // Punctuation belongs to its word. A quarter of a word is marked by counting letters.
    if place.letters.count * 4 < place.count, word.width > word.height {
      let unit = word.width / Double(max(place.count, 1))
      x += unit * Double(place.letters.lowerBound)
      width = unit * Double(place.letters.count)
    }
    let margin = Self.margin * min(word.height, max(word.width, 1))
    return Box(
      x: x - margin, y: word.y - margin / 2, width: width + 2 * margin,
      height: word.height + margin)
  }

  /// Joins the boxes of words that follow each other on a line.
  fileprivate static func joined(_ boxes: [Box]) -> [Box] {
    var joined: [Box] = []
    for box in boxes {
      if let last = joined.last {
        let shared = min(last.bottom, box.bottom) - max(last.y, box.y)
        let gap = box.x - last.right
        if shared > 0.6 * min(last.height, box.height), gap < 1.5 * last.height,
          gap > -0.5 * last.height
        {
          let (x, y) = (min(last.x, box.x), min(last.y, box.y))
          joined[joined.count - 1] = Box(
            x: x, y: y, width: max(last.right, box.right) - x,
            height: max(last.bottom, box.bottom) - y)
          continue
        }
      }
      joined.append(box)
    }
    return joined
  }
}
