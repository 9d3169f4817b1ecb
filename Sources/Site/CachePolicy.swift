import HTTP

/// How long browsers and proxies may keep a response.
enum CachePolicy: Sendable {
  /// Pages and lists that change when the archive does.
  case page
  /// A PDF: revalidated each time, so that a replaced one is seen at once. Its entity tag is its hash,
  /// so the response is nearly always 304.
  case document
  case search
  case notFound
  /// A file whose name changes with its content.
  case immutable
  /// For one person, or valid only once.
  case never

  /// The value of `Cache-Control`.
  var field: String {
    switch self {
    case .page: CachePolicy.pageField
    case .document: CachePolicy.documentField
    case .search: CachePolicy.searchField
    case .notFound: CachePolicy.notFoundField
    case .immutable: "public, max-age=31536000, immutable"
    case .never: CachePolicy.neverField
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
