// ISO 32000-2 §9.6.4: Type 3 fonts.

internal import PDF

/// A font whose glyphs are content streams.
final class Type3Font {
  let matrix: Matrix
  let resources: Resources?
  private let document: Document
  private let streams: [Stream?]

  init(_ dictionary: [String: Object], document: Document) {
    let numbers = document.array(dictionary["FontMatrix"])?.map { document.number($0) ?? 0 } ?? []
    let isUsable = numbers.count == 6 && abs(numbers[0] * numbers[3] - numbers[1] * numbers[2]) > 0
    matrix = isUsable ? Matrix(numbers: numbers) : Matrix(a: 0.001, d: 0.001)
    resources = document.dictionary(dictionary["Resources"]).map {
      Resources($0, document: document)
    }
    self.document = document
    let encoding = NamedEncoding(dictionary["Encoding"], document: document)
    let procedures = document.dictionary(dictionary["CharProcs"]) ?? [:]
    var byScalar: [UInt32: String] = [:]
    for name in procedures.keys {
      let scalars = GlyphNames.scalars(name)
      if scalars.count == 1 { byScalar[scalars[0]] = name }
    }
    streams = (0..<256).map { code in
      let scalar = encoding.base?.scalars[code] ?? 0
      let name = encoding.names[code] ?? byScalar[scalar]
      return name.flatMap { document.stream(procedures[$0]) }
    }
  }

  /// The content of the glyph of a code.
  func stream(_ code: Int) -> Stream? { streams.indices.contains(code) ? streams[code] : nil }

  /// The most bytes of content that are made into outlines, of all glyphs and of one; real fonts
  /// have about a kilobyte for each.
  private static let mostBytes = (font: 512 << 10, glyph: 64 << 10)

  /// The outlines of the glyphs that an outline can stand for, in thousandths of a unit.
  ///
  /// - Parameter unit: The unit, in em.
  /// - Returns: The outlines by code.
  func outlines(unit: Double) -> Type3Outlines {
    let place = matrix.concatenated(Matrix(a: 1000 / unit, d: 1000 / unit))
    let resources = resources ?? Resources([:], document: document)
    var left = Self.mostBytes.font
    return Type3Outlines(
      byCode: streams.map { stream in
        guard let stream, left > 0 else { return nil }
        let content = document.decode(stream)
        left -= content.count
        guard left > 0, content.count <= Self.mostBytes.glyph else { return nil }
        let outline = GlyphProcedure.outline(
          of: content, resources: resources, matrix: place, document: document)
        return outline.flatMap { Type3Outlines.canHold($0) ? $0 : nil }
      })
  }
}

/// The glyphs of a Type 3 font as outlines.
struct Type3Outlines {
  /// By code; nil for glyphs that no outline can stand for.
  let byCode: [Outline?]

  /// Whether the coordinates of an outline fit into a font file.
  static func canHold(_ outline: Outline) -> Bool {
    let bounds = outline.bounds
    return bounds.isEmpty
      || [bounds.left, bounds.top, bounds.right, bounds.bottom].allSatisfy { abs($0) < 16_000 }
  }
}
