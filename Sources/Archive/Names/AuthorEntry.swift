internal import Search

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

extension AuthorEntry {
  init(_ author: IndexedAuthor) {
    let name = AuthorName(author.name)
    // A spelling with the family name first tells where it begins.
    let divided = author.spellings.filter { $0.contains(",") }.min().map { AuthorName($0) } ?? name
    self.init(
      name: name.text, sortKey: SortKey.author(divided.kind == .person ? divided : name),
      publications: author.publications)
  }
}
