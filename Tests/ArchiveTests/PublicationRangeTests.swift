import Archive
import SQLite
import Testing

@Suite("The database keeps what would otherwise be counted")
struct PublicationRangeTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }

  init() throws { store = try TemporaryArchive() }

  /// What was counted, and what is listed.
  private func counts(at now: Instant = noon) throws -> [Int] {
    let addresses = try archive.publications.ranges(at: now).flatMap {
      try archive.publications.addresses(inRange: $0.number, at: now)
    }
    return [
      try archive.publications.count(at: now), addresses.count,
      archive.health(at: now).publications ?? -1,
    ]
  }

  private func modified(at now: Instant) throws -> [Instant] {
    try archive.publications.ranges(at: now).map(\.modified)
  }

  @Test("Counts and times follow every change of a status")
  func changes() throws {
    #expect(try counts() == [0, 0, 0])
    #expect(try modified(at: noon) == [])
    let one = try store.deposit("One")
    let draft = try store.deposit("Draft", status: .draft)
    #expect(try counts() == [1, 1, 1])
    #expect(try modified(at: noon) == [noon])
    let later = noon.adding(seconds: 50)
    _ = try archive.publications.publish(draft.id, by: librarian, at: later)
    #expect(try counts(at: later) == [2, 2, 2])
    #expect(try modified(at: later) == [later])
    let last = noon.adding(seconds: 90)
    _ = try archive.publications.withdraw(one.id, by: librarian, at: last)
    #expect(try counts(at: last) == [1, 1, 1])
    #expect(try modified(at: last) == [later])
    let deleted = try store.deposit("Deleted", status: .draft)
    _ = try archive.publications.deleteDraft(deleted.id, by: librarian, at: last)
    #expect(try counts(at: last) == [1, 1, 1])
    #expect(try archive.verify(at: last).defects.isEmpty)
  }

  @Test("What is scheduled counts from its time on, before and after it is published")
  func schedule() throws {
    let due = noon.adding(seconds: 60)
    try store.deposit("Later", status: .scheduled, publicFrom: due)
    #expect(try counts() == [0, 0, 0])
    #expect(try counts(at: due) == [1, 1, 1])
    #expect(try modified(at: due) == [due])
    try archive.publications.publishDue(at: due)
    #expect(try counts(at: due) == [1, 1, 1])
    #expect(try modified(at: due) == [due])
  }

  @Test("A range has 20,000 ids, and those without public publications are left out")
  func ranges() throws {
    try store.deposit("First")
    archive.close()
    let database = try Database(path: archive.folder.database, access: .writing)
    func add(_ id: Int64) throws {
      try database.write { connection in
        try connection.run(
          """
          INSERT INTO publication (id, slug, title, abstract, issued, year, type, status, created,
            modified)
          VALUES (\(id), \("draft-\(id)"), 'Draft', '', '2010', 2010, 'report', 'draft', 0, 0)
          """)
      }
    }
    try add(20_000)
    try add(60_000)
    database.close()
    let other = try Archive.open(folder: store.folder, access: .exclusive)
    defer { other.close() }
    _ = try other.publications.deposit(
      Draft(record: record("Second"), status: .published), by: librarian, at: noon)
    #expect(try other.publications.ranges(at: noon).map(\.number) == [0, 3])
    for (range, slugs) in [(0, ["first"]), (1, []), (3, ["second"])] {
      let addresses = try other.publications.addresses(inRange: range, at: noon)
      #expect(addresses.map(\.slug.description) == slugs)
    }
    #expect(try other.publications.count(at: noon) == 2)
  }

  @Test("A count that is wrong is a defect")
  func wrongCount() throws {
    try store.deposit("First")
    archive.close()
    let database = try Database(path: archive.folder.database, access: .writing)
    try database.write { try $0.run("UPDATE publication_range SET published = 5") }
    database.close()
    let other = try Archive.open(folder: store.folder, access: .exclusive)
    defer { other.close() }
    #expect(try other.verify(at: noon).defects.count == 1)
  }
}
