// ISO 32000-1 §14.8.2.3.3: character order in right-to-left scripts. Files store the visual order
// that the Unicode Bidirectional Algorithm (UAX #9) produces; this restores the logical order.

/// Text in right-to-left scripts.
package enum RightToLeft {
  /// Whether a character belongs to such a script, digits included.
  package static func contains(_ scalar: UInt32) -> Bool {
    (0x590...0x8FF).contains(scalar) || (0xFB1D...0xFDFF).contains(scalar)
      || (0xFE70...0xFEFC).contains(scalar) || (0x10800...0x10FFF).contains(scalar)
  }

  /// Whether a character is a vowel sign, which is over or under a letter.
  static func isMark(_ scalar: UInt32) -> Bool {
    (0x64B...0x65F).contains(scalar) || scalar == 0x670 || (0x5B0...0x5C7).contains(scalar)
      || (0x610...0x61A).contains(scalar) || (0x6D6...0x6ED).contains(scalar)
  }

  package static func isFigure(_ scalar: UInt32) -> Bool {
    (0x30...0x39).contains(scalar) || (0x660...0x669).contains(scalar)
      || (0x6F0...0x6F9).contains(scalar) || (0x66B...0x66C).contains(scalar)
  }

  private static func isLetter(_ scalar: UInt32) -> Bool {
    contains(scalar) && !isFigure(scalar) && !isSign(scalar)
  }

  private static func runsRight(_ scalar: UInt32) -> Bool {
    isLatin(scalar) || isFigure(scalar)
  }

  /// Whether a character is a letter of a left-to-right script.
  private static func isLatin(_ scalar: UInt32) -> Bool {
    (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar)
      || (scalar >= 0xC0 && scalar < 0x590)
      || (scalar >= 0x900 && scalar < 0xFB1D && !(0x2000...0x2BFF).contains(scalar))
  }

  /// Turns the lines of a block from visual into reading order.
  ///
  /// A line that is mostly right-to-left, or is between such lines, is reversed as a whole, and
  /// left-to-right words and numbers in it are reversed back. In any other line only right-to-left
  /// runs are reversed.
  static func logicalOrder(_ lines: [[UInt32]]) -> [[UInt32]] {
    let isBlockTurned = isMostlyTurned(lines.joined())
    let isTurned = lines.map { line in
      line.contains(where: isLetter) && (isBlockTurned || isMostlyTurned(line))
        || isBlockTurned && !line.contains(where: isLatin)
    }
    let asDrawn = zip(lines, isTurned).map { line, isTurned in
      isTurned ? turningRuns(line.reversed(), where: runsRight) : turningRuns(line, where: isLetter)
    }
    // Most files store brackets as they look, some as they are meant.
    let mirrored = zip(asDrawn, isTurned).map { line, isTurned in
      isTurned ? line.map(Self.mirrored) : line
    }
    return strayBrackets(asDrawn) < strayBrackets(mirrored) ? asDrawn : mirrored
  }

  private static func isMostlyTurned(_ scalars: some Sequence<UInt32>) -> Bool {
    var (turned, latin) = (0, 0)
    for scalar in scalars {
      if isLetter(scalar) { turned += 1 } else if isLatin(scalar) { latin += 1 }
    }
    return turned >= latin && turned > 0
  }

  /// The mirrored bracket.
  package static func mirrored(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x28: 0x29
    case 0x29: 0x28
    case 0x5B: 0x5D
    case 0x5D: 0x5B
    case 0x7B: 0x7D
    case 0x7D: 0x7B
    case 0xAB: 0xBB
    case 0xBB: 0xAB
    case 0x2039: 0x203A
    case 0x203A: 0x2039
    default: scalar
    }
  }

  /// The number of unbalanced brackets.
  private static func strayBrackets(_ lines: [[UInt32]]) -> Int {
    var depth = 0
    var count = 0
    for scalar in lines.joined() {
      switch scalar {
      case 0x28, 0x5B, 0x7B, 0xAB, 0x2039: depth += 1
      case 0x29, 0x5D, 0x7D, 0xBB, 0x203A:
        if depth == 0 { count += 1 } else { depth -= 1 }
      default: break
      }
    }
    return count + depth
  }

  /// Reverses each run that begins and ends with a character of the script and contains none of the
  /// other kind.
  private static func turningRuns(
    _ scalars: [UInt32], where isTurned: (UInt32) -> Bool
  ) -> [UInt32] {
    var result = scalars
    var index = 0
    var done = 0
    // After Arabic letters, numbers include fewer signs than after Hebrew ones (UAX #9, W2).
    var isArabic = false
    while index < result.count {
      guard isTurned(result[index]) else {
        if isLetter(result[index]) { isArabic = self.isArabic(result[index]) }
        index += 1
        continue
      }
      var run = run(from: index, in: result, isArabic: isArabic, where: isTurned)
      if !contains(result[index]) || isFigure(result[index]) {
        run = extended(run, in: result, after: done, isArabic: isArabic)
      }
      result[run].reverse()
      index = run.upperBound
      done = index
    }
    return result
  }

  private static func run(
    from start: Int, in scalars: [UInt32], isArabic: Bool, where isTurned: (UInt32) -> Bool
  ) -> Range<Int> {
    var last = start
    var end = start + 1
    let isOfScript = isLetter(scalars[start])
    var hasWords = isLatin(scalars[start])
    while end < scalars.count {
      let scalar = scalars[end]
      if isTurned(scalar) {
        last = end
        hasWords = hasWords || isLatin(scalar)
      } else if isOfScript ? runsRight(scalar) : isLetter(scalar) {
        break
      }
      end += 1
    }
    // Numbers without words keep their order.
    if !isOfScript, !hasWords {
      return start..<numberEnd(from: start, in: scalars[...last], isArabic: isArabic)
    }
    return start..<last + 1
  }

  /// The end of a number, including separators between its digits (UAX #9, W4).
  private static func numberEnd(
    from start: Int, in scalars: ArraySlice<UInt32>, isArabic: Bool
  ) -> Int {
    var end = start + 1
    while end < scalars.endIndex {
      if !isFigure(scalars[end]) {
        let isSeparator =
          [0x2C, 0x2E, 0x2F, 0x3A, 0xA0, 0x60C].contains(scalars[end])
          || !isArabic && [0x2B, 0x2D, 0x2212].contains(scalars[end])
        guard isSeparator, end + 1 < scalars.endIndex, isFigure(scalars[end + 1]) else { break }
        end += 1
      }
      end += 1
    }
    return end
  }

  /// A run with the signs of its numbers and the punctuation after its words.
  private static func extended(
    _ run: Range<Int>, in scalars: [UInt32], after limit: Int, isArabic: Bool
  ) -> Range<Int> {
    var start = run.lowerBound
    var end = run.upperBound
    while start > limit, isFigure(scalars[start]) || isSign(scalars[start]),
      isSign(scalars[start - 1])
    {
      start -= 1
    }
    // In Arabic a per cent sign is read after its number, on whichever side it is drawn.
    while end < scalars.count, isFigure(scalars[end - 1]) || isSign(scalars[end - 1]),
      isSign(scalars[end]), !isArabic || !isPart(scalars[end])
    {
      end += 1
    }
    // Punctuation that follows a word directly and precedes a space belongs to the word.
    var before = start
    while before > limit, [0x2C, 0x2E, 0x3A, 0x3B, 0x21, 0x3F].contains(scalars[before - 1]) {
      before -= 1
    }
    if before == 0 || scalars[before - 1] == 0x20, isLatin(scalars[run.lowerBound]) {
      start = before
    }
    return start..<end
  }

  /// Whether a character is a per cent or similar sign.
  private static func isPart(_ scalar: UInt32) -> Bool {
    scalar == 0x25 || scalar == 0x66A || (0x2030...0x2031).contains(scalar)
  }

  private static func isArabic(_ scalar: UInt32) -> Bool {
    (0x600...0x7BF).contains(scalar) || scalar >= 0xFB50
  }

  /// Whether a character is part of an adjacent number, like currency and per cent signs.
  private static func isSign(_ scalar: UInt32) -> Bool {
    (0x23...0x25).contains(scalar) || (0xA2...0xA5).contains(scalar) || scalar == 0xB0
      || scalar == 0x66A || (0x2030...0x2031).contains(scalar) || (0x20A0...0x20CF).contains(scalar)
  }
}
