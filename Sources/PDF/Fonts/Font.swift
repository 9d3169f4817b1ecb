// ISO 32000-1 §9.5 to §9.8: fonts.

/// What text extraction needs of a font: how wide glyphs are and what they mean.
final class Font {
  /// What a code of a string shows.
  struct Shown {
    /// What it means.
    var text: GlyphText
    /// How far it moves, as a part of the font size.
    var width: Float
    /// Whether word spacing applies: a single octet 32 (§9.3.3).
    var isSpace: Bool
  }

  let name: String
  let isVertical: Bool
  /// Whether strokes are heavier than usual, by the font's name or descriptor.
  let isBold: Bool
  /// Whether its glyphs are drawings (§9.6.5).
  let isType3: Bool
  /// What the codes of a simple font show; empty for a composite font.
  let simple: [Shown]

  private let encoding: CMap
  private let toUnicode: CodeMap
  private let findMeanings: () -> CodeMap
  /// Meanings by glyph, found when the first code has none of its own.
  private lazy var meanings = findMeanings()
  private let widths: CodeMap
  private let defaultWidth: Float

  /// A simple font.
  init(name: String, isBold: Bool, isType3: Bool, simple: [Shown]) {
    self.name = name
    self.isType3 = isType3
    self.isBold = isBold
    self.simple = simple
    isVertical = false
    encoding = CMap()
    toUnicode = CodeMap()
    findMeanings = { CodeMap() }
    widths = CodeMap()
    defaultWidth = 0
  }

  /// A composite font.
  ///
  /// - Parameters:
  ///   - name: Its `BaseFont`.
  ///   - isBold: Whether it is bold.
  ///   - encoding: Reads codes and selects glyphs.
  ///   - toUnicode: Meanings by code.
  ///   - meanings: Finds meanings by glyph, for codes that have none.
  ///   - widths: The bit patterns of widths by glyph, as `Float`; zero where the default counts.
  ///   - defaultWidth: The width of other glyphs.
  init(
    name: String, isBold: Bool, encoding: CMap, toUnicode: CodeMap,
    meanings: @escaping () -> CodeMap,
    widths: CodeMap, defaultWidth: Float
  ) {
    self.name = name
    self.isBold = isBold
    self.encoding = encoding
    self.toUnicode = toUnicode
    findMeanings = meanings
    self.widths = widths
    self.defaultWidth = defaultWidth
    simple = []
    isType3 = false
    isVertical = encoding.isVertical
  }

  /// Reads the next glyph of a string shown in a composite font.
  func next(in string: ArraySlice<UInt8>, at position: inout Int) -> Shown {
    let (code, octets) = encoding.code(in: string, at: &position)
    var text = toUnicode[code]
    let cid = encoding.cid(code)
    if text == 0 || text == 0xFFFD {
      text = code > 0xFFFF ? encoding.scalarOfWide?(code) ?? 0 : meanings[cid]
    }
    let bits = widths[cid]
    return Shown(
      text: text, width: bits == 0 ? defaultWidth : Float(bitPattern: bits),
      isSpace: octets == 1 && code == 32)
  }
}
