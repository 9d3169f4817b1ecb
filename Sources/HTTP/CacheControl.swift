/// A value of `Cache-Control` in a response (RFC 9111 §5.2.2, RFC 5861, RFC 8246).
package struct CacheControl: Sendable, Equatable, CustomStringConvertible {
  package enum Storing: String, Sendable {
    /// Any cache may store the response.
    case shared = "public"
    /// Any cache may store the response, and revalidates it before each use.
    case revalidated = "public, no-cache"
    /// None.
    case never = "no-store"
  }

  package var storing: Storing
  /// Seconds for which the response is fresh; 0 revalidates each time.
  package var maxAge: Int?
  /// The same for shared caches.
  package var sharedMaxAge: Int?
  /// Seconds after that in which it is used while the cache revalidates.
  package var staleWhileRevalidate: Int?
  /// Seconds after that in which it is used when the server fails.
  package var staleIfError: Int?
  /// The content of this address never changes.
  package var isImmutable: Bool

  package init(
    _ storing: Storing, maxAge: Int? = nil, sharedMaxAge: Int? = nil,
    staleWhileRevalidate: Int? = nil, staleIfError: Int? = nil, isImmutable: Bool = false
  ) {
    self.storing = storing
    self.maxAge = maxAge
    self.sharedMaxAge = sharedMaxAge
    self.staleWhileRevalidate = staleWhileRevalidate
    self.staleIfError = staleIfError
    self.isImmutable = isImmutable
  }

  package var description: String {
    var directives = [storing.rawValue]
    func add(_ name: String, _ seconds: Int?) {
      if let seconds { directives.append("\(name)=\(max(0, seconds))") }
    }
    guard storing != .never else { return storing.rawValue }
    add("max-age", maxAge)
    add("s-maxage", sharedMaxAge)
    add("stale-while-revalidate", staleWhileRevalidate)
    add("stale-if-error", staleIfError)
    if isImmutable { directives.append("immutable") }
    return directives.joined(separator: ", ")
  }
}
