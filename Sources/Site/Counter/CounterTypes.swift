import Archive

/// What a report counts, in the order of its rows.
enum CounterMetric: String, CaseIterable {
  case totalInvestigations = "Total_Item_Investigations"
  case totalRequests = "Total_Item_Requests"
  case uniqueInvestigations = "Unique_Item_Investigations"
  case uniqueRequests = "Unique_Item_Requests"
  case uniqueTitleInvestigations = "Unique_Title_Investigations"
  case uniqueTitleRequests = "Unique_Title_Requests"

  /// Whether it counts titles, which only books have.
  var isOfTitles: Bool { self == .uniqueTitleInvestigations || self == .uniqueTitleRequests }

  func count(_ uses: Uses) -> Int {
    switch self {
    case .totalInvestigations: uses.investigations
    case .totalRequests: uses.requests
    // A book is one file here, so it is one item and one title.
    case .uniqueInvestigations, .uniqueTitleInvestigations: uses.uniqueInvestigations
    case .uniqueRequests, .uniqueTitleRequests: uses.uniqueRequests
    }
  }
}

/// The kinds of content that publications are reported as.
enum CounterDataType: String, CaseIterable {
  case article = "Article"
  case book = "Book"
  case bookSegment = "Book_Segment"
  case conference = "Conference"
  case conferenceItem = "Conference_Item"
  case dataset = "Dataset"
  case journal = "Journal"
  case other = "Other"
  case report = "Report"
  case thesis = "Thesis_or_Dissertation"

  /// Whether a title report may have it.
  var isTitle: Bool {
    switch self {
    case .book, .conference, .journal, .other, .report, .thesis: true
    case .article, .bookSegment, .conferenceItem, .dataset: false
    }
  }

  /// That of a publication as an item.
  init(item type: PublicationType) {
    self =
      switch type {
      case .report, .policyPaper, .workingPaper, .brief: .report
      case .article: .article
      // A whole book counts as one segment where its chapters are not known (table 3.p).
      case .book, .chapter: .bookSegment
      case .proceedings: .conferenceItem
      case .thesis: .thesis
      case .dataset: .dataset
      case .other: .other
      }
  }

  /// That of a publication as a title, or of the title that it is a part of; nil if it is neither.
  init?(title record: Record) {
    switch record.type {
    case .report, .policyPaper, .workingPaper, .brief: self = .report
    case .article where record.series != nil: self = .journal
    case .book: self = .book
    case .proceedings: self = .conference
    case .thesis: self = .thesis
    case .other: self = .other
    // The title of a chapter or of an article alone is not known; data are no titles.
    case .article, .chapter, .dataset: return nil
    }
  }
}

/// Whether a publication is open access or free of charge only.
enum CounterAccessType: String, CaseIterable {
  case controlled = "Controlled"
  case open = "Open"
  case freeToRead = "Free_To_Read"

  init(_ record: Record) { self = Licence.address(record.licence) == nil ? .freeToRead : .open }
}
