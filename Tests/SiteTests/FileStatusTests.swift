import Archive
import Digests
import Foundation
import HTTP
import Site
import Testing

@Suite("Readers can tell what a PDF is, and learn nothing of drafts")
struct FileStatusTests {
  private let site: TestSite

  init() throws { site = try TestSite() }

  private static let html: Fields = ["Accept": "text/html"]

  private func deposit(_ status: Publication.Status = .published) throws -> Publication {
    try site.deposit(TestSite.record("Quiet <harbours>"), status: status)
  }

  private func replace(_ publication: Publication, _ text: String, note: String? = nil) throws
    -> Publication
  {
    let path = site.archive.folder.incoming + "/" + UUID().uuidString
    try Data(TestSite.pdf + Array("% \(text)\n".utf8)).write(to: URL(fileURLWithPath: path))
    var draft = Draft(record: publication.record, status: .published)
    draft.fileNote = note
    return try site.archive.publications.revise(
      publication.id, to: draft, file: IncomingFile(path: path), by: .program, at: site.now)
  }

  private func hash(_ publication: Publication) throws -> String {
    try #require(publication.file?.sha256)
  }

  // MARK: Repr-Digest

  @Test("Every response with a PDF, a part of it or 304 has Repr-Digest of the whole (RFC 9530)")
  func digests() throws {
    let publication = try deposit()
    let expected = "sha-256=:\(Data(SHA256.hash(TestSite.pdf)).base64EncodedString()):"
    let tag = "\"\(try hash(publication))\""
    for resource: Resource in [
      .document(publication.slug), .file(publication.slug, sha256: try hash(publication)),
    ] {
      for (fields, method, status) in [
        ([:], .get, .ok), ([:], .head, .ok), (["Range": "bytes=0-9"], .get, .partialContent),
        (["Range": "bytes=0-1,4-5"], .get, .partialContent),
        (["If-None-Match": tag], .get, .notModified),
        (["Want-Repr-Digest": "sha-512=3, sha-256=10"], .get, .ok),
      ] as [(Fields, HTTP.Method, Status)] {
        let request = Request(method: method, path: resource.path, fields: fields)
        let response = site.site.response(to: request).selected(for: request)
        #expect(response.status == status)
        #expect(response.fields.values(of: "Repr-Digest") == [expected])
      }
      // An error is no representation of the file.
      let request = Request(method: .get, path: resource.path, fields: ["Range": "bytes=9999-"])
      let refused = site.site.response(to: request).selected(for: request)
      #expect(refused.status == .rangeNotSatisfiable && !refused.fields.has("Repr-Digest"))
    }
  }

  @Test func theArticleShowsTheHash() throws {
    let publication = try deposit()
    let text = site.get(Resource.publication(publication.slug).path).text
    #expect(text.contains(">\(try hash(publication))</code>"))
    #expect(text.contains("href=\"/verify\"") && imbalance(of: text) == nil)
  }

  // MARK: By hash

