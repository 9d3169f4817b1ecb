import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("A publication goes from draft to published and back without a slip")
struct LifeCycleTests {
  private let desk: EditorSite
  private var site: TestSite { desk.site }
  private static let path = EditorSite.path

  init() throws {
    var settings = TestSite.settings
    settings.timeZone = try #require(SiteTimeZone("Europe/Stockholm"))
    desk = try EditorSite(settings)
  }

  private func post(
    _ path: String, _ form: [String: String], by who: (fields: Fields, token: String)
  ) -> Response {
    desk.send([:], form, to: path, by: who)
  }

  // MARK: Review

  @Test func authorsAndEditorsTalkAboutADraft() throws {
    try desk.deposit()
    let editor = try #require(
      try site.archive.staff.accounts().first { $0.name == "hana-editor" })
    _ = desk.send(
      desk.form(desk.author), ["status": "review", "comment": "Is table <2> right?"],
      by: desk.author)
    var form = desk.form(desk.editor)
    form["assignee"] = "\(editor.id)"
    _ = desk.send(form, ["status": "review"], by: desk.editor)
    #expect(try site.archive.publications.inReview(at: site.now).count == 1)
    #expect(try site.archive.publications.inReview(assignedTo: editor.id).count == 1)
    let page = site.get(Self.path, desk.editor.fields).text
    #expect(page.contains("Is table &lt;2&gt; right?") && page.contains("Assigned to hana-editor"))
    #expect(imbalance(of: page) == nil)
    let back = desk.send(
      desk.form(desk.editor), ["status": "draft", "comment": "No, see page 3."], by: desk.editor)
    #expect(back.fields["Location"] == Self.path + "?notice=sent-back")
    let answer = site.get(Self.path, desk.author.fields).text
    #expect(answer.contains("No, see page 3.") && answer.contains("value=\"review\""))
    let review = try site.archive.publications.review(of: try desk.publication().id)
    #expect(review.comments.map(\.author) == ["hana-author", "hana-editor"])
    #expect(review.comments.map(\.status) == [.review, .draft])
    #expect(review.assignee == "hana-editor")
    // A comment alone changes nothing of the record.
    let before = try desk.publication().version
    _ = desk.send(desk.form(desk.author), ["status": "draft", "comment": "Done."], by: desk.author)
    #expect(try desk.publication().version == before)
    let audit = site.get("/staff/audit", desk.other.fields).text
    #expect(audit.contains("commented on") && audit.contains("assigned"))
    #expect(site.get("/publications/quiet-harbours").status == .notFound)
  }

  // MARK: Schedule

  private func schedule(_ time: String) -> Response {
    desk.send(
      desk.form(desk.editor), ["status": "scheduled", "public-from": time], by: desk.editor)
  }

  @Test func theScheduleShowsWhatComesWhen() throws {
    try desk.deposit()
    #expect(schedule("2100-07-01T09:00").status == .seeOther)
    let page = site.get("/staff/schedule", desk.editor.fields).text
    #expect(page.contains("July 1, 2100, 09:00 UTC+2") && page.contains("Europe/Stockholm"))
    #expect(page.contains("value=\"2100-07-01T09:00\"") && imbalance(of: page) == nil)
    let slug = ["slug": "quiet-harbours"]
    for (typed, word) in [
      ("2001-01-01T09:00", "in the past"), ("soon", "2026-12-01 09:00"), ("", "missing"),
    ] {
      let refused = post(
        "/staff/schedule", slug.merging(["public-from": typed]) { $1 }, by: desk.editor)
      #expect(refused.status == .unprocessableContent && refused.text.contains(word), "\(typed)")
    }
    let changed = post(
      "/staff/schedule", slug.merging(["public-from": "2100-07-02 10:00"]) { $1 }, by: desk.editor)
    #expect(changed.fields["Location"] == "/staff/schedule?notice=schedule-changed")
    #expect(try desk.publication().publicFrom?.description == "2100-07-02T08:00:00Z")
    #expect(post("/staff/schedule", slug, by: desk.author).status == .forbidden)
    _ = post("/staff/schedule", slug.merging(["cancel": "yes"]) { $1 }, by: desk.editor)
    #expect(try desk.publication().status == .draft)
    #expect(site.get("/staff/schedule", desk.editor.fields).text.contains("Nothing is scheduled."))
    let late = post("/staff/schedule", slug.merging(["cancel": "yes"]) { $1 }, by: desk.editor)
    #expect(late.fields["Location"] == "/staff/schedule?notice=not-scheduled")
  }

  @Test func whatIsDueIsNotMovedAnyMore() throws {
    try desk.deposit()
    #expect(schedule("2100-03-01T13:10").status == .seeOther)
    #expect(try site.archive.publications.scheduled(at: site.now).count == 1)
    site.environment.wait(seconds: 900)
    let cancel = ["slug": "quiet-harbours", "cancel": "yes"]
    let late = post("/staff/schedule", cancel, by: desk.editor)
    #expect(late.fields["Location"] == "/staff/schedule?notice=not-scheduled")
    #expect(site.get("/publications/quiet-harbours").status == .ok)
    #expect(try site.archive.publications.scheduled(at: site.now).count == 0)
  }

  // MARK: Undoing

  @Test func aSlipIsUndoneWithoutATrace() throws {
    try desk.deposit()
    _ = desk.send(desk.form(desk.editor), ["status": "published"], by: desk.editor)
    #expect(site.get("/publications/quiet-harbours").status == .ok)
    site.environment.wait(seconds: 300)
    #expect(site.get(Self.path, desk.editor.fields).text.contains("Undo publishing"))
    #expect(post(Self.path + "/unpublish", [:], by: desk.author).status == .forbidden)
    let undone = post(Self.path + "/unpublish", [:], by: desk.editor)
    #expect(undone.fields["Location"] == Self.path + "?notice=undone")
    #expect(site.get("/publications/quiet-harbours").status == .notFound)
    #expect(!site.get("/feed.atom").text.contains("Quiet Harbours"))
    let harvested = site.get(
      "/oai?verb=ListRecords&metadataPrefix=oai_dc"
    ).text
    #expect(harvested.contains("noRecordsMatch"))
    let publication = try desk.publication()
    #expect(publication.status == .draft && publication.firstPublic == nil)
    #expect(publication.isDeletable)
    #expect(site.get("/staff/audit", desk.other.fields).text.contains("took back"))
    // Published again, it is as new.
    _ = desk.send(desk.form(desk.editor), ["status": "published"], by: desk.editor)
    #expect(try desk.publication().firstPublic == site.now)
  }

  @Test func afterTenMinutesItIsTooLate() throws {
    try desk.deposit(.published, by: "hana-editor")
    site.environment.wait(seconds: Publications.undoTime)
    #expect(!site.get(Self.path, desk.editor.fields).text.contains("Undo publishing"))
    let late = post(Self.path + "/unpublish", [:], by: desk.editor)
    #expect(late.fields["Location"] == Self.path + "?notice=too-late-to-undo")
    #expect(site.get("/publications/quiet-harbours").status == .ok)
  }

  @Test func whatWasPublicBeforeIsNotUndone() throws {
    let publication = try desk.deposit(.published)
    site.environment.wait(seconds: 3600)
    _ = try site.archive.publications.withdraw(publication.id, by: .program, at: site.now)
    _ = try site.archive.publications.publish(publication.id, by: .program, at: site.now)
    #expect(
      try site.archive.publications.undoLimit(of: try desk.publication(), at: site.now) == nil)
    #expect(throws: DepositError.changedMeanwhile) {
      try site.archive.publications.undoPublishing(publication.id, by: .program, at: site.now)
    }
  }

  // MARK: Files

  private func replace(_ note: String, with file: [UInt8]) -> Response {
    site.upload(
      Self.path + "/file", [("form-token", desk.editor.token), ("note", note)], file: file,
      desk.editor.fields)
  }

  private func earlier() throws -> FormerFile {
    try #require(try site.archive.publications.formerFiles(of: try desk.publication().id).first)
  }

  @Test func anEarlierFileIsReachableAndMarkedAndCanComeBack() throws {
    let first = try #require(try desk.deposit(.published).file?.sha256)
    #expect(
      replace("Table <2> was wrong.", with: TestSite.pdf + Array("% 2\n".utf8)).status == .seeOther)
    #expect(try desk.publication().file?.sha256 != first)
    #expect(try earlier().sha256 == first)
    let article = site.get("/publications/quiet-harbours").text
    let address = "/publications/quiet-harbours/files/\(first).pdf"
    #expect(
      article.contains("Table &lt;2&gt; was wrong.") && article.contains("href=\"\(address)\""))
    let old = site.get(address)
    #expect(old.status == .ok && old.entityTag == first)
    #expect(old.fields["X-Robots-Tag"] == "noindex")
    #expect(old.fields["Cache-Control"] == "public, max-age=31536000, s-maxage=60, immutable")
    #expect(old.fields.values(of: "Link").contains { $0.contains("rel=\"latest-version\"") })
    let current = try #require(try desk.publication().file?.sha256)
    let new = site.get("/publications/quiet-harbours/files/\(current).pdf")
    #expect(new.status == .ok && !new.fields.has("X-Robots-Tag"))
    let page = site.get(Self.path + "/file", desk.editor.fields).text
    #expect(page.contains("harbours.pdf") && imbalance(of: page) == nil)
    let restored = post(
      Self.path + "/file", ["restore": first, "note": "The first was right."], by: desk.editor)
    #expect(restored.fields["Location"] == Self.path + "?notice=restored")
    #expect(try desk.publication().file?.sha256 == first)
    #expect(try desk.publication().file?.name == "harbours.pdf")
    #expect(try earlier().reason == "The first was right.")
    #expect(try site.archive.publications.formerFiles(of: try desk.publication().id).count == 1)
  }

  @Test func aFileOfAnotherPublicationIsNotFound() throws {
    try desk.deposit(.published)
    let other = try site.deposit(
      TestSite.record("Other"), pdf: TestSite.pdf + Array("% other\n".utf8))
    let hash = try #require(other.file?.sha256)
    #expect(site.get("/publications/quiet-harbours/files/\(hash).pdf").status == .notFound)
    #expect(
      site.get(Self.path + "/files/\(hash).pdf", desk.editor.fields).status == .notFound)
    #expect(post(Self.path + "/file", ["restore": hash], by: desk.editor).status == .notFound)
  }

  @Test func filesOfWhatIsHiddenAreHidden() throws {
    let publication = try desk.deposit(.published)
    let hash = try #require(publication.file?.sha256)
    _ = try site.archive.publications.withdraw(publication.id, by: .program, at: site.now)
    #expect(site.get("/publications/quiet-harbours/files/\(hash).pdf").status == .gone)
  }

  @Test(arguments: [Array("<html>".utf8), []])
  func aFileThatIsNoPDFReplacesNothing(_ file: [UInt8]) throws {
    let first = try desk.deposit(.published).file
    let refused = replace("<why>", with: file)
    #expect(refused.status == .unprocessableContent)
    #expect(refused.text.contains("value=\"&lt;why&gt;\"") && imbalance(of: refused.text) == nil)
    #expect(try desk.publication().file?.sha256 == first?.sha256)
  }

  // MARK: Address and home page

  @Test(
    arguments: [("Loud Harbours", "slug-error"), ("", "slug-error"), ("taken", "slug-error")])
  func aWrongAddressIsNamed(_ typed: String, _ error: String) throws {
    try desk.deposit(.published)
    try site.deposit(TestSite.record("Taken"), pdf: nil)
    let refused = post(Self.path + "/rename", ["slug": typed], by: desk.editor)
    #expect(refused.status == .unprocessableContent && refused.text.contains("id=\"\(error)\""))
  }

  @Test func theOldAddressLeadsToTheNewOne() throws {
    try desk.deposit(.published)
    let done = post(Self.path + "/rename", ["slug": "loud-harbours"], by: desk.editor)
    #expect(done.fields["Location"] == "/staff/publications/loud-harbours?notice=renamed")
    #expect(site.get("/publications/quiet-harbours").status == .movedPermanently)
  }

  @Test func featuredPublicationsAreShownInTheirOrder() throws {
    func shown() -> [String] {
      site.get("/").text.matches(of: /<h3><a href="\/publications\/([a-c])"/).prefix(3)
        .map { String($0.output.1) }
    }
    for name in ["a", "b", "c"] {
      let publication = try site.deposit(TestSite.record(name), pdf: nil)
      try site.archive.publications.present(
        publication.id, as: Presentation(isFeatured: true), by: .program, at: site.now)
    }
    #expect(shown() == ["c", "b", "a"])
    _ = post("/staff/featured", ["slug": "a", "move": "up"], by: desk.editor)
    #expect(shown() == ["c", "a", "b"])
    _ = post("/staff/featured", ["slug": "c", "move": "down"], by: desk.editor)
    #expect(shown() == ["a", "c", "b"])
    _ = post("/staff/featured", ["slug": "a", "move": "up"], by: desk.editor)
    #expect(shown() == ["a", "c", "b"])
    _ = post("/staff/featured", ["slug": "a", "move": "remove"], by: desk.editor)
    #expect(
      try site.archive.publications.featured(9, at: site.now).map(\.slug.description) == ["c", "b"])
    #expect(
      post("/staff/featured", ["slug": "c", "move": "x"], by: desk.editor).status == .notFound)
    #expect(post("/staff/featured", ["slug": "c"], by: desk.author).status == .forbidden)
    let page = site.get("/staff/featured", desk.editor.fields).text
    #expect(imbalance(of: page) == nil && page.contains("Move down: c"))
  }
}

