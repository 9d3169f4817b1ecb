// ISO 32000-1 §14.8.2.2.3: a hyphen that only marks a line break is not part of the word.

/// Joins words that are hyphenated at line ends.
///
/// The hyphen is removed if the word occurs elsewhere in the document without it, and kept if it
/// occurs with it or if both parts are words. Other cases are decided by ``LineEndHyphen`` and a
/// dictionary.
struct Hyphenation {
  /// Hashes of the words of the document.
  private var words: Set<UInt64> = []
  /// Whether a lower-case word is in the dictionary.
  private let isWord: (String) -> Bool

  /// Collects the words of all lines, without the parts of hyphenated ones.
  init(_ pages: [PageText], isWord: @escaping (String) -> Bool) {
    self.isWord = isWord
    var isAfterHyphen = false
    for page in pages {
      for line in page.lines {
        learn(line.text, isAfterHyphen: line.role == .body && isAfterHyphen)
        // Running heads and feet can be between the parts of a word.
        if line.role == .body { isAfterHyphen = Self.hyphen(line.text) != nil }
      }
    }
  }

  /// Joins the hyphenated words of a page; the second part moves up to the first.
  func apply(to page: inout PageText) {
    guard page.lines.count > 1 else { return }
    var result: [TextLine] = []
    result.reserveCapacity(page.lines.count)
    for line in page.lines {
      var line = line
      if let last = result.indices.last, result[last].role == line.role,
        let joined = joined(result[last].text, line.text)
      {
        result[last].text = joined.first
        line.text = joined.rest
        if line.text.isEmpty { continue }
      }
      result.append(line)
    }
    page.lines = result
  }

  /// Joins words that are hyphenated across pages.
  func join(_ pages: inout [PageText]) {
    for index in pages.indices.dropFirst() {
      guard let last = pages[index - 1].lines.lastIndex(where: { $0.role == .body }),
        let first = pages[index].lines.firstIndex(where: { $0.role == .body }),
        // Any other start of a page is more likely a heading, a figure or a table.
        pages[index].lines[first].text.unicodeScalars.first?.properties.isLowercase == true,
        let joined = joined(pages[index - 1].lines[last].text, pages[index].lines[first].text)
      else { continue }
      pages[index - 1].lines[last].text = joined.first
      if joined.rest.isEmpty {
        pages[index].lines.remove(at: first)
      } else {
        pages[index].lines[first].text = joined.rest
      }
    }
  }

  /// The two lines with the joined word in the first; nil if no word is hyphenated.
  private func joined(_ first: String, _ second: String) -> (first: String, rest: String)? {
    guard let parts = LineEndHyphen(first, second) else { return nil }
    switch fate(of: parts) {
    case .stays: return nil
    case .isKept: return (parts.head + String(parts.hyphen) + parts.tail, parts.rest)
    case .isDropped: return (parts.head + parts.tail, parts.rest)
    }
  }

  private enum Fate {
    /// It ends its word, as in “mid- and long-term”.
    case stays
    /// It is part of a compound, as in “x-ray”.
    case isKept
    /// It only marks the line break.
    case isDropped
  }

