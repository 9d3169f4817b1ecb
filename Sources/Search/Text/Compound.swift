/// Terms that are written in several ways and searched for as one.
///
/// | text | whole | kind |
/// |---|---|---|
/// | `2,500,000`, `2 500 000`, `2'500'000`, `25,00,000` | `2500000` | grouped number |
/// | `3.5`, `3,5` | `3.5` | decimal number |
/// | `2.500` | `2.500`, also spelt `2500` | decimal number |
/// | `U.S.A.`, `n.a.t.o.`, `G. W.` | `usa`, `nato`, `gw` | abbreviation |
/// | `US`, `U.S.` | `u.s`, since `us` is a word that says nothing | abbreviation |
/// | `O'Neill`, `d’Arcy`, `l'école` | `oneill`, `darcy`, `lecole` | apostrophe |
/// | `S/S`, `R&D`, `AT&T`, `C++`, `C#`, `.NET` | as written, in lower case | symbols |
///
/// The same rules read texts and queries, so that each spelling finds all the others.
enum Compound {
  enum Kind: Sendable, Hashable {
    /// With digits in groups; `isSpaced` when a space divides them, which may be two numbers.
    case grouped(isSpaced: Bool)
    case decimal, abbreviation, apostrophe, symbols
  }

  /// What connects two words that may be one term.
  enum Connector {
    case none, comma, dot, space, thinSpace, apostrophe, slash, ampersand

