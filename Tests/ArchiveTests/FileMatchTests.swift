import Archive
import Testing

@Suite("A file is known by its hash as far as readers could get it")
struct FileMatchTests {
  private let temporary: TemporaryArchive
  private let publications: Publications

  init() throws {
    temporary = try TemporaryArchive()
    publications = temporary.archive.publications
  }

  private func pdf(_ number: Int) throws -> IncomingFile {
    try temporary.incoming("%PDF-1.7\nVersion \(number)\n")
  }

  private func time(_ hours: Int64) -> Instant { noon.adding(seconds: hours * 3600) }

  private func deposit(_ status: Publication.Status) throws -> Publication {
    try temporary.deposit("Quiet harbours", status: status, file: try pdf(1))
  }

  @discardableResult
  private func replace(
    _ publication: Publication, by number: Int, status: Publication.Status = .published,
    note: String? = nil
  ) throws -> Publication {
    var draft = Draft(record: publication.record, status: status)
    draft.fileNote = note
    return try publications.revise(
      publication.id, to: draft, file: try pdf(number), by: librarian, at: time(Int64(number)))
  }

  private func states(_ sha256: String?) throws -> [FileMatch.State] {
    try publications.matches(ofFile: try #require(sha256), at: time(100)).map(\.state)
  }

  @Test(arguments: [Publication.Status.draft, .review])
  func aFileOfADraftIsUnknown(_ status: Publication.Status) throws {
    let publication = try deposit(status)
    #expect(try states(publication.file?.sha256) == [])
    #expect(try states(String(repeating: "0a", count: 32)) == [])
    #expect(try states("") == [])
  }

  @Test func aScheduledOneIsUnknownUntilItIsDue() throws {
    let file = try pdf(1)
    let publication = try temporary.deposit(
      "Quiet harbours", status: .scheduled, publicFrom: time(10), file: file)
    let sha256 = try #require(publication.file?.sha256)
    #expect(try publications.matches(ofFile: sha256, at: time(9)).isEmpty)
    #expect(try publications.matches(ofFile: sha256, at: time(10)).map(\.state) == [.current])
  }

  @Test func replacedThriceAndRestored() throws {
    let publication = try deposit(.published)
    let first = publication.file?.sha256
    let second = try replace(publication, by: 2, note: "Table 2 was wrong.").file?.sha256
    let third = try replace(publication, by: 3).file?.sha256
    let fourth = try replace(publication, by: 4, note: "New cover.").file?.sha256
    #expect(try states(first) == [.superseded(time(2), reason: "Table 2 was wrong.")])
    #expect(try states(second) == [.superseded(time(3), reason: nil)])
    #expect(try states(third) == [.superseded(time(4), reason: "New cover.")])
    #expect(try states(fourth) == [.current])
    let restored = try publications.restoreFile(
      try #require(first), of: publication.id, reason: "The first was right.", by: librarian,
      at: time(5))
    #expect(try states(first) == [.current])
    #expect(try states(fourth) == [.superseded(time(5), reason: "The first was right.")])
    let versions = restored.versions(try publications.publicFormerFiles(of: restored))
    #expect(versions.map(\.sha256) == [first, fourth, third, second])
    #expect(versions.map(\.replaced) == [nil, time(5), time(4), time(3)])
    #expect(versions.map(\.since) == [time(5), time(4), time(3), noon])
    #expect(
      versions.map(\.reason) == ["The first was right.", "New cover.", nil, nil])
  }

  @Test func whatOnlyADraftHadStaysUnknownAfterPublishing() throws {
    let draft = try deposit(.draft)
    let first = try #require(draft.file?.sha256)
    try replace(draft, by: 2, status: .draft)
    let published = try publications.publish(draft.id, by: librarian, at: time(3))
    #expect(try states(first) == [])
    #expect(try states(published.file?.sha256) == [.current])
    #expect(try publications.publicFormerFiles(of: published).isEmpty)
    #expect(try publications.file(first, of: published) == nil)
    #expect(try publications.findWithContext(published.slug).context.formerFiles.isEmpty)
    // Staff have all.
    #expect(try publications.formerFiles(of: published.id).map(\.wasPublic) == [false])
    #expect(try publications.file(first, of: published, isForStaff: true)?.sha256 == first)
  }

  @Test func aWithdrawnPublicationIsNamedAndADraftAgainIsNot() throws {
    let publication = try deposit(.published)
    let first = publication.file?.sha256
    let second = try replace(publication, by: 2).file?.sha256
    _ = try publications.withdraw(
      publication.id, reason: "Wrong data.", by: librarian, at: time(3))
    #expect(try states(first) == [.withdrawn])
    #expect(try states(second) == [.withdrawn])
    try replace(publication, by: 4, status: .draft)
    let third = try publications.forStaff(publication.id)?.file?.sha256
    for hash in [first, second, third] { #expect(try states(hash) == []) }
    // Public again: the third was never public before, the second was.
    try replace(publication, by: 5)
    #expect(try states(second) == [.superseded(time(4), reason: nil)])
    #expect(try states(third) == [])
  }

  @Test func aDraftThatIsWithdrawnIsUnknown() throws {
    let draft = try deposit(.draft)
    _ = try publications.withdraw(draft.id, by: librarian, at: time(1))
    #expect(try states(draft.file?.sha256) == [])
  }

  @Test func undonePublishingLeavesNoTrace() throws {
    let publication = try deposit(.published)
    let first = publication.file?.sha256
    let minute = noon.adding(seconds: 60)
    let draft = Draft(record: publication.record, status: .published)
    let revised = try publications.revise(
      publication.id, to: draft, file: try pdf(2), by: librarian, at: minute)
    _ = try publications.undoPublishing(publication.id, by: librarian, at: minute)
    for hash in [first, revised.file?.sha256] { #expect(try states(hash) == []) }
    _ = try publications.publish(publication.id, by: librarian, at: time(1))
    #expect(try states(first) == [])
    #expect(try states(revised.file?.sha256) == [.current])
  }

  @Test func theFileOfTwoPublications() throws {
    let one = try deposit(.published)
    let other = try temporary.deposit("Quiet harbours again", file: try pdf(1))
    let draft = try temporary.deposit("Not yet", status: .draft, file: try pdf(1))
    #expect(draft.file?.sha256 == one.file?.sha256)
    let matches = try publications.matches(
      ofFile: try #require(one.file?.sha256), at: time(100))
    #expect(matches.map(\.publication.id) == [one.id, other.id])
    _ = try publications.withdraw(one.id, by: librarian, at: time(1))
    let later = try publications.matches(ofFile: try #require(one.file?.sha256), at: time(100))
    #expect(later.map(\.publication.id) == [other.id, one.id])
    #expect(later.map(\.state) == [.current, .withdrawn])
  }
}
