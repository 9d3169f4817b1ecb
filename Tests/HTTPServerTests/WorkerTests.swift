import Dispatch
import Synchronization
import Testing

@testable import HTTPServer

@Suite("Clients are served round-robin")
struct WorkerTests {
  /// Submits while the only worker is held, lets it go on, and tells in what order jobs were done.
  private func order(
    of jobs: [(client: String, name: String)], waiting: Int = 100
  ) -> [String] {
    let workers = Workers(count: 1, waiting: waiting)
    let gate = DispatchSemaphore(value: 0)
    let begun = DispatchSemaphore(value: 0)
    let done = Mutex<[String]>([])
    _ = workers.submit(for: "192.0.2.99") { _ in
      begun.signal()
      gate.wait()
    }
    begun.wait()
    for job in jobs {
      let isTaken = workers.submit(for: job.client) { _ in done.withLock { $0.append(job.name) } }
      if !isTaken { done.withLock { $0.append("no \(job.name)") } }
    }
    gate.signal()
    #expect(workers.drain(within: .seconds(10)))
    #expect(workers.waiting == 0)
    return done.withLock { $0 }
  }

  @Test("A crawler's queue does not delay another client")
  func turns() {
    let crawler = "192.0.2.1"
    let jobs = [
      (crawler, "a"), (crawler, "b"), (crawler, "c"), ("192.0.2.2", "page"), (crawler, "d"),
    ]
    #expect(order(of: jobs) == ["a", "page", "b", "c", "d"])
  }

  @Test("An IPv6 /64 is one client")
  func subscriber() {
    let jobs = [
      ("2001:db8::1", "a"), ("2001:db8::2", "b"), ("2001:db8::3", "c"), ("2001:db8:0:1::1", "page"),
    ]
    #expect(order(of: jobs) == ["a", "page", "b", "c"])
  }

  @Test("Long jobs take at most half of the workers, and all complete")
  func longJobs() {
    let workers = Workers(count: 4, waiting: 100)
    let most = mostAtOnce(of: workers, 2) { number, job in
      workers.submit(for: "192.0.2.\(number)", isLong: true, job)
    }
    #expect(most == 2)
  }

  @Test("No client fills every place")
  func places() {
    let jobs =
      (0..<8).map { ("192.0.2.1", "\($0)") } + [("192.0.2.2", "x"), ("192.0.2.3", "y")]
      + [("192.0.2.4", "z")]
    #expect(
      order(of: jobs, waiting: 8)
        == ["no 6", "no 7", "no z", "0", "x", "y", "1", "2", "3", "4", "5"])
  }
}

/// Submits jobs that wait for each other, and short ones that must end meanwhile.
///
/// - Parameters:
///   - workers: The pool.
///   - expected: How many of the waiting jobs must begin.
///   - submit: Submits the waiting job with a number.
/// - Returns: The most of the waiting jobs that ran at once.
func mostAtOnce(
  of workers: Workers, _ expected: Int,
  submit: (_ number: Int, _ job: @escaping @Sendable (Int) -> Void) -> Bool
) -> Int {
  let gate = DispatchSemaphore(value: 0)
  let begun = DispatchSemaphore(value: 0)
  let counts = Mutex((running: 0, most: 0))
  for number in 0..<8 {
    let isTaken = submit(number) { _ in
      counts.withLock { counts in
        counts.running += 1
        counts.most = max(counts.most, counts.running)
      }
      begun.signal()
      gate.wait()
      counts.withLock { $0.running -= 1 }
    }
    #expect(isTaken)
  }
  for _ in 0..<expected { begun.wait() }
  let done = DispatchGroup()
  for _ in 0..<20 {
    done.enter()
    #expect(workers.submit(for: "192.0.2.99") { _ in done.leave() })
  }
  #expect(done.wait(timeout: .now() + 10) == .success)
  for _ in 0..<8 { gate.signal() }
  #expect(workers.drain(within: .seconds(10)))
  return counts.withLock { $0.most }
}
