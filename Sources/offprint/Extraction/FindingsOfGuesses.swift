import Archive
import PDF
import TextRepair

extension Findings {
  /// Converts the metadata proposed by the PDF module, repaired.
  init(_ guesses: Guesses) {
    self.init()
    title = guesses.title.map { Finding($0) { repair($0).text } }
    subtitle = guesses.subtitle.map { Finding($0) { repair($0).text } }
    authors = guesses.authors.map { Finding($0) { $0.map { repair($0).text } } }
    published = guesses.published.flatMap { guess in
      let date = guess.value
      let found = PublicationDate(year: date.year, month: date.month, day: date.day)
      return found.map { found in Finding(guess) { _ in found } }
    }
    abstract = guesses.abstract.map { Finding($0) { repair($0).text } }
    if let printed = guesses.abstract?.value, printed != abstract?.value {
      unrepairedAbstract = printed
    }
    language = guesses.language.map { Finding($0) { $0 } }
    series = guesses.series.map { Finding($0) { repair($0).text } }
    number = guesses.number.map { Finding($0) { $0 } }
    doi = guesses.doi.map { Finding($0) { $0 } }
  }
}

extension Finding {
  init<Guessed>(_ guess: Guess<Guessed>, _ value: (Guessed) -> Value) {
    let source: FindingSource =
      switch guess.source {
      case .properties: .properties
      case .pages: .pages
      case .both: .both
      }
    // Two digits are enough.
    self.init(
      value(guess.value), confidence: (guess.confidence * 100).rounded() / 100, source: source,
      page: guess.page)
  }
}

extension FileFacts {
  /// Converts the facts of a file that could be opened.
  init(_ document: DocumentText) {
    let facts = document.facts
    self.init(
      isEncrypted: facts.isEncrypted, pagesWithoutText: facts.pagesWithoutText,
      isTagged: facts.isTagged, language: facts.language, title: document.metadata.title)
  }
}
