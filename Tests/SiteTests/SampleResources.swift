import Archive
import Site

extension Resource {
  /// One of each resource; without a place in the chain, a new one does not compile.
  static let samples: [Resource] = {
    guard let slug = Slug("russia-and-the-koreas") else { return [] }
    return Array(
      sequence(first: Resource.home) { $0.next(slug, token: "c2FtcGxlLXRva2VuLWZvci10ZXN0cw") })
  }()

  private func next(_ slug: Slug, token: String) -> Resource? {
    switch self {
    case .home: .publications
    case .publications: .browse
    case .browse: .authors
    case .authors: .publication(slug)
    case .publication: .document(slug)
    case .document: .file(slug, sha256: String(repeating: "0a", count: 32))
    case .file: .replicaFile(sha256: String(repeating: "0a", count: 32))
    case .replicaFile: .versions(slug)
    case .versions: .verify
    case .verify: .fileStatus(sha256: String(repeating: "0a", count: 32))
    case .fileStatus: .reading(slug)
    case .reading: .page(slug, 1)
    case .page: .drawing(slug, 1)
    case .drawing: .drawingStyle(slug, sha256: String(repeating: "0a", count: 32), page: 1)
    case .drawingStyle: .pagePicture(slug, sha256: String(repeating: "0a", count: 32), page: 1)
    case .pagePicture: .drawingFont(slug, sha256: String(repeating: "0a", count: 32), 3)
    case .drawingFont: .cover(slug)
    case .cover: .coverPicture(slug, sha256: String(repeating: "0a", count: 32))
    case .coverPicture: .thumbnail(slug, sha256: String(repeating: "0a", count: 32))
    case .thumbnail: .shareCard(slug)
    case .shareCard: .citation(slug, .bibtex)
    case .citation: .asset("offprint.0123456789abcdef.css")
    case .asset: .search
    case .search: .suggestions
    case .suggestions: .resultClicks
    case .resultClicks: .searchAPI
    case .searchAPI: .related
    case .related: .relatedAPI
    case .relatedAPI: .publicationsAPI
    case .publicationsAPI: .publicationAPI(slug)
    case .publicationAPI: .openAPI
    case .openAPI: .harvesting
    case .harvesting: .feed
    case .feed: .sitemap
    case .sitemap: .sitemapPart(2)
    case .sitemapPart: .robots
    case .robots: .openSearch
    case .openSearch: .liveness
    case .liveness: .health
    case .health: .metrics
    case .metrics: .subscribe
    case .subscribe: .confirmation(token: token)
    case .confirmation: .unsubscription(token: token)
    case .unsubscription: .subscription(token: token)
    case .subscription: .subscriptionData(token: token)
    case .subscriptionData: .newLink
    case .newLink: .message(token: token)
    case .message: .signIn
    case .signIn: .setUp(token: token)
    case .setUp: .signOut
    case .signOut: .dashboard
    case .dashboard: .upload
    case .upload: .newPublication
    case .newPublication: .uploads
    case .uploads: .storedUpload(token: token)
    case .storedUpload: .extractionState(slug)
    case .extractionState: .duplicates
    case .duplicates: .comparison(slug, slug)
    case .comparison: .record(slug)
    case .record: .publishing(slug)
    case .publishing: .withdrawal(slug)
    case .withdrawal: .presentation(slug)
    case .presentation: .deletion(slug)
    case .deletion: .extractAgain(slug)
    case .extractAgain: .staffDocument(slug)
    case .featured: .statistics
    case .statistics: .publicationList
    case .publicationList: .bulkEdits
    case .bulkEdits: .bulkSelection
    case .bulkSelection: .bulkEdit(12)
    case .staffDocument: .staffDrawing(slug, 1)
    case .staffDrawing: .preview(slug)
    case .preview: .previewCard(slug)
    case .previewCard: .autosave(slug)
    case .autosave: .renaming(slug)
    case .renaming: .files(slug)
    case .files: .staffFile(slug, sha256: String(repeating: "0a", count: 32))
    case .staffFile: .undoing(slug)
    case .undoing: .schedule
    case .schedule: .featured
    case .bulkEdit: .catalogueImports
    case .catalogueImports: .catalogueImport(3)
    case .catalogueImport: .catalogueImportErrors(3)
    case .catalogueImportErrors: .statisticsFile
    case .statisticsFile: .counterFile(.title, .tsv)
    case .counterFile: .handbook
    case .handbook: .handbookPage("upload")
    case .handbookPage: .fileReports
    case .fileReports: .fileReportsFile
    case .fileReportsFile: .counterStatus
    case .counterStatus: .counterMembers
    case .counterMembers: .counterReports
    case .counterReports: .counterReport(.item)
    case .counterReport: .searches
    case .searches: .redirects
    case .redirects: .synonyms
    case .synonyms: .auditLog
    case .auditLog: .siteSettings
    case .siteSettings: .extraction
    case .extraction: .mailing
    case .mailing: .mailingPreview
    case .mailingPreview: .correctionNotice(slug)
    case .correctionNotice: .subscribers
    case .subscribers: .subscribersFile
    case .subscribersFile: .subscriberImport
    case .subscriberImport: .signInCode
    case .signInCode: .accounts
    case .accounts: .account(1)
    case .account: .ownAccount
    case .ownAccount: .secondFactor
    case .secondFactor: .auditFile
    case .auditFile: .entry(.authors, slug)
    case .entry: .list(.topics)
    case .list: .listEntry(.series, slug)
    case .listEntry: .entryMerge(.licences, slug)
    case .entryMerge: .types
    case .types: .staffSuggestions
    case .staffSuggestions: nil
    }
  }

  var isForStaff: Bool {
    switch route.access {
    case .staff, .signIn: true
    case .everyone, .token: false
    }
  }
}
