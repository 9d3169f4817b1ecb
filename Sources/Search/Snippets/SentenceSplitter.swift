/// A sentence of a text, or what is left of one.
struct Sentence {
  enum Kind {
    case whole
    /// Its beginning or its end is on another page, or it has none.
    case fragment
    /// Also the caption of a figure or a table.
    case heading
  }

  /// In bytes of the text.
  let range: Range<Int>
  let kind: Kind
  /// The number of its paragraph.
  let paragraph: Int
  /// Whether nothing but white space is between it and the sentence before.
  let followsPrevious: Bool
}

/// Divides the prose of a text into paragraphs, headings and sentences.
///
/// A paragraph ends before an empty line, and where a line that is shorter than the others ends
/// without a mark and the next one begins with a capital. A sentence ends after a full stop, an
/// exclamation or question mark before a space and a capital or figure; not after abbreviations,
/// initials and the numbers of lists.
struct SentenceSplitter {
  private(set) var sentences: [Sentence] = []
  private var paragraph = 0
  private var end = 0

  /// A line that reaches this share of the longest one goes on in the next line.
  private static let fullLine = 0.7
  /// A longer paragraph without any mark at its end is no heading.
  private static let longestHeading = 120
  /// A line of a page is shorter; that of an abstract is a whole paragraph.
  private static let longestLineOfPage = 240

  static func sentences(of lines: TextLines, in bytes: Span<UInt8>) -> [Sentence] {
    var splitter = SentenceSplitter()
    let prose = lines.lines.filter { $0.kind == .prose }
    let longest =
      prose.reduce(0) { $1.range.count <= longestLineOfPage ? max($0, $1.range.count) : $0 }
    var start: Int?
    for (index, line) in lines.lines.enumerated() where line.kind == .prose {
      let begin = start ?? line.range.lowerBound
      let next = index + 1 < lines.lines.count ? lines.lines[index + 1] : nil
      if let next, next.kind == .prose, goesOn(line, next, longest: longest, in: bytes) {
        start = begin
      } else {
        splitter.add(begin..<line.range.upperBound, in: bytes)
        start = nil
      }
    }
    return splitter.sentences
  }

