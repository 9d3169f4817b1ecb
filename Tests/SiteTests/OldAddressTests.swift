import Archive
import HTTP
import Site
import Testing

@Suite("Old addresses lead to what readers may see, and hide nothing")
struct OldAddressTests {
  private let site: TestSite
  private let staff: (fields: Fields, token: String)

  init() throws {
    site = try TestSite()
    staff = try site.signIn(as: .editor)
  }

  private func add(_ old: String, _ new: String) -> Response {
    site.post(
      "/staff/redirects", [("form-token", staff.token), ("old", old), ("new", new)], staff.fields)
  }

  private func location(_ target: String) -> String? {
    let answer = site.get(target)
    return answer.status == .movedPermanently ? answer.fields["Location"] : "\(answer.status.code)"
  }

  @Test func anOldAddressIsFoundInAnySpelling() throws {
    try site.deposit(try TestSite.record())
    let new = "/publications/russia-and-the-koreas"
    for (old, target) in [
      ("http://old.example.org/2011/03/%C3%84rger/", new), ("/old/paper.pdf", new + ".pdf"),
      ("/?p=17", "russia-and-the-koreas"), ("/paper.asp?id=3&lang=en", new), ("/themes", "/browse"),
      ("/korea", "https://papers.example.org/publications?topic=Korea"),
    ] { #expect(add(old, target).status == .seeOther, "\(old)") }
    for (target, expected) in [
      ("/2011/03/%C3%84rger/", new), ("/2011/03/%c3%a4rger", new), ("/2011/03/ÄRGER//", new),
      ("/2011/03/%C3%A4rger/?utm_source=x&share=1", new), ("/OLD/Paper.PDF", new + ".pdf"),
      ("/?p=17", new), ("/index.php?p=17&x=1", new), ("/paper.asp?lang=en&id=3", new),
      ("/paper.asp?id=3", "404"), ("/paper.asp", "404"), ("/?p=18", "200"), ("/", "200"),
      ("/themes/", "/browse"), ("/korea", "/publications?topic=Korea"),
    ] { #expect(location(target) == expected, "\(target)") }
    #expect(site.get("/old/paper.pdf", method: .head).status == .movedPermanently)
    #expect(site.post("/old/paper.pdf", []).status == .notFound)
  }

  @Test func aRedirectTellsNothingOfWhatIsNotPublic() throws {
    let draft = try site.deposit(try TestSite.record("A secret"), status: .draft)
    let later = try site.deposit(
      try TestSite.record("Later"), status: .scheduled, publicFrom: site.now.adding(seconds: 60))
    let gone = try site.deposit(try TestSite.record("Gone"))
    let hidden = try site.deposit(try TestSite.record("Hidden again"))
    for slug in [draft.slug, later.slug, gone.slug, hidden.slug] {
      #expect(add("/old/\(slug)", "\(slug)").status == .seeOther)
    }
    #expect(add("/old/gone.pdf", "/publications/gone.pdf").status == .seeOther)
    _ = try site.archive.publications.withdraw(gone.id, by: .program, at: site.now)
    _ = try site.archive.publications.revise(
      hidden.id, to: Draft(record: hidden.record, status: .draft), by: .program, at: site.now)
    for slug in [draft.slug, later.slug, hidden.slug] {
      #expect(location("/old/\(slug)") == "404", "\(slug)")
    }
    #expect(
      site.get("/old/a-secret").text
        == site.get("/old/nothing").text.replacing("nothing", with: "a-secret"))
    #expect(location("/old/gone") == "/publications/gone")
    #expect(location("/old/gone.pdf") == "/publications/gone")
    let page = site.get("/staff/redirects?show=broken", staff.fields).text
    #expect(page.contains("/old/a-secret") && page.contains("Not public"))
    #expect(try site.archive.redirects.brokenCount(at: site.now) == 5)
    site.environment.wait(seconds: 61)
    #expect(location("/old/later") == "/publications/later")
  }

  @Test func aRedirectHidesNoPage() throws {
    try site.deposit(try TestSite.record())
    try site.deposit(try TestSite.record("Another"))
    let path = "/publications/russia-and-the-koreas"
    for old in ["/browse", "/search", path, path + ".pdf", "https://papers.example.org/authors"] {
      let answer = add(old, "another")
      #expect(answer.status == .unprocessableContent, "\(old)")
      #expect(answer.text.contains("This is an address of this site"))
      #expect(answer.text.contains("value=\"\(old)\""))
    }
    // The place of a publication that does not exist may redirect, until there is one.
    #expect(add("/publications/from-before", "another").status == .seeOther)
    #expect(location("/publications/from-before") == "/publications/another")
    try site.deposit(try TestSite.record("From before"))
    #expect(location("/publications/from-before") == "200")
  }

  @Test(
    "What is typed wrong is said beside its field, and stays",
    arguments: [
      ("", "another", "Enter an old address"), ("/", "another", "Enter an old address"),
      ("/x", "", "Enter an address of this site"),
      ("/x", "nothing-here", "Enter an address of this site"),
      ("/x", "https://evil.example/", "Enter an address of this site"),
      ("/x", "//evil.example/", "Enter an address of this site"),
      ("/x", "/staff", "Enter an address of this site"),
      ("/x", "javascript:alert(1)", "Enter an address of this site"),
      ("/taken/", "another", "already"),
    ])
  func wrong(_ old: String, _ new: String, says words: String) throws {
    try site.deposit(try TestSite.record("Another"))
    #expect(add("/taken", "another").status == .seeOther)
    let answer = add(old, new)
    #expect(answer.status == .unprocessableContent)
    #expect(answer.text.contains(words), "\(answer.text)")
    #expect(answer.text.contains("aria-invalid=\"true\"") && imbalance(of: answer.text) == nil)
    #expect(try site.archive.redirects.list().total == 1)
  }

  @Test func editorsSearchDeleteAndAreNoted() throws {
    try site.deposit(try TestSite.record("Another"))
    for number in 1...60 { #expect(add("/old/<\(number)>", "another").status == .seeOther) }
    let page = site.get("/staff/redirects", staff.fields).text
    #expect(page.contains("/old/&lt;1&gt;") && page.contains("/staff/redirects?page=2"))
    #expect(imbalance(of: page) == nil)
    let found = site.get("/staff/redirects?q=/OLD/%3C60", staff.fields).text
    #expect(found.contains("/old/&lt;60&gt;") && !found.contains("/old/&lt;1&gt;"))
    let deleted = site.post(
      "/staff/redirects", [("form-token", staff.token), ("delete", "/old/<60>")], staff.fields)
    #expect(deleted.status == .seeOther)
    #expect(location("/old/%3C60%3E") == "404")
    let log = site.get("/staff/audit", staff.fields).text
    #expect(log.contains("added a redirect") && log.contains("deleted a redirect"))
    // A deleted draft takes its redirects along.
    let draft = try site.deposit(try TestSite.record("Draft"), status: .draft)
    #expect(add("/old/draft", "draft").status == .seeOther)
    try site.archive.publications.deleteDraft(draft.id, by: .program, at: site.now)
    #expect(try site.archive.redirects.list(matching: "draft").total == 0)
  }

  @Test func onlyEditorsSeeThem() throws {
    #expect(site.get("/staff/redirects").status == .seeOther)
    let author = try site.signIn(as: .author)
    #expect(site.get("/staff/redirects", author.fields).status == .forbidden)
    #expect(
      site.post(
        "/staff/redirects", [("form-token", author.token), ("old", "/x"), ("new", "/browse")],
        author.fields
      ).status == .forbidden)
    #expect(
      site.post("/staff/redirects", [("old", "/x"), ("new", "/browse")], staff.fields).status
        == .forbidden)
  }
}
