import Archive
import Search
import Testing

@Suite("A search finds what is kept, best first, and answers everything")
struct SearchTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }

  init() throws { store = try TemporaryArchive() }

  @Test func everyFieldIsSearched() throws {
    var full = record(
      "Harbours of Norway", abstract: "Quays and cranes.", authors: ["Anna Berg"],
      topics: ["Shipping"], published: "2012-05-01")
    full.subtitle = "An inventory"
    full.series = "Baltic Papers"
    full.number = "17"
    _ = try archive.publications.deposit(
      Draft(record: full, status: .published), by: librarian, at: noon)
    for word in ["harbour", "INVENTORY", "crane", "berg", "ship", "baltic", "17", "2012"] {
      #expect(try found(word) == ["harbours-of-norway"], "\(word)")
    }
    #expect(try found("submarine").isEmpty)
  }

  @Test func whatHasAllTheWordsGoesBeforeWhatHasSomeOften() throws {
    try store.deposit("Korea Korea Korea", abstract: "Korea and Korea again.")
    try store.deposit(
      "A history", abstract: "Of many things, among them Russia, and far away Korea.")
    #expect(try found("russia korea") == ["a-history", "korea-korea-korea"])
  }

  @Test func aPastedAbstractIsReadToItsEnd() throws {
    try store.deposit("Dredging", abstract: "Silt in harbours.")
    try store.deposit("Word 7", abstract: "Word 8.")
    let words = (1...120).map { "filler\($0)" } + ["word"]
    let text = words.joined(separator: " ") + " on the dredging of silt in harbours"
    #expect(try found(text).first == "dredging")
  }

  @Test func aTitleCountsMoreThanAnAbstract() throws {
    try store.deposit("Notes", abstract: "Lighthouses and the sea and ships.")
    try store.deposit("Lighthouses", abstract: "Notes and the sea and ships.")
    try store.deposit("Nothing of the kind", abstract: "Fields.")
    #expect(try found("lighthouse") == ["lighthouses", "notes"])
  }

  @Test func aPhraseIsRequiredUnlessNothingHasIt() throws {
    try store.deposit("Climate change in the north")
    try store.deposit("A change of climate")
    #expect(try found("\"climate change\"") == ["climate-change-in-the-north"])
    #expect(try found("\"north climate\"").count == 2)
  }

  @Test(
    arguments: [
      ("sakerhet", "Säkerhet i norr"), ("SÄKERHET", "Sakerhet i norr"),
      ("zeffirelli", "Zeffi relli in Seoul"), ("suffi cient", "Sufficient funds"),
      ("ﬁnance", "The finance of ports"), ("经济", "中国经济改革"), ("革", "中国经济改革"),
      ("国经", "中国经济改革"), ("мост", "Мост через Неву"), ("oresund", "Øresundsbron og Øresund"),
      ("policies", "A policy"), ("κόσμος", "Ο ΚΟΣΜΟΣ"),
    ])
  func isFound(_ query: String, in title: String) throws {
    try store.deposit("Something else")
    try store.deposit(title)
    #expect(
      try archive.search(SearchQuery(query), at: noon).results.map(\.publication.record.title)
        == [title])
  }

  @Test func theEndOfALineIsASpaceInASnippet() throws {
    let publication = try store.deposit("Report", file: store.incoming())
    let file = try #require(publication.file)
    try archive.texts.store(of: file, pages: ["The channel is\ndredged\nand marked."], at: noon)
    let result = try #require(try archive.search(SearchQuery("dredged"), at: noon).results.first)
    #expect(result.pages.first?.snippet.text == "The channel is dredged and marked.")
  }

  @Test func pagesAreFoundWithTheirNumbers() throws {
    let publication = try store.deposit("Report", file: store.incoming())
    let file = try #require(publication.file)
    #expect(try archive.texts.waiting() == [file])
    let pages = ["Contents", "The dredging of the channel.", "Tugs.", "Dredging again; dredging."]
    try archive.texts.store(of: file, pages: pages, at: noon)
    #expect(try archive.texts.waiting().isEmpty)
    let result = try #require(try archive.search(SearchQuery("dredging"), at: noon).results.first)
    #expect(Set(result.pages.map(\.page)) == [2, 4])
    #expect(result.pages.first?.page == 4)
    #expect(
      result.pages.first?.snippet.segments.first == Snippet.Segment("Dredging", isMatch: true))
    #expect(result.publication.file?.pages == 4)
    #expect(try archive.texts.pages(of: file) == pages)
    // Read again, as after an update: the words of before are gone.
    try archive.texts.store(of: file, pages: ["Tugs only."], at: noon)
    #expect(try found("dredging").isEmpty)
    #expect(try found("tugs") == ["report"])
    try archive.texts.storeFailure(of: file, reason: "It is a picture.", at: noon)
    #expect(try found("tugs").isEmpty)
    #expect(
      try archive.publications.forStaff(publication.slug)?.file?.text
        == .unreadable("It is a picture."))
  }

  @Test func wordsOnOnePageCountAsTogether() throws {
    let both = try store.deposit("Report", file: store.incoming("%PDF- a"))
    let apart = try store.deposit("Survey", abstract: "Tugs tugs tugs.")
    try archive.texts.store(
      of: try #require(both.file), pages: ["Nothing", "Tugs and dredging"], at: noon)
    #expect(try found("dredging tugs") == [both.slug.description, apart.slug.description])
  }

  @Test func resultsComeInPagesWithATrueTotal() throws {
    for number in 0..<25 { try store.deposit("Harbour \(number)") }
    let first = try archive.search(SearchQuery("harbour"), limit: 10, at: noon)
    let last = try archive.search(SearchQuery("harbour"), limit: 10, offset: 20, at: noon)
    #expect(first.total == 25 && first.results.count == 10 && last.results.count == 5)
    let slugs = (first.results + last.results).map(\.publication.slug)
    #expect(Set(slugs).count == 15)
    for (limit, offset) in [(0, 0), (-1, -1), (.max, .max), (10, 25), (.min, .min)] {
      #expect(
        try archive.search(SearchQuery("harbour"), limit: limit, offset: offset, at: noon).total
          == 25)
    }
  }

  @Test func aChoiceLimitsTheResults() throws {
    try store.deposit("Harbour one", topics: ["Ports"], published: "2010-01-01")
    try store.deposit("Harbour two", published: "2011-01-01")
    let query = SearchQuery("harbour")
    #expect(try archive.search(query, within: Browse(year: 2011), at: noon).total == 1)
    #expect(try archive.search(query, within: Browse(topic: "Ports"), at: noon).total == 1)
    #expect(try archive.search(query, within: Browse(topic: "None"), at: noon).total == 0)
  }

  @Test func aSnippetIsCutAroundTheWords() throws {
    let filler = String(repeating: "The sea is wide and the ships are many. ", count: 30)
    try store.deposit("Study", abstract: filler + "A lighthouse keeps a harbour safe. " + filler)
    let snippet = try #require(
      try archive.search(SearchQuery("harbour lighthouse"), at: noon).results.first?.snippet)
    #expect(snippet.segments.filter(\.isMatch).map(\.text) == ["lighthouse", "harbour"])
    #expect(snippet.text.hasPrefix("… "))
    #expect(snippet.text.hasSuffix(" …"))
    #expect(snippet.text.utf8.count < 280)
    #expect(snippet.text.contains("A lighthouse keeps a harbour safe."))
  }

  @Test func wordsThatSayLittleListWhatHasThem() throws {
    try store.deposit("The first of all")
    try store.deposit("Of the second")
    try store.deposit("Third", abstract: "The end.")
    try store.deposit("Fourth")
    #expect(try found("of the") == ["of-the-second", "the-first-of-all", "third"])
  }

  @Test func paragraphsInASnippetAreApart() throws {
    try store.deposit("Study", abstract: "In recent years.\n\nRussia built a harbour.")
    let snippet = try archive.search(SearchQuery("russia"), at: noon).results.first?.snippet
    #expect(snippet?.text == "In recent years. Russia built a harbour.")
  }

  @Test func aSnippetWithoutTheWordsIsTheBeginning() throws {
    try store.deposit("Harbours", abstract: "Of ships and the sea.\n\nSecond paragraph.")
    let snippet = try archive.search(SearchQuery("harbour"), at: noon).results.first?.snippet
    #expect(
      snippet?.segments == [Snippet.Segment("Of ships and the sea. Second paragraph.")])
  }

  @Test func aSearchThatTakesTooLongIsCutOff() throws {
    for number in 0..<400 {
      try store.deposit("Harbour \(number)", abstract: String(repeating: "quay pier ", count: 40))
    }
    let results = try archive.search(SearchQuery("quay pier harbour"), at: noon, time: .zero)
    #expect(results.isPartial)
    #expect(results.total < 400)
    #expect(try archive.search(SearchQuery("quay pier harbour"), at: noon).total == 400)
  }

  @Test func readersSearchWhileOthersWrite() throws {
    let done = try concurrently(lanes: 4) { lane in
      for number in 0..<25 {
        if lane == 0 {
          try store.deposit("Harbour \(number)")
        } else {
          let results = try archive.search(SearchQuery("harbour"), limit: 100, at: noon)
          #expect(results.total == results.results.count)
        }
      }
    }
    #expect(done == 4)
    #expect(try found("harbour").count == 20)
  }

  private func found(_ query: String) throws -> [String] {
    try archive.search(SearchQuery(query), at: noon).results.map(\.publication.slug.description)
  }
}

/// A generator whose numbers are the same in every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
