import Archive
import HTTP

/// The form of a publication, with every value as it was typed.
struct RecordForm: Equatable {
  var title = ""
  var subtitle = ""
  /// One per line, followed by the ORCID if there is one.
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
  /// A date and time in the site's time zone.
  var publicFrom = ""
  /// Empty for one made from the title, or for the current one.
  var slug = ""
  /// The version of the publication that the form was made from.
  ///
  /// For a new publication, a random name of the form, so that sending it twice creates one.
  var version = ""
  /// The digests of the fields as they were when the form was made; see ``RecordMerge``.
  var seen = ""
  /// A comment for other staff.
  var comment = ""
  /// The key of the account that is to check the publication, `nobody`, or empty for no change.
  var assignee = ""

  static let nobody = "nobody"

  /// The button that fills a field with what was found in the file, and its value for the abstract as
  /// it is printed.
  static let use = "use"
  static let unrepairedAbstract = "unrepaired-abstract"
  /// The button that forgets what was typed.
  static let discard = "discard"
  /// The radio button that takes what another member of staff has saved.
  static let theirs = "theirs"
  /// The name of the radio buttons of a field that two have changed.
  static func choice(of field: FieldError.Field) -> String { "take-\(field.rawValue)" }
  /// The fields that are not part of the record.
  static let beside: Set<FieldError.Field> = [.status, .publicFrom, .slug]

  /// The button that publishes now instead of later, and the checkbox that publishes a PDF that cannot
  /// be shown.
  static let now = "publish-now"
  static let anyway = "publish-anyway"
  /// The checkbox that confirms a PDF of another publication.
  static let sameFile = "same-file"

  init() {}

  init(_ publication: Publication, in zone: SiteTimeZone) {
    self.init(publication.record)
    status = publication.status.rawValue
    publicFrom =
      publication.status == .scheduled
      ? publication.publicFrom.map { zone.localTime(at: $0).fieldValue } ?? "" : ""
    slug = publication.slug.description
    version = publication.version
    seen = digests
  }

  /// Makes the form of a record, without status and slug.
  init(_ record: Record) {
    title = record.title
    subtitle = record.subtitle ?? ""
    authors = record.authors.map { name in
      record.orcids[name].map { "\(name) \($0)" } ?? name
    }.joined(separator: "\n")
    published = record.published.description
    abstract = record.abstract
    topics = record.topics.joined(separator: "; ")
    type = record.typeName.rawValue
    series = record.series ?? ""
    issn = record.issn?.description ?? ""
    number = record.number ?? ""
    language = record.language ?? ""
    doi = record.doi ?? ""
    licence = record.licence ?? ""
  }

  init(_ submission: FormFields) {
    title = submission.text("title")
    subtitle = submission.text("subtitle")
    authors = RecordForm.lines(submission.text("authors"))
    published = submission.text("published")
    abstract = RecordForm.lines(submission.text("abstract"))
    topics = submission.text("topics")
    type = submission.text("type")
    series = submission.text("series")
    issn = submission.text("issn")
    number = submission.text("number")
    language = submission.text("language")
    doi = submission.text("doi")
    licence = submission.text("licence")
    status =
      submission.text(RecordForm.now).isEmpty
      ? submission.text("status") : Publication.Status.published.rawValue
    publicFrom = submission.text("public-from")
    slug = submission.text("slug")
    version = submission.text("version")
    seen = submission.text("seen")
    comment = RecordForm.lines(submission.text("comment"))
    assignee = submission.text("assignee")
  }

  /// Checks the form.
  ///
  /// - Parameters:
  ///   - old: The publication that is edited, for what the form does not show.
  ///   - today: A placeholder for the date of a draft whose title and date come from its file; nil if
  ///     they are required.
  ///   - name: A placeholder for the title of such a draft; nil keeps the present one.
  ///   - zone: The time zone of the date and time.
  /// - Returns: A draft, or the errors.
  func draft(
    replacing old: Publication? = nil, readingFrom today: PublicationDate? = nil,
    named name: String? = nil, in zone: SiteTimeZone
  ) -> Result<Draft, FieldErrors> {
    var problems: [FieldError] = []
    let placeholder = self.status == Publication.Status.draft.rawValue ? today : nil
    let title =
      self.title.isEmpty && placeholder != nil
      ? name ?? old?.record.title ?? "Untitled" : self.title
    if title.isEmpty { problems.append(FieldError(.title, .missing)) }
    let date = PublicationDate(published) ?? (published.isEmpty ? placeholder : nil)
    if date == nil {
      problems.append(FieldError(.published, published.isEmpty ? .missing : .notDate))
    }
    let type = TypeName(rawValue: type)
    if type == nil { problems.append(FieldError(.type, .notOffered)) }
    let status = Publication.Status(rawValue: status)
    if status == nil || status == .withdrawn {
      problems.append(FieldError(.status, .notOffered))
    }
    let publicFrom = LocalTime(self.publicFrom).map { time in
      // A time that occurs twice keeps its meaning when it is not changed.
      old?.publicFrom.flatMap { zone.localTime(at: $0) == time ? $0 : nil }
        ?? zone.instant(at: time)
    }
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
      published: date, type: type.base, series: series.nonEmpty, number: number.nonEmpty,
      topics: topics.split { $0 == ";" || $0.isNewline }.map(\.trimmed).filter { !$0.isEmpty },
      language: language.nonEmpty, doi: doi.nonEmpty, licence: licence.nonEmpty,
      source: old?.record.source, unknown: old?.record.unknown)
    record.ownType = type.own
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

  /// What is sent along for other staff.
  var note: ReviewNote {
    let assignment: ReviewNote.Assignment =
      assignee == RecordForm.nobody
      ? .nobody : Int64(assignee).map { .to($0) } ?? .unchanged
    return ReviewNote(comment: comment, assignment: assignment)
  }

  /// Browsers send lines that end with CR LF.
  private static func lines(_ text: String) -> String { text.replacing("\r\n", with: "\n") }
}

/// A line of the authors field: a name, and an ORCID if there is one.
struct AuthorLine: Equatable {
  var name: String
  /// As it was typed.
  var number: String?

  var orcid: ORCID? { number.flatMap(ORCID.init) }

  static func lines(of text: String) -> [AuthorLine] {
    text.split(whereSeparator: \.isNewline).map { AuthorLine($0.trimmed) }
      .filter { !$0.name.isEmpty }
  }

  /// A last word with many digits or an address is meant as an ORCID.
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

extension String {
  /// Nil if it is empty.
  var nonEmpty: String? { isEmpty ? nil : self }
}
