/// The authors of records with a number each; the spellings of one name are one author.
struct AuthorTable: Sendable {
  private struct Author: Sendable {
    /// The best of the spellings.
    var name: String
    var spellings: [String]
  }

  private var authors: [Author] = []
  private var numberOfSpelling: [String: Int] = [:]
  private var numberOfKey: [String: Int] = [:]

  var count: Int { authors.count }

  /// What each is called, in the order of their numbers.
  var names: [String] { authors.map { AuthorName($0.name).text } }

  /// The number of an author, a new one for a name that is met first.
  mutating func number(_ spelling: String) -> Int {
    if let number = numberOfSpelling[spelling] { return number }
    let key = AuthorName(spelling).key
    let number = numberOfKey[key] ?? authors.count
    if number == authors.count {
      numberOfKey[key] = number
      authors.append(Author(name: spelling, spellings: [spelling]))
    } else {
      authors[number].spellings.append(spelling)
      if AuthorName.isBetter(spelling, than: authors[number].name) {
        authors[number].name = spelling
      }
    }
    numberOfSpelling[spelling] = number
    return number
  }

  /// The number of an author who is there.
  func number(of name: String) -> Int? {
    numberOfSpelling[name] ?? numberOfKey[AuthorName(name).key]
  }

  func spellings(of name: String) -> [String] {
    number(of: name).map { authors[$0].spellings } ?? [name]
  }

  /// The list of all, in the order of their family names.
  func entries(publications: [Int]) -> [AuthorEntry] {
    zip(authors, publications).map { author, count in
      let name = AuthorName(author.name)
      // Who writes the family name first tells where it begins.
      let divided = author.spellings.first { $0.contains(",") }.map { AuthorName($0) } ?? name
      return AuthorEntry(
        name: name.text,
        sortKey: SortKey.author(divided.kind == .person ? divided : name), publications: count)
    }.sorted { ($0.sortKey, $0.name) < ($1.sortKey, $1.name) }
  }
}

/// An author and how many public publications they have.
package struct AuthorEntry: Sendable, Equatable {
  package let name: String
  /// What the name is sorted by: the family name first, folded to plain lower-case letters.
  package let sortKey: String
  package let publications: Int

  /// The letter that lists the name: A to Z, or the first character of another script; nil
  /// for digits and signs.
  package var letter: String? {
    sortKey.first { !$0.isWhitespace }.flatMap { $0.isLetter ? String($0).uppercased() : nil }
  }
}
