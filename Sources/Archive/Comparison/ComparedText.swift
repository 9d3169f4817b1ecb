internal import Foundation

/// The text of a document as words with what counts of each when two texts are compared.
///
/// Programs that save a PDF again change how its text is encoded, spaced and hyphenated. What they
/// change does not count: white space, soft hyphens, ligatures, the shapes of quotation marks and
/// dashes, and characters without meaning. Letter case, accents, digits and punctuation count.
struct ComparedText: Sendable {
  /// A word; in scripts without spaces between words, a character.
  struct Word: Sendable {
    /// The index of its page.
    let page: Int
    /// Its place in the UTF-8 of its page.
    let bytes: Range<Int>
    /// Its place in `letters`.
    let letters: Range<Int>
    /// Whether it ends a line with a hyphen, which may be there for the line only.
    var isBroken = false
  }

  /// UTF-8.
  let pages: [[UInt8]]
  private(set) var words: [Word] = []
  /// The characters that count, not folded.
  private(set) var letters: [UInt32] = []

  init(pages texts: [String]) {
    let texts = texts.map { text in
      // Composed, so that a letter with an accent is one character in both texts.
      text.unicodeScalars.contains { 0x300...0x36F ~= $0.value || 0x3099...0x309A ~= $0.value }
        ? text.precomposedStringWithCanonicalMapping : text
    }
    pages = texts.map { Array($0.utf8) }
    for (page, text) in texts.enumerated() { add(text, page: page) }
  }

  private mutating func add(_ text: String, page: Int) {
    var offset = 0
    var start: Int?
    var first = letters.count
    func isHyphen(_ letter: UInt32?) -> Bool { letter.map { ComparedText.isDash($0) } ?? false }
    func end(at offset: Int, _ text: inout ComparedText, isBroken: Bool = false) {
      if let begin = start, text.letters.count > first {
        text.words.append(
          Word(
            page: page, bytes: begin..<offset, letters: first..<text.letters.count,
            isBroken: isBroken))
      }
      start = nil
      first = text.letters.count
    }
    for scalar in text.unicodeScalars {
      let width = UTF8.width(scalar)
      defer { offset += width }
      if scalar.isASCII ? scalar.value <= 0x20 : scalar.properties.isWhitespace {
        let endsLine = scalar == "\n" || scalar == "\r" || scalar == "\u{2028}"
        let isBroken = endsLine && isHyphen(letters.last)
        end(at: offset, &self, isBroken: isBroken)
        continue
      }
      guard let letter = ComparedText.letter(scalar.value) else { continue }
      let isWord = ComparedText.isWordItself(letter)
      if isWord { end(at: offset, &self) }
      if start == nil { start = offset }
      letters.append(letter)
      // Ghostscript 10.0 writes the second part of “ffi” and “ffl” as the sum of its bytes.
      if let second = ComparedText.secondLetter(scalar.value) { letters.append(second) }
      if isWord { end(at: offset + width, &self) }
    }
    let isBroken = isHyphen(letters.last)
    end(at: offset, &self, isBroken: isBroken)
  }

  /// The same words with other characters.
  func replacing(_ substituted: SubstitutedCharacters) -> ComparedText {
    var text = self
    text.letters = letters.map { letter in
      guard let other = substituted.new[letter] else { return letter }
      return other ?? ComparedText.missing
    }
    return text
  }

  /// The text of some words as it is printed, with single spaces.
  func text(of range: Range<Int>) -> String {
    var parts: [String] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let page = words[index].page
      let end = words[index..<range.upperBound].firstIndex { $0.page != page } ?? range.upperBound
      let bytes = pages[page][words[index].bytes.lowerBound..<words[end - 1].bytes.upperBound]
      parts.append(String(decoding: bytes, as: UTF8.self))
      index = end
    }
    return parts.joined(separator: " ").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// The hashes of the folded letters of each word (FNV-1a with a final mix).
  var hashes: [UInt64] {
    var buffer: [UInt32] = []
    return words.map { word in
      buffer.removeAll(keepingCapacity: true)
      for letter in letters[word.letters] { ComparedText.fold(letter, into: &buffer) }
      let hash = buffer.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
      }
      return (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
    }
  }

