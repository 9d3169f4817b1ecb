// ISO 32000-1 §14.8.2.5: identifying word breaks.

/// Builds the text of a line from its glyphs.
struct LineText {
  let glyphs: [Glyph]
  let pool: TextPool

  /// The text of a single line.
  func text(_ line: Line) -> String { texts(of: [line]).first ?? "" }

  /// The texts of consecutive lines.
  func texts(of lines: [Line]) -> [String] {
    var sources: [Int]?
    let rows = lines.indices.map {
      scalars(of: lines[$0], beside: letterGap(beside: $0, in: lines), sources: &sources)
    }
    guard rows.contains(where: { $0.contains(where: RightToLeft.contains) }) else {
      return rows.map(string)
    }
    return RightToLeft.logicalOrder(rows).map(string)
  }

  /// The text of a line from left to right, with spaces where they are drawn or a gap is as wide as
  /// one.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - beside: How wide the gap between letters is in the lines around it, in em, where it is too
  ///     short to tell; nil where they are not spaced out.
  ///   - sources: Set to the glyphs of all scalars but spaces, unless it is nil.
  /// - Returns: The scalars from left to right.
  func scalars(
    of line: Line, beside: Float? = nil, sources: inout [Int]?
  ) -> [UInt32] {
    var order: [Int] = []
    order.reserveCapacity(line.glyphCount)
    for span in line.spans { order.append(contentsOf: span) }
    if line.isInDrawnOrder {
      if sources != nil { sources = order.filter { glyphs[$0].text != 0x20 } }
      return order.map { glyphs[$0].text }
    }
    if line.spans.count > 1 {
      // Pieces are usually in order already.
      if !isSorted(order) { order = sorted(order) }
    }
    if order.contains(where: { RightToLeft.isMark(glyphs[$0].text) }) {
      order = placingMarks(order)
    }
    let spacing = letterGap(order) ?? beside
    let wordGap = wordGap(order, letterGap: spacing)
    var scalars: [UInt32] = []
    scalars.reserveCapacity(order.count + 16)
    var last: Glyph?
    var space: Glyph?
    // Vowel signs whose letter comes after them from left to right.
    var marks: [UInt32] = []
    // The number of letters before a place without a gap.
    var letters = 0
    // The widths of the gaps at spaces.
    var gaps: [Float] = []
    if let initial = line.initial {
      for index in initial where isShown(glyphs[index].text) {
        append(glyphs[index].text, to: &scalars)
        sources?.pad(to: scalars.count, with: index)
      }
      if let first = order.first, isSpace(glyphs[first].text) { scalars.append(0x20) }
    }
    // Whether a letter that marks a note was before.
    var isBehindNote = false
    // An accent whose letter comes next.
    var accent: UInt32 = 0
    var scripts = ScriptFigures()
    for (place, index) in order.enumerated() {
      let glyph = glyphs[index]
      defer { sources?.pad(to: scalars.count, with: index) }
      if isSpace(glyph.text) {
        space = space ?? glyph
        continue
      }
      guard glyph.text != 0 else { continue }
      if glyph.text == SoftHyphens.scalar, glyph.right <= glyph.left + 0.05 * glyph.size,
        order[(place + 1)...].contains(where: { isShown(glyphs[$0].text) })
      {
        // It is invisible within a line; at the end, the word continues in the next line.
        continue
      }
      if RightToLeft.isMark(glyph.text) {
        marks.append(glyph.text)
        continue
      }
      if let last, isCopy(glyph, of: last) { continue }
      if var letter = last, space == nil, CombiningMarks.contains(glyph.text) {
        // It is over, under or around its letter, wherever the font puts it.
        append(glyph.text, to: &scalars)
        letter.right = max(letter.right, glyph.right)
        last = letter
        continue
      }
      if Accents.isAccent(glyph.text) {
        if let last, isOver(glyph, last), let letter = scalars.last,
          let composed = Accents.composed(letter, glyph.text)
        {
          scalars[scalars.count - 1] = composed
          continue
        }
        if place + 1 < order.count, case let next = glyphs[order[place + 1]], isOver(glyph, next),
          Accents.composed(next.text, glyph.text) != nil
        {
          accent = glyph.text
          continue
        }
      }
      let isHyphenOfSpaced =
        spacing != nil && space == nil && place == order.count - 1
        && SoftHyphens.isHyphen(glyph.text)
      if let last, !isHyphenOfSpaced,
        isApart(
          last, glyph, space: space, wordGap: wordGap,
          next: place + 1 < order.count ? order[place + 1] : nil)
          || isNoteMark(last, glyph, line, word: scalars.suffix(letters))
      {
        scalars.append(0x20)
        gaps.append((glyph.left - last.right) / max(glyph.size, 0.01))
        letters = 0
        scripts.removeAll()
      }
      scalars += marks
      marks.removeAll(keepingCapacity: true)
      var mark: UInt32?
      if accent != 0, let composed = Accents.composed(glyph.text, accent) {
        scalars.append(composed)
        scripts.removeAll()
      } else {
        let next = place + 1 < order.count ? glyphs[order[place + 1]] : nil
        let isWritten =
          (scripts.isInRun || RightToLeft.isFigure(glyph.text))
          && scripts.append(glyph, before: next, of: line, to: &scalars)
        if !isWritten {
          mark = noteLetter(
            glyph, between: last, next, line, word: scalars.suffix(letters), isBehindNote)
          isBehindNote = mark != nil || isBehindNote && glyph.text == 0x2C
          append(mark ?? glyph.text, to: &scalars)
        }
      }
      accent = 0
      letters = mark == nil && isLetter(glyph.text) ? letters + 1 : 0
      last = glyph
      space = nil
    }
    scalars += marks
    while scalars.last == 0x20 { scalars.removeLast() }
    if let all = sources {
      sources = zip(scalars, all).filter { scalar, _ in scalar != 0x20 }.map(\.1)
    }
    // If it is visible within a line, it is a hyphen.
    for index in scalars.indices.dropLast() where scalars[index] == 0xAD { scalars[index] = 0x2D }
    return joiningSpacedLetters(scalars, gaps) ?? scalars
  }

