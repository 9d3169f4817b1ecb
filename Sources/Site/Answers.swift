import Archive
import Compression
import HTTP
import Markup

/// How long others may keep an answer.
enum Caching {
  /// Pages and lists that change when the archive does.
  case page
  /// A PDF: caches ask each time, so that a replaced one is seen at once; its entity tag is its
  /// hash, so that the answer is nearly always 304.
  case document
  case search
  case notFound
  /// What is for one person, or only once.
  case never

  /// The value of `Cache-Control`.
  var field: String {
    switch self {
    case .page: Caching.pageField
    case .document: Caching.documentField
    case .search: Caching.searchField
    case .notFound: Caching.notFoundField
    case .never: Caching.neverField
    }
  }

  private static let pageField = CacheControl(
    .shared, maxAge: 60, sharedMaxAge: 60, staleWhileRevalidate: 600, staleIfError: 86_400
  ).description
  private static let documentField = CacheControl(.revalidated).description
  private static let searchField = CacheControl(.shared, maxAge: 30).description
  private static let notFoundField = CacheControl(.shared, maxAge: 10).description
  private static let neverField = CacheControl(.never).description
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
  ///   - tags: What it depends on.
  /// - Returns: The answer, in two codings.
  func text(
    _ octets: [UInt8], _ type: String, _ caching: Caching, modified: Instant? = nil,
    isReusable: Bool = false, of tags: [CacheTag] = [.all]
  ) -> Response {
    var response = Response(
      .ok,
      fields: ["Content-Type": type, "Cache-Control": caching.field],
      // What is kept is compressed once and well; what is not, quickly.
      content: .coded(identity: octets, gzip: { gzip(octets, level: isReusable ? 4 : 1) }),
      entityTag: caching == .never ? nil : ContentHash.tag(octets),
      lastModified: modified?.secondsSince1970, isReusable: isReusable)
    response.depend(on: tags)
    return response
  }

  /// A public page under the address that is given for it.
  ///
  /// It is kept by the server only when the request was for just that address: a query with
  /// something unknown in it gets the same page, but no place. It is in the language that the address
  /// names, or in the one that the browser asks for.
  func page(
    _ html: HTML, at address: String, _ request: Request, modified: Instant? = nil,
    caching: Caching = .page, isReusable: Bool = true, of tags: [CacheTag] = [.all]
  ) -> Response {
    page(
      html.octets, at: address, request, modified: modified, caching: caching,
      isReusable: isReusable, of: tags)
  }

  /// The same as octets.
  func page(
    _ octets: [UInt8], at address: String, _ request: Request, modified: Instant? = nil,
    caching: Caching = .page, isReusable: Bool = true, of tags: [CacheTag] = [.all]
  ) -> Response {
    let chosen = chosenLanguage(of: request)
    let address = chosen.map { Pages.address(address, in: $0.tag) } ?? address
    var response = text(
      octets, Site.html, caching, modified: modified,
      isReusable: isReusable && request.target == address, of: tags)
    response.variesByLanguage = chosen == nil
    return response
  }

  /// A page that is for one reader at one time.
  func privatePage(_ status: Status, _ html: HTML) -> Response {
    Response(
      status,
      fields: ["Content-Type": Site.html, "Cache-Control": Caching.never.field],
      content: .octets(html.octets))
  }

  func errorPage(_ status: Status, _ request: Request, caching: Caching = .never) -> Response {
    // Who asks for JSON is told in JSON.
    if request.path.hasPrefix("/api/") { return problem(status, caching: caching) }
    var response = Response(
      status,
      fields: ["Content-Type": Site.html, "Cache-Control": caching.field],
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
      fields: ["Location": address, "Cache-Control": Caching.page.field])
  }

  static let html = "text/html; charset=utf-8"

  /// Puts on every answer what keeps a browser from being used against the reader.
  func protect(_ response: inout Response, as resource: Resource?) {
    let isShared = response.fields.has("cross-origin-resource-policy")
    response.fields.append(
      resource.map(protection.fields) ?? protection.ofPages)
    if !isShared { response.fields.append("cross-origin-resource-policy", "same-origin") }
  }
}

/// The fields of every answer that keep a browser from being used against the reader.
///
/// `Strict-Transport-Security` is the server's, which knows how a request came.
struct Protection: Sendable {
  let ofPages: Fields
  private let ofPrivatePages: Fields
  private let ofDocuments: Fields

  init(_ settings: SiteSettings) {
    func fields(policy: String, referrer: String) -> Fields {
      var fields: Fields = [
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": referrer,
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        "cross-origin-opener-policy": "same-origin",
      ]
      if let usage = settings.aiPolicy.contentUsage { fields.append("content-usage", usage) }
      return fields
    }
    // A page loads only what is ours; a PDF has nothing to load.
    let policy = """
      default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
      object-src 'self'; frame-src 'self'; connect-src 'self'; form-action 'self'; \
      base-uri 'none'; frame-ancestors 'self'
      """
    let referrer = "strict-origin-when-cross-origin"
    ofPages = fields(policy: policy, referrer: referrer)
    // Tokens stand in some addresses, which other sites must not learn.
    ofPrivatePages = fields(policy: policy, referrer: "same-origin")
    ofDocuments = fields(policy: "default-src 'none'; frame-ancestors 'self'", referrer: referrer)
  }

  func fields(of resource: Resource) -> Fields {
    switch resource {
    case .document, .deskDocument: ofDocuments
    default: resource.isPrivate ? ofPrivatePages : ofPages
    }
  }
}

extension Response {
  /// Says what of the archive the response depends on; nothing means that it never changes.
  mutating func depend(on tags: [CacheTag]) { cacheTags = tags.map(\.number) }
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
