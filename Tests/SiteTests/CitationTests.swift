import Archive
import Digests
import Foundation
import HTTP
import Site
import Testing

@Suite("Metadata formats describe a publication")
struct CitationTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  private func json(_ target: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(site.get(target).text.utf8))
  }

  // MARK: Names

  @Test(
    "A name is divided where the words tell how, and nowhere else",
    arguments: [
      ("Richard Weitz", "Weitz|Richard|"), ("Weitz, Richard", "Weitz|Richard|"),
      ("Rob van der Goot", "van der Goot|Rob|"), ("Ursula von der Leyen", "von der Leyen|Ursula|"),
      ("Robert Van de Walle", "Van de Walle|Robert|"), ("Marine Le Pen", "Le Pen|Marine|"),
      ("Minh Le Nguyen", "Nguyen|Minh Le|"), ("Maria do Carmo Silva", "Silva|Maria do Carmo|"),
      ("José Ortega y Gasset", "Ortega y Gasset|José|"), ("Juan de la Cruz", "de la Cruz|Juan|"),
      ("Osama bin Laden", "bin Laden|Osama|"), ("Jean-Paul Sartre", "Sartre|Jean-Paul|"),
      ("Maurice J. Pescitelli, Jr.", "Pescitelli|Maurice J.|Jr."),
      ("King, Jr., Martin Luther", "King|Martin Luther|Jr."),
      ("Eric H. Nyberg, 3rd", "Nyberg|Eric H.|3rd"), ("Henry Adams III", "Adams|Henry|III"),
      ("Dr. Hana Novák, PhD", "Novák|Hana|"), ("Svante Berg (Institute of Peace)", "Berg|Svante|"),
      ("von Neumann, John", "von Neumann|John|"), ("張 偉", "張|偉|"),
      ("Stephen Bank Jr.", "Bank|Stephen|Jr."),
      ("A.B. Lee", "Lee|A.B.|"), ("Lee A.B.", "Lee|A.B.|"), ("J.R.R. Tolkien", "Tolkien|J.R.R.|"),
      ("María del Carmen García", "García|María del Carmen|"), ("Ann Lee, Ph.D.", "Lee|Ann|"),
      ("Berg, Anna van der", "van der Berg|Anna|"), ("ANNA VAN DER BERG", "VAN DER BERG|ANNA|"),
      ("Ibn Ruhan", "whole"), ("Elena II", "whole"), ("U.S. Navy", "whole"),
      ("M.I.T. Press", "whole"), ("BBC News", "whole"), ("US Army", "whole"),
      ("U.N. Women", "whole"),
      ("Volvo AB", "whole"),
      ("World Bank", "whole"), ("UNESCO", "whole"), ("Plato", "whole"),
      ("Ministry of Foreign Affairs, Sweden", "whole"), ("Smith & Sons", "whole"),
      ("Stockholms universitet", "whole"), ("Human Rights Watch", "whole"), ("張偉", "whole"),
      ("Group of 77", "whole"), ("The Staff", "whole"), ("Doctors Without Borders", "whole"),
    ])
  func name(_ name: String, isDivided expected: String) throws {
    try site.deposit(try TestSite.record("Named", authors: [name]))
    let items = try #require(try json("/publications/named.csl.json") as? [[String: Any]])
    let author = try #require((items.first?["author"] as? [[String: String]])?.first)
    if let literal = author["literal"] {
      #expect(expected == "whole")
      #expect(literal == name)
    } else {
      let parts = [author["family"], author["given"], author["suffix"]].map { $0 ?? "" }
      #expect(parts.joined(separator: "|") == expected)
    }
  }

  @Test func aTopicWithACommaStaysOneKeyword() throws {
    try site.deposit(try TestSite.record("Keywords", topics: ["Shipping, coastal", "Rope"]))
    #expect(
      site.get("/publications/keywords.bib").text
        .contains("keywords = {Shipping, coastal; Rope}"))
    let items = try #require(try json("/publications/keywords.csl.json") as? [[String: Any]])
    #expect(items.first?["keyword"] as? String == "Shipping, coastal; Rope")
    #expect(
      site.get("/publications/keywords.ris").text
        .contains("KW  - Shipping, coastal\r\nKW  - Rope\r\n"))
  }

  @Test func identifiersStandInEveryFormatThatHasThem() throws {
    var record = try TestSite.record(authors: ["Richard Weitz", "UNESCO"])
    record.orcids = ["Richard Weitz": try #require(ORCID("0000-0002-1825-0097"))]
    record.issn = ISSN("2049-3630")
    try site.deposit(record)
    let page = "/publications/russia-and-the-koreas"
    let orcid = "https://orcid.org/0000-0002-1825-0097"
    for (target, part) in [
      (page, "<meta name=\"citation_issn\" content=\"2049-3630\">"),
      (page, "<link rel=\"author\" href=\"\(orcid)\">"),
      (page, "href=\"\(orcid)\" aria-label=\"ORCID: Richard Weitz\""),
      (page + ".json", "\"@id\":\"\(orcid)\""), (page + ".json", "\"issn\":\"2049-3630\""),
      (page + ".bib", "issn = {2049-3630}"), (page + ".ris", "SN  - 2049-3630\r\n"),
      (page + ".csl.json", "\"ISSN\":\"2049-3630\""),
      (page + ".linkset.json", "\"author\":[{\"href\":\"\(orcid)\"}]"),
      ("/api" + page, "\"orcid\":\"0000-0002-1825-0097\""),
      ("/api" + page, "\"issn\":\"2049-3630\""),
    ] {
      #expect(site.get(target).text.contains(part), "\(part) in \(target)")
    }
    #expect(
      site.get(page).fields["Link"]?.contains("<\(orcid)>; rel=\"author\"") == true)
    let publication = try #require(try site.archive.publications.latest(1, at: site.now).first)
    let line = String(
      decoding: ExportFormat.jsonl.entry(publication, on: TestSite.settings, isFirst: true),
      as: UTF8.self)
    #expect(line.contains("\"orcids\":{\"Richard Weitz\":\"0000-0002-1825-0097\"}"))
    #expect(line.contains("\"issn\":\"2049-3630\""))
    let deposit = CrossrefBatch(
      identifier: "1", made: site.now, depositor: ("a", "a@example.org"), site: TestSite.settings
    ).bytes(of: [publication])
    let batch = String(decoding: deposit, as: UTF8.self)
    #expect(batch.contains("<issn>2049-3630</issn>"))
    #expect(imbalance(of: batch, isXML: true) == nil)
    #expect(
      batch.contains(
        "<surname>Weitz</surname><ORCID authenticated=\"false\">\(orcid)</ORCID>"))
  }

  // MARK: Files

  @Test(
    arguments: [
      (".bib", "application/x-bibtex; charset=utf-8", true),
      (".ris", "application/x-research-info-systems; charset=utf-8", true),
      (".csl.json", "application/vnd.citationstyles.csl+json", true),
      (".json", "application/ld+json", false), (".linkset.json", "application/linkset+json", false),
    ])
  func file(_ suffix: String, hasType type: String, isSaved: Bool) throws {
    try site.deposit(TestSite.record())
    let answer = site.get("/publications/russia-and-the-koreas\(suffix)")
    #expect(answer.status == .ok)
    #expect(answer.fields["Content-Type"] == type)
    #expect(answer.lastModified == site.now.secondsSince1970)
    #expect(answer.entityTag != nil)
    #expect(answer.isReusable)
    #expect(answer.fields["Access-Control-Allow-Origin"] == "*")
    #expect((answer.fields["Content-Disposition"] != nil) == isSaved)
    if suffix != ".linkset.json" {
      #expect(
        answer.fields["Link"]
          == "<https://papers.example.org/publications/russia-and-the-koreas>; "
          + "rel=\"describes\"; type=\"text/html\"")
    }
    #expect(!site.get("/publications/russia-and-the-koreas\(suffix)?x=1").isReusable)
    #expect(site.get("/publications/nothing\(suffix)").status == .notFound)
  }

  @Test func bibtex() throws {
    try site.deposit(
      try TestSite.record(
        "Costs & {Odd} 100 % of $5 #1 a_b ~c ^d \\e", abstract: "An open { brace.",
        authors: ["Richard Weitz", "Ministry of Trade and Industry", "King, Jr., Martin"]))
    let text = site.get("/publications/costs-odd-100-of-5-1-a-b-c-d-e.bib").text
    for line in [
      "@techreport{costs-odd-100-of-5-1-a-b-c-d-e,",
      "author = {Weitz, Richard and {Ministry of Trade and Industry} and King, Jr., Martin},",
      ##"title = {{Costs \& \{Odd\} 100 \% of \$5 \#1 a\_b \textasciitilde{}c "##
        + #"\textasciicircum{}d \textbackslash{}e: Past \& Future}},"#,
      #"institution = {Institute <for> Pacific \& Studies},"#, "number = {12},", "year = {2010},",
      "month = feb,", "day = {25},", "doi = {10.1000/182},", "series = {Asia Papers},",
      #"abstract = {An open \textbraceleft{} brace.},"#, #"keywords = {Korea; R\&D},"#,
      "url = {https://papers.example.org/publications/costs-odd-100-of-5-1-a-b-c-d-e},",
    ] {
      #expect(text.contains("\n  \(line)\n") || text.hasPrefix("\(line)\n"), "\(line)")
    }
  }

  @Test func ris() throws {
    try site.deposit(try TestSite.record(authors: ["Richard Weitz", "World Bank"]))
    let lines = site.get("/publications/russia-and-the-koreas.ris").text
      .components(separatedBy: "\r\n")
    #expect(lines.first == "TY  - RPRT")
    #expect(lines.suffix(2) == ["ER  - ", ""])
    for line in [
      "AU  - Weitz, Richard", "AU  - World Bank", "TI  - Russia and the Koreas: Past & Future",
      "PY  - 2010", "DA  - 2010/02/25/", "IS  - 12", "T2  - Asia Papers", "KW  - R&D", "LA  - en",
      "AB  - Geography alone. Russia pursues <goals> & \"more\".", "DO  - 10.1000/182",
      "L1  - https://papers.example.org/publications/russia-and-the-koreas.pdf",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
  }

  @Test(
    "A date is as exact as it is known in every format",
    arguments: [
      ("2010-02-25", "2010/02/25/", [2010, 2, 25]), ("2010-02", "2010/02//", [2010, 2]),
      ("2010", "2010///", [2010]),
    ])
  func date(_ date: String, _ ris: String, _ parts: [Int]) throws {
    try site.deposit(try TestSite.record("Dated", published: date))
    #expect(site.get("/publications/dated.ris").text.contains("\r\nDA  - \(ris)\r\n"))
    let items = try #require(try json("/publications/dated.csl.json") as? [[String: Any]])
    let issued = try #require(items.first?["issued"] as? [String: [[Int]]])
    #expect(issued["date-parts"] == [parts])
    let graph = try #require(try json("/publications/dated.json") as? [String: Any])
    #expect(graph["datePublished"] as? String == date)
  }

  @Test func jsonLD() throws {
    try site.deposit(TestSite.record())
    let graph = try #require(
      try json("/publications/russia-and-the-koreas.json") as? [String: Any])
    #expect(graph["@type"] as? String == "Report")
    #expect(graph["dateModified"] as? String == site.now.description)
    #expect(graph["license"] as? String == "https://spdx.org/licenses/CC-BY-4.0")
    let encoding = try #require(graph["encoding"] as? [String: String])
    #expect(encoding["sha256"] == SHA256.hash(TestSite.pdf).hexadecimal)
    #expect(!site.get("/publications/russia-and-the-koreas.json").text.contains("null"))
  }

  // MARK: The head of the page

  @Test func aTitleCannotEndTheScriptItStandsIn() throws {
    try site.deposit(try TestSite.record("Ends </script x>here"))
    let page = site.get("/publications/ends-script-x-here").text
    let start = try #require(page.firstRange(of: "<script type=\"application/ld+json\">"))
    let end = try #require(page[start.upperBound...].firstRange(of: "</script>"))
    let data = Data(page[start.upperBound..<end.lowerBound].utf8)
    let graph = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(graph["name"] as? String == "Ends </script x>here: Past & Future")
  }

  @Test(
    arguments: [
      (PublicationType.report, "citation_technical_report_institution", "citation_journal_title"),
      (.article, "citation_journal_title", "citation_technical_report_institution"),
      (.chapter, "citation_inbook_title", "citation_technical_report_institution"),
      (.thesis, "citation_dissertation_institution", "citation_technical_report_institution"),
      (.dataset, "DC.title", "citation_"), (.other, "DC.title", "citation_"),
    ])
  func aType(_ type: PublicationType, has tag: String, andNot other: String) throws {
    try site.deposit(try TestSite.record("Typed", type: type))
    let page = site.get("/publications/typed").text
    #expect(page.contains("<meta name=\"\(tag)\""))
    #expect(!page.contains("<meta name=\"\(other)"))
  }

  @Test func theHomePageNamesTheSiteAndItsSearch() {
    let page = site.get("/").text
    #expect(page.contains(#""@type":"WebSite""#))
    #expect(page.contains(#"https://papers.example.org/search?q={search_term_string}"#))
  }

  // MARK: Links

  @Test func signposting() throws {
    try site.deposit(TestSite.record())
    let page = site.get("/publications/russia-and-the-koreas")
    let field = try #require(page.fields["Link"])
    #expect(field.utf8.count <= 4096)
    let base = "https://papers.example.org/publications/russia-and-the-koreas"
    for (relation, target, type) in [
      ("cite-as", "https://doi.org/10.1000/182", nil),
      ("describedby", "\(base).bib", "application/x-bibtex"),
      ("describedby", "\(base).ris", "application/x-research-info-systems"),
      ("describedby", "\(base).csl.json", "application/vnd.citationstyles.csl+json"),
      ("describedby", "\(base).json", "application/ld+json"),
      ("item", "\(base).pdf", "application/pdf"), ("type", "https://schema.org/Report", nil),
      ("type", "https://schema.org/AboutPage", nil),
      ("license", "https://spdx.org/licenses/CC-BY-4.0", nil),
      ("linkset", "\(base).linkset.json", "application/linkset+json"),
    ] as [(String, String, String?)] {
      let inField = "<\(target)>; rel=\"\(relation)\"" + (type.map { "; type=\"\($0)\"" } ?? "")
      #expect(field.components(separatedBy: ", ").contains(inField), "\(inField)")
      let inHead =
        "<link rel=\"\(relation)\" href=\"\(target)\"" + (type.map { " type=\"\($0)\"" } ?? "")
      #expect(page.text.contains(inHead + ">"), "\(inHead)")
    }
    let set = try #require(
      try json("/publications/russia-and-the-koreas.linkset.json") as? [String: [[String: Any]]])
    let contexts = try #require(set["linkset"])
    #expect(contexts.compactMap { $0["anchor"] as? String }.first == base)
    #expect((contexts.first?["describedby"] as? [Any])?.count == 4)
    #expect(
      contexts.contains { $0["collection"] != nil && $0["anchor"] as? String == "\(base).pdf" })
  }

  @Test(
    arguments: [
      (nil, "https://papers.example.org/publications/cited"),
      ("doi:10.1000/a<b>c", "https://doi.org/10.1000/a%3Cb%3Ec"),
      ("https://doi.org/10.1000/182", "https://doi.org/10.1000/182"),
    ] as [(String?, String)])
  func aCitation(of doi: String?, leadsTo address: String) throws {
    var record = try TestSite.record("Cited")
    record.doi = doi
    try site.deposit(record)
    let field = try #require(site.get("/publications/cited").fields["Link"])
    #expect(field.contains("<\(address)>; rel=\"cite-as\""))
  }
}