  /// The words of a line that has a space after each letter; nil for any other line.
  private func joiningSpacedLetters(_ scalars: [UInt32], _ gaps: [Float]) -> [UInt32]? {
    guard gaps.count >= 3, scalars.count == 2 * gaps.count + 1 else { return nil }
    let letters = stride(from: 0, to: scalars.count, by: 2).map { scalars[$0] }
    guard letters.allSatisfy(isLetter),
      stride(from: 1, to: scalars.count, by: 2).allSatisfy({ scalars[$0] == 0x20 })
    else { return nil }
    // Consecutive letters of the alphabet label columns, and a few lower-case ones are a formula.
    let isSeries = zip(letters, letters.dropFirst()).allSatisfy { $1 == $0 + 1 }
    let isCapitals = letters.allSatisfy { (0x41...0x5A).contains($0) }
    let middle = gaps.sorted()[gaps.count / 2]
    guard !isSeries, isCapitals || letters.count > 5, middle < 0.9 else { return nil }
    var result = [letters[0]]
    for (letter, gap) in zip(letters.dropFirst(), gaps) {
      if gap > 1.6 * max(middle, 0.1) { result.append(0x20) }
      result.append(letter)
    }
    return result
  }

  /// Whether an accent is over or under a letter.
  private func isOver(_ accent: Glyph, _ letter: Glyph) -> Bool {
    if Accents.isCombining(accent.text) { return accent.left > letter.left - 0.2 * letter.size }
    let middle = (accent.left + accent.right) / 2
    return middle > letter.left && middle < letter.right
      && abs(accent.baseline - letter.baseline) < 0.6 * letter.size
  }

  /// Whether a glyph repeats the previous one with an offset, for bold.
  private func isCopy(_ glyph: Glyph, of last: Glyph) -> Bool {
    glyph.text == last.text && glyph.baseline - last.baseline < 0.15 * glyph.size
      && last.baseline - glyph.baseline < 0.15 * glyph.size
      && abs(glyph.left - last.left) < min(0.15 * glyph.size, 0.4 * (last.right - last.left))
  }

