import Dispatch
import Synchronization
import System
import Testing

@testable import HTTPServer

@Suite("Costly requests share a budget of worker time, and the least claim waits or is refused")
struct CostlyQueueTests {
  private static let second: Int64 = 1_000_000_000
  private static let millisecond: Int64 = 1_000_000

  /// What a queue has begun and refused, by name.
  private final class Outcome: Sendable {
    private let state = Mutex((begun: [String](), refused: [String: Int]()))

    var begun: [String] { state.withLock { $0.begun } }
    var refused: [String: Int] { state.withLock { $0.refused } }

    func begin(_ name: String) { state.withLock { $0.begun.append(name) } }
    func refuse(_ name: String, _ seconds: Int) { state.withLock { $0.refused[name] = seconds } }
    func clear() { state.withLock { $0.begun = [] } }
  }

  /// A queue whose jobs only tell that they have begun.
  private final class Desk {
    var queue: CostlyQueue
    let outcome = Outcome()

    init(limit: Int = 1) { queue = CostlyQueue(limit: limit) }

    func settle(_ refusals: [CostlyQueue.Refusal]) {
      for refusal in refusals { refusal.refuse(refusal.seconds) }
    }

    func ask(_ name: String, from client: Address, isStaff: Bool = false, at now: Int64) {
      settle(
        queue.append(
          { [outcome] _ in outcome.begin(name) },
          refuse: { [outcome] seconds in outcome.refuse(name, seconds) },
          for: client, isStaff: isStaff, at: now))
    }

    func begin(at now: Int64) -> CostlyQueue.Started? {
      let (started, refusals) = queue.next(at: now)
      settle(refusals)
      started?.run(0)
      return started
    }

    /// Answers one after the other, each in `cost`.
    func answerAll(from start: Int64, cost: Int64 = millisecond) -> [String] {
      outcome.clear()
      var now = start
      while let job = begin(at: now) {
        now += cost
        queue.end(job, at: now)
      }
      return outcome.begun
    }

    /// Makes the queue know what its jobs cost.
    func learn(cost: Int64) {
      for _ in 0..<200 {
        ask("", from: Address(ipv4: 1), at: 0)
        if let job = begin(at: 0) { queue.end(job, at: cost) }
      }
    }
  }

  private func network(_ number: Int) -> Address {
    Address(ipv4: 0x0A00_0001 + UInt32(number) << 8)
  }
  private let reader = Address(ipv4: 0xCB00_7105)

  @Test("Staff go first, then readers, then strangers, the newest first, then who is busy")
  func order() throws {
    let desk = Desk()
    desk.queue.noteReader(reader, at: 0)
    let busy = network(0)
    for number in 0..<3 { desk.ask("busy \(number)", from: busy, at: 0) }
    _ = desk.answerAll(from: 0, cost: Self.second)
    let now = 3 * Self.second
    desk.ask("busy", from: busy, at: now)
    desk.ask("stranger 1", from: network(1), at: now)
    desk.ask("stranger 2", from: network(2), at: now)
    desk.ask("reader", from: reader, at: now)
    desk.ask("staff", from: network(3), isStaff: true, at: now)
    #expect(
      desk.answerAll(from: now) == ["staff", "reader", "stranger 2", "stranger 1", "busy"])
    #expect(desk.outcome.refused.isEmpty)
  }

  @Test("A reader need not wait for a stranger's search to end")
  func reservedPlace() {
    let desk = Desk()
    desk.queue.noteReader(reader, at: 0)
    for number in 0..<3 { desk.ask("\(number)", from: network(number), at: 0) }
    let first = desk.begin(at: 0)
    #expect(first != nil)
    #expect(desk.begin(at: 0) == nil)
    desk.ask("reader", from: reader, at: 0)
    #expect(desk.begin(at: 0) != nil)
    #expect(desk.outcome.begun.last == "reader")
    desk.ask("reader again", from: reader, at: 0)
    #expect(desk.begin(at: 0) == nil)
  }

  @Test("A network with many requests does not delay another with one")
  func turns() {
    let desk = Desk()
    for number in 0..<20 { desk.ask("many \(number)", from: network(1), at: 0) }
    desk.ask("one", from: network(2), at: 0)
    for number in 20..<40 { desk.ask("many \(number)", from: network(1), at: 0) }
    let order = desk.answerAll(from: 0)
    #expect(order.count == 41)
    #expect((order.firstIndex(of: "one") ?? 41) < 3)
  }

  @Test(
    "The queue is as long as its requests take two seconds",
    arguments: [(1, 5, 400), (1, 50, 40), (3, 50, 120)])
  func length(limit: Int, milliseconds: Int, expected: Int) {
    let desk = Desk(limit: limit)
    desk.learn(cost: Int64(milliseconds) * Self.millisecond)
    for number in 0..<2000 { desk.ask("\(number)", from: network(number), at: 10 * Self.second) }
    #expect((expected * 9 / 10...expected * 11 / 10).contains(desk.queue.count))
    let refused = desk.outcome.refused
    #expect(refused.count == 2000 - desk.queue.count)
    #expect(refused.values.allSatisfy { (2...120).contains($0) })
    // A reader still finds a place, and so do staff.
    desk.queue.noteReader(reader, at: 10 * Self.second)
    desk.ask("reader", from: reader, at: 10 * Self.second)
    desk.ask("staff", from: network(5000), isStaff: true, at: 10 * Self.second)
    #expect(desk.outcome.refused["reader"] == nil && desk.outcome.refused["staff"] == nil)
    #expect(desk.queue.statistics.refused[.stranger]?[.queue] ?? 0 > 0)
  }

  @Test("Who has waited for two seconds is refused, but never staff")
  func overdue() {
    let desk = Desk()
    desk.ask("stranger", from: network(1), at: 0)
    desk.ask("staff", from: network(2), isStaff: true, at: 0)
    desk.ask("later", from: network(3), at: Self.second)
    let now = CostlyQueue.longestWait + 1
    #expect(desk.answerAll(from: now) == ["staff", "later"])
    #expect(Array(desk.outcome.refused.keys) == ["stranger"])
    #expect(desk.queue.statistics.refused == [.stranger: [.wait: 1]])
  }

  @Test("A reader who finds a place is served, however long the others take")
  func slowJobs() {
    let desk = Desk()
    desk.learn(cost: 3 * Self.second)
    desk.queue.noteReader(reader, at: 0)
    desk.ask("stranger", from: network(1), at: 0)
    #expect(desk.begin(at: 0) != nil)
    desk.ask("reader", from: reader, at: 0)
    #expect(desk.begin(at: 0) != nil)
    desk.ask("other reader", from: network(2), at: 0)
    desk.ask("another", from: network(3), at: 0)
    #expect(desk.outcome.begun.suffix(2) == ["stranger", "reader"])
    #expect(Set(desk.outcome.refused.keys) == ["other reader", "another"])
  }

  @Test("Staff are never refused, whatever waits")
  func staff() {
    let desk = Desk()
    desk.learn(cost: 500 * Self.millisecond)
    for number in 0..<100 {
      desk.ask("\(number)", from: network(number), isStaff: true, at: 300 * Self.second)
    }
    #expect(desk.outcome.refused.isEmpty)
    #expect(desk.queue.count == 100)
  }

  @Test("A busy network is told when it may return")
  func retryAfter() throws {
    let desk = Desk()
    desk.learn(cost: 100 * Self.millisecond)
    let now = 3600 * Self.second
    for number in 0..<100 { desk.ask("\(number)", from: network(1), at: now) }
    let latest = try #require(desk.outcome.refused.values.max())
    #expect(latest > 2)
  }

  @Test("Costly requests leave workers for pages, and all complete")
  func pages() {
    let workers = Workers(count: 4, waiting: 100, costly: 1, clock: { 0 })
    let most = mostAtOnce(of: workers, 1) { number, job in
      workers.submitCostly(for: "198.51.\(number).1", isStaff: false, job) { _ in }
      return true
    }
    #expect(most == 1)
    #expect(workers.waiting == 0)
    #expect(workers.costlyStatistics(of: .searches).started == [.stranger: 8])
  }
}

