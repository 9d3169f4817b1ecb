internal import Foundation

/// A monoline typeface for images: Latin letters with diacritics, digits and punctuation, as lines
/// and arcs.
///
/// Units: capitals are 14 high, lower-case letters 10; the baseline is 0 and up is positive.
enum StrokeFont {
  /// The drawing of a character.
  struct Glyph: Sendable {
    /// Polylines.
    var strokes: [[Point]]
    var width: Double
    /// The height at which a mark above begins.
    var top: Double
  }

  struct Point: Sendable, Equatable {
    var x: Double
    var y: Double
  }

  /// The space between two characters.
  static let spacing = 3.4
  static let space = 6.0

  /// The glyph of a character; nil if the typeface has none.
  static func glyph(_ character: Character) -> Glyph? {
    let text = String(character)
    if let glyph = composed(text.decomposedStringWithCanonicalMapping) { return glyph }
    return composed(text.decomposedStringWithCompatibilityMapping)
  }

  private static func composed(_ text: String) -> Glyph? {
    var scalars = text.unicodeScalars[...]
    guard let first = scalars.popFirst(), var glyph = glyphs[first] else { return nil }
    if first == "i" || first == "j", let mark = scalars.first, isAbove(mark) {
      // A mark replaces the dot.
      glyph.strokes.removeLast()
    }
    for mark in scalars {
      if let more = glyphs[mark] {
        // “…” and ligatures are drawn as separate characters.
        let shift = glyph.width + spacing
        glyph.strokes += more.strokes.map { $0.map { Point(x: $0.x + shift, y: $0.y) } }
        glyph.width = shift + more.width
        continue
      }
      guard let strokes = marks[mark] else { return nil }
      let lift = isAbove(mark) ? glyph.top : 0
      let middle = glyph.width / 2
      glyph.strokes += strokes.map { $0.map { Point(x: $0.x + middle, y: $0.y + lift) } }
      if isAbove(mark) { glyph.top += 4 }
    }
    return glyph
  }

  private static func isAbove(_ mark: Unicode.Scalar) -> Bool {
    ![0x323, 0x324, 0x325, 0x326, 0x327, 0x328, 0x32D, 0x32E, 0x330, 0x331, 0x31B]
      .contains(mark.value)
  }

  private static let glyphs: [Unicode.Scalar: Glyph] = {
    var glyphs: [Unicode.Scalar: Glyph] = [:]
    for line in StrokeFontData.glyphs.split(separator: "\n") {
      let fields = line.split(separator: " ", maxSplits: 2)
      guard fields.count == 3, let scalar = fields[0].unicodeScalars.first,
        let width = Double(fields[1])
      else { continue }
      let strokes = strokes(fields[2])
      let height = strokes.joined().map(\.y).max() ?? 10
      glyphs[scalar] = Glyph(strokes: strokes, width: width, top: height > 11 ? 16 : 12.4)
    }
    // A dot does not raise a mark.
    for letter: Unicode.Scalar in ["i", "j", "ı"] { glyphs[letter]?.top = 12.4 }
    return glyphs
  }()

  private static let marks: [Unicode.Scalar: [[Point]]] = {
    var marks: [Unicode.Scalar: [[Point]]] = [:]
    for line in StrokeFontData.marks.split(separator: "\n") {
      let fields = line.split(separator: " ", maxSplits: 1)
      guard fields.count == 2, let value = UInt32(fields[0], radix: 16),
        let scalar = Unicode.Scalar(value)
      else { continue }
      marks[scalar] = strokes(fields[1])
    }
    return marks
  }()

  /// Parses `L x y x y …`, a line through points, and `A x y rx ry from to`, an arc around a point
  /// with angles in degrees counterclockwise.
  private static func strokes(_ text: Substring) -> [[Point]] {
    var strokes: [[Point]] = []
    for part in text.split(whereSeparator: { $0 == ";" }) {
      let words = part.split(separator: " ")
      let numbers = words.dropFirst().compactMap { Double($0) }
      if words.first == "L" {
        strokes.append(
          stride(from: 0, to: numbers.count - 1, by: 2).map {
            Point(x: numbers[$0], y: numbers[$0 + 1])
          })
      } else if numbers.count == 6 {
        strokes.append(arc(numbers))
      }
    }
    return strokes
  }

  private static func arc(_ numbers: [Double]) -> [Point] {
    let (from, to) = (numbers[4], numbers[5])
    let steps = max(3, Int(abs(to - from) / 12))
    return (0...steps).map { step in
      let angle = (from + (to - from) * Double(step) / Double(steps)) * .pi / 180
      return Point(
        x: numbers[0] + numbers[2] * cosine(angle), y: numbers[1] + numbers[3] * sine(angle))
    }
  }
}
