import Archive
import Search
import Testing

@Suite("What is written in several ways is found by each of them")
struct SearchSpellingTests {
  private let store: TemporaryArchive

  init() throws {
    store = try TemporaryArchive()
    try store.deposit("Port Closures", authors: ["Pat O\u{2019}Neill"])
    try store.deposit("Sailors' Homes", authors: ["Ina D\u{2019}Arcy"])
    try store.deposit("One Ill Wind", abstract: "One is ill.", authors: ["Al Arcy"])
    try store.deposit("Census of Ports", abstract: "They handled 2,500,000 tons, 3.5 each.")
    try store.deposit("Price of Rope", abstract: "It cost $1,200 per ton.")
    try store.deposit("Noise", abstract: "2 boats, 500 nets, 000 and 100 and 2500 and 35.")
    try store.deposit("AI in Ports", abstract: "Used in the USA, not by us.")
    try store.deposit("Languages", abstract: "C++ and C# on .NET, R&D at AT&T. S/S Norge.")
    try store.deposit("A net of letters", abstract: "A c, an s and a d at the net.")
    try store.deposit("Harbour organisation", abstract: "Travelling to the centre; a catalogue.")
    try store.deposit("سياسة الموانئ في الخليج")
    try store.deposit("中国海军与台湾海峡")
    try store.deposit("日本経済の発展")
    try store.deposit("L\u{2019}école navale", authors: ["Jan de Vries"])
  }

  @Test(
    arguments: [
      (
        "Port Closures",
        [
          "oneill", "ONeill", "O'Neill", "O\u{2019}Neill", "O`Neill", "o\u{02BC}neill", "neill",
          "author:oneill", "author:\"Pat O'Neill\"", "\"pat oneill\"",
        ]
      ),
      ("Sailors' Homes", ["darcy", "D'Arcy", "d\u{2019}arcy"]),
      (
        "Census of Ports",
        [
          "2500000", "2,500,000", "\"2,500,000\"", "2 500 000", "2\u{202F}500\u{2009}000",
          "2.500.000", "2'500'000", "25,00,000", "3.5", "3,5", "\"2500000 tons\"",
        ]
      ),
      ("Price of Rope", ["1200", "1,200", "$1 200"]),
      ("AI in Ports", ["A.I.", "a.i", "U.S.A.", "u.s.a", "USA"]),
      ("Languages", ["C++", "c#", ".NET", "R&D", "r & d", "AT&T", "S/S"]),
      (
        "Harbour organisation",
        ["harbor", "organization", "harbor organizations", "center catalog", "traveling"]
      ),
      ("سياسة الموانئ في الخليج", ["موانئ", "والموانئ", "للموانئ", "بالموانئ", "سياسه"]),
      ("中国海军与台湾海峡", ["臺灣", "台湾", "中國", "中國海軍", "「臺灣海峽」"]),
      ("日本経済の発展", ["經濟", "经济", "経済", "發展"]),
      ("L\u{2019}école navale", ["école", "l'ecole", "\"école navale\"", "devries"]),
    ])
  func isFoundFirst(_ title: String, by queries: [String]) throws {
    for query in queries {
      let results = try store.archive.search(SearchQuery(query), at: noon)
      #expect(results.results.first?.publication.record.title == title, "\(query)")
      #expect(results.correction == nil, "\(query)")
      #expect(results.missingPhrases.isEmpty, "\(query)")
    }
  }

  @Test("Another number is not offered", arguments: ["2500001", "3,700,000", "120", "355"])
  func unknownNumbers(_ query: String) throws {
    let results = try store.archive.search(SearchQuery(query), at: noon)
    #expect(results.total == 0)
    #expect(results.correction == nil)
  }

  @Test(
    "A misspelt word is what stands beside the others elsewhere",
    arguments: [
      ("korean wsr", "korean war"), ("wsr in korea", nil),
      ("the korean wqr of 1950", "the korean war of 1950"),
      ("cold wsr", "cold war"), ("wsr", nil), ("peace traty", "peace treaty"), ("korean was", nil),
    ] as [(String, String?)])
  func context(_ query: String, _ expected: String?) throws {
    for number in 1...3 {
      try store.deposit("The Korean War, part \(number)", abstract: "It was a cold war. So it was.")
      try store.deposit("A peace treaty \(number)", abstract: "The tract of 1950, and tracts.")
    }
    #expect(
      try store.archive.search(SearchQuery(query), at: noon).correction?.query == expected)
  }

  @Test("A decimal number is not the one without its mark")
  func decimals() throws {
    let titles = try store.archive.search(SearchQuery("35"), at: noon).results.map(
      \.publication.record.title)
    #expect(titles == ["Noise"])
  }

  @Test("What was typed goes before another spelling of it")
  func exactness() throws {
    try store.deposit("Harbor organization", abstract: "Traveling to the center; a catalog.")
    for (query, title) in [
      ("harbor", "Harbor organization"), ("harbour", "Harbour organisation"),
    ] {
      let results = try store.archive.search(SearchQuery(query), at: noon)
      #expect(results.total == 2)
      #expect(results.results.first?.publication.record.title == title)
    }
  }

  @Test(
    "A phrase that nothing has is named, and its words are searched for",
    arguments: [
      ("\"purple harbour elephants\"", ["purple harbour elephants"], 1),
      ("«purple harbour elephants»", ["purple harbour elephants"], 1),
      ("title:\"purple harbour elephants\"", ["purple harbour elephants"], 1),
      ("title:\"purple navale census\"", ["purple navale census"], 2),
      ("\"harbour organisation\"", [], 1), ("\"purple elephants\"", [], 0),
      ("title:\"catalogue travelling\"", [], 0),
    ])
  func missingPhrases(_ query: String, _ missing: [String], _ total: Int) throws {
    let results = try store.archive.search(SearchQuery(query), at: noon)
    #expect(results.missingPhrases == missing)
    #expect(results.total == total)
  }
}

