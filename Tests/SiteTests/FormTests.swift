import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("Pages and feeds are well formed")
struct FormTests {
  @Test func everyPage() throws {
    let site = try TestSite()
    let title = "A <title> & \"more\" 'of' it\u{0C}"
    for number in 1...25 {
      try site.deposit(TestSite.record("\(title) \(number)", authors: ["<A>", "B & C", "D", "E"]))
    }
    let gone = try site.deposit(TestSite.record("Gone"))
    _ = try site.archive.publications.withdraw(gone.id, reason: "<why>", by: .program, at: site.now)
    let draft = try site.deposit(TestSite.record("Draft"), status: .draft)
    let staff = try site.signIn()
    let slug = try #require(try site.archive.publications.latest(1, at: site.now).first).slug
    let invitation = try site.archive.staff.createInvitation(at: site.now)
    for target in [
      "/", "/publications", "/publications?page=2", "/publications?year=2010&topic=Korea",
      "/browse", "/publications/\(slug)", "/publications/gone", "/search", "/search?q=title",
      "/search?q=%3Cnothing%22", "/subscribe", "/nowhere", "/staff", "/staff?q=%3Ca&status=draft",
      "/staff/upload/form", "/staff/publications/\(slug)", "/staff/publications/gone",
      "/staff/publications/\(draft.slug)", "/staff/set-up/\(invitation)",
      "/staff/accounts", "/staff/accounts/1", "/staff/account", "/staff/account/second-factor",
      "/staff/audit",
    ] {
      let text = site.get(target, staff.fields).text
      #expect(text.hasPrefix("<!doctype html>"), "\(target)")
      let problem = imbalance(of: text)
      #expect(problem == nil, "\(target): \(problem ?? "")")
      #expect(text.split(separator: "<h1").count == 2, "\(target)")
      #expect(!text.contains("Escaped"), "\(target)")
      #expect(!text.contains("Optional("), "\(target)")
    }
    #expect(imbalance(of: site.get("/staff/sign-in").text) == nil)
    for target in ["/feed.atom", "/sitemap.xml"] {
      let text = site.get(target).text
      let problem = imbalance(of: text, isXML: true)
      #expect(problem == nil, "\(target): \(problem ?? "")")
    }
  }

  @Test(
    arguments: [
      ("<p>a</p>", nil), ("<p>a", "not closed: [\"p\"]"), ("<p><b></p></b>", "</p> in [\"p\"]"),
      ("<a href=\"x>y</a>", "an odd number of quotes in <a href=\"x>"), ("<br>", nil),
      ("<i a=\"x\"b=\"y\"></i>", "something behind a quote in <i a=\"x\"b=\"y\">"),
    ] as [(String, String?)])
  func theCheckFindsWhatIsWrong(_ markup: String, _ problem: String?) {
    #expect(imbalance(of: markup) == problem)
  }

  @Test func everyLinkLeadsSomewhere() throws {
    let site = try TestSite()
    for number in 1...23 { try site.deposit(TestSite.record("Paper \(number)")) }
    var seen: Set<String> = []
    var waiting = ["/"]
    while let target = waiting.popLast() {
      guard seen.count < 150, seen.insert(target).inserted else { continue }
      let answer = site.get(target)
      #expect([.ok, .seeOther].contains(answer.status), "\(target)")
      guard answer.fields["Content-Type"] == "text/html; charset=utf-8" else { continue }
      for part in answer.text.components(separatedBy: "href=\"").dropFirst() {
        let link = part.prefix { $0 != "\"" }
        guard link.hasPrefix("/") else { continue }
        let plain = link.replacing("&amp;", with: "&").prefix { $0 != "#" }
        let path = plain.prefix { $0 != "?" }
        #expect(Resource(path: String(path))?.path == String(path), "\(link) on \(target)")
        waiting.append(String(plain))
      }
    }
    #expect(seen.count > 40)
  }
}
