/// A font of a drawing: some glyphs of one embedded program, each for one character or for a
/// sequence of characters.
///
/// Its advance widths are those that the PDF gives, so that most text needs no positions.
struct WebFont: Sendable {
  struct Glyph: Hashable, Sendable {
    /// The glyph of the program; negative for a blank one.
    var glyph: Int
    /// In units of the em.
    var width: Int
  }

  struct Entry: Sendable {
    var characters: [UInt32]
    var glyph: Glyph
  }

  /// Whether its characters are sequences, such as those of ligatures.
  let hasSequences: Bool
  private(set) var entries: [Entry] = []
  private var indices: [[UInt32]: Int] = [:]
  /// The number of its family in the drawing; nil until it is used.
  var family: Int?
  /// The indices of the entries that the page shows.
  var used: Set<Int> = []

  init(hasSequences: Bool) { self.hasSequences = hasSequences }

  /// Gives characters their glyph.
  ///
  /// - Returns: The index of the entry; nil if the characters have another glyph.
  mutating func assign(_ glyph: Glyph, to characters: [UInt32]) -> Int? {
    if let known = indices[characters] { return entries[known].glyph == glyph ? known : nil }
    indices[characters] = entries.count
    entries.append(Entry(characters: characters, glyph: glyph))
    return entries.count - 1
  }

  func entry(of characters: [UInt32]) -> (index: Int, glyph: Glyph)? {
    indices[characters].map { ($0, entries[$0].glyph) }
  }

  /// The width of the space that separates words where the PDF has no character.
  static let spaceWidth = 0.25

  /// Whether it has nothing but a space, so that the file is not needed.
  var isBlank: Bool { entries.allSatisfy { $0.characters == [0x20] && $0.glyph.glyph < 0 } }

  /// The file.
  ///
  /// - Parameters:
  ///   - font: The outlines and the vertical measures.
  ///   - isWhole: Whether it has all glyphs, and not only those that the page shows.
  /// - Returns: A WOFF file.
  func file(of font: EmbeddedFont, isWhole: Bool) -> [UInt8] {
    let program = font.program
    let units = program.unitsPerEm
    var glyphs = [Glyph(glyph: -1, width: Int(units / 2))]
    var places: [Glyph: Int] = [:]
    func place(_ glyph: Glyph) -> Int {
      if let known = places[glyph] { return known }
      places[glyph] = glyphs.count
      glyphs.append(glyph)
      return glyphs.count - 1
    }
    let entries = self.entries.indices.filter { isWhole || used.contains($0) }
      .map { self.entries[$0] }.sorted { $0.characters.lexicographicallyPrecedes($1.characters) }
    var pairs: [(scalar: UInt32, glyph: Int)] = []
    if hasSequences {
      // Each character of a sequence has a glyph of its own, so that sequences can be told apart.
      for character in Set(entries.map(\.characters).joined()).sorted() {
        pairs.append((character, glyphs.count))
        glyphs.append(Glyph(glyph: -1, width: 0))
      }
    } else {
      for entry in entries { pairs.append((entry.characters[0], place(entry.glyph))) }
    }
    if !pairs.contains(where: { $0.scalar == 0x20 }) {
      pairs.append((0x20, place(Glyph(glyph: -1, width: Int(units * Self.spaceWidth)))))
      pairs.sort { $0.scalar < $1.scalar }
    }
    let byCharacter = Dictionary(pairs.map { ($0.scalar, $0.glyph) }) { first, _ in first }
    let ligatures =
      hasSequences
      ? entries.map { entry in
        (glyphs: entry.characters.compactMap { byCharacter[$0] }, ligature: place(entry.glyph))
      } : []
    var measures = FontMeasures(
      unitsPerEm: Int(units), ascent: Int(font.ascent * units), descent: Int(font.descent * units))
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
        return (
          Int(bounds.left.rounded()), Int(bounds.top.rounded()), Int(bounds.right.rounded()),
          Int(bounds.bottom.rounded())
        )
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
