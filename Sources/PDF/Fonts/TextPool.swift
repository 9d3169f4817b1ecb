// ISO 32000-1 §9.10.1: one character code can represent several characters.

/// The characters of a glyph, in four bytes.
///
/// Most glyphs are one character, whose scalar is the value. Others (ligatures, `ActualText`) are
/// an index into the document's ``TextPool``. Zero is an unknown glyph.
package typealias GlyphText = UInt32

/// The texts of glyphs with more than one character.
package final class TextPool {
  private static let mark: GlyphText = 0x8000_0000
  /// More than any real document has.
  private static let most = 200_000

  private var sequences: [[UInt32]] = []
  private var indices: [[UInt32]: GlyphText] = [:]

  package init() {}

  /// The value for a sequence of scalars.
  func text(_ scalars: [UInt32]) -> GlyphText {
    if scalars.count == 1 {
      return PresentationForms.letters(scalars[0]).map { text($0) } ?? scalars[0]
    }
    if scalars.isEmpty { return 0 }
    let expanded = scalars.flatMap { PresentationForms.letters($0) ?? [$0] }
    if let known = indices[expanded] { return known }
    guard sequences.count < Self.most else { return expanded[0] }
    let value = Self.mark | GlyphText(sequences.count)
    sequences.append(expanded)
    indices[expanded] = value
    return value
  }

  /// The value for one scalar, with ligatures and other forms decomposed.
  func text(_ scalar: UInt32) -> GlyphText {
    (0xFB00...0xFEFC).contains(scalar) ? text([scalar]) : scalar
  }

  /// The scalars of a value; nil for a single scalar.
  package func sequence(_ text: GlyphText) -> [UInt32]? {
    text & Self.mark == 0 ? nil : sequences[Int(text & ~Self.mark)]
  }

  /// The last scalar of a value.
  func last(_ text: GlyphText) -> UInt32 { sequence(text)?.last ?? text }

  /// The first scalar of a value.
  func first(_ text: GlyphText) -> UInt32 { sequence(text)?.first ?? text }
}

/// Values by code, for codes that are close together.
package struct CodeMap {
  private var blocks: [[UInt32]] = []
  private(set) var isEmpty = true

  package internal(set) subscript(code: Int) -> UInt32 {
    get {
      let block = code >> 8
      guard code >= 0, block < blocks.count, !blocks[block].isEmpty else { return 0 }
      return blocks[block][code & 255]
    }
    set {
      guard (0...0xFFFF).contains(code) else { return }
      let block = code >> 8
      while blocks.count <= block { blocks.append([]) }
      if blocks[block].isEmpty { blocks[block] = [UInt32](repeating: 0, count: 256) }
      blocks[block][code & 255] = newValue
      isEmpty = false
    }
  }

  /// The transformed values.
  func mapped(_ transform: (UInt32) -> UInt32) -> CodeMap {
    var result = self
    for block in result.blocks.indices {
      for index in result.blocks[block].indices {
        result.blocks[block][index] = transform(blocks[block][index])
      }
    }
    return result
  }
}
