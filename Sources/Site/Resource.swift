package import Archive

/// Something that has an address on the site.
///
/// Paths are parsed into it and links are written from it, so the two cannot disagree. `route` says
/// what each resource needs.
package enum Resource: Sendable, Hashable {
  case home
  /// The list of all publications.
  case publications
  /// Every year, topic, type, language and author with its number of publications.
  case browse
  case publication(Slug)
  /// All authors by their first letters.
  case authors
  /// The current PDF of a publication.
  case document(Slug)
  /// One particular file of a publication, the current or an earlier one.
  case file(Slug, sha256: String)
  /// A PDF by its hash alone, for replicas.
  case replicaFile(sha256: String)
  /// Every file that a publication has had, and what changed.
  case versions(Slug)
  /// Where readers check whether a PDF is one of the site's.
  case verify
  /// Which publications have or had a file with a hash.
  case fileStatus(sha256: String)
  /// The reading view: the text of the current PDF.
  case reading(Slug)
  /// A page of the current PDF by its position, from 1: in an HTML page, and the drawing alone.
  case page(Slug, Int), drawing(Slug, Int)
  /// The style sheet of a drawn page of a file, which names its fonts, and one of these fonts.
  case drawingStyle(Slug, sha256: String, page: Int), drawingFont(Slug, sha256: String, Int)
  /// A small picture of a page.
  case pagePicture(Slug, sha256: String, page: Int)
  /// A cover made from the record.
  case cover(Slug)
  /// The first page of a file as a picture, large and small.
  case coverPicture(Slug, sha256: String), thumbnail(Slug, sha256: String)
  /// The image that other sites show with a link to a publication.
  case shareCard(Slug)
  /// The metadata of a publication in a format for programs.
  case citation(Slug, CitationFormat)
  case search, searchAPI
  /// Passages about the same matter as one, as a page and as JSON.
  case related, relatedAPI
  /// Where browsers report that a search result was opened.
  case resultClicks
  /// Suggestions while a reader types.
  case suggestions
  case feed, sitemap, robots
  /// One of several sitemaps, counted from 1.
  case sitemapPart(Int)
  /// The OpenSearch description for browsers.
  case openSearch
  /// Publications as JSON, one publication, and the description of the API.
  case publicationsAPI, publicationAPI(Slug), openAPI
  /// OAI-PMH.
  case harvesting
  /// A file of the Public folder, named with a hash of its content.
  case asset(String)
  case subscribe, confirmation(token: String), unsubscription(token: String)
  /// What a subscriber follows, all that is stored about them, and a message in the browser.
  case subscription(token: String), subscriptionData(token: String), message(token: String)
  /// The form that sends a subscriber a link to their settings.
  case newLink
  case liveness, health, metrics
  case dashboard, signIn, signOut, setUp(token: String)
  case record(Slug), publishing(Slug), withdrawal(Slug)
  /// Asks whether to delete a draft, and deletes it.
  case deletion(Slug)
  /// How a publication is shown to readers.
  case presentation(Slug)
  /// The current PDF of a publication, public or not.
  case staffDocument(Slug)
  /// A drawn page of the current PDF, public or not.
  case staffDrawing(Slug, Int)
  /// Usage statistics as a page and as a file.
  case statistics, statisticsFile
  /// The most frequent searches.
  case searches
  /// The audit log.
  case auditLog
  /// Digests and their messages, and the next digest as a message.
  case mailing, mailingPreview
  /// Tells subscribers about a correction.
  case correctionNotice(Slug)
  /// The mailing list as a page and as a file.
  case subscribers, subscribersFile
  /// Adds subscribers from a file.
  case subscriberImport
  /// The progress of text extraction, and extracting the text of one PDF again.
  case extraction, extractAgain(Slug)

  // Staff: uploads and duplicates.
  /// Uploads PDFs, each of which becomes a draft.
  case upload
  /// The form for a new publication.
  case newPublication
  /// Uploads in parts, and one of them.
  case uploads, storedUpload(token: String)
  /// Whether the text of a PDF has been extracted, for a script.
  case extractionState(Slug)
  /// Publications that may be the same work, and two of them side by side.
  case duplicates, comparison(Slug, Slug)

  // Staff: editing, review and schedule.

  /// The page of a publication as readers will see it, and its share card.
  case preview(Slug), previewCard(Slug)
  /// Where the script sends what is typed.
  case autosave(Slug)
  /// The slug of a publication.
  case renaming(Slug)
  /// The files of a publication, and one of them.
  case files(Slug), staffFile(Slug, sha256: String)
  /// Takes back a publication of a few minutes ago.
  case undoing(Slug)
  /// What becomes public when.
  case schedule
  /// The order of the featured publications.
  case featured

  // Lists of authors, topics and series, for readers and staff.

  /// The page of an author, a topic or a series.
  case entry(NameList, Slug)
  /// A controlled list, one of its entries, and merging an entry into another one.
  case list(NameList), listEntry(NameList, Slug), entryMerge(NameList, Slug)
  /// The types of publications.
  case types
  /// Suggestions from the lists while staff type.
  case staffSuggestions

  // Staff: accounts.
  /// The second step of signing in.
  case signInCode
  /// All accounts with the invitations, and one account by its number.
  case accounts, account(Int64)
  /// One's own account, and its second factor.
  case ownAccount, secondFactor
  /// The audit log as a file.
  case auditFile

  // Staff: the list of publications, bulk changes and imports.
  case publicationList
  /// Edits of many publications at once, the form of a new one, and one of them.
  case bulkEdits, bulkSelection, bulkEdit(BulkEdit.ID)
  /// Uploads of catalogues, one of them, and its wrong lines as a file.
  case catalogueImports, catalogueImport(CatalogueUpload.ID)
  case catalogueImportErrors(CatalogueUpload.ID)

  // Staff: redirects.
  /// The redirects of addresses of an earlier site.
  case redirects
  /// Terms that mean the same in searches.
  case synonyms

  // Staff: reports and the handbook.
  /// The files that some readers cannot use, as a page and as a file.
  case fileReports, fileReportsFile
  /// The contents of the handbook for staff, and one of its pages.
  case handbook, handbookPage(String)
  /// A report by COUNTER 5.1 as a file.
  case counterFile(CounterReportKind, CounterFormat)
  /// The COUNTER API, which collects usage statistics.
  case counterStatus, counterMembers, counterReports, counterReport(CounterReportKind)

  // Staff: settings.
  /// The settings of the site.
  case siteSettings

  /// Parses a path as it was sent; nil when there is no such resource.
  package init?(path: String) {
    // The most frequent resource first, without splitting the path.
    let directory = "/publications/"
    if path.hasPrefix(directory),
      let slug = Slug(Substring(path.utf8.dropFirst(directory.utf8.count)))
    {
      self = .publication(slug)
      return
    }
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    let tail = segments.dropFirst()
    switch (segments[0], segments.count) {
    case ("", 1): self = .home
    case ("browse", 1): self = .browse
    case ("authors", 1): self = .authors
    case (let name, 2) where NameList(rawValue: String(name))?.hasPages == true:
      guard let list = NameList(rawValue: String(name)), let slug = Slug(segments[1]) else {
        return nil
      }
      self = .entry(list, slug)
    case ("search", 1): self = .search
    case ("related", 1): self = .related
    case ("api", 2) where tail.first == "related": self = .relatedAPI
    case ("search", 2) where tail.first == "opened": self = .resultClicks
    case ("suggest", 1): self = .suggestions
    case ("api", 2) where tail.first == "search": self = .searchAPI
    case ("api", 2) where tail.first == "publications": self = .publicationsAPI
    case ("api", 2) where tail.first == "openapi.json": self = .openAPI
    case ("api", 3) where tail.first == "publications":
      guard let slug = Slug(segments[2]) else { return nil }
      self = .publicationAPI(slug)
    case ("feed.atom", 1): self = .feed
    case ("sitemap.xml", 1): self = .sitemap
    case (let name, 1) where name.hasPrefix("sitemap-") && name.hasSuffix(".xml"):
      guard let number = partNumber(name.dropFirst(8).dropLast(4)) else { return nil }
      self = .sitemapPart(number)
    case ("opensearch.xml", 1): self = .openSearch
    case ("oai", 1): self = .harvesting
    case ("robots.txt", 1): self = .robots
    case ("metrics", 1): self = .metrics
    case ("health", 1): self = .health
    case ("health", 2) where tail.first == "live": self = .liveness
    case ("public", 2): self = .asset(String(segments[1]))
    case ("publications", 1): self = .publications
    case ("publications", 2):
      if segments[1].hasSuffix(".cover.svg"), let slug = Slug(segments[1].dropLast(10)) {
        self = .cover(slug)
      } else if segments[1].hasSuffix(".card.png"), let slug = Slug(segments[1].dropLast(9)) {
        self = .shareCard(slug)
      } else if segments[1].hasSuffix(".pdf"), let slug = Slug(segments[1].dropLast(4)) {
        self = .document(slug)
      } else if let (slug, format) = CitationFormat.reading(segments[1]) {
        self = .citation(slug, format)
      } else {
        return nil
      }
    case ("files", 4):
      guard let sha256 = fileName(segments[3]), sha256.prefix(2) == segments[1],
        sha256.dropFirst(2).prefix(2) == segments[2]
      else { return nil }
      self = .replicaFile(sha256: sha256)
    case ("publications", 4) where segments[2] == "files":
      guard let slug = Slug(segments[1]), let sha256 = fileName(segments[3]) else { return nil }
      self = .file(slug, sha256: sha256)
    case ("publications", 4) where segments[2] == "pages":
      guard let slug = Slug(segments[1]) else { return nil }
      if let number = partNumber(segments[3]) {
        self = .page(slug, number)
      } else if let number = numberedFile(segments[3], "svg") {
        self = .drawing(slug, number)
      } else {
        return nil
      }
    case ("publications", 5) where segments[2] == "files" && isHash(segments[3]):
      guard let slug = Slug(segments[1]) else { return nil }
      switch segments[4] {
      case "cover.png": self = .coverPicture(slug, sha256: String(segments[3]))
      case "thumbnail.png": self = .thumbnail(slug, sha256: String(segments[3]))
      default: return nil
      }
    case ("publications", 6) where segments[2] == "files" && isHash(segments[3]):
      guard let slug = Slug(segments[1]) else { return nil }
      let sha256 = String(segments[3])
      if segments[4] == "pages", let number = numberedFile(segments[5], "css") {
        self = .drawingStyle(slug, sha256: sha256, page: number)
      } else if segments[4] == "pages", let number = numberedFile(segments[5], "png") {
        self = .pagePicture(slug, sha256: sha256, page: number)
      } else if segments[4] == "fonts", let number = numberedFile(segments[5], "woff") {
        self = .drawingFont(slug, sha256: sha256, number)
      } else {
        return nil
      }
    case ("publications", 3) where segments[2] == "versions":
      guard let slug = Slug(segments[1]) else { return nil }
      self = .versions(slug)
    case ("verify", 1): self = .verify
    case ("files", 2) where isHash(segments[1]):
      self = .fileStatus(sha256: String(segments[1]))
    case ("publications", 3) where segments[2] == "text":
      guard let slug = Slug(segments[1]) else { return nil }
      self = .reading(slug)
    case ("subscribe", 1): self = .subscribe
    case ("subscribe", 3) where segments[1] == "confirm" && isToken(segments[2]):
      self = .confirmation(token: String(segments[2]))
    case ("unsubscribe", 2) where isToken(segments[1]):
      self = .unsubscription(token: String(segments[1]))
    case ("subscription", 2) where isToken(segments[1]):
      self = .subscription(token: String(segments[1]))
    case ("subscription", 3) where isToken(segments[1]) && segments[2] == "data.json":
      self = .subscriptionData(token: String(segments[1]))
    case ("subscription", 1): self = .newLink
    case ("messages", 2) where isToken(segments[1]):
      self = .message(token: String(segments[1]))
    case ("counter", 3...) where segments[1] == "r51": self.init(counter: Array(segments[2...]))
    case ("staff", _): self.init(staff: Array(tail))
    default: return nil
    }
  }

  private init?(counter segments: [Substring]) {
    switch segments {
    case ["status"]: self = .counterStatus
    case ["members"]: self = .counterMembers
    case ["reports"]: self = .counterReports
    default:
      guard segments.count == 2, segments[0] == "reports",
        let report = CounterReportKind(path: segments[1])
      else { return nil }
      self = .counterReport(report)
    }
  }

  private init?(staff segments: [Substring]) {
    switch segments.first {
    case nil: self = .dashboard
    case "sign-in" where segments.count == 1: self = .signIn
    case "sign-in" where segments.dropFirst() == ["code"]: self = .signInCode
    case "sign-out" where segments.count == 1: self = .signOut
    case "accounts" where segments.count == 1: self = .accounts
    case "accounts" where segments.count == 2:
      guard let number = partNumber(segments[1]) else { return nil }
      self = .account(Int64(number))
    case "account" where segments.count == 1: self = .ownAccount
    case "account" where segments.dropFirst() == ["second-factor"]: self = .secondFactor
    case "audit.csv" where segments.count == 1: self = .auditFile
    case "set-up" where segments.count == 2 && isToken(segments[1]):
      self = .setUp(token: String(segments[1]))
    case "upload" where segments.count == 1: self = .upload
    case "settings" where segments.count == 1: self = .siteSettings
    case "upload" where segments.dropFirst() == ["form"]: self = .newPublication
    case "uploads" where segments.count == 1: self = .uploads
    case "uploads" where segments.count == 2 && isToken(segments[1]):
      self = .storedUpload(token: String(segments[1]))
    case "duplicates" where segments.count == 1: self = .duplicates
    case "publications" where segments.count == 4 && segments[2] == "compare":
      guard let slug = Slug(segments[1]), let other = Slug(segments[3]) else { return nil }
      self = .comparison(slug, other)
    case "searches" where segments.count == 1: self = .searches
    case "redirects" where segments.count == 1: self = .redirects
    case "synonyms" where segments.count == 1: self = .synonyms
    case "audit" where segments.count == 1: self = .auditLog
    case "mailing" where segments.count == 1: self = .mailing
    case "mailing" where segments.dropFirst() == ["preview"]: self = .mailingPreview
    case "subscribers" where segments.count == 1: self = .subscribers
    case "subscribers" where segments.dropFirst() == ["import"]: self = .subscriberImport
    case "lists" where segments.dropFirst() == ["types"]: self = .types
    case "lists" where segments.count > 1:
      guard let list = NameList(rawValue: String(segments[1])) else { return nil }
      self.init(staffList: list, segments.dropFirst(2))
    case "suggest" where segments.count == 1: self = .staffSuggestions
    case "subscribers.csv" where segments.count == 1: self = .subscribersFile
    case "readings" where segments.count == 1: self = .extraction
    case "statistics" where segments.count == 1: self = .statistics
    case "statistics.csv" where segments.count == 1: self = .statisticsFile
    case "publications" where segments.count == 1: self = .publicationList
    case "bulk" where segments.count == 1: self = .bulkEdits
    case "bulk" where segments.dropFirst() == ["edit"]: self = .bulkSelection
    case "import" where segments.count == 1: self = .catalogueImports
    case "import" where segments.count == 2 || segments.dropFirst(2) == ["errors.csv"]:
      guard let number = partNumber(segments[1]) else { return nil }
      let id = CatalogueUpload.ID(number)
      self = segments.count == 2 ? .catalogueImport(id) : .catalogueImportErrors(id)
    case "bulk" where segments.count == 2:
      guard let number = partNumber(segments[1]) else { return nil }
      self = .bulkEdit(BulkEdit.ID(number))
    case "statistics" where segments.count == 2:
      let parts = segments[1].split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, let report = CounterReportKind(path: parts[0]),
        let format = CounterFormat(rawValue: String(parts[1]))
      else { return nil }
      self = .counterFile(report, format)
    case "handbook" where segments.count == 1: self = .handbook
    case "handbook" where segments.count == 2 && Handbook.isName(segments[1]):
      self = .handbookPage(String(segments[1]))
    case "reports" where segments.dropFirst() == ["files"]: self = .fileReports
    case "reports" where segments.dropFirst() == ["files.csv"]: self = .fileReportsFile
    case "schedule" where segments.count == 1: self = .schedule
    case "featured" where segments.count == 1: self = .featured
    case "publications" where segments.count == 4 && segments[2] == "files":
      guard let slug = Slug(segments[1]), let sha256 = fileName(segments[3]) else { return nil }
      self = .staffFile(slug, sha256: sha256)
    case "publications" where segments.count == 4 && segments[2] == "pages":
      guard let slug = Slug(segments[1]), let number = numberedFile(segments[3], "svg") else {
        return nil
      }
      self = .staffDrawing(slug, number)
    case "publications":
      guard segments.count > 1, let slug = Slug(segments[1]) else { return nil }
      switch segments.dropFirst(2) {
      case []: self = .record(slug)
      case ["publish"]: self = .publishing(slug)
      case ["withdraw"]: self = .withdrawal(slug)
      case ["delete"]: self = .deletion(slug)
      case ["present"]: self = .presentation(slug)
      case ["tell"]: self = .correctionNotice(slug)
      case ["read-again"]: self = .extractAgain(slug)
      case ["extraction"]: self = .extractionState(slug)
      case ["document.pdf"]: self = .staffDocument(slug)
      case ["preview"]: self = .preview(slug)
      case ["card.png"]: self = .previewCard(slug)
      case ["autosave"]: self = .autosave(slug)
      case ["rename"]: self = .renaming(slug)
      case ["file"]: self = .files(slug)
      case ["unpublish"]: self = .undoing(slug)
      default: return nil
      }
    default: return nil
    }
  }

  private init?(staffList list: NameList, _ segments: ArraySlice<Substring>) {
    guard let name = segments.first else {
      self = .list(list)
      return
    }
    guard let slug = Slug(name) else { return nil }
    switch segments.dropFirst() {
    case []: self = .listEntry(list, slug)
    case ["merge"]: self = .entryMerge(list, slug)
    default: return nil
    }
  }

  package var path: String {
    switch self {
    case .home: "/"
    case .publications: "/publications"
    case .browse: "/browse"
    case .authors: "/authors"
    case .entry(let list, let slug): "/\(list.rawValue)/\(slug)"
    case .list(let list): "/staff/lists/\(list.rawValue)"
    case .listEntry(let list, let slug): "/staff/lists/\(list.rawValue)/\(slug)"
    case .entryMerge(let list, let slug): "/staff/lists/\(list.rawValue)/\(slug)/merge"
    case .types: "/staff/lists/types"
    case .staffSuggestions: "/staff/suggest"
    case .publication(let slug): "/publications/\(slug)"
    case .reading(let slug): "/publications/\(slug)/text"
    case .page(let slug, let number): "/publications/\(slug)/pages/\(number)"
    case .drawing(let slug, let number): "/publications/\(slug)/pages/\(number).svg"
    case .drawingStyle(let slug, let sha256, let page):
      "/publications/\(slug)/files/\(sha256)/pages/\(page).css"
    case .pagePicture(let slug, let sha256, let page):
      "/publications/\(slug)/files/\(sha256)/pages/\(page).png"
    case .drawingFont(let slug, let sha256, let number):
      "/publications/\(slug)/files/\(sha256)/fonts/\(number).woff"
    case .cover(let slug): "/publications/\(slug).cover.svg"
    case .coverPicture(let slug, let sha256): "/publications/\(slug)/files/\(sha256)/cover.png"
    case .thumbnail(let slug, let sha256): "/publications/\(slug)/files/\(sha256)/thumbnail.png"
    case .shareCard(let slug): "/publications/\(slug).card.png"
    case .document(let slug): "/publications/\(slug).pdf"
    case .file(let slug, let sha256): "/publications/\(slug)/files/\(sha256).pdf"
    case .replicaFile(let sha256):
      "/files/\(sha256.prefix(2))/\(sha256.dropFirst(2).prefix(2))/\(sha256).pdf"
    case .versions(let slug): "/publications/\(slug)/versions"
    case .verify: "/verify"
    case .fileStatus(let sha256): "/files/\(sha256)"
    case .citation(let slug, let format): "/publications/\(slug)\(format.suffix)"
    case .search: "/search"
    case .resultClicks: "/search/opened"
    case .suggestions: "/suggest"
    case .searchAPI: "/api/search"
    case .related: "/related"
    case .relatedAPI: "/api/related"
    case .feed: "/feed.atom"
    case .sitemap: "/sitemap.xml"
    case .robots: "/robots.txt"
    case .sitemapPart(let number): "/sitemap-\(number).xml"
    case .openSearch: "/opensearch.xml"
    case .harvesting: "/oai"
    case .publicationsAPI: "/api/publications"
    case .publicationAPI(let slug): "/api/publications/\(slug)"
    case .openAPI: "/api/openapi.json"
    case .asset(let name): "/public/\(name)"
    case .subscribe: "/subscribe"
    case .confirmation(let token): "/subscribe/confirm/\(token)"
    case .unsubscription(let token): "/unsubscribe/\(token)"
    case .subscription(let token): "/subscription/\(token)"
    case .subscriptionData(let token): "/subscription/\(token)/data.json"
    case .newLink: "/subscription"
    case .message(let token): "/messages/\(token)"
    case .liveness: "/health/live"
    case .health: "/health"
    case .metrics: "/metrics"
    case .dashboard: "/staff"
    case .signIn: "/staff/sign-in"
    case .signInCode: "/staff/sign-in/code"
    case .signOut: "/staff/sign-out"
    case .accounts: "/staff/accounts"
    case .account(let id): "/staff/accounts/\(id)"
    case .ownAccount: "/staff/account"
    case .secondFactor: "/staff/account/second-factor"
    case .auditFile: "/staff/audit.csv"
    case .setUp(let token): "/staff/set-up/\(token)"
    case .upload: "/staff/upload"
    case .newPublication: "/staff/upload/form"
    case .uploads: "/staff/uploads"
    case .storedUpload(let token): "/staff/uploads/\(token)"
    case .extractionState(let slug): "/staff/publications/\(slug)/extraction"
    case .duplicates: "/staff/duplicates"
    case .comparison(let slug, let other): "/staff/publications/\(slug)/compare/\(other)"
    case .record(let slug): "/staff/publications/\(slug)"
    case .publishing(let slug): "/staff/publications/\(slug)/publish"
    case .withdrawal(let slug): "/staff/publications/\(slug)/withdraw"
    case .deletion(let slug): "/staff/publications/\(slug)/delete"
    case .presentation(let slug): "/staff/publications/\(slug)/present"
    case .correctionNotice(let slug): "/staff/publications/\(slug)/tell"
    case .staffDocument(let slug): "/staff/publications/\(slug)/document.pdf"
    case .staffDrawing(let slug, let number): "/staff/publications/\(slug)/pages/\(number).svg"
    case .preview(let slug): "/staff/publications/\(slug)/preview"
    case .previewCard(let slug): "/staff/publications/\(slug)/card.png"
    case .autosave(let slug): "/staff/publications/\(slug)/autosave"
    case .renaming(let slug): "/staff/publications/\(slug)/rename"
    case .files(let slug): "/staff/publications/\(slug)/file"
    case .staffFile(let slug, let sha256): "/staff/publications/\(slug)/files/\(sha256).pdf"
    case .undoing(let slug): "/staff/publications/\(slug)/unpublish"
    case .schedule: "/staff/schedule"
    case .featured: "/staff/featured"
    case .searches: "/staff/searches"
    case .redirects: "/staff/redirects"
    case .synonyms: "/staff/synonyms"
    case .auditLog: "/staff/audit"
    case .mailing: "/staff/mailing"
    case .mailingPreview: "/staff/mailing/preview"
    case .subscribers: "/staff/subscribers"
    case .subscribersFile: "/staff/subscribers.csv"
    case .subscriberImport: "/staff/subscribers/import"
    case .extraction: "/staff/readings"
    case .extractAgain(let slug): "/staff/publications/\(slug)/read-again"
    case .statistics: "/staff/statistics"
    case .statisticsFile: "/staff/statistics.csv"
    case .siteSettings: "/staff/settings"
    case .publicationList: "/staff/publications"
    case .bulkEdits: "/staff/bulk"
    case .bulkSelection: "/staff/bulk/edit"
    case .bulkEdit(let id): "/staff/bulk/\(id)"
    case .catalogueImports: "/staff/import"
    case .catalogueImport(let id): "/staff/import/\(id)"
    case .catalogueImportErrors(let id): "/staff/import/\(id)/errors.csv"
    case .counterFile(let report, let format):
      "/staff/statistics/\(report.path).\(format.rawValue)"
    case .handbook: "/staff/handbook"
    case .handbookPage(let name): "/staff/handbook/\(name)"
    case .fileReports: "/staff/reports/files"
    case .fileReportsFile: "/staff/reports/files.csv"
    case .counterStatus: "/counter/r51/status"
    case .counterMembers: "/counter/r51/members"
    case .counterReports: "/counter/r51/reports"
    case .counterReport(let report): "/counter/r51/reports/\(report.path)"
    }
  }
}

extension Resource: CustomStringConvertible {
  package var description: String { path }
}

/// Parses a number without a sign and without leading zeros.
private func partNumber(_ text: Substring) -> Int? {
  Int(text).flatMap { $0 > 0 && String($0) == text ? $0 : nil }
}

/// Parses a number without leading zeros, followed by a file extension.
private func numberedFile(_ segment: Substring, _ type: String) -> Int? {
  segment.hasSuffix(".\(type)") ? partNumber(segment.dropLast(type.utf8.count + 1)) : nil
}

/// Parses a SHA-256 in lower-case hexadecimal digits followed by `.pdf`.
private func fileName(_ segment: Substring) -> String? {
  guard segment.hasSuffix(".pdf"), isHash(segment.dropLast(4)) else { return nil }
  return String(segment.dropLast(4))
}

/// Whether a segment is a SHA-256 in lower-case hexadecimal digits.
private func isHash(_ segment: Substring) -> Bool {
  segment.utf8.count == 64
    && segment.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
}

/// Whether a segment may be a token: 16 to 128 base64url or hexadecimal digits.
private func isToken(_ segment: Substring) -> Bool {
  (16...128).contains(segment.utf8.count)
    && segment.utf8.allSatisfy { octet in
      switch octet {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
}