    init(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: ","): self = .comma
      case UInt8(ascii: "."): self = .dot
      case UInt8(ascii: " "): self = .space
      case UInt8(ascii: "'"), UInt8(ascii: "`"): self = .apostrophe
      case UInt8(ascii: "/"): self = .slash
      case UInt8(ascii: "&"): self = .ampersand
      default: self = .none
      }
    }

    init(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      // No-break space, figure space, thin space, narrow no-break space.
      case 0xA0, 0x2007, 0x2009, 0x202F: self = .thinSpace
      case _ where scalar.isApostrophe: self = .apostrophe
      // The Arabic marks of thousands and decimals, full-width marks.
      case 0x066C, 0xFF0C: self = .comma
      case 0x066B, 0xFF0E: self = .dot
      case 0xFF06: self = .ampersand
      default: self = .none
      }
    }

    fileprivate var isSpace: Bool { self == .space || self == .thinSpace }
  }

  /// Abbreviations that in lower case are words that say nothing, by their dotted form.
  static func dotted(_ word: [UInt8]) -> [UInt8]? {
    guard word.count == 2 || word.count == 3 else { return nil }
    return dottedForms[word]
  }

  private static let dottedForms: [[UInt8]: [UInt8]] = [
    Array("us".utf8): Array("u.s".utf8), Array("un".utf8): Array("u.n".utf8),
    Array("who".utf8): Array("w.h.o".utf8), Array("it".utf8): Array("i.t".utf8),
  ]

  /// A run of words with connectors between them.
  struct Run {
    private var words: [(letters: [UInt8], range: Range<Int>)] = []
    /// The connector after each word.
    private var connectors: [Connector] = []
    /// How many characters follow the last word.
    private var gap = 0

    private static let mostWords = 64
    /// More digits are figures of a table beside each other.
    private static let mostDigits = 15

    /// Adds a word that `connector` follows.
    mutating func append(
      _ word: [UInt8], _ range: Range<Int>, before connector: Connector, _ body: Tokenizer.Body
    ) {
      // Of “R & D” three characters, of “G. W.” two, else one.
      if gap == 2, connectors.last != .dot || !word.isOneLetter { end(body) }
      let connects = Run.connects(word, connector) && words.count < Run.mostWords
      if words.isEmpty, !connects {
        body(word, range, .word)
        return
      }
      words.append((word, range))
      connectors.append(connector)
      gap = 0
      if !connects { end(body) }
    }

    /// Adds a character between words.
    mutating func separate(by connector: Connector, _ body: Tokenizer.Body) {
      guard !words.isEmpty else { return }
      gap += 1
      guard gap > 1, let last = connectors.last else { return }
      switch (gap, last, connector) {
      case (2, .space, .ampersand): connectors[connectors.count - 1] = .ampersand
      case (2, .dot, .space) where words.last?.letters.isOneLetter == true: break
      case (3, .ampersand, .space): break
      default: end(body)
      }
    }

    /// Ends the run, and calls `body` with its words.
    mutating func end(_ body: Tokenizer.Body) {
      guard !words.isEmpty else { return }
      var index = 0
      while index < words.count {
        if let term = term(at: index) {
          let range = words[index].range.lowerBound..<words[term.last].range.upperBound
          body(term.whole, range, .whole(term.kind))
          for spelling in term.spellings { body(spelling, range, .spelling) }
          if let undotted = term.undotted { body(undotted, range, .part) }
          for part in words[index...term.last] { body(part.letters, part.range, .part) }
          index = term.last + 1
        } else {
          body(words[index].letters, words[index].range, .word)
          index += 1
        }
      }
      words.removeAll(keepingCapacity: true)
      connectors.removeAll(keepingCapacity: true)
      gap = 0
    }

    /// Whether a word may be one term with the next one.
    private static func connects(_ word: [UInt8], _ connector: Connector) -> Bool {
      switch connector {
      case .none: false
      case .comma: word.isNumber
      case .dot: word.isNumber || word.isOneLetter
      case .space: word.isNumber ? word.count <= 3 : word.isOneLetter
      case .thinSpace: word.isNumber && word.count <= 3
      case .apostrophe: true
      case .slash: word.count <= 2
      case .ampersand: word.count <= 3
      }
    }

    private struct Term {
      let whole: [UInt8]
      let kind: Kind
      /// The place of its last part.
      let last: Int
      /// Other spellings of the whole.
      var spellings: [[UInt8]] = []
      /// The letters of an abbreviation that keeps its dots, as a word that says nothing.
      var undotted: [UInt8]?
    }

    /// The term that begins at a place; nil when the word there is one of its own.
    private func term(at index: Int) -> Term? {
      guard index + 1 < words.count else { return nil }
      if words[index].letters.isNumber { return number(at: index) }
      switch connectors[index] {
      case .dot: return abbreviation(at: index)
      case .apostrophe: return contraction(at: index)
      case .slash: return symbols(at: index, UInt8(ascii: "/"), longest: 2)
      case .ampersand: return symbols(at: index, UInt8(ascii: "&"), longest: 3)
      default: return nil
      }
    }

    private func number(at index: Int) -> Term? {
      // Not within “4.2.1” or “1,2,300”.
      if index > 0, words[index - 1].letters.isNumber {
        guard connectors[index - 1].isSpace, connectors[index - 1] != connectors[index] else {
          return nil
        }
      }
      return grouped(at: index) ?? decimal(from: index, at: index, kind: .decimal)
    }

    private func grouped(at index: Int) -> Term? {
      let connector = connectors[index]
      let first = words[index].letters
      guard (1...3).contains(first.count), first.first != UInt8(ascii: "0"),
        connector != .slash, connector != .ampersand
      else { return nil }
      guard
        let last = lastGroup(from: index, connector)
          ?? (connector == .comma ? lastIndianGroup(from: index) : nil)
      else { return nil }
      let digits = words[index...last].flatMap(\.letters)
      guard digits.count <= Run.mostDigits else { return nil }
      if let decimal = decimal(from: index, at: last, kind: .grouped(isSpaced: connector.isSpace)) {
        return decimal
      }
      if connector == .dot, last == index + 1 {
        let whole = first + [UInt8(ascii: ".")] + words[last].letters
        return Term(whole: whole, kind: .decimal, last: last, spellings: [digits])
      }
      return Term(whole: digits, kind: .grouped(isSpaced: connector == .space), last: last)
    }

    /// The last of the groups of three digits after the first one.
    private func lastGroup(from index: Int, _ connector: Connector) -> Int? {
      var last = index
      while follows(last, connector), words[last + 1].letters.count == 3 { last += 1 }
      guard last > index else { return nil }
      return follows(last, connector) ? nil : last
    }

    /// The last of the groups of `12,34,567`.
    private func lastIndianGroup(from index: Int) -> Int? {
      guard words[index].letters.count <= 2 else { return nil }
      var last = index
      while follows(last, .comma), words[last + 1].letters.count == 2 { last += 1 }
      guard last > index, follows(last, .comma), words[last + 1].letters.count == 3,
        !follows(last + 1, .comma)
      else { return nil }
      return last + 1
    }

    /// Whether a number follows a word and a connector.
    private func follows(_ index: Int, _ connector: Connector) -> Bool {
      index + 1 < words.count && connectors[index] == connector
        && words[index + 1].letters.isNumber
    }

    /// The number whose whole part ends at a place, if decimals follow it.
    private func decimal(from start: Int, at index: Int, kind: Kind) -> Term? {
      let connector = connectors[index]
      guard connector == .dot || connector == .comma, follows(index, connector),
        start == index || connectors[start] != connector,
        !follows(index + 1, .dot), !follows(index + 1, .comma)
      else { return nil }
      let digits = words[start...index].flatMap(\.letters)
      return Term(
        whole: digits + [UInt8(ascii: ".")] + words[index + 1].letters, kind: kind,
        last: index + 1, spellings: start < index ? [digits] : [])
    }

    private func abbreviation(at index: Int) -> Term? {
      var last = index
      while last + 1 < words.count, connectors[last] == .dot, words[last + 1].letters.isOneLetter {
        last += 1
      }
      guard last > index else { return nil }
      let letters = words[index...last].flatMap(\.letters)
      guard let dotted = Compound.dotted(letters) else {
        return Term(whole: letters, kind: .abbreviation, last: last)
      }
      return Term(whole: dotted, kind: .abbreviation, last: last, undotted: letters)
    }

    private func contraction(at index: Int) -> Term? {
      var last = index
      while last + 1 < words.count, connectors[last] == .apostrophe,
        !Run.endings.contains(words[last + 1].letters), !words[last + 1].letters.isNumber
      {
        last += 1
      }
      guard last > index else { return nil }
      return Term(
        whole: words[index...last].flatMap(\.letters), kind: .apostrophe, last: last)
    }

    /// English endings after an apostrophe, which are no part of a name.
    private static let endings = Set(["s", "t", "d", "m", "ll", "re", "ve"].map { Array($0.utf8) })

    private func symbols(at index: Int, _ symbol: UInt8, longest: Int) -> Term? {
      let (first, second) = (words[index].letters, words[index + 1].letters)
      let isSpaced = words[index + 1].range.lowerBound - words[index].range.upperBound > 1
      guard first.count <= longest, second.count <= longest, !first.hasDigit, !second.hasDigit,
        !isSpaced || (first.isOneLetter && second.isOneLetter),
        index == 0 || connectors[index - 1] != connectors[index],
        index + 2 >= words.count || connectors[index + 1] != connectors[index]
      else { return nil }
      return Term(whole: first + [symbol] + second, kind: .symbols, last: index + 1)
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is an apostrophe, or one of the marks that are typed in its place.
  var isApostrophe: Bool {
    switch value {
    // ' ` ´ ʹ ʺ ʻ ʼ ʽ ʾ ʿ ˈ ‘ ’ ‛ ′ ＇ and the Armenian and Hebrew marks.
    case 0x27, 0x60, 0xB4, 0x02B9...0x02BF, 0x02C8, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07, 0x055A,
      0x05F3:
      true
    default: false
    }
  }
}

extension [UInt8] {
  /// Whether it has nothing but digits.
  var isNumber: Bool { !isEmpty && allSatisfy { 0x30...0x39 ~= $0 } }

  var hasDigit: Bool { contains { 0x30...0x39 ~= $0 } }

  /// Whether it is a single letter of any script.
  var isOneLetter: Bool {
    guard let first else { return false }
    let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    return count == length && !(0x30...0x39 ~= first)
  }
}
