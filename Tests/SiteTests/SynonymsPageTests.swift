import Archive
import HTTP
import Site
import Testing

@Suite("Editors keep a list of synonyms")
struct SynonymsPageTests {
  private let site: TestSite

  init() throws {
    site = try TestSite()
    try site.deposit(TestSite.record())
  }

  private func save(_ text: String, _ staff: (fields: Fields, token: String)) -> Response {
    site.post("/staff/synonyms", [("form-token", staff.token), ("synonyms", text)], staff.fields)
  }

  @Test func whatIsSavedIsShownAndUsed() throws {
    let staff = try site.signIn()
    let answer = save(
      "Corea = Koreas\r\n\r\n SME =  small   business ", (staff.fields, staff.token))
    #expect(answer.status == .seeOther)
    let page = site.get("/staff/synonyms", staff.fields).text
    #expect(page.contains("Corea = Koreas\nSME = small business</textarea>"))
    let found = site.get("/search?q=corea").text
    #expect(found.contains("Also searched for Koreas"))
    #expect(site.get("/api/search?q=corea").text.contains(#""alsoSearched":["Koreas"]"#))
  }

  @Test(
    arguments: [
      ("DPRK", "Line 1 has only one term"), ("\nDPRK =", "Line 2 has only one term"),
      ("DPRK = ?!", "Line 1: “?!” has no word"),
      ("a = b\nc = A", "Line 2: “A” is in the list already"),
      ("a = \(String(repeating: "x", count: 101))", "Line 1 has a term of more than 100 bytes"),
      ((1...13).map(String.init).joined(separator: "="), "Line 1 has more than 12 terms"),
      (
        (1...1001).map { "a\($0) = b\($0)" }.joined(separator: "\n"),
        "The list can have 1,000 lines"
      ),
    ])
  func badList(_ text: String, isRefusedWith reason: String) throws {
    let staff = try site.signIn()
    let answer = save(text, (staff.fields, staff.token))
    #expect(answer.status == .unprocessableContent)
    #expect(answer.text.contains(reason))
    #expect(try site.archive.synonyms.groups() == [])
  }

  @Test func aSearchWithoutResultsCanBeTaken() throws {
    _ = site.get("/search?q=Zulu")
    let staff = try site.signIn()
    let page = site.get("/staff/synonyms", staff.fields).text
    #expect(page.contains(#"<a href="/staff/synonyms?add=zulu#synonyms">"#))
    #expect(site.get("/staff/synonyms?add=zulu", staff.fields).text.contains("zulu = </textarea>"))
  }
}
