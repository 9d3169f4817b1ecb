/// A bibliographic record of the archive with its current file.
package struct Publication: Sendable, Equatable, Identifiable {
  /// The key of the row; never shown.
  package var id: Int64
  package var slug: Slug
  package var record: Record
  package var status: Status
  /// When it becomes public if it is scheduled, otherwise when it became public; nil when neither.
  package var publicFrom: Instant?
  /// When it became public for the first time; nil when it has not been public.
  ///
  /// Also nil in the few seconds until a publication that has become due is marked as published.
  package var firstPublic: Instant?
  /// Why it was withdrawn; nil when no reason was given.
  package var withdrawalReason: String?
  package var file: StoredFile?
  /// The fields of a draft that are not known yet; `record` has placeholders there.
  package var blank: Set<FieldError.Field> = []
  package var created: Instant
  /// When the record, the file or the status changed last.
  package var modified: Instant
  /// Who made it; nil for one that the program made, or if the account was removed.
  package var owner: Account.ID?

  package init(
    id: Int64, slug: Slug, record: Record, status: Status, publicFrom: Instant? = nil,
    withdrawalReason: String? = nil, file: StoredFile? = nil, created: Instant, modified: Instant
  ) {
    self.id = id
    self.slug = slug
    self.record = record
    self.status = status
    self.publicFrom = publicFrom
    self.withdrawalReason = withdrawalReason
    self.file = file
    self.created = created
    self.modified = modified
  }

  /// The date of issue; nil while it is not known.
  package var knownDate: PublicationDate? { blank.contains(.published) ? nil : record.published }

  /// The state of a publication between draft and withdrawal.
  package enum Status: String, Sendable, CaseIterable {
    case draft, review, scheduled, published, withdrawn
  }
}

/// The bibliographic fields of a publication.
package struct Record: Sendable, Equatable {
  package var title: String
  package var subtitle: String?
  /// Paragraphs are separated by an empty line.
  package var abstract: String
  /// In the order of the title page.
  package var authors: [String]
  /// By the author's name as in `authors`.
  package var orcids: [String: ORCID] = [:]
  /// The date of issue.
  package var published: PublicationDate
  package var type: PublicationType
  /// A type of the site that is based on `type`; nil for `type` itself.
  package var ownType: Slug?
  package var series: String?
  /// Of the series.
  package var issn: ISSN?
  /// The number within the series, or of the report.
  package var number: String?
  package var topics: [String]
  /// A BCP 47 tag; nil when not known.
  package var language: String?
  package var doi: String?
  /// The licence: an SPDX identifier, an address or words.
  package var licence: String?
  /// Where the record came from.
  package var source: String?
  /// The other fields of the catalogue as a JSON object; nil when there are none.
  package var unknown: String?

  package init(
    title: String, subtitle: String? = nil, abstract: String = "", authors: [String] = [],
    published: PublicationDate, type: PublicationType = .report, series: String? = nil,
    number: String? = nil, topics: [String] = [], language: String? = nil, doi: String? = nil,
    licence: String? = nil, source: String? = nil, unknown: String? = nil
  ) {
    self.title = title
    self.subtitle = subtitle
    self.abstract = abstract
    self.authors = authors
    self.published = published
    self.type = type
    self.series = series
    self.number = number
    self.topics = topics
    self.language = language
    self.doi = doi
    self.licence = licence
    self.source = source
    self.unknown = unknown
  }
}

/// What kind of document a publication is.
package enum PublicationType: String, Sendable, CaseIterable {
  case report, policyPaper = "policy-paper", workingPaper = "working-paper", brief, article, book
  case chapter, proceedings, thesis, dataset, other
}

/// The bytes of one PDF in the archive, named by their SHA-256 and never changed.
package struct StoredFile: Sendable, Equatable {
  package var id: Int64
  /// 64 lower-case hexadecimal digits.
  package var sha256: String
  package var bytes: Int
  /// nil until the file has been read, and if it could not be opened.
  package var pages: Int?
  package var text: TextState
  package var deposited: Instant
  /// The name it had when it was uploaded; nil when unknown.
  package var name: String?

  package init(
    id: Int64, sha256: String, bytes: Int, pages: Int?, text: TextState, deposited: Instant,
    name: String? = nil
  ) {
    self.name = name
    self.id = id
    self.sha256 = sha256
    self.bytes = bytes
    self.pages = pages
    self.text = text
    self.deposited = deposited
  }

  /// Why readers would see nothing of the file, for staff; nil when they would.
  ///
  /// It could not be opened or has no pages. A scan without text has pages.
  package var defect: String? {
    guard case .unreadable(let reason) = text, (pages ?? 0) == 0 else { return nil }
    return reason
  }

  /// The state of a file's text extraction.
  package enum TextState: Sendable, Equatable {
    case waiting
    case read
    /// Nothing could be read, with the reason for staff.
    case unreadable(String)
  }
}
