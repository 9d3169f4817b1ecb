import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("The JSON API returns publications and problem details")
struct APITests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.deposit(TestSite.record())
    for number in 1...24 {
      try site.deposit(try TestSite.record("Paper \(number)", published: "2011"), pdf: nil)
    }
  }

  private func object(_ answer: Response) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any])
  }

  @Test func list() throws {
    let answer = site.get("/api/publications?limit=10&page=2&year=2011")
    #expect(answer.status == .ok)
    #expect(answer.fields["Content-Type"] == "application/json")
    #expect(answer.fields["Access-Control-Allow-Origin"] == "*")
    let list = try object(answer)
    #expect(list["total"] as? Int == 24)
    #expect(list["pages"] as? Int == 3)
    #expect((list["publications"] as? [Any])?.count == 10)
    let links = try #require(list["links"] as? [String: String])
    let base = "https://papers.example.org/api/publications?year=2011&limit=10"
    #expect(
      links == [
        "self": base + "&page=2", "first": base, "prev": base, "next": base + "&page=3",
        "last": base + "&page=3",
      ])
  }

  @Test func everyPublicationIsReachedByTheLinks() throws {
    var address: String? = "https://papers.example.org/api/publications"
    var slugs: [String] = []
    while let target = address {
      let list = try object(site.get(String(target.dropFirst(26))))
      slugs += (list["publications"] as? [[String: Any]] ?? []).compactMap { $0["slug"] as? String }
      address = (list["links"] as? [String: String])?["next"]
    }
    #expect(slugs.count == 25)
    #expect(Set(slugs).count == 25)
  }

  @Test func one() throws {
    let answer = site.get("/api/publications/russia-and-the-koreas")
    #expect(answer.lastModified == site.now.secondsSince1970)
    #expect(answer.isReusable)
    let publication = try object(answer)
    #expect(publication["title"] as? String == "Russia and the Koreas")
    #expect(publication["topics"] as? [String] == ["Korea", "R&D"])
    let authors = try #require(publication["authors"] as? [[String: String]])
    #expect(
      authors.first == ["name": "Richard Weitz", "given": "Richard", "family": "Weitz"])
    let file = try #require(publication["file"] as? [String: Any])
    #expect(file["octets"] as? Int == TestSite.pdf.count)
  }

  @Test(
    arguments: [
      "page=0", "page=x", "page=1000001", "page=", "limit=0", "limit=101", "limit=-1", "year=10",
      "type=novel", "topic=", "page=1&page=2", "page=9223372036854775808",
    ])
  func aWrongValueIsRefused(_ query: String) throws {
    let answer = site.get("/api/publications?\(query)")
    #expect(answer.status == .badRequest)
    #expect(answer.fields["Content-Type"] == "application/problem+json")
    let problem = try object(answer)
    #expect(problem["status"] as? Int == 400)
    #expect((problem["detail"] as? String)?.contains("expected") == true)
  }

  @Test(arguments: ["/api/publications/nothing", "/api/nothing", "/api/publications/a/b"])
  func whatIsNotThereIsAProblem(_ path: String) throws {
    let answer = site.get(path)
    #expect(answer.status == .notFound)
    #expect(answer.fields["Content-Type"] == "application/problem+json")
    #expect(try object(answer)["title"] as? String == "Not Found")
    #expect(site.get(path, method: .head).status == .notFound)
  }

  @Test func aPageBehindTheLastIsEmpty() throws {
    let list = try object(site.get("/api/publications?page=1000000"))
    #expect((list["publications"] as? [Any])?.isEmpty == true)
    #expect((list["links"] as? [String: String])?["next"] == nil)
  }

  @Test("The description names each path of the API, and no other") func description() throws {
    let description = try object(site.get("/api/openapi.json"))
    #expect(description["openapi"] as? String == "3.1.0")
    let paths = try #require(description["paths"] as? [String: Any])
    let known = ResourceTests.all.map(\.path).filter { $0.hasPrefix("/api/") }.map {
      $0.replacing("/russia-and-the-koreas", with: "/{slug}")
    }
    #expect(Set(paths.keys) == Set(known))
  }
}

