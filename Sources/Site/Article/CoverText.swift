/// Breaks the text of a cover into lines.
///
/// The reader's font is unknown. Lines are broken by the widths of Times, and `textLength` fits
/// other fonts to these widths. Text in scripts whose letters join or stack is not fitted, and is
/// broken by widths that no common font exceeds.
struct CoverText {
  struct Line {
    let text: String
    /// In units of the cover; nil for a script that must not be condensed.
    let width: Double?
  }

  /// One after another.
  let lines: [Line]
  /// In units of the cover.
  let size: Int

  /// Sets a text at the largest size that fits into a box, truncated with “…” if none does.
  ///
  /// - Parameters:
  ///   - text: What is set.
  ///   - sizes: The sizes that may be taken, the largest first.
  ///   - width: Of the box.
  ///   - height: Of the box.
  ///   - leading: The height of a line by its size.
  init(_ text: String, sizes: [Int], width: Double, height: Double, leading: Double) {
    let ascii = text.isASCII ? Array(text.utf8) : nil
    if let size = sizes.first, let ascii, !ascii.isEmpty {
      let length = CoverText.width(of: ascii[...]) * Double(size)
      if length <= width {
        self.size = size
        lines = [Line(text: text, width: length)]
        return
      }
    }
    let units = ascii.map(CoverText.units) ?? CoverText.units(of: text)
    let widest = units.map(\.width).max() ?? 0
    for size in sizes {
      let limit = width / Double(size)
      // A word is better smaller than broken.
      guard widest <= limit || size == sizes.last else { continue }
      let most = Int(height / (Double(size) * leading))
      let starts = CoverText.starts(units, width: limit)
      guard starts.count <= most || size == sizes.last else { continue }
      self.size = size
      guard starts.count > most else {
        lines = CoverText.lines(units, CoverText.balanced(units, starts, width: limit))
          .map { CoverText.measured($0, size) }
        return
      }
      var kept = Array(CoverText.lines(units, starts).prefix(max(1, most)))
      while let last = kept.last, CoverText.width(of: last + "…") > limit {
        kept[kept.count - 1] = String(last.dropLast())
      }
      kept[kept.count - 1] += "…"
      lines = kept.map { CoverText.measured($0, size) }
      return
    }
    lines = []
    size = sizes.last ?? 1
  }

