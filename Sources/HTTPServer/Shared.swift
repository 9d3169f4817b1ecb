import Dispatch
import HTTP
import Synchronization

/// What the loops of one server have in common.
///
/// Nothing of it is touched for a prepared answer that the loop has but the numbers of changes and
/// the client's budget, which nobody waits for.
final class Shared: Sendable {
  let configuration: ServerConfiguration
  let deadlines: Deadlines
  let service: any Service
  /// The service's, asked for once.
  let languages: [String]
  let log: (any AccessLog)?
  let workers: Workers
  let answers: SharedAnswers
  /// nil where none is wanted, or none could be made.
  let answerFile: AnswerFile?
  let budgets: Budgets
  let connectionLimit: Int
  /// Entered by each loop until it has stopped accepting.
  let stoppedAccepting = DispatchGroup()
  /// Entered by each loop until, stopping, it has no connection that could ask for anything more.
  let asking = DispatchGroup()
  private let connections = Atomic<Int>(0)
  private let perAddress = Mutex<[Address: Int]>([:])

  /// The deadlines in nanoseconds.
  struct Deadlines: Sendable {
    let head, contentPause, writePause, idle, linger: Int64
    let contentOctetsPerSecond: Int64

    init(_ deadlines: ServerConfiguration.Deadlines) {
      head = Int64(deadlines.head.clampedNanoseconds)
      contentPause = Int64(deadlines.contentPause.clampedNanoseconds)
      writePause = Int64(deadlines.writePause.clampedNanoseconds)
      idle = Int64(deadlines.idle.clampedNanoseconds)
      linger = Int64(deadlines.linger.clampedNanoseconds)
      contentOctetsPerSecond = Int64(max(1, deadlines.contentOctetsPerSecond))
    }

    /// How long so many octets may take at the slowest rate.
    func allowance(for octets: Int) -> Int64 {
      Int64(min(octets, 1 << 31)) * 1_000_000_000 / contentOctetsPerSecond
    }
  }

  init(configuration: ServerConfiguration, service: any Service, log: (any AccessLog)?) {
    self.configuration = configuration
    deadlines = Deadlines(configuration.deadlines)
    self.service = service
    languages = service.languages
    self.log = log
    workers = Workers(count: configuration.workers, waiting: configuration.waitingRequests)
    budgets = Budgets(configuration.rates)
    answers = SharedAnswers(limit: configuration.limits.preparedOctets)
    // Without it pages are made when they are asked for.
    answerFile = configuration.answerFile.flatMap {
      try? AnswerFile(in: $0.folder, capacity: $0.capacity)
    }
    // Beside connections there are databases, files on their way, and listeners.
    let wanted = min(max(1, configuration.limits.connections), 1 << 24)
    let room = descriptorLimit(wanted: wanted / 3 * 4 + 256) / 4 * 3
    connectionLimit = max(1, min(wanted, room))
  }

  /// Has the service answer, and prepares what it may give again, in the codings that the request
  /// accepts.
  ///
  /// - Parameters:
  ///   - request: Received whole.
  ///   - worker: The number that the service is called with.
  ///   - now: Seconds since 1970.
  /// - Returns: What the service answered, and the prepared answer; nil when there is none.
  func answer(
    to request: Request, worker: Int, now: Int64
  ) -> (response: Response, prepared: Prepared?) {
    // Read before the service is asked: what changes meanwhile makes the answer old.
    let generation = service.generation
    let response = service.response(to: request, worker: worker)
    guard response.isReusable, request.isRead,
      let plain = Prepared(
        response, to: request, budget: service.budget(of: request), generation: generation,
        now: now)
    else { return (response, nil) }
    let isWhole = !plain.lacksForm(for: request.acceptedCodings)
    return (response, isWhole ? plain : Prepared(codingOf: plain, now: now))
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

extension Request {
  /// Whether it asks for a representation and nothing else.
  var isRead: Bool { method == .get || method == .head }
}
