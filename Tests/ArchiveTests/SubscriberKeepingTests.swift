import Archive
import Testing

@Suite("Staff keep the mailing list and put nobody back who left it")
struct SubscriberKeepingTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }
  private let anna: EmailAddress

  init() throws {
    store = try TemporaryArchive()
    anna = try #require(EmailAddress("anna@example.org"))
  }

  @Test func anAddressIsAddedOnce() throws {
    #expect(try archive.subscribers.add(anna, by: librarian) == .added)
    #expect(try archive.subscribers.add(anna, by: librarian) == .unchanged(.confirmed))
    #expect(try archive.subscribers.list().items.map(\.status) == [.confirmed])
  }

  @Test(arguments: [SubscriberStatus.unsubscribed, .suspended])
  func whoseMailStoppedIsNotAddedAgain(status: SubscriberStatus) throws {
    _ = try archive.subscribers.add(anna, by: librarian)
    #expect(try archive.subscribers.stopMail(to: anna, as: status, by: librarian))
    #expect(try archive.subscribers.add(anna, by: librarian) == .unchanged(status))
    #expect(try archive.subscribers.list(status: status).total == 1)
  }

  @Test func whatIsDeletedIsNamedNowhere() throws {
    _ = try archive.subscribers.add(anna, by: librarian)
    let inCapitals = try #require(EmailAddress("ANNA@example.org"))
    #expect(try archive.subscribers.delete(inCapitals, by: librarian))
    #expect(try archive.subscribers.list().total == 0)
    let log = try archive.staff.auditLog().items
    #expect(log.map(\.action.rawValue) == ["deleted subscriber", "added subscriber"])
    #expect(log.allSatisfy { $0.subject.isEmpty && $0.actor == librarian.name })
  }

  @Test func whoIsNotKnownIsSaid() throws {
    #expect(try !archive.subscribers.stopMail(to: anna, as: .suspended, by: librarian))
    #expect(try !archive.subscribers.delete(anna, by: librarian))
    #expect(try archive.staff.auditLog().total == 0)
  }
}
