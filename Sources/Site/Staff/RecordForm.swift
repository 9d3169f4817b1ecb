import Archive

/// The form of a publication, as it was filled in: every value is what was typed.
struct RecordForm: Equatable {
  var title = ""
  var subtitle = ""
  /// One a line.
  var authors = ""
  var published = ""
  var abstract = ""
  /// Separated by semicolons.
  var topics = ""
  var type = PublicationType.report.rawValue
  var series = ""
  var number = ""
  var language = ""
  var doi = ""
  var licence = ""
  var status = Publication.Status.draft.rawValue
  /// `YYYY-MM-DD hh:mm`, in UTC.
  var publicFrom = ""
  /// Empty takes one made from the title, or leaves the one there is.
  var slug = ""

  init() {}

  init(_ publication: Publication) {
    let record = publication.record
    title = record.title
    subtitle = record.subtitle ?? ""
    authors = record.authors.joined(separator: "\n")
    published = record.published.description
    abstract = record.abstract
    topics = record.topics.joined(separator: "; ")
    type = record.type.rawValue
    series = record.series ?? ""
    number = record.number ?? ""
    language = record.language ?? ""
    doi = record.doi ?? ""
    licence = record.licence ?? ""
    status = publication.status.rawValue
    publicFrom =
      publication.status == .scheduled
      ? publication.publicFrom.map { RecordForm.minute($0) } ?? "" : ""
    slug = publication.slug.description
  }

  init(_ submission: Submission) {
    title = submission.text("title")
    subtitle = submission.text("subtitle")
    authors = submission.text("authors")
    published = submission.text("published")
    abstract = submission.text("abstract")
    topics = submission.text("topics")
    type = submission.text("type")
    series = submission.text("series")
    number = submission.text("number")
    language = submission.text("language")
    doi = submission.text("doi")
    licence = submission.text("licence")
    status = submission.text("status")
    publicFrom = submission.text("public-from")
    slug = submission.text("slug")
  }

  /// What is to be kept.
  ///
  /// - Parameters:
  ///   - old: The record that is edited, for what the form does not show.
  ///   - today: A day to stand for the date of a draft whose title and date may come from its file;
  ///     nil where they may not.
  /// - Returns: A draft, or what is wrong with which field.
  func draft(
    replacing old: Record? = nil, readingFrom today: PublicationDate? = nil
  ) -> Result<Draft, FieldErrors> {
    var problems: [FieldError] = []
    let placeholder = self.status == Publication.Status.draft.rawValue ? today : nil
    let title = self.title.isEmpty && placeholder != nil ? "Untitled" : self.title
    if title.isEmpty { problems.append(FieldError(.title, "is missing")) }
    let date = PublicationDate(published) ?? (published.isEmpty ? placeholder : nil)
    if date == nil {
      problems.append(
        FieldError(
          .published,
          published.isEmpty
            ? "is missing" : "is not a date: expected one such as 2010-02-25, 2010-02 or 2010"))
    }
    let type = PublicationType(rawValue: type)
    if type == nil { problems.append(FieldError(.type, "is none of those offered")) }
    let status = Publication.Status(rawValue: status)
    if status == nil || status == .withdrawn {
      problems.append(FieldError(.status, "is none of those offered"))
    }
    let publicFrom = Instant(self.publicFrom.replacing(" ", with: "T", maxReplacements: 1) + ":00Z")
    if status == .scheduled, publicFrom == nil {
      problems.append(
        FieldError(
          .publicFrom,
          self.publicFrom.isEmpty
            ? "is missing: say when it is to become public"
            : "is no time: expected one such as 2026-12-01 09:00"))
    }
    let slug = Slug(slug)
    if slug == nil, !self.slug.isEmpty {
      problems.append(
        FieldError(
          .slug,
          "is not possible: only small letters a to z, digits and single hyphens between them"))
    }
    guard problems.isEmpty, let date, let type, let status else {
      return .failure(FieldErrors(problems: problems))
    }
    var draft = Draft(
      record: Record(
        title: title, subtitle: subtitle.nonEmpty, abstract: abstract,
        authors: RecordForm.parts(authors, \.isNewline), published: date, type: type,
        series: series.nonEmpty, number: number.nonEmpty,
        topics: RecordForm.parts(topics) { $0 == ";" || $0.isNewline },
        language: language.nonEmpty, doi: doi.nonEmpty, licence: licence.nonEmpty,
        source: old?.source, unknown: old?.unknown),
      slug: slug, status: status, publicFrom: publicFrom)
    if placeholder != nil {
      draft.blank = Set(RecordForm.readable.filter { self[$0]?.isEmpty == true })
    }
    return .success(draft)
  }

  private static func minute(_ moment: Instant) -> String {
    let stamp = moment.description
    return "\(stamp.prefix(10)) \(stamp.dropFirst(11).prefix(5))"
  }

  private static func parts(_ text: String, _ isSeparator: (Character) -> Bool) -> [String] {
    text.split(whereSeparator: isSeparator).map(\.trimmed).filter { !$0.isEmpty }
  }
}

/// What is wrong with the fields of a form; empty when nothing is.
struct FieldErrors: Error, Equatable {
  var problems: [FieldError] = []

  init(problems: [FieldError] = []) { self.problems = problems }

  /// What the archive said, as far as it is about fields.
  init(_ error: DepositError) {
    switch error {
    case .invalid(let problems): self.problems = problems
    case .notPDF: problems = [FieldError(.file, error.description)]
    case .slugTaken: problems = [FieldError(.slug, "belongs to another publication already")]
    case .noSpace, .notFound, .failed: problems = []
    }
  }

  subscript(field: FieldError.Field) -> String? {
    problems.first { $0.field == field }.map(FieldErrors.sentence)
  }

  /// A problem as a sentence that stands alone.
  static func sentence(_ problem: FieldError) -> String {
    // What the archive says of a file is a sentence of its own.
    problem.field == .file && problem.problem.first?.isUppercase == true
      ? problem.problem : "\(label(problem.field)) \(problem.problem)"
  }

  static func label(_ field: FieldError.Field) -> String {
    switch field {
    case .title: "Title"
    case .subtitle: "Subtitle"
    case .authors: "Authors"
    case .published: "Published"
    case .abstract: "Abstract"
    case .topics: "Topics"
    case .type: "Type"
    case .series: "Series"
    case .number: "Number"
    case .language: "Language"
    case .doi: "DOI"
    case .licence: "Licence"
    case .source: "Source"
    case .status: "Status"
    case .publicFrom: "Public from"
    case .slug: "Address"
    case .file: "PDF"
    }
  }
}

extension String {
  /// nil when it is empty.
  var nonEmpty: String? { isEmpty ? nil : self }
}
