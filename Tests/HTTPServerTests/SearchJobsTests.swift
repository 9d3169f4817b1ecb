import Dispatch
import System
import Testing

@testable import HTTPServer

@Suite("A crawl of searches does not delay a reader's")
struct SearchJobsTests {
  private static let second: Int64 = 1_000_000_000

  private func address(_ text: String) throws -> Address { try #require(Address(text)) }

  /// Searches in the order in which they begin, one after the other, each ending at `now`.
  private func order(_ jobs: inout SearchJobs, running: [Address], at now: Int64) -> [String] {
    var order: [String] = []
    for client in running { jobs.end(client, at: now) }
    while let (_, client) = jobs.next() {
      order.append(client.description)
      jobs.end(client, at: now)
    }
    return order
  }

  @Test("A client that returns after a pause goes first")
  func returningReader() throws {
    var jobs = SearchJobs(limit: 1)
    let reader = try address("203.0.113.5")
    jobs.append({ _ in }, for: reader, at: 0)
    _ = jobs.next()
    jobs.end(reader, at: 0)
    let crawlers = try (1...24).map { try address("198.51.\($0).7") }
    for crawler in crawlers { jobs.append({ _ in }, for: crawler, at: 1) }
    let started = jobs.next()?.1
    let first = try #require(started)
    // The reader need not wait for the one that runs either.
    jobs.append({ _ in }, for: reader, at: Self.second)
    let second = jobs.next()?.1
    #expect(second == reader)
    // And of the crawl nothing begins beside both.
    #expect(!jobs.hasNext)
    let rest = order(&jobs, running: [first, reader], at: Self.second)
    #expect(Set(rest).count == 23)
  }

  @Test("A new client goes before clients that search all the time")
  func newcomer() throws {
    var jobs = SearchJobs(limit: 1)
    let crawlers = try ["198.51.1.1", "198.51.2.1", "198.51.3.1"].map(address)
    for crawler in crawlers {
      jobs.append({ _ in }, for: crawler, at: 0)
      _ = jobs.next()
      jobs.end(crawler, at: 0)
    }
    for crawler in crawlers { jobs.append({ _ in }, for: crawler, at: 1000) }
    let reader = try address("203.0.113.5")
    jobs.append({ _ in }, for: reader, at: 1000)
    #expect(order(&jobs, running: [], at: 2000).first == reader.description)
  }

  @Test("New addresses of a busy network are busy")
  func rotation() throws {
    var jobs = SearchJobs(limit: 1)
    for number in 1...30 {
      jobs.append({ _ in }, for: try address("198.51.100.\(number)"), at: 0)
    }
    jobs.append({ _ in }, for: try address("2001:db8:1:1::1"), at: 0)
    jobs.append({ _ in }, for: try address("2001:db8:1:2::1"), at: 0)
    let reader = try address("203.0.113.5")
    jobs.append({ _ in }, for: reader, at: 0)
    let first = order(&jobs, running: [], at: 1).prefix(3)
    #expect(first.first == reader.description)
    #expect(first.contains("2001:db8:1:1::1"))
    #expect(first.contains("198.51.100.1"))
  }

  @Test("Busy clients are served least recently served first")
  func turns() throws {
    var jobs = SearchJobs(limit: 1)
    let (one, two) = (try address("198.51.100.1"), try address("198.51.100.2"))
    for _ in 0..<3 { jobs.append({ _ in }, for: one, at: 0) }
    jobs.append({ _ in }, for: two, at: 0)
    var now: Int64 = 0
    var order: [Address] = []
    while let (_, client) = jobs.next() {
      now += 1
      order.append(client)
      jobs.end(client, at: now)
    }
    #expect(order == [one, two, one, one])
  }

  @Test("A flood of addresses evicts the older half")
  func flood() throws {
    var jobs = SearchJobs(limit: 1)
    for number in 0..<30_000 {
      jobs.refuse(Address(ipv4: UInt32(number) << 8 | 1), at: Int64(number))
    }
    #expect(jobs.isBusy(Address(ipv4: 29_999 << 8 | 1), at: 30_000))
    #expect(!jobs.isBusy(Address(ipv4: 1), at: 30_000))
  }

  @Test("Searches leave workers for pages, and all complete")
  func pages() {
    let workers = Workers(count: 4, waiting: 100, searches: 1, clock: { 0 })
    let most = mostAtOnce(of: workers, 1) { number, job in
      workers.submit(for: "198.51.\(number).1", isSearch: true, job)
    }
    #expect(most == 1)
    #expect(workers.waiting == 0)
  }

  @Test("Busy clients fill at most half of the places")
  func places() {
    let workers = Workers(count: 1, waiting: 8, searches: 1, clock: { 0 })
    let gate = DispatchSemaphore(value: 0)
    let begun = DispatchSemaphore(value: 0)
    _ = workers.submit(for: "198.51.100.1", isSearch: true) { _ in
      begun.signal()
      gate.wait()
    }
    begun.wait()
    var taken = 0
    for number in 2..<20 where workers.submit(for: "198.51.100.\(number)", isSearch: true, { _ in })
    {
      taken += 1
    }
    #expect(taken == 4)
    #expect(workers.submit(for: "203.0.113.5", isSearch: true) { _ in })
    gate.signal()
    #expect(workers.drain(within: .seconds(10)))
  }
}
