/// A monoline typeface for pictures: Latin letters with diacritics, digits and punctuation, as lines
/// and arcs.
///
/// Units: capitals are 14 high, lower-case letters 10; the baseline is 0 and up is positive.
package enum StrokeFont {
  /// The drawing of a character.
  package struct Glyph: Sendable {
    /// Polylines.
    package fileprivate(set) var strokes: [[Point]]
    package fileprivate(set) var width: Double
    /// The height at which a mark above begins.
    fileprivate var top: Double
  }

  package struct Point: Sendable, Equatable {
    package let x: Double
    package let y: Double

    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// The space between two characters.
  package static let spacing = 3.4
  package static let space = 6.0
  /// The height of capitals.
  package static let capitals = 14.0

  /// The glyph of a character; nil if the typeface has none.
  package static func glyph(_ character: Character) -> Glyph? {
    composed(decompositions[character] ?? String(character))
  }

  /// Letters with diacritics, and characters that are drawn as several.
  ///
  /// Characters are equal whether they are composed or not, so that all combinations can be listed.
  private static let decompositions: [Character: String] = {
    var result: [Character: String] = [
      "…": "...", "\u{FB00}": "ff", "\u{FB01}": "fi", "\u{FB02}": "fl", "\u{FB03}": "ffi",
      "\u{FB04}": "ffl", "™": "TM", "ª": "a", "º": "o", "№": "No",
    ]
    let letters = glyphs.keys.filter(\.properties.isAlphabetic)
    for letter in letters {
      for mark in marks.keys { add([letter, mark], to: &result) }
    }
    // Vietnamese has two of them on a vowel.
    for letter in "aeiouyAEIOUY".unicodeScalars {
      for first in [0x302, 0x306, 0x308, 0x31B].compactMap(Unicode.Scalar.init) {
        for second in [0x300, 0x301, 0x303, 0x304, 0x309, 0x323].compactMap(Unicode.Scalar.init) {
          add([letter, first, second], to: &result)
        }
      }
    }
    return result
  }()

  private static func add(_ scalars: [Unicode.Scalar], to result: inout [Character: String]) {
    let text = String(String.UnicodeScalarView(scalars))
    if text.count == 1 { result[Character(text)] = text }
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
      let angle = from + (to - from) * Double(step) / Double(steps)
      return Point(
        x: numbers[0] + numbers[2] * sine(angle + 90), y: numbers[1] + numbers[3] * sine(angle))
    }
  }

  /// The sine of an angle in degrees.
  private static func sine(_ degrees: Double) -> Double {
    var angle = degrees.truncatingRemainder(dividingBy: 360)
    if angle > 180 { angle -= 360 }
    if angle < -180 { angle += 360 }
    if angle > 90 { angle = 180 - angle }
    if angle < -90 { angle = -180 - angle }
    let x = angle * .pi / 180
    let squared = x * x
    // The Taylor series; the next term is below a hundred-thousandth.
    return x * (1 - squared / 6 * (1 - squared / 20 * (1 - squared / 42 * (1 - squared / 72))))
  }
}
