package import Archive
package import HTTP
package import HTTPServer

/// What a resource needs before its handler runs, and the handler.
///
/// Everything that differs between resources is declared in `Resource.route` and nowhere else.
package struct Route: Sendable {
  /// Who gets a response.
  package enum Access: Sendable, Equatable {
    /// Everybody, and the address is no secret.
    case everyone
    /// Everybody who has the link, which other sites must not learn.
    case token
    /// Staff who are about to sign in or to set up their account.
    case signIn
    /// Staff who have signed in and have at least this role.
    case staff(Role)

    fileprivate var security: SecurityHeaders.Kind {
      switch self {
      case .everyone: .page
      case .token: .tokenPage
      case .signIn, .staff: .privatePage
      }
    }
  }

  /// What a POST may bring.
  package enum Body: Sendable, Equatable {
    case form
    /// A form with a PDF in it.
    case upload
    /// A form with several PDFs in it.
    case uploads
    /// A form of readers with a PDF that is looked at and deleted.
    case copy
    /// A part of a PDF; a POST brings a form.
    case part
    /// A form with another file in it.
    case file
  }

  enum Handler: Sendable {
    /// Called after Site has checked the session, its role, and the token of the page.
    case staffProgram(Role, @Sendable (Site, StaffRequest) throws -> Response)
    case page(@Sendable (Site, Request) throws -> Response)
    /// Called after Site has checked the session, its role, and the token of a form.
    case staff(
      Role, show: (@Sendable (Site, StaffRequest) throws -> Response)?,
      submit: (@Sendable (Site, StaffRequest, Submission) throws -> Response)?)
  }

  /// The methods beside OPTIONS, in the order of `Allow` (RFC 9110 §10.2.1).
  package let methods: [Method]
  package let access: Access
  /// What a client's request is counted against; nil for what is never refused.
  private let rate: RateClass?
  /// The same for POST.
  private let postRate: RateClass?
  /// What a request costs that has no query.
  private let cost: Cost
  /// What one with a query costs: there are too many to cache.
  private let queryCost: Cost
  package let body: Body
  /// How long others may keep the response, unless the handler says otherwise.
  let caching: CachePolicy
  package let security: SecurityHeaders.Kind
  /// How usage statistics count a successful GET.
  package let use: Use?
  /// How a static copy of the site has it; nil for what is not in a copy.
  package private(set) var staticForm: StaticForm?
  /// Whether a path in other letter case is another resource, or none.
  let isCaseSensitive: Bool
  let handler: Handler

  /// The use of a publication.
  package struct Use: Sendable, Hashable {
    package var slug: Slug
    package var kind: PublicationUse.Kind

    init(_ slug: Slug, _ kind: PublicationUse.Kind) {
      self.slug = slug
      self.kind = kind
    }
  }

  /// The value of `Allow`.
  package var allowed: String { (methods + [.options]).map(\.rawValue).joined(separator: ", ") }

  package func rate(of method: Method) -> RateClass? { method == .post ? postRate : rate }

  package func cost(hasQuery: Bool) -> Cost { hasQuery ? queryCost : cost }

  /// Whether staff with a role may ask for the resource.
  func isOpen(to role: Role) -> Bool {
    if case .staff(let least) = access { role >= least } else { true }
  }
}

extension Route {
  fileprivate init(
    _ methods: [Method], _ access: Access, rate: RateClass?, postRate: RateClass? = nil,
    cost: Cost = .page, queryCost: Cost? = nil, caching: CachePolicy,
    security: SecurityHeaders.Kind? = nil, use: Use? = nil,
    isCaseSensitive: Bool? = nil, body: Body = .form,
    _ handler: @escaping @Sendable (Site, Request) throws -> Response
  ) {
    self.methods = methods
    self.access = access
    self.rate = rate
    self.postRate = postRate ?? rate
    self.cost = cost
    self.queryCost = queryCost ?? cost
    self.body = body
    self.caching = caching
    self.security = security ?? access.security
    self.use = use
    self.isCaseSensitive = isCaseSensitive ?? (access != .everyone)
    self.handler = .page(handler)
  }

