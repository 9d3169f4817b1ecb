package import HTTP

/// What the log says of one answered request.
package struct AccessRecord: Sendable {
  /// When the request's first octet came: seconds and nanoseconds since 1970.
  package var seconds: Int64
  package var nanoseconds: Int32
  /// Nil when no method could be read.
  package var method: Method?
  /// The path of the target as it was sent; empty when none could be read.
  ///
  /// Never the query, which may hold what a reader typed.
  package var path: String
  /// What the service found that the request asked for.
  package var route: (any Sendable)?
  package var status: Int
  /// Of the answer's content.
  package var contentOctets: Int
  /// From the request's first octet until the answer had been given to the system.
  package var durationNanoseconds: Int64
  package var client: String
  package var id: String
  /// The value of `User-Agent`, of which at most 512 octets are kept; empty without one.
  ///
  /// For counting uses; the log does not tell it.
  package var userAgent: String
  /// Whether the browser loads the answer ahead of time: nobody has seen it yet.
  package var isPrefetch = false
  /// Whether the response came from the cache.
  package var isReused: Bool
  /// Whether the client left before it had the whole answer.
  package var isCut: Bool
  /// When the request's first octet came, on the loop's clock.
  var began: Int64 = 0

  package init(
    seconds: Int64, nanoseconds: Int32, method: Method?, path: String, status: Int,
    contentOctets: Int, durationNanoseconds: Int64, client: String, id: String, userAgent: String,
    isReused: Bool, isCut: Bool
  ) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
    self.method = method
    self.path = path
    self.status = status
    self.contentOctets = contentOctets
    self.durationNanoseconds = durationNanoseconds
    self.client = client
    self.id = id
    self.userAgent = userAgent
    self.isReused = isReused
    self.isCut = isCut
  }
}

/// Where a server tells of the requests it has answered.
package protocol AccessLog: AnyObject, Sendable {
  /// Takes the records of one turn of a loop, oldest first, and leaves none; it may leave room of
  /// its own for those that come next.
  ///
  /// Called on the loops, by several at once: it must neither block nor wait.
  func take(_ records: inout [AccessRecord])
}
