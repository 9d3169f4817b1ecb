/// Parses a query.
struct QueryReader {
  private let bytes: [UInt8]
  private var position = 0
  private var tokenizer = Tokenizer()
  private var clauses: [SearchQuery.Clause] = []
  private var left = SearchQuery.mostWords
  /// How many words may still be of phrases, fields or exclusions, or beginnings of words; each of
  /// them takes longer than a plain word.
  private var demandingLeft = SearchQuery.mostDemandingWords
  /// The keys of identifiers that were read as clauses.
  private var quoted: [[UInt8]] = []
  /// Whether `OR` follows the last clause.
  private var isAlternative = false

  /// The names that may follow `type:`.
  private let types: [String]

  init(_ text: String, types: [String]) {
    bytes = Array(text.utf8)
    self.types = types
  }

  mutating func read(into query: inout SearchQuery) {
    while left > 0 {
      while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
      guard position < bytes.count else { break }
      readChunk(into: &query)
    }
    let isLong = clauses.count > QueryReader.mostWordsOfShortQuery
    let telling = clauses.filter { clause in
      guard !clause.isRequired, !clause.isExcluded else { return true }
      return !clause.alternatives.allSatisfy { words in
        words.allSatisfy { word in
          !word.isPrefix
            && (StopWords.contains(word.letters)
              || (isLong && StopWords.isOfQuestions(word.letters)))
        }
      }
    }
    query.saysLittle = telling.allSatisfy(\.isExcluded)
    query.clauses = query.saysLittle ? clauses : telling
    query.identifiers = identifiers()
  }

  /// The keys of identifiers among the words: each word alone, and words that follow each other,
  /// as a number may have spaces in it.
  private func identifiers() -> [[UInt8]] {
    let words = bytes.split { $0 <= 0x20 }.prefix(SearchQuery.mostWords)
    var keys = quoted
    for first in words.indices {
      keys += IdentifierKeys.slugs(in: String(decoding: words[first], as: UTF8.self))
      for last in first..<min(first + QueryReader.mostWordsOfIdentifier, words.endIndex) {
        // All but slugs have digits.
        guard words[first...last].contains(where: { $0.contains(where: isDigit) }) else { continue }
        let joined = words[first...last].joined()
        keys += IdentifierKeys.keys(in: String(decoding: Array(joined), as: UTF8.self))
      }
    }
    return keys
  }

  private static let mostWordsOfIdentifier = 6

  /// In longer queries people say also that they ask.
  private static let mostWordsOfShortQuery = 7

  private mutating func readChunk(into query: inout SearchQuery) {
    let isExcluded = bytes[position] == UInt8(ascii: "-") && isSomething(at: position + 1)
    if isExcluded { position += 1 }
    if !isExcluded, takeWord("OR") {
      isAlternative = !clauses.isEmpty
      return
    }
    let start = position
    if let name = takeName() {
      if let field = SearchQuery.Field(rawValue: name) {
        if readValue(of: field, isExcluded: isExcluded) { return }
      } else if !isExcluded, readLimit(name, into: &query) {
        return
      }
      position = start
    }
    if let quoted = takeQuoted() {
      if !isExcluded, addIdentifier(in: quoted) { return }
      add(words(in: quoted), isExcluded: isExcluded, isPhrase: true)
    } else {
      let chunk = takeChunk()
      if !isExcluded, addIdentifier(in: chunk) { return }
      add(
        words(in: chunk), isExcluded: isExcluded, isPhrase: false,
        isPrefix: bytes[chunk].last == UInt8(ascii: "*"))
    }
  }

  /// Adds a DOI or an ORCID iD as the phrase of its words, which texts that cite it have.
  private mutating func addIdentifier(in range: Range<Int>) -> Bool {
    let text = IdentifierKeys.decoded(String(decoding: bytes[range], as: UTF8.self))
    let isORCID = IdentifierKeys.orcid(in: text) != nil
    guard let name = IdentifierKeys.doi(in: text) ?? (isORCID ? Array(text.utf8) : nil) else {
      return false
    }
    var found: [SearchQuery.Word] = []
    tokenizer.each(in: String(decoding: name, as: UTF8.self)) { word, _, role in
      if case .part = role { return }
      if case .spelling = role { return }
      found.append(SearchQuery.Word(letters: word, range: range))
    }
    // In quotation marks it is not split off as a word.
    quoted += IdentifierKeys.keys(in: text)
    if isORCID { found = Array(found.suffix(4)) }
    guard !found.isEmpty, found.count <= min(left, demandingLeft) else { return false }
    append(SearchQuery.Clause(alternatives: [found], isQuoted: true, isIdentifier: true))
    return true
  }

