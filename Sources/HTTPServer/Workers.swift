import Dispatch
import Synchronization
import System

/// A fixed number of serial queues that take jobs from bounded lines, one for each client.
///
/// The lines have turns, so that who asks for a thousand pages at once waits for them, and not the
/// one who asks for the next. Nobody may fill them all, and jobs that are long, as those of uploads,
/// have half of the queues at most. Searches keep a core busy each: see ``SearchJobs``.
///
/// A queue runs only while there is work, and each has a number, so that what a job uses (a
/// reader of a database, say) can be one for each number and need no lock.
final class Workers: Sendable {
  typealias Job = @Sendable (_ worker: Int) -> Void

  /// What waits, in the order it came, from `first` on; what lies before it has been taken.
  private struct Line<Element> {
    private var elements: [Element] = []
    private var first = 0

    var count: Int { elements.count - first }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func next() -> Element? {
      guard count > 0 else { return nil }
      let element = elements[first]
      first += 1
      if first == elements.count || first >= 256 {
        elements.removeFirst(first)
        first = 0
      }
      return element
    }
  }

  /// Jobs in lines, one for each client, that have turns.
  private struct Lines {
    private var jobs: [Address: Line<Job>] = [:]
    /// The clients with jobs, each once, as their turns come.
    private var turns = Line<Address>()
    private(set) var count = 0

    func count(of client: Address) -> Int { jobs[client]?.count ?? 0 }

    mutating func append(_ job: @escaping Job, for client: Address) {
      if jobs[client] == nil { turns.append(client) }
      jobs[client, default: Line()].append(job)
      count += 1
    }

    mutating func next() -> Job? {
      guard let client = turns.next(), let job = jobs[client]?.next() else { return nil }
      count -= 1
      if jobs[client]?.count == 0 { jobs[client] = nil } else { turns.append(client) }
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
  ///   - searches: The most searches at the same time, beside one for those who search rarely.
  ///   - clock: Nanoseconds from any beginning.
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

  /// Jobs that no queue has begun.
  var waiting: Int { state.withLock { $0.count } }

  /// Puts a job at the end of its client's line.
  ///
  /// - Parameters:
  ///   - client: An address as text; of IPv6 all of a /64 are one client.
  ///   - isLong: Whether it may take seconds; half of the workers are left to those that do not.
  ///   - isSearch: Whether it keeps a core busy, as a search does.
  ///   - job: What a worker is to do.
  /// - Returns: False when the line is full, or all are; the job is then dropped.
  func submit(
    for client: String, isLong: Bool = false, isSearch: Bool = false, _ job: @escaping Job
  ) -> Bool {
    let client = Address(client)?.subscriber ?? Address(ipv4: 0)
    if isSearch { return submit(search: job, for: client) }
    let (isTaken, worker) = state.withLock { state -> (Bool, Int?) in
      let worker =
        isLong && state.longRunning >= longLimit ? nil : state.idle.popLast()
      if worker == nil {
        // A quarter is left to others.
        let own = state.short.count(of: client) + state.long.count(of: client)
        guard state.count < capacity, own < max(1, capacity / 4 * 3) else { return (false, nil) }
      }
      // Before another worker can see the job, and leave.
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

  private func submit(search job: @escaping Job, for client: Address) -> Bool {
    let now = clock()
    let (isTaken, worker) = state.withLock { state -> (Bool, Int?) in
      let canStart = !state.idle.isEmpty && state.searches.canStart(for: client, at: now)
      // As above, and who searches all the time leaves another quarter to others.
      let share = state.searches.isBusy(client, at: now) ? 2 : 3
      guard
        canStart
          || state.count < capacity
            && state.searches.count(of: client) < max(1, capacity / 4 * 3)
            && state.searches.count < max(1, capacity / 4 * share)
      else {
        state.searches.refuse(client, at: now)
        return (false, nil)
      }
      running.enter()
      state.searches.append(job, for: client, at: now)
      return (true, canStart ? state.idle.popLast() : nil)
    }
    if let worker { queues[worker].async { self.work(as: worker) } }
    return isTaken
  }

  /// What kind of job a worker has done.
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
      // Another worker may do what this one has made room for.
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
    // Searches go first, as they have few workers at most, but not all the time.
    if isAfterSearch, let job = state.short.next() { return (job, .short) }
    if let (job, client) = state.searches.next() { return (job, .search(of: client)) }
    return state.short.next().map { ($0, .short) }
  }

  /// Waits until no job is left.
  ///
  /// - Parameter limit: How long to wait at most.
  /// - Returns: False when there are jobs still.
  func drain(within limit: Duration) -> Bool {
    running.wait(timeout: .now() + .nanoseconds(limit.clampedNanoseconds)) == .success
  }
}
