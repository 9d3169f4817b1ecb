import Dispatch
import Synchronization
import System

/// A fixed number of serial queues that take jobs from bounded lines, one for each client.
///
/// The lines have turns, so that who asks for a thousand pages at once waits for them, and not the
/// one who asks for the next. Nobody may fill them all, and jobs that are long, as those of uploads,
/// have half of the queues at most.
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
    /// Workers that have a long job.
    var longRunning = 0
    var idle: [Int]

    var count: Int { short.count + long.count }
  }

  private let queues: [DispatchQueue]
  /// The most workers with long jobs at the same time.
  private let longLimit: Int
  private let state: Mutex<State>
  private let capacity: Int
  /// Entered for each job until it has been done.
  private let running = DispatchGroup()

  init(count: Int, waiting capacity: Int) {
    queues = (0..<count).map { DispatchQueue(label: "offprint.http.worker.\($0)") }
    longLimit = max(1, count / 2)
    state = Mutex(State(idle: Array((0..<count).reversed())))
    self.capacity = capacity
  }

  /// Jobs that no queue has begun.
  var waiting: Int { state.withLock { $0.count } }

  /// Puts a job at the end of its client's line.
  ///
  /// - Parameters:
  ///   - client: An address as text; of IPv6 all of a /64 are one client.
  ///   - isLong: Whether it may take seconds; half of the workers are left to those that do not.
  ///   - job: What a worker is to do.
  /// - Returns: False when the line is full, or all are; the job is then dropped.
  func submit(for client: String, isLong: Bool = false, _ job: @escaping Job) -> Bool {
    let client = Address(client)?.subscriber ?? Address(ipv4: 0)
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

  private func work(as worker: Int) {
    var wasLong = false
    while let (job, isLong) = nextJob(for: worker, afterLong: wasLong) {
      job(worker)
      running.leave()
      wasLong = isLong
    }
  }

  private func nextJob(for worker: Int, afterLong wasLong: Bool) -> (Job, isLong: Bool)? {
    state.withLock { state in
      if wasLong { state.longRunning -= 1 }
      if state.longRunning < longLimit, let job = state.long.next() {
        state.longRunning += 1
        return (job, true)
      }
      if let job = state.short.next() { return (job, false) }
      state.idle.append(worker)
      return nil
    }
  }

  /// Waits until no job is left.
  ///
  /// - Parameter limit: How long to wait at most.
  /// - Returns: False when there are jobs still.
  func drain(within limit: Duration) -> Bool {
    running.wait(timeout: .now() + .nanoseconds(limit.clampedNanoseconds)) == .success
  }
}
