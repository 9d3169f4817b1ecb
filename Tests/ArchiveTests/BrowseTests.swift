import Archive
import Search
import Testing

@Suite("Lists are in order, whole, and counted truly")
struct BrowseTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }

  init() throws { store = try TemporaryArchive() }

  @Test func everyPublicationIsOnOnePageOfTheList() throws {
    for number in 0..<45 {
      try store.deposit("Study \(number)", published: "20\(10 + number % 10)-03")
    }
    var seen: [Slug] = []
    var dates: [PublicationDate] = []
    for number in 1...3 {
      let page = try archive.browse(Browse(page: number), at: noon)
      #expect(page.total == 45 && page.pages == 3 && page.number == number)
      seen += page.items.map(\.slug)
      dates += page.items.map(\.record.published)
    }
    #expect(Set(seen).count == 45)
    #expect(dates == dates.sorted(by: >))
    #expect(try archive.publications.latest(7, at: noon).map(\.slug) == Array(seen.prefix(7)))
  }

  @Test(arguments: [Int.min, -1, 0, 4, 1_000_000, .max])
  func aPageThatIsNotThereIsEmptyOrTheFirst(_ number: Int) throws {
    try store.deposit("Study")
    let page = try archive.browse(Browse(page: number), at: noon)
    #expect(page.total == 1)
    #expect(page.items.count == (number <= 1 ? 1 : 0))
  }

  @Test func anAuthorInSeveralSpellingsIsOneEntryAndEachLinkLeadsToAll() throws {
    let spellings = ["van der Berg, Anna", "Anna van der Berg", "ANNA VAN DER BERG"]
    for (number, name) in (spellings + ["Lee, A. B.", "A.B. Lee", "Ann Lee, Ph.D."]).enumerated() {
      try store.deposit("Paper \(number)", authors: [name])
    }
    let entries = try archive.authors(at: noon)
    #expect(entries.map(\.name) == ["Anna van der Berg", "A.B. Lee", "Ann Lee"])
    #expect(entries.map(\.letter) == ["B", "L", "L"])
    #expect(entries.map(\.publications) == [3, 2, 1])
    for name in spellings {
      #expect(try archive.browse(Browse(author: name), at: noon).total == 3)
      #expect(try archive.announced(Browse(author: name), at: noon).publications.count == 3)
      #expect(try archive.browse(Browse(author: name), size: 10, at: noon).total == 3)
      #expect(
        try archive.search(SearchQuery("paper"), within: Browse(author: name), at: noon).total == 3)
    }
    let facets = try archive.facets(of: Browse(), at: noon).authors
    #expect(facets.first == Facet(value: "Anna van der Berg", publications: 3))
    let found = try archive.search(SearchQuery("paper"), countsFacets: true, at: noon).facets?
      .authors
    #expect(found?.first == Facet(value: "Anna van der Berg", publications: 3))
  }

  @Test func choicesAreCombined() throws {
    try store.deposit(
      "One", authors: ["Anna Berg", "Carl Dahl"], topics: ["Ports"], published: "2010")
    try store.deposit("Two", authors: ["Anna Berg"], topics: ["Ports", "Fish"], published: "2011")
    try store.deposit("Three", authors: ["Eva Falk"], topics: ["Fish"], published: "2011")
    func titles(_ browse: Browse) throws -> [String] {
      try archive.browse(browse, at: noon).items.map(\.record.title)
    }
    #expect(try titles(Browse(year: 2011)) == ["Three", "Two"])
    #expect(try titles(Browse(author: "Anna Berg")) == ["Two", "One"])
    #expect(try titles(Browse(year: 2011, author: "Anna Berg")) == ["Two"])
    #expect(try titles(Browse(topic: "Fish", type: .report)) == ["Three", "Two"])
    #expect(try titles(Browse(type: .book)) == [])
    #expect(try titles(Browse(topic: "' OR 1 --")) == [])
    let facets = try archive.facets(of: Browse(), at: noon)
    #expect(facets.years.map { [$0.year, $0.publications] } == [[2011, 2], [2010, 1]])
    #expect(facets.topics.map { "\($0.value) \($0.publications)" } == ["Fish 2", "Ports 2"])
    #expect(
      facets.authors.map { "\($0.value) \($0.publications)" }
        == ["Anna Berg 2", "Carl Dahl 1", "Eva Falk 1"])
    #expect(facets.types == [Facet(value: "report", publications: 3)])
    let chosen = try archive.facets(of: Browse(author: "Anna Berg"), at: noon)
    #expect(chosen.topics.map { "\($0.value) \($0.publications)" } == ["Ports 2", "Fish 1"])
    #expect(try archive.years(at: noon) == facets.years)
  }

  @Test func countsFollowEachChange() throws {
    #expect(try archive.publications.count(at: noon) == 0)
    let publication = try store.deposit("Study")
    #expect(try archive.publications.count(at: noon) == 1)
    #expect(try archive.years(at: noon).count == 1)
    #expect(try archive.facets(of: Browse(year: 2010), at: noon).types.count == 1)
    #expect(try archive.facets(of: Browse(year: 2011), at: noon).types.isEmpty)
    _ = try archive.publications.withdraw(publication.id, by: librarian, at: noon)
    #expect(try archive.publications.count(at: noon) == 0)
    #expect(try archive.years(at: noon).isEmpty)
    #expect(try archive.facets(of: Browse(year: 2010), at: noon).types.isEmpty)
  }

  @Test func listsAreTheSameWithAndWithoutTheSearchIndex() throws {
    var options = Archive.Options()
    options.indexWait = .zero
    let store = try TemporaryArchive(options)
    let archive = store.archive
    let authors = ["Berg, Anna", "Anna Berg", "ANNA BERG", "Erik Dahl", "Ministry of Trade"]
    let titles = ["The north", "A north", "north", "Östersund", "Ports, fish and ice", "中国经济"]
    for number in 0..<60 {
      try store.deposit(
        titles[number % 6], authors: [authors[number % 5], authors[number % 3]],
        topics: ["T\(number % 25)", "T\(number % 7)"],
        published: ["2010", "2011-05", "2011-05-03"][number % 3],
        status: number % 9 == 0 ? .scheduled : number % 13 == 0 ? .draft : .published,
        publicFrom: number % 9 == 0 ? noon.adding(seconds: number % 2 == 0 ? -5 : 5) : nil)
    }
    let choices =
      [Browse(), Browse(year: 2011), Browse(topic: "T3"), Browse(author: "Berg, Anna")]
      + [Browse(type: .report), Browse(language: "en"), Browse(author: "Nobody")]
      + [Browse(year: 2011, author: "Anna Berg"), Browse(topic: "T1", type: .book)]
    func lists() throws -> [String] {
      try choices.flatMap { choice in
        try [Browse.Order.date, .title].flatMap { order in
          try (1...4).map { page in
            var choice = choice
            (choice.order, choice.page) = (order, page)
            let found = try archive.browse(choice, at: noon)
            return "\(choice): \(found.total) \(found.items.map(\.id))"
          }
        } + ["\(choice): \(try facets(of: choice))"]
      }
    }
    // Authors are counted by the index alone.
    func facets(of choice: Browse) throws -> Facets {
      var facets = try archive.facets(of: choice, at: noon)
      #expect(facets.authors.isEmpty == facets.isPartial || facets.types.isEmpty)
      facets.isPartial = false
      facets.authors = []
      return facets
    }
    let fromDatabase = try lists()
    #expect(throws: IndexNotReady.self) { try archive.authors(at: noon) }
    #expect(try archive.facets(of: Browse(), at: noon).isPartial)
    #expect(try !archive.facets(of: Browse(), [.year, .topic], at: noon).isPartial)
    try archive.prepareSearch()
    for (one, other) in zip(try lists(), fromDatabase) { #expect(one == other) }
    #expect(
      try archive.authors(at: noon).map(\.name) == ["Anna Berg", "Erik Dahl", "Ministry of Trade"])
  }

  @Test(arguments: [Browse.Order.date, .title])
  func aPageDeepInAListIsThatPartOfIt(_ order: Browse.Order) throws {
    for number in 0..<50 {
      try store.deposit(
        "Study \(number * 7 % 50)", topics: ["T\(number % 2)"],
        published: ["2010", "2010-02", "2010-02-25", "2009"][number % 4])
    }
    for topic in [nil, "T1"] {
      var choice = Browse(topic: topic, order: order)
      let whole = try archive.browse(choice, size: 100, at: noon).items.map(\.id)
      #expect(Set(whole).count == (topic == nil ? 50 : 25))
      for page in 1...5 {
        choice.page = page
        let found = try archive.browse(choice, size: 7, at: noon).items.map(\.id)
        #expect(found == Array(whole.dropFirst(7 * (page - 1)).prefix(7)))
      }
    }
  }

  @Test func staffSeeWhatReadersDoNot() throws {
    let later = noon.adding(seconds: 100)
    try store.deposit("Draft", status: .draft)
    try store.deposit("Due later", status: .scheduled, publicFrom: later)
    try store.deposit("Public")
    func titles(_ status: Publication.Status?, _ now: Instant) throws -> Set<String> {
      Set(
        try archive.publications.listForStaff(DeskFilter(status: status), at: now).items.map(
          \.record.title))
    }
    #expect(try titles(nil, noon) == ["Draft", "Due later", "Public"])
    #expect(try titles(.draft, noon) == ["Draft"])
    #expect(try titles(.scheduled, noon) == ["Due later"])
    #expect(try titles(.published, noon) == ["Public"])
    #expect(try titles(.scheduled, later) == [])
    #expect(try titles(.published, later) == ["Due later", "Public"])
  }

  @Test(
    arguments: [
      ("Russia and the Koreas: Past Policies", "russia-and-the-koreas-past-policies"),
      ("L’énergie de l'été", "lenergie-de-lete"), ("Straße & Weg", "strasse-weg"),
      ("  --  ", nil), ("", nil), ("100%", "100"), ("🌍", nil), ("Łódź", "lodz"),
      ("中国经济", "zhong-guo-jing-ji"), ("Москва", "moskva"),
      (String(repeating: "word ", count: 40), String(repeating: "word-", count: 15) + "word"),
    ] as [(String, String?)])
  func aTitleSuggestsASlug(_ title: String, _ slug: String?) {
    #expect(Slug(title: title)?.description == slug)
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
      (1_700_000_000, "2023-11-14T22:13:20Z"), (-1, "1969-12-31T23:59:59Z"),
      (4_102_444_799, "2099-12-31T23:59:59Z"), (-30_610_224_000, "1000-01-01T00:00:00Z"),
    ] as [(Int64, String)])
  func anInstantIsWrittenAndReadBack(_ seconds: Int64, _ text: String) {
    #expect(Instant(secondsSince1970: seconds).description == text)
    #expect(Instant(text)?.secondsSince1970 == seconds)
  }

  @Test(
    arguments: [
      "", "2023-11-14", "2023-11-14T24:00:00Z", "2023-11-14T22:60:00Z", "2023-02-30T00:00:00Z",
      "2023-11-14 22:13:20Z", "2023-11-14T22:13:20", "2023-11-14T2a:13:20Z",
    ])
  func whatIsNoInstantIsNotRead(_ text: String) {
    #expect(Instant(text) == nil)
  }
}
