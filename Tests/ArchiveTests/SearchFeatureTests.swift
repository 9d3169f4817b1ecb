import Archive
import Search
import Testing

@Suite("A search corrects, completes, counts and remembers")
struct SearchFeatureTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }

  init() throws {
    store = try TemporaryArchive()
    try store.deposit(
      "Dredging of harbours", abstract: "Channels and quays.", authors: ["Anna Berg"],
      topics: ["Shipping"], published: "2010-05-01")
    try store.deposit(
      "Harbours in winter", abstract: "Ice in the channels.", authors: ["Erik Dahl"],
      topics: ["Shipping", "Climate"], published: "2012-05-01")
    try store.deposit(
      "A history of tariffs", abstract: "Customs, tariffs and harbours.", authors: ["Berg Olsen"],
      topics: ["Trade"], published: "2014-05-01")
  }

  private func titles(_ query: String, _ order: SearchOrder = .relevance) throws -> [String] {
    try archive.search(SearchQuery(query), order: order, at: noon).results.map(
      \.publication.record.title)
  }

  @Test(
    arguments: [
      ("title:tariffs", ["A history of tariffs"]), ("title:customs", []),
      ("author:berg author:anna", ["Dredging of harbours"]),
      ("author:\"Berg Anna\"", ["Dredging of harbours"]),
      ("topic:trade harbours", ["A history of tariffs"]),
      ("harbours -ice -tariffs", ["Dredging of harbours"]),
      ("harbours year:2011..", ["A history of tariffs", "Harbours in winter"]),
      ("harbours year:..2010", ["Dredging of harbours"]),
      ("dredg*", ["Dredging of harbours"]), ("ice OR dredging -winter", ["Dredging of harbours"]),
      ("year:2012", ["Harbours in winter"]), ("harbours type:book", []),
    ])
  func operators(_ query: String, find expected: [String]) throws {
    #expect(try titles(query).sorted() == expected.sorted())
  }

  @Test(
    arguments: [
      (SearchOrder.newest, "A history of tariffs"), (.oldest, "Dredging of harbours"),
      (.title, "Dredging of harbours"),
    ])
  func order(_ order: SearchOrder, begins title: String) throws {
    #expect(try titles("harbours", order).first == title)
  }

  @Test func anUnknownWordIsCorrected() throws {
    let spelt = try archive.search(SearchQuery("tarifs customs"), at: noon)
    #expect(spelt.correction?.query == "tariffs customs" && spelt.correction?.isApplied == false)
    let alone = try archive.search(SearchQuery("dredgnig"), at: noon)
    #expect(alone.correction?.query == "dredging" && alone.correction?.isApplied == true)
    #expect(alone.results.map(\.publication.record.title) == ["Dredging of harbours"])
    #expect(try archive.search(SearchQuery("harbours"), at: noon).correction == nil)
    #expect(try titles("har bours").count == 3)
  }

  @Test func facetsCountWhatWasFound() throws {
    let facets = try #require(
      try archive.search(SearchQuery("channels"), countsFacets: true, at: noon).facets)
    #expect(facets.topics.first == Facet(value: "Shipping", publications: 2))
    #expect(facets.years.map(\.year) == [2012, 2010])
    let narrowed = try archive.search(
      SearchQuery("channels"), within: Browse(author: "Erik Dahl"), at: noon)
    #expect(narrowed.total == 1)
  }

  @Test func whatIsTypedIsCompleted() throws {
    let suggestions = try archive.suggestions(for: "har", at: noon)
    #expect(suggestions.contains { $0.kind == .completion && $0.text == "harbours" })
    #expect(suggestions.contains { $0.text == "Harbours in winter" })
    #expect(
      try archive.suggestions(for: "ber", at: noon).contains {
        $0.kind == .author && $0.text == "Anna Berg"
      })
    for text in ["", " ", "\"", "*", "-", "\0", "title:"] {
      _ = try archive.suggestions(for: text, at: noon)
    }
  }

  @Test func whatIsNotPublicIsNeitherFoundNorSuggested() throws {
    let later = Instant.now.adding(seconds: 86_400)
    try store.deposit("Submarines", status: .scheduled, publicFrom: later, at: .now)
    try store.deposit("Submersibles", status: .draft)
    #expect(try archive.search(SearchQuery("submarines")).total == 0)
    #expect(try archive.suggestions(for: "subm").isEmpty)
    #expect(try archive.search(SearchQuery("submarinse")).correction == nil)
    #expect(try archive.search(SearchQuery("submarines"), at: later).total == 1)
  }

  @Test func aChangeIsSeenAtOnce() throws {
    #expect(try titles("submarines").isEmpty)
    let added = try store.deposit("Submarines")
    #expect(try titles("submarines") == ["Submarines"])
    _ = try archive.publications.withdraw(added.id, by: librarian, at: noon)
    #expect(try titles("submarines").isEmpty)
    _ = try archive.publications.publish(added.id, by: librarian, at: noon)
    #expect(try titles("submarines") == ["Submarines"])
    #expect(try archive.verify().defects.isEmpty)
  }

  @Test func relatedPublicationsShareWords() throws {
    let winter = try #require(Slug("harbours-in-winter"))
    func related() throws -> String? {
      try archive.publications.findWithContext(winter, at: noon).context.related.first?.title
    }
    // Nothing is computed before a page needs it.
    #expect(try archive.relate(at: noon) == 0)
    #expect(try related() == nil)
    #expect(try archive.relate(at: noon) == 0)
    #expect(try related() == "Dredging of harbours")
    let found = try archive.search(SearchQuery("dredging"), at: noon).results.first?.publication
    let dredging = try #require(found)
    _ = try archive.publications.withdraw(dredging.id, by: librarian, at: noon)
    #expect(try related() == "A history of tariffs")
    // A change deletes the list, and it is computed again without being asked for.
    let slug = try #require(Slug("harbours-in-winter"))
    guard case .publication(let changed) = try archive.publications.find(slug, at: noon) else {
      return
    }
    var record = changed.record
    record.abstract = "Tariffs and customs."
    _ = try archive.publications.revise(
      changed.id, to: Draft(record: record, slug: slug, status: .published), by: librarian,
      at: noon)
    #expect(try related() == nil)
    #expect(try archive.relate(at: noon) == 0)
    #expect(try related() == "A history of tariffs")
  }

  @Test func searchesAreNotedWithoutWhoAsked() throws {
    for (query, results) in [("Harbours", 3), ("harbours ", 3), ("xyzzy", 0)] {
      try archive.searchLog.note(query, results: results, took: .milliseconds(2), at: noon)
    }
    let most = try archive.searchLog.queries(at: noon)
    #expect(most.map(\.query) == ["harbours", "xyzzy"])
    #expect(most.map(\.searches) == [2, 1])
    #expect(try archive.searchLog.queries(withoutResults: true, at: noon).map(\.query) == ["xyzzy"])
  }

  @Test func whatWasOpenedIsCountedOfWhatWasSearchedFor() throws {
    try archive.searchLog.note("harbours", results: 3, took: .milliseconds(2), at: noon)
    for (query, place) in [
      ("Harbours", 1), ("harbours", 4), ("harbours", 0), ("harbours", 1001), ("never asked", 1),
    ] {
      try archive.searchLog.noteClick(of: query, place: place, at: noon)
    }
    let searched = try archive.searchLog.queries(at: noon)
    #expect(searched.map(\.query) == ["harbours"])
    #expect(searched.map(\.searches) == [1])
    #expect(searched.map(\.opened) == [2])
    #expect(searched.map(\.place) == [2.5])
  }

  @Test func aHundredThousandRandomQueriesAreRead() {
    var generator = Seeded(state: 7)
    for _ in 0..<100_000 {
      let octets = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let query = SearchQuery(String(decoding: octets, as: UTF8.self))
      #expect(query.clauses.count <= 41)
    }
  }
}
