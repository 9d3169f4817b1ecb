internal import PDF

/// A word on a page and where it is.
package struct Word: Sendable, Equatable {
  package var text: String
  /// From the left edge of the page, in points.
  package var x: Double
  /// From the top edge of the page, in points.
  package var y: Double
  package var width: Double
  package var height: Double
}

/// Collects the words of a page in the order in which they are drawn.
struct WordList {
  private(set) var words: [Word] = []
  private var characters = String.UnicodeScalarView()
  private var bounds = Bounds()
  /// Where the last glyph ended, on the page.
  private var end = Point(x: 0, y: 0)

  private static let mostWords = 200_000

  /// A gap that separates words, in em.
  private static let wordGap = 0.15
  // The usual heights of letters above and below the baseline, in em.
  private static let ascent = 0.9
  private static let descent = 0.22

  mutating func add(_ scalars: [UInt32], isPrivate: Bool, em: Matrix, width: Double) {
    let size = (em.a * em.a + em.b * em.b).squareRoot()
    let height = (em.c * em.c + em.d * em.d).squareRoot()
    if !characters.isEmpty, size > 0 {
      let (dx, dy) = (em.e - end.x, em.f - end.y)
      let along = (dx * em.a + dy * em.b) / size
      let across = abs(dx * em.b - dy * em.a) / size
      if along > Self.wordGap * height || along < -0.6 * height || across > 0.7 * height {
        finish()
      }
    }
    end = Point(x: width, y: 0).transformed(by: em)
    if scalars == [0x20] || isPrivate { return finish() }
    for scalar in scalars { if let scalar = Unicode.Scalar(scalar) { characters.append(scalar) } }
    for (x, y) in [
      (0, -Self.descent), (width, -Self.descent), (width, Self.ascent), (0, Self.ascent),
    ] {
      bounds.add(Point(x: x, y: y).transformed(by: em))
    }
  }

  /// Ends the current word.
  mutating func finish() {
    if !characters.isEmpty, words.count < Self.mostWords {
      words.append(
        Word(
          text: String(characters), x: bounds.left, y: bounds.top, width: bounds.width,
          height: bounds.height))
    }
    characters = String.UnicodeScalarView()
    bounds = Bounds()
  }
}
