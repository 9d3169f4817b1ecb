import Dispatch
import Synchronization
import System
import Testing

@testable import HTTPServer

@Suite("A rate limit applies to one client")
struct RateLimiterTests {
  private static let second: Int64 = 1_000_000_000

  private func address(_ number: Int) -> Address { Address(high: UInt64(number) << 16, low: 1) }

  @Test("A burst is granted, then the rate")
  func rate() {
    let limiter = RateLimiter([.page: .init(perSecond: 2, burst: 3)])
    let client = address(1)
    for _ in 0..<3 { #expect(limiter.take(.page, for: client, now: 0) == nil) }
    #expect(limiter.take(.page, for: client, now: 0) == 1)
    #expect(limiter.take(.page, for: client, now: Self.second / 2) == nil)
    #expect(limiter.take(.page, for: client, now: Self.second / 2) == 1)
    // What was not used for an hour is no more than a burst.
    for _ in 0..<3 { #expect(limiter.take(.page, for: client, now: 3600 * Self.second) == nil) }
    #expect(limiter.take(.page, for: client, now: 3600 * Self.second) == 1)
  }

  @Test("Classes are counted separately, and one without a rate is unlimited")
  func kinds() {
    let limiter = RateLimiter([
      .signIn: .init(perSecond: 0.001, burst: 1), .mailingList: .init(perSecond: 0.001, burst: 1),
    ])
    let client = address(1)
    #expect(limiter.take(.signIn, for: client, now: 0) == nil)
    #expect(limiter.take(.signIn, for: client, now: 0) == 1000)
    #expect(limiter.take(.mailingList, for: client, now: 0) == nil)
    for _ in 0..<1000 { #expect(limiter.take(.page, for: client, now: 0) == nil) }
  }

  @Test("An IPv6 /64 is one client")
  func subscriber() {
    let limiter = RateLimiter([.page: .init(perSecond: 0.001, burst: 1)])
    #expect(limiter.take(.page, for: Address(high: 7, low: 1), now: 0) == nil)
    #expect(limiter.take(.page, for: Address(high: 7, low: 2), now: 0) != nil)
    #expect(limiter.take(.page, for: Address(high: 8, low: 1), now: 0) == nil)
    #expect(limiter.take(.page, for: Address(ipv4: 1), now: 0) == nil)
    #expect(limiter.take(.page, for: Address(ipv4: 2), now: 0) == nil)
  }

  @Test("A flood of addresses neither denies new clients nor resets waiting ones")
  func flood() {
    let limiter = RateLimiter([.page: .init(perSecond: 1, burst: 10)])
    let eager = address(0)
    for _ in 0..<10 { #expect(limiter.take(.page, for: eager, now: 0) == nil) }
    for number in 1...300_000 {
      #expect(limiter.take(.page, for: address(number), now: Int64(number) * 1000) == nil)
    }
    // All of these came after it and will be full long before it.
    #expect(limiter.take(.page, for: eager, now: Self.second / 2) == 1)
  }

  @Test("Concurrent requests take from one bucket")
  func together() {
    let limiter = RateLimiter([.page: .init(perSecond: 0.001, burst: 1000)])
    let client = address(1)
    let granted = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for _ in 0..<1000 where limiter.take(.page, for: client, now: 0) == nil {
        granted.add(1, ordering: .relaxed)
      }
    }
    #expect(granted.load(ordering: .relaxed) == 1000)
  }

  @Test("A clock slightly behind another loses no tokens")
  func clock() {
    let limiter = RateLimiter([.page: .init(perSecond: 1, burst: 2)])
    #expect(limiter.take(.page, for: address(1), now: 10 * Self.second) == nil)
    #expect(limiter.take(.page, for: address(1), now: 10 * Self.second - 1000) == 1)
    #expect(limiter.take(.page, for: address(1), now: 11 * Self.second) == nil)
  }

  @Test("Rates and bursts of any size are counted without overflow")
  func extremes() {
    let limiter = RateLimiter([
      .page: .init(perSecond: 0, burst: 1e300), .signIn: .init(perSecond: 1e300, burst: 1e300),
    ])
    for _ in 0..<1000 {
      #expect(limiter.take(.page, for: address(1), now: .max / 4) == nil)
      #expect(limiter.take(.signIn, for: address(1), now: .max / 4) == nil)
    }
  }
}
