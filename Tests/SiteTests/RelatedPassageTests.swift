import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("Passages lead to others about the same matter")
struct RelatedPassageTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    for (title, pages) in [
      ("Harbours", ["The ice closes the channel in winter.", "Cranes lift the cargo of ships."]),
      ("Shipping", ["Nothing to see.", "In winter the channel is closed by ice for ships."]),
      ("Orchards", ["Apples are picked in autumn.", "Pears too."]),
    ] {
      let publication = try site.deposit(
        TestSite.record(title, abstract: "", authors: [], topics: []),
        pdf: Array("%PDF-1.4 \(title)".utf8))
      try site.archive.texts.store(of: try #require(publication.file), pages: pages)
    }
  }

  private func results(_ target: String) throws -> [(slug: String, page: Int?)] {
    let answer = site.get(target)
    #expect(answer.status == .ok, "\(target)")
    let body = try JSONSerialization.jsonObject(with: Data(answer.text.utf8))
    let results = try #require((body as? [String: Any])?["results"] as? [[String: Any]])
    return results.map { result in
      let pages = result["pages"] as? [[String: Any]]
      return (result["slug"] as? String ?? "", pages?.first?["page"] as? Int)
    }
  }

  @Test func aPageLeadsToPagesOfOtherPublications() throws {
    let found = try results("/api/related?slug=harbours&page=1")
    #expect(found.first?.slug == "shipping" && found.first?.page == 2)
    #expect(!found.contains { $0.slug == "harbours" || $0.slug == "orchards" })
    let page = site.get("/related?slug=harbours&page=1")
    #expect(page.status == .ok)
    #expect(page.text.contains("The ice closes the channel in winter."))
    #expect(page.text.contains("/publications/shipping"))
    #expect(page.text.contains("href=\"/related?slug=harbours&amp;page=1&amp;lang=sv\""))
    #expect(page.text.contains("<meta name=\"robots\" content=\"noindex"))
    #expect(
      site.get("/publications/harbours/text").text.contains(
        "/related?slug=harbours&amp;page=1"))
  }

  @Test func aParagraphLeadsToPagesOfOtherPublications() throws {
    let publication = try site.deposit(
      TestSite.record("Rivers", abstract: "", authors: [], topics: []),
      pdf: Array("%PDF-1.4 rivers".utf8))
    let paragraphs = [
      "Apples are picked in autumn.",
      "Ships wait for ice to leave the channel; in winter it is closed. "
        + String(
          repeating: "Pilots wait too, and so do the cranes and the men who work them. ", count: 3),
    ]
    var contents = FileContents(pages: [paragraphs.joined(separator: "\n")])
    contents.blocks = paragraphs.map { ReadingBlock(kind: .paragraph, text: $0, page: 1) }
    try site.archive.texts.store(
      of: try #require(publication.file), pages: [paragraphs.joined(separator: "\n")],
      contents: contents, at: site.now)
    #expect(try results("/api/related?slug=rivers&block=0").first?.slug == "orchards")
    #expect(try results("/api/related?slug=rivers&block=1").first?.slug != "orchards")
    #expect(site.get("/api/related?slug=rivers&block=2").status == .notFound)
    #expect(site.get("/api/related?slug=rivers&block=-1").status == .notFound)
    // Short paragraphs have no link.
    let text = site.get("/publications/rivers/text").text
    #expect(text.contains("href=\"/related?slug=rivers&amp;block=1\""))
    #expect(!text.contains("block=0"))
  }

  @Test func aTextThatWasSentLeadsToItsOwnPageFirst() throws {
    let found = try results("/api/related?text=closes+the+channel+in+winter")
    #expect(found.map(\.slug) == ["harbours", "shipping"])
    #expect(found.first?.page == 1)
  }

  @Test("Marks of the language of queries are only words' neighbours")
  func syntax() throws {
    #expect(try results("/api/related?text=-channel+title:%22ice%22+winter").count == 2)
  }

  @Test(
    arguments: [
      "", "?text=", "?slug=harbours", "?slug=harbours&page=0", "?slug=harbours&page=3",
      "?slug=harbours&page=x", "?slug=nothing&page=1", "?slug=..&page=1",
    ])
  func whatIsNoPassageIsNotFound(_ query: String) {
    #expect(site.get("/related\(query)").status == .notFound)
    #expect(site.get("/api/related\(query)").status == .notFound)
  }

  @Test func aLongTextIsAnswered() throws {
    let text = Array(repeating: "winter+ice", count: 400).joined(separator: "+")
    #expect(try results("/api/related?text=\(text)").count == 2)
  }
}
