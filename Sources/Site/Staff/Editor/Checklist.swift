import Archive

/// What is missing before a publication can be published, and what would make it better.
struct Checklist: Equatable {
  struct Item: Equatable {
    /// The field that it is about.
    let field: FieldError.Field
    let phrase: Phrase
  }

  /// What prevents publishing.
  private(set) var needed: [Item] = []
  /// What does not.
  private(set) var recommended: [Item] = []

  /// - Parameters:
  ///   - form: The form as it is shown.
  ///   - publication: The publication, for its file.
  init(_ form: RecordForm, of publication: Publication) {
    func need(_ field: FieldError.Field, _ phrase: Phrase, unless isDone: Bool) {
      if !isDone { needed.append(Item(field: field, phrase: phrase)) }
    }
    func recommend(_ field: FieldError.Field, _ phrase: Phrase, unless isDone: Bool) {
      if !isDone { recommended.append(Item(field: field, phrase: phrase)) }
    }
    need(.title, .checkTitle, unless: !form.title.isEmpty)
    need(.published, .checkDate, unless: PublicationDate(form.published) != nil)
    need(.file, .checkFile, unless: publication.file != nil)
    if let file = publication.file {
      recommend(.file, .checkShowable, unless: file.defect == nil)
      recommend(.file, .checkText, unless: file.text != .waiting)
    }
    recommend(.authors, .checkAuthors, unless: !form.authors.isEmpty)
    recommend(.abstract, .checkAbstract, unless: !form.abstract.isEmpty)
    recommend(.topics, .checkTopics, unless: !form.topics.isEmpty)
    recommend(.language, .checkLanguage, unless: !form.language.isEmpty)
  }
}
