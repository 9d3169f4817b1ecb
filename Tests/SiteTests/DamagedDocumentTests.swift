import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("A damaged PDF is not sent; readers get an error page and staff see the file")
struct DamagedDocumentTests {
  private let site: TestSite
  private let publication: Publication
  private let path: String
  private let whole: Data

  init() throws {
    site = try TestSite()
    publication = try site.deposit(TestSite.record("Harbours"), )
    let file = try #require(publication.file)
    path = site.archive.files.path(of: file)
    whole = try Data(contentsOf: URL(filePath: path))
  }

  private func write(_ octets: Data) throws {
    try FileManager.default.removeItem(atPath: path)
    try octets.write(to: URL(filePath: path))
  }

  @Test(
    arguments: [
      { Data($0.dropLast()) }, { $0 + [0] }, { Data($0.reversed()) }, { _ in Data() },
    ] as [@Sendable (Data) -> Data])
  func damage(_ change: @Sendable (Data) -> Data) throws {
    let address = Resource.document(publication.slug).path
    let before = site.get(address)
    #expect(before.status == .ok)
    try write(change(whole))
    let tag = before.entityTag.map { "\"\($0)\"" } ?? ""
    for fields in [[:], ["If-None-Match": tag], ["Range": "bytes=0-3"]] as [Fields] {
      let answer = site.get(address, fields)
      #expect(answer.status == .internalServerError)
      #expect(answer.fields["Content-Type"] == "text/html; charset=utf-8")
      #expect(answer.fields["Cache-Control"]?.contains("no-store") == true)
      #expect(!answer.isReusable)
      #expect(answer.entityTag == nil)
      #expect(answer.text.contains("This PDF is damaged"))
      #expect(!answer.text.contains(path))
    }
    guard case .failed(_, address, let reason)? = site.environment.events.last else {
      Issue.record("not logged")
      return
    }
    #expect(reason.contains(path) && reason.contains(publication.slug.description))
    let health = site.get("/health")
    #expect(health.status == .ok)
    #expect(health.text.contains("\"publications\":[\"\(publication.slug)\"]"), "\(health.text)")
    #expect(!health.text.contains(path))
    let staff = try site.signIn(as: .author)
    let dashboard = site.get("/staff", staff.fields).text
    #expect(dashboard.contains("Damaged files") && dashboard.contains(path))
    try write(whole)
    #expect(site.get(address).status == .ok)
    #expect(!site.get("/staff", staff.fields).text.contains("Damaged files"))
    site.environment.wait(seconds: 1)
    #expect(site.get("/health").text.contains("\"damaged_files\":[]"))
  }
}
