import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("The dashboard says what needs doing")
struct DeskTasksTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  private func dashboard(as role: Role = .administrator, isKnown: Bool = false) throws -> String {
    let page = site.get("/staff", try site.signIn(as: role, isKnown: isKnown).fields)
    #expect(page.status == .ok)
    #expect(imbalance(of: page.text) == nil)
    return page.text
  }

  @Test func nothingIsToDoAtFirst() throws {
    let page = try dashboard()
    #expect(page.contains("Nothing needs doing."))
    #expect(page.contains("None yet") && page.contains("offprint backup"))
    #expect(page.contains("No usage has been counted"))
  }

  @Test func everyNumberLeadsToAList() throws {
    let draft = try site.deposit(TestSite.record("Draft"), status: .draft)
    try site.archive.texts.store(of: try #require(draft.file), pages: ["A page."])
    try site.deposit(TestSite.record("In review"), status: .review, pdf: nil)
    try site.deposit(
      TestSite.record("Tomorrow"), status: .scheduled,
      publicFrom: site.now.adding(seconds: 86_400), pdf: nil)
    let scan = try site.deposit(
      TestSite.record("Scan", abstract: ""), pdf: TestSite.pdf + Array("scan".utf8))
    try site.archive.texts.storeFailure(
      of: try #require(scan.file), reason: "no text layer", pages: 3)
    let page = try dashboard()
    for words in [
      "1 draft to check", "1 publication in review", "1 PDF without text",
      "1 publication without an abstract", "1 scheduled publication", "Recently changed",
      "March 2, 2100, 12:00 UTC",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    let fields = try site.signIn(isKnown: true).fields
    let main = try #require(page.components(separatedBy: "<main").last)
    let links = main.matches(of: /href="(\/staff[^"#]*)"/).map {
      String($0.output.1).replacingOccurrences(of: "&amp;", with: "&")
    }
    #expect(links.count > 6)
    for link in links { #expect(site.get(link, fields).status == .ok, "\(link)") }
  }

  @Test(
    arguments: [
      (Role.author, false, false), (.editor, true, false), (.administrator, true, true),
    ])
  func eachRoleSeesWhatConcernsIt(_ role: Role, _ seesSystem: Bool, _ seesMail: Bool) throws {
    try site.deposit(TestSite.record("Public", abstract: ""), pdf: nil)
    let page = try dashboard(as: role)
    #expect(page.contains("without an abstract") == seesSystem)
    #expect(page.contains("Last backup") == seesSystem)
    #expect(page.contains("Emails waiting") == seesMail)
  }

  @Test func authorsSeeNothingOfDraftsOfOthers() throws {
    let draft = try site.deposit(TestSite.record("A secret"), status: .draft)
    try site.archive.texts.store(of: try #require(draft.file), pages: ["A page."])
    try site.deposit(
      TestSite.record("Another secret"), status: .scheduled,
      publicFrom: site.now.adding(seconds: 86_400), pdf: nil)
    try site.deposit(TestSite.record("Public"), pdf: nil)
    let page = try dashboard(as: .author)
    #expect(page.contains("Nothing needs doing.") && page.contains(">Public</a>"))
    #expect(!page.lowercased().contains("secret"))
    #expect(try dashboard(as: .editor).contains("1 draft to check"))
  }

  @Test(arguments: [(1, false), (6, false), (8, true)] as [(Int64, Bool)])
  func aBackupOfMoreThanAWeekAgoIsOld(_ days: Int64, _ isOld: Bool) throws {
    try site.archive.noteBackup(at: site.now.adding(seconds: -days * 86_400))
    #expect(try dashboard().contains("to run “offprint backup”") == isOld)
  }

  @Test func theUseOfTheLastDaysIsDrawnAndInATable() throws {
    let publication = try site.deposit(TestSite.record(), pdf: nil)
    let uses = Uses(investigations: 9, requests: 4, uniqueInvestigations: 3, uniqueRequests: 2)
    try site.archive.usage.add([
      DayUses(slug: publication.slug, day: Day(of: site.now), uses: uses)
    ])
    let page = try dashboard()
    #expect(page.contains("aria-label=\"Last 30 days: 9 views of publications"))
    #expect(page.contains("<rect class=\"views\" x=\"291\" y=\"0\" width=\"8\" height=\"100\"/>"))
    #expect(page.contains("<rect class=\"reads\" x=\"291\" y=\"56\" width=\"8\" height=\"44\"/>"))
    #expect(page.contains("<tr><th scope=\"row\">March 1, 2100</th><td class=\"figure\">9</td>"))
  }
}
