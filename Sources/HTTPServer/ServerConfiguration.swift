package import System

/// How a server listens, what it allows and how long it waits.
package struct ServerConfiguration: Sendable {
  package var listen: [SocketAddress]
  /// Listening sockets that the program was started with, kept open when the server stops.
  package var inheritedDescriptors: [Int32] = []
  /// A listening Unix socket, for other processes of the same user; closed when the server stops.
  package var localSocket: Socket?
  /// Event loops; one for each core keeps connections on their core.
  package var loops: Int
  /// Threads on which the service is called.
  package var workers: Int
  /// Requests that may wait for a worker; others are answered 503.
  package var waitingRequests = 1024
  package var limits = Limits()
  package var deadlines = Deadlines()
  /// How often one client may ask; a class that is not here is not limited.
  package var rates: [RateClass: Rate] = [:]
  /// Peers that are believed about the client's address, scheme and request ID.
  package var trustedProxies: [Network] = []
  /// Whether all clients come by TLS, even if the peer does not say so.
  package var isBehindTLS = false
  /// Clients without rate limits and without a limit of connections.
  package var unlimited: [Network] = []

  package struct Limits: Sendable {
    /// The most bytes of the target of a request (RFC 9112 §3); longer ones are answered 414.
    package var targetBytes = 8 * 1024
    /// The most bytes of a request head; longer ones are answered 431.
    package var headBytes = 16 * 1024
    /// Connections in all, at most as many as there are descriptors; others are answered 503.
    package var connections = 20_000
    /// Connections from one address or IPv6 /64; nil is no limit, nor have trusted proxies and
    /// unlimited networks one.
    package var connectionsPerAddress: Int?
    /// Bytes of the response cache, for all loops together.
    package var responseCacheBytes = 32 << 20

    package init() {}
  }

  package struct Deadlines: Sendable {
    /// From a request's first byte to the end of its head.
    package var head: Duration = .seconds(10)
    /// For a pause in a request's body.
    package var contentPause: Duration = .seconds(15)
    /// The lowest average rate of a body or a response.
    package var contentBytesPerSecond = 1024
    /// For a pause in taking a response.
    package var writePause: Duration = .seconds(30)
    /// Between requests, and before the first one.
    package var idle: Duration = .seconds(60)
    /// For the client to close after the last response.
    package var linger: Duration = .seconds(2)

    package init() {}
  }

  /// Whether an address is a trusted proxy or in an unlimited network.
  func isUnlimited(_ address: Address) -> Bool {
    trustedProxies.contains { $0.contains(address) } || unlimited.contains { $0.contains(address) }
  }

  package init(listen: [SocketAddress], loops: Int = ProcessLimits.cores(), workers: Int = 4) {
    self.listen = listen
    self.loops = max(1, loops)
    self.workers = max(1, workers)
  }
}
