import Archive
import Search
import Testing

@Suite("The search index of an archive that changed equals one built from its database")
struct IndexRebuildTests {
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func answersAreTheSame(seed: UInt64) throws {
    var options = Archive.Options()
    options.pageIndexMemory = 4000
    let store = try TemporaryArchive(options)
    var changes = Changes(store, seed: seed)
    // Built before the changes, so that it follows each of them.
    try store.archive.prepareSearch()
    for _ in 0..<4 {
      for _ in 0..<10 { try changes.makeOne() }
      let rebuilt = try Archive.open(folder: store.folder, access: .reading)
      defer { rebuilt.close() }
      for query in Changes.queries {
        #expect(
          try answer(store.archive, query) == answer(rebuilt, query), "seed \(seed), query \(query)"
        )
      }
      let sizes = try [store.archive, rebuilt].map { try $0.measureIndex(at: noon) }
      #expect(sizes[0].publications == sizes[1].publications && sizes[0].pages == sizes[1].pages)
      for author in [nil, "Anna Berg"] {
        let browse = Browse(author: author)
        #expect(
          try store.archive.facets(of: browse, at: noon) == rebuilt.facets(of: browse, at: noon))
      }
      #expect(try store.archive.authors(at: noon) == rebuilt.authors(at: noon))
    }
    let defects = try store.archive.verify(at: noon).defects
    #expect(defects == [])
  }

  private struct Answer: Equatable {
    let results: [SearchResults]
    let suggestions: [Suggestion]
  }

  private func answer(_ archive: Archive, _ text: String) throws -> Answer {
    Answer(
      results: try SearchOrder.allCases.map {
        try archive.search(
          SearchQuery(text), order: $0, limit: 50, countsFacets: true, at: noon,
          time: .seconds(60))
      },
      suggestions: try archive.suggestions(for: text, at: noon))
  }
}

/// Random changes of an archive.
private struct Changes {
  static let queries = [
    "harbour", "harbours dredging", "\"dredging of\"", "dredg*", "tarifs", "sufficient", "berg",
    "author:anna winter", "ice -harbour",
  ]

  private let store: TemporaryArchive
  private var random: Seeded
  private var publications: [Publication] = []
  private var files = 0

  init(_ store: TemporaryArchive, seed: UInt64) {
    self.store = store
    random = Seeded(state: seed)
  }

  mutating func makeOne() throws {
    let archive = store.archive
    let index = publications.indices.randomElement(using: &random)
    switch (Int.random(in: 0..<9, using: &random), index) {
    case (0...2, _), (_, nil):
      publications.append(
        try archive.publications.deposit(
          Draft(record: record(), status: choice([.published, .published, .draft])),
          file: try file(), by: librarian, at: noon))
      try storeText(of: publications.count - 1)
    case (3...5, let index?):
      guard publications[index].status != .withdrawn else { return }
      let old = publications[index]
      publications[index] = try archive.publications.revise(
        old.id, to: Draft(record: record(), slug: old.slug, status: old.status),
        file: try file(), by: librarian, at: noon)
      try storeText(of: index)
    case (6, let index?):
      publications[index] = try archive.publications.withdraw(
        publications[index].id, by: librarian, at: noon)
    case (7, let index?):
      publications[index] = try archive.publications.publish(
        publications[index].id, by: librarian, at: noon)
    case (_, let index?): try storeText(of: index)
    }
  }

  private mutating func storeText(of index: Int) throws {
    guard let file = publications[index].file else { return }
    let pages = (0..<Int.random(in: 0...3, using: &random)).map { _ in words(30) }
    try store.archive.texts.store(of: file, pages: pages, at: noon)
  }

  private mutating func file() throws -> IncomingFile? {
    guard Bool.random(using: &random) else { return nil }
    files += 1
    return try store.incoming("%PDF-1.7\n\(files)")
  }

  private mutating func record() -> Record {
    ArchiveTests.record(
      words(3), abstract: words(20),
      authors: [choice(["Anna Berg", "Berg, Anna", "ANNA BERG", "Erik Dahl"])],
      topics: [choice(["Trade", "Climate"])], published: choice(["2010", "2011-05", "2011-05-03"]))
  }

  private mutating func words(_ count: Int) -> String {
    (0..<count).map { _ in choice(Changes.words) }.joined(separator: " ")
  }

  private mutating func choice<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &random)]
  }

  private static let words =
    """
    harbour harbours dredging dredged dredger of the channel ice winter tariff tariffs customs
    suffi cient sufficient suffi cients history quay port ships
    """.split(whereSeparator: \.isWhitespace).map(String.init)
}
