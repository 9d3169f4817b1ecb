import Archive
import Foundation
import Testing
import TextRepair

@testable import offprint

@Suite("The demonstration has publications worth reading")
struct DemoArchiveTests {
  @Test func everyManuscriptIsAPublication() {
    #expect(DemoArchive.publications.count == DemoArchive.manuscripts.count)
    #expect(Set(DemoArchive.publications.map(\.slug)).count == DemoArchive.publications.count)
  }

  @Test func theFirstIsTheOneOffprintGrewOutOf() throws {
    let first = try #require(DemoArchive.publications.first)
    #expect(
      first.slug.description == "russia-and-the-koreas-past-policies-and-future-possibilities")
    #expect(first.record.title == "Russia and the Koreas: Past Policies and Future Possibilities")
    #expect(first.record.published.description == "2010-02-25")
    #expect(first.record.abstract.components(separatedBy: "\n\n").count == 3)
    for word in ["sufficient", "influence", "horrific", "Asia-Pacific", "benefits", "Specific"] {
      #expect(first.record.abstract.contains(word))
    }
  }

  @Test(arguments: DemoArchive.publications.indices)
  func each(_ index: Int) {
    let publication = DemoArchive.publications[index]
    let record = publication.record
    #expect(!record.topics.isEmpty)
    #expect((2008...2026).contains(record.published.year))
    #expect((2...3).contains(record.abstract.components(separatedBy: "\n\n").count))
    // It is kept as it is written here.
    for text in [record.title, record.subtitle ?? "", record.abstract] {
      #expect(repair(text).changes.isEmpty)
    }
    let file = publication.makePDF()
    #expect(file.starts(with: Array("%PDF-".utf8)))
    #expect(file.count >= 20_000)
    #expect(file == publication.makePDF())
    let pages =
      String(decoding: file, as: UTF8.self).components(separatedBy: "/Type /Page ").count - 1
    #expect((4...12).contains(pages))
  }
}
