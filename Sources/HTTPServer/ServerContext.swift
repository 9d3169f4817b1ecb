import Dispatch
import HTTP
import Synchronization
import System

/// What the event loops of one server share.
///
/// For a cached response a loop uses only atomics, the numbers of changes and the rate limit, and
/// what the service holds while it answers `languages`.
final class ServerContext: Sendable {
  let configuration: ServerConfiguration
  let timeouts: Timeouts
  let parserLimits: RequestParser.Limits
  let service: any Service
  let personalCookies: [String]
  let log: (any AccessLog)?
  let workers: Workers
  let coalescer = RequestCoalescer()
  let rateLimiter: RateLimiter
  let connectionLimit: Int
  /// Entered by each loop until it has stopped accepting.
  let stoppedAccepting = DispatchGroup()
  /// Entered by each loop until, stopping, no connection can have another request.
  let asking = DispatchGroup()
  private let connections = Atomic<Int>(0)
  private let perAddress = Mutex<[Address: Int]>([:])

  init(configuration: ServerConfiguration, service: any Service, log: (any AccessLog)?) {
    self.configuration = configuration
    timeouts = Timeouts(configuration.deadlines)
    parserLimits = RequestParser.Limits(
      targetBytes: configuration.limits.targetBytes, headBytes: configuration.limits.headBytes)
    self.service = service
    personalCookies = service.personalCookies
    self.log = log
    workers = Workers(count: configuration.workers, waiting: configuration.waitingRequests)
    rateLimiter = RateLimiter(configuration.rates)
    let wanted = min(max(1, configuration.limits.connections), 1 << 24)
    let reserve = Self.descriptorReserve(workers: configuration.workers)
    let room = ProcessLimits.descriptors(wanted: 2 * wanted + reserve) - reserve
    connectionLimit = max(1, min(wanted, room / 2))
  }

  /// The descriptors that are not for connections: of databases (three for each worker), loops,
  /// listeners, the log and child processes.
  ///
  /// A connection needs two: its socket, and the file that it sends or receives. The process must
  /// never run out of descriptors, because Dispatch ends it when it cannot open
  /// `/proc/self/task/…/stat`, which it does every second while blocks wait.
  private static func descriptorReserve(workers: Int) -> Int { 96 + 4 * max(1, workers) }

  var languages: [String] { service.languages }

  /// A response of the service, and its encoded form for the cache.
  struct Answer {
    let response: Response
    /// Nil when it is for this request alone.
    var cached: CachedResponse?
  }

  /// Asks the service, on a worker.
  func answer(to request: Request, worker: Int, at now: Int64) -> Answer {
    // Read first, so that what changes meanwhile invalidates the response.
    let generation = service.lastChange(of: Response.anyChange, at: now)
    var response = service.response(to: request, worker: worker)
    guard response.isReusable, request.isRead else {
      return Answer(response: response, cached: nil)
    }
    response.compressOnce(for: request)
    let cached = CachedResponse(
      response, to: request, rate: service.rate(of: request),
      isStyleSheet: service.cost(of: request) == .styleSheet, generation: generation, at: now)
    return Answer(response: response, cached: cached)
  }

  /// Counts a new connection, unless there are too many.
  func admit(_ peer: Address) -> Bool {
    guard connections.add(1, ordering: .relaxed).newValue <= connectionLimit else {
      connections.subtract(1, ordering: .relaxed)
      return false
    }
    guard let limit = configuration.limits.connectionsPerAddress, !configuration.isUnlimited(peer)
    else { return true }
    let isAdmitted = perAddress.withLock { counts in
      guard counts[peer.subscriber, default: 0] < limit else { return false }
      counts[peer.subscriber, default: 0] += 1
      return true
    }
    if !isAdmitted { connections.subtract(1, ordering: .relaxed) }
    return isAdmitted
  }

  func dismiss(_ peer: Address) {
    connections.subtract(1, ordering: .relaxed)
    guard configuration.limits.connectionsPerAddress != nil, !configuration.isUnlimited(peer)
    else { return }
    perAddress.withLock { counts in
      let count = counts[peer.subscriber, default: 0]
      counts[peer.subscriber] = count > 1 ? count - 1 : nil
    }
  }
}

extension Response {
  /// Compresses the content now, if the request prefers that, and not once for each sharer.
  fileprivate mutating func compressOnce(for request: Request) {
    guard case .coded(let identity, let gzip) = content,
      request.acceptedCodings.preferred == .gzip
    else { return }
    let bytes = gzip()
    content = .coded(identity: identity, gzip: { bytes })
  }
}