@Suite("Exports can be imported again")
struct ExportTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.deposit(TestSite.record())
    var bare = Record(
      title: "=HYPERLINK(\"x\")", authors: ["World Bank"],
      published: try #require(PublicationDate("2001-03")), type: .brief)
    bare.unknown = #"{"shelf":[1,"2"],"type":"leaflet"}"#
    try site.deposit(bare, pdf: nil)
    var foreign = bare
    foreign.title = "A leaflet"
    foreign.type = .report
    try site.deposit(foreign, pdf: nil)
    try site.deposit(try TestSite.record("Hidden"), status: .draft)
    let gone = try site.deposit(try TestSite.record("Gone"))
    _ = try site.archive.publications.withdraw(gone.id, by: .program, at: site.now)
  }

  private func publications(_ archive: Archive) throws -> [Publication] {
    var all: [Publication] = []
    try archive.publications.forEachPublic(at: site.now) { all.append($0) }
    return all
  }

  @Test func aCatalogueIsImportedUnchanged() throws {
    let exported = ExportFormat.jsonl.bytes(
      of: try publications(site.archive), on: TestSite.settings)
    let other = try TestSite()
    for round in 1...2 {
      var importer = Importer(into: other.archive, filesFolder: site.archive.folder.files) {
        Issue.record("\($0)")
      }
      for (number, line) in exported.split(separator: 0x0A).enumerated() {
        try importer.take(Array(line), number: number + 1)
      }
      try importer.finish()
      #expect(importer.summary.added == (round == 1 ? 3 : 0))
      #expect(importer.summary.unchanged == (round == 1 ? 0 : 3))
    }
    let (before, after) = (try publications(site.archive), try publications(other.archive))
    #expect(after.map(\.slug) == before.map(\.slug))
    #expect(after.map(\.file?.sha256) == before.map(\.file?.sha256))
    for (one, two) in zip(before, after) {
      var record = one.record
      // The type of another system's gave way to one of ours.
      if record.type == .brief { record.unknown = #"{"shelf":[1,"2"]}"# }
      #expect(two.record == record)
    }
    let again = ExportFormat.jsonl.bytes(of: after, on: TestSite.settings)
    #expect(String(decoding: again, as: UTF8.self) == String(decoding: exported, as: UTF8.self))
  }

  @Test(arguments: ExportFormat.allCases) func format(_ format: ExportFormat) throws {
    let text = String(
      decoding: format.bytes(of: try publications(site.archive), on: TestSite.settings),
      as: UTF8.self)
    #expect(text.contains("Russia and the Koreas"))
    #expect(!text.contains("Hidden"))
    #expect(!text.contains("Gone"))
    switch format {
    case .jsonl: #expect(text.split(separator: "\n").count == 3)
    case .bibtex: #expect(text.components(separatedBy: "\n@").count == 3)
    case .ris: #expect(text.components(separatedBy: "ER  - \r\n").count == 4)
    case .csl:
      let items = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Any]
      #expect(items?.count == 3)
    case .csv:
      #expect(text.hasPrefix("slug,title,"))
      #expect(text.contains("\"'=HYPERLINK(\"\"x\"\")\""))
    }
  }

  @Test func deposit() throws {
    let publications = try publications(site.archive)
    let taken = publications.filter { CrossrefBatch.takes($0, prefix: "10.1000") }
    #expect(taken.map(\.record.title) == ["Russia and the Koreas"])
    #expect(!publications.contains { CrossrefBatch.takes($0, prefix: "10.100") })
    let batch = CrossrefBatch(
      identifier: "batch-1", made: site.now, depositor: ("Library", "library@example.org"),
      site: TestSite.settings)
    let text = String(decoding: batch.bytes(of: taken), as: UTF8.self)
    #expect(imbalance(of: text, isXML: true) == nil)
    let elements = [
      "<doi_batch_id>batch-1", "<timestamp>21000301120000<", "<email_address>", "<registrant>",
      "<report-paper_metadata language=\"en\">", "<contributors>",
      "<person_name sequence=\"first\" contributor_role=\"author\"><given_name>Richard</given_name>"
        + "<surname>Weitz</surname>",
      "<titles><title>Russia and the Koreas</title><subtitle>", "<jats:abstract><jats:p>Geography",
      "<publication_date media_type=\"online\"><month>02</month><day>25</day><year>2010</year>",
      "<publisher>", "<institution>", "<publisher_item>", "<ai:program", "<doi>10.1000/182</doi>",
      "<resource mime_type=\"text/html\">https://papers.example.org/publications/russia",
    ]
    var rest = text[...]
    for element in elements {
      let found = try #require(rest.firstRange(of: element), "\(element)")
      rest = rest[found.upperBound...]
    }
  }
}
