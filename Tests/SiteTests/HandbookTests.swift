import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("The handbook agrees with the interface")
struct HandbookTests {
  private static let sources: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let files = FileManager.default.enumerator(
      at: root.appending(path: "Sources/Site"), includingPropertiesForKeys: nil)
    var text = ""
    for case let file as URL in files ?? .init()
    where file.pathExtension == "swift"
      && !["Phrase.swift"].contains(file.lastPathComponent)
      && !file.path.contains("/Handbook/")
    {
      text += (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }
    return text
  }()

  private static let languages = ["en", "sv"]

  private func handbook(_ tag: String) throws -> Handbook {
    try Assets(folder: TestSite.publicFolder).handbook(tag)
  }

  @Test(arguments: languages) func everyPageHasATitleAndText(_ tag: String) throws {
    let pages = try handbook(tag).pages
    #expect(pages.count >= 14)
    for page in pages {
      #expect(!page.title.isEmpty, "\(page.name)")
      #expect(page.blocks.count >= 2, "\(page.name)")
      #expect(Resource(path: "/staff/handbook/\(page.name)") == .handbookPage(page.name))
    }
  }

  @Test func everyLanguageHasTheSamePages() throws {
    let english = try handbook("en").pages
    for tag in Self.languages {
      let pages = try handbook(tag).pages
      #expect(pages.map(\.name) == english.map(\.name), "\(tag)")
      for (page, original) in zip(pages, english) {
        let references = { (page: Handbook.Page) in
          Set(page.spans.compactMap { if case .phrase(let name, _) = $0 { name } else { nil } })
        }
        #expect(references(page) == references(original), "\(tag) \(page.name)")
      }
    }
  }

  /// A phrase that a page shows is named in the code of a page.
  @Test(arguments: languages) func everyPhraseItNamesIsOnAPage(_ tag: String) throws {
    for page in try handbook(tag).pages {
      for case .phrase(let name, _) in page.spans {
        #expect(
          Language.names(for: tag).contains(name) && Self.sources.contains(".\(name)"),
          "\(tag) \(page.name): \(name)")
      }
    }
  }

  @Test(arguments: languages) func everyPageItLinksToIsThere(_ tag: String) throws {
    let site = try TestSite()
    let fields = try site.signIn().fields
    for page in try handbook(tag).pages {
      for case .phrase(_, let path?) in page.spans {
        #expect(site.get(path, fields).status == .ok, "\(tag) \(page.name): \(path)")
      }
      let shown = site.get("/staff/handbook/\(page.name)?lang=\(tag)", fields)
      #expect(shown.status == .ok && imbalance(of: shown.text) == nil, "\(page.name)")
      #expect(!shown.text.contains("[["), "\(page.name)")
    }
  }

  @Test(
    arguments: [
      ("subscribe digest", ["mailing"]), ("SUBSCRIBE digest", ["mailing"]), ("xyzzyplugh", []),
      ("restore another computer", ["backups"]),
    ])
  func aSearchTakesAllWords(_ query: String, _ expected: [String]) throws {
    let site = try TestSite()
    let words = PercentEncoding.encodedComponent(query)
    let page = site.get("/staff/handbook?q=\(words)", try site.signIn(as: .author).fields).text
    let found = page.matches(of: /<li><a href="\/staff\/handbook\/([a-z-]+)"/)
      .map { String($0.output.1) }
    #expect(found == expected)
  }

  @Test(arguments: ["nothing", "Upload", "a.b"])
  func otherPagesAreNotFound(_ name: String) throws {
    let site = try TestSite()
    let response = site.get("/staff/handbook/\(name)", try site.signIn(as: .author).fields)
    #expect(response.status == .notFound)
  }
}
