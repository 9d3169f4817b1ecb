package import HTTP

/// The program that answers a server's requests.
package protocol Service: AnyObject, Sendable {
  /// The number of the last change of what a tag names; it only grows. Cached responses from
  /// before it are no longer used.
  ///
  /// Called on the event loops for each cached response, so it must be a few atomic loads. The
  /// number of `Response.anyChange` is set after those of the tags that have changed.
  ///
  /// - Parameters:
  ///   - tag: A tag of a response, or `Response.anyChange`.
  ///   - now: Seconds since 1970, for changes that are scheduled.
  /// - Returns: The number.
  func lastChange(of tag: Int, at now: Int64) -> UInt64

  /// The languages of responses (RFC 5646), the default first. `Request.language` is
  /// the index of the one that a client prefers.
  var languages: [String] { get }

  /// The names of cookies, perhaps after a prefix, that make a response personal, so that it is
  /// not cached or shared. Read once.
  var personalCookies: [String] { get }

  /// Resolves the route of a request, which becomes `Request.route` and `AccessRecord.route`.
  /// Called once for each request that the cache does not answer, on a loop: must not block.
  func route(of request: Request) -> (any Sendable)?

  /// Which rate limit applies to a request; nil for what is never refused, such as health. Called
  /// on a loop: must not block.
  func rate(of request: Request) -> RateClass?

  /// Whether the response may take seconds, because it waits for another server. Called on a loop:
  /// must not block.
  func isLong(_ request: Request) -> Bool

  /// What a request costs. Called on a loop: must not block.
  func cost(of request: Request) -> Cost

  /// Whether a request with a personal cookie is by a member of staff. Called on a loop: must not
  /// block.
  func isStaff(_ request: Request) -> Bool

  /// What to do with the body of a request that has one. Called on a loop: must not block.
  func bodyPolicy(for request: Request) -> BodyPolicy

  /// Answers a request that was received whole. Called on a worker: may block.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - worker: 0 ..< the number of workers; calls with the same number never overlap.
  /// - Returns: The response.
  func response(to request: Request, worker: Int) -> Response

  /// The response to a request that the server refuses itself; nil stands for one whose head could
  /// not be read. Called on a loop: must not block.
  func refusal(_ status: Status, of request: Request?) -> Response
}

extension Service {
  package var languages: [String] { [] }

  package var personalCookies: [String] { [] }

  package func route(of request: Request) -> (any Sendable)? { nil }

  package func rate(of request: Request) -> RateClass? { nil }

  package func isLong(_ request: Request) -> Bool { false }

  package func cost(of request: Request) -> Cost { .page }

  package func isStaff(_ request: Request) -> Bool { false }

  package func refusal(_ status: Status, of request: Request?) -> Response {
    Response(
      status,
      fields: ["content-type": "text/plain; charset=utf-8", "cache-control": "no-store"],
      content: .bytes(Array("\(status)\n".utf8)))
  }
}

/// What is done with the body of a request.
package enum BodyPolicy: Sendable {
  /// Answer without reading the body, and close the connection.
  case refuse(Response)
  /// The resource takes no body: a small one is dropped, a larger one refused with 413.
  case none
  /// Into memory; more than `limit` bytes are refused with 413.
  case memory(limit: Int)
  /// Into a new file in `folder`; more than `limit` bytes are refused with 413.
  case file(folder: String, limit: Int)

  /// The most bytes of a body sent to a resource that takes none.
  static let unwantedLimit = 64 * 1024

  /// How many bytes are dropped after a refusal, so that clients that send their whole body first
  /// see the response.
  var drainLimit: Int {
    switch self {
    case .none: Self.unwantedLimit
    case .memory: ConnectionState.headDrainLimit
    case .refuse, .file: 64 << 20
    }
  }
}