  /// The folded letters of some words.
  ///
  /// - Parameters:
  ///   - range: The words.
  ///   - dropsHyphens: Whether hyphens between letters are left out.
  /// - Returns: The letters.
  func folded(_ range: Range<Int>, dropsHyphens: Bool = false) -> [UInt32] {
    var folded: [UInt32] = []
    for word in words[range] {
      for letter in letters[word.letters] { ComparedText.fold(letter, into: &folded) }
    }
    guard dropsHyphens else { return folded }
    let hyphen: UInt32 = 0x2D
    return folded.indices.filter { place in
      folded[place] != hyphen || place == 0 || place + 1 == folded.count
        || !ComparedText.isLetter(folded[place - 1]) || !ComparedText.isLetter(folded[place + 1])
    }.map { folded[$0] }
  }
}

extension ComparedText {
  /// The character that counts; nil for one that does not.
  private static func letter(_ value: UInt32) -> UInt32? {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD: nil
    // Marks of direction and joining, variation selectors, private use.
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xFFFD: nil
    case 0xE000...0xF8FF, 0xF0000...0x10FFFF: nil
    // Ghostscript 10.0 swaps the bytes of letters that come from a ligature.
    case 0x4100...0x7A00 where value & 0xFF == 0 && isASCIILetter(value >> 8): value >> 8
    case 0xCF00, 0xD200: UInt32(UInt8(ascii: "f"))
    default: value
    }
  }

  /// Stands for a character that the other text does not have.
  static let missing: UInt32 = 0

  private static func secondLetter(_ value: UInt32) -> UInt32? {
    switch value {
    case 0xCF00: UInt32(UInt8(ascii: "i"))
    case 0xD200: UInt32(UInt8(ascii: "l"))
    default: nil
    }
  }

  private static func isASCIILetter(_ value: UInt32) -> Bool {
    0x41...0x5A ~= value || 0x61...0x7A ~= value
  }

  /// Whether a character is compared as a word: scripts without spaces, and Hangul, whose spaces
  /// depend on the program that reads them.
  private static func isWordItself(_ value: UInt32) -> Bool {
    switch value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x9FFF, 0xAC00...0xD7AF,
      0xF900...0xFAFF, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  private static func isDash(_ value: UInt32) -> Bool {
    switch value {
    case 0x2D, 0x2010...0x2015, 0x2212: true
    default: false
    }
  }

  static func isLetter(_ value: UInt32) -> Bool {
    Unicode.Scalar(value)?.properties.isAlphabetic ?? false
  }

  /// Whether a character is punctuation that programs replace by a similar one.
  static func isTypographic(_ value: UInt32) -> Bool {
    switch value {
    case 0xAB, 0xBB, 0xB7, 0x2010...0x2027, 0x2032...0x203A, 0x3008...0x301F, 0xFB00...0xFB06: true
    default: false
    }
  }

  /// Appends a character, as one of the characters that look like it.
  private static func fold(_ value: UInt32, into letters: inout [UInt32]) {
    func append(_ text: String) { letters += text.unicodeScalars.map(\.value) }
    switch value {
    case missing: break
    case 0..<0x80: letters.append(value)
    case 0x2018...0x201B, 0x2032: append("'")
    case 0x201C...0x201F, 0x2033: append("\"")
    case 0x2010...0x2015, 0x2212: append("-")
    case 0x2026: append("...")
    case 0xFB00: append("ff")
    case 0xFB01: append("fi")
    case 0xFB02: append("fl")
    case 0xFB03: append("ffi")
    case 0xFB04: append("ffl")
    case 0xFB05, 0xFB06: append("st")
    default: letters.append(value)
    }
  }
}
