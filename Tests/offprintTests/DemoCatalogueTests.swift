import Foundation
import PDF
import Testing
import TextRepair

private let folder = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Config/demo")

/// A line of the demo's catalogue, as far as these tests look at it.
struct DemoRecord: Decodable, Sendable, CustomTestStringConvertible {
  var slug: String
  var title: String
  var subtitle: String?
  var published: String
  var abstract: String
  var topics: [String]
  var pdf: String

  var testDescription: String { slug }

  static let all: [DemoRecord] = {
    let lines =
      (try? String(contentsOf: folder.appending(path: "catalogue.jsonl"), encoding: .utf8))
    return (lines ?? "").split(separator: "\n").compactMap {
      try? JSONDecoder().decode(DemoRecord.self, from: Data($0.utf8))
    }
  }()
}

@Suite("The demo catalogue is complete and small")
struct DemoCatalogueTests {
  @Test func itIsSmallAndWhole() throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.fileSizeKey])
    let size = try files.map { try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 }
    #expect(size.reduce(0, +) < 1_000_000)
    #expect(DemoRecord.all.count == 12)
    #expect(Set(DemoRecord.all.map(\.slug)).count == 12)
    let named = Set(DemoRecord.all.map(\.pdf)).union(["catalogue.jsonl", "README.md"])
    #expect(Set(files.map(\.lastPathComponent)) == named)
  }

  @Test func theFirstIsTheOneOffprintGrewOutOf() throws {
    let first = try #require(DemoRecord.all.first)
    #expect(first.slug == "russia-and-the-koreas-past-policies-and-future-possibilities")
    #expect(first.title == "Russia and the Koreas: Past Policies and Future Possibilities")
    #expect(first.published == "2010-02-25")
    #expect(first.abstract.components(separatedBy: "\n\n").count == 3)
    for word in ["sufficient", "influence", "horrific", "Asia-Pacific", "benefits", "Specific"] {
      #expect(first.abstract.contains(word))
    }
  }

  @Test(arguments: DemoRecord.all)
  func each(_ record: DemoRecord) throws {
    #expect(!record.topics.isEmpty)
    #expect((2...3).contains(record.abstract.components(separatedBy: "\n\n").count))
    // The text is stored as it is in the catalogue.
    for text in [record.title, record.subtitle ?? "", record.abstract] {
      #expect(repair(text).repairs.isEmpty)
    }
    let file = try Data(contentsOf: folder.appending(path: record.pdf))
    let document = try text(of: Array(file))
    #expect((4...12).contains(document.pages.count))
    let words = document.pages.flatMap { $0.lines.map(\.text) }.joined(separator: " ")
    #expect(words.contains(record.title.split(separator: " ")[0]))
  }
}
