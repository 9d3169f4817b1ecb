// The Unicode Standard, §22.4: superscript and subscript digits.

/// Writes raised and lowered digits after a digit on the baseline as superscripts and subscripts,
/// so that 1907 with note 6 is not read as 19076, nor 10⁶ as 106.
///
/// Digits after letters stay as they are, because people search for m2.
struct ScriptFigures {
  private enum Level { case baseline, raised, lowered }

  /// The run of digits at the end of the text.
  private var run: (level: Level, count: Int, isWritten: Bool)?

  /// Whether the text ends with digits.
  var isInRun: Bool { run != nil }

  mutating func removeAll() { run = nil }

  /// Writes a digit, or a sign between raised digits.
  ///
  /// - Parameters:
  ///   - glyph: What comes next in the line, without a space before it.
  ///   - next: The glyph behind it.
  ///   - line: The line of both.
  ///   - scalars: Where it is written.
  /// - Returns: Whether the glyph was written.
  mutating func append(
    _ glyph: Glyph, before next: Glyph?, of line: Line, to scalars: inout [UInt32]
  ) -> Bool {
    let level = level(of: glyph, in: line)
    guard isFigure(glyph.text) else {
      // The sign of an exponent, or the separator between two note marks.
      guard let run, run.level == .baseline || run.isWritten, level == .raised,
        let sign = sign(glyph.text), let next, isFigure(next.text),
        self.level(of: next, in: line) == .raised
      else {
        removeAll()
        return false
      }
      scalars.append(sign)
      self.run = (.raised, 0, true)
      return true
    }
    guard let run, run.level != level else {
      let isWritten = run?.isWritten ?? false
      scalars.append(isWritten ? script(glyph.text, level) : glyph.text)
      self.run = (level, (run?.count ?? 0) + 1, isWritten)
      return true
    }
    if level == .baseline, !run.isWritten {
      for place in scalars.indices.suffix(run.count) {
        scalars[place] = script(scalars[place], run.level)
      }
    }
    scalars.append(script(glyph.text, level))
    self.run = (level, 1, level != .baseline)
    return true
  }

  private func level(of glyph: Glyph, in line: Line) -> Level {
    line.isRaised(glyph) ? .raised : line.isLowered(glyph) ? .lowered : .baseline
  }

  private func isFigure(_ text: GlyphText) -> Bool { (0x30...0x39).contains(text) }

  private func sign(_ text: GlyphText) -> UInt32? {
    switch text {
    case 0x2D, 0x2010, 0x2013, 0x2212: 0x207B
    case 0x2B: 0x207A
    case 0x2C: 0x2C
    default: nil
    }
  }

  private func script(_ figure: UInt32, _ level: Level) -> UInt32 {
    switch level {
    case .baseline: figure
    case .lowered: 0x2080 + figure - 0x30
    case .raised:
      switch figure {
      case 0x31: 0xB9
      case 0x32, 0x33: 0xB0 + figure - 0x30
      default: 0x2070 + figure - 0x30
      }
    }
  }
}