@Suite("Identifiers find the publication that has them first")
struct SearchIdentifierTests {
  private let store: TemporaryArchive

  init() throws {
    store = try TemporaryArchive()
    func record(_ title: String, _ change: (inout Record) -> Void) throws {
      var record = Record(title: title, published: try #require(PublicationDate("2015")))
      change(&record)
      _ = try store.archive.publications.deposit(
        Draft(record: record, status: .published), by: librarian, at: noon)
    }
    try record("Survey") {
      $0.doi = "10.5555/Harb.2021.17"
      $0.series = "Working Papers"
      $0.number = "17"
      $0.issn = ISSN("2049-3630")
    }
    try record("Tides") {
      $0.doi = "10.5555/0493(1987)115<1606:TOSH>2.0.CO;2"
      $0.number = "WP-17/3 B"
      $0.authors = ["Jon Berg"]
      $0.orcids = ["Jon Berg": ORCID("0000-0002-1825-0097")].compactMapValues(\.self)
    }
    try record("17 harbours in 2021") {
      $0.abstract = "10 harbours, 17 quays, 2021 and 5555. Survey."
    }
    try record("Slugs of the north") { _ in }
  }

  @Test(
    arguments: [
      ("10.5555/harb.2021.17", "Survey"), ("doi:10.5555/HARB.2021.17", "Survey"),
      ("DOI: 10.5555/harb.2021.17.", "Survey"), ("https://doi.org/10.5555/harb.2021.17", "Survey"),
      ("http://dx.doi.org/10.5555%2Fharb.2021.17", "Survey"), ("(10.5555/harb.2021.17)", "Survey"),
      ("\"10.5555/harb.2021.17\"", "Survey"), ("«10.5555/harb.2021.17»", "Survey"),
      ("https://doi.org/10.5555/harb.2021.17?x=y", "Survey"),
      ("10.5555/0493(1987)115<1606:TOSH>2.0.CO;2", "Tides"),
      ("10.5555/0493(1987)115%3C1606:tosh%3E2.0.co;2,", "Tides"),
      ("Working Papers 17", "Survey"), ("working-papers/17", "Survey"),
      ("2049-3630", "Survey"), ("20493630", "Survey"), ("ISSN 2049-3630", "Survey"),
      ("WP-17/3 B", "Tides"), ("wp17/3b", "Tides"), ("wp 17 3 b", "Tides"),
      ("report WP-17/3B harbours", "Tides"), ("0000-0002-1825-0097", "Tides"),
      ("https://orcid.org/0000-0002-1825-0097", "Tides"),
      ("slugs-of-the-north", "Slugs of the north"),
      ("https://example.org/publications/slugs-of-the-north.pdf", "Slugs of the north"),
    ])
  func isFirst(_ query: String, _ title: String) throws {
    let results = try store.archive.search(SearchQuery(query), at: noon)
    #expect(results.results.first?.publication.record.title == title)
    #expect(results.correction == nil)
  }

  @Test(
    "An identifier that nothing has finds nothing else",
    arguments: ["10.5555/harb.2021.18", "10.9999/17", "0000-0001-5109-3700"])
  func unknown(_ query: String) throws {
    #expect(try store.archive.search(SearchQuery(query), at: noon).total == 0)
  }

  @Test("What is hidden or left out by a limit is not found by its identifier")
  func limits() throws {
    let query = "10.5555/harb.2021.17"
    #expect(try store.archive.search(SearchQuery("\(query) year:2016"), at: noon).total == 0)
    let found = try #require(
      try store.archive.search(SearchQuery(query), at: noon).results.first?.publication)
    _ = try store.archive.publications.withdraw(found.id, by: librarian, at: noon)
    #expect(try store.archive.search(SearchQuery(query), at: noon).total == 0)
  }
}

@Suite("What was probably meant may be a word that only pages have")
struct PageSpellingTests {
  private let store: TemporaryArchive

  init() throws {
    store = try TemporaryArchive()
    try store.deposit("The Zembra report", abstract: "Of Otto Ancorage and of WP17B.")
    let publication = try store.deposit("Report", file: try store.incoming("%PDF- 1"))
    try store.archive.texts.store(
      of: try #require(publication.file),
      pages: [
        "The lighthouse keepers dredged the anchorage.", "Winter closed the anchorage.",
        "The anchovies of winter.", "Sedimentation of Kewaunee.",
      ], at: noon)
  }

  @Test(
    arguments: [
      // Left out, doubled, swapped, replaced; the first letter is right.
      ("anchrage", "anchorage"), ("anchoragge", "anchorage"), ("anchroage", "anchorage"),
      ("ankhorage", "anchorage"), ("sedimantation", "sedimentation"),
      ("Lighthuose keepers", "lighthouse keepers"), ("winter anchoraje", "winter anchorage"),
      // What pages have is not corrected, nor names, numbers and identifiers that the archive has.
      ("anchorage", nil), ("dredging", nil), ("ancorage", nil), ("zembra", nil), ("wp17b", nil),
      ("wp17c", nil), ("1907", nil), ("kewaunee", nil),
      // Nothing is near.
      ("xylophone", nil), ("winteryish", nil),
    ] as [(String, String?)])
  func correction(_ query: String, _ expected: String?) throws {
    let results = try store.archive.search(SearchQuery(query), at: noon)
    #expect(results.correction?.query == expected)
    if expected != nil { #expect(results.total == 1) }
  }
}
