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
  /// Threads for what may block; a call of the service has a number below this.
  package var workers: Int
  /// Requests that may wait for a worker; above it they are answered 503.
  package var waitingRequests = 1024
  package var limits = Limits()
  package var deadlines = Deadlines()
  /// How often one client may ask for what; what is not here is not limited.
  package var rates: [Budget: Rate] = [:]
  /// Peers whose word on the client's address, scheme and request id is taken.
  package var trustedProxies: [Network] = []
  /// Whether all clients come by TLS, although the peer does not say so.
  package var isBehindTLS = false
  /// Clients that neither rates nor the limit of connections for an address are for.
  package var unlimited: [Network] = []

  package struct Limits: Sendable {
    /// The most octets of the target of a request (RFC 9112 §3); above it 414.
    package var targetOctets = 8 * 1024
    /// The most octets of a request head; above it 431.
    package var headOctets = 16 * 1024
    /// Connections in all; above it 503 and closed.
    ///
    /// Lowered at start to what the process's limit of descriptors leaves room for.
    package var connections = 20_000
    /// Connections from one address (of IPv6: from one /64); nil is no limit.
    ///
    /// Trusted proxies and unlimited networks have none.
    package var connectionsPerAddress: Int?
    /// Bytes of the response cache, for all loops together.
    package var responseCacheBytes = 32 << 20

    package init() {}
  }

  package struct Deadlines: Sendable {
    /// From a request's first octet to the end of its head; then 408.
    package var head: Duration = .seconds(10)
    /// For a pause in a request's content.
    package var contentPause: Duration = .seconds(15)
    /// For content as a whole: it has to average this many octets a second, or 408.
    package var contentOctetsPerSecond = 1024
    /// For a pause in taking an answer.
    package var writePause: Duration = .seconds(30)
    /// Without a request on an open connection, also before the first one.
    package var idle: Duration = .seconds(60)
    /// For the client to close after a refusal.
    package var linger: Duration = .seconds(2)

    package init() {}
  }

  /// Whether an address is a proxy's, which stands for many clients, or one that nothing limits.
  func isUnlimited(_ address: Address) -> Bool {
    trustedProxies.contains { $0.contains(address) } || unlimited.contains { $0.contains(address) }
  }

  package init(listen: [SocketAddress], loops: Int = ProcessLimits.cores(), workers: Int = 4) {
    self.listen = listen
    self.loops = max(1, loops)
    self.workers = max(1, workers)
  }
}
