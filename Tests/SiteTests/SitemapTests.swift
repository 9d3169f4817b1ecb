import Archive
import Markup
import Testing

@testable import Site

@Suite("Sitemaps are made from ranges, whose numbers stay the same when the archive grows")
struct SitemapTests {
  private func parts(_ publications: [Int], _ entries: [Int]) -> SitemapParts {
    SitemapParts(
      publications: publications.map {
        PublicationRange(number: $0, modified: Instant(secondsSince1970: 1_000_000 + Int64($0)))
      }, entries: entries)
  }

  @Test(
    "Each number means a range, or nothing",
    arguments: [
      ([], [], 1, nil), ([0], [0], 1, nil), ([0, 1], [0], 0, nil),
      ([0, 1], [0], 1, .publications(0)), ([0, 1], [0], 2, .entries(0)),
      ([0, 1], [0], 3, .publications(1)), ([0, 1], [0], 4, nil), ([0, 1], [0], 5, nil),
      ([0], [0, 3], 8, .entries(3)), ([2], [], 1, .publications(0)), ([2], [], 5, .publications(2)),
      ([2], [], 3, nil), ([0, 1], [0], .max, nil),
    ] as [([Int], [Int], Int, SitemapParts.Content?)])
  func content(
    _ publications: [Int], _ entries: [Int], _ number: Int, _ expected: SitemapParts.Content?
  ) {
    #expect(parts(publications, entries).content(of: number) == expected)
  }

  @Test("The index names every part with its last change, and each part has something in it")
  func index() {
    let all = parts([0, 2], [0, 1])
    let text = String(decoding: all.index(TestSite.settings).bytes, as: UTF8.self)
    let numbers = text.matches(of: #/sitemap-(\d+)\.xml/#).compactMap { Int($0.1) }
    #expect(numbers == [1, 5, 2, 4])
    #expect(numbers.allSatisfy { all.content(of: $0) != nil })
    #expect(text.contains("sitemap-1.xml</loc><lastmod>1970-01-12T13:46:40Z</lastmod>"))
    #expect(text.contains("sitemap-5.xml</loc><lastmod>1970-01-12T13:46:42Z</lastmod>"))
    #expect(imbalance(of: text, isXML: true) == nil)
    // An archive whose first range has nothing public has its lists there.
    #expect(
      String(decoding: parts([2], []).index(TestSite.settings).bytes, as: UTF8.self)
        .contains("sitemap-1.xml</loc></sitemap>"))
  }
}
