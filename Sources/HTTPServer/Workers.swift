import Dispatch
import Synchronization
import System

/// A pool of serial queues that take jobs from bounded queues, one for each client.
///
/// The clients are served round-robin, so that a crawler's thousand pages do not delay a reader's
/// one. No client may fill all places. Long jobs, as those of uploads, have half of the workers at
/// most. Searches and other costly requests share a budget: see ``CostlyQueue``.
///
/// A worker's number is passed to its jobs, so that what a job uses, such as a database connection,
/// can be one for each worker and needs no lock.
final class Workers: Sendable {
  typealias Job = @Sendable (_ worker: Int) -> Void

  /// Jobs by client, served round-robin.
  private struct Lines {
    private var jobs: [Address: [Job]] = [:]
    /// The clients with jobs, each once, in the order of their turns.
    private var turns: [Address] = []
    private(set) var count = 0

    func count(of client: Address) -> Int { jobs[client]?.count ?? 0 }

    mutating func append(_ job: @escaping Job, for client: Address) {
      if jobs[client] == nil { turns.append(client) }
      jobs[client, default: []].append(job)
      count += 1
    }

    mutating func next() -> Job? {
      guard count > 0 else { return nil }
      let client = turns.removeFirst()
      let job = jobs[client]?.removeFirst()
      count -= 1
      if jobs[client]?.isEmpty == true { jobs[client] = nil } else { turns.append(client) }
      return job
    }
  }

  /// Work with a budget of its own.
  enum Budget: CaseIterable {
    case searches, drawings
  }

  private struct State {
    var short = Lines()
    var long = Lines()
    var searches: CostlyQueue
    var drawings: CostlyQueue
    /// The budget that is asked first for the next job.
    var turn = Budget.searches
    /// Workers that have a long job.
    var longRunning = 0
    var idle: [Int]

    /// Jobs that wait, without costly ones, which have places of their own.
    var count: Int { short.count + long.count }

    subscript(budget: Budget) -> CostlyQueue {
      get { budget == .searches ? searches : drawings }
      _modify {
        switch budget {
        case .searches: yield &searches
        case .drawings: yield &drawings
        }
      }
    }

    var hasNextCostly: Bool { searches.hasNext || drawings.hasNext }
  }

  private let queues: [DispatchQueue]
  /// The most workers with long jobs at the same time.
  private let longLimit: Int
  private let state: Mutex<State>
  private let capacity: Int
  private let clock: @Sendable () -> Int64
  /// Entered for each job until it has been done.
  private let running = DispatchGroup()

  /// - Parameters:
  ///   - count: How many queues there are.
  ///   - capacity: The most jobs that wait, without costly ones.
  ///   - costly: The most costly jobs at the same time, beside one for readers and staff; half of the
  ///     workers at most.
  ///   - clock: Nanoseconds from an arbitrary start.
  init(
    count: Int, waiting capacity: Int, costly: Int = max(1, ProcessLimits.cores() - 1),
    clock: @escaping @Sendable () -> Int64 = { Clock.monotonic }
  ) {
    self.clock = clock
    queues = (0..<count).map { DispatchQueue(label: "offprint.http.worker.\($0)") }
    longLimit = max(1, count / 2)
    state = Mutex(
      State(
        searches: CostlyQueue(limit: max(1, min(costly, count / 2))),
        drawings: CostlyQueue(
          limit: max(1, min(costly, count / 4)), longestWait: CostlyQueue.longestWaitOfDrawings),
        idle: Array((0..<count).reversed())))
    self.capacity = capacity
  }

  /// How many jobs wait.
  var waiting: Int { state.withLock { $0.count + $0.searches.count + $0.drawings.count } }

  func costlyStatistics(of budget: Budget) -> ServerStatistics.Costly {
    state.withLock { $0[budget].statistics }
  }

  /// Appends a job to its client's queue.
  ///
  /// - Parameters:
  ///   - client: An address as text; an IPv6 /64 is one client.
  ///   - isLong: Whether it may take seconds.
  ///   - job: What a worker is to do.
  /// - Returns: False when the client's share or all places are taken; the job is then dropped.
  func submit(for client: String, isLong: Bool = false, _ job: @escaping Job) -> Bool {
    let client = Self.address(client)
    let (isTaken, worker) = state.withLock { state -> (Bool, Int?) in
      let worker = !isLong || state.longRunning < longLimit ? state.idle.popLast() : nil
      guard worker != nil || hasRoom(in: state, for: client) else { return (false, nil) }
      // Before another worker can take the job and finish it.
      running.enter()
      if isLong {
        state.long.append(job, for: client)
      } else {
        state.short.append(job, for: client)
      }
      return (true, worker)
    }
    if let worker { queues[worker].async { self.work(as: worker) } }
    return isTaken
  }