  private mutating func readValue(of field: SearchQuery.Field, isExcluded: Bool) -> Bool {
    let range = takeQuoted() ?? takeChunk()
    let all = words(in: range)
    var found = Array(all.prefix(min(left, demandingLeft)))
    guard !found.isEmpty else { return false }
    if bytes[range].last == UInt8(ascii: "*") { found[found.count - 1].isPrefix = true }
    append(
      SearchQuery.Clause(
        field: field, alternatives: [found], isExcluded: isExcluded,
        isQuoted: found.count > 1 && found.count == all.count))
    return true
  }

  /// Reads `year:`, `type:` or `lang:`; false when the value is none.
  private mutating func readLimit(_ name: String, into query: inout SearchQuery) -> Bool {
    let value = String(decoding: bytes[takeQuoted() ?? takeChunk()], as: UTF8.self).lowercased()
    switch name {
    case "year":
      guard let years = SearchQuery.years(value) else { return false }
      query.years = years
    case "type":
      let type = value.replacing(" ", with: "-")
      guard types.contains(type) else { return false }
      query.types.append(type)
    case "lang", "language":
      let letters = value.utf8.allSatisfy { ASCII.folded($0) != nil || $0 == UInt8(ascii: "-") }
      guard letters, (2...35).contains(value.utf8.count) else { return false }
      query.languages.append(value)
    default: return false
    }
    return true
  }

  /// Adds a clause for each word, or one for a phrase or an exclusion.
  private mutating func add(
    _ found: [SearchQuery.Word], isExcluded: Bool, isPhrase: Bool, isPrefix: Bool = false
  ) {
    // A phrase that was cut off is not what was typed.
    let isPhrase = isPhrase && found.count <= min(left, demandingLeft)
    var found = Array(found.prefix(isExcluded ? min(left, demandingLeft) : left))
    guard !found.isEmpty else { return }
    if isPrefix { found[found.count - 1].isPrefix = true }
    if isExcluded || (isPhrase && found.count > 1) {
      append(
        SearchQuery.Clause(
          alternatives: [found], isExcluded: isExcluded, isQuoted: found.count > 1))
    } else {
      for word in found { append(SearchQuery.Clause(alternatives: [[word]])) }
    }
  }

  private mutating func append(_ clause: SearchQuery.Clause) {
    defer { isAlternative = false }
    var clause = clause
    let count = clause.alternatives.reduce(0) { $0 + $1.count }
    left -= count
    if clause.isRequired || clause.isExcluded {
      demandingLeft -= count
    } else if clause.alternatives.joined().contains(where: \.isPrefix) {
      if demandingLeft > 0 {
        demandingLeft -= 1
      } else {
        clause.alternatives = clause.alternatives.map { words in
          words.map { word in
            var word = word
            word.isPrefix = false
            return word
          }
        }
      }
    }
    guard isAlternative, let last = clauses.last, last.isExcluded == clause.isExcluded,
      last.field == clause.field
    else {
      clauses.append(clause)
      return
    }
    clauses[clauses.count - 1].alternatives += clause.alternatives
    // With a single word among its alternatives it would not be a phrase that is required.
    clauses[clauses.count - 1].isQuoted = last.isQuoted && clause.isQuoted
  }

  private mutating func words(in range: Range<Int>) -> [SearchQuery.Word] {
    var found: [SearchQuery.Word] = []
    let text = String(decoding: bytes[range], as: UTF8.self)
    tokenizer.each(in: text) { word, place, role in
      let place = place.lowerBound + range.lowerBound..<place.upperBound + range.lowerBound
      switch role {
      case .word: break
      case .whole(let kind):
        found.append(SearchQuery.Word(letters: word, range: place, kind: kind))
        return
      case .part:
        found[found.count - 1].parts.append(SearchQuery.Word(letters: word, range: place))
        return
      case .spelling:
        found[found.count - 1].spellings.append(word)
        return
      }
      // The last character of a run of ideographs is part of the pair before it.
      if let last = found.last, last.range.upperBound == place.upperBound { return }
      var word = SearchQuery.Word(letters: word, range: place)
      word.isPrefix = word.isOneIdeograph
      found.append(word)
    }
    return found
  }

