/// Terms that mean the same, such as “DPRK” and “North Korea”.
///
/// A query with one of them is also searched for with each of the others.
package struct Synonyms: Sendable {
  /// A query with another term of the same meaning in place of one that it has.
  package struct Rewording: Sendable, Equatable {
    /// The other term, as it was written.
    package let term: String
    /// The whole query with it; the term is a phrase in it.
    package let query: SearchQuery
  }

  /// A term, by the stems of its words.
  private struct Term {
    let text: String
    let stems: [[UInt8]]
    let group: Int
  }

  /// Words of a query that follow each other and may be a term.
  private struct Token {
    let stem: [UInt8]
    let range: Range<Int>
    /// The phrase that it belongs to, which is replaced as a whole; nil for a word alone.
    let phrase: Int?
  }

  private var groups: [[Term]] = []
  private var byFirstStem: [[UInt8]: [Term]] = [:]

  /// Each rewording is a search of its own.
  private static let mostRewordings = 6

  /// - Parameter groups: Groups of terms that mean the same; a term without a word is left out.
  package init(_ groups: [[String]]) {
    for (number, group) in groups.enumerated() {
      let terms = group.compactMap { text in
        Synonyms.stems(of: text).map { Term(text: text, stems: $0, group: number) }
      }
      self.groups.append(terms)
      for term in terms {
        byFirstStem[term.stems[0], default: []].append(term)
        // Words with an apostrophe are read in another way outside a phrase.
        let loose = Synonyms.stems(of: SearchQuery(term.text, types: []))
        if loose != term.stems, let first = loose.first {
          byFirstStem[first, default: []].append(
            Term(text: term.text, stems: loose, group: number))
        }
      }
    }
  }

  package var isEmpty: Bool { byFirstStem.isEmpty }

  /// What two spellings of one term share; nil for a text without a word to search for.
  package static func key(of text: String) -> String? {
    stems(of: text).map { $0.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ") }
  }

  private static func stems(of text: String) -> [[UInt8]]? {
    let stems = stems(of: SearchQuery("\"\(text.filter { $0 != "\"" })\"", types: []))
    return stems.isEmpty ? nil : stems
  }

  private static func stems(of query: SearchQuery) -> [[UInt8]] {
    telling(query.words).map { Stemmer.stem($0.letters) }
  }

  /// Words without stop words, unless there are no others.
  private static func telling(_ words: [SearchQuery.Word]) -> [SearchQuery.Word] {
    let telling = words.filter { !StopWords.contains($0.letters) }
    return telling.isEmpty ? words : telling
  }

  /// The same query in other words, and marks those that have been replaced as no misspellings.
  ///
  /// - Parameters:
  ///   - query: The query.
  ///   - types: The names that may follow `type:`.
  /// - Returns: A rewording for each other term, none for a query without any.
  package func rewordings(of query: inout SearchQuery, types: [String]) -> [Rewording] {
    guard !isEmpty, !query.isPassage else { return [] }
    var rewordings: [Rewording] = []
    let tokens = tokens(of: query)
    var index = 0
    while index < tokens.count {
      guard let term = longestTerm(at: index, in: tokens) else {
        index += 1
        continue
      }
      let found = tokens[index..<(index + term.stems.count)]
      let range = found[index].range.lowerBound..<found[found.endIndex - 1].range.upperBound
      for token in found { query.setCertain(token.range) }
      for other in groups[term.group] where other.text != term.text {
        let text = query.replacing(range, by: other.text)
        rewordings.append(Rewording(term: other.text, query: SearchQuery(text, types: types)))
      }
      index = found.endIndex
    }
    return Array(rewordings.prefix(Synonyms.mostRewordings))
  }

  private func tokens(of query: SearchQuery) -> [Token] {
    query.clauses.enumerated().flatMap { number, clause -> [Token] in
      guard !clause.isExcluded, !clause.isIdentifier, clause.alternatives.count == 1 else {
        return []
      }
      return Synonyms.telling(clause.alternatives[0]).map { word in
        Token(
          stem: Stemmer.stem(word.letters), range: word.range,
          phrase: clause.isQuoted ? number : nil)
      }
    }
  }

  /// The term of most words that begins at a token; in a phrase only one that is the whole phrase.
  private func longestTerm(at index: Int, in tokens: [Token]) -> Term? {
    let phrase = tokens[index].phrase
    let isInside = phrase != nil && index > 0 && tokens[index - 1].phrase == phrase
    guard !isInside, let terms = byFirstStem[tokens[index].stem] else { return nil }
    return terms.filter { term in
      let end = index + term.stems.count
      guard end <= tokens.count, tokens[index..<end].map(\.stem) == term.stems else { return false }
      let isWhole = end == tokens.count || phrase == nil || tokens[end].phrase != phrase
      return isWhole && tokens[index..<end].allSatisfy { $0.phrase == phrase }
    }.max { $0.stems.count < $1.stems.count }
  }
}

extension SearchQuery {
  fileprivate mutating func setCertain(_ range: Range<Int>) {
    for clause in clauses.indices {
      for alternative in clauses[clause].alternatives.indices {
        for word in clauses[clause].alternatives[alternative].indices
        where clauses[clause].alternatives[alternative][word].range == range {
          clauses[clause].alternatives[alternative][word].isCertain = true
        }
      }
    }
  }

  /// The text with a term in place of a part of it.
  fileprivate func replacing(_ range: Range<Int>, by term: String) -> String {
    let bytes = Array(text.utf8)
    let quote = UInt8(ascii: "\"")
    let isQuoted =
      range.lowerBound > 0 && bytes[range.lowerBound - 1] == quote
      && range.upperBound < bytes.count && bytes[range.upperBound] == quote
    let phrase = isQuoted ? term : "\"\(term)\""
    return String(decoding: bytes[..<range.lowerBound], as: UTF8.self) + phrase
      + String(decoding: bytes[range.upperBound...], as: UTF8.self)
  }
}
