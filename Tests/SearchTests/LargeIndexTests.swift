import Search
import Testing

@Suite("Words are found wherever among many records they are")
struct LargeIndexTests {
  /// Enough that their words take several chunks, and that places need more than 16 bits.
  private static let count = 80_000

  private static func record(_ id: Int, title: String, abstract: String = "") -> IndexedRecord {
    IndexedRecord(
      id: Int64(id), read: 1, date: Int32(19_900_101 + id % 20 * 10_000), title: [title],
      abstract: abstract)
  }

  private static func found(_ text: String, in index: SearchIndex) -> [Int64] {
    index.search(SearchQuery(text, types: []), shown: 0..<10, at: 2).hits.map(\.id)
  }

  @Test func farFromEachOtherOrOftenInOne() {
    var index = SearchIndex(
      names: AuthorNames(key: { $0 }, text: { $0 }, isBetter: { _, _ in false }))
    let long = Array(repeating: "granite", count: 300) + (0..<70_000).map { "z\($0 % 997)y" }
    index.beginLoading()
    for id in 1...Self.count {
      switch id {
      case 1, 5000: index.insert(Self.record(id, title: "Basalt", abstract: "seen on walls"))
      case 5001:
        index.insert(Self.record(id, title: "Slate", abstract: long.joined(separator: " ")))
      case Self.count: index.insert(Self.record(id, title: "Basalt and granite and slate"))
      default: index.insert(Self.record(id, title: "Chalk"))
      }
    }
    index.endLoading()
    #expect(Set(Self.found("basalt", in: index)) == [1, 5000, 80_000])
    #expect(Self.found("\"seen on walls\"", in: index).sorted() == [1, 5000])
    #expect(Set(Self.found("granite", in: index)) == [5001, 80_000])
    #expect(Self.found("\"basalt and granite\"", in: index) == [80_000])
    #expect(Self.found("\"z995y z996y z0y\"", in: index) == [5001])

    index.remove(5000)
    index.insert(Self.record(1, title: "Marble"))
    #expect(Self.found("basalt", in: index) == [80_000])
    #expect(Self.found("marble", in: index) == [1])
    #expect(index.recordDefects.isEmpty)
    let all = index.search(SearchQuery("", types: []), shown: 0..<1, countsFacets: true, at: 2)
    #expect(all.facets?.years.reduce(0) { $0 + $1.publications } == Self.count - 1)
    let chalk = index.search(
      SearchQuery("chalk", types: []), shown: 0..<1, countsFacets: true, at: 2)
    #expect(chalk.total == Self.count - 4)
    #expect(chalk.facets?.years.reduce(0) { $0 + $1.publications } == chalk.total)
    let slate = index.search(
      SearchQuery("slate", types: []), shown: 0..<1, countsFacets: true, at: 2)
    #expect(slate.facets?.years.map(\.publications) == [1, 1])
  }
}
