internal import PDF

/// A word on a page and where it is.
package struct Word: Sendable, Equatable {
  /// The word as it is in the text that `PDF` extracts, in the order of that text; the parts of a
  /// word that is hyphenated at the end of a line are words of their own.
  package var text: String
  /// From the left edge of the page, in points.
  package var x: Double
  /// From the top edge of the page, in points.
  package var y: Double
  package var width: Double
  package var height: Double
  /// The x and y of the four corners of its own box, in points, if the word slopes; else empty.
  ///
  /// The first is where it begins on its descender line, the second where it ends; the other two
  /// are above them.
  package var corners: [Double] = []

  /// - Parameters:
  ///   - word: The word.
  ///   - unit: Points per unit of the page.
  init(_ word: PlacedWord, unit: Double) {
    var bounds = Bounds()
    for corner in word.corners { bounds.add(Point(x: corner.x * unit, y: corner.y * unit)) }
    text = word.text
    (x, y, width, height) = (bounds.left, bounds.top, bounds.width, bounds.height)
    let (start, end) = (word.corners[0], word.corners[1])
    if min(abs(end.x - start.x), abs(end.y - start.y)) * unit > Self.slope {
      corners = word.corners.flatMap { [$0.x * unit, $0.y * unit] }
    }
  }

  /// How far a word's ends are apart in height for it to slope, in points.
  private static let slope = 0.5
}
