import Archive
import Foundation
import HTTP
import Site
import System
import Testing

@Suite("Administrators see the audit log and the subscribers")
struct AuditAndSubscriberTests {
  let site: TestSite
  let staff: (fields: Fields, token: String)

  init() throws {
    site = try TestSite()
    staff = try site.signIn()
  }

  private func subscribe(_ addresses: [String]) throws {
    for text in addresses {
      let address = try #require(EmailAddress(text))
      _ = try site.archive.subscribers.add(address, by: Actor("hana"), at: site.now)
    }
  }

  private func change(_ fields: [(String, String)]) -> Response {
    site.post(
      "/staff/subscribers", [("form-token", staff.token)] + fields, staff.fields)
  }

  private func number(of address: String) throws -> String {
    let all = try site.archive.subscribers.list(containing: address).items
    return "\(try #require(all.first).id)"
  }

  @Test(
    arguments: ["/staff/subscribers", "/staff/subscribers.csv", "/staff/audit"],
    [Role.author, .editor, .administrator])
  func whoMayLook(_ target: String, _ role: Role) throws {
    #expect(site.get(target).status == .seeOther)
    let fields = role == .administrator ? staff.fields : try site.signIn(as: role).fields
    let isOpen = role == .administrator || target == "/staff/audit"
    let answer = site.get(target, fields)
    #expect(answer.status == (isOpen ? .ok : .forbidden))
    #expect(answer.fields["Cache-Control"] == "no-store")
  }

  @Test func subscribersInPages() throws {
    try subscribe((1...51).map { "reader\($0)@example.org" })
    let first = site.get("/staff/subscribers", staff.fields).text
    #expect(first.contains("51 subscribers") && first.contains("reader51@example.org"))
    #expect(!first.contains("<bdi>reader1@example.org"))
    #expect(first.contains("/staff/subscribers?page=2"))
    let second = site.get("/staff/subscribers?page=2", staff.fields).text
    #expect(second.contains("<bdi>reader1@example.org"))
    let none = site.get("/staff/subscribers?status=suspended", staff.fields).text
    #expect(none.contains("Nothing matches."))
    #expect(imbalance(of: first) == nil && imbalance(of: none) == nil)
    let file = site.get("/staff/subscribers.csv?status=confirmed", staff.fields).text
    #expect(file.hasPrefix("address,status,asked,confirmed\r\n"))
    #expect(file.split(separator: "\r\n").count == 52)
  }

  @Test func anAddressIsLookedForWithoutStandingInAnAddress() throws {
    try subscribe(["anna@example.org", "berg@example.com"])
    let found = change([("q", "EXAMPLE.ORG")])
    #expect(found.status == .ok)
    #expect(found.text.contains("<bdi>anna@") && !found.text.contains("<bdi>berg@"))
    #expect(found.text.contains("1 subscriber with “EXAMPLE.ORG” in the address"))
    #expect(
      !found.text.components(separatedBy: "href=\"").dropFirst().contains {
        $0.prefix { $0 != "\"" }.contains("example")
      })
    #expect(site.post("/staff/subscribers", [("q", "a")], staff.fields).status == .forbidden)
  }

  @Test func mailIsStoppedAndAddressesAreForgotten() throws {
    try subscribe(["anna@example.org", "berg@example.com"])
    let anna = ("subscriber", try number(of: "anna"))
    #expect(
      change([anna, ("do", "suspend")]).fields["Location"] == "/staff/subscribers?notice=suspended")
    #expect(try site.archive.subscribers.counts() == [.confirmed: 1, .suspended: 1])
    #expect(change([anna, ("do", "unsubscribe")]).status == .seeOther)
    #expect(try site.archive.subscribers.counts() == [.confirmed: 1, .unsubscribed: 1])
    let asked = change([anna, ("do", "delete")])
    #expect(asked.status == .ok && asked.text.contains("anna@example.org"))
    #expect(try site.archive.subscribers.list().total == 2)
    #expect(change([anna, ("do", "delete"), ("sure", "yes")]).status == .seeOther)
    #expect(try site.archive.subscribers.list().total == 1)
    #expect(change([anna, ("do", "suspend")]).status == .notFound)
    #expect(change([("subscriber", "x")]).status == .seeOther)
    let berg = ("subscriber", try number(of: "berg"))
    #expect(change([berg, ("do", "dance")]).status == .badRequest)
    // The log has neither of them.
    for event in site.environment.events {
      #expect(!"\(event)".contains("@"))
    }
    let log = site.get("/staff/audit", staff.fields).text
    #expect(log.contains("berg@example.com") && !log.contains("anna@"))
    #expect(log.contains("deleted a subscriber"))
  }

  @Test func theLogIsNarrowedAndInPages() throws {
    for number in 1...60 { try site.deposit(TestSite.record("Paper \(number)"), pdf: nil) }
    try subscribe(["anna@example.org"])
    let all = site.get("/staff/audit", staff.fields).text
    #expect(all.contains("page=2") && all.contains("added the subscriber"))
    #expect(all.contains("href=\"/staff/publications/paper-60\""))
    #expect(imbalance(of: all) == nil)
    let hers = site.get("/staff/audit?who=hana", staff.fields).text
    #expect(hers.contains("1 entry") && hers.contains("anna@example.org"))
    let one = site.get("/staff/audit?what=PAPER-17", staff.fields).text
    #expect(one.contains("2 entries") && one.contains("uploaded") && one.contains("published"))
    #expect(site.get("/staff/audit?who=nobody", staff.fields).text.contains("0 entries"))
    // Addresses are for those who manage subscribers.
    let editor = try site.signIn(as: .editor)
    let theirs = site.get("/staff/audit?who=hana", editor.fields).text
    #expect(theirs.contains("0 entries") && !theirs.contains("anna@"))
  }
}
