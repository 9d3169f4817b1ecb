import Dispatch
import Synchronization
import Testing

@testable import HTTPServer

@Suite("Clients have turns with the workers")
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

  @Test("Who asks for one page does not wait for all that another asked for before")
  func turns() {
    let crawler = "192.0.2.1"
    let jobs = [
      (crawler, "a"), (crawler, "b"), (crawler, "c"), ("192.0.2.2", "page"), (crawler, "d"),
    ]
    #expect(order(of: jobs) == ["a", "page", "b", "c", "d"])
  }

  @Test("All of a /64 have one turn")
  func subscriber() {
    let jobs = [
      ("2001:db8::1", "a"), ("2001:db8::2", "b"), ("2001:db8::3", "c"), ("2001:db8:0:1::1", "page"),
    ]
    #expect(order(of: jobs) == ["a", "page", "b", "c"])
  }

  @Test("Long jobs leave half of the workers to others, and are all done in the end")
  func longJobs() {
    let workers = Workers(count: 4, waiting: 100)
    let gate = DispatchSemaphore(value: 0)
    let begun = DispatchSemaphore(value: 0)
    let running = Atomic(0)
    let most = Atomic(0)
    for number in 0..<8 {
      let isTaken = workers.submit(for: "192.0.2.\(number)", isLong: true) { _ in
        most.max(running.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
        begun.signal()
        gate.wait()
        running.subtract(1, ordering: .relaxed)
      }
      #expect(isTaken)
    }
    for _ in 0..<2 { begun.wait() }
    // These are done while all that may have begun of the others have not ended.
    let done = DispatchGroup()
    for _ in 0..<20 {
      done.enter()
      #expect(workers.submit(for: "192.0.2.99") { _ in done.leave() })
    }
    #expect(done.wait(timeout: .now() + 10) == .success)
    for _ in 0..<8 { gate.signal() }
    #expect(workers.drain(within: .seconds(10)))
    #expect(most.load(ordering: .relaxed) == 2)
  }

  @Test("Nobody fills every place")
  func places() {
    let jobs =
      (0..<8).map { ("192.0.2.1", "\($0)") } + [("192.0.2.2", "x"), ("192.0.2.3", "y")]
      + [("192.0.2.4", "z")]
    #expect(
      order(of: jobs, waiting: 8)
        == ["no 6", "no 7", "no z", "0", "x", "y", "1", "2", "3", "4", "5"])
  }
}
