import Archive
import Foundation
import HTTP
import Site
import System
import Testing

@Suite("All texts of pages are in the language file")
struct SpokenPagesTests {
  /// A site with a language more, whose every phrase stands in marks.
  ///
  /// Dates are written in Greek
  /// letters, and so is all that stands in its records.
  private static func marked() throws -> TestSite {
    let folder = NSTemporaryDirectory() + "offprint-marked-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: TestSite.publicFolder, toPath: folder)
    let english = try String(contentsOfFile: folder + "/languages/en.txt", encoding: .utf8)
    let lines = english.split(separator: "\n").map { line in
      guard !line.hasPrefix("#"), let sign = line.firstIndex(of: "=") else { return String(line) }
      return "\(line[...sign]) ⟦\(line[line.index(after: sign)...])⟧"
    }
    try Data(lines.joined(separator: "\n").utf8)
      .write(to: URL(fileURLWithPath: folder + "/languages/el.txt"))
    var settings = SiteSettings()
    settings.name = "Αρχείο"
    settings.tagline = "Εκθέσεις"
    settings.baseURL = "https://papers.example.org"
    return try TestSite(settings, assets: try Assets(folder: folder))
  }

  private static func record(_ title: String) throws -> Record {
    Record(
      title: title, subtitle: "Υπότιτλος", abstract: "Περίληψη.", authors: ["Μαρία", "Νίκος"],
      published: try #require(PublicationDate("2010-02-25")), series: "Σειρά", number: "12",
      topics: ["Θέμα"], language: "el", licence: "Άδεια")
  }

  /// Names that are the same in every language.
  private static let names: Set<String> = [
    "BibTeX", "RIS", "CSL", "JSON", "CSV", "APA", "MLA", "Chicago", "ORCID", "ISSN", "DOI", "SHA",
  ]

  /// The words that are shown or read aloud, without those between marks and those in an element
  /// that says which language it is in.
  static func unmarked(_ page: String) -> [String] {
    var text = page
    for part in [
      /<(script|style|svg|code)\b.*?<\/\1>/.dotMatchesNewlines(),
      /<(?!html)([a-z0-9]+)[^>]* lang="[^"]*"[^>]*>.*?<\/\1>/.dotMatchesNewlines(),
    ] {
      text.replace(part, with: " ")
    }
    var spoken = ""
    for attribute in text.matches(of: /\s(?:aria-label|placeholder|alt|title)="([^"]*)"/) {
      spoken += attribute.output.1 + "\n"
    }
    spoken += text.replacing(/<[^>]*>/, with: "\n")
    var depth = 0
    let outside = spoken.map { character -> Character in
      if character == "⟦" { depth += 1 }
      if character == "⟧" { depth -= 1 }
      return depth > 0 ? " " : character
    }
    return String(outside).matches(of: /[A-Za-z]{2,}/).map { String($0.output) }
      .filter { !names.contains($0) && !["quot", "amp", "lt", "gt"].contains($0) }
  }

  @Test func theCheckFindsWords() {
    #expect(
      Self.unmarked("<p aria-label=\"⟦a⟧ Bees\">⟦Ants ⟦and⟧⟧ crows</p>") == ["Bees", "crows"])
    #expect(Self.unmarked("<html lang=\"el\"><p>ants</p></html>") == ["ants"])
    #expect(Self.unmarked("<p lang=\"en\">Ants</p><script>var ants;</script>") == [])
  }

  @Test func everyPage() throws {
    let site = try Self.marked()
    for number in 1...21 { try site.deposit(Self.record("Τίτλος \(number)")) }
    let many = try site.archive.publications.latest(1, at: site.now)
    let slug = try #require(many.first).slug
    let gone = try site.deposit(Self.record("Πάει"))
    _ = try site.archive.publications.withdraw(gone.id, reason: "Λάθος", by: .program, at: site.now)
    let draft = try site.deposit(Self.record("Σχέδιο"), status: .draft, pdf: nil)
    let staff = try site.signIn()
    let invitation = try site.archive.staff.createInvitation(at: site.now)
    let address = try #require(EmailAddress("a@example.org"))
    _ = try site.archive.subscribers.add(address, by: .program, at: site.now)
    _ = site.get("/search?q=τιτλος")
    _ = site.get("/search?q=ξξξξ")
    let shown = [
      "/", "/publications", "/publications?page=2", "/publications?year=2010&topic=Θέμα",
      "/publications?year=1999", "/browse", "/authors", "/publications/\(slug)",
      "/publications/\(gone.slug)", "/publications/\(slug)/text", "/search", "/search?q=τιτλος",
      "/search?q=ξξξξ", "/subscribe", "/nowhere", "/subscribe/confirm/c2FtcGxlLXRva2VuLWZvci10",
      "/staff", "/staff/publications?status=draft", "/staff/publications?q=ξξξξ", "/staff/upload",
      "/staff/upload/form", "/staff/duplicates",
      "/staff/publications/\(draft.slug)/compare/\(slug)",
      "/staff/publications/\(slug)?notice=saved", "/staff/publications/\(gone.slug)",
      "/staff/publications/\(draft.slug)", "/staff/readings", "/staff/statistics",
      "/staff/searches", "/staff/synonyms", "/staff/subscribers", "/staff/audit", "/staff/accounts",
      "/staff/accounts/1", "/staff/account", "/staff/set-up/\(invitation)",
      "/staff/set-up/c2FtcGxlLXRva2VuLWZvci10",
    ]
    // What cannot be said otherwise: the names of accounts, addresses and slugs.
    let data: Set<String> = ["hana", "administrator", "example", "org", "el"]
    let slugs = Set(
      try site.archive.publications.listForStaff(size: 100, at: site.now).items.flatMap {
        $0.slug.description.split(separator: "-").map(String.init)
      })
    func check(_ answer: Response, _ target: String) {
      #expect(answer.text.contains("<html lang=\"el\">"), "\(target)")
      let found = Self.unmarked(answer.text).filter { !data.contains($0) && !slugs.contains($0) }
      #expect(found == [], "\(target)")
    }
    for target in shown {
      let mark = target.contains("?") ? "&" : "?"
      check(site.get("\(target)\(mark)lang=el", staff.fields), target)
    }
    check(site.get("/staff/sign-in?lang=el"), "/staff/sign-in")
    for (path, form, fields) in [
      ("/staff/upload/form", ["title": "", "type": "x", "issn": "1", "slug": "-"], staff.fields),
      ("/staff/upload/form", ["title": "Α"], Fields()),
      (
        "/staff/publications/\(slug)",
        ["title": "Β", "published": "2010", "type": "report", "status": "draft", "version": "0"],
        staff.fields
      ),
      ("/staff/publications/\(slug)", ["form-token": "0", "title": "Β"], staff.fields),
      ("/staff/subscribers", ["q": "ξξξξ"], staff.fields),
      ("/staff/subscribers", ["subscriber": "1", "do": "delete"], staff.fields),
      ("/subscribe", ["email": ""], Fields()), ("/subscribe", ["email": "α@β"], Fields()),
    ] {
      let all = form.merging(["form-token": staff.token]) { mine, _ in mine }
      check(
        site.post("\(path)?lang=el", all.map { ($0.key, $0.value) }, fields), "POST \(path) \(form)"
      )
    }
    let suggested = site.get("/suggest?q=τιτ&lang=el").text
    #expect(suggested.contains("⟦ Publication⟧"), "\(suggested)")
  }
}
