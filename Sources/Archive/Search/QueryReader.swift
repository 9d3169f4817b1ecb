/// Reads what was typed into a query.
struct QueryReader {
  private let octets: [UInt8]
  private var position = 0
  private var divider = Words()
  private var clauses: [SearchQuery.Clause] = []
  private var left = SearchQuery.mostWords
  /// Whether `OR` stands behind the last clause.
  private var isAlternative = false

  init(_ text: String) { octets = Array(text.utf8) }

  mutating func read(into query: inout SearchQuery) {
    while left > 0 {
      while position < octets.count, octets[position] <= 0x20 { position += 1 }
      guard position < octets.count else { break }
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
  }

  /// In longer queries people say also that they ask.
  private static let mostWordsOfShortQuery = 7

  private mutating func readChunk(into query: inout SearchQuery) {
    let isExcluded = octets[position] == UInt8(ascii: "-") && isSomething(at: position + 1)
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
      add(words(in: quoted), isExcluded: isExcluded, isPhrase: true)
    } else {
      let chunk = takeChunk()
      add(
        words(in: chunk), isExcluded: isExcluded, isPhrase: false,
        isPrefix: octets[chunk].last == UInt8(ascii: "*"))
    }
  }

  private mutating func readValue(of field: SearchQuery.Field, isExcluded: Bool) -> Bool {
    let range = takeQuoted() ?? takeChunk()
    var found = words(in: range)
    guard !found.isEmpty else { return false }
    if octets[range].last == UInt8(ascii: "*") { found[found.count - 1].isPrefix = true }
    append(
      SearchQuery.Clause(
        field: field, alternatives: [found], isExcluded: isExcluded, isQuoted: found.count > 1))
    return true
  }

  /// Reads `year:`, `type:` or `lang:`; false when the value is none.
  private mutating func readLimit(_ name: String, into query: inout SearchQuery) -> Bool {
    let value = String(decoding: octets[takeQuoted() ?? takeChunk()], as: UTF8.self).lowercased()
    switch name {
    case "year":
      guard let years = SearchQuery.years(value) else { return false }
      query.years = years
    case "type":
      guard let type = PublicationType(rawValue: value.replacing(" ", with: "-")) else {
        return false
      }
      query.types.append(type)
    case "lang", "language":
      let letters = value.utf8.allSatisfy { ASCII.folded($0) != nil || $0 == UInt8(ascii: "-") }
      guard letters, (2...35).contains(value.utf8.count) else { return false }
      query.languages.append(value)
    default: return false
    }
    return true
  }

  /// Words that stand alone are clauses of their own; a phrase, and what is excluded, is one.
  private mutating func add(
    _ found: [SearchQuery.Word], isExcluded: Bool, isPhrase: Bool, isPrefix: Bool = false
  ) {
    var found = found
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
    left -= clause.alternatives.reduce(0) { $0 + $1.count }
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
    let text = String(decoding: octets[range], as: UTF8.self)
    divider.each(in: text) { word, place in
      let place = place.lowerBound + range.lowerBound..<place.upperBound + range.lowerBound
      // The last character of a run of ideographs is part of the pair before it.
      if let last = found.last, last.range.upperBound == place.upperBound { return }
      var word = SearchQuery.Word(letters: word, range: place)
      word.isPrefix = word.isOneIdeograph
      found.append(word)
    }
    return Array(found.prefix(left))
  }

  /// The range of what stands in quotation marks here; nil when there is no closing mark.
  private mutating func takeQuoted() -> Range<Int>? {
    guard let mark = quotationMark(at: position) else { return nil }
    var end = position + mark
    while end < octets.count {
      if let closing = quotationMark(at: end) {
        defer { position = end + closing }
        return position + mark..<end
      }
      end += 1
    }
    position += mark
    return nil
  }

  /// The range of what stands here up to white space or a quotation mark.
  private mutating func takeChunk() -> Range<Int> {
    let start = position
    while position < octets.count, octets[position] > 0x20, quotationMark(at: position) == nil {
      position += 1
    }
    return start..<position
  }

  /// How many octets the quotation mark has that stands somewhere; nil when none does.
  private func quotationMark(at index: Int) -> Int? {
    guard index < octets.count else { return nil }
    if octets[index] == 0x22 { return 1 }
    guard octets[index] == 0xE2, index + 2 < octets.count, octets[index + 1] == 0x80,
      (0x9C...0x9F).contains(octets[index + 2])
    else { return nil }
    return 3
  }

  private func isSomething(at index: Int) -> Bool {
    index < octets.count && octets[index] > 0x20 && octets[index] != UInt8(ascii: "-")
      && (index < 2 || octets[index - 2] <= 0x20)
  }

  /// Passes over a word of the language that stands alone.
  private mutating func takeWord(_ word: StaticString) -> Bool {
    let end = position + word.utf8CodeUnitCount
    guard octets[position...].starts(with: word.description.utf8),
      end == octets.count || octets[end] <= 0x20
    else { return false }
    position = end
    return true
  }

  /// Passes over a name of the language and the colon behind it.
  private mutating func takeName() -> String? {
    guard let colon = octets[position...].prefix(10).firstIndex(of: UInt8(ascii: ":")),
      colon + 1 < octets.count, octets[colon + 1] > 0x20
    else { return nil }
    let name = String(decoding: octets[position..<colon], as: UTF8.self).lowercased()
    let known = SearchQuery.Field(rawValue: name) != nil
    guard known || ["year", "type", "lang", "language"].contains(name) else { return nil }
    position = colon + 1
    return name
  }
}

extension SearchQuery {
  /// Reads `2010`, `2008..2012`, `2008..` or `..2012`.
  package static func years(_ text: String) -> ClosedRange<Int>? {
    func year(_ text: Substring) -> Int? {
      guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
        return nil
      }
      return Int(text)
    }
    guard let dots = text.firstRange(of: "..") else { return year(text[...]).map { $0...$0 } }
    let (first, last) = (text[..<dots.lowerBound], text[dots.upperBound...])
    guard !(first.isEmpty && last.isEmpty), let low = first.isEmpty ? 0 : year(first),
      let high = last.isEmpty ? 9999 : year(last), low <= high
    else { return nil }
    return low...high
  }
}

extension SearchQuery.Word {
  /// Whether it is a single ideograph, which stands for the words that begin with it.
  fileprivate var isOneIdeograph: Bool {
    let scalars = text.unicodeScalars
    guard scalars.count == 1, let scalar = scalars.first, !scalar.isASCII else { return false }
    return scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value)
      || (0xAC00...0xD7A3).contains(scalar.value)
  }
}
