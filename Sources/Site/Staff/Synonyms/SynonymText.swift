import Archive
import Search

/// The list of synonyms as staff type it: a line for each group, “DPRK = North Korea”.
enum SynonymText {
  /// Why a list was not saved; lines count from 1.
  enum Problem: Error, Equatable {
    /// A line has fewer than two terms.
    case tooFew(line: Int)
    case tooMany(line: Int)
    /// A term has no word that can be searched for.
    case noWord(term: String, line: Int)
    case tooLong(line: Int)
    /// A term stands in two lines, or twice in one.
    case twice(term: String, line: Int)
    case tooManyLines
  }

  static let mostLines = 1000
  static let mostTerms = 12
  /// In bytes.
  static let longestTerm = 100

  /// Reads a list; blank lines do not matter.
  static func groups(_ text: String) throws(Problem) -> [[String]] {
    var groups: [[String]] = []
    var seen: Set<String> = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, content) in lines.enumerated() {
      let terms = content.split(separator: "=").map { term in
        term.split { $0.isWhitespace || $0 == "\"" }.joined(separator: " ")
      }.filter { !$0.isEmpty }
      if terms.isEmpty { continue }
      let line = index + 1
      if terms.count < 2 { throw .tooFew(line: line) }
      if terms.count > mostTerms { throw .tooMany(line: line) }
      for term in terms {
        if term.utf8.count > longestTerm { throw .tooLong(line: line) }
        guard let key = Synonyms.key(of: term) else { throw .noWord(term: term, line: line) }
        guard seen.insert(key).inserted else { throw .twice(term: term, line: line) }
      }
      groups.append(terms)
    }
    if groups.count > mostLines { throw .tooManyLines }
    return groups
  }
}
