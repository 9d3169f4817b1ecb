import Search
import Testing

@Suite("An index after any changes equals one built from the same records")
struct RebuildTests {
  @Test(arguments: 1...3 as ClosedRange<UInt64>, [false, true])
  func resultsScoresFacetsAndSuggestions(seed: UInt64, _ replacesAll: Bool) {
    var library = Library(seed: seed)
    for _ in 0..<6 {
      for _ in 0..<12 { library.change() }
      if replacesAll { library.changeAll() }
      let rebuilt = library.rebuilt()
      #expect(library.index.recordCount == rebuilt.recordCount)
      #expect(library.index.pageCount == rebuilt.pageCount)
      for query in Library.queries {
        #expect(
          Answer(library.index, query) == Answer(rebuilt, query), "seed \(seed), query \(query)")
      }
      for id in library.records.keys {
        #expect(library.index.related(to: id) == rebuilt.related(to: id), "seed \(seed)")
      }
      #expect(library.index.recordDefects == [])
    }
  }
}

/// Everything that the index answers to a query.
private struct Answer: Equatable {
  var outcomes: [Outcome] = []
  let suggestions: IndexSuggestions

  struct Outcome: Equatable {
    let total: Int
    let hits: [SearchHit]
    let correction: Correction?
    let missingPhrases: [String]
    let facets: Facets?
  }

  init(_ index: SearchIndex, _ text: String) {
    let query = SearchQuery(text, types: ["report", "brief"])
    suggestions = index.suggestions(for: text, query, limit: 10, at: Library.now)
    let filters = [
      SearchFilter(), SearchFilter(author: "Anna Berg"), SearchFilter(topic: "Trade"),
      SearchFilter(year: 2012, type: "report"), SearchFilter(language: "sv"),
    ]
    for filter in filters {
      for order in filter == SearchFilter() ? SearchOrder.allCases : [.relevance] {
        let outcome = index.search(
          query, filter: filter, order: order, shown: 0..<50, countsFacets: true, at: Library.now)
        outcomes.append(
          Outcome(
            total: outcome.total, hits: outcome.hits, correction: outcome.correction,
            missingPhrases: outcome.missingPhrases, facets: outcome.facets))
      }
    }
  }
}

/// Records that change at random, and the index that follows them.
private struct Library {
  static let now: Int64 = 1_700_000_000

  static let queries = [
    "harbour", "harbours dredging", "\"dredging of the\"", "dredg*", "quayy", "sufficient",
    "har bour", "title:harbour", "author:berg", "harbour -winter", "ice OR tariff", "co-operate",
    "10.1000/3", "R-5/2012", "中国经济", "channel c", "b", "year:2012", "h*", "tarifs customs",
    "a history of the harbours and channels of the north in winter and in summer",
  ]

  private(set) var records: [Int64: IndexedRecord] = [:]
  private(set) var index = Library.emptyIndex()
  private var pages: [Int64: [String]] = [:]
  private var withdrawn: [Int64: IndexedRecord] = [:]
  private var lastID: Int64 = 0
  private var random: Random

  init(seed: UInt64) { random = Random(state: seed) }

  /// One that moves page words to files soon.
  private static func emptyIndex() -> SearchIndex {
    SearchIndex(
      names: AuthorNames(
        key: { $0.lowercased().replacing(",", with: "").split(separator: " ").sorted().joined() },
        text: { $0 }, isBetter: { $0 < $1 }),
      memoryLimit: 6000, makeFile: { MemoryFile() })
  }

  func rebuilt() -> SearchIndex {
    var index = Library.emptyIndex()
    index.beginLoading()
    for id in records.keys.sorted() { if let record = records[id] { index.insert(record) } }
    index.endLoading()
    // Several files at once, and one file twice.
    for half in [0, 1] as [Int64] {
      var words = PageWords()
      for file in Set(records.values.map(\.file)).sorted() where file % 2 == half || file == 1 {
        if let texts = pages[file] { words.read(texts, ofFile: file) }
      }
      index.insert(words)
    }
    index.endLoadingPages()
    return index
  }

  mutating func change() {
    let id = records.keys.sorted().randomElement(using: &random)
    switch (Int.random(in: 0..<10, using: &random), id) {
    case (0...2, _), (_, nil):
      lastID += 1
      put(record(lastID, file: newFile()))
    case (3...4, let id?): put(record(id, file: records[id]?.file ?? 0))
    case (5, let id?): put(record(id, file: newFile()))
    case (6, let id?): put(record(id, file: records.values.map(\.file).max() ?? 0))
    case (7, let id?):
      withdrawn[id] = records.removeValue(forKey: id)
      index.remove(id)
    case (8, let id?):
      guard let file = records[id]?.file, file != 0 else { return }
      let texts = texts()
      pages[file] = texts
      index.insertPages(texts, ofFile: file)
    default:
      guard let id = withdrawn.keys.sorted().first, let record = withdrawn.removeValue(forKey: id)
      else { return }
      put(record)
    }
  }

  /// Changes all records in one step, and leaves out some.
  mutating func changeAll() {
    for id in records.keys.sorted() {
      if Int.random(in: 0..<5, using: &random) == 0 {
        records[id] = nil
      } else {
        records[id] = record(id, file: records[id]?.file ?? 0)
      }
    }
    index.replaceRecords(by: records.keys.sorted().compactMap { records[$0] })
  }

  private mutating func put(_ record: IndexedRecord) {
    records[record.id] = record
    index.insert(record)
    if let texts = pages[record.file], !index.hasPages(ofFile: record.file) {
      index.insertPages(texts, ofFile: record.file)
    }
  }

  private mutating func newFile() -> Int64 {
    guard Bool.random(using: &random) else { return 0 }
    let file = Int64(pages.count + 1)
    pages[file] = texts()
    return file
  }

  private mutating func texts() -> [String] {
    (0..<Int.random(in: 0...3, using: &random)).map { _ in words(30) }
  }

  private mutating func record(_ id: Int64, file: Int64) -> IndexedRecord {
    let year = Int32.random(in: 2010...2014, using: &random)
    var record = IndexedRecord(
      id: id, read: Library.now, date: year * 10_000 + 101, type: choice(["report", "brief"]),
      language: choice(["", "en", "sv"]), file: file, title: [words(4)], abstract: words(25),
      authors: Array(Set([choice(Library.authors), choice(Library.authors)])).sorted(),
      topics: [choice(["Trade", "Climate", "Shipping"])], series: [choice(["", "R"])])
    if Bool.random(using: &random) { record.doi = "10.1000/\(id)" }
    record.number = "R-\(id)/\(year)"
    record.sortTitle = choice(["", "a", record.title[0]])
    return record
  }

  private mutating func words(_ count: Int) -> String {
    (0..<count).map { _ in choice(Library.words) }.joined(separator: " ")
  }

  private mutating func choice(_ values: [String]) -> String {
    values.randomElement(using: &random) ?? ""
  }

  private static let authors = [
    "Anna Berg", "Berg, Anna", "ANNA BERG", "Erik Dahl", "Dahl, Erik", "Bo Ek", "Ministry of Trade",
  ]

  private static let words =
    """
    harbour harbours harbor dredging dredged dredger quay quays channel channels ice winter north
    tariff tariffs customs history trade suffi cient sufficient suffi cients co-operate cooperation
    of the and in a 2,500,000 2500000 U.S.A. 中国经济 经济改革 Øresund fish fishing fishery coast
    coastal ships shipping tugs crane cranes port ports funds finance ﬁnance
    """.split(whereSeparator: \.isWhitespace).map(String.init)
}

/// SplitMix64.
private struct Random: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
