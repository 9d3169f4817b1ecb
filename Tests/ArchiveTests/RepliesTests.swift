import Archive
import Testing

@Suite("Bounces suspend who cannot be reached, and messages unsubscribe their senders")
struct RepliesTests {
  private let list: MailingArchive
  private var archive: Archive { list.archive }

  init() throws {
    list = try MailingArchive()
    try list.follow("reader@example.org")
  }

  /// Sends a message about a new publication, and returns it.
  private func message(at now: Instant) throws -> OutgoingMessage {
    try list.store.deposit("Paper \(now.secondsSince1970)", at: now.adding(seconds: -600))
    _ = try archive.mailing.planDigests(at: now)
    let message = try #require(try list.take(at: now))
    try archive.mailing.note(.accepted, of: message.id, at: now)
    return message
  }

  private func report(
    to envelope: String, status: String, action: String = "failed", ending: String = "\r\n",
    type: String = "multipart/report; report-type=delivery-status;\n boundary=\"A/1\""
  ) -> [UInt8] {
    let text = """
      Return-Path: <>
      Delivered-To: list@example.org
      To: \(envelope)
      Subject: Undelivered Mail Returned to Sender
      MIME-Version: 1.0
      Content-Type: \(type)

      --A/1
      Content-Type: text/plain

      Status: 5.9.9
      Action: failed

      --A/1
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mail.example.net
      Arrival-Date: Mon, 7 Dec 2026 07:00:00 +0000

      Final-Recipient: rfc822; reader@example.org
      Action: \(action)
      Status: \(status) (it says so)

      --A/1
      Content-Type: message/rfc822

      Subject: the message
      --A/1--
      """
    return Array(text.replacing("\n", with: ending).utf8)
  }

  private var status: SubscriberStatus? {
    get throws { try archive.subscribers.list().items.first?.status }
  }

  @Test("Two messages that bounce for good suspend", arguments: ["\r\n", "\n"])
  func permanent(_ ending: String) throws {
    let (one, two) = (try message(at: noon), try message(at: noon.adding(seconds: 90_000)))
    let first = report(to: one.envelope, status: "5.1.1", ending: ending)
    #expect(
      try archive.mailing.receive(first, at: noon) == .bounce(status: "5.1.1", isSuspended: false))
    // The same report again is the same bounce.
    #expect(
      try archive.mailing.receive(first, at: noon) == .bounce(status: "5.1.1", isSuspended: false))
    #expect(try status == .confirmed)
    let second = report(to: "<\(two.envelope.uppercased())>", status: "5.7.1", ending: ending)
    #expect(
      try archive.mailing.receive(second, at: noon) == .bounce(status: "5.7.1", isSuspended: true))
    #expect(try status == .suspended)
    #expect(try archive.mailing.history().map(\.bounced) == [1, 1])
    // Who confirms again is back, and begins anew.
    try list.follow("reader@example.org", at: noon.adding(seconds: 200_000))
    #expect(try status == .confirmed)
    let three = try message(at: noon.adding(seconds: 300_000))
    #expect(
      try archive.mailing.receive(report(to: three.envelope, status: "5.1.1"), at: noon)
        == .bounce(status: "5.1.1", isSuspended: false))
  }

  @Test("Temporary failures suspend after fourteen days without a message that arrived")
  func temporary() throws {
    for (arrives, expected) in [(true, false), (false, true)] {
      let list = try MailingArchive()
      try list.follow("reader@example.org")
      var isSuspended = false
      for day in [0, 7, 14] as [Int64] {
        let now = noon.adding(seconds: day * 86_400)
        try list.store.deposit("Paper \(day)", at: now.adding(seconds: -600))
        _ = try list.archive.mailing.planDigests(at: now)
        let message = try #require(try list.take(at: now))
        try list.archive.mailing.note(.accepted, of: message.id, at: now)
        if arrives, day == 7 { continue }
        let meaning = try list.archive.mailing.receive(
          report(to: message.envelope, status: "4.2.2"), at: now)
        isSuspended = meaning == .bounce(status: "4.2.2", isSuspended: true)
      }
      #expect(isSuspended == expected)
    }
  }

  @Test("Forged, unknown, odd and huge reports are ignored")
  func ignored() throws {
    let one = try message(at: noon)
    let forged = one.envelope.replacing(/[0-9a-f]{4}@/, with: "0000@")
    let unknown = one.envelope.replacing(/\+[0-9]+-/, with: "+999-")
    var reports = [
      report(to: forged, status: "5.1.1"), report(to: unknown, status: "5.1.1"),
      report(to: "list@example.org", status: "5.1.1"),
      report(to: one.envelope, status: "2.0.0"), report(to: one.envelope, status: "5.1"),
      report(to: one.envelope, status: "5.1.1", action: "delivered"),
      report(to: one.envelope, status: "5.1.1", type: "text/plain"),
      report(to: one.envelope, status: "5.1.1", type: "multipart/report; report-type=disposition"),
      report(to: one.envelope, status: "5.1.1")
        + [UInt8](repeating: 0x20, count: Mailing.longestReply),
      [], Array("\n\n\n".utf8), Array("+-@".utf8), [0xFF, 0x00, 0x0A],
    ]
    // Cut off anywhere: never a crash, and at most the bounce itself.
    let whole = report(to: one.envelope, status: "5.1.1")
    reports += stride(from: 0, to: whole.count / 2, by: 7).map { Array(whole.prefix($0)) }
    for report in reports { #expect(try archive.mailing.receive(report, at: noon) == .ignored) }
    #expect(try archive.mailing.history().map(\.bounced) == [0])
  }

  @Test("The token of a request to unsubscribe is in the address or the subject")
  func unsubscribing() throws {
    let token = MailingArchive.read(try message(at: noon)).tokens[1]
    for (to, subject) in [
      ("list@example.org", "unsubscribe"),
      ("list+\(token.dropLast())\(token.hasSuffix("0") ? 1 : 0)@example.org", "unsubscribe"),
      ("list@example.org", "\(token)x"),
    ] {
      let mail = "From: a@example.org\nTo: \(to)\nSubject: \(subject)\n\n\(token)\n"
      #expect(try archive.mailing.receive(Array(mail.utf8), at: noon) == .ignored)
    }
    for (to, subject) in [
      ("\"List\" <list+\(token)@example.org>", "unsubscribe"),
      ("list@example.org", "unsubscribe \(token)"),
    ] {
      let list = try MailingArchive()
      try list.follow("reader@example.org")
      let mail = "From: a@example.org\nTo: \(to)\nSubject: \(subject)\n\nBye\n"
      // Another archive's token is not ours.
      #expect(try list.archive.mailing.receive(Array(mail.utf8), at: noon) == .ignored)
      #expect(try archive.mailing.receive(Array(mail.utf8), at: noon) == .unsubscribe)
      #expect(try status == .unsubscribed)
    }
    #expect(try archive.mailing.history().map(\.unsubscribed) == [1])
  }
}
