/// A font of a drawing: some glyphs of one embedded program, each for one character or for a
/// sequence of characters.
///
/// Its advance widths are those that the PDF gives, so that most text needs no positions.
struct WebFont {
  struct Glyph: Hashable {
    /// The glyph of the program.
    var glyph: Int
    /// In units of the em.
    var width: Int
  }

  /// The number of its family in the drawing.
  let family: Int
  /// Whether its characters are sequences, such as those of ligatures.
  let hasSequences: Bool
  private var characters: [UInt32: Glyph] = [:]
  private var sequences: [[UInt32]: Glyph] = [:]
  private var nextPrivate: UInt32 = 0xE000

  init(family: Int, hasSequences: Bool) {
    self.family = family
    self.hasSequences = hasSequences
  }

  /// Gives a character its glyph; false if it has another one or, the space, a width of its own.
  mutating func assign(_ glyph: Glyph, to character: UInt32) -> Bool {
    if let known = characters[character] { return known == glyph }
    characters[character] = glyph
    return true
  }

  mutating func assign(_ glyph: Glyph, to sequence: [UInt32]) -> Bool {
    if let known = sequences[sequence] { return known == glyph }
    sequences[sequence] = glyph
    return true
  }

  /// A private use character for a glyph; nil if there are no more.
  mutating func assignPrivate(_ glyph: Glyph) -> UInt32? {
    guard nextPrivate < 0xF8FF else { return nil }
    defer { nextPrivate += 1 }
    characters[nextPrivate] = glyph
    return nextPrivate
  }

  /// The width of the space that separates words where the PDF has no character.
  static let spaceWidth = 0.25

  /// The advance of a character of ``assign(_:to:)``, in units of the em.
  func width(of character: UInt32) -> Int? { characters[character]?.width }

  /// Whether no glyph shows anything, so that the file is not needed.
  func isBlank(in program: FontProgram) -> Bool {
    sequences.isEmpty && characters.values.allSatisfy { program.outline(of: $0.glyph).isEmpty }
  }

  /// The file.
  ///
  /// - Parameters:
  ///   - program: The outlines.
  ///   - ascent: Above the baseline, in em.
  ///   - descent: Below the baseline, in em; negative.
  /// - Returns: A WOFF file.
  func file(of program: FontProgram, ascent: Double, descent: Double) -> [UInt8] {
    let units = program.unitsPerEm
    var glyphs = [Glyph(glyph: -1, width: Int(units / 2))]
    var indices: [Glyph: Int] = [:]
    func index(_ glyph: Glyph) -> Int {
      if let known = indices[glyph] { return known }
      indices[glyph] = glyphs.count
      glyphs.append(glyph)
      return glyphs.count - 1
    }
    var pairs: [(scalar: UInt32, glyph: Int)] = []
    let blank = Glyph(glyph: -1, width: 0)
    for character in Set(sequences.keys.joined()).sorted() {
      pairs.append((character, index(blank)))
    }
    if hasSequences {
      // Each character of a sequence has a glyph of its own, so that sequences can be told apart.
      for place in pairs.indices {
        pairs[place].glyph = glyphs.count
        glyphs.append(blank)
      }
    }
    for (character, glyph) in characters.sorted(by: { $0.key < $1.key }) {
      pairs.append((character, index(glyph)))
    }
    if characters[0x20] == nil, !sequences.keys.joined().contains(0x20) {
      pairs.append((0x20, index(Glyph(glyph: -1, width: Int(units * Self.spaceWidth)))))
    }
    pairs.sort { $0.scalar < $1.scalar }
    let byCharacter = Dictionary(pairs.map { ($0.scalar, $0.glyph) }) { first, _ in first }
    let ligatures = sequences.map { sequence, glyph in
      (glyphs: sequence.compactMap { byCharacter[$0] }, ligature: index(glyph))
    }.sorted { $0.glyphs.lexicographicallyPrecedes($1.glyphs) }
    var measures = FontMeasures(
      unitsPerEm: Int(units), ascent: Int(ascent * units), descent: Int(descent * units))
    var tables = outlines(of: glyphs, in: program, &measures)
    tables["cmap"] = FontTables.cmap(pairs)
    tables["name"] = FontTables.name()
    tables["post"] = FontTables.post()
    tables["OS/2"] = FontTables.os2(
      measures, first: Int(pairs.first?.scalar ?? 0), last: Int(pairs.last?.scalar ?? 0))
    if !ligatures.isEmpty { tables["GSUB"] = LigatureTable.table(ligatures) }
    return WOFF.file(tables, isCompact: tables["CFF "] != nil)
  }

