// WOFF File Format 1.0; ISO/IEC 14496-22 §5.2 (cmap), §6.3 (GSUB).

internal import Compression
internal import PDF

/// A font of a drawing, read back for its outlines.
final class DrawnFont {
  struct Glyph {
    /// In units of the em, with y upwards.
    var outline: Outline
    /// In units of the em.
    var advance: Double
  }

  let unitsPerEm: Double
  private let program: FontProgram
  private let glyphs: [UInt32: Int]
  private let metrics: [UInt8]
  private let metricCount: Int
  /// Glyphs that replace sequences, by the first glyph; the longest sequence first.
  private var ligatures: [Int: [(rest: [Int], glyph: Int)]] = [:]
  private var known: [Int: Glyph] = [:]

  /// The most bytes of a font's tables.
  private static let mostBytes = 16 << 20

  /// Nil for what is no WOFF file with outlines.
  init?(woff: [UInt8]) {
    guard let program = TrueTypeProgram(Self.unpacked(woff)), let head = program.table("head"),
      head.count >= 20, let hhea = program.table("hhea"), hhea.count >= 36
    else { return nil }
    let units = Double(Int(head[18]) << 8 | Int(head[19]))
    guard units > 0 else { return nil }
    if let outlines = TrueTypeGlyphs(program) {
      self.program = .trueType(outlines)
    } else if let compact = program.compact.flatMap({ CompactProgram($0) }),
      let outlines = CompactGlyphs(compact)
    {
      self.program = .compact(outlines)
    } else {
      return nil
    }
    unitsPerEm = units
    glyphs = program.glyphsByCharacter()
    metrics = program.table("hmtx") ?? []
    metricCount = Int(hhea[34]) << 8 | Int(hhea[35])
    if let table = program.table("GSUB") { readLigatures(table) }
  }

  /// The tables in a bare font file.
  private static func unpacked(_ woff: [UInt8]) -> [UInt8] {
    func number(_ place: Int, _ size: Int) -> Int {
      guard place >= 0, place + size <= woff.count else { return 0 }
      return woff[place..<place + size].reduce(0) { $0 << 8 | Int($1) }
    }
    guard woff.starts(with: Array("wOFF".utf8)) else { return [] }
    let count = number(12, 2)
    var header = TableWriter()
    header.long(number(4, 4))
    header.words(count, 0, 0, 0)
    var data: [UInt8] = []
    for index in 0..<count {
      let entry = 44 + 20 * index
      let (start, stored, length) = (
        number(entry + 4, 4), number(entry + 8, 4), number(entry + 12, 4)
      )
      guard entry + 20 <= woff.count, start <= woff.count, stored <= woff.count - start,
        data.count + length <= mostBytes
      else { return [] }
      var table = Array(woff[start..<start + stored])
      if stored < length {
        guard let inflated = try? inflate(table, limit: length) else { return [] }
        table = inflated
      }
      header.append(Array(woff[entry..<entry + 4]))
      header.long(0)
      header.long(12 + 16 * count + data.count)
      header.long(table.count)
      data += table
    }
    return header.bytes + data
  }

  private func readLigatures(_ table: [UInt8]) {
    func word(_ place: Int) -> Int {
      place >= 0 && place + 1 < table.count ? Int(table[place]) << 8 | Int(table[place + 1]) : 0
    }
    let list = word(8)
    for index in 0..<word(list) {
      let lookup = list + word(list + 2 + 2 * index)
      guard word(lookup) == 4 else { continue }
      for part in 0..<word(lookup + 4) {
        let subtable = lookup + word(lookup + 6 + 2 * part)
        let coverage = subtable + word(subtable + 2)
        guard word(subtable) == 1, word(coverage) == 1 else { continue }
        for set in 0..<min(word(subtable + 4), word(coverage + 2)) {
          let first = word(coverage + 4 + 2 * set)
          let start = subtable + word(subtable + 6 + 2 * set)
          for member in 0..<word(start) {
            let entry = start + word(start + 2 + 2 * member)
            let rest = (1..<max(word(entry + 2), 1)).map { word(entry + 2 + 2 * $0) }
            ligatures[first, default: []].append((rest, word(entry)))
          }
        }
      }
    }
  }

  /// The glyphs of a text, and how many characters each stands for.
  func glyphs(of text: [UInt32]) -> [(glyph: Glyph, characters: Int)] {
    let indices = text.map { glyphs[$0] ?? 0 }
    guard !ligatures.isEmpty else { return indices.map { (glyph($0), 1) } }
    var result: [(glyph: Glyph, characters: Int)] = []
    var place = 0
    while place < indices.count {
      let found = ligatures[indices[place]]?.first { candidate in
        indices[(place + 1)...].starts(with: candidate.rest)
      }
      let count = 1 + (found?.rest.count ?? 0)
      result.append((glyph(found?.glyph ?? indices[place]), count))
      place += count
    }
    return result
  }

  private func glyph(_ index: Int) -> Glyph {
    if let glyph = known[index] { return glyph }
    let entry = 4 * min(index, max(metricCount - 1, 0))
    let advance =
      entry + 1 < metrics.count ? Double(Int(metrics[entry]) << 8 | Int(metrics[entry + 1])) : 0
    let outline = program.outline(of: index)
    let glyph = Glyph(outline: outline.isFinite ? outline : Outline(), advance: advance)
    known[index] = glyph
    return glyph
  }
}
