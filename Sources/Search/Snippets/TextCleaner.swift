/// Leaves out of a text what only a page needs: leaders (`.....`) and the marks of notes, as in
/// `income.2 The` and in raised digits and letters.
///
/// The parts of a text are passed in order, since a number belongs to the word before it.
struct TextCleaner {
  /// Letters of the word so far.
  private var letters = 0
  /// Whether a mark was before that a note may follow.
  private var isBehindMark = false

  /// “km²” has no note.
  private static let shortestRaised = 3
  /// “no.2” and “fig.3” are no notes.
  private static let shortestBeforeStop = 5

  /// Calls `body` with each byte of a part that is kept.
  mutating func each(of range: Range<Int>, in bytes: Span<UInt8>, _ body: (UInt8) -> Void) {
    var index = range.lowerBound
    while index < range.upperBound {
      if let leader = TextCleaner.leader(at: index, before: range.upperBound, in: bytes) {
        // The dots of an ellipsis may end a sentence.
        for byte in " … ".utf8 { body(byte) }
        index = leader.end
        (letters, isBehindMark) = (0, false)
        continue
      }
      if isBehindMark, let end = TextCleaner.endOfNote(at: index, in: bytes) {
        index = min(end, range.upperBound)
        isBehindMark = false
        continue
      }
      if letters >= TextCleaner.shortestRaised || isBehindMark,
        let length = TextCleaner.raisedMarkLength(at: index, in: bytes)
      {
        index += length
        continue
      }
      let length = TextCleaner.closingLength(at: index, in: bytes)
      if let length {
        letters = max(letters, TextCleaner.shortestBeforeStop)
        for place in index..<min(index + length, range.upperBound) { body(bytes[place]) }
        index += length
        continue
      }
      let byte = bytes[index]
      isBehindMark = TextCleaner.mayHaveNote(byte, after: letters)
      letters = ASCII.isLetter(byte) || byte >= 0x80 ? letters + 1 : 0
      body(byte)
      index += 1
    }
  }

  /// Whether a note may follow a mark after a word of so many letters.
  static func mayHaveNote(_ mark: UInt8, after letters: Int) -> Bool {
    switch mark {
    case UInt8(ascii: "."): letters >= shortestBeforeStop
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): letters >= shortestRaised
    default: false
    }
  }

  /// The bytes of a closing quotation mark or bracket; nil for anything else.
  static func closingLength(at index: Int, in bytes: Span<UInt8>) -> Int? {
    switch bytes[index] {
    case UInt8(ascii: "\""), UInt8(ascii: ")"), UInt8(ascii: "]"): return 1
    case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0xBB: return 2
    case 0xE2
    where index + 2 < bytes.count && bytes[index + 1] == 0x80
      && (bytes[index + 2] == 0x9D || bytes[index + 2] == 0x99):
      return 3
    default: return nil
    }
  }

  /// The end of the number of a note after the mark that ends a word; nil if there is none.
  static func endOfNote(at index: Int, in bytes: Span<UInt8>) -> Int? {
    var end = index
    while end < bytes.count, 0x30...0x39 ~= bytes[end] { end += 1 }
    guard (1...3).contains(end - index), end == bytes.count || bytes[end] <= 0x20 else {
      return nil
    }
    return end
  }

  /// The bytes of a raised digit or letter; nil for anything else.
  static func raisedMarkLength(at index: Int, in bytes: Span<UInt8>) -> Int? {
    func byte(_ offset: Int) -> UInt8 {
      index + offset < bytes.count ? bytes[index + offset] : 0
    }
    switch (byte(0), byte(1), byte(2)) {
    // ¹²³, and letters of the blocks Spacing Modifier Letters…
    case (0xC2, 0xB2...0xB3, _), (0xC2, 0xB9, _), (0xCA, 0xB0...0xB8, _), (0xCB, 0xA1...0xA3, _):
      return 2
    // … Superscripts and Subscripts, and Phonetic Extensions.
    case (0xE2, 0x81, 0xB0...0xB1), (0xE2, 0x81, 0xB4...0xB9), (0xE2, 0x81, 0xBF),
      (0xE1, 0xB4, 0xAC...0xBF), (0xE1, 0xB5, 0x80...0xA1), (0xE1, 0xB6, 0x9B...0xBF):
      return 3
    default: return nil
    }
  }

  /// The row of marks at a place, between a heading and its page: the same mark at least four times,
  /// also with spaces between.
  static func leader(
    at index: Int, before limit: Int, in bytes: Span<UInt8>
  ) -> (end: Int, count: Int)? {
    guard let length = markLength(at: index, in: bytes) else { return nil }
    var place = index
    var end = index
    var count = 0
    while place < limit {
      if place + length <= limit,
        (0..<length).allSatisfy({ bytes[place + $0] == bytes[index + $0] })
      {
        count += 1
        place += length
        end = place
      } else if bytes[place] == 0x20 {
        place += 1
      } else {
        break
      }
    }
    // An ellipsis has three dots in one character.
    return count >= (length == 3 ? 2 : 4) ? (end, count) : nil
  }

  /// The bytes of a mark that leaders are made of: `.`, `_`, `-`, `·`, `…`, `․`.
  private static func markLength(at index: Int, in bytes: Span<UInt8>) -> Int? {
    switch bytes[index] {
    case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): return 1
    case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0xB7: return 2
    case 0xE2
    where index + 2 < bytes.count && bytes[index + 1] == 0x80
      && (bytes[index + 2] == 0xA6 || bytes[index + 2] == 0xA4):
      return 3
    default: return nil
    }
  }
}