  /// The range of the text in quotation marks here; nil without a closing mark.
  private mutating func takeQuoted() -> Range<Int>? {
    guard let mark = QuotationMark(at: position, in: bytes) else { return nil }
    var end = position + mark.length
    while end < bytes.count {
      if let closing = QuotationMark(at: end, in: bytes), closing.family == mark.family {
        defer { position = end + closing.length }
        return position + mark.length..<end
      }
      end += 1
    }
    position += mark.length
    return nil
  }

  /// The range up to white space or a quotation mark.
  ///
  /// The groups of a number with spaces between them belong together.
  private mutating func takeChunk() -> Range<Int> {
    let start = position
    skipChunk()
    var groupStart = start
    while (1...3).contains(position - groupStart),
      bytes[groupStart..<position].allSatisfy(isDigit),
      position < bytes.count, bytes[position] == 0x20,
      bytes[(position + 1)...].prefix(while: isDigit).count == 3
    {
      let end = position + 4
      let marks = [UInt8(ascii: "."), UInt8(ascii: ",")]
      guard end == bytes.count || bytes[end] <= 0x20 || marks.contains(bytes[end]) else { break }
      groupStart = position + 1
      position += 1
      skipChunk()
    }
    return start..<position
  }

  private mutating func skipChunk() {
    while position < bytes.count, bytes[position] > 0x20,
      QuotationMark(at: position, in: bytes) == nil
    {
      position += 1
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

  private func isSomething(at index: Int) -> Bool {
    index < bytes.count && bytes[index] > 0x20 && bytes[index] != UInt8(ascii: "-")
      && (index < 2 || bytes[index - 2] <= 0x20)
  }

  /// Skips a keyword that is a word of its own.
  private mutating func takeWord(_ word: StaticString) -> Bool {
    let end = position + word.utf8CodeUnitCount
    guard bytes[position...].starts(with: word.description.utf8),
      end == bytes.count || bytes[end] <= 0x20
    else { return false }
    position = end
    return true
  }

  /// Skips a field name and its colon.
  private mutating func takeName() -> String? {
    guard let colon = bytes[position...].prefix(10).firstIndex(of: UInt8(ascii: ":")),
      colon + 1 < bytes.count, bytes[colon + 1] > 0x20
    else { return nil }
    let name = String(decoding: bytes[position..<colon], as: UTF8.self).lowercased()
    let known = SearchQuery.Field(rawValue: name) != nil
    guard known || ["year", "type", "lang", "language"].contains(name) else { return nil }
    position = colon + 1
    return name
  }
}

extension SearchQuery {
  /// Reads `2010`, `2008..2012`, `2008-2012`, `2008..` or `..2012`.
  package static func years(_ text: String) -> ClosedRange<Int>? {
    func year(_ text: Substring) -> Int? {
      guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
        return nil
      }
      return Int(text)
    }
    let dashes = [
      "..", "-", "\u{2010}", "\u{2011}", "\u{2013}", "\u{2014}", "\u{2212}", "\u{2026}",
    ]
    guard let dots = dashes.lazy.compactMap({ text.firstRange(of: $0) }).first else {
      return year(text[...]).map { $0...$0 }
    }
    let (first, last) = (text[..<dots.lowerBound], text[dots.upperBound...])
    guard !(first.isEmpty && last.isEmpty), let low = first.isEmpty ? 0 : year(first),
      let high = last.isEmpty ? 9999 : year(last), low <= high
    else { return nil }
    return low...high
  }
}

extension SearchQuery.Word {
  /// Whether it is a single ideograph, which matches all words that begin with it.
  fileprivate var isOneIdeograph: Bool {
    let scalars = text.unicodeScalars
    guard scalars.count == 1, let scalar = scalars.first, !scalar.isASCII else { return false }
    return scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value)
      || (0xAC00...0xD7A3).contains(scalar.value)
  }
}