  private static func goesOn(
    _ line: TextLines.Line, _ next: TextLines.Line, longest: Int, in bytes: Span<UInt8>
  ) -> Bool {
    guard line.range.count <= longestLineOfPage else { return false }
    switch bytes[line.range.upperBound - 1] {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "-"): return true
    default: break
    }
    if !mayBegin(at: next.range.lowerBound, in: bytes) { return true }
    let isEnded = endsSentence(line.range.upperBound, in: bytes)
    let isItem = withoutBullet(next.range, in: bytes) > next.range.lowerBound
    if isItem, isEnded || isBullet(at: next.range.lowerBound, in: bytes) { return false }
    return isEnded || Double(line.range.count) >= fullLine * Double(longest)
  }

  /// Adds the sentences of a paragraph.
  private mutating func add(_ range: Range<Int>, in bytes: Span<UInt8>) {
    paragraph += 1
    var start = SentenceSplitter.withoutBullet(range, in: bytes)
    var index = start
    while index < range.upperBound {
      if let sentenceEnd = SentenceSplitter.endOfSentence(
        at: index, from: start, before: range.upperBound, in: bytes)
      {
        append(start..<sentenceEnd, isEnded: true, in: bytes)
        index = sentenceEnd
        while index < range.upperBound, bytes[index] <= 0x20 { index += 1 }
        if index < range.upperBound, SentenceSplitter.isBullet(at: index, in: bytes) {
          index = SentenceSplitter.withoutBullet(index..<range.upperBound, in: bytes)
        }
        start = index
      } else {
        index += 1
      }
    }
    guard start < range.upperBound else { return }
    append(
      start..<range.upperBound,
      isEnded: SentenceSplitter.endsSentence(range.upperBound, in: bytes),
      isParagraph: start == SentenceSplitter.withoutBullet(range, in: bytes), in: bytes)
  }

  private mutating func append(
    _ range: Range<Int>, isEnded: Bool, isParagraph: Bool = false, in bytes: Span<UInt8>
  ) {
    let isHeading = !isEnded && isParagraph && range.count <= SentenceSplitter.longestHeading
    let isWhole = isEnded && SentenceSplitter.mayBegin(at: range.lowerBound, in: bytes)
    let kind: Sentence.Kind =
      isHeading || TextLines.isCaption(range, in: bytes)
      ? .heading : isWhole ? .whole : .fragment
    var gap = end
    while gap < range.lowerBound, bytes[gap] <= 0x20 { gap += 1 }
    sentences.append(
      Sentence(
        range: range, kind: kind, paragraph: paragraph,
        followsPrevious: !sentences.isEmpty && gap == range.lowerBound))
    end = range.upperBound
  }

  // MARK: Where sentences begin

  /// Whether a sentence may begin with the character at a place: no small letter and no mark that
  /// goes on with one.
  private static func mayBegin(at index: Int, in bytes: Span<UInt8>) -> Bool {
    switch bytes[index] {
    case 0x41...0x5A, 0x30...0x39: return true
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: "["):
      return index + 1 < bytes.count && mayBegin(at: index + 1, in: bytes)
    case ..<0x80: return isBullet(at: index, in: bytes)
    default: return !isSmallLetter(at: index, in: bytes)
    }
  }

  /// Whether there is a small letter outside ASCII.
  private static func isSmallLetter(at index: Int, in bytes: Span<UInt8>) -> Bool {
    let byte = bytes[index]
    guard 0xC3...0xD4 ~= byte, index + 1 < bytes.count else { return false }
    let value = UInt32(byte & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F)
    return Unicode.Scalar(value)?.properties.isLowercase == true
  }

  private static func isBullet(at index: Int, in bytes: Span<UInt8>) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "*"), UInt8(ascii: "-"):
      return index + 1 < bytes.count && bytes[index + 1] <= 0x20
    // “•”, “‣” and “–”; “▪”, “■”, “●”, “○”.
    case 0xE2 where index + 2 < bytes.count:
      return bytes[index + 1] == 0x80
        ? [0xA2, 0xA3, 0x93].contains(bytes[index + 2])
        : bytes[index + 1] == 0x96 || bytes[index + 1] == 0x97
    // The private characters of symbol fonts.
    case 0xEF: return index + 1 < bytes.count && 0x80...0x83 ~= bytes[index + 1]
    default: return false
    }
  }

  /// Where a paragraph begins after a bullet or the number of a note.
  private static func withoutBullet(_ range: Range<Int>, in bytes: Span<UInt8>) -> Int {
    var index = range.lowerBound
    if isBullet(at: index, in: bytes) {
      index += bytes[index] == 0xE2 || bytes[index] == 0xEF ? 3 : 1
    } else {
      while index < range.upperBound, 0x30...0x39 ~= bytes[index] { index += 1 }
      guard (1...3).contains(index - range.lowerBound), index + 1 < range.upperBound,
        bytes[index] <= 0x20, 0x41...0x5A ~= bytes[index + 1]
      else { return range.lowerBound }
    }
    while index < range.upperBound, bytes[index] <= 0x20 { index += 1 }
    return min(index, range.upperBound)
  }

  // MARK: Where sentences end

  /// Whether the last characters before a place end a sentence.
  private static func endsSentence(_ end: Int, in bytes: Span<UInt8>) -> Bool {
    var index = end - 1
    let start = max(0, end - 12)
    while index >= start {
      switch bytes[index] {
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): return true
      case 0x82 where index >= 2 && bytes[index - 1] == 0x80 && bytes[index - 2] == 0xE3:
        return true
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"),
        0x30...0x39, 0x80...:
        index -= 1
      default: return false
      }
    }
    return false
  }

  /// The end of the sentence whose last mark is at a place; nil if none ends there.
  ///
  /// - Parameters:
  ///   - index: The place.
  ///   - start: Where the sentence begins.
  ///   - limit: The end of the paragraph.
  ///   - bytes: The text.
  /// - Returns: The end, behind closing quotation marks and the number of a note.
  private static func endOfSentence(
    at index: Int, from start: Int, before limit: Int, in bytes: Span<UInt8>
  ) -> Int? {
    switch bytes[index] {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): break
    // “。”, “！” and “？” need no space behind them.
    case 0xE3 where index + 2 < limit && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x82:
      return index + 3
    case 0xEF
    where index + 2 < limit && bytes[index + 1] == 0xBC
      && (bytes[index + 2] == 0x81 || bytes[index + 2] == 0x9F):
      return index + 3
    default: return nil
    }
    var end = index + 1
    while end < limit,
      [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")].contains(bytes[end])
    {
      end += 1
    }
    let marks = end - index
    while end < limit, let length = TextCleaner.closingLength(at: end, in: bytes) { end += length }
    let word = wordBefore(index, from: start, in: bytes)
    let isClosed = end > index + marks || index == start || !ASCII.isWordByte(bytes[index - 1])
    if isClosed || TextCleaner.mayHaveNote(UInt8(ascii: "."), after: word.count),
      let note = TextCleaner.endOfNote(at: min(end, limit - 1), in: bytes)
    {
      end = max(end, note)
    }
    while end < limit, let length = TextCleaner.raisedMarkLength(at: end, in: bytes) {
      end += length
    }
    end = min(end, limit)
    var next = end
    while next < limit, bytes[next] <= 0x20 { next += 1 }
    guard next < limit else { return end }
    guard next > end, mayBegin(at: next, in: bytes) else { return nil }
    let isStop = marks == 1 && bytes[index] == UInt8(ascii: ".")
    return isStop && isAbbreviation(word, endingAt: index, before: next, from: start, in: bytes)
      ? nil : end
  }

  private static func wordBefore(_ index: Int, from start: Int, in bytes: Span<UInt8>) -> Range<Int>
  {
    var first = index
    while first > start, ASCII.isWordByte(bytes[first - 1]) { first -= 1 }
    return first..<index
  }

  /// Whether the stop after a word is that of an abbreviation, of an initial or of a number in a
  /// list, so that the sentence goes on.
  private static func isAbbreviation(
    _ word: Range<Int>, endingAt index: Int, before next: Int, from start: Int,
    in bytes: Span<UInt8>
  ) -> Bool {
    guard word.count <= longestAbbreviation else { return false }
    let letters = bytes.array(word).map { ASCII.folded($0) ?? $0 }
    // “1. The first”, “Table 3. The ports”.
    if letters.isNumber {
      return word.lowerBound == start || TextLines.isCaption(start..<next, in: bytes)
    }
    let isDotted = word.lowerBound > start && bytes[word.lowerBound - 1] == UInt8(ascii: ".")
    if letters.count == 1 || isDotted || openAbbreviations.contains(letters) {
      // “J. Smith”, “U.S. exports”, but “in the U.S. The exports”.
      return !beginners.contains(nextWord(at: next, in: bytes))
    }
    if numberAbbreviations.contains(letters) { return 0x30...0x39 ~= bytes[next] }
    return abbreviations.contains(letters)
  }

  private static func nextWord(at index: Int, in bytes: Span<UInt8>) -> [UInt8] {
    var end = index
    while end < bytes.count, ASCII.isWordByte(bytes[end]), end - index < 16 { end += 1 }
    return bytes.array(index..<end)
  }

  private static let longestAbbreviation = 7

  private static func list(_ words: String) -> Set<[UInt8]> {
    Set(words.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
  }

  /// Abbreviations before names and the like, which end no sentence.
  private static let abbreviations = list(
    """
    mr mrs ms dr prof rev hon gov sen rep gen col lt sgt capt cmdr adm amb pres st mt ft vs cf viz
    eg ie approx ca bzw usw vgl hrsg bl dvs tex ung resp jfr mme mlle mgr
    """)

  /// Abbreviations that may also end a sentence.
  private static let openAbbreviations = list(
    "al etc inc ltd corp co jr sr bros dept univ assn ed eds am pm ad bc jan feb mar apr jun jul aug "
      + "sep sept oct nov dec")

  /// Abbreviations before numbers.
  private static let numberAbbreviations = list(
    "no nos nr fig figs vol vols pp p art arts sec secs ch chap eq eqs para paras pt pts s ss kap")

  /// Words that sentences often begin with and names do not.
  private static let beginners = list(
    """
    The This That These Those It Its In On At As If For From To But And However He She They We There
    When While Although Thus Such After Before Since With By A An Some Many Most Our Their Other
    Another Both Under Over During Despite Because
    """)
}

extension ASCII {
  /// Whether a byte is part of a word, of which UTF-8 has those outside ASCII.
  fileprivate static func isWordByte(_ byte: UInt8) -> Bool { byte >= 0x80 || folded(byte) != nil }
}