  /// Something to read: GET and HEAD.
  fileprivate static func read(
    rate: RateClass? = .page, cost: Cost = .page, queryCost: Cost? = nil,
    caching: CachePolicy = .page, security: SecurityHeaders.Kind? = nil,
    use: Use? = nil, copy staticForm: StaticForm? = nil, isCaseSensitive: Bool? = nil,
    _ handler: @escaping @Sendable (Site, Request) throws -> Response
  ) -> Route {
    var route = Route(
      [.get, .head], .everyone, rate: rate, cost: cost, queryCost: queryCost, caching: caching,
      security: security, use: use, isCaseSensitive: isCaseSensitive, handler)
    route.staticForm = staticForm
    return route
  }

  /// A list, which is a page as long as no query chooses a part of it.
  fileprivate static func list(
    copy staticForm: StaticForm? = nil,
    _ handler: @escaping @Sendable (Site, Request) throws -> Response
  ) -> Route { read(queryCost: .costly, copy: staticForm, handler) }

  /// A page with a form that is sent to the same address.
  fileprivate static func form(
    _ access: Access = .everyone, postRate: RateClass, cost: Cost = .page,
    caching: CachePolicy = .never,
    _ handler: @escaping @Sendable (Site, Request) throws -> Response
  ) -> Route {
    Route(
      [.get, .head, .post], access, rate: .page, postRate: postRate, cost: cost, caching: caching,
      handler)
  }

  /// Something for staff: `show` answers GET and HEAD, `submit` POST.
  fileprivate static func staff(
    _ role: Role = .author, body: Body = .form, security: SecurityHeaders.Kind = .privatePage,
    show: (@Sendable (Site, StaffRequest) throws -> Response)? = nil,
    submit: (@Sendable (Site, StaffRequest, Submission) throws -> Response)? = nil
  ) -> Route {
    Route(
      methods: (show == nil ? [] : [.get, .head]) + (submit == nil ? [] : [.post]),
      access: .staff(role), rate: .page, postRate: .page, cost: .page, queryCost: .page,
      body: body, caching: .never,
      security: security, use: nil, isCaseSensitive: true,
      handler: .staff(role, show: show, submit: submit))
  }
}

extension Route {
  /// Something for scripts of pages for staff.
  fileprivate static func staffProgram(
    _ methods: [Method], _ handler: @escaping @Sendable (Site, StaffRequest) throws -> Response
  ) -> Route {
    Route(
      methods: methods, access: .staff(.author), rate: .page, postRate: .page, cost: .page,
      queryCost: .page, body: .part, caching: .never, security: .privatePage, use: nil,
      isCaseSensitive: true,
      handler: .staffProgram(.author, handler))
  }
}

