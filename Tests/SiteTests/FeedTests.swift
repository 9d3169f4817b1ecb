import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("Feeds, sitemaps and robots.txt match the pages")
struct FeedTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.deposit(TestSite.record())
  }

  // MARK: Atom

  @Test func feed() {
    let answer = site.get("/feed.atom")
    #expect(answer.fields["Content-Type"] == "application/atom+xml; charset=utf-8")
    #expect(answer.lastModified == site.now.secondsSince1970)
    for part in [
      "<id>https://papers.example.org/feed.atom</id>", "<updated>2100-03-01T12:00:00Z</updated>",
      "<title>Russia and the Koreas: Past &amp; Future</title>", "<name>Richard Weitz</name>",
      "<link rel=\"enclosure\" type=\"application/pdf\" length=\"\(TestSite.pdf.count)\"",
      "<id>tag:papers.example.org,2100-03-01:", "<category term=\"R&amp;D\"/>",
      "<link rel=\"self\" type=\"application/atom+xml\" "
        + "href=\"https://papers.example.org/feed.atom\"/>",
      "<published>2100-03-01T12:00:00Z</published>", "<entry xml:lang=\"en\">",
    ] {
      #expect(answer.text.contains(part), "\(part)")
    }
    #expect(!answer.text.contains("rel=\"next\""))
    #expect(imbalance(of: answer.text, isXML: true) == nil)
  }

  @Test(
    arguments: [
      ("topic=Korea", 1), ("topic=R%26D", 1), ("topic=Fish", 0), ("author=Richard+Weitz", 1),
      ("author=Nobody", 0), ("q=geography", 1), ("q=xyzzy", 0), ("topic=Korea&author=Nobody", 0),
      ("series=Asia+Papers", 1), ("series=Asia", 0), ("year=2010", 1), ("year=2011", 0),
      ("q=geography&year=2010&topic=Korea", 1), ("q=geography&topic=Fish", 0), ("type=report", 1),
      ("language=ko", 0), ("topic=Korea&language=en", 1),
    ])
  func aFeed(of choice: String, has count: Int) {
    let feed = site.get("/feed.atom?\(choice)").text
    #expect(feed.components(separatedBy: "<entry").count - 1 == count)
    let address = "https://papers.example.org/feed.atom?\(choice.replacing("&", with: "&amp;"))"
    #expect(feed.contains("<id>\(address)</id>"))
    #expect(feed.contains("href=\"\(address)\"/>"))
  }

  @Test(
    "A feed has a title of its own and a page that shows the same",
    arguments: [
      ("topic=R%26D", "R&amp;D", "/publications?topic=R%26D"),
      ("author=Nobody", "Nobody", "/publications?author=Nobody"),
      ("series=Asia+Papers", "Asia Papers", "/publications?series=Asia+Papers"),
      ("q=sea&language=sv&sort=title&page=2", "sea, Swedish", "/search?q=sea&amp;language=sv"),
    ])
  func title(of choice: String, is title: String, at page: String) {
    let feed = site.get("/feed.atom?\(choice)").text
    #expect(
      feed.contains("<title>Institute &lt;for&gt; Pacific &amp; Studies: \(title)</title>"))
    let alternate =
      "<link rel=\"alternate\" type=\"text/html\" href=\"https://papers.example.org\(page)\"/>"
    let head = feed.prefix(upTo: feed.firstRange(of: "<entry")?.lowerBound ?? feed.endIndex)
    #expect(head.components(separatedBy: "rel=\"alternate\"").count - 1 == 1)
    #expect(head.contains(alternate))
  }

  @Test(
    "Lists and results are followed by email and as a feed",
    arguments: [
      ("/publications?topic=Korea", "topic=Korea"), ("/publications", ""),
      ("/publications?author=Richard+Weitz&sort=title", "author=Richard+Weitz"),
      ("/search?q=geography&topic=Korea", "q=geography&amp;topic=Korea"),
    ])
  func page(_ page: String, isFollowedBy fields: String) {
    let text = site.get(page).text
    let query = fields.isEmpty ? "" : "?\(fields)"
    #expect(text.contains("<a href=\"/subscribe\(query)\" rel=\"nofollow\">"))
    #expect(text.contains("<a href=\"/feed.atom\(query)\">"))
    let link = "<link rel=\"alternate\" type=\"application/atom+xml\" title=\""
    let feeds = text.components(separatedBy: link).dropFirst().map { $0.prefix { $0 != ">" } }
    #expect(feeds.contains { $0.hasSuffix("href=\"/feed.atom\(query)\"") })
  }

  @Test("Fifty are announced, newest first, and the others behind the link to the next page")
  func pages() throws {
    for number in 1...60 {
      site.environment.wait(seconds: 1)
      try site.deposit(try TestSite.record("Paper \(number)"), pdf: nil)
    }
    let first = site.get("/feed.atom").text
    #expect(first.components(separatedBy: "<entry").count - 1 == 50)
    let newest = try #require(first.firstRange(of: "<title>Paper 60:"))
    let older = try #require(first.firstRange(of: "<title>Paper 11:"))
    #expect(newest.lowerBound < older.lowerBound)
    #expect(
      first.contains(
        "<link rel=\"next\" type=\"application/atom+xml\" "
          + "href=\"https://papers.example.org/feed.atom?page=2\"/>"))
    let second = site.get("/feed.atom?page=2").text
    #expect(second.components(separatedBy: "<entry").count - 1 == 11)
    #expect(second.contains("rel=\"previous\""))
    #expect(!second.contains("rel=\"next\""))
    #expect(second.contains("<title>Russia and the Koreas: Past &amp; Future</title>"))
  }

  // MARK: Sitemap

  @Test func sitemap() {
    let map = site.get("/sitemap.xml").text
    #expect(
      map.contains(
        "<loc>https://papers.example.org/publications/russia-and-the-koreas</loc>"
          + "<lastmod>2100-03-01T12:00:00Z</lastmod>"))
    #expect(map.contains("/publications/russia-and-the-koreas.pdf</loc>"))
    for path in ["/topics/r-d", "/authors/richard-weitz", "/series/asia-papers", "/authors"] {
      #expect(map.contains("<loc>https://papers.example.org\(path)</loc>"))
    }
    #expect(!map.contains("/search"))
    #expect(map == site.get("/sitemap.xml").text)
    #expect(site.get("/sitemap-1.xml").status == .notFound)
    #expect(site.get("/sitemap-2.xml").status == .notFound)
  }

  // MARK: robots.txt

  @Test(
    arguments: [
      (AIPolicy.allow, false, false), (.noTraining, true, false), (.block, true, true),
    ])
  func robots(_ policy: AIPolicy, keepsTrainersOut: Bool, keepsAnswerersOut: Bool) throws {
    var settings = TestSite.settings
    settings.aiPolicy = policy
    let site = try TestSite(settings)
    let answer = site.get("/robots.txt")
    let lines = answer.text.components(separatedBy: "\n")
    #expect(answer.fields["Content-Type"] == "text/plain; charset=utf-8")
    #expect(lines.first == "User-agent: *")
    #expect(lines.contains("Sitemap: https://papers.example.org/sitemap.xml"))
    #expect(lines.contains("Disallow: /staff"))
    #expect(lines.contains("User-agent: GPTBot") == keepsTrainersOut)
    #expect(lines.contains("Disallow: /") == keepsTrainersOut)
    #expect(lines.contains("User-agent: OAI-SearchBot") == keepsAnswerersOut)
    #expect(lines.contains("Content-Usage: train-ai=n") == keepsTrainersOut)
    #expect(site.get("/").fields["Content-Usage"] == (keepsTrainersOut ? "train-ai=n" : nil))
  }

  @Test func robotsAreAnsweredWithoutADatabase() {
    site.archive.close()
    #expect(site.get("/").status == .serviceUnavailable)
    // That is how a server stops, and nothing for its log.
    #expect(site.environment.events.isEmpty)
    #expect(site.get("/robots.txt").status == .ok)
  }

  // MARK: OpenSearch

  @Test func openSearch() throws {
    let answer = site.get("/opensearch.xml")
    #expect(
      answer.fields["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8")
    for part in [
      "<ShortName>Institute &lt;for&gt;</ShortName>", "<Description>Reports &quot;on&quot; the",
      "template=\"https://papers.example.org/search?q={searchTerms}&amp;page={startPage?}\"",
      "template=\"https://papers.example.org/feed.atom?q={searchTerms}\"", "rel=\"suggestions\"",
      "<Query role=\"example\" searchTerms=\"Russia and the Koreas\"/>",
    ] {
      #expect(answer.text.contains(part), "\(part)")
    }
    #expect(imbalance(of: answer.text, isXML: true) == nil)
    #expect(
      site.get("/").text.contains(
        "<link rel=\"search\" type=\"application/opensearchdescription+xml\""))
    #expect(!(try TestSite().get("/opensearch.xml").text.contains("<Query")))
  }
}
