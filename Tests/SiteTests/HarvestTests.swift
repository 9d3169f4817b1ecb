import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("Harvesters get every record once and errors for bad requests (OAI-PMH 2.0)")
struct HarvestTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.deposit(TestSite.record())
  }

  private static let identifier = "oai:papers.example.org:russia-and-the-koreas"

  private func error(_ query: String) -> String? {
    let text = site.get("/oai?\(query)").text
    guard let start = text.firstRange(of: "<error code=\"") else { return nil }
    return String(text[start.upperBound...].prefix { $0 != "\"" })
  }

  private func identifiers(_ text: String) -> [String] {
    text.components(separatedBy: "<identifier>").dropFirst().map { part in
      String(part.prefix { $0 != "<" })
    }
  }

  /// The token of a page; empty on the last, nil without one.
  private func token(_ text: String) -> String? {
    guard let start = text.firstRange(of: "<resumptionToken") else { return nil }
    return String(text[start.lowerBound...].drop { $0 != ">" }.dropFirst().prefix { $0 != "<" })
  }

  private func harvest(
    _ query: String, between: (Int) throws -> Void = { _ in }
  ) throws -> [String] {
    var text = site.get("/oai?verb=ListIdentifiers&\(query)").text
    var found = identifiers(text)
    var pages = 1
    while let token = token(text), !token.isEmpty {
      try between(pages)
      pages += 1
      let encoded = PercentEncoding.encodedComponent(token)
      text = site.get("/oai?verb=ListIdentifiers&resumptionToken=\(encoded)").text
      found += identifiers(text)
    }
    return found
  }

  // MARK: Errors

  @Test(
    arguments: [
      ("", "badVerb"), ("junk", "badVerb"), ("verb=junk", "badVerb"),
      ("verb=Identify&verb=Identify", "badVerb"), ("verb=Identify&until=x", "badArgument"),
      ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
      ("verb=GetRecord&identifier=\(identifier)", "badArgument"),
      ("verb=ListRecords", "badArgument"),
      ("verb=GetRecord&identifier=invalid%22id&metadataPrefix=oai_dc", "idDoesNotExist"),
      ("verb=GetRecord&identifier=\(identifier)&metadataPrefix=marc", "cannotDisseminateFormat"),
      ("verb=ListIdentifiers&until=junk", "badArgument"),
      ("verb=ListIdentifiers&from=junk", "badArgument"),
      ("verb=ListRecords&metadataPrefix=oai_dc&from=junk", "badArgument"),
      ("verb=ListRecords&metadataPrefix=oai_dc&until=2010-02-30", "badArgument"),
      ("verb=ListRecords&metadataPrefix=oai_dc&from=2010-02-01T00:00:00.5Z", "badArgument"),
      ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
      ("verb=ListRecords&resumptionToken=junk", "badResumptionToken"),
      ("verb=ListIdentifiers&resumptionToken=junk&until=2000-02-05", "badArgument"),
      (
        "verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=junk&until=1990-01-10",
        "badArgument"
      ),
      (
        "verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-05&until=2002-02-06T05:35:00Z",
        "badArgument"
      ),
      ("verb=ListRecords&metadataPrefix=oai_dc&from=2003-01-01&until=2002-01-01", "badArgument"),
      ("verb=ListRecords&metadataPrefix=oai_dc&until=2099-03-01T12:00:00Z", "noRecordsMatch"),
      ("verb=ListRecords&metadataPrefix=oai_dc&set=year:1800", "noRecordsMatch"),
      ("verb=ListRecords&metadataPrefix=oai_dc&set=colour:red", "noRecordsMatch"),
      ("verb=ListRecords&metadataPrefix=oai_dc&set=%3Cset%3E", "badArgument"),
      ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
      ("verb=ListSets&resumptionToken=junk", "badResumptionToken"),
      ("verb=ListMetadataFormats&identifier=oai:elsewhere.org:x", "idDoesNotExist"),
    ])
  func request(_ query: String, isRefusedWith code: String) {
    let answer = site.get("/oai?\(query)")
    #expect(answer.status == .ok)
    #expect(answer.fields["Content-Type"] == "text/xml; charset=utf-8")
    #expect(error(query) == code)
    #expect(imbalance(of: answer.text, isXML: true) == nil)
    let isBare = answer.text.contains("<request>https://papers.example.org/oai</request>")
    #expect(isBare == (code == "badVerb" || code == "badArgument"))
  }

  // MARK: Answers

  @Test func identify() {
    let text = site.get("/oai?verb=Identify").text
    for part in [
      "<responseDate>2100-03-01T12:00:00Z</responseDate>",
      "<request verb=\"Identify\">https://papers.example.org/oai</request>",
      "<baseURL>https://papers.example.org/oai</baseURL>",
      "<earliestDatestamp>2100-03-01T12:00:00Z</earliestDatestamp>",
      "<deletedRecord>persistent</deletedRecord>",
      "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity>",
      "<sampleIdentifier>\(Self.identifier)</sampleIdentifier>",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func whatIsPostedIsAnsweredAlike() {
    let form = [
      ("verb", "GetRecord"), ("identifier", Self.identifier), ("metadataPrefix", "oai_dc"),
    ]
    let got = site.get("/oai?\(FormFields(form.map { FormFields.Field($0.0, $0.1) }).encoded)")
    #expect(site.post("/oai", form).text == got.text)
    #expect(got.text.contains("<dc:creator>Weitz, Richard</dc:creator>"))
    #expect(got.text.contains("<dc:date>2010-02-25</dc:date>"))
    #expect(got.text.contains("<setSpec>topic:R~26D</setSpec>"))
    let upload = site.site.response(
      to: Request(method: .post, path: "/oai", content: .bytes(Array("verb=Identify".utf8))))
    #expect(upload.text.contains("badVerb"))
  }

  @Test(
    arguments: [
      ("set=topic:R~26D", 1), ("set=topic", 1), ("set=year:2010", 1), ("set=year", 1),
      ("set=type:report", 1), ("from=2100-03-01&until=2100-03-01", 1),
      ("from=2100-03-01T12:00:00Z&until=2100-03-01T12:00:00Z", 1), ("from=2100-03-02", 0),
      ("set=type:book", 0), ("set=topic:r~26d", 0),
    ])
  func selection(_ arguments: String, has count: Int) throws {
    #expect(try harvest("metadataPrefix=oai_dc&\(arguments)").count == count)
  }

  @Test func everySetIsListedAndCanBeAskedFor() throws {
    let text = site.get("/oai?verb=ListSets").text
    let specs = text.components(separatedBy: "<setSpec>").dropFirst().map { part in
      String(part.prefix { $0 != "<" })
    }
    #expect(Set(specs).count == specs.count)
    #expect(specs.contains("topic:Korea"))
    for spec in specs {
      #expect(
        [nil, "noRecordsMatch"].contains(
          error("verb=ListRecords&metadataPrefix=oai_dc&set=\(spec)")))
    }
  }

  @Test func aWithdrawnRecordStaysAsDeleted() throws {
    let publication = try site.deposit(try TestSite.record("Regretted"))
    site.environment.wait(seconds: 60)
    _ = try site.archive.publications.withdraw(publication.id, by: .program, at: site.now)
    let query = "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:papers.example.org:regretted"
    let text = site.get("/oai?\(query)").text
    #expect(text.contains("<header status=\"deleted\">"))
    #expect(text.contains("<datestamp>2100-03-01T12:01:00Z</datestamp>"))
    #expect(!text.contains("<metadata>"))
    #expect(
      try harvest("metadataPrefix=oai_dc&from=2100-03-01T12:00:30Z")
        == ["oai:papers.example.org:regretted"])
    #expect(
      site.get("/oai?verb=Identify").text.contains(
        "<earliestDatestamp>2100-03-01T12:00:00Z</earliestDatestamp>"))
  }

  @Test func aFormerNameIsDeleted() throws {
    let publication = try site.deposit(try TestSite.record("First name"))
    _ = try site.archive.publications.revise(
      publication.id,
      to: Draft(
        record: publication.record, slug: Slug("second-name"), status: .published),
      by: .program, at: site.now)
    let all = try harvest("metadataPrefix=oai_dc")
    #expect(
      Set(all) == [
        Self.identifier, "oai:papers.example.org:first-name", "oai:papers.example.org:second-name",
      ])
    let query = "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:papers.example.org:first-name"
    #expect(site.get("/oai?\(query)").text.contains("status=\"deleted\""))
  }

  @Test("What changes during a harvest is neither passed over nor repeated")
  func changes() throws {
    var made: [Publication] = []
    for number in 1...250 {
      made.append(try site.deposit(try TestSite.record("Paper \(number)"), pdf: nil))
    }
    let found = try harvest("metadataPrefix=oai_dc") { page in
      site.environment.wait(seconds: 5)
      for index in [10, 120, 240] {
        _ = try site.archive.publications.revise(
          made[index].id,
          to: Draft(
            record: try TestSite.record("Paper \(index) revised \(page)"), status: .published),
          by: .program, at: site.now)
      }
      _ = try site.archive.publications.withdraw(made[150 + page].id, by: .program, at: site.now)
      try site.deposit(try TestSite.record("Late \(page)"), pdf: nil)
    }
    let expected = made.map { "oai:papers.example.org:\($0.slug)" } + [Self.identifier]
    #expect(found.count == 251)
    #expect(Set(found) == Set(expected))
  }

  @Test func aTokenGivesTheSamePageAgainAndIsOfOneVerb() throws {
    for number in 1...120 {
      try site.deposit(try TestSite.record("Paper \(number)"), pdf: nil)
    }
    let first = site.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").text
    #expect(first.contains("<resumptionToken completeListSize=\"121\" cursor=\"0\">"))
    let given = try #require(self.token(first))
    let token = PercentEncoding.encodedComponent(given)
    let second = site.get("/oai?verb=ListRecords&resumptionToken=\(token)").text
    #expect(identifiers(second).count == 21)
    #expect(second.contains("cursor=\"100\"></resumptionToken>"))
    #expect(second == site.get("/oai?verb=ListRecords&resumptionToken=\(token)").text)
    #expect(error("verb=ListIdentifiers&resumptionToken=\(token)") == "badResumptionToken")
    // One digit of what is proved, and one of the proof.
    for index in [token.index(token.startIndex, offsetBy: 16), token.index(before: token.endIndex)]
    {
      var forged = token
      forged.replaceSubrange(index...index, with: token[index] == "0" ? "1" : "0")
      #expect(error("verb=ListRecords&resumptionToken=\(forged)") == "badResumptionToken")
    }
  }
}