@Suite("A server serves readers while it is crawled")
struct CrawledServerTests {
  @Test("A style sheet or a validator makes a reader, and both staff and readers are counted")
  func claims() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    func started() -> [Claim: Int] { server.server.statistics.costly.started }
    client.get("/search")
    #expect(try client.hear().status == 404)
    #expect(started() == [.stranger: 1])
    client.get("/search", "Cookie: session=staff")
    #expect(try client.hear().status == 404)
    #expect(started() == [.stranger: 1, .staff: 1])
    client.get("/page")
    let tag = try #require(try client.hear().fields["etag"])
    client.get("/page", "If-None-Match: \"other\"")
    #expect(try client.hear().status == 200)
    client.get("/search")
    #expect(try client.hear().status == 404)
    #expect(started() == [.stranger: 2, .staff: 1])
    client.get("/page", "If-None-Match: \(tag)")
    #expect(try client.hear().status == 304)
    client.get("/search")
    #expect(try client.hear().status == 404)
    #expect(started() == [.stranger: 2, .staff: 1, .reader: 1])
  }

  @Test("Clients behind a proxy have claims of their own")
  func proxy() throws {
    let server = try TestServer {
      $0.loops = 1
      $0.trustedProxies = [Network("127.0.0.1")].compactMap { $0 }
    }
    let client = try server.client()
    for (path, address) in [
      ("/style", "203.0.113.5"), ("/search", "203.0.113.5"), ("/search", "198.51.100.7"),
      ("/style", "2001:db8::1"), ("/search", "2001:db8::2"), ("/search", "2001:db8:0:1::2"),
    ] {
      client.get(path, "X-Forwarded-For: \(address)")
      _ = try client.hear()
    }
    #expect(server.server.statistics.costly.started == [.reader: 2, .stranger: 2])
  }

  @Test("Pages and files are served, and a reader's search, while others fill the queue")
  func queueOfOthers() throws {
    let server = try TestServer {
      $0.workers = 6
      $0.trustedProxies = [Network("127.0.0.1")].compactMap { $0 }
    }
    let crawlers = try (1...8).map { number in
      let client = try server.client()
      client.get("/search/slow", "X-Forwarded-For: 198.51.\(number).1")
      return client
    }
    server.service.reached.wait()
    let client = try server.client()
    let reader = "X-Forwarded-For: 203.0.113.5"
    for target in ["/style", "/page", "/page", "/file", "/file?own", "/nowhere"] {
      client.get(target, reader)
      #expect(try client.hear().status == (target == "/nowhere" ? 404 : 200))
    }
    client.get("/search", reader)
    #expect(try client.hear().status == 404)
    #expect(server.server.statistics.costly.started[.reader] == 1)
    for _ in crawlers { server.service.gate.signal() }
    // Those are refused that have waited too long on a slow machine.
    for crawler in crawlers { #expect([200, 503].contains(try crawler.hear().status)) }
  }
}
