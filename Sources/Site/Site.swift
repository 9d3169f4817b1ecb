package import Archive
package import HTTP
package import HTTPServer
internal import Synchronization

/// The site behind the server: answers every request from the archive.
package final class Site: Service {
  let archive: Archive
  let settings: SiteSettings
  let assets: Assets
  /// In the default language, and in each in the order of the assets.
  let pages: Pages
  let pagesByLanguage: [Pages]
  /// The same by tag, for readers who have chosen the language.
  let pagesByChoice: [String: Pages]
  let correspondence: Correspondence
  let clock: @Sendable () -> Moment
  let statistics: @Sendable () -> ServerStatistics?
  let defect: @Sendable (IncomingFile) -> String?
  let report: @Sendable (SiteEvent) -> Void
  let tallies = Tallies()
  let keptUploads: KeptUploads
  let healthReport = Mutex<(uptime: Int64, response: Response)?>(nil)
  let protection: Protection
  let started: Moment
  /// The uptime at which an undeclared proxy was reported last.
  let undeclaredProxyReported = Mutex<Int64?>(nil)

  /// - Parameters:
  ///   - archive: Open for writing, or for reading only, when what writes is refused.
  ///   - settings: What the operator says.
  ///   - assets: The files of the Public folder.
  ///   - correspondence: What messages to subscribers say of the site, and where they go.
  ///   - clock: What time it is; replaced by tests.
  ///   - statistics: What the server in front has done, for `/metrics`.
  ///   - defect: Why readers would see nothing of a PDF that is to be published at once; may take
  ///     some seconds. nil when they would, or when that is not known.
  ///   - report: Takes what belongs in the log; must not block.
  package init(
    archive: Archive, settings: SiteSettings, assets: Assets, correspondence: Correspondence,
    clock: @escaping @Sendable () -> Moment = { .now },
    statistics: @escaping @Sendable () -> ServerStatistics? = { nil },
    defect: @escaping @Sendable (IncomingFile) -> String? = { _ in nil },
    report: @escaping @Sendable (SiteEvent) -> Void = { _ in }
  ) {
    self.archive = archive
    self.settings = settings
    self.assets = assets
    pages = Pages(settings: settings, assets: assets)
    pagesByLanguage = assets.languages.map {
      Pages(settings: settings, assets: assets, words: $0)
    }
    pagesByChoice = Dictionary(
      assets.languages.map {
        ($0.tag, Pages(settings: settings, assets: assets, words: $0, carriesLanguage: true))
      }, uniquingKeysWith: { first, _ in first })
    protection = Protection(settings)
    keptUploads = KeptUploads(mostOctets: 4 * settings.maxUploadOctets)
    self.correspondence = correspondence
    self.clock = clock
    self.statistics = statistics
    self.defect = defect
    self.report = report
    started = clock()
  }

  /// With whatever prefix: that depends on how the request came.
  package var personalCookies: [String] { [StaffCookie.session.rawValue] }

  package var languages: [String] { assets.languages.map(\.tag) }

  package func lastChange(of tag: Int, at now: Int64) -> UInt64 {
    archive.lastChange(of: tag, at: Instant(secondsSince1970: now))
  }

  var now: Instant { clock().wall }

  package func response(to request: Request, worker: Int = 0) -> Response {
    let resource = Resource(path: request.path)
    var response = answer(to: request, at: resource)
    protect(&response, as: resource)
    return response
  }

  private func answer(to request: Request, at resource: Resource?) -> Response {
    guard let resource else {
      // `OPTIONS *` asks what the server can do at all (RFC 9110 §9.3.7).
      return request.path == "*"
        ? Response(.noContent, fields: ["Allow": "GET, HEAD, POST, OPTIONS"])
        : elsewhere(request)
    }
    if request.method == .options {
      return Response(.noContent, fields: ["Allow": resource.allowed])
    }
    guard resource.methods.contains(request.method) else {
      var response = errorPage(.methodNotAllowed, request)
      response.fields.set("Allow", to: resource.allowed)
      return response
    }
    do {
      return try answer(to: request, of: resource)
    } catch let error as SubmissionError {
      if resource.takesUploads { tallies.countUpload(.failed) }
      var response = errorPage(error.status, request)
      // What would be read (RFC 9110 §12.5.3).
      if error == .unsupported { response.fields.set("Accept-Encoding", to: "identity") }
      return response
    } catch let defect as FileDefect {
      return damagedDocument(defect, request)
    } catch {
      // The server is stopping; its successor, if it has one, answers.
      if archive.isClosed { return errorPage(.serviceUnavailable, request) }
      report(.failed(request: request.id, path: request.path, reason: "\(error)"))
      return errorPage(.internalServerError, request)
    }
  }

  private func answer(to request: Request, of resource: Resource) throws -> Response {
    switch resource {
    case .home: try home(request)
    case .publications: try publications(request)
    case .browse: try browse(request)
    case .publication(let slug): try article(slug, request)
    case .authors: try authors(request)
    case .reading(let slug): try reading(slug, request)
    case .cover(let slug): try cover(slug, request)
    case .shareCard(let slug): try shareCard(slug, request)
    case .document(let slug): try document(slug, request)
    case .citation(let slug, let format): try citation(slug, format, request)
    case .search: try search(request)
    case .openings: try openings(request)
    case .searchAPI: try searchAPI(request)
    case .suggestions: try suggest(request)
    case .feed: try feed(request)
    case .sitemap: try sitemap(request)
    case .sitemapPart(let number): try sitemapPart(number, request)
    case .robots: robots(request)
    case .openSearch: try openSearch(request)
    case .publicationsAPI: try publicationsAPI(request)
    case .publicationAPI(let slug): try publicationAPI(slug, request)
    case .openAPI: openAPI(request)
    case .harvesting: try harvesting(request)
    case .asset(let name): assets.response(for: name) ?? notFound(request)
    case .subscribe: try subscribe(request)
    case .confirmation(let token): try confirm(token, request)
    case .unsubscription(let token): try unsubscribe(token, request)
    case .liveness: liveness()
    case .health: health()
    case .metrics: metrics(request)
    case .signIn: try signIn(request)
    case .setUp(let token): try setUp(token, request)
    case .signOut, .desk, .deposit, .record, .publishing, .withdrawal, .deletion, .presentation,
      .deskDocument, .statistics, .statisticsFile, .searches, .auditLog, .subscribers,
      .subscribersFile,
      .readings, .rereading:
      try staff(request, resource)
    }
  }

  /// Answers where nothing stands: with a redirect when only the spelling of the address is off.
  private func elsewhere(_ request: Request) -> Response {
    guard request.method.isSafe, let resource = Resource(misspelled: request.path) else {
      return notFound(request)
    }
    return moved(to: resource.path + (request.query.map { "?" + $0 } ?? ""))
  }
}

/// Something the log should tell.
package enum SiteEvent: Sendable, Equatable {
  /// A request could not be answered because something of ours failed.
  case failed(request: String, path: String, reason: String)
  /// Somebody gave a wrong name or password; `user` is what was typed.
  case signInFailed(client: String, user: String)
  /// A sign-up came through a proxy that is not trusted, so all its clients count as one.
  case undeclaredProxy(client: String)
  /// A sign-up was refused because too many came in the last hour.
  case subscriptionsRefused(client: String)
  /// Staff did something: a past participle, and the slug or name it was done to.
  case done(by: String, action: String, subject: String)
}
