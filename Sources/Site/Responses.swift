import Archive
import Compression
import HTTP
import Markup

extension Site {
  /// A response with text.
  ///
  /// - Parameters:
  ///   - octets: UTF-8.
  ///   - type: The media type with its charset.
  ///   - modified: When the content last changed; nil when it has no single time.
  ///   - isReusable: Whether the server may cache it for the same target.
  ///   - tags: The changes that invalidate it.
  /// - Returns: The response, plain and gzipped.
  func text(
    _ octets: [UInt8], _ type: String, modified: Instant? = nil, isReusable: Bool = false,
    of tags: [CacheTag] = [.all]
  ) -> Response {
    var response = Response(
      .ok,
      fields: ["Content-Type": type],
      // Level 3 takes 118 µs for an article page of 18 KB and level 4 takes 149 µs for 6 % less.
      content: .coded(identity: octets, gzip: { gzip(octets, level: isReusable ? 3 : 1) }),
      entityTag: ContentHash.tag(octets),
      lastModified: modified?.secondsSince1970, isReusable: isReusable)
    response.depend(on: tags)
    return response
  }

  /// A public page with its canonical address.
  ///
  /// The server caches it only under that address: a query with unknown fields gets the same page,
  /// uncached. Its language is the one that the address names, or the one that the browser prefers.
  func page(
    _ html: HTML, at address: String, _ request: Request, modified: Instant? = nil,
    isReusable: Bool = true, of tags: [CacheTag] = [.all]
  ) -> Response {
    page(
      html.bytes, at: address, request, modified: modified,
      isReusable: isReusable, of: tags)
  }

  /// The same from UTF-8.
  func page(
    _ octets: [UInt8], at address: String, _ request: Request, modified: Instant? = nil,
    isReusable: Bool = true, of tags: [CacheTag] = [.all]
  ) -> Response {
    let chosen = chosenLanguage(of: request)
    let address = chosen.map { Pages.address(address, in: $0.tag) } ?? address
    var response = text(
      octets, Site.html, modified: modified,
      isReusable: isReusable && request.target == address, of: tags)
    response.variesByLanguage = chosen == nil
    return response
  }

  /// A page for one person, which is not cached.
  func privatePage(_ status: Status, _ html: HTML) -> Response {
    Response(
      status,
      fields: ["Content-Type": Site.html, "Cache-Control": cacheControl(.never)],
      content: .bytes(html.bytes))
  }

  func errorPage(_ status: Status, _ request: Request, caching: CachePolicy = .never) -> Response {
    // Errors of the API are JSON.
    if request.path.hasPrefix("/api/") { return problem(status, caching: caching) }
    var response = Response(
      status,
      fields: ["Content-Type": Site.html, "Cache-Control": cacheControl(caching)],
      content: .bytes(pages(for: request).error(status, id: request.id).bytes))
    response.variesByLanguage = chosenLanguage(of: request) == nil
    return response
  }

  func notFound(_ request: Request) -> Response {
    errorPage(.notFound, request, caching: .notFound)
  }

  /// 301 to a path of this site.
  func moved(to address: String) -> Response {
    Response(
      .movedPermanently,
      fields: ["Location": address, "Cache-Control": cacheControl(.page)])
  }

  /// The value of `Cache-Control` by a policy.
  func cacheControl(_ policy: CachePolicy) -> String {
    policy.field(isPurged: purges.hasCaches)
  }

  static let html = "text/html; charset=utf-8"
}

extension Response {
  /// Sets the changes of the archive that invalidate the response, in the server's cache and in
  /// those before it; none for what changes with the settings of the site only.
  mutating func depend(on tags: [CacheTag]) {
    cacheTags = tags.map(\.number)
    fields.set("Surrogate-Key", to: (tags + [.site]).map(\.surrogateKey).joined(separator: " "))
  }

  /// Tells caches before the server what the response depends on, if they may keep it: anything,
  /// unless the handler has said it.
  mutating func completeSurrogateKey() {
    guard let policy = fields["cache-control"], policy != CachePolicy.never.field(isPurged: true)
    else { return fields.remove("surrogate-key") }
    if !fields.has("surrogate-key") { depend(on: [.all]) }
  }
}

extension Response {
  /// Lets scripts of other sites read it; for what is public and the same for everyone.
  mutating func share() {
    fields.set("Access-Control-Allow-Origin", to: "*")
    fields.set("Cross-Origin-Resource-Policy", to: "cross-origin")
  }
}

extension Request {
  /// Path and query as they were sent.
  var target: String { query.map { "\(path)?\($0)" } ?? path }
}
