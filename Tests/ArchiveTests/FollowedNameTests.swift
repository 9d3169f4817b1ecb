import Archive
import Foundation
import Testing

@Suite("Subscriptions follow a name that changes")
struct FollowedNameTests {
  private let mailing: MailingArchive
  private var store: TemporaryArchive { mailing.store }
  private var lists: Lists { mailing.archive.lists }

  init() throws { mailing = try MailingArchive() }

  private func entry(_ name: String, _ list: NameList) throws -> ListEntry {
    try #require(try lists.forStaff(named: name, in: list))
  }

  private func merge(_ one: String, into other: String, _ list: NameList) throws {
    _ = try lists.merge(
      try entry(one, list).id, into: try entry(other, list).id, by: librarian, at: noon)
  }

  /// What a subscriber follows, in the order in which they asked.
  private func followed(_ address: String) throws -> [Followed] {
    try mailing.requestLink(address)
    let token = try #require(mailing.token)
    return try #require(try mailing.archive.subscribers.preferences(token)).subscriptions
      .map(\.followed)
  }

  @Test func eachKindOfSubscriptionFollows() throws {
    var record = record("One", authors: ["A. Berg", "Anna Berg"], topics: ["Harbours", "Ports"])
    record.series = "Sea Paper"
    _ = try mailing.archive.publications.deposit(
      Draft(record: record, status: .published), by: librarian, at: noon)
    try mailing.follow("ann@example.org", .author("Berg, A."))
    try mailing.follow("ann@example.org", .topic("Harbours"))
    try mailing.follow("ann@example.org", .series("Sea Paper"))
    try mailing.follow("ann@example.org", .search("q=ice+%26+snow&topic=Harbours"))
    try mailing.follow("ann@example.org", .search("q=topic&author=A.+Berg"))
    try mailing.follow("ann@example.org", .topic("Fish"), at: noon.adding(seconds: 90_000))
    try merge("A. Berg", into: "Anna Berg", .authors)
    let ports = try entry("Harbours", .topics)
    #expect(throws: ListError.taken(name: "Ports", by: try entry("Ports", .topics))) {
      try lists.change(ports.id, to: ListEdit(name: "Ports"), by: librarian, at: noon)
    }
    try merge("Harbours", into: "Ports", .topics)
    let series = try entry("Sea Paper", .series)
    _ = try lists.change(series.id, to: ListEdit(name: "Sea & Ice"), by: librarian, at: noon)
    #expect(
      try followed("ann@example.org") == [
        .author("Anna Berg"), .topic("Ports"), .series("Sea & Ice"),
        .search("q=ice+%26+snow&topic=Ports"), .search("q=topic&author=Anna+Berg"), .topic("Fish"),
      ])
  }

  @Test func whoFollowsBothNamesHearsOnceAndMissesNothing() throws {
    try store.deposit("Old", authors: ["A. Berg", "Anna Berg"])
    try mailing.follow("ben@example.org", .author("A. Berg"), .weekly)
    try mailing.follow("ben@example.org", .author("Anna Berg"))
    try mailing.follow("eva@example.org", .author("A. Berg"))
    let later = noon.adding(seconds: 60)
    // Is announced to those who follow the name that goes, after the merge.
    try store.deposit("New by A", authors: ["A. Berg"], at: later)
    try merge("A. Berg", into: "Anna Berg", .authors)
    #expect(try followed("ben@example.org") == [.author("Anna Berg")])
    try store.deposit("Newer", authors: ["Anna Berg"], at: later)
    let sent = try mailing.send(at: later.adding(seconds: 3600))
    #expect(sent.map(\.recipient).sorted() == ["ben@example.org", "eva@example.org"])
    for message in sent {
      #expect(message.groups.contains("newer") && message.groups.contains("new-by-a"))
    }
    #expect(try mailing.send(at: later.adding(seconds: 7200)).isEmpty)
  }
}
