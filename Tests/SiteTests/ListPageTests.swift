import Archive
import HTTP
import Site
import Testing

@Suite("Authors, topics and series have pages, and editors keep their lists")
struct ListPageTests {
  private let site: TestSite

  init() throws {
    site = try TestSite()
    try site.deposit(TestSite.record())
  }

  private func entry(_ name: String, _ list: NameList = .authors) throws -> ListEntry {
    try #require(try site.archive.lists.forStaff(named: name, in: list))
  }

  // MARK: Readers

  @Test(
    arguments: [
      ("/authors/richard-weitz", "Richard Weitz", "author=Richard+Weitz", "\"Person\""),
      ("/topics/korea", "Korea", "topic=Korea", nil),
      ("/series/asia-papers", "Asia Papers", "series=Asia+Papers", "\"CreativeWorkSeries\""),
    ] as [(String, String, String, String?)])
  func aPageHasItsPublications(
    _ path: String, _ name: String, _ followed: String, _ type: String?
  ) {
    let answer = site.get(path)
    #expect(answer.status == .ok)
    #expect(answer.text.contains("<title>\(name) – "))
    #expect(answer.text.contains(">Russia and the Koreas</a>"))
    #expect(answer.text.contains("href=\"https://papers.example.org\(path)\">"))
    #expect(answer.text.contains("href=\"/feed.atom?\(followed)\""))
    #expect(answer.text.contains("href=\"/subscribe?\(followed)\""))
    #expect(answer.text.contains("ld+json") == (type != nil))
    if let type { #expect(answer.text.contains("\"@type\":\(type)")) }
    #expect(answer.isReusable)
    #expect(site.get(path + "?page=2").status == .notFound)
    #expect(site.get("/publications/russia-and-the-koreas").text.contains("href=\"\(path)\""))
    #expect(site.get("/sitemap.xml").text.contains("\(path)</loc>"))
    #expect(site.get("/feed.atom?\(followed)").status == .ok)
  }

  @Test func listsOfNamesLeadToTheirPages() {
    #expect(site.get("/browse").text.contains("href=\"/topics/korea\""))
    #expect(site.get("/browse").text.contains("href=\"/authors/richard-weitz\""))
    #expect(site.get("/authors?letter=W").text.contains("href=\"/authors/richard-weitz\""))
    let list = site.get("/publications?topic=Korea")
    #expect(list.status == .ok)
    #expect(
      list.text.contains(
        "<link rel=\"canonical\" href=\"https://papers.example.org/topics/korea\">"))
    #expect(
      site.get("/publications?series=Asia+Papers").fields["Location"] == "/series/asia-papers")
    #expect(site.get("/publications?series=Nothing").status == .ok)
  }

  @Test(arguments: [Publication.Status.draft, .review, .scheduled])
  func whatIsNotPublicHasNoPage(_ status: Publication.Status) throws {
    let later = site.now.adding(seconds: 100)
    try site.deposit(
      TestSite.record("Secret", authors: ["Secret Author"], topics: ["Secret topic"]),
      status: status, publicFrom: status == .scheduled ? later : nil)
    for path in ["/authors/secret-author", "/topics/secret-topic"] {
      #expect(site.get(path).status == .notFound)
      #expect(site.get(path).text == site.get("/authors/nobody").text)
    }
    #expect(!site.get("/sitemap.xml").text.contains("secret"))
    #expect(!site.get("/browse").text.contains("Secret"))
    site.environment.wait(seconds: 200)
    #expect((site.get("/authors/secret-author").status == .ok) == (status == .scheduled))
  }

  @Test func aPageFollowsEachChange() throws {
    let tags = site.get("/authors/richard-weitz").cacheTags
    let tag = try #require(tags.first)
    let before = site.archive.lastChange(of: tag, at: site.now)
    let weitz = try entry("Richard Weitz")
    _ = try site.archive.lists.change(
      weitz.id,
      to: ListEdit(
        name: "Richard Weitz", identifier: "0000-0002-1825-0097", description: "Studies <ships>.",
        aliases: ["R. Weitz"]),
      by: .program, at: site.now)
    #expect(site.archive.lastChange(of: tag, at: site.now) > before)
    let page = site.get("/authors/richard-weitz").text
    #expect(page.contains("Studies &lt;ships&gt;."))
    #expect(page.contains("href=\"https://orcid.org/0000-0002-1825-0097\""))
    #expect(page.contains("Also known as R. Weitz"))
    #expect(page.contains("\"alternateName\":[\"R. Weitz\"]"))
    #expect(site.get("/publications/russia-and-the-koreas").text.contains("0000-0002-1825-0097"))
  }

  @Test func oldAddressesLeadToTheNewName() throws {
    let weitz = try entry("Richard Weitz")
    let korea = try entry("Korea", .topics)
    _ = try site.archive.lists.change(
      weitz.id, to: ListEdit(name: "Dick Weitz"), by: .program, at: site.now)
    _ = try site.archive.lists.change(
      korea.id, to: ListEdit(name: "Koreas & Japan"), by: .program, at: site.now)
    for (old, new) in [
      ("/authors/richard-weitz", "/authors/dick-weitz"),
      ("/topics/korea", "/topics/koreas-japan"),
      (
        "/publications?topic=Korea&year=2010", "/publications?topic=Koreas+%26+Japan&year=2010"
      ),
      ("/publications?author=Weitz%2C+Richard", "/publications?author=Dick+Weitz"),
      ("/feed.atom?topic=Korea", "/feed.atom?topic=Koreas+%26+Japan"),
      ("/search?q=a&author=Richard+Weitz", "/search?q=a&author=Dick+Weitz"),
      ("/subscribe?author=Richard+Weitz", "/subscribe?author=Dick+Weitz"),
      ("/api/publications?topic=Korea", "/api/publications?topic=Koreas+%26+Japan"),
      ("/api/search?q=a&topic=Korea", "/api/search?q=a&topic=Koreas+%26+Japan"),
    ] {
      let answer = site.get(old)
      #expect(answer.status == .movedPermanently, "\(old)")
      #expect(answer.fields["Location"] == new)
    }
    #expect(site.get("/publications?topic=Koreas+%26+Japan").status == .ok)
    let records = site.get("/oai?verb=ListRecords&metadataPrefix=oai_dc&set=topic:Korea").text
    #expect(records.contains("Koreas &amp; Japan"))
  }

  // MARK: Editors

  @Test func aChangeOfPublicationsIsAskedForFirst() throws {
    let editor = try site.signIn(as: .editor)
    let page = site.get("/staff/lists/authors?q=weitz", editor.fields)
    #expect(page.text.contains("href=\"/staff/lists/authors/richard-weitz\""))
    #expect(!page.text.contains("O&#39;Hara"))
    let fields = [
      "form-token": editor.token, "name": "Richard J. Weitz", "kind": "person",
      "identifier": "0000-0002-1825-0097", "aliases": "Dick Weitz\r\n\r\nR. Weitz",
      "description": "One.\r\n\r\nTwo.",
    ]
    let path = "/staff/lists/authors/richard-weitz"
    let question = site.post(path, TestSite.form(fields, [:]), editor.fields)
    #expect(question.status == .ok)
    #expect(question.text.contains("Save and change 1 publication"))
    #expect(try entry("Richard Weitz").name == "Richard Weitz")
    let answer = site.post(path, TestSite.form(fields, ["sure": "yes"]), editor.fields)
    #expect(answer.fields["Location"] == "/staff/lists/authors/richard-j-weitz?notice=saved")
    let weitz = try entry("R. Weitz")
    #expect(weitz.name == "Richard J. Weitz" && weitz.description == "One.\n\nTwo.")
    #expect(weitz.aliases == ["Dick Weitz", "R. Weitz", "Richard Weitz"])
    #expect(site.get("/staff/audit", editor.fields).text.contains("renamed in a list"))
  }

  @Test(
    arguments: [
      (["name": ""], "Enter a name."),
      (["identifier": "0000-0002-1825-0098"], "0000-0002-1825-0098"),
      (["name": "Ana <b> O'Hara"], "Compare Richard Weitz and Ana"),
      (["aliases": "Ana <b> O'Hara"], "Compare Richard Weitz and Ana"),
    ])
  func badFieldsComeBackAsTyped(_ changes: [String: String], _ sentence: String) throws {
    let editor = try site.signIn(as: .editor)
    let fields = [
      "form-token": editor.token, "name": "Richard Weitz", "description": "As it was typed",
    ]
    let answer = site.post(
      "/staff/lists/authors/richard-weitz", TestSite.form(fields, changes), editor.fields)
    #expect(answer.status == .unprocessableContent)
    #expect(answer.text.contains(sentence))
    #expect(answer.text.contains("As it was typed"))
  }

  @Test func twoNamesAreComparedAndMerged() throws {
    try site.deposit(TestSite.record("Second", authors: ["R. Weitz"]))
    let editor = try site.signIn(as: .editor)
    let pairs = site.get("/staff/lists/authors?show=duplicates", editor.fields).text
    #expect(pairs.contains("/merge?into="))
    let unknown = site.get("/staff/lists/authors/r-weitz/merge?into=Nobody", editor.fields)
    #expect(unknown.status == .unprocessableContent)
    #expect(unknown.text.contains("“Nobody” is not in this list"))
    let sides = site.get("/staff/lists/authors/r-weitz/merge?into=Weitz%2C+Richard", editor.fields)
    #expect(sides.text.contains("Merge and change 1 publication"))
    #expect(sides.text.contains("Second") && sides.text.contains("Russia and the Koreas"))
    let done = site.post(
      "/staff/lists/authors/r-weitz/merge",
      [("form-token", editor.token), ("into", "richard-weitz")], editor.fields)
    #expect(done.fields["Location"] == "/staff/lists/authors/richard-weitz?notice=names-merged")
    #expect(site.get("/authors/r-weitz").fields["Location"] == "/authors/richard-weitz")
    #expect(try entry("Richard Weitz").publications == 2)
    let again = site.post(
      "/staff/lists/authors/r-weitz/merge",
      [("form-token", editor.token), ("into", "richard-weitz")], editor.fields)
    #expect(again.status == .notFound)
  }

  @Test func anEntryIsAddedAndDeletedAgain() throws {
    let editor = try site.signIn(as: .editor)
    func post(_ path: String, _ fields: [String: String]) -> Response {
      site.post(path, TestSite.form(fields, ["form-token": editor.token]), editor.fields)
    }
    let added = post("/staff/lists/topics", ["name": " Fish  and ships "])
    #expect(added.fields["Location"] == "/staff/lists/topics/fish-and-ships?notice=entry-added")
    #expect(site.get("/topics/fish-and-ships").status == .notFound)
    let twice = post("/staff/lists/topics", ["name": "Fish and Ships"])
    #expect(twice.status == .unprocessableContent)
    #expect(twice.text.contains("value=\"Fish and Ships\""))
    let unused = site.get("/staff/lists/topics?show=unused", editor.fields).text
    #expect(unused.contains("Fish and ships") && !unused.contains(">Korea<"))
    let deleted = post("/staff/lists/topics/fish-and-ships", ["do": "delete"])
    #expect(deleted.fields["Location"] == "/staff/lists/topics?notice=entry-deleted")
    #expect(
      post("/staff/lists/topics/korea", ["do": "delete"]).status == .unprocessableContent)
  }

  @Test func typesAreNamedHiddenAndAdded() throws {
    let editor = try site.signIn(as: .editor)
    func post(_ fields: [String: String]) -> Response {
      site.post(
        "/staff/lists/types", TestSite.form(fields, ["form-token": editor.token]), editor.fields)
    }
    #expect(site.get("/staff/lists/types", editor.fields).text.contains("name=\"label:report\""))
    let added = post(["do": "add", "label": "Occasional <paper>", "base": "working-paper"])
    #expect(added.fields["Location"] == "/staff/lists/types?notice=saved")
    let name = "working-paper:occasional-paper"
    let saved = post([
      "label:report": "Study", "hide:thesis": "yes", "label:\(name)": "Occasional <paper>",
    ])
    #expect(saved.status == .seeOther)
    let form = site.get("/staff/upload/form", editor.fields).text
    #expect(form.contains("<option value=\"\(name)\">Occasional &lt;paper&gt;</option>"))
    #expect(form.contains(">Study</option>") && !form.contains("value=\"thesis\""))
    #expect(site.get("/publications/russia-and-the-koreas").text.contains(">Study</a>"))
    var record = try TestSite.record("Own", type: .workingPaper)
    record.typeName = try #require(TypeName(rawValue: name))
    try site.deposit(record)
    let page = site.get("/publications/own").text
    #expect(page.contains("href=\"/publications?type=working-paper%3Aoccasional-paper\""))
    #expect(page.contains("Occasional &lt;paper&gt;"))
    #expect(site.get("/publications/own.bib").text.contains("@techreport"))
    let list = site.get("/publications?type=working-paper:occasional-paper")
    #expect(list.text.contains(">Own</a>") && !list.text.contains(">Russia"))
    #expect(site.get("/api/publications?type=working-paper:occasional-paper").status == .ok)
    #expect(post(["delete:\(name)": "yes"]).status == .unprocessableContent)
    #expect(post(["do": "add", "label": "", "base": "report"]).status == .unprocessableContent)
    #expect(post(["do": "add", "label": "X", "base": "novel"]).status == .badRequest)
  }

  // MARK: Suggestions

  @Test(
    arguments: [
      ("authors", "weit", "\"value\":\"Richard Weitz\""),
      ("topics", "kor", "\"value\":\"Korea\""), ("series", "pap", "\"value\":\"Asia Papers\""),
      ("licence", "cc by 4", "\"value\":\"CC-BY-4.0\""),
      ("licence", "no derivatives", "\"value\":\"CC-BY-ND-4.0\""),
      ("language", "swed", "\"value\":\"sv\""), ("language", "ko", "\"value\":\"ko\""),
      ("type", "working", "\"value\":\"working-paper\""),
    ])
  func suggestion(in field: String, for typed: String, has value: String) throws {
    let author = try site.signIn(as: .author)
    let query = typed.replacing(" ", with: "+")
    let answer = site.get("/staff/suggest?field=\(field)&q=\(query)", author.fields)
    #expect(answer.status == .ok)
    #expect(answer.text.hasPrefix("{\"suggestions\":["))
    #expect(answer.text.contains(value))
    #expect(answer.fields["Cache-Control"]?.contains("no-store") == true)
    #expect(site.get("/staff/suggest?field=title&q=a", author.fields).status == .badRequest)
    #expect(
      site.get("/staff/suggest?field=\(field)&q=", author.fields).text.contains("Richard") == false)
  }

  @Test func theFormOfAPublicationHasSuggestions() throws {
    let author = try site.signIn(as: .author)
    let form = site.get("/staff/upload/form", author.fields).text
    for field in ["authors", "topics", "series", "licence", "language"] {
      #expect(form.contains("data-suggest=\"\(field)\""))
    }
    #expect(form.contains("<option value=\"CC-BY-4.0\">"))
  }
}
