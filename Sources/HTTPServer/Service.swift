package import HTTP

/// What a server needs of the program behind it.
package protocol Service: AnyObject, Sendable {
  /// The number of the last change of anything that answers are made of; it only grows. Read
  /// before an answer is made.
  var generation: UInt64 { get }

  /// The number of the last change of one thing that answers are made of. Read on the loops for
  /// each answer that is given again, so it must be a few atomic loads and no more. When the number
  /// of a change is that of `.all`, it is already that of the things that have changed.
  ///
  /// - Parameters:
  ///   - dependency: One of those that the service has named in an answer.
  ///   - now: Seconds since 1970; what comes due with time has changed then.
  /// - Returns: The number; an answer that was begun before it is no longer given.
  func lastChange(of dependency: Response.Dependency, at now: Int64) -> UInt64

  /// The tags of the languages that there are answers in, the default first (RFC 5646); read once.
  /// `Request.language` is the place of the one that a client prefers.
  var languages: [String] { get }

  /// Whether the answer to a request may be for one person, who is named by a cookie: such a request
  /// is never answered with what was made for another. Called on a loop: must not block.
  func isPersonal(_ request: Request) -> Bool

  /// Which of its budgets a client draws on with a request; nil for what is never refused, such as
  /// health. Called on a loop: must not block.
  func budget(of request: Request) -> Budget?

  /// Says what to do with the content of a request before any of it is read. Called on a loop:
  /// must not block. Not called for a request without content.
  func intake(for request: Request) -> Intake

  /// Answers a request whose content has been received. Called on a worker: may block.
  ///
  /// - Parameters:
  ///   - request: A request whose content has been received whole.
  ///   - worker: 0 ... the number of workers, which stands for who prepares answers; calls with the
  ///     same number never overlap.
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
  package func lastChange(of dependency: Response.Dependency, at now: Int64) -> UInt64 {
    generation
  }

  package var languages: [String] { [] }

  package func budget(of request: Request) -> Budget? { nil }

  package func refusal(_ status: Status, of request: Request?) -> Response {
    Response(
      status,
      fields: ["content-type": "text/plain; charset=utf-8", "cache-control": "no-store"],
      content: .octets(Array("\(status)\n".utf8)))
  }
}

/// Where the content of a request goes.
package enum Intake: Sendable {
  /// Answer now; the content is not read and the connection is closed.
  case refuse(Response)
  /// Into memory; more than `limit` octets are refused with 413.
  case memory(limit: Int)
  /// Into a new file in `folder`; more than `limit` octets are refused with 413.
  case file(folder: String, limit: Int)
}

extension Service {
  package func isPersonal(_ request: Request) -> Bool { false }
}
