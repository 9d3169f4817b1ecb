/// Breaks the words of a cover into lines.
///
/// Which serif face a reader's machine has is not known, so widths are those of Times with room for
/// the wider faces.
struct CoverText {
  /// One after another.
  let lines: [String]
  /// In the cover's units.
  let size: Int

  /// Sets a text as large as it fits into a box, cut off with “…” where it does not fit at all.
  ///
  /// - Parameters:
  ///   - text: What is set.
  ///   - sizes: The sizes that may be taken, the largest first.
  ///   - width: Of the box.
  ///   - height: Of the box.
  ///   - leading: The height of a line by its size.
  init(_ text: String, sizes: [Int], width: Double, height: Double, leading: Double) {
    let units = CoverText.units(of: text)
    for size in sizes {
      let most = Int(height / (Double(size) * leading))
      let lines = CoverText.lines(units, width: width / Double(size))
      guard lines.count <= most || size == sizes.last else { continue }
      // A word that had to be cut looks better smaller and whole.
      let isCut = units.contains { $0.width > width / Double(size) }
      if isCut && size != sizes.last { continue }
      self.size = size
      guard lines.count > most else {
        self.lines = CoverText.balanced(units, lines, width: width / Double(size))
        return
      }
      var kept = Array(lines.prefix(max(1, most)))
      while let last = kept.last, CoverText.width(of: last + "…") > width / Double(size) {
        kept[kept.count - 1] = String(last.dropLast())
      }
      kept[kept.count - 1] += "…"
      self.lines = kept
      return
    }
    lines = []
    size = sizes.last ?? 1
  }

  /// Whether a text reads from right to left, by its first letter that has a direction.
  static func isRightToLeft(_ text: String) -> Bool {
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
      switch scalar.value {
      case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF: return true
      default: return false
      }
    }
    return false
  }

  // MARK: Lines

  /// What is not divided, and whether a space stands before it.
  private struct Unit {
    let text: String
    let isSpaced: Bool
    /// In parts of the size; measured once, however often lines are tried.
    let width: Double

    init(text: String, isSpaced: Bool) {
      self.text = text
      self.isSpaced = isSpaced
      width = CoverText.width(of: text)
    }
  }

  /// Words, the parts of words with hyphens, and the characters of scripts without spaces.
  private static func units(of text: String) -> [Unit] {
    var units: [Unit] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      var isSpaced = true
      var part = ""
      for character in word {
        let isWide = isWide(character)
        if isWide, !part.isEmpty {
          units.append(Unit(text: part, isSpaced: isSpaced))
          (part, isSpaced) = ("", false)
        }
        part.append(character)
        if isWide || character == "-" || character == "–" || character == "—" || character == "/" {
          units.append(Unit(text: part, isSpaced: isSpaced))
          (part, isSpaced) = ("", false)
        }
      }
      if !part.isEmpty { units.append(Unit(text: part, isSpaced: isSpaced)) }
    }
    return units
  }

  private static func lines(_ units: [Unit], width: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    var filled = 0.0
    for unit in units {
      let space = unit.isSpaced && !line.isEmpty ? 0.25 : 0
      let length = unit.width
      if filled + space + length <= width || line.isEmpty && length <= width {
        line += (space > 0 ? " " : "") + unit.text
        filled += space + length
        continue
      }
      if !line.isEmpty { lines.append(line) }
      (line, filled) = ("", 0)
      for character in unit.text {
        let length = self.width(of: character)
        if filled + length > width, !line.isEmpty {
          lines.append(line)
          (line, filled) = ("", 0)
        }
        line.append(character)
        filled += length
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// As many lines, of lengths as equal as they get.
  private static func balanced(_ units: [Unit], _ lines: [String], width: Double) -> [String] {
    var (narrow, wide, best) = (width / 2, width, lines)
    for _ in 0..<6 {
      let middle = (narrow + wide) / 2
      let tried = self.lines(units, width: middle)
      if tried.count == lines.count {
        (wide, best) = (middle, tried)
      } else {
        narrow = middle
      }
    }
    return best
  }

  // MARK: Widths

  static func width(of text: String) -> Double {
    text.reduce(0) { $0 + width(of: $1) }
  }

  /// In parts of the size.
  private static func width(of character: Character) -> Double {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    // The faces wider than Times are so by about a seventh.
    if scalar.isASCII { return asciiWidths[Int(scalar.value)] * 1.15 }
    if isWide(character) { return 1 }
    return scalar.properties.isUppercase ? 0.82 : 0.64
  }

  private static func isWide(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    switch scalar.value {
    case 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
      0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return true
    default: return false
    }
  }

  /// By code; what is not printed is as wide as most letters.
  private static let asciiWidths: [Double] = {
    let groups: [(Double, String)] = [
      (0.19, "'|"), (0.25, " .,"), (0.28, "ijlt/\\:;"), (0.33, "!()-[]`Ifr"), (0.39, "Js"),
      (0.44, "?acez\""), (0.5, "0123456789$#*_bdghknopquvxy{}"), (0.56, "FPS+<=>^~"),
      (0.61, "ELTZ"), (0.67, "BCR"), (0.72, "ADGHKNOQUVXYw"), (0.78, "&m"), (0.83, "%"),
      (0.92, "M@W"),
    ]
    var widths = [Double](repeating: 0.5, count: 128)
    for (width, scalars) in groups {
      for octet in scalars.utf8 { widths[Int(octet)] = width }
    }
    return widths
  }()
}
