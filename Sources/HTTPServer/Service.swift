package import HTTP

/// What a server needs of the program behind it.
package protocol Service: AnyObject, Sendable {
  /// The number of the last change of something that responses depend on; it only grows.
  ///
  /// Read on the event loops for each cached response, so it must be a few atomic loads and no more.
  /// When the number of a change is that of `Response.anyChange`, it is already that of the tags
  /// that have changed.
  ///
  /// - Parameters:
  ///   - tag: One that the service has put on a response, or `Response.anyChange`.
  ///   - now: Seconds since 1970; what comes due with time has changed then.
  /// - Returns: The number; a response that was begun before it is no longer used.
  func lastChange(of tag: Int, at now: Int64) -> UInt64

  /// The tags of the languages that there are answers in, the default first (RFC 5646); read once.
  /// `Request.language` is the place of the one that a client prefers.
  var languages: [String] { get }

  /// The names of cookies, perhaps behind a prefix, that make a response one for a single person:
  /// a request with one is never answered with what was made for another. Read once.
  var personalCookies: [String] { get }

  /// Finds what a request asks for. Called once for each request that the cache does not answer, when
  /// its head has been read; from then on it is `Request.route`, and `AccessRecord.route` at the end.
  /// Called on a loop: must not block.
  func route(of request: Request) -> (any Sendable)?

  /// Which of its budgets a client draws on with a request; nil for what is never refused, such as
  /// health. Called on a loop: must not block.
  func budget(of request: Request) -> Budget?

  /// Says what to do with the body of a request before any of it is read. Called on a loop: must
  /// not block. Not called for a request without a body.
  func bodyPolicy(for request: Request) -> BodyPolicy

  /// Answers a request whose content has been received. Called on a worker: may block.
  ///
  /// - Parameters:
  ///   - request: A request whose content has been received whole.
  ///   - worker: 0 ..< the number of workers; calls with the same number never overlap.
  /// - Returns: What to send.
  func response(to request: Request, worker: Int) -> Response

  /// Words the answer to what the server refuses by itself: a malformed head, content over its
  /// limit, a client that is too slow, a full line for the workers. Called on a loop: must not
  /// block.
  ///
  /// - Parameters:
  ///   - status: Why it is refused.
  ///   - request: What is known of the request; nil when its head could not be read.
  /// - Returns: What to send; its status should be `status`.
  func refusal(_ status: Status, of request: Request?) -> Response
}

extension Service {
  package var languages: [String] { [] }

  package var personalCookies: [String] { [] }

  package func route(of request: Request) -> (any Sendable)? { nil }

  package func budget(of request: Request) -> Budget? { nil }

  package func refusal(_ status: Status, of request: Request?) -> Response {
    Response(
      status,
      fields: ["content-type": "text/plain; charset=utf-8", "cache-control": "no-store"],
      content: .octets(Array("\(status)\n".utf8)))
  }
}

/// What is done with the body of a request.
package enum BodyPolicy: Sendable {
  /// Answer now and close the connection; the body is not wanted.
  case refuse(Response)
  /// The resource takes no body: a small one is dropped, a larger one refused with 413.
  case none
  /// Into memory; more than `limit` bytes are refused with 413.
  case memory(limit: Int)
  /// Into a new file in `folder`; more than `limit` bytes are refused with 413.
  case file(folder: String, limit: Int)

  /// The most bytes of a body sent to a resource that takes none.
  static let unwantedLimit = 64 * 1024

  /// How many bytes are dropped behind a refusal, so that a client that sends its whole body before
  /// it reads gets to see the response.
  var drainLimit: Int {
    switch self {
    case .none: Self.unwantedLimit
    case .memory: ConnectionState.headDrainLimit
    case .refuse, .file: 64 << 20
    }
  }
}
