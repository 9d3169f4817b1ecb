package import HTTP

/// What the log gets about one answered request.
package struct AccessRecord: Sendable {
  /// When the request's first byte arrived, in nanoseconds since 1970.
  package var time: Int64
  /// Nil when no method could be read.
  package var method: Method?
  /// The path of the target as it was sent; empty when none could be read.
  ///
  /// Never the query, which may contain what a reader typed.
  package var path: String
  /// What the service's `route(of:)` returned.
  package var route: (any Sendable)?
  package var status = 0
  package var contentBytes = 0
  /// From the request's first byte until the response was passed to the system, in nanoseconds.
  package var duration: Int64 = 0
  /// The client's address as text.
  package var client: String
  package var id: String
  /// The first 512 bytes of `User-Agent`, for usage counts; empty without one.
  package var userAgent: String
  /// Whether the browser prefetches the page, so nobody has seen it yet.
  package var isPrefetch = false
  /// Whether the response came from the cache.
  package var isReused = false
  /// Whether the client left before it had the whole response.
  package var isCut = false
  /// Whether the client came by TLS.
  var isSecure = false
  /// When the request's first byte arrived, on the loop's clock.
  var began: Int64 = 0

  package init(
    time: Int64, method: Method?, path: String, client: String, id: String, userAgent: String
  ) {
    self.time = time
    self.method = method
    self.path = path
    self.client = client
    self.id = id
    self.userAgent = userAgent
  }
}

/// Takes records of answered requests.
package protocol AccessLog: AnyObject, Sendable {
  /// Takes the records of one turn of a loop, oldest first, and leaves none.
  ///
  /// Called on the loops, by several at once, so it must not block.
  func take(_ records: inout [AccessRecord])
}
