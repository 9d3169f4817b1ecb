import Archive
import Testing

@Suite("A message is stored whole before it is handed over, and retried with the same Message-ID")
struct MailQueueTests {
  private let list: MailingArchive
  private var archive: Archive { list.archive }
  private let due = noon.adding(seconds: 600)

  init() throws {
    list = try MailingArchive()
    try list.follow("reader@example.org")
    try list.store.deposit("One")
    _ = try archive.mailing.planDigests(at: due)
  }

  @Test func aMessageIsHandedOverOnce() throws {
    let message = try #require(try list.take(at: due))
    #expect(message.recipient == "reader@example.org")
    #expect(message.envelope.wholeMatch(of: /list\+[0-9]+-[0-9a-f]{20}@example\.org/) != nil)
    #expect(try list.take(at: due) == nil)
    try archive.mailing.note(.accepted, of: message.id, at: due)
    #expect(try list.take(at: due.adding(seconds: 1_000_000)) == nil)
    #expect(try archive.mailing.status(at: due).counts == [.accepted: 1])
  }

  @Test("After a crash in the middle of a hand-over the message goes out again as it was")
  func crash() throws {
    let message = try #require(try list.take(at: due))
    #expect(try archive.mailing.recoverInterruptedMessages() == 1)
    #expect(try list.take(at: due) == message)
    try archive.mailing.note(.accepted, of: message.id, at: due)
    #expect(try archive.mailing.recoverInterruptedMessages() == 0)
  }

  @Test("Temporary failures are retried after a minute to six hours, for three days")
  func backoff() throws {
    var now = due
    var waits: [Int64] = []
    var ids = Set<String>()
    for _ in 0..<100 {
      guard let message = try list.take(at: now) else { break }
      ids.insert(MailingArchive.read(message).id)
      try archive.mailing.note(.deferred(reason: "status 75"), of: message.id, at: now)
      let start = now
      // The first second at which it is due again.
      for wait in [60, 120, 240, 480, 960, 1920, 3840, 7680, 15_360, 21_600] as [Int64] {
        now = start.adding(seconds: wait)
        let status = try archive.mailing.status(at: now)
        if status.counts[.failed] == 1 { break }
        if let again = try list.take(at: now) {
          #expect(again.id == message.id)
          try archive.mailing.note(.notTried(reason: ""), of: again.id, at: now)
          waits.append(wait)
          break
        }
      }
      if try archive.mailing.status(at: now).counts[.failed] == 1 { break }
    }
    #expect(waits.prefix(10) == [60, 120, 240, 480, 960, 1920, 3840, 7680, 15_360, 21_600])
    #expect(waits.dropFirst(10).allSatisfy { $0 == 21_600 })
    #expect(ids.count == 1)
    #expect((3 * 86_400...4 * 86_400).contains(now.secondsSince1970 - due.secondsSince1970))
    #expect(try archive.mailing.status(at: now).counts == [.failed: 1])
  }

  @Test("A message of another status fails; one that could not be tried stays")
  func others() throws {
    let message = try #require(try list.take(at: due))
    try archive.mailing.note(.notTried(reason: "no such file"), of: message.id, at: due)
    #expect(try list.take(at: due) == message)
    try archive.mailing.note(.failed(reason: "status 67"), of: message.id, at: due)
    #expect(try list.take(at: due.adding(seconds: 1_000_000)) == nil)
    #expect(try archive.mailing.history().map(\.failed) == [1])
  }

  @Test("A message that cannot be written does not hold up others")
  func unwritten() throws {
    struct Unwritable: Error {}
    try list.follow("another@example.org", at: due)
    try list.store.deposit("Two", at: due)
    _ = try archive.mailing.planDigests(at: due.adding(seconds: 600))
    let message = try archive.mailing.takeMessage(
      at: due.adding(seconds: 600), from: MailingArchive.origin
    ) { digest, delivery in
      if delivery.recipient.description.hasPrefix("reader") { throw Unwritable() }
      return try MailingArchive.compose(digest, delivery)
    }
    #expect(message?.recipient == "another@example.org")
    #expect(try archive.mailing.status(at: due).counts[.deferred] == 2)
  }

  @Test("Messages about subscriptions go first, also while mailing is paused")
  func subscriptionsFirst() throws {
    try archive.mailing.setPaused(true, by: librarian, at: due)
    try archive.mailing.enqueue(
      MailMessage(
        from: .init(address: "list@example.org"), to: "new@example.org", subject: "Confirm",
        text: "", date: due, id: "1@example.org"))
    let message = try #require(try list.take(at: due))
    #expect(message.recipient == "new@example.org")
    try archive.mailing.note(.accepted, of: message.id, at: due)
    #expect(try list.take(at: due) == nil)
    try archive.mailing.setPaused(false, by: librarian, at: due)
    #expect(try list.take(at: due)?.recipient == "reader@example.org")
  }

  @Test("The status and the history say how it went")
  func status() throws {
    try archive.mailing.noteError("no such file", at: due)
    var status = try archive.mailing.status(at: due)
    #expect(status.waiting == 1)
    #expect(status.oldestWaiting == due)
    #expect(status.lastError?.reason == "no such file")
    #expect(status.nextDue[.weekly] == Instant("2023-11-20T07:00:00Z"))
    let sent = try #require(try list.send(at: due).first)
    try archive.mailing.noteError(nil, at: due)
    #expect(try archive.subscribers.unsubscribe(sent.tokens[1], at: due))
    status = try archive.mailing.status(at: due)
    #expect(status.lastError == nil)
    let run = try #require(try archive.mailing.history().first)
    #expect(run.recipients == 1 && run.accepted == 1 && run.unsubscribed == 1)
    let growth = try archive.mailing.subscriberGrowth(months: 2, at: due)
    #expect(growth.map(\.month) == ["2023-10", "2023-11"])
    #expect(growth.last?.confirmed == 1 && growth.last?.left == 1)
  }

  @Test("A message can be seen in a browser, with what is public now")
  func browser() throws {
    let sent = try #require(try list.send(at: due).first)
    let token = sent.tokens[2]
    let digest = try #require(try archive.mailing.digestForBrowser(token, at: due))
    #expect(digest.publications.map(\.record.title) == ["One"])
    #expect(try archive.mailing.digestForBrowser(token + "0", at: due) == nil)
    #expect(try archive.mailing.digestForBrowser(sent.tokens[0], at: due) == nil)
    _ = try archive.publications.withdraw(digest.publications[0].id, by: librarian, at: due)
    #expect(try archive.mailing.digestForBrowser(token, at: due) == nil)
  }

  @Test("Old messages are forgotten, what they announced is not")
  func forgetting() throws {
    try list.send(at: due)
    let later = due.adding(seconds: 500 * 86_400)
    try archive.mailing.deleteOldMessages(at: later)
    #expect(try archive.mailing.status(at: later).counts.isEmpty)
    #expect(try list.send(at: later).isEmpty)
  }
}
