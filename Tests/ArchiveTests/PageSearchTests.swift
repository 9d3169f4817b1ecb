import Archive
import Search
import Testing

@Suite("Words of pages are found wherever the index keeps them")
struct PageSearchTests {
  private static let inMemory = Archive.Options().pageIndexMemory
  /// So little that each file's words go to a file of the index.
  private static let onDisk = 0

  private func store(_ pageIndexMemory: Int) throws -> TemporaryArchive {
    var options = Archive.Options()
    options.pageIndexMemory = pageIndexMemory
    let store = try TemporaryArchive(options)
    for (number, pages) in [
      ["Contents", "The dredging of the channel.", "A channel of the dredging fleet."],
      ["Tugs and dredging", "technological surroundings", "Nothing"],
    ].enumerated() {
      let publication = try store.deposit(
        "Report \(number)", file: store.incoming("%PDF- \(number)"))
      // Searched between, so that the index takes the second in as a change.
      _ = try store.archive.search(SearchQuery("dredging"), at: noon)
      if let file = publication.file {
        try store.archive.texts.store(of: file, pages: pages, at: noon)
      }
    }
    return store
  }

  @Test(
    arguments: [inMemory, onDisk],
    [
      ("dredging", ["report-0 2", "report-0 3", "report-1 1"]),
      ("\"dredging of the channel\"", ["report-0 2", "report-0 3"]),
      ("\"channel of the\"", ["report-0 2", "report-0 3"]),
      ("\"tugs and\"", ["report-1 1"]), ("technolo", ["report-1 2"]),
      ("dredging -tugs", ["report-0 2", "report-0 3"]), ("\"the tugs\" -contents", ["report-1 1"]),
      ("quay", []),
    ])
  func words(_ pageIndexMemory: Int, find expected: (query: String, pages: [String])) throws {
    let store = try store(pageIndexMemory)
    defer { withExtendedLifetime(store) {} }
    let results = try store.archive.search(SearchQuery(expected.query), at: noon)
    let pages = results.results.flatMap { result in
      result.pages.map { "\(result.publication.slug) \($0.page)" }
    }
    #expect(pages.sorted() == expected.pages)
  }

  @Test(arguments: [inMemory, onDisk])
  func pagesWithAPhraseGoFirst(_ pageIndexMemory: Int) throws {
    let store = try store(pageIndexMemory)
    defer { withExtendedLifetime(store) {} }
    let results = try store.archive.search(
      SearchQuery("\"channel of the dredging\""), at: noon)
    #expect(results.results.first?.pages.first?.page == 3)
  }

  @Test(arguments: [inMemory, onDisk])
  func theIndexAgreesWithTheTexts(_ pageIndexMemory: Int) throws {
    let store = try store(pageIndexMemory)
    #expect(try store.archive.verify(at: noon).defects == [])
  }

  @Test(arguments: [inMemory, onDisk])
  func aTextThatIsReadAgainTakesThePlaceOfTheOld(_ pageIndexMemory: Int) throws {
    let store = try store(pageIndexMemory)
    let found = try store.archive.search(SearchQuery("technological"), at: noon).results.first
    let file = try #require(found?.publication.file)
    try store.archive.texts.store(of: file, pages: ["Quays only"], at: noon)
    #expect(try store.archive.search(SearchQuery("technological"), at: noon).total == 0)
    #expect(try store.archive.search(SearchQuery("quay"), at: noon).total == 1)
    #expect(try store.archive.measureIndex(at: noon).pages == 4)
  }

  @Test(
    arguments: [
      ("1907", 1), ("19076", 0), ("10", 1), ("106", 0), ("h12", 1), ("m2", 1), ("log", 1),
    ])
  func figuresRaisedBesideANumberAreNoPartOfIt(_ query: String, found: Int) throws {
    let store = try store(Self.inMemory)
    let known = try store.archive.search(SearchQuery("technological"), at: noon).results.first
    let file = try #require(known?.publication.file)
    try store.archive.texts.store(
      of: file, pages: ["The tariff of 1907⁶, 10⁶ crowns, H₁₂ and m²; log₂10"], at: noon)
    #expect(try store.archive.search(SearchQuery(query), at: noon).total == found)
  }

  @Test(arguments: ["walker", "university", "\"robert walker c of\"", "xn", "mme"])
  func aRaisedLetterAfterAWordIsNoPartOfIt(_ query: String) throws {
    let store = try store(Self.inMemory)
    let known = try store.archive.search(SearchQuery("technological"), at: noon).results.first
    let file = try #require(known?.publication.file)
    let page =
      "Robert Walker\u{1D9C} of the \u{1D43}University of Oslo, x\u{207F} and M\u{1D50}\u{1D49} Roy"
    try store.archive.texts.store(of: file, pages: [page], at: noon)
    let found = try store.archive.search(SearchQuery(query), at: noon)
    #expect(found.total == 1)
    #expect(found.correction == nil)
    #expect(found.missingPhrases == [])
  }
}
