import Dispatch
import Synchronization
import System
import Testing

@testable import HTTPServer

@Suite("A client that asks too often waits, and only that client")
struct BudgetTests {
  private static let second: Int64 = 1_000_000_000

  private func address(_ number: Int) -> Address { Address(high: UInt64(number) << 16, low: 1) }

  @Test("A burst is granted, then the rate")
  func rate() {
    let budgets = Budgets([.page: .init(perSecond: 2, burst: 3)])
    let client = address(1)
    for _ in 0..<3 { #expect(budgets.draw(.page, for: client, now: 0) == nil) }
    #expect(budgets.draw(.page, for: client, now: 0) == 1)
    #expect(budgets.draw(.page, for: client, now: Self.second / 2) == nil)
    #expect(budgets.draw(.page, for: client, now: Self.second / 2) == 1)
    // What was not used for an hour is no more than a burst.
    for _ in 0..<3 { #expect(budgets.draw(.page, for: client, now: 3600 * Self.second) == nil) }
    #expect(budgets.draw(.page, for: client, now: 3600 * Self.second) == 1)
  }

  @Test("Kinds are counted apart, and what has no rate is not counted")
  func kinds() {
    let budgets = Budgets([
      .search: .init(perSecond: 0.001, burst: 1), .mailingList: .init(perSecond: 0.001, burst: 1),
    ])
    let client = address(1)
    #expect(budgets.draw(.search, for: client, now: 0) == nil)
    #expect(budgets.draw(.search, for: client, now: 0) == 1000)
    #expect(budgets.draw(.mailingList, for: client, now: 0) == nil)
    for _ in 0..<1000 { #expect(budgets.draw(.page, for: client, now: 0) == nil) }
  }

  @Test("Of IPv6 all of a /64 are one client")
  func subscriber() {
    let budgets = Budgets([.page: .init(perSecond: 0.001, burst: 1)])
    #expect(budgets.draw(.page, for: Address(high: 7, low: 1), now: 0) == nil)
    #expect(budgets.draw(.page, for: Address(high: 7, low: 2), now: 0) != nil)
    #expect(budgets.draw(.page, for: Address(high: 8, low: 1), now: 0) == nil)
    #expect(budgets.draw(.page, for: Address(ipv4: 1), now: 0) == nil)
    #expect(budgets.draw(.page, for: Address(ipv4: 2), now: 0) == nil)
  }

  @Test("In a flood of addresses each new one is granted its burst, and who waits goes on waiting")
  func flood() {
    let budgets = Budgets([.page: .init(perSecond: 1, burst: 10)])
    let eager = address(0)
    for _ in 0..<10 { #expect(budgets.draw(.page, for: eager, now: 0) == nil) }
    for number in 1...300_000 {
      #expect(budgets.draw(.page, for: address(number), now: Int64(number) * 1000) == nil)
    }
    // All of these came after it and will be full long before it.
    #expect(budgets.draw(.page, for: eager, now: Self.second / 2) == 1)
  }

  @Test("All who draw at once draw on one bucket")
  func together() {
    let budgets = Budgets([.page: .init(perSecond: 0.001, burst: 1000)])
    let client = address(1)
    let granted = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for _ in 0..<1000 where budgets.draw(.page, for: client, now: 0) == nil {
        granted.add(1, ordering: .relaxed)
      }
    }
    #expect(granted.load(ordering: .relaxed) == 1000)
  }

  @Test("A clock that is a little behind another takes nothing away")
  func clock() {
    let budgets = Budgets([.page: .init(perSecond: 1, burst: 2)])
    #expect(budgets.draw(.page, for: address(1), now: 10 * Self.second) == nil)
    #expect(budgets.draw(.page, for: address(1), now: 10 * Self.second - 1000) == 1)
    #expect(budgets.draw(.page, for: address(1), now: 11 * Self.second) == nil)
  }

  @Test("Rates and bursts of any size are counted without overflow")
  func extremes() {
    let budgets = Budgets([
      .page: .init(perSecond: 0, burst: 1e300), .search: .init(perSecond: 1e300, burst: 1e300),
    ])
    for _ in 0..<1000 {
      #expect(budgets.draw(.page, for: address(1), now: .max / 4) == nil)
      #expect(budgets.draw(.search, for: address(1), now: .max / 4) == nil)
    }
  }
}
