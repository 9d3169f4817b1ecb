/// Divides text into the words that are indexed and asked for.
///
/// A word is a run of letters and digits, folded. A run of Han, kana or hangul becomes its
/// overlapping pairs of characters and its last character alone, so that every part of it is
/// found: a single character asks for the words that begin with it.
struct Words {
  private var folding = Folding()
  private var word: [UInt8] = []
  private var wordStart = 0
  /// Whether the word has superscripts or subscripts behind a letter: H₁₂.
  private var hasScriptFigures = false
  /// The last ideograph of a run: its folded form and where it stands.
  private var ideograph: (letters: [UInt8], range: Range<Int>)?

  /// Hands each word to `body`: folded, in UTF-8, with the range of the text's UTF-8 it stands in.
  mutating func each(in text: String, _ body: ([UInt8], Range<Int>) -> Void) {
    var text = text
    text.withUTF8 { octets in
      unsafe each(in: octets, body)
    }
  }

  private mutating func each(
    in octets: UnsafeBufferPointer<UInt8>, _ body: ([UInt8], Range<Int>) -> Void
  ) {
    var index = 0
    while index < octets.count {
      let octet = unsafe octets[index]
      if octet < 0x80 {
        if let folded = ASCII.folded(octet) {
          append(folded, at: index, body)
        } else {
          end(at: index, body)
        }
        index += 1
        continue
      }
      let length = octet >= 0xF0 ? 4 : octet >= 0xE0 ? 3 : 2
      let end = min(index + length, octets.count)
      // A String's UTF-8 is well formed, so this reads one character.
      let character = unsafe String(decoding: octets[index..<end], as: UTF8.self)
      take(character.unicodeScalars.first ?? " ", index..<end, body)
      index = end
    }
    end(at: octets.count, body)
  }

  private mutating func take(
    _ scalar: Unicode.Scalar, _ range: Range<Int>, _ body: ([UInt8], Range<Int>) -> Void
  ) {
    switch folding.folded(scalar) {
    // A figure raised or lowered beside a number is no part of it: 1907⁶ has the note 6.
    case .letters(let letters) where Self.isScriptFigure(scalar):
      guard isBehindLetter || hasScriptFigures else {
        end(at: range.lowerBound, body)
        return body(letters, range)
      }
      for letter in letters { append(letter, at: range.lowerBound, body) }
      hasScriptFigures = true
    case .letters(let letters):
      for letter in letters { append(letter, at: range.lowerBound, body) }
    case .ideograph(let letters):
      endWord(at: range.lowerBound, body)
      if let previous = ideograph {
        body(previous.letters + letters, previous.range.lowerBound..<range.upperBound)
      }
      ideograph = (letters, range)
    case .mark: break
    case .separator: end(at: range.lowerBound, body)
    }
  }

  /// Whether the word that was begun ends in a letter.
  private var isBehindLetter: Bool { word.last.map { !(0x30...0x39).contains($0) } ?? false }

  private static func isScriptFigure(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xB2, 0xB3, 0xB9, 0x2070, 0x2074...0x2079, 0x2080...0x2089: true
    default: false
    }
  }

  private mutating func append(
    _ octet: UInt8, at index: Int, _ body: ([UInt8], Range<Int>) -> Void
  ) {
    if word.isEmpty {
      endIdeographs(body)
      wordStart = index
    }
    word.append(octet)
  }

  private mutating func end(at index: Int, _ body: ([UInt8], Range<Int>) -> Void) {
    endWord(at: index, body)
    endIdeographs(body)
  }

  private mutating func endWord(at index: Int, _ body: ([UInt8], Range<Int>) -> Void) {
    guard !word.isEmpty else { return }
    hasScriptFigures = false
    // A word longer than any is a drawing or a defect of extraction.
    if word.count <= Words.longest { body(word, wordStart..<index) }
    word.removeAll(keepingCapacity: true)
  }

  private mutating func endIdeographs(_ body: ([UInt8], Range<Int>) -> Void) {
    if let last = ideograph { body(last.letters, last.range) }
    ideograph = nil
  }

  private static let longest = 64
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// Whether the word ends in letters that fonts draw as a ligature, behind which extraction often
  /// leaves a space: “suffi cient”.
  var endsInLigature: Bool {
    guard count >= 2, let last, self[endIndex - 2] == UInt8(ascii: "f") else { return false }
    return last == UInt8(ascii: "f") || last == UInt8(ascii: "i") || last == UInt8(ascii: "l")
  }
}