@Suite("Authors see their own drafts, or all if the site says so")
struct AuthorsSeeTests {
  @Test(arguments: AuthorsSee.allCases)
  func draftsOfOthers(_ choice: AuthorsSee) throws {
    var settings = TestSite.settings
    settings.authorsSee = choice
    let desk = try EditorSite(settings)
    try desk.deposit(by: "hana-editor")
    let expected: Status = choice == .own ? .forbidden : .ok
    let site = desk.site
    for path in ["", "/document.pdf", "/preview", "/file", "/rename", "/card.png"] {
      #expect(
        site.get(EditorSite.path + path, desk.author.fields).status == expected, "\(path)")
      #expect(site.get(EditorSite.path + path, desk.editor.fields).status == .ok, "\(path)")
    }
    let saved = desk.send([:], ["title": "x"], by: desk.author)
    #expect((saved.status == .forbidden) == (choice == .own))
  }

  @Test func theirOwn() throws {
    let desk = try EditorSite()
    try desk.deposit(by: "hana-author")
    #expect(desk.site.get(EditorSite.path, desk.author.fields).status == .ok)
    let owner = try desk.publication().owner
    let author = try desk.site.archive.staff.accounts().first { $0.name == "hana-author" }
    #expect(owner == author?.id)
    // Lists say the same.
    try desk.site.deposit(TestSite.record("Of others"), status: .draft, pdf: nil)
    try desk.site.deposit(TestSite.record("Public"), pdf: nil)
    for path in ["/staff", "/staff/publications"] {
      let mine = desk.site.get(path, desk.author.fields).text
      #expect(mine.contains("Quiet Harbours") && mine.contains("Public"))
      #expect(!mine.contains("Of others"))
      #expect(desk.site.get(path, desk.editor.fields).text.contains("Of others"))
    }
  }
}
