import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("Pages are in the reader's language")
struct LanguageTests {
  private static let folder = TestSite.publicFolder + "/languages"

  private static var tags: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
  }

  private static func names(in tag: String) throws -> [String] {
    try String(contentsOfFile: "\(folder)/\(tag).txt", encoding: .utf8)
      .split(separator: "\n").filter { !$0.hasPrefix("#") && $0.contains("=") }
      .map { $0.prefix { $0 != "=" }.trimmingCharacters(in: .whitespaces) }
  }

  @Test("Every file has all words, each once, and no others", arguments: tags)
  func files(_ tag: String) throws {
    let names = try Self.names(in: tag)
    let wanted = Language.names(for: tag)
    #expect(Set(wanted).subtracting(names).sorted() == [], "lacking in \(tag).txt")
    #expect(Set(names).subtracting(wanted).sorted() == [], "of no use in \(tag).txt")
    #expect(names.count == Set(names).count)
    #expect(Self.tags.contains("en") && Self.tags.contains("sv"))
  }

  @Test("Words stand for the same things in every language", arguments: tags)
  func places(_ tag: String) throws {
    func places(in tag: String) throws -> [String: Set<Character>] {
      let text = try String(contentsOfFile: "\(Self.folder)/\(tag).txt", encoding: .utf8)
      var places: [String: Set<Character>] = [:]
      for line in text.split(separator: "\n") where !line.hasPrefix("#") && line.contains("=") {
        let name = line.prefix { $0 != "=" }.trimmingCharacters(in: .whitespaces)
        places[name] = Set(line.matches(of: /\{(\d)\}/).compactMap { $0.output.1.first })
      }
      return places
    }
    let english = try places(in: "en")
    for (name, found) in try places(in: tag) {
      let key = english[name] == nil ? name.prefix { $0 != "." } + ".other" : name
      #expect(found == english[key], "\(name)")
    }
  }

  @Test func theBrowserAsks() throws {
    let site = try TestSite()
    try site.deposit(TestSite.record())
    #expect(site.site.languages == ["en", "sv"])
    let target = "/publications/russia-and-the-koreas"
    var request = Request(method: .get, path: target)
    #expect(site.site.response(to: request).text.contains("<html lang=\"en\">"))
    request.language = 1
    let answer = site.site.response(to: request)
    #expect(answer.variesByLanguage && answer.isReusable)
    for part in [
      "<html lang=\"sv\">", "Publicerad <time datetime=\"2010-02-25\">25 februari 2010</time>",
      "Ladda ner PDF", "<h1 lang=\"en\" dir=\"auto\">Russia and the Koreas</h1>",
    ] {
      #expect(answer.text.contains(part), "\(part)")
    }
  }

  @Test func theReaderChooses() throws {
    let site = try TestSite()
    for number in 1...21 { try site.deposit(TestSite.record("Paper \(number)"), pdf: nil) }
    let answer = site.get("/publications?lang=sv")
    #expect(answer.isReusable && !answer.variesByLanguage)
    for part in [
      "<html lang=\"sv\">", "21 publikationer, sida 1 av 2",
      "href=\"/publications?page=2&amp;lang=sv\"", "href=\"/publications/paper-3?lang=sv\"",
      "href=\"/?lang=sv\"", "<input type=\"hidden\" name=\"lang\" value=\"sv\">",
      "<link rel=\"canonical\" href=\"https://papers.example.org/publications\">",
      "href=\"/publications?lang=en\" hreflang=\"en\"", "href=\"/feed.atom\"",
      "href=\"/browse?lang=sv\"",
    ] {
      #expect(answer.text.contains(part), "\(part)")
    }
    #expect(imbalance(of: answer.text) == nil)
    // What is not spoken is not chosen.
    for target in ["/publications?lang=xx", "/publications?lang=", "/publications?lang=%22%3E"] {
      let other = site.get(target)
      #expect(other.text.contains("<html lang=\"en\">") && !other.isReusable, "\(target)")
      #expect(!other.text.contains("lang=xx"))
    }
    #expect(site.get("/nowhere?lang=sv").text.contains("Sidan finns inte"))
  }

  @Test func searchingIsInTheReadersLanguage() throws {
    let site = try TestSite()
    for number in 1...21 { try site.deposit(TestSite.record("Paper \(number)"), pdf: nil) }
    let found = site.get("/search?q=paper&lang=sv").text
    for part in [
      "<title>Sök: paper", "21 publikationer på ”paper”", "Relevans", "Resultatens sidor",
      "href=\"/search?q=paper&amp;page=2&amp;lang=sv\"", "Följ med e-post",
      "<input type=\"hidden\" name=\"lang\" value=\"sv\">", "href=\"/publications/paper-",
    ] {
      #expect(found.contains(part), "\(part)")
    }
    #expect(imbalance(of: found) == nil)
    let nothing = site.get("/search?q=xyzzyplugh&lang=sv").text
    #expect(nothing.contains("Inga resultat för ”xyzzyplugh”."))
    #expect(!nothing.contains("No results"))
    #expect(site.get("/search?lang=sv").text.contains("hittar den exakta frasen"))
    #expect(
      site.get("/subscribe/confirm/c2FtcGxlLXRva2VuLWZvci10ZXN0?lang=sv").text.contains(
        "Länken gäller inte längre"))
  }

  @Test func aLanguageIsAFile() throws {
    let folder = NSTemporaryDirectory() + "offprint-languages-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: TestSite.publicFolder, toPath: folder)
    try Data("languageName = العربية\ndownloadPDF = تنزيل\n".utf8)
      .write(to: URL(fileURLWithPath: folder + "/languages/ar.txt"))
    let site = try TestSite(assets: try Assets(folder: folder))
    try site.deposit(TestSite.record())
    let text = site.get("/publications/russia-and-the-koreas?lang=ar").text
    #expect(text.contains("<html lang=\"ar\" dir=\"rtl\">"))
    #expect(text.contains("تنزيل"))
    #expect(text.contains("Cite this publication"))
    try Data("no words\n".utf8).write(to: URL(fileURLWithPath: folder + "/languages/de.txt"))
    #expect(throws: Assets.Failure.self) { try Assets(folder: folder) }
    #expect(throws: Assets.Failure.self) {
      try Assets(folder: TestSite.publicFolder).require(language: "xx")
    }
  }

  @Test(
    arguments: [
      ("#8c2f1b", false), ("#ffcc00", true), ("#ffffff", true), ("#000000", false), ("#09f", true),
    ])
  func anAccentIsLegible(_ text: String, _ isAdjusted: Bool) throws {
    let accent = Accent(try #require(Color(text)))
    #expect(accent.isAdjusted == isAdjusted)
    for ground in ["#fbfaf6", "#ffffff", "#f3eee3"] {
      #expect(accent.onLight.contrast(with: try #require(Color(ground))) >= 4.5)
    }
    for ground in ["#171614", "#201e1b", "#24221e", "#24110a"] {
      #expect(accent.onDark.contrast(with: try #require(Color(ground))) >= 4.5)
    }
  }

  @Test(arguments: ["", "8c2f1b", "#8c2f1", "#gggggg", "#８c2f1b", "#8c2f1b0"])
  func whatIsNoColourIsNotTaken(_ text: String) { #expect(Color(text) == nil) }
}
