import Archive
import Foundation
import Testing

@Suite("Subscribers change, export and erase what is stored about them by the link they have")
struct PreferencesTests {
  private let list: MailingArchive
  private var archive: Archive { list.archive }

  init() throws { list = try MailingArchive() }

  @Test func aConfirmedAddressConfirmsWhatItFollowsMore() throws {
    let first = try list.follow("reader@example.org", .everything, .weekly)
    try list.ask("reader@example.org", .topic("Korea"), .monthly)
    let token = try #require(list.token)
    #expect(
      try archive.subscribers.preferences(first.preferencesToken)?.subscriptions.map(\.followed)
        == [
          .everything
        ])
    #expect(
      try archive.subscribers.subscription(confirming: token, at: noon)?.followed == .topic("Korea")
    )
    #expect(try archive.subscribers.confirm(token, at: noon)?.subscription.frequency == .monthly)
    #expect(try archive.subscribers.confirm(token, at: noon) == nil)
    #expect(
      try archive.subscribers.preferences(first.preferencesToken)?.subscriptions.map(\.followed)
        == [.everything, .topic("Korea")])
  }

  @Test("One message a day for each thing, five a day for an address, none for what is followed")
  func caps() throws {
    try list.follow("reader@example.org", .everything)
    try list.ask("reader@example.org", .everything)
    #expect(list.token == nil)
    var sent = 0
    for number in 0..<10 {
      for _ in 0..<2 {
        try list.ask("new@example.org", .topic("Topic \(number)"))
        if list.token != nil { sent += 1 }
      }
    }
    #expect(sent == 5)
    try list.ask("new@example.org", .topic("Topic 1"), at: noon.adding(seconds: 86_400))
    #expect(list.token != nil)
  }

  @Test func whatIsFollowedIsChanged() throws {
    let first = try list.follow("reader@example.org", .everything, .weekly)
    let second = try list.follow("reader@example.org", .topic("Korea"), .monthly)
    let other = try list.follow("other@example.org")
    let token = first.preferencesToken
    #expect(try archive.subscribers.change(token, frequency: .atOnce, of: second.subscription.id))
    #expect(try !archive.subscribers.change(token, frequency: .atOnce, of: other.subscription.id))
    #expect(try archive.subscribers.setLanguage(token, "sv"))
    #expect(try archive.subscribers.unfollow(token, first.subscription.id))
    #expect(try !archive.subscribers.unfollow(token, other.subscription.id))
    let preferences = try #require(try archive.subscribers.preferences(token))
    #expect(preferences.language == "sv")
    #expect(preferences.subscriptions.map(\.frequency) == [.atOnce])
    #expect(try archive.subscribers.unfollow(token, second.subscription.id))
    #expect(try archive.subscribers.preferences(token)?.status == .unsubscribed)
    #expect(try archive.subscribers.preferences(other.preferencesToken)?.status == .confirmed)
  }

  @Test("A token is good for one purpose, and only as it was made")
  func tokens() throws {
    let reader = try list.follow("reader@example.org")
    #expect(try archive.subscribers.preferences(reader.unsubscribeToken) == nil)
    #expect(try archive.subscribers.exportData(reader.unsubscribeToken) == nil)
    #expect(try !archive.subscribers.erase(reader.unsubscribeToken))
    #expect(try archive.mailing.digestForBrowser(reader.preferencesToken, at: noon) == nil)
    for token in ["", "1", "1-", "-1", "1-1", "2" + reader.preferencesToken.dropFirst()] {
      #expect(try archive.subscribers.preferences(token) == nil)
      #expect(try !archive.subscribers.setLanguage(token, "sv"))
    }
  }

  @Test func dataIsExported() throws {
    let reader = try list.follow("reader@example.org", .topic("Korea"))
    try list.store.deposit("One", topics: ["Korea"])
    try list.send(at: noon.adding(seconds: 600))
    let bytes = try #require(try archive.subscribers.exportData(reader.preferencesToken))
    let data = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(data["address"] as? String == "reader@example.org")
    let messages = try #require(data["messages"] as? [[String: Any]])
    #expect(messages.first?["publications"] as? [String] == ["one"])
  }

  @Test("Who is erased is known by a keyed hash alone, and comes back in person only")
  func erasing() throws {
    let reader = try list.follow("reader@example.org")
    try list.store.deposit("One")
    _ = try archive.mailing.planDigests(at: noon.adding(seconds: 600))
    #expect(try archive.subscribers.erase(reader.preferencesToken))
    #expect(try archive.subscribers.preferences(reader.preferencesToken) == nil)
    #expect(try !archive.subscribers.unsubscribe(reader.unsubscribeToken))
    #expect(try list.take(at: noon.adding(seconds: 600)) == nil)
    let address = try #require(EmailAddress("Reader@example.org"))
    #expect(try archive.subscribers.add(address, by: librarian) == .suppressed)
    // The number of the erased subscriber is not used again.
    let other = try list.follow("other@example.org")
    #expect(
      other.preferencesToken.prefix { $0 != "-" } != reader.preferencesToken.prefix { $0 != "-" })
    try list.follow("reader@example.org")
    #expect(try archive.subscribers.list(status: .confirmed).total == 2)
    #expect(try archive.subscribers.delete(address, by: librarian))
    #expect(try archive.subscribers.add(address, by: librarian) == .suppressed)
  }

  @Test("The link to the settings is sent again, once a day, and the answer tells nothing")
  func newLink() throws {
    let reader = try list.follow("reader@example.org")
    try list.requestLink("reader@example.org")
    #expect(list.token == reader.preferencesToken)
    try list.requestLink("reader@example.org", at: noon.adding(seconds: 80_000))
    #expect(list.token == nil)
    try list.requestLink("reader@example.org", at: noon.adding(seconds: 90_000))
    #expect(list.token == reader.preferencesToken)
    try list.requestLink("unknown@example.org")
    #expect(list.token == nil)
    #expect(throws: SubscriptionError.notAddress) { try list.requestLink("a@b") }
  }
}