  private func fate(of parts: LineEndHyphen) -> Fate {
    if parts.isSoft { return .isDropped }
    if parts.isAddedToAddress { return .isDropped }
    if parts.isInAddress || parts.isInNumber { return .isKept }
    let first = Self.lastWord(parts.head)
    let element = first.split(separator: 0x2D).last.map(Array.init) ?? first
    let second = Self.firstWord(parts.tail)
    // Loading the dictionary takes milliseconds, so it is asked last.
    if parts.isSuspended(
      isKnown: isKnown(element + second), isWord: isWord,
      hasWord: { words.contains(Self.hash(Array($0.utf8))) })
    {
      return .stays
    }
    if parts.isBehindFigures { return .isKept }
    guard parts.isBehindLetter else { return .stays }
    if parts.beginsAnew && !(parts.isAllCapitals && !second.isEmpty) { return .isKept }
    if parts.isBehindSingleLetter || parts.isBeforeSingleLetter || parts.isBehindInitials {
      return .isKept
    }
    if first.contains(0x2D) {
      // The line break is within a part of a compound or between its parts.
      if words.contains(Self.hash(first + second)) { return .isDropped }
      if isKnown(element + second) { return .isDropped }
      if words.contains(Self.hash(first + [0x2D] + second)) { return .isKept }
      return isKnown(element) ? .isKept : .isDropped
    }
    if words.contains(Self.hash(first + [0x2D] + second)) {
      return words.contains(Self.hash(first + second)) ? .isDropped : .isKept
    }
    if words.contains(Self.hash(first + second)) { return .isDropped }
    let areWords =
      first.count > 1 && words.contains(Self.hash(first)) && second.count > 2
      && words.contains(Self.hash(second))
    let isCompound =
      areWords || parts.isBehindPrefix(isTailWord: second.count > 2 && isKnown(second))
    return isCompound && !isKnown(first + second) ? .isKept : .isDropped
  }

  /// Whether a word is in the document or the dictionary.
  private func isKnown(_ word: [UInt8]) -> Bool {
    words.contains(Self.hash(word)) || isWord(String(decoding: word, as: UTF8.self))
  }

  /// The hyphen at the end of a line; nil unless it follows a letter.
  private static func hyphen(_ text: String) -> Unicode.Scalar? {
    let scalars = text.unicodeScalars
    guard let last = scalars.last, last == "-" || last.value == 0x2010 || last.value == 0xAD,
      let before = scalars.dropLast().last, before.properties.isAlphabetic
    else { return nil }
    return last
  }

  // MARK: Words

  /// Whether a byte of UTF-8 belongs to a word; all non-ASCII bytes do.
  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  /// The start of the word that the end of a text hyphenates.
  private static func lastWordStart(_ text: String) -> String.Index {
    let end = text.utf8.index(before: text.utf8.endIndex)
    return text.utf8[..<end].lastIndex { !isWord($0) }.map { text.utf8.index(after: $0) }
      ?? text.startIndex
  }

  private static func lastWord(_ text: String) -> [UInt8] {
    Array(text.utf8.reversed().prefix { isWord($0) || $0 == 0x2D }.reversed().map(lowered))
  }

  private static func firstWord(_ text: String) -> [UInt8] {
    text.utf8.prefix { isWord($0) }.map(lowered)
  }

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  private static func mixed(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  private static func hash(_ word: [UInt8]) -> UInt64 { word.reduce(seed, mixed) }

  /// Collects the words of a line: compounds as a whole and in parts.
  private mutating func learn(_ text: String, isAfterHyphen: Bool) {
    var hash = Self.seed
    var compound = Self.seed
    var isInWord = false
    var hasHyphen = false
    var isPart = isAfterHyphen
    // The first part of a hyphenated word is not a word.
    let text = Self.hyphen(text) == nil ? text[...] : text[..<Self.lastWordStart(text)]
    for byte in text.utf8 {
      if Self.isWord(byte) {
        let byte = Self.lowered(byte)
        hash = Self.mixed(hash, byte)
        compound = Self.mixed(compound, byte)
        isInWord = true
        continue
      }
      guard isInWord else {
        isPart = false
        continue
      }
      if !isPart { words.insert(hash) }
      if byte == 0x2D {
        compound = Self.mixed(compound, byte)
        hasHyphen = true
        isInWord = false
      } else {
        if hasHyphen, !isPart { words.insert(compound) }
        compound = Self.seed
        hasHyphen = false
        isInWord = false
        isPart = false
      }
      hash = Self.seed
    }
    if isInWord, !isPart {
      words.insert(hash)
      if hasHyphen { words.insert(compound) }
    }
  }
}
