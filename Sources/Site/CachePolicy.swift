import HTTP

/// How long browsers and caches before the server may keep a response.
enum CachePolicy: Sendable {
  /// Pages and lists that change when the archive does.
  case page
  /// The current PDF of a publication: revalidated each time, so that a replaced one is seen at
  /// once. Its entity tag is its hash, so the response is nearly always 304.
  case document
  /// One particular file of a publication: it never changes, but it can be withdrawn.
  case file
  case search
  case notFound
  /// A file whose name changes with its content.
  case immutable
  /// For one person, or valid only once.
  case never

  /// The value of `Cache-Control`.
  ///
  /// Caches that are purged keep pages for a day; others ask again after a minute.
  ///
  /// - Parameter isPurged: Whether caches are told of changes.
  /// - Returns: The value.
  func field(isPurged: Bool) -> String {
    let fields = isPurged ? CachePolicy.purged : CachePolicy.unpurged
    return switch self {
    case .page: fields.page
    case .document: CachePolicy.documentField
    case .file: fields.file
    case .search: CachePolicy.searchField
    case .notFound: CachePolicy.notFoundField
    case .immutable: CachePolicy.immutableField
    case .never: CachePolicy.neverField
    }
  }

  private static let minute = 60
  private static let day = 86_400
  private static let year = 31_536_000

  private static let purged = fields(sharedPage: day, sharedFile: nil)
  private static let unpurged = fields(sharedPage: minute, sharedFile: minute)

  private static func fields(sharedPage: Int, sharedFile: Int?) -> (page: String, file: String) {
    (
      CacheControl(
        .shared, maxAge: minute, sharedMaxAge: sharedPage, staleWhileRevalidate: 600,
        staleIfError: day
      ).description,
      CacheControl(.shared, maxAge: year, sharedMaxAge: sharedFile, isImmutable: true).description
    )
  }

  private static let documentField = CacheControl(.revalidated).description
  private static let searchField = CacheControl(.shared, maxAge: 30).description
  private static let notFoundField = CacheControl(.shared, maxAge: 10).description
  private static let immutableField =
    CacheControl(.shared, maxAge: year, isImmutable: true).description
  private static let neverField = CacheControl(.never).description
}
