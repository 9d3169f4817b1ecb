import Archive
import Compression
import HTTP
import Markup

/// How long others may keep an answer.
enum Caching {
  /// Pages and lists that change when the archive does.
  case page
  case document
  case search
  case notFound
  /// What is for one person, or only once.
  case never

  var field: CacheControl {
    switch self {
    case .page:
      CacheControl(
        .shared, maxAge: 60, sharedMaxAge: 60, staleWhileRevalidate: 600, staleIfError: 86_400)
    case .document: CacheControl(.shared, maxAge: 3600)
    case .search: CacheControl(.shared, maxAge: 30)
    case .notFound: CacheControl(.shared, maxAge: 10)
    case .never: CacheControl(.never)
    }
  }
}

extension Site {
  /// An answer with text.
  ///
  /// - Parameters:
  ///   - octets: UTF-8.
  ///   - type: The media type with its charset.
  ///   - caching: How long it may be kept.
  ///   - modified: When what it shows changed last, as far as that is one thing.
  ///   - isReusable: Whether it answers every request for the same target.
  ///   - subjects: What it is made of; it is made anew when one of them changes.
  /// - Returns: The answer, in two codings.
  func text(
    _ octets: [UInt8], _ type: String, _ caching: Caching, modified: Instant? = nil,
    isReusable: Bool = false, of subjects: [Subject] = [.all]
  ) -> Response {
    var response = Response(
      .ok,
      fields: ["Content-Type": type, "Cache-Control": caching.field.description],
      // What is kept is compressed once and well; what is not, quickly.
      content: .coded(identity: octets, gzip: { gzip(octets, level: isReusable ? 9 : 1) }),
      entityTag: caching.field.storing == .never ? nil : ContentHash.tag(octets),
      lastModified: modified?.secondsSince1970, isReusable: isReusable)
    response.isMade(of: subjects)
    return response
  }

  /// A public page under the address that is given for it.
  ///
  /// It is kept by the server only when the request was for just that address: a query with
  /// something unknown in it gets the same page, but no place. It is in the language that the address
  /// names, or in the one that the browser asks for.
  func page(
    _ html: HTML, at address: String, _ request: Request, modified: Instant? = nil,
    caching: Caching = .page, isReusable: Bool = true, of subjects: [Subject] = [.all]
  ) -> Response {
    let chosen = chosenLanguage(of: request)
    let address = chosen.map { Pages.address(address, in: $0.tag) } ?? address
    var response = text(
      html.octets, Site.html, caching, modified: modified,
      isReusable: isReusable && request.target == address, of: subjects)
    response.variesByLanguage = chosen == nil
    return response
  }

  /// A page that is for one reader at one time.
  func privatePage(_ status: Status, _ html: HTML) -> Response {
    Response(
      status,
      fields: ["Content-Type": Site.html, "Cache-Control": Caching.never.field.description],
      content: .octets(html.octets))
  }

  func errorPage(_ status: Status, _ request: Request, caching: Caching = .never) -> Response {
    // Who asks for JSON is told in JSON.
    if request.path.hasPrefix("/api/") { return problem(status, caching: caching) }
    var response = Response(
      status,
      fields: ["Content-Type": Site.html, "Cache-Control": caching.field.description],
      content: .octets(pages(for: request).error(status, id: request.id).octets))
    response.variesByLanguage = chosenLanguage(of: request) == nil
    return response
  }

  func notFound(_ request: Request) -> Response {
    errorPage(.notFound, request, caching: .notFound)
  }

  /// 301 to an address of this site.
  func moved(to address: String) -> Response {
    Response(
      .movedPermanently,
      fields: ["Location": address, "Cache-Control": Caching.page.field.description])
  }

  /// 303: what was posted has been done, and this page shows it.
  func seeOther(_ resource: Resource, notice: Notice? = nil) -> Response {
    Response(
      .seeOther,
      fields: [
        "Location": resource.path + (notice.map { "?notice=\($0.rawValue)" } ?? ""),
        "Cache-Control": Caching.never.field.description,
      ])
  }

  static let html = "text/html; charset=utf-8"

  /// Puts on every answer what keeps a browser from being used against the reader.
  ///
  /// `Strict-Transport-Security` is the server's, which knows how a request came.
  func protect(_ response: inout Response, as resource: Resource?) {
    let isDocument =
      switch resource {
      case .document, .deskDocument: true
      default: false
      }
    // A PDF has nothing to load; a page only what is ours.
    response.fields.set(
      "Content-Security-Policy",
      to: isDocument
        ? "default-src 'none'; frame-ancestors 'self'"
        : """
        default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
        object-src 'self'; frame-src 'self'; connect-src 'self'; form-action 'self'; \
        base-uri 'none'; frame-ancestors 'self'
        """)
    response.fields.set("X-Content-Type-Options", to: "nosniff")
    // Tokens stand in some addresses, which other sites must not learn.
    response.fields.set(
      "Referrer-Policy",
      to: resource?.isPrivate == true ? "same-origin" : "strict-origin-when-cross-origin")
    response.fields.set("Permissions-Policy", to: "camera=(), geolocation=(), microphone=()")
    response.fields.set("Cross-Origin-Opener-Policy", to: "same-origin")
    if !response.fields.has("Cross-Origin-Resource-Policy") {
      response.fields.set("Cross-Origin-Resource-Policy", to: "same-origin")
    }
    if let usage = settings.aiPolicy.contentUsage {
      response.fields.set("Content-Usage", to: usage)
    }
  }
}

extension Response {
  /// Says what of the archive the answer is made of; nothing means that it never changes.
  mutating func isMade(of subjects: [Subject]) {
    dependencies = subjects.map { Dependency(number: Archive.place(of: $0)) }
  }
}

extension Resource {
  /// Whether addresses or answers are for one person.
  fileprivate var isPrivate: Bool {
    switch self {
    case .confirmation, .unsubscription: true
    default: isForStaff
    }
  }
}

extension Response {
  /// Lets scripts of other sites read it: it is public and the same for everyone.
  mutating func share() {
    fields.set("Access-Control-Allow-Origin", to: "*")
    fields.set("Cross-Origin-Resource-Policy", to: "cross-origin")
  }
}

extension Request {
  /// Path and query as they were sent.
  var target: String { query.map { "\(path)?\($0)" } ?? path }
}
