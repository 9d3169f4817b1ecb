import Archive
import Testing

@Suite("One rule decides at read time what is public")
struct VisibilityTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }

  init() throws { store = try TemporaryArchive() }

  @Test(
    arguments: [
      (.draft, nil, false), (.review, nil, false), (.published, nil, true),
      (.scheduled, 60, false), (.scheduled, -60, true), (.scheduled, 0, true),
    ] as [(Publication.Status, Int64?, Bool)])
  func everyQueryAgrees(_ status: Publication.Status, dueIn seconds: Int64?, _ isPublic: Bool)
    throws
  {
    let publication = try store.deposit(
      "Harbours of Norway", abstract: "Quays.", authors: ["Anna Berg"], topics: ["Ports"],
      status: status, publicFrom: seconds.map { noon.adding(seconds: $0) })
    #expect(try publicAnswers(publication.slug, at: noon) == Array(repeating: isPublic, count: 8))
  }

  @Test func whatIsScheduledBecomesPublicWithoutAnythingBeingDone() throws {
    let due = noon.adding(seconds: 3600)
    let slug = try store.deposit("Harbours", status: .scheduled, publicFrom: due).slug
    #expect(try archive.totalIndex(at: due.adding(seconds: -1)) == 0)
    #expect(try archive.find(slug, at: due.adding(seconds: -1)) == .none)
    guard case .publication(let found) = try archive.find(slug, at: due) else {
      Issue.record("not public when due")
      return
    }
    #expect(found.status == .published)
    #expect(found.modified == due)
    #expect(try archive.search(SearchQuery("harbour"), at: due).total == 1)
  }

  @Test func whatWasPublicAndIsWithdrawnLeavesATombstone() throws {
    let publication = try store.deposit("Harbours of Norway", authors: ["Anna Berg"])
    let later = noon.adding(seconds: 10)
    let withdrawn = try archive.withdraw(
      publication.id, reason: "Wrong figures", by: librarian, at: later)
    #expect(try archive.find(publication.slug, at: later) == .withdrawn(withdrawn))
    #expect(withdrawn.withdrawalReason == "Wrong figures")
    #expect(withdrawn.modified == later)
    #expect(
      try publicAnswers(publication.slug, at: later) == Array(repeating: false, count: 8))
  }

  @Test func aDraftThatIsWithdrawnLeavesNothing() throws {
    let draft = try store.deposit("Harbours", status: .draft)
    _ = try archive.withdraw(draft.id, by: librarian, at: noon)
    #expect(try archive.find(draft.slug, at: noon) == .none)
  }

  @Test func aWithdrawnPublicationCanBePublishedAgain() throws {
    let publication = try store.deposit("Harbours")
    _ = try archive.withdraw(publication.id, by: librarian, at: noon)
    let again = try archive.publish(publication.id, by: librarian, at: noon.adding(seconds: 9))
    #expect(again.publicFrom == noon)
    #expect(try archive.totalIndex(at: noon.adding(seconds: 9)) == 1)
  }

  @Test func theGenerationChangesWithWhatReadersSee() throws {
    let first = archive.generation
    let soon = Instant.now.adding(seconds: 100)
    let publication = try store.deposit("Harbours", status: .scheduled, publicFrom: soon)
    let second = archive.generation
    #expect(second != first)
    #expect(archive.generation == second)
    _ = try archive.publish(publication.id, by: librarian, at: .now)
    #expect(archive.generation != second)
  }

  /// Whether each query for readers shows the publication.
  private func publicAnswers(_ slug: Slug, at now: Instant) throws -> [Bool] {
    let isFound =
      if case .publication = try archive.find(slug, at: now) { true } else { false }
    let facets = try archive.facets(of: Browse(), at: now)
    return [
      isFound, try archive.totalIndex(at: now) == 1, try archive.latest(5, at: now).count == 1,
      try archive.browse(Browse(), at: now).total == 1,
      try archive.browse(Browse(author: "Anna Berg"), at: now).items.count == 1,
      try !archive.years(at: now).isEmpty, !facets.authors.isEmpty,
      try archive.search(SearchQuery("norway"), at: now).total == 1,
    ]
  }
}
