// ISO/IEC 14496-22: the tables of a font. Chromium's sanitizer accepts exactly these.

/// Bytes in the order of font files, the most significant first.
struct TableWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ value: Int) { bytes.append(UInt8(truncatingIfNeeded: value)) }

  mutating func word(_ value: Int) {
    byte(value >> 8)
    byte(value)
  }

  mutating func long(_ value: Int) {
    word(value >> 16)
    word(value)
  }

  mutating func words(_ values: Int...) { for value in values { word(value) } }

  mutating func append(_ other: [UInt8]) { bytes += other }

  mutating func pad(to multiple: Int) { while bytes.count % multiple != 0 { bytes.append(0) } }
}

/// The vertical measures of a font, in units of the em.
struct FontMeasures {
  var unitsPerEm: Int
  var ascent: Int
  var descent: Int
  /// The box around all glyphs.
  var box: (left: Int, bottom: Int, right: Int, top: Int) = (0, 0, 0, 0)
}

/// Writes the tables that say nothing of outlines.
enum FontTables {
  static func head(_ measures: FontMeasures, isLongLocation: Bool) -> [UInt8] {
    var table = TableWriter()
    table.long(0x10000)
    table.long(0x10000)
    // The checksum of the file, which browsers do not compare.
    table.long(0)
    table.long(0x5F0F_3CF5)
    table.words(0b1011, measures.unitsPerEm)
    for _ in 0..<4 { table.long(0) }
    table.words(measures.box.left, measures.box.bottom, measures.box.right, measures.box.top)
    table.words(0, 8, 2, isLongLocation ? 1 : 0, 0)
    return table.bytes
  }

  static func hhea(_ measures: FontMeasures, widest: Int, metricCount: Int) -> [UInt8] {
    var table = TableWriter()
    table.long(0x10000)
    table.words(measures.ascent, measures.descent, 0, widest, 0, 0, measures.box.right)
    table.words(1, 0, 0, 0, 0, 0, 0, 0, metricCount)
    return table.bytes
  }

  static func hmtx(_ metrics: [(width: Int, left: Int)]) -> [UInt8] {
    var table = TableWriter()
    for metric in metrics { table.words(metric.width, metric.left) }
    return table.bytes
  }

  static func name() -> [UInt8] { [0, 0, 0, 0, 0, 6] }

  static func post() -> [UInt8] {
    var table = TableWriter()
    table.long(0x30000)
    for _ in 0..<7 { table.long(0) }
    return table.bytes
  }

  static func os2(_ measures: FontMeasures, first: Int, last: Int) -> [UInt8] {
    var table = TableWriter()
    // Version 4, regular weight and width, installable.
    table.words(4, measures.unitsPerEm / 2, 400, 5, 0)
    for _ in 0..<10 { table.word(0) }
    table.word(0)
    for _ in 0..<10 { table.byte(0) }
    for _ in 0..<4 { table.long(0) }
    for _ in 0..<4 { table.byte(0x20) }
    table.words(0x40, min(first, 0xFFFF), min(last, 0xFFFF))
    table.words(measures.ascent, measures.descent, 0)
    table.words(max(measures.ascent, 0), max(-measures.descent, 0))
    table.long(1)
    table.long(0)
    table.words(0, 0, 0, 0x20, 0)
    return table.bytes
  }

  /// A character map; the pairs are sorted by character.
  static func cmap(_ pairs: [(scalar: UInt32, glyph: Int)]) -> [UInt8] {
    let basic = pairs.filter { $0.scalar < 0xFFFF }
    let isWide = pairs.contains { $0.scalar > 0xFFFF }
    let segments = segmentMap(basic)
    var table = TableWriter()
    table.words(0, isWide ? 2 : 1, 3, 1)
    table.long(isWide ? 20 : 12)
    if isWide {
      table.words(3, 10)
      table.long(20 + segments.count)
    }
    table.append(segments)
    if isWide { table.append(groups(pairs)) }
    return table.bytes
  }

  /// Format 4.
  private static func segmentMap(_ pairs: [(scalar: UInt32, glyph: Int)]) -> [UInt8] {
    var runs: [(first: Int, last: Int, glyph: Int)] = []
    for (scalar, glyph) in pairs {
      let code = Int(scalar)
      if let run = runs.last, code == run.last + 1, glyph == run.glyph + code - run.first {
        runs[runs.count - 1].last = code
      } else {
        runs.append((code, code, glyph))
      }
    }
    runs.append((0xFFFF, 0xFFFF, 0))
    var power = 1
    var exponent = 0
    while power * 2 <= runs.count {
      power *= 2
      exponent += 1
    }
    var table = TableWriter()
    table.words(4, 16 + 8 * runs.count, 0, 2 * runs.count)
    table.words(2 * power, exponent, 2 * (runs.count - power))
    for run in runs { table.word(run.last) }
    table.word(0)
    for run in runs { table.word(run.first) }
    for run in runs { table.word(run.first == 0xFFFF ? 1 : run.glyph - run.first) }
    for _ in runs { table.word(0) }
    return table.bytes
  }

  /// Format 12.
  private static func groups(_ pairs: [(scalar: UInt32, glyph: Int)]) -> [UInt8] {
    var table = TableWriter()
    table.words(12, 0)
    table.long(16 + 12 * pairs.count)
    table.long(0)
    table.long(pairs.count)
    for (scalar, glyph) in pairs {
      table.long(Int(scalar))
      table.long(Int(scalar))
      table.long(glyph)
    }
    return table.bytes
  }
}
