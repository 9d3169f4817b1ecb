package import Archive
package import HTTP
package import HTTPServer
internal import Synchronization

/// The service behind the server: answers every request from the archive.
package final class Site: Service {
  package let archive: Archive
  let appearance: Appearance
  let composer: MailComposer
  let mailer: Mailer
  let clock: @Sendable () -> Moment
  let statistics: @Sendable () -> ServerStatistics?
  let defect: @Sendable (IncomingFile) -> String?
  let readText: @Sendable (IncomingFile) -> [String]?
  let report: @Sendable (SiteEvent) -> Void
  let purges: CachePurges
  /// Whether the text of a reader's copy is being extracted.
  let isReadingCopy = Mutex(false)
  /// The paths whose drawings are stored, as far as is known.
  let drawnPaths: Mutex<DrawnPaths>
  let counters: Counters
  let replication: Replication
  package let catalogueUploads: CatalogueUploads
  let healthReport = Mutex<(uptime: Int64, health: ArchiveHealth)?>(nil)
  let securityHeaders: SecurityHeaders
  let started: Moment
  /// The uptime when an undeclared proxy was last reported.
  let undeclaredProxyReported = Mutex<Int64?>(nil)

  /// - Parameters:
  ///   - archive: Open for writing, or for reading only; then requests that write fail.
  ///   - appearance: The settings of the site, and its pages.
  ///   - composer: Writes messages to subscribers.
  ///   - outbox: Takes them.
  ///   - clock: Returns the time; replaced by tests.
  ///   - statistics: The figures of the server, for `/metrics`.
  ///   - defect: Why readers would see nothing of a PDF that is to be published at once; may take
  ///     some seconds. nil when they would, or when that is not known.
  ///   - purges: The caches before the server that are told of changes.
  ///   - replication: The place of this server among others.
  ///   - former: The site that this one replaces in the same process, whose counters it continues.
  ///   - readText: Extracts the text of each page of a file that is not kept; may take some
  ///     seconds. nil when there is none.
  ///   - report: Logs an event; must not block.
  package init(
    archive: Archive, appearance: Appearance, composer: MailComposer,
    outbox: any Outbox,
    clock: @escaping @Sendable () -> Moment = { .now },
    statistics: @escaping @Sendable () -> ServerStatistics? = { nil },
    defect: @escaping @Sendable (IncomingFile) -> String? = { _ in nil },
    purges: CachePurges = CachePurges(caches: []),
    replication: Replication = Replication(), succeeding former: Site? = nil,
    readText: @escaping @Sendable (IncomingFile) -> [String]? = { _ in nil },
    report: @escaping @Sendable (SiteEvent) -> Void = { _ in }
  ) {
    self.archive = archive
    self.appearance = appearance
    let settings = appearance.settings
    securityHeaders = SecurityHeaders(settings, primary: replication.role.primary)
    self.replication = replication
    counters = former?.counters ?? Counters()
    drawnPaths = Mutex(DrawnPaths())
    self.composer = composer
    mailer = composer.mailer(outbox: outbox)
    self.clock = clock
    self.statistics = statistics
    self.defect = defect
    self.purges = purges
    self.readText = readText
    self.report = report
    started = former?.started ?? clock()
    catalogueUploads = CatalogueUploads(archive)
    catalogueUploads.resume()
  }

  /// With any prefix, which depends on whether the request came over TLS.
  package var personalCookies: [String] { [StaffCookie.session.rawValue] }

  var settings: SiteSettings { appearance.state.settings }

  var assets: Assets { appearance.state.assets }

  /// In the default language.
  var pages: Pages { appearance.state.pages }

  package var languages: [String] { appearance.state.languageTags }

  package func lastChange(of tag: Int, at now: Int64) -> UInt64 {
    archive.lastChange(of: tag, at: Instant(secondsSince1970: now))
  }

  var now: Instant { clock().wall }

  package func route(of request: Request) -> (any Sendable)? { ResolvedRoute(path: request.path) }

  package func rate(of request: Request) -> RateClass? {
    guard let (_, route) = request.resolved.match else { return .page }
    return route.rate(of: request.method)
  }

  /// PDFs of a replica may have to be fetched, and changes may wait for the replica store.
  package func isLong(_ request: Request) -> Bool {
    guard let (_, route) = request.resolved.match else { return false }
    if case .replica = replication.role {
      return route.security == .document && route.access == .everyone
    }
    guard replication.confirm != nil, request.method == .post else { return false }
    if case .staff = route.access { return true }
    return false
  }

  package func cost(of request: Request) -> Cost {
    let cost = request.resolved.match?.route.cost(hasQuery: request.query != nil) ?? .page
    return cost == .drawing && isDrawn(request.path) ? .page : cost
  }

  package func isStaff(_ request: Request) -> Bool {
    cookie(.session, of: request).map(archive.staff.mayHaveSession) ?? false
  }

  package func response(to request: Request, worker: Int = 0) -> Response {
    var request = request
    let resolved = request.resolved
    request.route = resolved
    var response = answer(to: request, resolved)
    response.completeSurrogateKey()
    securityHeaders.add(to: &response, resolved.match?.route.security ?? .page)
    return response
  }

  /// Checks what the route demands before its handler runs.
  private func answer(to request: Request, _ resolved: ResolvedRoute) -> Response {
    guard let (resource, route) = resolved.match else {
      // `OPTIONS *` asks what the server can do at all (RFC 9110 §9.3.7).
      return request.path == "*"
        ? Response(.noContent, fields: ["Allow": "GET, HEAD, POST, OPTIONS"])
        : elsewhere(request)
    }
    if request.method == .options {
      return Response(.noContent, fields: ["Allow": route.allowed])
    }
    guard route.methods.contains(request.method) else {
      var response = errorPage(.methodNotAllowed, request)
      response.fields.set("Allow", to: route.allowed)
      return response
    }
    if let redirect = redirectToPrimary(request, route) { return redirect }
    do {
      if isOldAddress(request, resource), let moved = try redirectOfOldAddress(request) {
        return moved
      }
      let generation = archive.generation
      var response =
        switch route.handler {
        case .page(let handler): try handler(self, request)
        case .staffProgram(let role, let handler):
          try staffProgram(request, atLeast: role, handler)
        case .staff(let role, let show, let submit):
          try staff(request, resource, route, atLeast: role, show: show, submit: submit)
        }
      if request.method == .post, case .staff = route.handler {
        confirmReplication(&response, since: generation)
      }
      if response.status == .notFound, route.access == .everyone,
        let moved = try redirectOfOldAddress(request)
      {
        return moved
      }
      if !response.fields.has("cache-control") {
        response.fields.append("Cache-Control", cacheControl(route.caching))
      }
      return response
    } catch let refusal as HandlerRefusal {
      switch refusal {
      case .notFound: return missing(request, route)
      case .forbidden: return errorPage(.forbidden, request)
      }
    } catch let error as SubmissionError {
      if route.body == .upload || route.body == .uploads { counters.countUpload(.failed) }
      var response = errorPage(error.status, request)
      // What would be read (RFC 9110 §12.5.3).
      if error == .unsupported { response.fields.set("Accept-Encoding", to: "identity") }
      return response
    } catch let defect as FileDefect {
      return damagedDocument(defect, request)
    } catch let failure as FileFetcher.Failure {
      return unfetchedDocument(failure, request)
    } catch let error as IndexNotReady {
      return searchNotReady(error, request)
    } catch {
      // The server is stopping; its successor, if it has one, answers.
      if archive.isClosed { return errorPage(.serviceUnavailable, request) }
      report(.failed(request: request.id, path: request.path, reason: "\(error)"))
      return errorPage(.internalServerError, request)
    }
  }

  /// Answers a path without a resource: with a redirect if only its spelling is wrong.
  private func elsewhere(_ request: Request) -> Response {
    guard request.method.isSafe, let resource = Resource(misspelled: request.path) else {
      return missing(request, nil)
    }
    return moved(to: resource.path + (request.query.map { "?" + $0 } ?? ""))
  }
}

extension Site {
  /// Answers a request that finds nothing: with a redirect if its address is that of an earlier site.
  private func missing(_ request: Request, _ route: Route?) -> Response {
    guard route?.access ?? .everyone == .everyone else { return notFound(request) }
    do {
      return try redirectOfOldAddress(request) ?? notFound(request)
    } catch {
      report(.failed(request: request.id, path: request.path, reason: "\(error)"))
      return notFound(request)
    }
  }
}

/// Why a handler does not do what a request asks for.
enum HandlerRefusal: Error {
  case notFound, forbidden
}

/// An event for the log.
package enum SiteEvent: Sendable, Equatable {
  /// A request failed because of an error of the server.
  case failed(request: String, path: String, reason: String)
  /// A sign-in with a wrong name or password; `user` is the name that was typed.
  case signInFailed(client: String, user: String)
  /// A subscription came through a proxy that is not trusted, so all its clients count as one.
  case undeclaredProxy(client: String)
  /// A subscription was refused because of too many in the last hour.
  case subscriptionsRefused(client: String)
  /// An action of staff: a past participle, and the slug or name of the object.
  case done(by: String, action: String, subject: String)
}
