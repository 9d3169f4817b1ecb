/// Divides text into the words that are indexed and searched for.
///
/// A word is a run of letters and digits, folded. A run of Han, kana or hangul becomes its
/// overlapping pairs of characters and its last character alone, so that every part of it is
/// found: a single character asks for the words that begin with it.
///
/// Terms that can be written in several ways (`2,500,000`, `U.S.A.`, `O’Neill`, `C++`) are reported
/// whole in their normal form, followed by their parts. See ``Compound``.
struct Tokenizer: Sendable {
  /// The role of a word among its neighbours.
  enum Role {
    case word
    /// A term of several parts, which follow it at the same position.
    case whole(Compound.Kind)
    case part
    /// Another spelling of the whole before it.
    case spelling
  }

  typealias Body = (_ word: [UInt8], _ range: Range<Int>, _ role: Role) -> Void

  private var folding = Folding()
  private var word: [UInt8] = []
  private var wordStart = 0
  /// Whether the word has superscripts or subscripts after a letter: H₁₂.
  private var hasScriptFigures = false
  /// Whether every letter of the word so far is an ASCII capital.
  private var isCapitals = false
  /// Symbols before and after the word that belong to it: `.NET`, `C++`.
  private var hasDot = false
  private var symbols: [UInt8] = []
  /// Words that may be one term with the next one.
  private var run = Compound.Run()
  /// The last ideograph of a run: its folded form and its range.
  private var ideograph: (letters: [UInt8], range: Range<Int>)?

  /// Calls `body` with each word: folded, in UTF-8, with its range in the text's UTF-8.
  mutating func each(in text: String, _ body: Body) { each(in: text.utf8.span, body) }

  /// The same for UTF-8.
  mutating func each(in bytes: Span<UInt8>, _ body: Body) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        if let folded = ASCII.folded(byte) {
          append(folded, at: index, isCapital: byte != folded, body)
        } else {
          let next = index + 1 < bytes.count ? bytes[index + 1] : 0x20
          let second = index + 2 < bytes.count ? bytes[index + 2] : 0x20
          let before = index > 0 ? bytes[index - 1] : 0x20
          takeSymbol(byte, before: before, next: next, second: second)
          separate(by: Compound.Connector(byte), at: index, body)
          hasDot =
            byte == UInt8(ascii: ".") && (before <= 0x20 || before == UInt8(ascii: "("))
            && ASCII.isLetter(next)
        }
        index += 1
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      let end = min(index + length, bytes.count)
      // Well-formed UTF-8, so this reads one scalar.
      var scalar = UInt32(byte) & (0x7F >> UInt32(length))
      for place in index + 1..<end { scalar = scalar << 6 | UInt32(bytes[place] & 0x3F) }
      take(Unicode.Scalar(scalar) ?? " ", index..<end, body)
      index = end
    }
    separate(by: .none, at: bytes.count, body)
    run.end(body)
  }

  private mutating func take(_ scalar: Unicode.Scalar, _ range: Range<Int>, _ body: Body) {
    switch folding.folded(scalar) {
    // A superscript or subscript after a number is no part of it: 1907⁶ has the note 6.
    case .letters(let letters) where Self.isScriptFigure(scalar):
      guard isBehindLetter || hasScriptFigures else {
        separate(by: .none, at: range.lowerBound, body)
        return body(letters, range, .word)
      }
      for letter in letters { append(letter, at: range.lowerBound, isCapital: false, body) }
      hasScriptFigures = true
    // A raised letter after a word marks a note too: Walkerᶜ, but not Mᵐᵉ.
    case .letters(let letters)
    where scalar.isRaisedLetter && (word.isEmpty || word.count > 2 && isBehindLetter):
      separate(by: .none, at: range.lowerBound, body)
      body(letters, range, .word)
    case .letters(let letters):
      for letter in letters { append(letter, at: range.lowerBound, isCapital: false, body) }
    case .ideograph(let letters):
      endWord(before: .none, at: range.lowerBound, body)
      run.end(body)
      if let previous = ideograph {
        body(previous.letters + letters, previous.range.lowerBound..<range.upperBound, .word)
      }
      ideograph = (letters, range)
    case .mark: break
    case .separator:
      separate(by: Compound.Connector(scalar), at: range.lowerBound, body)
      hasDot = false
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

  private mutating func append(_ byte: UInt8, at index: Int, isCapital: Bool, _ body: Body) {
    if word.isEmpty {
      endIdeographs(body)
      wordStart = index
      isCapitals = true
      symbols.removeAll(keepingCapacity: true)
    }
    isCapitals = isCapitals && isCapital
    word.append(byte)
  }

  /// Takes the symbols after a word that belong to it: `C++`, `C#`.
  private mutating func takeSymbol(_ byte: UInt8, before: UInt8, next: UInt8, second: UInt8) {
    guard !word.isEmpty else { return }
    if byte == UInt8(ascii: "+"), next == byte, second != byte {
      symbols = [byte, next]
    } else if byte == UInt8(ascii: "#"), word.count <= 2, ASCII.folded(next) == nil {
      symbols = [byte]
    }
  }

  private mutating func separate(
    by connector: Compound.Connector, at index: Int, _ body: Body
  ) {
    endWord(before: connector, at: index, body)
    run.separate(by: connector, body)
    endIdeographs(body)
  }

  private mutating func endWord(before connector: Compound.Connector, at index: Int, _ body: Body) {
    hasScriptFigures = false
    guard !word.isEmpty else { return }
    defer {
      word.removeAll(keepingCapacity: true)
      hasDot = false
    }
    // A word longer than any is a drawing or a defect of extraction.
    guard word.count <= Tokenizer.longest else {
      run.end(body)
      return
    }
    let range = wordStart..<index
    if hasDot || !symbols.isEmpty {
      run.end(body)
      body((hasDot ? [UInt8(ascii: ".")] : []) + word + symbols, range, .whole(.symbols))
      body(word, range, .part)
      symbols.removeAll(keepingCapacity: true)
    } else if isCapitals, let dotted = Compound.dotted(word) {
      run.end(body)
      body(dotted, range, .whole(.abbreviation))
      body(word, range, .part)
    } else {
      run.append(word, range, before: connector, body)
    }
  }

  private mutating func endIdeographs(_ body: Body) {
    if let last = ideograph { body(last.letters, last.range, .word) }
    ideograph = nil
  }

  private static let longest = 64
}

extension Unicode.Scalar {
  /// Whether it is a superscript letter, as which raised letters of notes are read.
  var isRaisedLetter: Bool {
    switch value {
    case 0x2B0...0x2B8, 0x2E1...0x2E3, 0x2071, 0x207F, 0x1D2C...0x1D61, 0x1D9B...0x1DBF: true
    default: false
    }
  }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// Whether the word ends in letters that fonts draw as a ligature, after which extraction often
  /// leaves a space: “suffi cient”.
  var endsInLigature: Bool {
    guard count >= 2, let last, self[endIndex - 2] == UInt8(ascii: "f") else { return false }
    return last == UInt8(ascii: "f") || last == UInt8(ascii: "i") || last == UInt8(ascii: "l")
  }
}
