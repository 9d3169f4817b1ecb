/// Raised figures and letters behind words, as marks of notes.
extension LineText {
  /// Whether a note mark separates a raised digit and a word.
  ///
  /// The 2 of m² is not a note mark.
  func isNoteMark(
    _ last: Glyph, _ glyph: Glyph, _ line: Line, word: ArraySlice<UInt32>
  ) -> Bool {
    if line.isRaised(glyph) {
      return RightToLeft.isFigure(glyph.text) && !line.isRaised(last) && canHaveNote(word)
    }
    return line.isRaised(last) && RightToLeft.isFigure(last.text) && isLetter(glyph.text)
  }

  /// The superscript for a raised letter that marks a note.
  ///
  /// - Parameters:
  ///   - glyph: What comes next in the line.
  ///   - last: The glyph before it.
  ///   - next: The glyph behind it.
  ///   - line: The line of all.
  ///   - word: The letters before the glyph.
  ///   - isBehindNote: Whether another note mark is before it.
  /// - Returns: The superscript; nil for anything else, as a power or “1er”.
  func noteLetter(
    _ glyph: Glyph, between last: Glyph?, _ next: Glyph?, _ line: Line,
    word: ArraySlice<UInt32>, _ isBehindNote: Bool
  ) -> UInt32? {
    guard let mark = NoteLetters.superscript(of: glyph.text), line.isRaised(glyph) else {
      return nil
    }
    let isBeforeLetter = next.map { isLetter($0.text) } ?? false
    if isBeforeLetter, let next, line.isRaised(next) { return nil }
    let isBehindFigure = last.map { RightToLeft.isFigure($0.text) && !line.isRaised($0) } ?? false
    if word.isEmpty { return isBehindNote || isBeforeLetter || isBehindFigure ? mark : nil }
    if let last, line.isRaised(last) { return nil }
    return NoteLetters.canFollow(word) ? mark : nil
  }

  /// Whether a word can have a note mark: not a unit, function or variable with an exponent.
  private func canHaveNote(_ word: ArraySlice<UInt32>) -> Bool {
    if word.count > 3 { return true }
    guard word.count > 1, word.allSatisfy({ (0x61...0x7A).contains($0) }) else { return false }
    return !Self.powers.contains(string(Array(word)))
  }

  private static let powers: Set<String> = [
    "yr", "hr", "min", "km", "hm", "dm", "cm", "mm", "nm", "pm", "ft", "in", "yd", "mi", "sec",
    "kg", "ha", "sq",
    "sin",
    "cos", "tan", "log", "ln", "exp", "chi", "eta", "rho", "tau", "phi", "psi", "mu", "nu", "xi",
    "pi", "ch", "sh", "dx", "dy", "dt", "dz",
  ]
}

/// The superscripts of letters that mark notes, so that “Walker” with the note c is not read as
/// “Walkerc” (The Unicode Standard, §7.8: modifier letters).
private enum NoteLetters {
  /// The superscript of a letter from a to z; nil for q, which has none, and for anything else.
  static func superscript(of letter: UInt32) -> UInt32? {
    guard (0x61...0x7A).contains(letter) else { return nil }
    let superscript = superscripts[Int(letter - 0x61)]
    return superscript == 0 ? nil : superscript
  }

  private static let superscripts: [UInt32] = [
    0x1D43, 0x1D47, 0x1D9C, 0x1D48, 0x1D49, 0x1DA0, 0x1D4D, 0x2B0, 0x2071, 0x2B2, 0x1D4F, 0x2E1,
    0x1D50, 0x207F, 0x1D52, 0x1D56, 0, 0x2B3, 0x2E2, 0x1D57, 0x1D58, 0x1D5B, 0x2B7, 0x2E3, 0x2B8,
    0x1DBB,
  ]

  /// Whether a word can have a note mark: not a variable with an exponent, nor an ordinal number, as
  /// “XVIIIe”.
  static func canFollow(_ word: ArraySlice<UInt32>) -> Bool {
    guard !word.allSatisfy(numerals.contains), let first = word.first else { return false }
    return word.count > 3
      || word.count == 3 && (0x41...0x5A).contains(first)
        && word.dropFirst().allSatisfy { !(0x41...0x5A).contains($0) }
  }

  private static let numerals = Set("IVXLCDM".unicodeScalars.map(\.value))
}
