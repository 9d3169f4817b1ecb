import Search
import Testing

@Suite("A segment that cannot be read makes results partial, never silently fewer")
struct DiskErrorTests {
  private func index(readable limit: Int) -> SearchIndex {
    var index = SearchIndex(
      names: AuthorNames(key: { $0 }, text: { $0 }, isBetter: { $0 < $1 }),
      memoryLimit: 0, makeFile: { MemoryFile(readable: limit) })
    for id in 1...3 as ClosedRange<Int64> {
      index.insert(IndexedRecord(id: id, read: 0, date: 20_100_101, file: id, title: ["Harbours"]))
      index.insertPages(["Dredging of channel \(id)", "Quays"], ofFile: id)
    }
    return index
  }

  private static let queries = [
    "dredging", "harbours dredging", "\"dredging of\"", "harbours -dredging", "dredg*", "quay",
  ]

  /// 0 is a file that is gone, others are files that were cut off.
  @Test(arguments: [0, 1, 20, 40], queries)
  func isPartial(_ limit: Int, _ text: String) {
    let query = SearchQuery(text, types: [])
    #expect(index(readable: limit).search(query, shown: 0..<10, at: 0).isPartial)
  }

  @Test(arguments: queries)
  func isComplete(_ text: String) {
    let outcome = index(readable: .max).search(
      SearchQuery(text, types: []), shown: 0..<10, at: 0)
    #expect(!outcome.isPartial)
    #expect(outcome.total == (text.contains("-") ? 0 : 3))
  }
}
