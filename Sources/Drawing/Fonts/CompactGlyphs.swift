internal import PDF

/// The outlines of a CFF program.
struct CompactGlyphs {
  let program: CompactProgram
  private let whole: CompactFontDict
  private let groups: [CompactFontDict]
  private let selection: [Int]

  init?(_ program: CompactProgram) {
    guard !program.charStrings.isEmpty else { return nil }
    self.program = program
    (whole, groups) = program.fontDicts()
    selection = groups.isEmpty ? [] : program.fontDictSelection()
  }

  var count: Int { program.charStrings.count }

  /// From glyph space to the em.
  private func matrix(of glyph: Int) -> Matrix {
    let own = group(of: glyph)?.matrix.map(Matrix.init(numbers:))
    let outer = whole.matrix.map(Matrix.init(numbers:))
    // The matrix of a CID-keyed font's group is relative to that of the font.
    if let own, let outer { return own.concatenated(outer) }
    return own ?? outer ?? Matrix(a: 0.001, d: 0.001)
  }

  private func group(of glyph: Int) -> CompactFontDict? {
    guard glyph < selection.count, groups.indices.contains(selection[glyph]) else { return nil }
    return groups[selection[glyph]]
  }

  /// The outline of a glyph, in thousandths of the em.
  func outline(of glyph: Int) -> Outline {
    guard program.charStrings.indices.contains(glyph) else { return Outline() }
    let dict = group(of: glyph) ?? whole
    var interpreter = Type2Interpreter(
      bytes: program.bytes, globalSubroutines: program.globalSubroutines,
      localSubroutines: dict.localSubroutines, component: component)
    let outline = interpreter.run(program.charStrings[glyph])
    var matrix = matrix(of: glyph)
    if matrix == Matrix(a: 0.001, d: 0.001) { return outline }
    matrix = matrix.concatenated(Matrix(a: 1000, d: 1000))
    return outline.transformed(by: matrix)
  }

  private func component(_ code: Int) -> Range<Int>? {
    let scalar = BaseEncoding.standard.scalars[code]
    guard scalar != 0 else { return nil }
    let glyph = (0..<count).first { glyph in
      program.name(glyph).map { GlyphNames.scalars($0) == [scalar] } ?? false
    }
    return glyph.map { program.charStrings[$0] }
  }
}

extension Matrix {
  init(numbers: [Double]) {
    self.init(
      a: numbers[0], b: numbers[1], c: numbers[2], d: numbers[3], e: numbers[4], f: numbers[5])
  }
}
