// ISO 32000-1 §14.8.2.3.3: the order of characters in scripts that run to the left; what looks as the
// Unicode Bidirectional Algorithm (UAX #9) would have it is turned back into what it was made of.

/// Text of scripts that run from right to left.
enum RightToLeft {
  /// Whether a character is of such a script, figures included.
  static func contains(_ scalar: UInt32) -> Bool {
    (0x590...0x8FF).contains(scalar) || (0xFB1D...0xFDFF).contains(scalar)
      || (0xFE70...0xFEFC).contains(scalar) || (0x10800...0x10FFF).contains(scalar)
  }

  /// Whether a character is a vowel sign, which stands over or under a letter.
  static func isMark(_ scalar: UInt32) -> Bool {
    (0x64B...0x65F).contains(scalar) || scalar == 0x670 || (0x5B0...0x5C7).contains(scalar)
      || (0x610...0x61A).contains(scalar) || (0x6D6...0x6ED).contains(scalar)
  }

  static func isFigure(_ scalar: UInt32) -> Bool {
    (0x30...0x39).contains(scalar) || (0x660...0x669).contains(scalar)
      || (0x6F0...0x6F9).contains(scalar) || (0x66B...0x66C).contains(scalar)
  }

  private static func isLetter(_ scalar: UInt32) -> Bool {
    contains(scalar) && !isFigure(scalar) && !isSign(scalar)
  }

  private static func runsRight(_ scalar: UInt32) -> Bool {
    isLatin(scalar) || isFigure(scalar)
  }

  /// Whether a character is a letter of a script that runs to the right.
  private static func isLatin(_ scalar: UInt32) -> Bool {
    (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar)
      || (scalar >= 0xC0 && scalar < 0x590)
      || (scalar >= 0x900 && scalar < 0xFB1D && !(0x2000...0x2BFF).contains(scalar))
  }

  /// Turns the lines of a block, each as it is seen from left to right, into the order in which they
  /// are read.
  ///
  /// A line that is mostly right-to-left, or stands among such, is turned as a whole, and in it words
  /// and figures that run to the right are turned back; in another line only the right-to-left runs
  /// are turned.
  static func logicalOrder(_ lines: [[UInt32]]) -> [[UInt32]] {
    let isBlockTurned = isMostlyTurned(lines.joined())
    let isTurned = lines.map { line in
      line.contains(where: isLetter) && (isBlockTurned || isMostlyTurned(line))
        || isBlockTurned && !line.contains(where: isLatin)
    }
    let asDrawn = zip(lines, isTurned).map { line, isTurned in
      isTurned ? turningRuns(line.reversed(), where: runsRight) : turningRuns(line, where: isLetter)
    }
    // Most files give brackets as they look, and some as they are meant.
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

  /// The bracket that looks as another does in text that runs the other way.
  private static func mirrored(_ scalar: UInt32) -> UInt32 {
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

  /// How many brackets close what has not been opened, or open what is not closed.
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

  /// Turns each run that begins and ends with such a character and holds none of the other kind.
  private static func turningRuns(
    _ scalars: [UInt32], where isTurned: (UInt32) -> Bool
  ) -> [UInt32] {
    var result = scalars
    var index = 0
    var done = 0
    // After Arabic letters numbers take fewer signs to them than after Hebrew ones (UAX #9, W2).
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
    // Numbers by themselves follow each other as words do.
    if !isOfScript, !hasWords {
      return start..<numberEnd(from: start, in: scalars[...last], isArabic: isArabic)
    }
    return start..<last + 1
  }

  /// Where a number ends: a separator between its figures is of it (UAX #9, W4).
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

  /// A run with the signs that belong to its numbers and the marks that end its words.
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
    // Per cent are read after the number, on whichever side of it they stand in Arabic.
    while end < scalars.count, isFigure(scalars[end - 1]) || isSign(scalars[end - 1]),
      isSign(scalars[end]), !isArabic || !isPart(scalars[end])
    {
      end += 1
    }
    // What follows a word without a space, and has one after it, ends the word.
    var before = start
    while before > limit, [0x2C, 0x2E, 0x3A, 0x3B, 0x21, 0x3F].contains(scalars[before - 1]) {
      before -= 1
    }
    if before == 0 || scalars[before - 1] == 0x20, isLatin(scalars[run.lowerBound]) {
      start = before
    }
    return start..<end
  }

  /// Whether a character says what part of something a number is.
  private static func isPart(_ scalar: UInt32) -> Bool {
    scalar == 0x25 || scalar == 0x66A || (0x2030...0x2031).contains(scalar)
  }

  private static func isArabic(_ scalar: UInt32) -> Bool {
    (0x600...0x7BF).contains(scalar) || scalar >= 0xFB50
  }

  /// Whether a character is of a number that it stands beside, as currencies and per cent are.
  private static func isSign(_ scalar: UInt32) -> Bool {
    (0x23...0x25).contains(scalar) || (0xA2...0xA5).contains(scalar) || scalar == 0xB0
      || scalar == 0x66A || (0x2030...0x2031).contains(scalar) || (0x20A0...0x20CF).contains(scalar)
  }
}
