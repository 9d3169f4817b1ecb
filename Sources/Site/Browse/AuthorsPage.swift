import Archive
import Markup

/// The authors of one letter.
struct AuthorsForm: Equatable {
  /// Nil for the first letter with names.
  var letter: String?

  init(letter: String? = nil) { self.letter = letter }

  init(_ query: Query) { letter = query.text("letter") }

  var address: String { Query.address(.authors, [("letter", letter)]) }

  /// The value for names that do not begin with a letter.
  static let others = "0"
}

extension Pages {
  /// All authors whose family names begin with a letter, with links to the other letters.
  ///
  /// - Parameters:
  ///   - form: The chosen letter.
  ///   - entries: All authors, in order.
  /// - Returns: The page; nil when no name begins with the letter.
  func authors(_ form: AuthorsForm, _ entries: [AuthorEntry]) -> HTML? {
    let groups = Dictionary(grouping: entries) { $0.letter ?? AuthorsForm.others }
    let letters = groups.keys.sorted()
    guard let first = letters.first else { return form.letter == nil ? noAuthors() : nil }
    guard let authors = groups[form.letter ?? first] else { return nil }
    let letter = form.letter ?? first
    let heading =
      form.letter.map { words(.authorsUnder, name(ofLetter: $0)) } ?? words[.authorsAtoZ]
    return layout(
      Head(
        title: heading, description: words[.authorsAtoZ], canonical: form.address, place: .browse),
      """
      <div class="section-top">
      <h1>\(heading)</h1>
      <nav aria-label="\(words[.letters])"><ul class="chips letters">
      \(each: letters, { other in
        """
        <li><a href="\(AuthorsForm(letter: other).address)"\
        \(if: other == letter, " aria-current=\"page\"")>\(name(ofLetter: other))</a></li>
        """
      })
      </ul></nav>
      </div>
      <ul class="index">
      \(each: authors, { author in
        indexLine(
          IndexEntry(
            name: author.name, publications: author.publications,
            choice: Browse(author: author.name)))
      })
      </ul>
      """)
  }

  private func name(ofLetter letter: String) -> String {
    letter == AuthorsForm.others ? words[.otherLetters] : letter
  }

  private func noAuthors() -> HTML {
    layout(
      Head(title: words[.authorsAtoZ], canonical: Resource.authors.path, place: .browse),
      """
      <div class="section-top"><h1>\(words[.authorsAtoZ])</h1></div>
      <p>\(words[.nothingPublished]).</p>
      """)
  }
}
