// ISO 32000-2 §9.6.4: Type 3 fonts.

internal import PDF

/// A font whose glyphs are content streams.
final class Type3Font {
  let matrix: Matrix
  let resources: Resources?
  private var streams: [Stream?]

  init(_ dictionary: [String: Object], document: Document) {
    let numbers = document.array(dictionary["FontMatrix"])?.map { document.number($0) ?? 0 } ?? []
    let isUsable = numbers.count == 6 && abs(numbers[0] * numbers[3] - numbers[1] * numbers[2]) > 0
    matrix = isUsable ? Matrix(numbers: numbers) : Matrix(a: 0.001, d: 0.001)
    resources = document.dictionary(dictionary["Resources"]).map {
      Resources($0, document: document)
    }
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
}
