import Archive
import Foundation
import HTTP
import Site
import Testing

/// An archive with one publication, and an author and two editors at its form.
struct EditorSite {
  let site: TestSite
  let author: (fields: Fields, token: String)
  let editor: (fields: Fields, token: String)
  let other: (fields: Fields, token: String)

  init(_ settings: SiteSettings = TestSite.settings) throws {
    site = try TestSite(settings)
    author = try site.signIn(as: .author)
    editor = try site.signIn(as: .editor)
    other = try site.signIn(as: .administrator)
  }

  static let path = "/staff/publications/quiet-harbours"

  func publication() throws -> Publication {
    let slug = try #require(Slug("quiet-harbours"))
    return try #require(try site.archive.publications.forStaff(slug, at: site.now))
  }

  @discardableResult
  func deposit(
    _ status: Publication.Status = .draft, by name: String = "hana-author",
    pdf: [UInt8]? = TestSite.pdf
  ) throws -> Publication {
    var file: IncomingFile?
    if let pdf {
      let path = site.archive.folder.incoming + "/" + UUID().uuidString
      try Data(pdf).write(to: URL(fileURLWithPath: path))
      file = IncomingFile(path: path, name: "harbours.pdf")
    }
    return try site.archive.publications.deposit(
      Draft(record: TestSite.record("Quiet Harbours"), status: status), file: file,
      by: Actor(name), at: site.now)
  }

  /// The fields of the form as a browser sends them back.
  func form(_ who: (fields: Fields, token: String)) -> [String: String] {
    let text = site.get(Self.path, who.fields).text
    var form: [String: String] = [:]
    for match in text.matches(of: /<input[^>]*? name="([^"]+)"[^>]*>/) {
      let tag = String(match.output.0)
      guard !tag.contains("type=\"radio\""), !tag.contains("type=\"checkbox\"") else { continue }
      form[String(match.output.1)] = Self.attribute("value", of: tag)
    }
    for match in text.matches(of: /<textarea[^>]*? name="([^"]+)"[^>]*>\n([^<]*)<\/textarea>/) {
      form[String(match.output.1)] = Self.unescaped(String(match.output.2))
    }
    form["type"] = "report"
    form.removeValue(forKey: "file")
    return form
  }

  static func attribute(_ name: String, of tag: String) -> String {
    tag.components(separatedBy: " \(name)=\"").dropFirst().first
      .map { unescaped(String($0.prefix { $0 != "\"" })) } ?? ""
  }

  private static func unescaped(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }

  func send(
    _ form: [String: String], _ changes: [String: String] = [:], to path: String = path,
    by who: (fields: Fields, token: String)
  ) -> Response {
    var form = form
    form["form-token"] = who.token
    return site.post(path, TestSite.form(form, changes), who.fields)
  }
}

extension Response {
  /// The content; empty for a file.
  fileprivate var octets: [UInt8] {
    if case .bytes(let octets) = content { octets } else { [] }
  }
}

@Suite("The form of a publication shows what was found and loses nothing that was typed")
struct EditorTests {
  private let desk: EditorSite
  private var site: TestSite { desk.site }

  init() throws { desk = try EditorSite() }

  // MARK: What was found in the file

  /// A draft whose fields are blank, and what was found in its file.
  private func blankDraft(_ findings: Findings) throws {
    var draft = Draft(record: try TestSite.record("Quiet Harbours", abstract: "", authors: []))
    draft.blank = [.title, .authors, .published, .abstract, .series, .number, .doi, .language]
    draft.slug = Slug("quiet-harbours")
    let path = site.archive.folder.incoming + "/blank"
    try Data(TestSite.pdf).write(to: URL(fileURLWithPath: path))
    let publication = try site.archive.publications.deposit(
      draft, file: IncomingFile(path: path, name: "<harbours>.pdf"), by: Actor("hana-author"),
      at: site.now)
    try site.archive.texts.store(
      of: try #require(publication.file), pages: ["Quiet Harbours"], findings: findings,
      at: site.now)
  }

