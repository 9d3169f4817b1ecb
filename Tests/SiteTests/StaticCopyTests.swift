import Archive
import Foundation
import HTTP
import Markup
import Site
import System
import Testing

@Suite("A static copy of the site works without a server")
struct StaticCopyTests {
  private let site: TestSite
  private let folder = NSTemporaryDirectory() + "offprint-copy-" + UUID().uuidString

  init() throws {
    site = try TestSite()
    for number in 1...21 {
      try site.deposit(
        TestSite.record(
          "Harbour \(number)", published: "\(2000 + number % 2)-02-25",
          authors: number == 3 ? ["Zoë Åberg & Sons"] : ["Richard Weitz"],
          topics: number % 2 == 0 ? ["Korea"] : ["R&D"]),
        pdf: Array("%PDF-1.7\n\(number)".utf8))
    }
    try site.deposit(TestSite.record("Secret draft", authors: ["Nadia Hidden"]), status: .draft)
    let gone = try site.deposit(TestSite.record("Withdrawn study"))
    _ = try site.archive.publications.withdraw(gone.id, by: .program, at: site.now)
  }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }

  @discardableResult
  private func write(isCancelled: () -> Bool = { false }) throws -> StaticCopy.Summary {
    var settings = TestSite.settings
    settings.isStaticCopy = true
    var copy = StaticCopy(of: try site.restarted(settings), in: folder)
    return try copy.write(isCancelled: isCancelled)
  }

  private func third() throws -> Publication {
    let slug = try #require(Slug("harbour-3"))
    return try #require(try site.archive.publications.forStaff(slug, at: site.now))
  }

  private func files() throws -> Set<String> {
    Set(
      try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
        !FileSystem.isFolder("\(folder)/\($0)")
      })
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  /// The addresses in attributes of a page, without fragments.
  private static func links(_ html: String) -> [String] {
    html.matches(of: #/ (?:href|src|action|data)="([^"]*)"/#).map {
      String($0.1.replacing("&amp;", with: "&").prefix { $0 != "#" })
    }
  }

  @Test("It has every page, with links to its own files, and nothing that readers cannot see")
  func content() throws {
    defer { remove() }
    let summary = try write()
    #expect(summary.isComplete && summary.lost.isEmpty)
    #expect(try files().count == summary.files + 1)
    try checkLinks()
    try checkForms()
    try checkHidden()
    try checkAbsolute()
  }

  /// Every link leads to a file of the copy or away from the site.
  private func checkLinks() throws {
    let files = try files()
    for name in [
      "index.html", "publications.html", "browse.html", "authors.html", "search.html",
      "publications/harbour-3.html", "publications/harbour-3.pdf", "publications/harbour-3.bib",
      "publications_page-2.html", "topics/korea.html",
      "feed.atom", "sitemap.xml", "robots.txt", "search-index.js",
    ] { #expect(files.contains(name), "\(name)") }
    for name in files where name.hasSuffix(".html") {
      for link in Self.links(try text(name)) where !link.isEmpty {
        #expect(!link.hasPrefix("/"), "\(link) in \(name)")
        let origin = TestSite.settings.baseURL + "/"
        if link.contains(":"), !link.hasPrefix(origin) { continue }
        let path =
          link.hasPrefix(origin)
          ? String(link.dropFirst(origin.count))
          : URL(filePath: "/" + name).deletingLastPathComponent().appending(path: link)
            .standardized.path.dropFirst().description
        let file = path.isEmpty ? "index.html" : path.prefix { $0 != "?" }.description
        #expect(files.contains(file), "\(link) in \(name)")
      }
      #expect(!(try text(name)).contains(" ping="), "\(name)")
    }
  }

  /// Forms that need a server are left out; the search form leads to the search page.
  private func checkForms() throws {
    for name in try files() where name.hasSuffix(".html") {
      let html = try text(name)
      for form in html.matches(of: #/<form[^>]*>/#) {
        #expect(form.0.contains("search.html\""), "\(form.0) in \(name)")
      }
      for word in ["/staff", "/subscribe", "opensearch"] {
        #expect(!html.contains("\(word)\""), "\(word) in \(name)")
      }
    }
    let search = try text("search.html")
    #expect(search.contains("src=\"search-index.js\""))
    #expect(search.contains("No results for “{1}”."))
    #expect(try text("search-index.js").contains("[\"publications/harbour-3.html\",\"Harbour 3"))
  }

  /// What readers cannot see is in no file.
  private func checkHidden() throws {
    for name in try files() {
      let content = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
      for word in ["Secret", "Hidden", "Withdrawn study"] {
        #expect(content.range(of: Data(word.utf8)) == nil, "\(word) in \(name)")
      }
    }
  }

  /// Absolute addresses name the files of the copy.
  private func checkAbsolute() throws {
    let origin = TestSite.settings.baseURL
    #expect(
      try text("sitemap.xml").contains("<loc>\(origin)/publications/harbour-3.html</loc>"))
    #expect(try text("feed.atom").contains("\(origin)/publications/harbour-21.html\""))
    let page = try text("publications/harbour-3.html")
    #expect(page.contains("<link rel=\"canonical\" href=\"\(origin)/publications/harbour-3.html\""))
    #expect(page.contains("content=\"\(origin)/publications/harbour-3.pdf\""))
    #expect(page.contains("\"url\":\"\(origin)/publications/harbour-3.html\""))
  }

  @Test("A second run writes what has changed, and removes what is no longer public")
  func secondRun() throws {
    defer { remove() }
    try write()
    let before = try files()
    let again = try write()
    #expect((again.changed, again.removed) == (0, 0))
    let gone = try third()
    _ = try site.archive.publications.withdraw(gone.id, by: .program, at: site.now)
    try Data("mine".utf8).write(to: URL(filePath: folder + "/notes.txt"))
    let third = try write()
    #expect(third.removed > 0 && third.changed > 0)
    let after = try files()
    #expect(!after.contains { $0.contains("harbour-3.") || $0.contains("harbour-3/") })
    #expect(before.contains("publications/harbour-3.pdf"))
    // Files of others stay.
    #expect(after.contains("notes.txt"))
    #expect(try !text("search-index.js").contains("harbour-3.html"))
  }

  @Test("A run that was cut off is continued, and a folder with other files is refused")
  func interrupted() throws {
    defer { remove() }
    var asked = 0
    let first = try write {
      asked += 1
      return asked > 20
    }
    #expect(!first.isComplete)
    #expect(try write().isComplete)
    let whole = try files()
    remove()
    try write()
    #expect(try files() == whole)
    remove()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: folder + "/notes.txt"))
    #expect(throws: StaticCopy.Failure.occupied(folder)) { try write() }
  }

  @Test("A damaged PDF is named")
  func damaged() throws {
    defer { remove() }
    let publication = try third()
    let path = site.archive.files.path(of: try #require(publication.file))
    try FileManager.default.removeItem(atPath: path)
    let summary = try write()
    #expect(summary.lost.map(\.path) == [path])
    #expect(try !text("publications/harbour-3.html").contains("harbour-3.pdf\" download"))
  }
}
