import Archive
import Search
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
    #expect(try archive.publications.count(at: due.adding(seconds: -1)) == 0)
    #expect(try archive.publications.find(slug, at: due.adding(seconds: -1)) == .none)
    guard case .publication(let found) = try archive.publications.find(slug, at: due) else {
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
    let withdrawn = try archive.publications.withdraw(
      publication.id, reason: "Wrong figures", by: librarian, at: later)
    #expect(try archive.publications.find(publication.slug, at: later) == .gone(withdrawn))
    #expect(withdrawn.withdrawalReason == "Wrong figures")
    #expect(withdrawn.modified == later)
    #expect(
      try publicAnswers(publication.slug, at: later) == Array(repeating: false, count: 8))
  }

  @Test func aDraftThatIsWithdrawnLeavesNothing() throws {
    let draft = try store.deposit("Harbours", status: .draft)
    _ = try archive.publications.withdraw(draft.id, by: librarian, at: noon)
    #expect(try archive.publications.find(draft.slug, at: noon) == .none)
  }

  @Test func aWithdrawnPublicationCanBePublishedAgain() throws {
    let publication = try store.deposit("Harbours")
    _ = try archive.publications.withdraw(publication.id, by: librarian, at: noon)
    let again = try archive.publications.publish(
      publication.id, by: librarian, at: noon.adding(seconds: 9))
    #expect(again.publicFrom == noon)
    #expect(try archive.publications.count(at: noon.adding(seconds: 9)) == 1)
  }

  private static let wrongClocks = [
    Instant(secondsSince1970: 978_307_200), Instant(secondsSince1970: 2_208_988_800),
  ]

  @Test("A clock at 2001 or 2040 neither hides nor shows anything", arguments: wrongClocks)
  func wrongClock(_ clock: Instant) throws {
    let published = try store.deposit(
      "Harbours of Norway", authors: ["Anna Berg"], topics: ["Ports"])
    let withdrawn = try store.deposit("Piers")
    _ = try archive.publications.withdraw(withdrawn.id, by: librarian, at: noon)
    let due = noon.adding(seconds: 60)
    let scheduled = try store.deposit("Quays", status: .scheduled, publicFrom: due)
    try archive.publications.publishDue(at: due)
    #expect(try archive.publications.count(at: clock) == 2)
    let found = try archive.publications.find(scheduled.slug, at: clock)
    guard case .publication(let quays) = found else {
      Issue.record("\(found)")
      return
    }
    #expect(quays.publicFrom == due && quays.status == .published && quays.modified == due)
    guard case .gone = try archive.publications.find(withdrawn.slug, at: clock) else {
      Issue.record("no tombstone")
      return
    }
    #expect(try archive.publications.latest(5, at: clock).count == 2)
    #expect(try archive.browse(Browse(author: "Anna Berg"), at: clock).items.count == 1)
    #expect(try archive.announced(at: clock).publications.count == 2)
    #expect(try archive.publications.addresses(inRange: 0, at: clock).count == 2)
    #expect(try archive.publications.records(of: Harvest(), limit: 9, at: clock).records.count == 3)
    #expect(try archive.search(SearchQuery("norway"), at: clock).total == 1)
    #expect(try archive.search(SearchQuery("quays"), at: clock).total == 1)
    #expect(
      try archive.publications.listForStaff(DeskFilter(status: .published), at: clock).total == 2)
    #expect(
      try archive.publications.listForStaff(DeskFilter(status: .scheduled), at: clock).total == 0)
    #expect(
      try archive.publications.listForStaff(DeskFilter(status: .withdrawn), at: clock).total == 1)
    #expect(archive.health(at: clock).publications == 2)
    // What is edited under it keeps its moment.
    let edited = try archive.publications.revise(
      published.id, to: Draft(record: published.record, status: .published), by: librarian,
      at: clock)
    #expect(edited.publicFrom == published.publicFrom)
    #expect(
      try archive.publications.publish(published.id, by: librarian, at: clock).publicFrom == noon)
  }

  @Test("What was published or withdrawn under a wrong clock stays so", arguments: wrongClocks)
  func correctedClock(_ clock: Instant) throws {
    let published = try store.deposit("Harbours of Norway", at: clock)
    let withdrawn = try store.deposit("Piers", at: clock)
    _ = try archive.publications.withdraw(withdrawn.id, by: librarian, at: clock)
    let scheduled = try store.deposit(
      "Quays", status: .scheduled, publicFrom: noon.adding(seconds: 60), at: clock)
    #expect(try archive.publications.count(at: noon) == 1)
    #expect(try archive.search(SearchQuery("norway"), at: noon).total == 1)
    #expect(
      try archive.publications.listForStaff(DeskFilter(status: .published), at: noon).total == 1)
    #expect(try archive.publications.find(scheduled.slug, at: noon) == .none)
    guard case .gone = try archive.publications.find(withdrawn.slug, at: noon) else {
      Issue.record("no tombstone")
      return
    }
    let again = try archive.publications.publish(published.id, by: librarian, at: noon)
    #expect(again.publicFrom == clock)
  }

  @Test(
    "What was public is gone, not unknown, whatever its status",
    arguments: [(.draft, nil), (.review, nil), (.scheduled, 3600)]
      as [(Publication.Status, Int64?)])
  func unpublished(_ status: Publication.Status, dueIn seconds: Int64?) throws {
    let publication = try store.deposit("Harbours", topics: ["Ports"])
    let later = noon.adding(seconds: 9)
    let due = seconds.map { later.adding(seconds: $0) }
    let revised = try archive.publications.revise(
      publication.id, to: Draft(record: record("Quays"), status: status, publicFrom: due),
      by: librarian, at: later)
    #expect(try archive.publications.find(publication.slug, at: later) == .gone(revised))
    #expect(revised.firstPublic == noon && !revised.isDeletable)
    #expect(throws: DepositError.changedMeanwhile) {
      try archive.publications.deleteDraft(publication.id, by: librarian, at: later)
    }
    // Harvesters are told that it is deleted.
    let harvested = try archive.publications.records(of: Harvest(), limit: 9, at: later).records
    #expect(harvested.map(\.isDeleted) == [true])
    #expect(try archive.publications.count(at: later) == 0)
    _ = try archive.publications.withdraw(publication.id, by: librarian, at: later)
    guard case .gone(let found) = try archive.publications.find(publication.slug, at: later) else {
      Issue.record("no tombstone")
      return
    }
    #expect(found.publicFrom == noon && found.firstPublic == noon)
    let again = try archive.publications.publish(publication.id, by: librarian, at: later)
    #expect(again.publicFrom == noon && again.firstPublic == noon)
  }

  @Test func firstPublicIsTheMomentAPublicationWasScheduledFor() throws {
    let due = noon.adding(seconds: 60)
    let publication = try store.deposit("Harbours", status: .scheduled, publicFrom: due)
    #expect(publication.firstPublic == nil)
    // Edited after it became public and before that was written.
    let revised = try archive.publications.revise(
      publication.id, to: Draft(record: publication.record), by: librarian,
      at: due.adding(seconds: 2))
    #expect(revised.firstPublic == due)
    let other = try store.deposit("Quays", status: .scheduled, publicFrom: due)
    try archive.publications.publishDue(at: due)
    #expect(try archive.publications.forStaff(other.id, at: due)?.firstPublic == due)
    let third = try store.deposit("Piers", status: .scheduled, publicFrom: due)
    let withdrawn = try archive.publications.withdraw(third.id, by: librarian, at: due)
    #expect(withdrawn.firstPublic == due && withdrawn.publicFrom == due)
  }

  @Test func whatIsWithdrawnBeforeItsMomentLeavesNothing() throws {
    let due = noon.adding(seconds: 60)
    let publication = try store.deposit("Harbours", status: .scheduled, publicFrom: due)
    _ = try archive.publications.withdraw(publication.id, by: librarian, at: noon)
    #expect(try archive.publications.find(publication.slug, at: due) == .none)
  }

  @Test func theMomentOfBecomingPublicIsWrittenDownOnce() throws {
    let due = noon.adding(seconds: 60)
    let publication = try store.deposit("Harbours", status: .scheduled, publicFrom: due)
    let before = archive.generation
    try archive.publications.publishDue(at: due.adding(seconds: -1))
    #expect(archive.generation == before)
    try archive.publications.publishDue(at: due.adding(seconds: 5))
    #expect(archive.generation != before)
    let written = archive.generation
    try archive.publications.publishDue(at: due.adding(seconds: 10))
    #expect(archive.generation == written)
    // Also when the clock is put back before it.
    let found = try archive.publications.forStaff(publication.slug, at: noon)
    #expect(found?.status == .published && found?.publicFrom == due)
  }

  @Test func theGenerationChangesWithWhatReadersSee() throws {
    let first = archive.generation
    let soon = Instant.now.adding(seconds: 100)
    let publication = try store.deposit("Harbours", status: .scheduled, publicFrom: soon)
    let second = archive.generation
    #expect(second != first)
    #expect(archive.generation == second)
    _ = try archive.publications.publish(publication.id, by: librarian, at: .now)
    #expect(archive.generation != second)
  }

  /// Whether each query for readers shows the publication.
  private func publicAnswers(_ slug: Slug, at now: Instant) throws -> [Bool] {
    let isFound =
      if case .publication = try archive.publications.find(slug, at: now) { true } else { false }
    let facets = try archive.facets(of: Browse(), at: now)
    return [
      isFound, try archive.publications.count(at: now) == 1,
      try archive.publications.latest(5, at: now).count == 1,
      try archive.browse(Browse(), at: now).total == 1,
      try archive.browse(Browse(author: "Anna Berg"), at: now).items.count == 1,
      try !archive.years(at: now).isEmpty, !facets.authors.isEmpty,
      try archive.search(SearchQuery("norway"), at: now).total == 1,
    ]
  }
}
