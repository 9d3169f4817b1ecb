import Archive
import Foundation
import Synchronization
import Testing

@Suite("Nobody is put on the mailing list but by who reads the address's mail")
struct SubscriberTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }
  private let outbox = Collector()

  /// Keeps what is posted, or fails as a full disk does.
  private final class Collector: Outbox {
    let messages = Mutex<[MailMessage]>([])
    let isFailing = Mutex(false)
    struct Full: Error {}

    func post(_ message: MailMessage) throws {
      if isFailing.withLock({ $0 }) { throw Full() }
      messages.withLock { $0.append(message) }
    }
  }

  init() throws { store = try TemporaryArchive() }

  @Test func anAddressIsOnTheListOnceItsMessageIsAnswered() throws {
    try subscribe("anna@example.org")
    #expect(try statuses() == [.pending])
    let token = try #require(lastToken)
    #expect(try archive.subscribers.subscription(confirming: token, at: noon) != nil)
    #expect(try archive.subscribers.confirm(token, at: noon) != nil)
    #expect(try statuses() == [.confirmed])
    #expect(try archive.subscribers.confirm(token, at: noon) == nil)
  }

  @Test func newAndKnownAddressesAreAnsweredAlike() throws {
    try subscribe("anna@example.org")
    let token = try #require(lastToken)
    _ = try archive.subscribers.confirm(token, at: noon)
    // What throws would be another answer.
    try subscribe("anna@example.org", after: 100_000)
    try subscribe("ANNA@example.org", after: 100_000)
    for text in [
      "not an address@", "a@b", "two words@example.org", "x@example.org\r\nBcc: y@e.org",
    ] {
      try subscribe(text, isRefused: true)
    }
    #expect(count == 1)
    #expect(try statuses() == [.confirmed])
  }

  @Test(arguments: ["", "anna", "@", "@example.org", "anna@", String(repeating: "a@", count: 900)])
  func whatCannotBeAnAddressIsRefused(_ typed: String) throws {
    try subscribe(typed, isRefused: true)
    #expect(try statuses().isEmpty)
  }

  @Test func anAddressGetsOneMessageADay() throws {
    try subscribe("anna@example.org")
    try subscribe("anna@example.org", after: 24 * 3600 - 1)
    #expect(count == 1)
    let first = try #require(lastToken)
    try subscribe("anna@example.org", after: 24 * 3600)
    #expect(count == 2)
    #expect(
      try archive.subscribers.subscription(confirming: first, at: noon.adding(seconds: 24 * 3600))
        == nil)
  }

  @Test func aTokenIsGoodForTwoDays() throws {
    try subscribe("anna@example.org")
    let token = try #require(lastToken)
    #expect(
      try archive.subscribers.subscription(
        confirming: token, at: noon.adding(seconds: 48 * 3600 - 1)) != nil)
    #expect(
      try archive.subscribers.subscription(confirming: token, at: noon.adding(seconds: 48 * 3600))
        == nil)
    #expect(try archive.subscribers.confirm(token, at: noon.adding(seconds: 48 * 3600)) == nil)
  }

  @Test func whatNobodyConfirmsIsDeletedAfterAWeek() throws {
    try subscribe("anna@example.org")
    try subscribe("bert@example.org", after: 7 * 86_400)
    #expect(try archive.subscribers.list().items.map(\.address) == ["bert@example.org"])
  }

  @Test func aNetworkAndAllTogetherHaveTheirHour() throws {
    for number in 0..<10 { try subscribe("a\(number)@example.org", client: "192.0.2.\(number)") }
    #expect(throws: SubscriptionError.tooMany) { try subscribe("b@example.org") }
    try subscribe("c@example.org", client: "198.51.100.1")
    try subscribe("b@example.org", after: 3600)

    var options = Archive.Options()
    options.subscriptionsPerHour = 2
    let small = try TemporaryArchive(options)
    for number in 0..<2 {
      try small.archive.subscribers.subscribe(
        "a\(number)@example.org", from: "192.0.\(number).1", at: moment(0), through: letters)
    }
    #expect(throws: SubscriptionError.tooMany) {
      try small.archive.subscribers.subscribe(
        "c@example.org", from: "192.0.9.1", at: moment(0), through: letters)
    }
  }

  @Test func whoLeavesIsGoneAndMayComeBack() throws {
    try subscribe("anna@example.org")
    let token = try #require(lastToken)
    let leaving = try #require(try archive.subscribers.confirm(token, at: noon)).unsubscribeToken
    #expect(try archive.subscribers.isUnsubscribable(leaving))
    #expect(try archive.subscribers.unsubscribe(leaving, at: noon))
    #expect(try archive.subscribers.unsubscribe(leaving, at: noon))
    #expect(try statuses() == [.unsubscribed])
    try subscribe("anna@example.org", after: 90_000)
    #expect(count == 2)
  }

  @Test(arguments: ["", "1", "1-", "1-00", "-", "99999999999999999999-aa", "a-b"])
  func aForgedTokenTakesNobodyFromTheList(_ token: String) throws {
    try subscribe("anna@example.org")
    let confirmation = try #require(lastToken)
    _ = try archive.subscribers.confirm(confirmation, at: noon)
    #expect(try !archive.subscribers.unsubscribe(token, at: noon))
    #expect(try archive.subscribers.confirm(token, at: noon) == nil)
    #expect(try statuses() == [.confirmed])
  }

  @Test func aMessageThatCouldNotBeWrittenMayBeAskedForAgain() throws {
    outbox.isFailing.withLock { $0 = true }
    #expect(throws: SubscriptionError.self) { try subscribe("anna@example.org") }
    // Nothing of it is stored, also if the process ends before anything can be undone.
    #expect(try statuses() == [])
    outbox.isFailing.withLock { $0 = false }
    try subscribe("anna@example.org")
    #expect(count == 1)
  }

  @Test func noTokenIsKeptAsItIs() throws {
    try subscribe("anna@example.org")
    let token = try #require(lastToken)
    let session = try { () throws -> Session in
      try archive.staff.add(
        name: "Anna", role: .author, password: "a long walk by the sea", by: librarian)
      return try archive.staff.signIn(
        name: "Anna", password: "a long walk by the sea", client: "::1", at: moment(0))
    }()
    let invitation = try archive.staff.createInvitation()
    for name in try FileManager.default.contentsOfDirectory(atPath: store.folder)
    where name.hasPrefix("offprint.sqlite3") {
      let octets = try Data(contentsOf: URL(filePath: "\(store.folder)/\(name)"))
      for secret in [token, session.token, invitation, "a long walk by the sea"] {
        #expect(octets.range(of: Data(secret.utf8)) == nil)
      }
    }
  }

  // MARK: Helpers

  private var letters: Mailer {
    Mailer(outbox: outbox) { message, address, _, now in
      let path =
        switch message {
        case .confirmation(let token): "/subscribe/confirm/\(token)"
        case .preferences(let token): "/subscription/\(token)"
        }
      return MailMessage(
        from: MailMessage.Mailbox(name: "Institute", address: "list@example.org"),
        to: address.description, subject: "Subscription", text: "https://example.org\(path)",
        date: now, id: "1@example.org")
    }
  }

  private var count: Int { outbox.messages.withLock { $0.count } }

  private var lastToken: String? {
    outbox.messages.withLock { messages in
      messages.last?.text.split(separator: "/confirm/").dropFirst().first
        .map { String($0.prefix(64)) }
    }
  }

  private func subscribe(
    _ typed: String, after seconds: Int64 = 0, client: String = "192.0.2.7",
    isRefused: Bool = false
  ) throws {
    func ask() throws(SubscriptionError) {
      try archive.subscribers.subscribe(typed, from: client, at: moment(seconds), through: letters)
    }
    if isRefused {
      #expect(throws: SubscriptionError.notAddress) { try ask() }
    } else {
      try ask()
    }
  }

  private func statuses() throws -> [SubscriberStatus] {
    try archive.subscribers.list().items.map(\.status)
  }

  private func moment(_ seconds: Int64) -> Moment {
    Moment(wall: noon.adding(seconds: seconds), uptime: 5000 + seconds)
  }
}