  @Test func currentAndSuperseded() throws {
    let old = try deposit()
    let first = try hash(old)
    let current = site.get("/files/\(first)", Self.html)
    #expect(current.status == .ok && current.text.contains("This is a current file"))
    #expect(current.text.contains("Quiet &lt;harbours&gt;") && imbalance(of: current.text) == nil)
    let second = try hash(try replace(old, "2", note: "Table <2> was wrong."))
    let superseded = site.get("/files/\(first)", Self.html)
    #expect(superseded.text.contains("This file has been replaced"))
    #expect(superseded.text.contains("Table &lt;2&gt; was wrong."))
    #expect(superseded.text.contains("href=\"/publications/quiet-harbours.pdf\""))
    #expect(imbalance(of: superseded.text) == nil)
    let json = site.get("/files/\(first)")
    #expect(json.fields["Content-Type"] == "application/json")
    #expect(json.fields["Vary"] == "Accept" && json.fields["X-Robots-Tag"] == "noindex")
    for part in [
      "\"status\":\"superseded\"", "\"reason\":\"Table <2> was wrong.\"", second,
      "/publications/quiet-harbours/versions", "\"replaced\":\"2100-03-01T12:00:00Z\"",
    ] { #expect(json.text.contains(part)) }
    #expect(site.get("/files/\(second)").text.contains("\"status\":\"current\""))
  }

  @Test func withdrawn() throws {
    let publication = try deposit()
    _ = try site.archive.publications.withdraw(
      publication.id, reason: "Wrong <data>.", by: .program, at: site.now)
    let answer = site.get("/files/\(try hash(publication))", Self.html)
    #expect(answer.status == .ok && answer.text.contains("Wrong &lt;data&gt;."))
    let json = site.get("/files/\(try hash(publication))").text
    #expect(json.contains("\"status\":\"withdrawn\"") && !json.contains(".pdf"))
  }

  @Test("The response for a file of a draft is that for an unknown file")
  func drafts() throws {
    let unknown = String(repeating: "0a", count: 32)
    let draft = try hash(try deposit(.draft))
    let scheduled = try site.deposit(
      TestSite.record("Later"), status: .scheduled, publicFrom: site.now.adding(seconds: 60),
      pdf: TestSite.pdf + Array("% later\n".utf8))
    for hash in [draft, try hash(scheduled)] {
      for fields: Fields in [[:], Self.html] {
        let (one, other) = (
          site.get("/files/\(hash)", fields), site.get("/files/\(unknown)", fields)
        )
        #expect(one.status == .notFound && other.status == .notFound)
        #expect(one.text.replacing(hash, with: unknown) == other.text)
        #expect(one.fields.lines == other.fields.lines)
      }
    }
  }

  @Test(
    arguments: [
      ("/files/" + String(repeating: "0A", count: 32), Status.movedPermanently),
      ("/files/" + String(repeating: "0a", count: 31), .notFound),
      ("/files/" + String(repeating: "0a", count: 33), .notFound),
      ("/files/" + String(repeating: "0g", count: 32), .notFound),
      ("/files/", .notFound), ("/files/%00" + String(repeating: "a", count: 63), .notFound),
    ])
  func badHashes(_ path: String, _ status: Status) {
    let answer = site.get(path)
    #expect(answer.status == status)
    if status == .movedPermanently {
      #expect(answer.fields["Location"] == path.lowercased())
    }
  }

  // MARK: Versions

  private func store(_ pages: [String], of publication: Publication) throws {
    try site.archive.texts.store(of: try #require(publication.file), pages: pages, at: site.now)
  }

  @Test func versionsShowWhatChangedPageByPage() throws {
    var publication = try deposit()
    let path = Resource.versions(publication.slug).path
    #expect(site.get(path).text.contains("has had one PDF"))
    let page = (0..<80).map { "word\($0)" }.joined(separator: " ")
    try store(["A report of 12 ships", page], of: publication)
    site.environment.wait(seconds: 86_400)
    publication = try replace(publication, "2", note: "Ships were <miscounted>.")
    let waiting = site.get(path).text
    #expect(waiting.contains("has not been extracted"))
    try store(
      ["A report of 21 ships", page.replacing("word40", with: "<b>word")], of: publication)
    let text = site.get(path).text
    #expect(text.contains("<del>12</del> <ins>21</ins>"))
    #expect(text.contains("<del>word40</del> <ins>&lt;b&gt;word</ins>"))
    #expect(text.contains("2 changes") && text.contains("Page 1") && text.contains("Page 2"))
    #expect(text.contains("Reason for the change: Ships were &lt;miscounted&gt;."))
    #expect(text.contains("noindex") && imbalance(of: text) == nil)
    let article = site.get(Resource.publication(publication.slug).path).text
    #expect(article.contains("href=\"\(path)\""))
    let json = site.get(Resource.publicationAPI(publication.slug).path).text
    #expect(json.contains("\"versions\":[{") && json.contains("Ships were <miscounted>."))
    // Only the address that is cached is compared for.
    let other = site.get(path + "?utm_source=x")
    #expect(other.status == .movedPermanently && other.fields["Location"] == path)
    #expect(site.get(path + "?lang=sv").text.contains("Alla versioner"))
  }

  @Test func versionsOfWhatIsNotPublic() throws {
    let draft = try deposit(.draft)
    #expect(site.get(Resource.versions(draft.slug).path).status == .notFound)
    let bare = try site.deposit(TestSite.record("Without a file"), pdf: nil)
    #expect(site.get(Resource.versions(bare.slug).path).status == .notFound)
  }
}
