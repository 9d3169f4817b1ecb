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

  /// Turns what is seen from left to right into the order in which it is read.
  ///
  /// A line that is mostly right-to-left is turned as a whole, and in it words and figures that
  /// run to the right are turned back; in another line only the right-to-left runs are turned.
  static func logicalOrder(_ scalars: [UInt32]) -> [UInt32] {
    let turned: [UInt32]
    if scalars.count(where: isLetter) >= scalars.count(where: isLatin) {
      turned = turningRuns(scalars.reversed(), where: runsRight)
    } else {
      turned = turningRuns(scalars, where: isLetter)
    }
    // Some files give brackets as they look, and some as they are meant.
    let mirrored = turned.map(mirrored)
    return strayBrackets(mirrored) < strayBrackets(turned) ? mirrored : turned
  }

  /// The bracket that looks as another does in text that runs the other way.
  private static func mirrored(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x28: 0x29
    case 0x29: 0x28
    case 0x5B: 0x5D
    case 0x5D: 0x5B
    case 0xAB: 0xBB
    case 0xBB: 0xAB
    default: scalar
    }
  }

  /// How many brackets close what has not been opened.
  private static func strayBrackets(_ scalars: [UInt32]) -> Int {
    var depth = 0
    var count = 0
    for scalar in scalars {
      switch scalar {
      case 0x28, 0x5B, 0xAB: depth += 1
      case 0x29, 0x5D, 0xBB:
        if depth == 0 { count += 1 } else { depth -= 1 }
      default: break
      }
    }
    return count
  }

  /// Turns each run that begins and ends with such a character and holds none of the other kind.
  private static func turningRuns(
    _ scalars: [UInt32], where isTurned: (UInt32) -> Bool
  ) -> [UInt32] {
    var result = scalars
    var index = 0
    var done = 0
    while index < result.count {
      guard isTurned(result[index]) else {
        index += 1
        continue
      }
      var run = run(from: index, in: result, where: isTurned)
      if !contains(result[index]) || isFigure(result[index]) {
        run = extended(run, in: result, after: done)
      }
      result[run].reverse()
      index = run.upperBound
      done = index
    }
    return result
  }

  private static func run(
    from start: Int, in scalars: [UInt32], where isTurned: (UInt32) -> Bool
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
    if !isOfScript, !hasWords, let space = scalars[start...last].firstIndex(of: 0x20) {
      return start..<space
    }
    return start..<last + 1
  }

  /// A run with the signs that belong to its numbers and the marks that end its words.
  private static func extended(
    _ run: Range<Int>, in scalars: [UInt32], after limit: Int
  ) -> Range<Int> {
    var start = run.lowerBound
    var end = run.upperBound
    while start > limit, isFigure(scalars[start]) || isSign(scalars[start]),
      isSign(scalars[start - 1])
    {
      start -= 1
    }
    while end < scalars.count, isFigure(scalars[end - 1]) || isSign(scalars[end - 1]),
      isSign(scalars[end])
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

  /// Whether a character is of a number that it stands beside, as currencies and per cent are.
  private static func isSign(_ scalar: UInt32) -> Bool {
    (0x23...0x25).contains(scalar) || (0xA2...0xA5).contains(scalar) || scalar == 0xB0
      || scalar == 0x66A || (0x2030...0x2031).contains(scalar) || (0x20A0...0x20CF).contains(scalar)
  }
}
