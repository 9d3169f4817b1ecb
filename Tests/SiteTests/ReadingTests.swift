import Archive
import Digests
import HTTP
import Site
import System
import Testing

@Suite("Readers find publications")
struct ReadingTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.deposit(TestSite.record())
  }

  @Test func homePage() {
    let answer = site.get("/")
    #expect(answer.status == .ok)
    for sentence in [
      "Search All Site Content", "Total Index: 1 publication.", "Subscribe to our Mailing List!",
      "Sign up for our mailing list to keep up to date on all the latest developments.",
      "Institute &lt;for&gt; Pacific &amp; Studies", "Russia and the Koreas",
      "<link rel=\"canonical\" href=\"https://papers.example.org/\">",
    ] {
      #expect(answer.text.contains(sentence), "\(sentence)")
    }
  }

  @Test func anEmptyArchiveSaysWhatToDoNext() throws {
    let text = try TestSite().get("/").text
    #expect(text.contains("Total Index: 0 publications."))
    #expect(text.contains("offprint import"))
    #expect(text.contains(Resource.upload.path))
  }

  @Test func articlePage() {
    let answer = site.get("/publications/russia-and-the-koreas")
    #expect(answer.status == .ok)
    #expect(answer.lastModified == TestSite.Environment.start.secondsSince1970)
    let hash = SHA256.hash(TestSite.pdf).hexadecimal
    let file = "/publications/russia-and-the-koreas/files/\(hash).pdf"
    for part in [
      "<h1 dir=\"auto\">Russia and the Koreas</h1>",
      "Published <time datetime=\"2010-02-25\">February 25, 2010",
      "<a href=\"/authors/richard-weitz\"><bdi>Richard Weitz</bdi></a>",
      "Ana &lt;b&gt; O&#39;Hara", "<p dir=\"auto\">Geography alone.</p>",
      "<p dir=\"auto\">Russia pursues &lt;goals&gt; &amp; &quot;more&quot;.</p>",
      "<object data=\"/publications/russia-and-the-koreas/pages/1.svg\" type=\"image/svg+xml\"",
      "This browser does not support PDFs. Please download the PDF to view it: "
        + "<a href=\"\(file)\" download=\"Russia and the Koreas.pdf\">Download PDF</a>",
      "<meta name=\"citation_title\" content=\"Russia and the Koreas: Past &amp; Future\">",
      "<meta name=\"citation_publication_date\" content=\"2010/2/25\">",
      "<meta name=\"citation_pdf_url\" "
        + "content=\"https://papers.example.org/publications/russia-and-the-koreas.pdf\">",
      "href=\"/topics/r-d\"><bdi>R&amp;D</bdi></a>", "Asia Papers, no. 12",
      "https://doi.org/10.1000/182",
    ] {
      #expect(answer.text.contains(part), "\(part)")
    }
  }

  @Test(
    arguments: [
      ("2010-02-25", "February 25, 2010", "2010/2/25"), ("2010-02", "February 2010", "2010/2"),
      ("2010", "2010", "2010"),
    ])
  func aDateIsShownAsExactlyAsItIsKnown(_ date: String, _ words: String, _ tag: String) throws {
    try site.deposit(TestSite.record("Dated", published: date))
    let text = site.get("/publications/dated").text
    #expect(text.contains("Published <time datetime=\"\(date)\">\(words)</time>"))
    #expect(text.contains("<meta name=\"citation_publication_date\" content=\"\(tag)\">"))
  }

  @Test func noTagIsEmpty() throws {
    try site.deposit(
      Record(title: "Bare", published: try #require(PublicationDate("2001"))), pdf: nil)
    let text = site.get("/publications/bare").text
    #expect(!text.contains("content=\"\""))
    #expect(!text.contains("citation_pdf_url"))
    #expect(!text.contains("Download PDF"))
    #expect(site.get("/publications/bare.pdf").status == .notFound)
  }

  @Test func document() throws {
    let answer = site.get("/publications/russia-and-the-koreas.pdf")
    #expect(answer.status == .ok)
    #expect(answer.fields["Content-Type"] == "application/pdf")
    #expect(
      answer.fields["Content-Disposition"] == "inline; filename=\"Russia and the Koreas.pdf\"")
    #expect(answer.entityTag == SHA256.hash(TestSite.pdf).hexadecimal)
    #expect(answer.fields["Content-Security-Policy"]?.contains("frame-ancestors 'self'") == true)
    guard case .file(let file) = answer.content else {
      Issue.record("no file")
      return
    }
    #expect(file.bytes == TestSite.pdf.count)
  }

  @Test(
    arguments: [
      ("Korea/Russia: \"Why?\"", "Korea Russia Why.pdf"), ("朝鮮", "朝鮮.pdf"),
      ("...", "publication.pdf"),
      (
        String(repeating: "long ", count: 60),
        String(repeating: "long ", count: 24).dropLast() + ".pdf"
      ),
    ] as [(String, String)])
  func aDocumentIsNamedForWhoeverSavesIt(_ title: String, _ name: String) throws {
    let publication = try site.deposit(TestSite.record(title))
    let field = site.get(Resource.document(publication.slug).path).fields["Content-Disposition"]
    let expected = ContentDisposition(.inline, fileName: name).description
    if title == "..." {
      #expect(field?.contains("filename=\"\(publication.slug).pdf\"") == true)
    } else {
      #expect(field == expected)
    }
  }

  @Test func aRenamedPublicationIsFoundByItsOldAddress() throws {
    let slug = try #require(Slug("russia-and-the-koreas"))
    let publication = try #require(try site.archive.publications.forStaff(slug))
    _ = try site.archive.publications.revise(
      publication.id,
      to: Draft(record: publication.record, slug: Slug("koreas"), status: .published),
      by: .program, at: site.now)
    for (old, new) in [
      ("/publications/russia-and-the-koreas", "/publications/koreas"),
      ("/publications/russia-and-the-koreas.pdf", "/publications/koreas.pdf"),
    ] {
      let answer = site.get(old)
      #expect(answer.status == .movedPermanently)
      #expect(answer.fields["Location"] == new)
    }
  }

  @Test(
    arguments: [
      ("/publications/", "/publications"), ("/%62rowse", "/browse"),
      ("/publications/?year=2010", "/publications?year=2010"),
    ])
  func anAddressThatIsOffByItsSpellingLeadsToTheRightOne(_ target: String, _ location: String) {
    let answer = site.get(target)
    #expect(answer.status == .movedPermanently)
    #expect(answer.fields["Location"] == location)
  }

  @Test(
    arguments: [
      "/nowhere", "/publications/nowhere", "/publications/nowhere.pdf", "/public/none.css",
      "/publications?page=2", "//evil.example/", "/%2e%2e/%2e%2e/etc/hosts", "/%", "/%G1",
      "/publications/%00", "/staff/nothing",
    ])
  func whatIsNotThereSaysSo(_ target: String) {
    let answer = site.get(target)
    #expect(answer.status == .notFound)
    #expect(answer.fields["Cache-Control"] == "public, max-age=10")
    #expect(answer.text.contains("name=\"q\""))
    #expect(!answer.isReusable)
  }

  @Test func listsAreChosenAndLeafedThrough() throws {
    for number in 1...45 {
      try site.deposit(
        TestSite.record(
          "Paper \(number)", published: number < 23 ? "2001-01-01" : "2002-01-01",
          authors: ["A. Author"], topics: ["Ports"], type: .brief),
        pdf: nil)
    }
    let first = site.get("/publications").text
    #expect(first.contains("46 publications, page 1 of 3"))
    #expect(first.contains("<a rel=\"next\" href=\"/publications?page=2\">"))
    #expect(site.get("/publications?page=3").text.contains("page 3 of 3"))
    #expect(site.get("/publications?year=2001").text.contains("22 publications"))
    #expect(site.get("/publications?year=2001&topic=Ports&type=brief").text.contains("22 publ"))
    #expect(site.get("/publications?author=A.+Author").text.contains("45 publications"))
    #expect(site.get("/publications?topic=None").text.contains("No publications match"))
    let browse = site.get("/browse").text
    for part in ["2002", "Ports", "A. Author", "Brief", "English"] {
      #expect(browse.contains(part), "\(part)")
    }
  }

  @Test(
    arguments: [
      ("/publications", true), ("/publications?page=1", false), ("/publications?utm=1", false),
      ("/publications?year=2010", true), ("/publications?year=2010&x", false),
      ("/publications?year=2010&topic=Korea", false), ("/?x=1", false), ("/", true),
      ("/search?q=korea", false), ("/publications/russia-and-the-koreas", true),
      ("/publications/russia-and-the-koreas?from=mail", false), ("/feed.atom", true),
    ])
  func whatIsAskedWithSomethingUnknownTakesNoPlace(_ target: String, _ isReusable: Bool) {
    let answer = site.get(target)
    #expect(answer.status == .ok)
    #expect(answer.isReusable == isReusable)
  }

  @Test(
    arguments: [
      "", "\"", "*", "NEAR(", "a AND", "%", "한국", "\u{0}", String(repeating: "a ", count: 2000),
    ])
  func anyWordsGetAnAnswer(_ words: String) {
    let encoded = PercentEncoding.encodedComponent(words)
    #expect(site.get("/search?q=\(encoded)").status == .ok)
    #expect(site.get("/api/search?q=\(encoded)").status == .ok)
  }

  @Test func searchResults() {
    let page = site.get("/search?q=geography").text
    #expect(page.contains("<mark>Geography</mark>"))
    #expect(page.contains("1 publication for “geography”"))
    #expect(page.contains("value=\"geography\""))
    #expect(site.get("/search?q=%3Cscript%3E").text.contains("value=\"&lt;script&gt;\""))
    let answer = site.get("/api/search?q=geography")
    #expect(answer.fields["Content-Type"] == "application/json; charset=utf-8")
    #expect(
      answer.text.hasPrefix(
        #"{"query":"geography","total":1,"results":[{"slug":"russia-and-the-koreas","title":"Russia and the Koreas","published":"2010-02-25","score":"#
      ))
    #expect(
      site.get("/api/search?q=xyzzy").text.hasPrefix(
        #"{"query":"xyzzy","total":0,"results":[],"facets":{"year":[],"#))
  }
}
