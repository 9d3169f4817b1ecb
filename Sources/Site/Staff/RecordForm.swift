import Archive

/// The form of a publication, as it was filled in: every value is what was typed.
struct RecordForm: Equatable {
  var title = ""
  var subtitle = ""
  /// One a line, each with its ORCID behind it if it has one.
  var authors = ""
  var published = ""
  var abstract = ""
  /// Separated by semicolons.
  var topics = ""
  var type = PublicationType.report.rawValue
  var series = ""
  var issn = ""
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
    authors = record.authors.map { name in
      record.orcids[name].map { "\(name) \($0)" } ?? name
    }.joined(separator: "\n")
    published = record.published.description
    abstract = record.abstract
    topics = record.topics.joined(separator: "; ")
    type = record.type.rawValue
    series = record.series ?? ""
    issn = record.issn?.description ?? ""
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
    issn = submission.text("issn")
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
    if title.isEmpty { problems.append(FieldError(.title, .missing)) }
    let date = PublicationDate(published) ?? (published.isEmpty ? placeholder : nil)
    if date == nil {
      problems.append(FieldError(.published, published.isEmpty ? .missing : .notDate))
    }
    let type = PublicationType(rawValue: type)
    if type == nil { problems.append(FieldError(.type, .notOffered)) }
    let status = Publication.Status(rawValue: status)
    if status == nil || status == .withdrawn {
      problems.append(FieldError(.status, .notOffered))
    }
    let publicFrom = Instant(self.publicFrom.replacing(" ", with: "T", maxReplacements: 1) + ":00Z")
    if status == .scheduled, publicFrom == nil {
      problems.append(FieldError(.publicFrom, self.publicFrom.isEmpty ? .missing : .notTime))
    }
    let slug = Slug(slug)
    if slug == nil, !self.slug.isEmpty { problems.append(FieldError(.slug, .notSlug)) }
    let issn = ISSN(self.issn)
    if issn == nil, !self.issn.isEmpty { problems.append(FieldError(.issn, .notISSN(self.issn))) }
    let authors = AuthorLine.lines(of: self.authors)
    for author in authors where author.orcid == nil {
      if let number = author.number { problems.append(FieldError(.authors, .notORCID(number))) }
    }
    guard problems.isEmpty, let date, let type, let status else {
      return .failure(FieldErrors(problems: problems))
    }
    var record = Record(
      title: title, subtitle: subtitle.nonEmpty, abstract: abstract, authors: authors.map(\.name),
      published: date, type: type, series: series.nonEmpty, number: number.nonEmpty,
      topics: topics.split { $0 == ";" || $0.isNewline }.map(\.trimmed).filter { !$0.isEmpty },
      language: language.nonEmpty, doi: doi.nonEmpty, licence: licence.nonEmpty,
      source: old?.source, unknown: old?.unknown)
    record.issn = issn
    record.orcids = Dictionary(
      authors.compactMap { author in author.orcid.map { (author.name, $0) } }
    ) { first, _ in first }
    var draft = Draft(record: record, slug: slug, status: status, publicFrom: publicFrom)
    if placeholder != nil {
      draft.blank = Set(RecordForm.readable.filter { self[$0]?.isEmpty == true })
    }
    return .success(draft)
  }

  private static func minute(_ moment: Instant) -> String {
    let stamp = moment.description
    return "\(stamp.prefix(10)) \(stamp.dropFirst(11).prefix(5))"
  }
}

/// A line of the form's authors: a name, and behind it what stands for an ORCID if anything does.
struct AuthorLine: Equatable {
  var name: String
  /// As it was typed.
  var number: String?

  var orcid: ORCID? { number.flatMap(ORCID.init) }

  static func lines(of text: String) -> [AuthorLine] {
    text.split(whereSeparator: \.isNewline).map { AuthorLine($0.trimmed) }
      .filter { !$0.name.isEmpty }
  }

  /// A name holds no run of digits and no address; so the last word that does is meant as a number.
  private init(_ line: String) {
    name = line
    guard let space = line.lastIndex(where: \.isWhitespace) else { return }
    let word = line[line.index(after: space)...].drop { "(<[".contains($0) }
    let bare = word.prefix { !")>]".contains($0) }
    guard bare.utf8.count(where: { 0x30...0x39 ~= $0 }) >= 8 || bare.lowercased().contains("orcid")
    else { return }
    number = String(bare)
    name = String(line[..<space]).trimmed
    while let last = name.last, ",;:|–".contains(last) { name = String(name.dropLast()).trimmed }
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
    case .notPDF(let found): problems = [FieldError(.file, .notPDF(found))]
    case .slugTaken: problems = [FieldError(.slug, .slugTaken)]
    case .noSpace, .notFound, .failed: problems = []
    }
  }

  subscript(field: FieldError.Field) -> String? {
    problems.first { $0.field == field }.map(FieldErrors.sentence)
  }

  /// A problem as a sentence that stands alone.
  static func sentence(_ problem: FieldError) -> String {
    if case .notPDF(let found) = problem.problem { return "This file is not a PDF: \(found)" }
    return "\(label(problem.field)) \(problem.problem)"
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
    case .issn: "ISSN"
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