  private static func measured(_ text: String, _ size: Int) -> Line {
    if text.isASCII {
      return Line(text: text, width: width(of: Array(text.utf8)[...]) * Double(size))
    }
    let isRigid = text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x0590...0x10FF, 0x1200...0x1CFF, 0xA800...0xABFF, 0xFB1D...0xFDFF,
        0xFE70...0xFEFF, 0x10800...0x11FFF:
        true
      default: false
      }
    }
    return Line(text: text, width: isRigid ? nil : width(of: text) * Double(size))
  }

  /// Whether the first letter with a direction is right-to-left.
  static func isRightToLeft(_ text: String) -> Bool {
    guard !text.isASCII else { return false }
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
      switch scalar.value {
      case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF: return true
      default: return false
      }
    }
    return false
  }

  // MARK: Lines

  /// An unbreakable part, and whether a space precedes it.
  private struct Unit {
    let text: String
    let isSpaced: Bool
    /// In font sizes; measured once.
    let width: Double

  }

  /// The start of a line: a unit, or a character in a unit that is too long.
  private struct Start {
    let unit: Int
    var characters = 0
  }

  /// Words, parts of hyphenated words, and characters of scripts without spaces.
  private static func units(of text: String) -> [Unit] {
    var units: [Unit] = []
    for word in text.words {
      var start = word.startIndex
      func end(at index: Substring.Index) {
        guard start < index else { return }
        let text = String(word[start..<index])
        units.append(
          Unit(text: text, isSpaced: start == word.startIndex, width: width(of: text)))
        start = index
      }
      for index in word.indices {
        let character = word[index]
        let isWide = isWide(character)
        if isWide { end(at: index) }
        if isWide || character == "-" || character == "–" || character == "—" || character == "/" {
          end(at: word.index(after: index))
        }
      }
      end(at: word.endIndex)
    }
    return units
  }

  private static func units(ofASCII text: [UInt8]) -> [Unit] {
    var units: [Unit] = []
    var start = 0
    var isSpaced = true
    func end(at index: Int) {
      guard start < index else { return }
      let part = text[start..<index]
      units.append(
        Unit(
          text: String(decoding: part, as: UTF8.self), isSpaced: isSpaced, width: width(of: part)))
      isSpaced = false
      start = index
    }
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") {
        end(at: index + 1)
      } else if byte <= 0x20 {
        end(at: index)
        start = index + 1
        isSpaced = true
      }
    }
    end(at: text.count)
    return units
  }

  /// Breaks lines greedily.
  private static func starts(_ units: [Unit], width: Double) -> [Start] {
    var starts: [Start] = []
    var filled = 0.0
    for number in units.indices {
      let (space, length) = (units[number].isSpaced ? 0.25 : 0, units[number].width)
      if !starts.isEmpty, filled + space + length <= width {
        filled += space + length
      } else if length <= width {
        starts.append(Start(unit: number))
        filled = length
      } else {
        filled = .infinity
        for (place, character) in units[number].text.enumerated() {
          let length = self.width(of: character)
          if place == 0 || filled + length > width {
            starts.append(Start(unit: number, characters: place))
            filled = 0
          }
          filled += length
        }
      }
    }
    return starts
  }

  /// The same number of lines with similar widths.
  private static func balanced(_ units: [Unit], _ starts: [Start], width: Double) -> [Start] {
    // Not narrower than the widest unit.
    let widest = units.map(\.width).max() ?? 0
    var (narrow, wide, best) = (min(width, max(width / 2, widest)), width, starts)
    for _ in 0..<6 {
      let middle = (narrow + wide) / 2
      let tried = self.starts(units, width: middle)
      if tried.count == starts.count {
        (wide, best) = (middle, tried)
      } else {
        narrow = middle
      }
    }
    return best
  }

  private static func lines(_ units: [Unit], _ starts: [Start]) -> [String] {
    starts.indices.map { number in
      let start = starts[number]
      let end = number + 1 < starts.count ? starts[number + 1] : Start(unit: units.count)
      var line = ""
      for place in start.unit..<min(end.unit + 1, units.count) {
        var text = units[place].text[...]
        if place == end.unit { text = text.prefix(end.characters) }
        if place == start.unit { text = text.dropFirst(start.characters) }
        if text.isEmpty { continue }
        if place > start.unit, units[place].isSpaced { line += " " }
        line += text
      }
      return line
    }
  }

  // MARK: Widths

  /// A compromise between Times and wider fonts, so that neither changes much.
  private static let widening = 1.08

  static func width(of text: some StringProtocol) -> Double {
    text.reduce(0) { $0 + width(of: $1) }
  }

  private static func width(of ascii: ArraySlice<UInt8>) -> Double {
    let widths = asciiWidths
    return ascii.reduce(0) { $0 + widths[Int($1)] }
  }

  /// In font sizes.
  private static func width(of character: Character) -> Double {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if scalar.isASCII { return asciiWidths[Int(scalar.value)] }
    if isWide(character) { return 1 }
    switch scalar.value {
    case 0x2018...0x201A: return 0.35
    case 0x2014...0x2015, 0x2026: return 1.05
    case ..<0x0590, 0x1E00...0x2BFF:
      return (scalar.properties.isUppercase ? 0.7 : 0.5) * widening
    default: return 0.72
    }
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

  /// By code; unprintable characters have an average width.
  private static let asciiWidths: [Double] = {
    let groups: [(Double, String)] = [
      (0.19, "'|"), (0.25, " .,"), (0.28, "ijlt/\\:;"), (0.33, "!()-[]`Ifr"), (0.39, "Js"),
      (0.44, "?acez\""), (0.5, "0123456789$#*_bdghknopquvxy{}"), (0.56, "FPS+<=>^~"),
      (0.61, "ELTZ"), (0.67, "BCR"), (0.72, "ADGHKNOQUVXYw"), (0.78, "&m"), (0.83, "%"),
      (0.92, "M@W"),
    ]
    var widths = [Double](repeating: 0.5 * widening, count: 128)
    for (width, scalars) in groups {
      for byte in scalars.utf8 { widths[Int(byte)] = width * widening }
    }
    return widths
  }()
}
