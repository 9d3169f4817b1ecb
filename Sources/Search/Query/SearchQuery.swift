/// A parsed search query.
///
/// Words are alternatives; publications with more of them rank higher. Phrases in quotation marks
/// and words of one field are required, as in `title:ports`, `author:"Anna Berg"` or `topic:trade`.
/// `OR` is between alternatives, `-` before what is excluded, and `*` after the beginning of a word.
/// `year:2008-2012`, `type:` and `lang:` limit the results. A publication with an identifier that
/// was typed comes first; a DOI or an ORCID iD finds only publications that cite it besides.
/// Nothing is an error: everything else is words or separates them.
package struct SearchQuery: Sendable, Hashable {
  /// The typed text, shortened to ``longestText``.
  package let text: String
  /// The clauses in order, without stop words.
  package internal(set) var clauses: [Clause] = []
  /// The years of publication; nil is any.
  package internal(set) var years: ClosedRange<Int>?
  package internal(set) var types: [String] = []
  /// Language tags or the first part of them, in lower case.
  package internal(set) var languages: [String] = []
  /// Whether it is a passage of a text, whose words are taken as they are and sought on pages.
  package private(set) var isPassage = false
  /// Whether there are only stop words.
  package internal(set) var saysLittle = false
  /// Keys of the index that say which publication is meant, if it has them.
  var identifiers: [[UInt8]] = []

  /// A word or phrase, or several alternatives.
  package struct Clause: Sendable, Hashable {
    package var field: Field?
    /// Each a word, or the words of a phrase.
    package var alternatives: [[Word]]
    package var isExcluded = false
    /// Whether it was typed as a phrase.
    package var isQuoted = false
    /// Whether it is a DOI or an ORCID iD, which every result must have.
    package var isIdentifier = false

    /// Whether every result must match it.
    package var isRequired: Bool { !isExcluded && (isQuoted || field != nil) }

    /// Whether it is a phrase that a result must have.
    var isPhrase: Bool { isQuoted && !isExcluded && !isIdentifier }
  }

  package enum Field: String, Sendable, CaseIterable {
    case title, author, topic
  }

  package struct Word: Sendable, Hashable {
    /// Folded, in UTF-8.
    let letters: [UInt8]
    /// Its range in the UTF-8 of the text.
    let range: Range<Int>
    /// Whether it matches all words that begin with it.
    package internal(set) var isPrefix = false
    /// Whether it is known to be meant as it is, whether or not the archive has it.
    var isCertain = false
    /// What kind of term it is; nil for a word.
    var kind: Compound.Kind?
    /// The words of the term.
    var parts: [Word] = []
    /// Other spellings of the term.
    var spellings: [[UInt8]] = []

    package var text: String { String(decoding: letters, as: UTF8.self) }
  }

  /// In bytes; longer queries are cut, because they take long and find nothing more.
  package static let longestText = 2000
  /// The same of a passage.
  package static let longestPassage = 100_000
  /// As many as a text of ``longestText`` usually has at most.
  package static let mostWords = 400
  /// The most words of phrases, fields and exclusions, and beginnings of words.
  package static let mostDemandingWords = 40

  /// Parses a query.
  ///
  /// - Parameters:
  ///   - text: What was typed.
  ///   - types: The names that may follow `type:`.
  package init(_ text: String, types: [String]) {
    self.text = SearchQuery.shortened(text)
    var reader = QueryReader(self.text, types: types)
    reader.read(into: &self)
  }

  /// Reads a passage of a text, such as a paragraph or a page: only its words count.
  ///
  /// - Parameter text: The passage; what is beyond ``longestPassage`` is left out.
  package init(passage text: String) {
    self.text = SearchQuery.shortened(text, to: SearchQuery.longestPassage)
    isPassage = true
    var tokenizer = Tokenizer()
    tokenizer.each(in: self.text) { word, range, role in
      guard case .word = role, !StopWords.contains(word) else { return }
      clauses.append(Clause(alternatives: [[Word(letters: word, range: range)]]))
    }
  }

  /// Whether it has no words and no limits.
  package var isEmpty: Bool {
    clauses.isEmpty && years == nil && types.isEmpty && languages.isEmpty
  }

  /// All words that are not excluded.
  var words: [Word] { clauses.filter { !$0.isExcluded }.flatMap(\.alternatives).flatMap(\.self) }

  /// Phrases that a result must have, as they were typed.
  var phrases: [String] {
    clauses.filter(\.isPhrase).flatMap { clause in
      clause.alternatives.compactMap { words in
        guard let first = words.first, let last = words.last else { return nil }
        let range = first.range.lowerBound..<last.range.upperBound
        return String(decoding: Array(text.utf8)[range], as: UTF8.self)
      }
    }
  }

  /// The same with its phrases taken as words; nil without phrases.
  ///
  /// One word of a phrase in a field must be in that field.
  var withoutPhrases: SearchQuery? {
    guard clauses.contains(where: \.isPhrase) else { return nil }
    var query = self
    query.clauses = clauses.flatMap { clause -> [Clause] in
      guard clause.isPhrase else { return [clause] }
      let all = clause.alternatives.flatMap(\.self)
      let telling = all.filter { !StopWords.contains($0.letters) }
      let words = telling.isEmpty ? all : telling
      let single = words.map { Clause(alternatives: [[$0]]) }
      guard let field = clause.field else { return single }
      return [Clause(field: field, alternatives: words.map { [$0] })] + single
    }
    return query
  }

  private static func shortened(_ text: String, to longest: Int = longestText) -> String {
    guard text.utf8.count > longest else { return text }
    var bytes = text.utf8.prefix(longest)
    // Not within a character.
    while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
    if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
