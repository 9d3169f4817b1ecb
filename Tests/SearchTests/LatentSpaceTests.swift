import Search
import Testing

@Suite("What records have in common ranks results and related publications")
struct LatentSpaceTests {
  /// Records about the sea and as many about the land, each with some of the forty words of its
  /// matter.
  private static func records(_ count: Int) -> [IndexedRecord] {
    (1...count).map { number in
      let matter = number.isMultiple(of: 2) ? "sea" : "land"
      let words = (0..<8).map { "\(matter)\((number / 2 * (1 + $0) + 5 * $0) % 40)" }
      return record(Int64(number), words.joined(separator: " "))
    }
  }

  private static func record(_ id: Int64, _ abstract: String) -> IndexedRecord {
    IndexedRecord(
      id: id, read: 0, date: 2000_0101, title: ["Number n\(id)"], abstract: abstract)
  }

  private static func index(_ records: [IndexedRecord]) -> SearchIndex {
    var index = SearchIndex(
      names: AuthorNames(key: { $0 }, text: { $0 }, isBetter: { _, _ in false }))
    for record in records { index.insert(record) }
    return index
  }

  private static func found(_ query: String, in index: SearchIndex) -> [Int64] {
    index.search(SearchQuery(query, types: []), shown: 0..<1000, at: 1).hits.map(\.id)
  }

  /// Of two records with the word that was asked for, only one is about the sea.
  private static let onLand = record(1001, "lighthouse land1 land2")
  private static let atSea = record(1000, "lighthouse sea1 sea2")
  private static let query = "lighthouse sea3 sea4"

  @Test func whatIsAboutTheSameMatterRanksHigher() {
    var index = Self.index(Self.records(400) + [Self.atSea, Self.onLand])
    func isAtSeaFirst() -> Bool {
      let found = Self.found(Self.query, in: index)
      return found.firstIndex(of: 1000) ?? .max < found.firstIndex(of: 1001) ?? .max
    }
    // Of equal ones the newest, with the highest id, comes first.
    #expect(!isAtSeaFirst())
    index.learnSpace()
    #expect(isAtSeaFirst())
  }

  @Test func aRecordThatIsAddedLaterIsPlacedToo() {
    var index = Self.index(Self.records(400))
    index.learnSpace()
    index.insert(Self.atSea)
    index.insert(Self.onLand)
    let found = Self.found(Self.query, in: index)
    #expect(found.firstIndex(of: 1000) ?? .max < found.firstIndex(of: 1001) ?? .max)
    index.remove(1000)
    #expect(!Self.found(Self.query, in: index).contains(1000))
    index.replaceRecords(by: Self.records(400) + [Self.atSea, Self.onLand])
    let replaced = Self.found(Self.query, in: index)
    #expect(replaced.firstIndex(of: 1000) ?? .max < replaced.firstIndex(of: 1001) ?? .max)
    index.remove(1000)
    // Another record at the same place has a vector of its own.
    index.insert(Self.record(1002, "lighthouse land3 land4"))
    #expect(Self.found(Self.query, in: index).contains(1002))
  }

  @Test func whatIsLikeOtherGoodResultsRanksHigher() {
    let words = ["lighthouse", "keeper", "lamp", "oil"]
    // Three of the words in records about the sea; one of them in more records about the land, so
    // that the words alone are rather about the land.
    let atSea = (0..<6).map { number in
      let three = words.enumerated().filter { $0.offset != number % 4 }.map(\.element)
      return Self.record(
        Int64(1100 + number), (three + ["sea\(number)", "sea\(number + 1)"]).joined(separator: " "))
    }
    let onLand = (0..<40).map { number in
      Self.record(
        Int64(1200 + number),
        "\(words[number % 4]) land\(number) land\(number + 1) land\(number + 2)")
    }
    let all = words.joined(separator: " ")
    let (among, alone) = (
      Self.record(1000, "\(all) sea2 sea3"), Self.record(1001, "\(all) land2 land3")
    )
    var index = Self.index(Self.records(400) + atSea + onLand + [among, alone])
    #expect(Self.found(all, in: index).first == 1001)
    index.learnSpace()
    #expect(Self.found(all, in: index).first == 1000)
  }

  @Test func theSameWordsAreFoundAsWithoutASpace() {
    let index = Self.index(Self.records(400) + [Self.atSea, Self.onLand])
    var learned = index
    learned.learnSpace()
    for query in [Self.query, "land7", "\"sea1 sea2\"", "nothing of this", "sea3 -sea4"] {
      #expect(Set(Self.found(query, in: learned)) == Set(Self.found(query, in: index)))
    }
  }

  @Test func theOrderInWhichRecordsCameDoesNotMatter() {
    let records = Self.records(400) + [Self.atSea, Self.onLand]
    var index = Self.index(records)
    var reversed = Self.index(records.reversed())
    index.learnSpace()
    reversed.learnSpace()
    #expect(
      Self.found(Self.query, in: index).prefix(2) == Self.found(Self.query, in: reversed).prefix(2))
  }

  @Test func fewRecordsTeachNothing() {
    let index = Self.index(Self.records(150) + [Self.atSea, Self.onLand])
    var learned = index
    learned.learnSpace()
    #expect(!learned.isSpaceWorn)
    #expect(Self.found(Self.query, in: learned) == Self.found(Self.query, in: index))
  }

  @Test func theSpaceIsWornWhenManyRecordsCameOrWent() {
    var index = Self.index(Self.records(400))
    #expect(index.isSpaceWorn)
    index.learnSpace()
    #expect(!index.isSpaceWorn)
    for id in 1...90 { index.remove(Int64(id)) }
    #expect(!index.isSpaceWorn)
    for id in 91...120 { index.remove(Int64(id)) }
    #expect(index.isSpaceWorn)
  }

  @Test func whatIsGivenUpLeavesTheFormerSpace() {
    var index = Self.index(Self.records(400) + [Self.atSea, Self.onLand])
    let before = Self.found(Self.query, in: index)
    index.learnSpace(until: { true })
    #expect(Self.found(Self.query, in: index) == before)
    #expect(index.isSpaceWorn)
  }

  @Test func relatedPublicationsAreAboutTheSameMatter() {
    var index = Self.index(Self.records(400) + [Self.atSea, Self.onLand])
    index.learnSpace()
    let related = index.related(to: 1000)
    #expect(!related.isEmpty && related.prefix(5).allSatisfy { $0 <= 400 && $0.isMultiple(of: 2) })
  }
}
