import Archive
import Digests
import Foundation
import HTTP
import Site
import Testing

@Suite("Covers, texts, authors and filters are shown correctly")
struct ShowingTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  @Test(
    arguments: [
      "Russia and the Koreas", "A <title> & \"more\"", "朝鮮半島の政治経済と周辺諸国の政策に関する研究",
      "العلاقات الروسية الكورية", "Pneumonoultramicroscopicsilicovolcanoconiosis",
      String(repeating: "A very long title ", count: 30), "…", "🌍",
      String(repeating: "x", count: 400),
    ])
  func everyTitleHasACover(_ title: String) throws {
    let publication = try site.deposit(TestSite.record(title), pdf: nil)
    let path = Resource.cover(publication.slug).path
    let answer = site.get(path)
    #expect(answer.status == .ok && answer.isReusable)
    #expect(answer.fields["Content-Type"] == "image/svg+xml")
    #expect(imbalance(of: answer.text, isXML: true) == nil)
    #expect(answer.text == site.get(path).text)
    // No line is below the frame or wider than it, whatever face the reader has.
    for match in answer.text.matches(of: /y="(\d+)"/) {
      #expect(try #require(Int(match.output.1)) <= 400)
    }
    for match in answer.text.matches(of: /textLength="([\d.]+)"/) {
      #expect(try #require(Double(match.output.1)) <= 248)
    }
    // Title and authors end above the rule at the foot.
    for match in answer.text.matches(of: /y="(\d+)" font-size/) {
      #expect(try #require(Int(match.output.1)) <= 360)
    }
    // The ground, the figure on it, and the words.
    let inks = answer.text.matches(of: /fill="(#[0-9a-f]{6})"/).compactMap {
      Color(String($0.output.1))
    }
    #expect(try #require(inks.last).contrast(with: try #require(inks.first)) >= 7)
  }

  @Test func aWordThatFitsIsNotCutOnACover() throws {
    let publication = try site.deposit(
      TestSite.record("The Army’s M-1E3 Abrams Tank Modernization Program"), pdf: nil)
    let cover = site.get(Resource.cover(publication.slug).path).text
    #expect(cover.contains(/>[^<]*Modernization[^<]*<\/text>/))
  }

  @Test func authorsStandUnderTheirFamilyNames() throws {
    for (number, name) in [
      "Zoë Ångström", "Anna Berg", "Carl Berg", "Łukasz Żak", "Martin Luther King Jr.", "김지훈",
      "Adams, Eve", "3M",
    ].enumerated() {
      try site.deposit(TestSite.record("Paper \(number)", authors: [name]), pdf: nil)
    }
    let all = site.get("/authors")
    #expect(all.status == .ok && all.isReusable)
    func names(_ letter: String) -> [String] {
      site.get("/authors?letter=\(PercentEncoding.encodedComponent(letter))").text
        .matches(of: /<span dir="auto">([^<]*)<\/span>/).map { String($0.output.1) }
    }
    #expect(names("A") == ["Eve Adams", "Zoë Ångström"])
    #expect(names("B") == ["Anna Berg", "Carl Berg"])
    #expect(names("K") == ["Martin Luther King Jr."])
    #expect(names("Z") == ["Łukasz Żak"])
    #expect(names("0") == ["3M"])
    #expect(site.get("/authors?letter=Q").status == .notFound)
    #expect(try TestSite().get("/authors").status == .ok)
  }

  @Test func listsAreSortedAndTakenBack() throws {
    for (title, date) in [("The Apple", "2001"), ("Éclair", "2003"), ("Banana", "2002")] {
      try site.deposit(TestSite.record(title, published: date), pdf: nil)
    }
    func titles(_ target: String) -> [String] {
      site.get(target).text.matches(of: /dir="auto">([^<]*)<\/a><\/h2>/)
        .map { String($0.output.1) }
    }
    #expect(titles("/publications") == ["Éclair", "Banana", "The Apple"])
    #expect(titles("/publications?sort=title") == ["The Apple", "Banana", "Éclair"])
    let chosen = site.get("/publications?year=2002&topic=Korea&sort=title").text
    #expect(titles("/publications?year=2002&topic=Korea&sort=title") == ["Banana"])
    #expect(chosen.contains("href=\"/publications?topic=Korea&amp;sort=title\" aria-label"))
    // The years that could be chosen instead stay in sight.
    #expect(chosen.contains("2003: 1 publication") && chosen.contains("class=\"chosen\""))
  }

  @Test func staffPutAPublicationFirstAndCorrectIt() throws {
    let publication = try site.deposit(TestSite.record(), pdf: nil)
    #expect(!site.get("/").text.contains("Featured"))
    let staff = try site.signIn(as: .editor)
    let path = Resource.presentation(publication.slug).path
    let form = [
      ("form-token", staff.token), ("featured", "yes"),
      ("correction", "On page 3, for <north> read south."),
    ]
    #expect(site.post(path, form, staff.fields).status == .seeOther)
    #expect(site.get("/").text.contains("Featured"))
    let text = site.get("/publications/russia-and-the-koreas").text
    #expect(text.contains("On page 3, for &lt;north&gt; read south."))
    let record = site.get(path, staff.fields).text
    #expect(record.contains(" checked") && record.contains("for &lt;north&gt; read"))
    let emptied = [("form-token", staff.token), ("correction", "")]
    #expect(site.post(path, emptied, staff.fields).status == .seeOther)
    #expect(!site.get("/").text.contains("Featured"))
    #expect(!site.get("/publications/russia-and-the-koreas").text.contains("Correction"))
    let author = try site.signIn(as: .author)
    #expect(
      site.post(path, [("form-token", author.token)], author.fields).status == .forbidden)
  }

  @Test func anEarlierFileIsTold() throws {
    let publication = try site.deposit(TestSite.record())
    let path = site.archive.folder.incoming + "/second"
    try Data(TestSite.pdf + Array("% again\n".utf8)).write(to: URL(fileURLWithPath: path))
    _ = try site.archive.publications.revise(
      publication.id, to: Draft(record: publication.record, status: .published),
      file: IncomingFile(path: path), by: .program, at: site.now)
    let text = site.get("/publications/russia-and-the-koreas").text
    #expect(
      text.contains("The PDF was replaced on <time datetime=\"2100-03-01\">March 1, 2100</time>"))
  }

  @Test func aTextThatIsNotReadSaysSo() throws {
    let publication = try site.deposit(TestSite.record())
    try site.deposit(TestSite.record("No file"), pdf: nil)
    let answer = site.get(Resource.reading(publication.slug).path)
    #expect(answer.status == .ok)
    #expect(answer.text.contains("The text of this PDF is still being extracted."))
    #expect(answer.text.contains("noindex"))
    #expect(site.get("/publications/no-file/text").status == .notFound)
  }

  private func read(_ blocks: [ReadingBlock], pages: Int) throws -> String {
    let publication = try site.deposit(TestSite.record())
    let file = try #require(publication.file)
    try site.archive.texts.store(
      of: file, pages: Array(repeating: "Words.", count: pages),
      contents: FileContents(
        pageCount: pages, blocks: blocks, pageLabels: [2: "iv"],
        links: [.init(page: 1, uri: "https://example.org/a?b&c", text: "the treaty")]),
      at: site.now)
    return Resource.reading(publication.slug).path
  }

  @Test func aTextIsSetAsItIsBuilt() throws {
    let path = try read(
      [
        ReadingBlock(kind: .heading(level: 1), text: "Harbours & <Ports>", page: 1),
        ReadingBlock(kind: .heading(level: 4), text: "Old ones", page: 1),
        ReadingBlock(
          kind: .paragraph, text: "They signed the treaty.1 It was then that the", page: 1,
          continuesOnNextPage: true),
        ReadingBlock(kind: .footnote(marker: "1"), text: "In Busan.", page: 1),
        ReadingBlock(kind: .paragraph, text: "fleets left.", page: 2),
        ReadingBlock(kind: .listItem(marker: "•"), text: "Salt", page: 2),
        ReadingBlock(kind: .listItem(marker: "(b)"), text: "Fish", page: 2),
        ReadingBlock(kind: .tableRow, text: "Year\tTons", page: 2),
        ReadingBlock(kind: .tableRow, text: "2001", page: 2),
      ], pages: 3)
    let answer = site.get(path)
    #expect(answer.status == .ok && answer.isReusable)
    #expect(imbalance(of: answer.text) == nil)
    for part in [
      "<h2 id=\"h0\" dir=\"auto\">Harbours &amp; &lt;Ports&gt;</h2>", "<h3 id=\"h1\"",
      "<a href=\"https://example.org/a?b&amp;c\" rel=\"nofollow\">the treaty</a>.<sup><a id=\"call0\" href=\"#note0\"",
      "It was then that the <a class=\"folio\" id=\"p2\" href=\"/publications/russia-and-the-koreas/pages/2\"",
      "iv</a> fleets left.</p>", "<li dir=\"auto\">Salt</li>", "(b)</span> Fish</li>",
      "<td dir=\"auto\">2001</td><td dir=\"auto\"></td>", "id=\"p3\"",
      "<li id=\"note0\" dir=\"auto\"><span class=\"marker\">1</span> In Busan. <a href=\"#call0\"",
    ] {
      #expect(answer.text.contains(part), "\(part)")
    }
  }

  @Test("A raised mark that was read with a space before it leads to its note")
  func spacedNoteMarks() throws {
    let path = try read(
      [
        ReadingBlock(
          kind: .paragraph, text: "In 3 years the quota 3 fell, see table 3. Catches grew.4",
          page: 1),
        ReadingBlock(kind: .paragraph, text: "Ships 5 or harbours 5 are unclear.", page: 1),
        ReadingBlock(kind: .footnote(marker: "3"), text: "Of cod.", page: 1),
        ReadingBlock(kind: .footnote(marker: "4"), text: "In tons.", page: 1),
        ReadingBlock(kind: .footnote(marker: "5"), text: "Not known.", page: 1),
        ReadingBlock(kind: .paragraph, text: "Another quota 6 without a note.", page: 1),
      ], pages: 1)
    let text = site.get(path).text
    #expect(imbalance(of: text) == nil)
    #expect(text.contains("In 3 years the quota<sup><a id=\"call0\" href=\"#note0\""))
    #expect(text.contains("grew.<sup><a id=\"call1\" href=\"#note1\""))
    #expect(!text.contains("id=\"call2\"") && text.contains("see table 3."))
  }

  @Test func tablesHaveHeadsCaptionsAndAlignedNumbers() throws {
    let path = try read(
      [
        ReadingBlock(kind: .paragraph, text: "Table 2. Cargo in tons", page: 1),
        ReadingBlock(kind: .tableRow, text: "Port\t2019\t2020", page: 1),
        ReadingBlock(kind: .tableRow, text: "Busan\t1,200\t–", page: 1),
        ReadingBlock(kind: .tableRow, text: "Oslo1\t35.5%\t40", page: 1),
        ReadingBlock(kind: .footnote(marker: "1"), text: "With Drammen.", page: 1),
        ReadingBlock(kind: .paragraph, text: "Table talk is no caption of a table.", page: 2),
        ReadingBlock(kind: .tableRow, text: "salt\tfish", page: 2),
      ], pages: 2)
    let text = site.get(path).text
    #expect(imbalance(of: text) == nil)
    for part in [
      "<caption dir=\"auto\"><span id=\"h0\">Table 2. Cargo in tons</span></caption>",
      "<thead><tr><th scope=\"col\" dir=\"auto\">Port</th><th scope=\"col\" class=\"figure\"",
      "<th scope=\"row\" dir=\"auto\">Busan</th><td class=\"figure\" dir=\"auto\">1,200</td>",
      "<th scope=\"row\" dir=\"auto\">Oslo<sup><a id=\"call0\" href=\"#note0\"",
      "<p dir=\"auto\">Table talk is no caption of a table.</p>",
      "<tbody><tr><td dir=\"auto\">salt</td><td dir=\"auto\">fish</td></tr>",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func resultsAndTextSayThePrintedPage() throws {
    let publication = try site.deposit(TestSite.record())
    try site.archive.texts.store(
      of: try #require(publication.file), pages: ["Preface.", "Soundings."],
      contents: FileContents(pageCount: 2, blocks: [], pageLabels: [2: "A-1"]), at: site.now)
    let found = site.get("/search?q=soundings").text
    #expect(found.contains("\"/publications/russia-and-the-koreas/pages/2?q=soundings\""))
    #expect(found.contains(">Page A-1</a>") && found.contains("text?q=soundings#p2"))
    let json = site.get("/api/search?q=soundings").text
    #expect(json.contains("\"page\":2,\"label\":\"A-1\""))
    #expect(site.get("/api/search?q=preface").text.contains("\"page\":1,\"label\":\"1\""))
    // The labels alone change when a file is read again.
    try site.archive.texts.store(
      of: try #require(publication.file), pages: ["Preface.", "Soundings."],
      contents: FileContents(pageCount: 2, blocks: [], pageLabels: [1: "i"]), at: site.now)
    #expect(site.get("/api/search?q=preface").text.contains("\"page\":1,\"label\":\"i\""))
    #expect(site.get("/api/search?q=soundings").text.contains("\"page\":2,\"label\":\"2\""))
  }

  @Test func whatIsSoughtInATextIsListedAndMarked() throws {
    let path = try read(
      [
        ReadingBlock(kind: .paragraph, text: "Ångström sailed. The ANGSTROM sank.", page: 1),
        ReadingBlock(kind: .paragraph, text: "No angstroms & <b> remain.", page: 2),
      ], pages: 2)
    let found = site.get(path + "?find=angstrom").text
    for part in [
      "3 hits for “angstrom”", "<mark id=\"hit1\">Ångström</mark> sailed",
      "<mark id=\"hit2\">ANGSTROM</mark>",
      "href=\"/publications/russia-and-the-koreas/text?find=angstrom#hit3\"",
    ] {
      #expect(found.contains(part), "\(part)")
    }
    #expect(site.get(path + "?q=sail").text.contains("<mark>sailed</mark>"))
    #expect(site.get(path + "?find=%3Cb%3E").text.contains("<mark id=\"hit1\">&lt;b&gt;</mark>"))
    #expect(site.get(path + "?find=nothing").text.contains("No matches for “nothing” in this"))
    for query in ["?find=", "?find=%22", "?q=%20", "?page=99", "?page=0&find=e&q=x", "?find=%00"] {
      let answer = site.get(path + query)
      #expect(answer.status == .ok && !answer.isReusable, "\(query)")
      #expect(imbalance(of: answer.text) == nil, "\(query)")
    }
  }

  @Test func aLongTextIsShownInParts() throws {
    let line = String(repeating: "word ", count: 1000)
    let path = try read(
      (1...300).map { ReadingBlock(kind: .paragraph, text: "\($0) \(line)", page: $0) },
      pages: 300)
    let first = site.get(path).text
    #expect(first.utf8.count < 1_000_000)
    #expect(first.contains("id=\"p1\"") && !first.contains("id=\"p300\""))
    let last = site.get(path + "?page=300").text
    #expect(last.contains("id=\"p300\"") && !last.contains("id=\"p1\""))
    for page in [1, 150, 299] {
      #expect(site.get(path + "?page=\(page)").text.contains("id=\"p\(page)\""))
    }
  }
}
