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

/// The authors grouped by letter, and those of the chosen letter.
struct AuthorsByLetter {
  let form: AuthorsForm
  /// All letters with names, in order.
  let letters: [String]
  /// The letter that is shown; nil when there are no authors.
  let letter: String?
  /// Its authors, in order; empty when no name begins with it.
  let shown: [AuthorEntry]

  init(_ form: AuthorsForm, _ entries: [AuthorEntry]) {
    self.form = form
    let groups = Dictionary(grouping: entries) { $0.letter ?? AuthorsForm.others }
    letters = groups.keys.sorted()
    letter = form.letter ?? letters.first
    shown = letter.flatMap { groups[$0] } ?? []
  }
}

extension Pages {
  /// All authors whose family names begin with a letter, with links to the other letters.
  ///
  /// - Parameters:
  ///   - authors: The authors of the chosen letter.
  ///   - slugs: The slugs of their pages, by name.
  /// - Returns: The page; nil when no name begins with the letter.
  func authors(_ authors: AuthorsByLetter, _ slugs: [String: Slug]) -> HTML? {
    let (form, letters) = (authors.form, authors.letters)
    guard let letter = authors.letter, !letters.isEmpty else {
      return form.letter == nil ? noAuthors() : nil
    }
    guard !authors.shown.isEmpty else { return nil }
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
      \(each: authors.shown, { author in
        indexLine(
          IndexEntry(
            name: author.name, publications: author.publications,
            choice: Browse(author: author.name),
            page: slugs[author.name].map { EntryAddress(list: .authors, slug: $0) }))
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