  func isLetter(_ text: GlyphText) -> Bool {
    let scalar = pool.first(text)
    return (scalar | 0x20) &- 0x61 < 26 || (0xC0..<0x2000).contains(scalar)
  }

  /// The glyphs from left to right, with marks after the letters that they were drawn after.
  private func sorted(_ order: [Int]) -> [Int] {
    var place: Float = 0
    let keys = order.enumerated().map { index, glyph in
      if index == 0 || !CombiningMarks.contains(glyphs[glyph].text) { place = glyphs[glyph].left }
      return (left: place, index: index)
    }
    return keys.sorted { $0 < $1 }.map { order[$0.index] }
  }

  private func isSorted(_ order: [Int]) -> Bool {
    var left = -Float.infinity
    for index in order where !CombiningMarks.contains(glyphs[index].text) {
      if glyphs[index].left < left - 0.1 * glyphs[index].size { return false }
      left = glyphs[index].left
    }
    return true
  }

  private func isShown(_ text: GlyphText) -> Bool { text != 0 && !isSpace(text) }

  func isSpace(_ text: GlyphText) -> Bool {
    text == 0x20 || text == 0xA0 || text == 0x3000 || text == 9 || text == 10 || text == 13
      || (0x2000...0x200A).contains(text) || text == 0x202F
  }

  private func append(_ text: GlyphText, to scalars: inout [UInt32]) {
    if let sequence = pool.sequence(text) {
      // The letters of a ligature are in reading order, those around it from left to right.
      scalars += RightToLeft.contains(sequence[0]) ? sequence.reversed() : sequence
    } else {
      scalars.append(text)
    }
  }

  func string(_ scalars: [UInt32]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(scalars.count + 8)
    for value in scalars {
      switch value {
      // Control characters are not text, whatever a font maps to them.
      case 0..<0x20, 0x7F..<0xA0: continue
      case 0x20..<0x7F: bytes.append(UInt8(value))
      case 0xA0..<0x800:
        bytes.append(UInt8(0xC0 | value >> 6))
        bytes.append(UInt8(0x80 | value & 0x3F))
      // Nor are break opportunities and byte order marks.
      case 0x200B, 0x2060, 0xFEFF: continue
      case 0xD800..<0xE000, 0xFFFE...0xFFFF: continue
      case 0x800..<0x10000:
        bytes.append(UInt8(0xE0 | value >> 12))
        bytes.append(UInt8(0x80 | value >> 6 & 0x3F))
        bytes.append(UInt8(0x80 | value & 0x3F))
      case 0x10000..<0x110000:
        bytes.append(UInt8(0xF0 | value >> 18))
        bytes.append(UInt8(0x80 | value >> 12 & 0x3F))
        bytes.append(UInt8(0x80 | value >> 6 & 0x3F))
        bytes.append(UInt8(0x80 | value & 0x3F))
      default: continue
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Moves each vowel sign before its letter, so that it comes after it when the line is reversed.
  private func placingMarks(_ order: [Int]) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(order.count)
    for (place, index) in order.enumerated() {
      let mark = glyphs[index]
      if RightToLeft.isMark(mark.text), let last = result.last,
        !RightToLeft.isMark(glyphs[last].text)
      {
        let next = order[(place + 1)...].prefix(8).first { !RightToLeft.isMark(glyphs[$0].text) }
        let middle = (mark.left + mark.right) / 2
        if next.map({ distance(middle, glyphs[last]) <= distance(middle, glyphs[$0]) }) ?? true {
          result.insert(index, at: result.count - 1)
          continue
        }
      }
      result.append(index)
    }
    return result
  }

  private func distance(_ place: Float, _ glyph: Glyph) -> Float {
    max(glyph.left - place, place - glyph.right, 0)
  }
}

extension [Int] {
  fileprivate mutating func pad(to count: Int, with value: Int) {
    while self.count < count { append(value) }
  }
}
