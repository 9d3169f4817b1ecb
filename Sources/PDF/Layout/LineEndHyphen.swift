// ISO 32000-1 §14.8.2.2.3: without soft hyphens, only the adjacent words show whether a hyphen at a
// line end belongs to the text.

/// A hyphen at the end of a line with its context.
struct LineEndHyphen {
  /// The first line without its hyphen.
  let head: String
  let hyphen: Unicode.Scalar
  /// The beginning of the second line, up to its first space.
  let tail: String
  /// The rest of the second line.
  let rest: String
  /// The text before the hyphen, from the last space on.
  private let token: Substring
  /// The letters and digits before the hyphen.
  private let element: Substring

  /// Nil if the line does not end in a hyphen or the next does not begin with a letter or digit.
  init?(_ first: String, _ second: String) {
    guard let last = first.unicodeScalars.last,
      last == "-" || last.value == 0x2010 || last.value == 0xAD,
      let start = second.unicodeScalars.first,
      start.properties.isAlphabetic || isFigure(start)
    else { return nil }
    let head = String(first.unicodeScalars.dropLast())
    self.head = head
    hyphen = last
    let end = second.firstIndex(of: " ") ?? second.endIndex
    tail = String(second[..<end])
    rest = end < second.endIndex ? String(second[second.index(after: end)...]) : ""
    let opening = "([{“\"‘'«„"
    let word = head.lastIndex(of: " ").map { head[head.index(after: $0)...] } ?? head[...]
    token = word.drop { opening.contains($0) }
    element = token.suffix(while: { $0.isLetter || $0.isNumber || "’'".contains($0) })
    guard let before = token.unicodeScalars.last,
      before.properties.isAlphabetic || isFigure(before) || "_/".unicodeScalars.contains(before)
    else { return nil }
  }

  var isSoft: Bool { hyphen.value == 0xAD }

  var isBehindLetter: Bool { token.unicodeScalars.last?.properties.isAlphabetic == true }

  /// Whether a capital or digit follows, which does not continue a word.
  var beginsAnew: Bool {
    tail.unicodeScalars.first.map { $0.properties.isUppercase || isFigure($0) } ?? false
  }

  /// Whether the line and the next word are in capitals, as in headings.
  var isAllCapitals: Bool {
    let letters = tail.unicodeScalars.filter(\.properties.isAlphabetic)
    return letters.count > 1 && letters.allSatisfy(\.properties.isUppercase)
      && !head.unicodeScalars.contains(where: \.properties.isLowercase)
      && element.unicodeScalars.count > 1
  }

  /// Whether a single letter precedes it, which is not a syllable: “x-ray”.
  var isBehindSingleLetter: Bool { element.count == 1 && element.allSatisfy(\.isLetter) }

  /// Whether a single letter follows it: “type-a”.
  var isBeforeSingleLetter: Bool { tail.prefix { $0.isLetter || $0.isNumber }.count == 1 }

  /// Whether initials precede it and lower-case letters follow: “EU-wide”, in a line with other
  /// lower-case words.
  var isBehindInitials: Bool {
    element.count > 1 && element.allSatisfy(\.isUppercase) && tail.first?.isLowercase == true
  }

  // MARK: Addresses and numbers

  /// Whether it was added after a slash to break a web address.
  var isAddedToAddress: Bool { token.hasSuffix("/") && isInAddress }

  /// Whether it is part of a web address, a file name, a command option or a name with digits.
  var isInAddress: Bool {
    if token.contains(where: { "@_\\".contains($0) }) { return true }
    if token.contains("://") || token.hasPrefix("/") || token.hasPrefix("~/")
      || token.hasPrefix("./")
    {
      return true
    }
    let start = token.lowercased()
    if ["www.", "doi:", "mailto:", "urn:", "10."].contains(where: start.hasPrefix) { return true }
    // A command option, “--no-verify” or “-fno-strict”.
    if token.hasPrefix("-"), token.contains(where: \.isLetter) { return true }
    if Self.hasInnerDot(token) { return true }
    let body = tail.trimmingClosers
    if body.contains(where: { "@_\\".contains($0) }) || body.contains("://") { return true }
    if Self.endsInExtension(body) || body.contains("/") && Self.hasInnerDot(body) { return true }
    return body.indices.contains { index in
      let next = body.index(after: index)
      return body[index] == "-" && next < body.endIndex && body[next].isASCII && body[next].isNumber
    }
  }

  /// Whether it is part of a name with digits, “CO2-neutral”, “2,3-dimethylbutane”, or follows a
  /// number, “2-year”.
  var isBehindFigures: Bool {
    token.contains { $0.isASCII && $0.isNumber }
      && (token.contains(where: \.isLetter) || tail.first?.isLowercase == true)
  }

  /// Whether it separates the groups of a number such as an ISBN, a date or a telephone number.
  ///
  /// “2009-” before “2010” is unclear.
  var isInNumber: Bool {
    guard !isBehindLetter, let start = tail.first, start.isNumber || start == "X" else {
      return false
    }
    return token.contains("-") && token.allSatisfy { $0.isNumber || "-.()+/".contains($0) }
  }

