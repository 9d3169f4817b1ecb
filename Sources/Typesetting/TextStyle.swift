/// How text is set; lengths are in points.
struct TextStyle: Equatable {
  var typeface: Typeface
  var size: Double
  var leading: Double
  var colour = Colour.ink
  var alignment = Alignment.justified
  /// The indent of a paragraph's first line.
  var firstIndent = 0.0
  /// The indent of all its lines.
  var indent = 0.0
  var before = 0.0
  var after = 0.0
  /// Whether it must not stand at the foot of a page without the paragraph that follows.
  var keepsWithNext = false

  enum Alignment { case left, justified }

  func width(of codes: [UInt8]) -> Double {
    Double(typeface.metrics.width(of: codes)) * size / 1000
  }

  func codes(of text: String) -> [UInt8] {
    WinAnsi.codes(of: text, withLigatures: typeface.hasLigatures)
  }
}

/// A colour in DeviceRGB, each part from 0 to 1.
struct Colour: Equatable {
  var red, green, blue: Double

  static let ink = Colour(red: 0.09, green: 0.1, blue: 0.12)
  static let accent = Colour(red: 0.07, green: 0.24, blue: 0.36)
  static let quiet = Colour(red: 0.38, green: 0.41, blue: 0.45)
  static let hairline = Colour(red: 0.76, green: 0.79, blue: 0.82)
  static let paper = Colour(red: 1, green: 1, blue: 1)
  static let paleOnAccent = Colour(red: 0.8, green: 0.87, blue: 0.92)
}

/// The styles of a report, one scale from 9 to 30 points.
extension TextStyle {
  static let body = TextStyle(typeface: .serif, size: 11, leading: 15.5, firstIndent: 16)
  /// The first paragraph under a heading.
  static let opening = TextStyle(typeface: .serif, size: 11, leading: 15.5)
  static let item = TextStyle(
    typeface: .serif, size: 11, leading: 15.5, indent: 16, before: 3, after: 3)
  static let abstract = TextStyle(typeface: .serif, size: 11, leading: 15.5, after: 7)
  static let heading = TextStyle(
    typeface: .sansBold, size: 14, leading: 18, colour: .accent, alignment: .left, before: 24,
    after: 8, keepsWithNext: true)
  static let contents = TextStyle(
    typeface: .serif, size: 11, leading: 15.5, alignment: .left, before: 2, after: 3)
  static let runningHead = TextStyle(
    typeface: .sans, size: 8, leading: 10, colour: .quiet, alignment: .left)
  static let coverTitle = TextStyle(
    typeface: .serifBold, size: 30, leading: 36, colour: .paper, alignment: .left)
  static let coverSubtitle = TextStyle(
    typeface: .serifItalic, size: 16, leading: 21, colour: .paleOnAccent, alignment: .left,
    before: 12)
  static let coverLabel = TextStyle(
    typeface: .sansBold, size: 9, leading: 12, colour: .paleOnAccent, alignment: .left)
  static let coverAuthors = TextStyle(
    typeface: .serif, size: 15, leading: 21, alignment: .left)
  static let coverDate = TextStyle(
    typeface: .sans, size: 10, leading: 14, colour: .quiet, alignment: .left, before: 8)
}
