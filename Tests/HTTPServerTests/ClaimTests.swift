import System
import Testing

@testable import HTTPServer

@Suite("A claim to costly work is earned and forgotten")
struct ClaimTests {
  private static let second: Int64 = 1_000_000_000
  private static let day = 86_400 * second

  private let reader = Address(ipv4: 0xCB00_7105)
  private let crawler = Address(ipv4: 0xC633_6401)

  @Test("Who fetches a style sheet is a reader for a day")
  func reading() {
    var claims = Claims()
    #expect(claims.rank(of: reader, at: 0).claim == .stranger)
    claims.noteReader(reader, at: 0)
    #expect(claims.rank(of: reader, at: Self.day).claim == .reader)
    #expect(claims.rank(of: reader, at: Self.day + 1).claim == .stranger)
    claims.noteReader(reader, at: Self.day)
    #expect(claims.rank(of: reader, at: 2 * Self.day).claim == .reader)
  }

  @Test("Others in the network of a reader are strangers")
  func neighbours() {
    var claims = Claims()
    claims.noteReader(reader, at: 0)
    let neighbour = Address(high: reader.high, low: reader.low + 1)
    #expect(claims.rank(of: neighbour, at: 0).claim == .stranger)
    claims.charge(100 * Self.second, to: neighbour, at: 0)
    #expect(claims.rank(of: neighbour, at: 0).claim == .busy)
    #expect(claims.rank(of: reader, at: 0) < claims.rank(of: crawler, at: 0))
  }

  @Test(
    "A network is busy that uses more than its share, until that has drained",
    arguments: [("198.51.100.1", "198.51.100.200"), ("2001:db8:1:1::1", "2001:db8:1:2::9")])
  func share(_ one: String, _ other: String) throws {
    let (one, other) = (try #require(Address(one)), try #require(Address(other)))
    var claims = Claims()
    claims.charge(Self.second, to: one, at: 0)
    #expect(claims.rank(of: other, at: 0).claim == .stranger)
    claims.charge(1_000_000, to: other, at: 0)
    #expect(claims.rank(of: one, at: 0).claim == .busy)
    let wait = claims.wait(of: one, at: 0)
    #expect(wait == 20_000_000)
    #expect(claims.rank(of: one, at: wait).claim == .stranger)
    // Nobody owes more than a few minutes.
    claims.charge(100_000 * Self.second, to: one, at: 0)
    #expect(claims.wait(of: one, at: 0) < 200 * Self.second)
    #expect(claims.wait(of: reader, at: 0) == 0)
  }

  @Test("A reader who searches ten times a second, 30 ms each, stays a reader")
  func eagerReader() {
    var claims = Claims()
    claims.noteReader(reader, at: 0)
    for number in 0..<6000 {
      claims.charge(30_000_000, to: reader, at: Int64(number) * Self.second / 10)
    }
    #expect(claims.rank(of: reader, at: 600 * Self.second).claim == .reader)
    // A crawler that fetched the style sheet, too, is busy when it takes a whole worker.
    claims.noteReader(crawler, at: 0)
    for number in 0..<60 {
      claims.charge(Self.second, to: crawler, at: Int64(number) * Self.second)
    }
    #expect(claims.rank(of: crawler, at: 60 * Self.second).claim == .busy)
  }

  @Test("The more a client has used, the later it is served among its equals")
  func levels() {
    var claims = Claims()
    claims.charge(3_000_000, to: crawler, at: 0)
    #expect(claims.rank(of: reader, at: 0) < claims.rank(of: crawler, at: 0))
    claims.charge(100_000_000, to: reader, at: 0)
    #expect(claims.rank(of: crawler, at: 0) < claims.rank(of: reader, at: 0))
    #expect(claims.rank(of: reader, isStaff: true, at: 0).claim == .staff)
  }

  @Test("A flood of networks takes bounded memory and forgets no reader")
  func flood() {
    var claims = Claims()
    claims.noteReader(reader, at: 0)
    for number in 0..<50_000 {
      claims.charge(5_000_000, to: Address(ipv4: UInt32(number) << 8 | 1), at: Int64(number))
      #expect(claims.count <= Claims.mostNetworks)
    }
    #expect(claims.rank(of: reader, at: 50_000).claim == .reader)
  }

  @Test("A flood of readers evicts those that were heard of longest ago")
  func floodOfReaders() {
    var claims = Claims()
    for number in 0..<20_000 {
      claims.noteReader(Address(ipv4: UInt32(number) << 8 | 1), at: Int64(number))
    }
    #expect(claims.count <= Claims.mostNetworks)
    #expect(claims.rank(of: Address(ipv4: 1), at: 20_000).claim == .stranger)
    #expect(claims.rank(of: Address(ipv4: 19_999 << 8 | 1), at: 20_000).claim == .reader)
    // One network has few places.
    for number in 0..<200 {
      claims.noteReader(Address(ipv4: 0xCB00_7100 | UInt32(number)), at: 30_000)
    }
    #expect(claims.rank(of: Address(ipv4: 0xCB00_7100), at: 30_000).claim == .stranger)
    #expect(claims.rank(of: Address(ipv4: 0xCB00_71C7), at: 30_000).claim == .reader)
  }
}
