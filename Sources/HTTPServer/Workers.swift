import Dispatch
import Synchronization

/// A fixed number of serial queues that take jobs from one bounded line.
///
/// A queue runs only while there is work, and each has a number, so that what a job uses (a
/// reader of a database, say) can be one for each number and need no lock.
final class Workers: Sendable {
  typealias Job = @Sendable (_ worker: Int) -> Void

  private struct State {
    /// Jobs in the order they came, from `first` on; what lies before it has been taken.
    var jobs: [Job] = []
    var first = 0
    var idle: [Int]

    var count: Int { jobs.count - first }

    mutating func next() -> Job? {
      guard count > 0 else { return nil }
      let job = jobs[first]
      first += 1
      if first == jobs.count || first >= 256 {
        jobs.removeFirst(first)
        first = 0
      }
      return job
    }
  }

  private let queues: [DispatchQueue]
  private let state: Mutex<State>
  private let capacity: Int
  /// Entered for each job until it has been done.
  private let running = DispatchGroup()

  init(count: Int, waiting capacity: Int) {
    queues = (0..<count).map { DispatchQueue(label: "offprint.http.worker.\($0)") }
    state = Mutex(State(idle: Array((0..<count).reversed())))
    self.capacity = capacity
  }

  /// Jobs that no queue has begun.
  var waiting: Int { state.withLock { $0.count } }

  /// Puts a job at the end of the line.
  ///
  /// - Returns: False when the line is full; the job is then dropped.
  func submit(_ job: @escaping Job) -> Bool {
    let (isTaken, worker) = state.withLock { state -> (Bool, Int?) in
      let worker = state.idle.popLast()
      guard worker != nil || state.count < capacity else { return (false, nil) }
      // Before another worker can see the job, and leave.
      running.enter()
      state.jobs.append(job)
      return (true, worker)
    }
    if let worker { queues[worker].async { self.work(as: worker) } }
    return isTaken
  }

  private func work(as worker: Int) {
    while let job = nextJob(for: worker) {
      job(worker)
      running.leave()
    }
  }

  private func nextJob(for worker: Int) -> Job? {
    state.withLock { state in
      if let job = state.next() { return job }
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

extension Duration {
  /// As nanoseconds between 0 and a hundred years.
  var clampedNanoseconds: Int {
    let century = 3_153_600_000 as Int64
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    guard seconds < century else { return Int(century) * 1_000_000_000 }
    return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
  }
}
