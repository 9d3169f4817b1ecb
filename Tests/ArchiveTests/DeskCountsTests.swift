import Archive
import Testing

@Suite("The dashboard counts what needs doing")
struct DeskCountsTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }

  init() throws { store = try TemporaryArchive() }

  private func counts(at now: Instant = noon) throws -> DeskCounts {
    try archive.deskCounts(at: now)
  }

  @Test func anEmptyArchiveHasNothingToDo() throws {
    var counts = try counts()
    #expect(counts.freeBytes > 0)
    counts.freeBytes = 0
    #expect(counts == DeskCounts())
  }

  @Test func draftsAreToBeCheckedOnceTheirFileIsRead() throws {
    try store.deposit("Without a file", status: .draft)
    let waiting = try store.deposit("Waiting", status: .draft, file: try store.incoming("%PDF-1"))
    let read = try store.deposit("Read", status: .draft, file: try store.incoming("%PDF-2"))
    try store.deposit("Public", file: try store.incoming("%PDF-3"))
    try archive.texts.store(of: try #require(read.file), pages: ["A page."])
    var found = try counts()
    #expect(found.drafts == 3 && found.draftsToCheck == 1 && found.waitingExtractions == 2)
    try archive.texts.storeFailure(of: try #require(waiting.file), reason: "not a PDF")
    found = try counts()
    #expect(found.failedExtractions == 1 && found.waitingExtractions == 1)
  }

  @Test func scheduledPublicationsComeInTheirOrderUntilTheyAreDue() throws {
    for (title, days) in [("Third", 30), ("First", 1), ("Second", 7)] as [(String, Int64)] {
      try store.deposit(
        title, abstract: "Text.", status: .scheduled,
        publicFrom: noon.adding(seconds: days * 86_400))
    }
    var found = try counts()
    #expect(found.scheduled == 3 && found.published == 0)
    #expect(found.next.map(\.title) == ["First", "Second", "Third"])
    #expect(found.next.first?.at == noon.adding(seconds: 86_400))
    found = try counts(at: noon.adding(seconds: 8 * 86_400))
    #expect(found.scheduled == 1 && found.published == 2)
    #expect(found.next.map(\.title) == ["Third"])
  }

  @Test func onlyPublicPublicationsLackAnAbstract() throws {
    try store.deposit("Public", abstract: "")
    try store.deposit("Public too", abstract: "Text.")
    try store.deposit("Draft", abstract: "", status: .draft)
    try store.deposit("In review", abstract: "", status: .review)
    let withdrawn = try store.deposit("Withdrawn", abstract: "")
    _ = try archive.publications.withdraw(withdrawn.id, by: librarian, at: noon)
    let found = try counts()
    #expect(found.withoutAbstract == 1 && found.published == 2 && found.inReview == 1)
  }

  @Test func theLastBackupIsTheLatest() throws {
    for days in [0, 2] as [Int64] {
      try archive.noteBackup(at: noon.adding(seconds: days * 86_400))
    }
    #expect(try counts().lastBackup == noon.adding(seconds: 2 * 86_400))
  }

  @Test func eachDayOfAPeriodHasItsUse() throws {
    let slug = try store.deposit("River Law").slug
    let first = Day(of: noon)
    for (days, views) in [(0, 3), (2, 4), (9, 5)] as [(Int64, Int)] {
      try archive.usage.add([
        DayUses(
          slug: slug, day: Day(number: first.number + days),
          uses: Uses(investigations: views, uniqueInvestigations: 1))
      ])
    }
    let days = try archive.usage.daily(from: first, through: Day(number: first.number + 3))
    #expect(days.map(\.day.number) == (first.number...first.number + 3).map(\.self))
    #expect(days.map(\.uses.investigations) == [3, 0, 4, 0])
    #expect(try archive.usage.daily(from: first.next, through: first).isEmpty)
  }
}
