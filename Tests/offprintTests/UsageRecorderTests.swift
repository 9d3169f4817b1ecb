import Archive
import Foundation
import HTTP
import HTTPServer
import Site
import Testing

@testable import offprint

@Suite("Responses to people are counted as usage, others are not")
struct UsageRecorderTests {
  private let start: Int64 = 1_795_514_460  // 2026-11-24T10:01:00Z

  private func record(
    _ path: String, method: Method = .get, status: Int = 200, client: String = "192.0.2.1",
    userAgent: String = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    isCut: Bool = false, isPrefetch: Bool = false
  ) -> AccessRecord {
    var record = AccessRecord(
      time: start * 1_000_000_000, method: method, path: path, client: client, id: "a",
      userAgent: userAgent)
    record.status = status
    record.isCut = isCut
    record.isPrefetch = isPrefetch
    record.route = ResolvedRoute(path: path)
    return record
  }

  @Test func onlyWholeAnswersToPeopleAreAddedToTheTotals() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "usage-\(UUID())").path
    let archive = try Archive.open(folder: folder, access: .exclusive)
    defer {
      archive.close()
      try? FileManager.default.removeItem(atPath: folder)
    }
    let publication = try archive.publications.deposit(
      Draft(
        record: Record(title: "River Law", published: try #require(PublicationDate("2010"))),
        status: .published, publicFrom: nil),
      file: nil, by: .program)
    let path = "/publications/\(publication.slug)"
    let recorder = try UsageRecorder(archive: archive) { Issue.record($0) }
    recorder.take([
      record(path), record(path + ".pdf", status: 304), record(path, client: "192.0.2.2"),
      record(path + "/text", client: "192.0.2.2"),
      // None of these counts.
      record(path + ".pdf", status: 206, client: "192.0.2.3"),
      record(path, method: .head, client: "192.0.2.3"),
      record(path, client: "192.0.2.3", userAgent: "curl/8"),
      record(path, client: "192.0.2.3", isCut: true),
      record(path, client: "192.0.2.3", isPrefetch: true),
      record(path, status: 404, client: "192.0.2.3"),
      record("/publications/nothing-of-ours"), record("/publications"), record("/"),
    ])
    recorder.settle(at: Instant(secondsSince1970: start + 7200))
    let usage = try #require(try archive.usage.of(publication.slug))
    #expect(
      usage.total
        == Uses(
          investigations: 4, requests: 2, uniqueInvestigations: 2, uniqueRequests: 2))
    #expect(usage.months.map(\.month.description) == ["2026-11"])
    recorder.stop()
    #expect(try archive.usage.of(publication.slug) == usage)
  }
}