  private func outlines(
    of glyphs: [Glyph], in program: FontProgram, _ measures: inout FontMeasures
  ) -> [String: [UInt8]] {
    var tables: [String: [UInt8]] = [:]
    var boxes: [(left: Int, bottom: Int, right: Int, top: Int)] = []
    var isLong = false
    if case .trueType(let source) = program {
      var writer = TrueTypeWriter()
      for glyph in glyphs { writer.add(glyph.glyph < 0 ? [] : source.contours(of: glyph.glyph)) }
      boxes = writer.boxes
      isLong = writer.isLong
      tables["glyf"] = writer.glyf.isEmpty ? [0, 0, 0, 0] : writer.glyf
      tables["loca"] = writer.loca
      tables["maxp"] = writer.maxp
      Self.enclose(boxes, &measures)
    } else {
      let outlines = glyphs.map { $0.glyph < 0 ? Outline() : program.outline(of: $0.glyph) }
      boxes = outlines.map { outline in
        let bounds = outline.bounds
        guard !bounds.isEmpty, outline.isFinite else { return (0, 0, 0, 0) }
        return (Int(bounds.left), Int(bounds.top), Int(bounds.right), Int(bounds.bottom))
      }
      Self.enclose(boxes, &measures)
      tables["CFF "] = CompactWriter.table(
        outlines.map { $0.isFinite ? $0 : Outline() }, measures: measures)
      var maxp = TableWriter()
      maxp.long(0x5000)
      maxp.word(glyphs.count)
      tables["maxp"] = maxp.bytes
    }
    let metrics = zip(glyphs, boxes).map { glyph, box in
      (width: min(max(glyph.width, 0), 0xFFFF), left: box.left)
    }
    tables["head"] = FontTables.head(measures, isLongLocation: isLong)
    tables["hhea"] = FontTables.hhea(
      measures, widest: metrics.map(\.width).max() ?? 0, metricCount: metrics.count)
    tables["hmtx"] = FontTables.hmtx(metrics)
    return tables
  }

  private static func enclose(
    _ boxes: [(left: Int, bottom: Int, right: Int, top: Int)], _ measures: inout FontMeasures
  ) {
    measures.box = (
      boxes.map(\.left).min() ?? 0, boxes.map(\.bottom).min() ?? 0,
      boxes.map(\.right).max() ?? 0, boxes.map(\.top).max() ?? 0
    )
  }
}

/// Writes a GSUB table that replaces sequences of glyphs, whatever features the page asks for.
enum LigatureTable {
  static func table(_ ligatures: [(glyphs: [Int], ligature: Int)]) -> [UInt8] {
    var sets: [(first: Int, members: [(rest: [Int], ligature: Int)])] = []
    for (glyphs, ligature) in ligatures {
      guard let first = glyphs.first else { continue }
      if sets.last?.first != first { sets.append((first, [])) }
      sets[sets.count - 1].members.append((Array(glyphs.dropFirst()), ligature))
    }
    var table = TableWriter()
    table.long(0x10000)
    table.words(10, 30, 44)
    // One script, whose default language has one feature.
    table.word(1)
    table.append(Array("DFLT".utf8))
    table.words(8, 4, 0, 0, 0xFFFF, 1, 0)
    table.word(1)
    table.append(Array("ccmp".utf8))
    table.words(8, 0, 1, 0)
    // One lookup of ligatures.
    table.words(1, 4, 4, 0, 1, 8)
    let bodies = sets.map { set in
      var body = TableWriter()
      // The longest sequence comes first.
      let members = set.members.sorted { $0.rest.count > $1.rest.count }
      body.word(members.count)
      var offset = 2 + 2 * members.count
      for member in members {
        body.word(offset)
        offset += 4 + 2 * member.rest.count
      }
      for member in members {
        body.words(member.ligature, member.rest.count + 1)
        for glyph in member.rest { body.word(glyph) }
      }
      return body.bytes
    }
    let coverage = 6 + 2 * sets.count
    table.words(1, coverage, sets.count)
    var offset = coverage + 4 + 2 * sets.count
    for body in bodies {
      table.word(offset)
      offset += body.count
    }
    table.words(1, sets.count)
    for set in sets { table.word(set.first) }
    for body in bodies { table.append(body) }
    return table.bytes
  }
}