extension Resource {
  /// What each resource needs.
  package var route: Route {
    switch self {
    // For readers.
    case .home: .read(copy: .page) { try $0.home($1) }
    case .publications: .list(copy: .page) { try $0.publications($1) }
    case .browse: .read(copy: .page) { try $0.browse($1) }
    case .authors: .list(copy: .page) { try $0.authors($1) }
    case .entry(let list, let slug): .list(copy: .page) { try $0.entry(list, slug, $1) }
    case .publication(let slug):
      .read(use: Route.Use(slug, .page), copy: .page) { try $0.article(slug, $1) }
    case .document(let slug):
      .read(
        caching: .document, security: .document, use: Route.Use(slug, .document), copy: .file
      ) {
        try $0.document(slug, $1)
      }
    case .file(let slug, let sha256):
      .read(
        caching: .file, security: .document, use: Route.Use(slug, .document), copy: .file
      ) {
        try $0.file(slug, sha256, $1)
      }
    case .replicaFile(let sha256):
      .read(caching: .document, security: .document, isCaseSensitive: true) {
        try $0.replicaFile(sha256, $1)
      }
    case .versions(let slug): .read { try $0.versions(slug, $1) }
    case .verify:
      Route(
        [.get, .head, .post], .everyone, rate: .page, postRate: .page, caching: .page,
        body: .copy
      ) { try $0.verify($1) }
    case .fileStatus(let sha256): .read { try $0.fileStatus(sha256, $1) }
    case .reading(let slug):
      .read(use: Route.Use(slug, .reading), copy: .page) { try $0.reading(slug, $1) }
    case .page(let slug, let number):
      .read(cost: .drawing, security: .drawnPage, use: Route.Use(slug, .drawnPage)) {
        try $0.drawnPage(slug, number, $1)
      }
    case .drawing(let slug, let number):
      .read(cost: .drawing, security: .drawing) { try $0.drawing(slug, number, $1) }
    case .drawingStyle(let slug, let sha256, let page):
      .read(cost: .drawing, caching: .file, isCaseSensitive: true) {
        try $0.drawingStyle(slug, sha256, page, $1)
      }
    case .pagePicture(let slug, let sha256, let page):
      .read(cost: .drawing, caching: .file, isCaseSensitive: true) {
        try $0.pagePicture(slug, sha256, page, $1)
      }
    case .drawingFont(let slug, let sha256, let number):
      .read(caching: .file, isCaseSensitive: true) { try $0.drawingFont(slug, sha256, number, $1) }
    case .cover(let slug): .read(copy: .file) { try $0.cover(slug, $1) }
    case .coverPicture(let slug, let sha256):
      .read(cost: .drawing, caching: .file, copy: .file, isCaseSensitive: true) {
        try $0.coverPicture(.cover, slug, sha256, $1)
      }
    case .thumbnail(let slug, let sha256):
      .read(cost: .drawing, caching: .file, copy: .file, isCaseSensitive: true) {
        try $0.coverPicture(.thumbnail, slug, sha256, $1)
      }
    case .shareCard(let slug): .read(cost: .drawing, copy: .file) { try $0.shareCard(slug, $1) }
    case .citation(let slug, let format): .read(copy: .file) { try $0.citation(slug, format, $1) }
    case .asset(let name):
      .read(
        cost: name.hasSuffix(".css") ? .styleSheet : .page, caching: .immutable, copy: .file,
        isCaseSensitive: true
      ) { site, request in
        site.assets.response(for: name) ?? site.notFound(request)
      }

    // Searches, which ask the index or read many records.
    case .search: .read(cost: .costly, caching: .search, copy: .page) { try $0.search($1) }
    case .suggestions: .read(cost: .costly, caching: .search) { try $0.suggest($1) }
    case .resultClicks:
      Route([.post], .everyone, rate: .page, caching: .never) { try $0.countResultClick($1) }
    case .searchAPI: .read(cost: .costly, caching: .search) { try $0.searchAPI($1) }
    case .related: .read(cost: .costly, caching: .search) { try $0.related($1) }
    case .relatedAPI: .read(cost: .costly, caching: .search) { try $0.relatedAPI($1) }
    case .publicationsAPI: .list { try $0.publicationsAPI($1) }
    case .harvesting: .form(postRate: .page, cost: .costly) { try $0.harvesting($1) }

    // For programs.
    case .publicationAPI(let slug): .read { try $0.publicationAPI(slug, $1) }
    case .openAPI: .read { $0.openAPI($1) }
    case .feed: .list(copy: .file) { try $0.feed($1) }
    case .sitemap: .read(copy: .file) { try $0.sitemap($1) }
    case .sitemapPart(let number): .read(copy: .file) { try $0.sitemapPart(number, $1) }
    case .robots: .read(copy: .file) { $0.robots($1) }
    case .openSearch: .read { try $0.openSearch($1) }
    case .counterStatus: .read(caching: .never) { site, _ in site.counterStatus() }
    case .counterMembers: .read(caching: .never) { site, request in site.counterMembers(request) }
    case .counterReports: .read(caching: .never) { try $0.counterReports($1) }
    case .counterReport(let report):
      .read(cost: .costly, caching: .never) { try $0.counterReport(report, $1) }
    // Monitors are never refused: that would look like a failure of the site.
    case .liveness: .read(rate: nil, caching: .never) { site, _ in site.liveness() }
    case .health: .read(rate: nil, caching: .never) { site, _ in site.health() }
    case .metrics: .read(rate: nil, caching: .never) { $0.metrics($1) }

    // The mailing list.
    case .subscribe: .form(postRate: .mailingList, caching: .page) { try $0.subscribe($1) }
    case .confirmation(let token):
      .form(.token, postRate: .mailingList) { try $0.confirm(token, $1) }
    case .unsubscription(let token):
      .form(.token, postRate: .mailingList) { try $0.unsubscribe(token, $1) }
    case .subscription(let token):
      .form(.token, postRate: .mailingList) { try $0.subscription(token, $1) }
    case .subscriptionData(let token):
      Route(
        [.get, .head], .token, rate: .page, caching: .never,
        { try $0.subscriptionData(token, $1) })
    case .newLink: .form(postRate: .mailingList, caching: .page) { try $0.newLink($1) }
    case .message(let token):
      Route([.get, .head], .token, rate: .page, caching: .never, security: .message) {
        try $0.message(token, $1)
      }

    // Signing in.
    case .signIn: .form(.signIn, postRate: .signIn) { try $0.signIn($1) }
    case .signInCode:
      Route([.post], .signIn, rate: .signIn, caching: .never) { try $0.enterCode($1) }
    case .setUp(let token):
      .form(.signIn, postRate: .signIn) { try $0.setUp(token, $1) }
    case .signOut: .staff(submit: { site, visit, _ in try site.signOut(visit) })

    // For staff.
    case .dashboard: .staff(show: { try $0.dashboard($1) })
    case .upload:
      .staff(
        body: .uploads, show: { try $0.uploadPage($1) }, submit: { try $0.uploadFiles($2, $1) })
    case .newPublication:
      .staff(
        body: .upload, show: { site, visit in site.newPublicationForm(visit) },
        submit: { try $0.deposit($2, $1) })
    case .uploads: .staffProgram([.get, .head, .post]) { try $0.uploads($1) }
    case .storedUpload(let token):
      .staffProgram([.get, .head, .post, .patch, .delete]) { try $0.storedUpload(token, $1) }
    case .extractionState(let slug): .staff(show: { try $0.extractionState(slug, $1) })
    case .duplicates: .staff(show: { try $0.duplicates($1) })
    case .comparison(let slug, let other):
      .staff(
        show: { try $0.comparison(slug, other, $1) },
        submit: { try $0.decide(slug, other, $2, $1) })
    case .record(let slug):
      .staff(
        body: .upload, show: { try $0.record(slug, $1) }, submit: { try $0.revise(slug, $2, $1) })
    case .publishing(let slug): .staff(.editor, submit: { try $0.publish(slug, $2, $1) })
    case .withdrawal(let slug):
      .staff(
        .editor, show: { try $0.withdrawalForm(slug, $1) },
        submit: { try $0.withdraw(slug, $2, $1) })
    case .presentation(let slug):
      .staff(
        .editor, show: { try $0.presentationForm(slug, $1) },
        submit: { try $0.present(slug, $2, $1) })
    case .preview(let slug):
      .staff(
        body: .upload, show: { try $0.preview(slug, $1) },
        submit: { try $0.preview(slug, $2, $1) })
    case .previewCard(let slug): .staff(show: { try $0.previewCard(slug, $1) })
    case .autosave(let slug):
      .staff(body: .file, submit: { try $0.autosave(slug, $2, $1) })
    case .renaming(let slug):
      .staff(show: { try $0.renamingForm(slug, $1) }, submit: { try $0.rename(slug, $2, $1) })
    case .files(let slug):
      .staff(
        body: .upload, show: { try $0.filePage(slug, $1) },
        submit: { try $0.replaceFile(slug, $2, $1) })
    case .staffFile(let slug, let sha256):
      .staff(security: .document, show: { try $0.staffFile(slug, sha256, $1) })
    case .undoing(let slug):
      .staff(.editor, submit: { site, visit, _ in try site.undoPublishing(slug, visit) })
    case .schedule:
      .staff(
        .editor, show: { try $0.schedule($1) }, submit: { try $0.changeSchedule($2, $1) })
    case .featured:
      .staff(
        .editor, show: { try $0.featured($1) }, submit: { try $0.arrangeFeatured($2, $1) })
    case .correctionNotice(let slug):
      .staff(.editor, submit: { try $0.tellSubscribers(slug, $2, $1) })
    case .deletion(let slug):
      .staff(
        show: { try $0.deletionForm(slug, $1) },
        submit: { site, visit, _ in try site.deleteDraft(slug, visit) })
    case .extractAgain(let slug):
      .staff(submit: { site, visit, _ in try site.extractAgain(slug, visit) })
    case .staffDocument(let slug):
      .staff(security: .document, show: { try $0.staffDocument(slug, $1) })
    case .staffDrawing(let slug, let number):
      .staff(security: .drawing, show: { try $0.staffDrawing(slug, number, $1) })
    case .publicationList: .staff(show: { try $0.publicationList($1) })
    case .bulkEdits:
      .staff(
        .editor, show: { try $0.bulkEdits($1) }, submit: { try $0.previewBulkEdit($2, $1) })
    case .catalogueImports:
      .staff(
        .editor, body: .uploads, show: { try $0.catalogueImports($1) },
        submit: { try $0.uploadCatalogue($2, $1) })
    case .catalogueImport(let id):
      .staff(
        .editor, show: { try $0.catalogueImport(id, $1) },
        submit: { try $0.stepCatalogueImport(id, $2, $1) })
    case .catalogueImportErrors(let id):
      .staff(.editor, show: { site, _ in try site.catalogueImportErrors(id) })
    case .bulkSelection: .staff(.editor, show: { try $0.bulkSelection($1) })
    case .bulkEdit(let id):
      .staff(
        .editor, show: { try $0.bulkEdit(id, $1) }, submit: { try $0.stepBulkEdit(id, $2, $1) })
    case .statistics: .staff(show: { try $0.statistics($1) })
    case .statisticsFile: .staff(show: { try $0.statisticsFile($1) })
    case .counterFile(let report, let format):
      .staff(show: { try $0.counterFile(report, format, $1) })
    case .handbook: .staff(show: { site, visit in site.handbook(visit) })
    case .handbookPage(let name): .staff(show: { try $0.handbookPage(name, $1) })
    case .fileReports: .staff(.editor, show: { try $0.fileReports($1) })
    case .fileReportsFile: .staff(.editor, show: { try $0.fileReportsFile($1) })
    case .searches: .staff(show: { try $0.searches($1) })
    case .redirects:
      .staff(
        .editor, show: { try $0.redirects($1) }, submit: { try $0.changeRedirects($2, $1) })
    case .synonyms:
      .staff(.editor, show: { try $0.synonyms($1) }, submit: { try $0.changeSynonyms($2, $1) })
    case .auditLog: .staff(show: { try $0.auditLog($1) })
    case .auditFile: .staff(show: { try $0.auditFile($1) })
    case .accounts:
      .staff(
        .administrator, show: { try $0.accounts($1) }, submit: { try $0.changeAccounts($2, $1) })
    case .account(let id):
      .staff(
        .administrator, show: { try $0.account(id, $1) },
        submit: { try $0.changeAccount(id, $2, $1) })
    case .ownAccount:
      .staff(show: { try $0.ownAccount($1) }, submit: { try $0.changeOwnAccount($2, $1) })
    case .secondFactor:
      .staff(show: { try $0.secondFactor($1) }, submit: { try $0.changeSecondFactor($2, $1) })
    case .extraction: .staff(show: { try $0.extractionStatus($1) })
    case .list(let list):
      .staff(.editor, show: { try $0.list(list, $1) }, submit: { try $0.changeList(list, $2, $1) })
    case .listEntry(let list, let slug):
      .staff(
        .editor, show: { try $0.listEntry(list, slug, $1) },
        submit: { try $0.changeEntry(list, slug, $2, $1) })
    case .entryMerge(let list, let slug):
      .staff(
        .editor, show: { try $0.entryMerge(list, slug, $1) },
        submit: { try $0.mergeEntry(list, slug, $2, $1) })
    case .types: .staff(.editor, show: { try $0.types($1) }, submit: { try $0.changeTypes($2, $1) })
    case .staffSuggestions: .staff(show: { try $0.staffSuggestions($1) })
    case .mailing:
      .staff(
        .administrator, show: { try $0.mailing($1) }, submit: { try $0.changeMailing($2, $1) })
    case .mailingPreview:
      .staff(.administrator, security: .message, show: { try $0.mailingPreview($1) })
    case .subscribers:
      .staff(
        .administrator, show: { try $0.subscribers($1) },
        submit: { try $0.changeSubscriber($2, $1) })
    case .subscriberImport:
      .staff(
        .administrator, body: .file, show: { site, visit in site.subscriberImportForm(visit) },
        submit: { try $0.importSubscribers($2, $1) })
    case .siteSettings:
      .staff(
        .administrator, body: .file, show: { site, visit in site.siteSettings(visit) },
        submit: { try $0.changeSiteSettings($2, $1) })
    case .subscribersFile: .staff(.administrator, show: { try $0.subscribersFile($1) })
    }
  }
}

/// The resource that a request asks for.
///
/// It is found once, when the head of the request has been read, and travels with the request.
package struct ResolvedRoute: Sendable {
  /// Nil when there is no such resource.
  package let match: (resource: Resource, route: Route)?

  package init(path: String) {
    match = Resource(path: path).map { ($0, $0.route) }
  }
}

extension Request {
  /// What the request asks for; found now if no server has done so.
  var resolved: ResolvedRoute { route as? ResolvedRoute ?? ResolvedRoute(path: path) }
}