  /// Whether a client may wait: a quarter of the places is left to others.
  private func hasRoom(in state: borrowing State, for client: Address) -> Bool {
    state.count < capacity
      && state.short.count(of: client) + state.long.count(of: client) < max(1, capacity / 4 * 3)
  }

  /// Appends a job to the queue of costly ones.
  ///
  /// - Parameters:
  ///   - client: An address as text.
  ///   - budget: The budget of the work.
  ///   - isStaff: Whether a member of staff asks.
  ///   - job: What a worker is to do.
  ///   - refuse: Called instead of `job`, at once or later, with the seconds after which the client
  ///     may try again.
  func submitCostly(
    for client: String, of budget: Budget = .searches, isStaff: Bool, _ job: @escaping Job,
    refuse: @escaping @Sendable (_ seconds: Int) -> Void
  ) {
    let client = Self.address(client)
    let now = clock()
    let (refused, worker) = state.withLock { state -> ([CostlyQueue.Refusal], Int?) in
      running.enter()
      let refused = state[budget].append(
        job, refuse: refuse, for: client, isStaff: isStaff, at: now)
      return (refused, state[budget].hasNext ? state.idle.popLast() : nil)
    }
    if let worker { queues[worker].async { self.work(as: worker) } }
    settle(refused)
  }

  private func settle(_ refused: [CostlyQueue.Refusal]) {
    for refusal in refused {
      refusal.refuse(refusal.seconds)
      running.leave()
    }
  }

  /// Notes that a client has behaved like a reader.
  func noteReader(_ client: Address) {
    let now = clock()
    state.withLock { state in
      for budget in Budget.allCases { state[budget].noteReader(client, at: now) }
    }
  }

  private static func address(_ client: String) -> Address {
    Address(client)?.subscriber ?? Address(ipv4: 0)
  }

  private enum Kind {
    case short, long
    case costly(CostlyQueue.Started, Budget)
  }

  private func work(as worker: Int) {
    var last = Kind.short
    while let (job, kind) = nextJob(for: worker, after: last) {
      job(worker)
      running.leave()
      last = kind
    }
  }

  private func nextJob(for worker: Int, after last: Kind) -> (Job, Kind)? {
    let now = clock()
    var refused: [CostlyQueue.Refusal] = []
    let (next, other) = state.withLock { state -> ((Job, Kind)?, Int?) in
      var isAfterCostly = false
      switch last {
      case .short: break
      case .long: state.longRunning -= 1
      case .costly(let job, let budget):
        isAfterCostly = true
        state[budget].end(job, at: now)
      }
      let found = self.next(in: &state, isAfterCostly: isAfterCostly, at: now, &refused)
      if found == nil { state.idle.append(worker) }
      // Another worker may take what may start now.
      let other = found != nil && state.hasNextCostly ? state.idle.popLast() : nil
      return (found, other)
    }
    if let other { queues[other].async { self.work(as: other) } }
    settle(refused)
    return next
  }

  private func next(
    in state: inout State, isAfterCostly: Bool, at now: Int64,
    _ refused: inout [CostlyQueue.Refusal]
  ) -> (Job, Kind)? {
    if state.longRunning < longLimit, let job = state.long.next() {
      state.longRunning += 1
      return (job, .long)
    }
    // Costly jobs go first, as they have few workers, but leave every second turn to pages.
    if isAfterCostly, let job = state.short.next() { return (job, .short) }
    let turn = state.turn
    state.turn = turn == .searches ? .drawings : .searches
    for budget in [turn, state.turn] {
      let costly = state[budget].next(at: now)
      refused += costly.refused
      if let started = costly.started { return (started.run, .costly(started, budget)) }
    }
    return state.short.next().map { ($0, .short) }
  }

  /// Waits until no job is left; false when some still run at the limit.
  func drain(within limit: Duration) -> Bool {
    running.wait(timeout: .now() + .nanoseconds(limit.clampedNanoseconds)) == .success
  }
}
