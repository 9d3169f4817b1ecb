import Dispatch
import Synchronization
import System

/// A pool of serial queues that take jobs from bounded queues, one for each client.
///
/// The clients are served round-robin, so that a crawler's thousand pages do not delay a reader's
/// one. No client may fill all places. Long jobs, as those of uploads, have half of the workers at
/// most. Searches keep a core busy each: see ``SearchJobs``.
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

  private struct State {
    var short = Lines()
    var long = Lines()
    var searches: SearchJobs
    /// Workers that have a long job.
    var longRunning = 0
    var idle: [Int]

    var count: Int { short.count + long.count + searches.count }
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
  ///   - capacity: The most jobs that wait.
  ///   - searches: The most searches at the same time, beside one for clients that return after a
  ///     pause.
  ///   - clock: Nanoseconds from an arbitrary start.
  init(
    count: Int, waiting capacity: Int, searches: Int = max(1, ProcessLimits.cores() - 1),
    clock: @escaping @Sendable () -> Int64 = { Clock.monotonic }
  ) {
    self.clock = clock
    queues = (0..<count).map { DispatchQueue(label: "offprint.http.worker.\($0)") }
    longLimit = max(1, count / 2)
    state = Mutex(
      State(searches: SearchJobs(limit: searches), idle: Array((0..<count).reversed())))
    self.capacity = capacity
  }

  /// How many jobs wait.
  var waiting: Int { state.withLock { $0.count } }

  /// Appends a job to its client's queue.
  ///
  /// - Parameters:
  ///   - client: An address as text; an IPv6 /64 is one client.
  ///   - isLong: Whether it may take seconds.
  ///   - isSearch: Whether it keeps a core busy, as a search does.
  ///   - job: What a worker is to do.
  /// - Returns: False when the client's share or all places are taken; the job is then dropped.
  func submit(
    for client: String, isLong: Bool = false, isSearch: Bool = false, _ job: @escaping Job
  ) -> Bool {
    let client = Address(client)?.subscriber ?? Address(ipv4: 0)
    let now = clock()
    let (isTaken, worker) = state.withLock { state -> (Bool, Int?) in
      let canStart =
        isSearch
        ? state.searches.canStart(for: client, at: now) : !isLong || state.longRunning < longLimit
      let worker = canStart ? state.idle.popLast() : nil
      guard worker != nil || hasRoom(in: state, for: client, isSearch: isSearch, at: now) else {
        if isSearch { state.searches.refuse(client, at: now) }
        return (false, nil)
      }
      // Before another worker can take the job and finish it.
      running.enter()
      if isSearch {
        state.searches.append(job, for: client, at: now)
      } else if isLong {
        state.long.append(job, for: client)
      } else {
        state.short.append(job, for: client)
      }
      return (true, worker)
    }
    if let worker { queues[worker].async { self.work(as: worker) } }
    return isTaken
  }

  /// Whether a client may wait: a quarter of the places is left to others, and another quarter by
  /// all clients that search all the time.
  private func hasRoom(
    in state: borrowing State, for client: Address, isSearch: Bool, at now: Int64
  ) -> Bool {
    guard state.count < capacity else { return false }
    guard isSearch else {
      return state.short.count(of: client) + state.long.count(of: client)
        < max(1, capacity / 4 * 3)
    }
    let share = state.searches.isBusy(client, at: now) ? 2 : 3
    return state.searches.count(of: client) < max(1, capacity / 4 * 3)
      && state.searches.count < max(1, capacity / 4 * share)
  }

  private enum Kind {
    case short, long
    case search(of: Address)
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
    let (next, other) = state.withLock { state -> ((Job, Kind)?, Int?) in
      var isAfterSearch = false
      switch last {
      case .short: break
      case .long: state.longRunning -= 1
      case .search(let client):
        isAfterSearch = true
        state.searches.end(client, at: now)
      }
      let found = self.next(in: &state, isAfterSearch: isAfterSearch)
      if found == nil { state.idle.append(worker) }
      // Another worker may take what may start now.
      let other = found != nil && state.searches.hasNext ? state.idle.popLast() : nil
      return (found, other)
    }
    if let other { queues[other].async { self.work(as: other) } }
    return next
  }

  private func next(in state: inout State, isAfterSearch: Bool) -> (Job, Kind)? {
    if state.longRunning < longLimit, let job = state.long.next() {
      state.longRunning += 1
      return (job, .long)
    }
    // Searches go first, as they have few workers, but leave every second turn to pages.
    if isAfterSearch, let job = state.short.next() { return (job, .short) }
    if let (job, client) = state.searches.next() { return (job, .search(of: client)) }
    return state.short.next().map { ($0, .short) }
  }

  /// Waits until no job is left; false when some still run at the limit.
  func drain(within limit: Duration) -> Bool {
    running.wait(timeout: .now() + .nanoseconds(limit.clampedNanoseconds)) == .success
  }
}
