// ISO 32000-1 §9.5 to §9.8: fonts.

/// The widths and characters of a font's glyphs.
package final class Font {
  /// The glyph of a code.
  package struct Shown {
    /// Its characters.
    package var text: GlyphText
    /// Its advance width, relative to the font size.
    package var width: Float
    /// Whether word spacing applies: the one-byte code 32 (§9.3.3).
    package var isSpace: Bool
  }

  package let name: String
  package let isVertical: Bool
  /// Whether it is bold, by its name or descriptor.
  package let isBold: Bool
  /// How far its glyphs reach above and, negative, below the baseline, in em.
  package let ascent: Float
  package let descent: Float
  /// Whether its glyphs are drawn by content streams (§9.6.5).
  package let isType3: Bool
  /// The glyphs of a simple font's codes; empty for a composite font.
  package let simple: [Shown]

  private let encoding: CMap
  private let toUnicode: CodeMap
  private let findMeanings: () -> CodeMap
  /// Characters by glyph, computed when the first code has none of its own.
  private lazy var meanings = findMeanings()
  private let widths: CodeMap
  private let defaultWidth: Float

  typealias Heights = (ascent: Float, descent: Float)

  /// Creates a simple font.
  init(name: String, isBold: Bool, heights: Heights, isType3: Bool, simple: [Shown]) {
    self.name = name
    (ascent, descent) = heights
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

  /// Creates a composite font.
  ///
  /// - Parameters:
  ///   - name: Its `BaseFont`.
  ///   - isBold: Whether it is bold.
  ///   - heights: Its ascent and descent.
  ///   - encoding: Reads codes and selects glyphs.
  ///   - toUnicode: Meanings by code.
  ///   - meanings: Finds meanings by glyph, for codes that have none.
  ///   - widths: The bit patterns of widths by glyph, as `Float`; zero where the default counts.
  ///   - defaultWidth: The width of other glyphs.
  init(
    name: String, isBold: Bool, heights: Heights, encoding: CMap, toUnicode: CodeMap,
    meanings: @escaping () -> CodeMap,
    widths: CodeMap, defaultWidth: Float
  ) {
    self.name = name
    self.isBold = isBold
    (ascent, descent) = heights
    self.encoding = encoding
    self.toUnicode = toUnicode
    findMeanings = meanings
    self.widths = widths
    self.defaultWidth = defaultWidth
    simple = []
    isType3 = false
    isVertical = encoding.isVertical
  }

  /// Reads the next glyph of a string in a composite font.
  func next(in string: ArraySlice<UInt8>, at position: inout Int) -> Shown {
    nextGlyph(in: string, at: &position).shown
  }

  /// Reads the next glyph of a string in a composite font.
  ///
  /// - Parameters:
  ///   - string: The bytes.
  ///   - position: Where the code begins; moved behind it.
  /// - Returns: The glyph and its CID; the code itself with a predefined CMap.
  package func nextGlyph(
    in string: ArraySlice<UInt8>, at position: inout Int
  ) -> (shown: Shown, cid: Int) {
    let (code, bytes) = encoding.code(in: string, at: &position)
    var (shown, cid) = glyph(ofCode: code)
    shown.isSpace = bytes == 1 && code == 32
    return (shown, cid)
  }

  /// The glyph of a code of a composite font, and its CID.
  package func glyph(ofCode code: Int) -> (shown: Shown, cid: Int) {
    var text = toUnicode[code]
    let cid = encoding.cid(code)
    if text == 0 || text == 0xFFFD {
      text = code > 0xFFFF ? encoding.scalarOfWide?(code) ?? 0 : meanings[cid]
    }
    let bits = widths[cid]
    let width = bits == 0 ? defaultWidth : Float(bitPattern: bits)
    return (Shown(text: text, width: width, isSpace: false), cid)
  }

  /// The codes of a composite font up to FFFF that can select CIDs below a bound.
  package func codes(ofCIDsBelow bound: Int) -> Range<Int> {
    0..<(encoding.isIdentity ? min(max(bound, 0), 0x10000) : 0x10000)
  }
}
