import Testing

@testable import HTTPServer

@Suite("A client that asks too often waits, and only that client")
struct BudgetTests {
  private static let second: Int64 = 1_000_000_000

  private func address(_ number: Int) -> Address { Address(high: UInt64(number) << 16, low: 1) }

  @Test("A burst is granted, then the rate")
  func rate() {
    var budgets = Budgets([.page: .init(perSecond: 2, burst: 3)])
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
    var budgets = Budgets([
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
    var budgets = Budgets([.page: .init(perSecond: 0.001, burst: 1)])
    #expect(budgets.draw(.page, for: Address(high: 7, low: 1), now: 0) == nil)
    #expect(budgets.draw(.page, for: Address(high: 7, low: 2), now: 0) != nil)
    #expect(budgets.draw(.page, for: Address(high: 8, low: 1), now: 0) == nil)
    #expect(budgets.draw(.page, for: Address(ipv4: 1), now: 0) == nil)
    #expect(budgets.draw(.page, for: Address(ipv4: 2), now: 0) == nil)
  }

  @Test("A flood of addresses takes bounded memory, and those who wait go on waiting")
  func flood() {
    var budgets = Budgets([.page: .init(perSecond: 1, burst: 2)])
    let eager = address(0)
    for _ in 0..<100 { _ = budgets.draw(.page, for: eager, now: 0) }
    for number in 1...300_000 {
      // A new client each ten microseconds: a fifth of a second's worth have a bucket not yet full.
      let now = Int64(number) * 10_000
      #expect(budgets.draw(.page, for: address(number), now: now) == nil)
      if budgets.count > Budgets.capacity { break }
    }
    #expect(budgets.count <= Budgets.capacity)
  }

  @Test("A clock that stands still or a time that is past takes nothing away")
  func clock() {
    var budgets = Budgets([.page: .init(perSecond: 1, burst: 1)])
    #expect(budgets.draw(.page, for: address(1), now: 10 * Self.second) == nil)
    #expect(budgets.draw(.page, for: address(1), now: 0) == 1)
    #expect(budgets.draw(.page, for: address(1), now: Self.second) == nil)
  }
}