  private func findings() -> Findings {
    var findings = Findings()
    findings.title = Finding("Quiet Harbours", confidence: 0.95, source: .both, page: 1)
    findings.series = Finding("Harbour <Papers>", confidence: 0.4, source: .pages, page: 2)
    findings.abstract = Finding(
      "It is sufficient to look.", confidence: 0.8, source: .pages, page: 3)
    findings.unrepairedAbstract = "It is suffi cient to look."
    return findings
  }

  @Test func certainValuesAreFilledInAndOthersAreSuggested() throws {
    try blankDraft(findings())
    let form = desk.form(desk.author)
    #expect(form["title"] == "Quiet Harbours" && form["series"] == "")
    #expect(form["published"] == "")
    let text = site.get(EditorSite.path, desk.author.fields).text
    #expect(text.contains("From page 1 and the properties of the file, almost certain."))
    #expect(text.contains("Found in page 2, unsure:"))
    #expect(text.contains("name=\"use\" value=\"series\""))
    #expect(text.contains("<del>suffi cient</del> <ins>sufficient</ins>"))
    #expect(imbalance(of: text) == nil)
  }

  @Test func nothingSaysThatTextIsBeingExtractedAfterwards() throws {
    let publication = try desk.deposit()
    let path = EditorSite.path + "?notice=deposited"
    #expect(site.get(path, desk.author.fields).text.contains("Text is being extracted"))
    try site.archive.texts.store(
      of: try #require(publication.file), pages: ["Quiet"], at: site.now)
    let text = site.get(path, desk.author.fields).text
    #expect(text.contains("Saved.") && !text.contains("Text is being extracted"))
  }

  @Test func aSuggestionIsTakenWithoutScript() throws {
    try blankDraft(findings())
    let typed = ["use": "series", "number": "12 <b>"]
    let answer = desk.send(desk.form(desk.author), typed, by: desk.author)
    #expect(answer.status == .ok)
    #expect(answer.text.contains("value=\"Harbour &lt;Papers&gt;\""))
    #expect(answer.text.contains("value=\"12 &lt;b&gt;\""))
    #expect(answer.text.contains("Not saved yet."))
    #expect(try desk.publication().record.series == "Asia Papers")
    // It is there again for whoever typed it, and for nobody else.
    #expect(desk.form(desk.author)["number"] == "12 <b>")
    #expect(desk.form(desk.editor)["number"] == "")
    let printed = desk.send(
      desk.form(desk.author), ["use": "unrepaired-abstract"], by: desk.author)
    #expect(printed.text.contains("It is suffi cient to look.</textarea>"))
  }

  @Test func whatIsFoundLaterIsFilledInBesideWhatWasTyped() throws {
    try blankDraft(Findings())
    let form = desk.form(desk.author)
    #expect(form["title"] == "")
    _ = desk.send(
      form, ["number": "7"], to: EditorSite.path + "/autosave", by: desk.author)
    try site.archive.texts.store(
      of: try #require(try desk.publication().file), pages: ["Quiet"], findings: findings(),
      at: site.now)
    let later = desk.form(desk.author)
    #expect(later["title"] == "Quiet Harbours" && later["number"] == "7")
  }

  @Test(
    arguments: [
      ("title", "", "Enter the title"), ("published", "soon", "Enter the publication date"),
      ("abstract", "", "Add an abstract"), ("topics", "", "Add topics"),
      ("authors", "", "Add the authors"), ("language", "", "Add the language"),
    ])
  func theChecklistNamesWhatIsMissing(_ field: String, _ value: String, _ item: String) throws {
    try desk.deposit()
    #expect(!site.get(EditorSite.path, desk.editor.fields).text.contains(item))
    _ = desk.send(
      desk.form(desk.editor), [field: value, "use": "nothing"], by: desk.editor)
    let text = site.get(EditorSite.path, desk.editor.fields).text
    #expect(text.contains(">\(item)</a>") || text.contains(">\n\(item)</a>"))
    #expect(text.contains("href=\"#\(field)\""))
  }

  @Test func nothingIsPublishedWithoutAPDF() throws {
    try desk.deposit(pdf: nil)
    let text = site.get(EditorSite.path, desk.editor.fields).text
    #expect(text.contains("Before it can be published") && text.contains("Add the PDF"))
    let answer = desk.send(desk.form(desk.editor), ["status": "published"], by: desk.editor)
    #expect(answer.status == .unprocessableContent && answer.text.contains("id=\"file-error\""))
    #expect(try desk.publication().status == .draft)
  }

  @Test(
    arguments: [
      (Publication.Status.draft, Role.author, ["draft", "review"]),
      (.draft, .editor, ["draft", "published", "review", "scheduled"]),
      (.review, .author, ["draft", "review"]),
      (.review, .editor, ["draft", "published", "review", "scheduled"]),
      (.published, .editor, ["published"]),
    ])
  func buttonsSayWhatHappens(
    _ status: Publication.Status, _ role: Role, _ expected: [String]
  ) throws {
    try desk.deposit(status)
    let text = site.get(
      EditorSite.path, role == .author ? desk.author.fields : desk.editor.fields
    ).text
    let found = Set(
      text.matches(of: /<button name="status" value="([a-z]+)"/).map { String($0.output.1) })
    #expect(found.sorted() == expected)
    #expect(!text.contains("<select id=\"status\""))
  }

  @Test(
    arguments: [
      ("draft", "saved"), ("review", "sent-for-review"), ("published", "published"),
      ("scheduled", "scheduled"),
    ])
  func theAnswerSaysWhatWasDone(_ status: String, _ notice: String) throws {
    try desk.deposit()
    let answer = desk.send(
      desk.form(desk.editor), ["status": status, "public-from": "2101-01-01T09:00"],
      by: desk.editor)
    #expect(answer.fields["Location"] == EditorSite.path + "?notice=\(notice)")
  }

  // MARK: What is not saved

  @Test func whatIsTypedIsKeptForWhoTypedIt() throws {
    try desk.deposit(.published)
    var form = desk.form(desk.editor)
    form["title"] = "Quiet <Harbours>"
    let path = EditorSite.path + "/autosave"
    let kept = desk.send(form, to: path, by: desk.editor)
    #expect(kept.status == .ok && kept.text == "What you typed was kept at 12:00.")
    #expect(kept.fields["Cache-Control"] == "no-store")
    #expect(site.get("/publications/quiet-harbours").text.contains("Quiet Harbours</h1>"))
    let again = site.get(EditorSite.path, desk.editor.fields).text
    #expect(again.contains("value=\"Quiet &lt;Harbours&gt;\"") && again.contains("Discard"))
    #expect(!site.get(EditorSite.path, desk.other.fields).text.contains("&lt;Harbours"))
    #expect(desk.send(form, ["discard": "yes"], by: desk.editor).status == .seeOther)
    #expect(!site.get(EditorSite.path, desk.editor.fields).text.contains("&lt;Harbours"))
    // Saved, it is not offered any more.
    _ = desk.send(form, to: path, by: desk.editor)
    #expect(desk.send(form, ["status": "published"], by: desk.editor).status == .seeOther)
    #expect(!site.get(EditorSite.path, desk.editor.fields).text.contains("Discard"))
    #expect(try desk.publication().record.title == "Quiet <Harbours>")
  }

  @Test func errorsKeepWhatIsTyped() throws {
    try desk.deposit()
    let refused = desk.send(
      desk.form(desk.editor), ["published": "soon", "status": "draft", "number": "7"],
      by: desk.editor)
    #expect(refused.status == .unprocessableContent)
    let form = desk.form(desk.editor)
    #expect(form["published"] == "soon" && form["number"] == "7")
  }

  @Test func strangersKeepNothing() throws {
    try desk.deposit(.published)
    let path = EditorSite.path + "/autosave"
    #expect(site.post(path, [("title", "x")]).status == .forbidden)
    #expect(site.post(path, [("title", "x")], desk.editor.fields).status == .forbidden)
    // Authors do not edit what is public.
    #expect(desk.send([:], ["title": "x"], to: path, by: desk.author).status == .forbidden)
  }

  // MARK: The preview

  @Test func thePreviewIsThePageWithWhatIsTyped() throws {
    try desk.deposit()
    let path = EditorSite.path + "/preview"
    let saved = site.get(path, desk.editor.fields)
    #expect(saved.status == .ok && saved.fields["Cache-Control"] == "no-store")
    #expect(!saved.isReusable)
    #expect(saved.text.contains("Only staff can see this page."))
    #expect(saved.text.contains("<meta name=\"robots\" content=\"noindex, follow\">"))
    #expect(saved.text.contains(EditorSite.path + "/document.pdf"))
    let typed = desk.send(
      desk.form(desk.editor), ["title": "Loud <Harbours>"], to: path, by: desk.editor)
    #expect(typed.text.contains("Loud &lt;Harbours&gt;</h1>"))
    #expect(typed.text.contains("Cite this publication"))
    #expect(imbalance(of: typed.text) == nil)
    #expect(try desk.publication().record.title == "Quiet Harbours")
    // The card shows the same.
    let card = site.get(EditorSite.path + "/card.png", desk.editor.fields)
    #expect(card.fields["Content-Type"] == "image/png")
    let other = site.get(EditorSite.path + "/card.png", desk.other.fields)
    #expect(card.octets != other.octets)
    #expect(site.get(path).status == .seeOther)
    let wrong = desk.send(
      desk.form(desk.editor), ["published": "soon"], to: path, by: desk.editor)
    #expect(wrong.status == .unprocessableContent && wrong.text.contains("id=\"published-error\""))
  }

  // MARK: Two editors

  @Test func whatOnlyOneChangedIsMerged() throws {
    try desk.deposit()
    let (mine, theirs) = (desk.form(desk.editor), desk.form(desk.other))
    _ = desk.send(theirs, ["series": "Their series", "status": "draft"], by: desk.other)
    let answer = desk.send(mine, ["number": "99", "status": "draft"], by: desk.editor)
    #expect(answer.fields["Location"] == EditorSite.path + "?notice=merged")
    let record = try desk.publication().record
    #expect(record.series == "Their series" && record.number == "99")
  }

  @Test(arguments: [("mine", "My title"), ("theirs", "Their title")])
  func whatBothChangedIsChosenFieldByField(_ choice: String, _ expected: String) throws {
    try desk.deposit()
    let (mine, theirs) = (desk.form(desk.editor), desk.form(desk.other))
    _ = desk.send(
      theirs, ["title": "Their title", "number": "7", "status": "draft"], by: desk.other)
    let answer = desk.send(
      mine, ["title": "My title", "doi": "10.1000/7", "status": "draft"], by: desk.editor)
    #expect(answer.status == .conflict)
    #expect(answer.text.contains("value=\"My title\"") && answer.text.contains("Their title</p>"))
    #expect(answer.text.contains("Only the other person changed these fields"))
    #expect(answer.text.contains("hana-administrator"))
    #expect(imbalance(of: answer.text) == nil)
    var again = mine
    for name in ["version", "seen"] {
      let tag = try #require(
        answer.text.firstMatch(of: try Regex("<input[^>]*name=\"\(name)\"[^>]*>")))
      again[name] = EditorSite.attribute("value", of: String(answer.text[tag.range]))
    }
    again.merge(
      ["title": "My title", "doi": "10.1000/7", "number": "7", "take-title": choice]
    ) { $1 }
    #expect(desk.send(again, ["status": "draft"], by: desk.editor).status == .seeOther)
    let record = try desk.publication().record
    #expect(record.title == expected && record.number == "7" && record.doi == "10.1000/7")
  }

  @Test func nobodyPublishesWhatTheyHaveNotSeen() throws {
    try desk.deposit()
    let (mine, theirs) = (desk.form(desk.editor), desk.form(desk.other))
    _ = desk.send(theirs, ["series": "Their series", "status": "draft"], by: desk.other)
    let answer = desk.send(mine, ["status": "published"], by: desk.editor)
    #expect(answer.status == .conflict && answer.text.contains("value=\"Their series\""))
    #expect(try desk.publication().status == .draft)
  }
}
