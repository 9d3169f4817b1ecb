import Foundation
import Testing

@testable import offprint

@Suite("A server gives back the code that it has run once")
struct MemoryTests {
  @Test func codeIsMappedAgainWhenItIsRun() throws {
    // Other tests run code meanwhile, which brings it back.
    let isLess = try (0..<20).contains { _ in
      let before = try Self.residentKibibytesOfFiles()
      Memory.release()
      return try Self.residentKibibytesOfFiles() < before
    }
    #expect(isLess)
    // Much of Foundation and ICU.
    #expect(1234.5.formatted(.number.locale(Locale(identifier: "de"))) == "1.234,5")
  }

  private static func residentKibibytesOfFiles() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssFile:") })
    return try #require(Int(line.filter(\.isNumber)))
  }
}