  /// Whether a dot has letters or digits on both sides, as in names of hosts and files.
  private static func hasInnerDot(_ text: Substring) -> Bool {
    zip(text.indices, text.indices.dropFirst(2)).contains { index, after in
      text[text.index(after: index)] == "." && text[after].isLowercase
        && (text[index].isLetter || text[index].isNumber)
    }
  }

  /// Whether a text ends like the name of a file or host: “tariffs.pdf”, “port.org”.
  private static func endsInExtension(_ text: Substring) -> Bool {
    guard let dot = text.lastIndex(of: "."), dot > text.startIndex else { return false }
    let ending = text[text.index(after: dot)...]
    return (2...4).contains(ending.count) && ending.first?.isLowercase == true
      && ending.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
      && text[text.index(before: dot)].isLetter
  }

  // MARK: Suspended hyphens

  /// Whether the hyphen replaces the rest of a word that comes later: “mid- and long-term”, “Hafen-
  /// und Lagerkosten”.
  ///
  /// - Parameters:
  ///   - isKnown: Whether both parts together are a word.
  ///   - isWord: Whether a word is in the dictionary, which is English.
  ///   - hasWord: Whether a word is in the document.
  /// - Returns: Whether the line ends there, hyphen and all.
  func isSuspended(
    isKnown: @autoclosure () -> Bool, isWord: (String) -> Bool, hasWord: (String) -> Bool
  ) -> Bool {
    guard !rest.isEmpty, tail.unicodeScalars.first?.properties.isLowercase == true else {
      return false
    }
    // “y”, “e”, “o”, “i” and “u” are conjunctions in many languages, and no hyphenation leaves one
    // letter of a word on the next line.
    if tail.unicodeScalars.count == 1 { return true }
    let isJoining =
      Self.conjunctions.contains(tail) || Self.prepositions.contains(tail)
      || ["et", "samt", "en"].contains(tail)
    guard isJoining, !isKnown() else { return false }
    if Self.conjunctions.contains(tail) { return true }
    let next = rest.prefix { $0 != " " }
    switch tail {
    case "et": return !hasWord("og")
    case "samt": return !element.hasSuffix("ge") && !element.hasSuffix("alle")
    case "en": return Self.dutch.contains(where: hasWord)
    default:
      guard Self.prepositions.contains(tail) else { return false }
      // Words of other languages have these endings, so English words must be nearby.
      let word = element.lowercased()
      let isEnglish = element.allSatisfy(\.isNumber) || isWord(word) || Self.prefixes.contains(word)
      return isEnglish && (next.contains("-") || isWord(next.trimmingClosers.lowercased()))
    }
  }

  /// Conjunctions that few words end in.
  private static let conjunctions: Set<String> = [
    // English, German, Dutch
    "and", "or", "nor", "versus", "vs", "vs.", "through", "und", "oder", "bis", "sowie", "bzw.",
    "beziehungsweise", "respektive", "resp.", "of", "and/or", "und/oder", "en/of",
    // French, Spanish and Portuguese
    "ou", "et/ou", "y/o", "e/ou",
    // Swedish, Danish and Norwegian
    "och", "eller", "og", "och/eller", "og/eller",
    // Polish, Czech and Hungarian
    "oraz", "lub", "nebo", "és", "vagy",
    // Russian
    "или",
  ]

  private static let prepositions: Set<String> = [
    "to", "as", "by", "in", "for", "from", "than", "with", "but", "on", "into", "plus", "rather",
  ]

  /// Words that occur in Dutch texts only.
  private static let dutch = ["het", "een", "ook", "van", "voor", "niet", "werd", "wordt", "naar"]

  // MARK: Prefixes

  /// Whether it follows a word that is joined to others with a hyphen: “ex-minister”,
  /// “twenty-five”.
  func isBehindPrefix(isTailWord: @autoclosure () -> Bool) -> Bool {
    let word = element.lowercased()
    if ["vice", "self", "quasi"].contains(word) { return true }
    return (Self.tens.contains(word) || Self.prefixes.contains(word)) && isTailWord()
  }

  private static let tens: Set<String> = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]

  private static let prefixes: Set<String> = [
    "ex", "all", "half", "cross", "well", "ill", "non", "anti", "mid", "pre", "post", "pro", "pan",
    "high", "low", "long", "short", "full", "part", "large", "small", "upper", "lower", "so",
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "hundred",
  ]
}

extension StringProtocol {
  /// Without closing punctuation.
  fileprivate var trimmingClosers: SubSequence {
    var text = self[...]
    while let last = text.last, ".,;:!?)]}”’\"'»".contains(last) { text = text.dropLast() }
    return text
  }
}

extension Substring {
  /// The longest suffix whose characters all satisfy a condition.
  fileprivate func suffix(while condition: (Character) -> Bool) -> Substring {
    var start = endIndex
    while start > startIndex, condition(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}

private func isFigure(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }
