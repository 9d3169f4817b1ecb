import Archive
import Foundation
import Synchronization
import Testing

/// An archive with subscribers, whose messages are written in one line and handed over to a list.
final class MailingArchive: Sendable {
  let store: TemporaryArchive
  var archive: Archive { store.archive }
  private let tokens = Tokens()

  struct Sent: Equatable {
    var recipient: String
    /// The frequency, and each group with the slugs of its publications.
    var text: String
    var id: String
  }

  init() throws {
    var options = Archive.Options()
    options.subscriptionsPerHour = 1_000_000
    options.subscriptionsPerHourAndNetwork = 1_000_000
    store = try TemporaryArchive(options)
  }

  private final class Tokens: Outbox {
    let last = Mutex<String?>(nil)
    func post(_ message: MailMessage) throws { last.withLock { $0 = message.text } }
  }

  /// Writes tokens as the text of messages.
  private var mailer: Mailer {
    Mailer(outbox: tokens) { message, address, _, now in
      let token =
        switch message {
        case .confirmation(let token), .preferences(let token): token
        }
      return MailMessage(
        from: .init(address: "list@example.org"), to: address.description, subject: "",
        text: token, date: now, id: "1@example.org")
    }
  }

  /// The token of the last message about a subscription, once.
  var token: String? {
    tokens.last.withLock { token in
      defer { token = nil }
      return token
    }
  }

  func ask(
    _ address: String, _ followed: Followed = .everything, _ frequency: Frequency = .atOnce,
    at now: Instant = noon
  ) throws {
    try archive.subscribers.subscribe(
      address, follow: followed, frequency: frequency, from: "192.0.2.7",
      at: Moment(wall: now, uptime: now.secondsSince1970), through: mailer)
  }

  @discardableResult
  func follow(
    _ address: String, _ followed: Followed = .everything, _ frequency: Frequency = .atOnce,
    at now: Instant = noon
  ) throws -> ConfirmedSubscription {
    try ask(address, followed, frequency, at: now)
    let token = try #require(token)
    return try #require(try archive.subscribers.confirm(token, at: now))
  }

  func requestLink(_ address: String, at now: Instant = noon) throws {
    try archive.subscribers.requestNewLink(
      address, from: "192.0.2.7", at: Moment(wall: now, uptime: now.secondsSince1970),
      through: mailer)
  }

  static let origin = MailOrigin(
    sender: MailMessage.Mailbox(name: "Institute", address: "list@example.org"), readsReplies: true)

  static let compose: DigestComposer = { digest, delivery in
    let groups = digest.groups.map { group in
      "\(group.followed): " + group.publications.map(\.slug.description).joined(separator: " ")
    }
    return MailMessage(
      from: .init(address: "list@example.org"), to: delivery.recipient.description,
      envelope: delivery.envelope, subject: digest.correction ?? digest.frequency.rawValue,
      text: groups.joined(separator: "; ")
        + "|\(delivery.preferencesToken)|\(delivery.unsubscribeToken)|\(delivery.browserToken)|",
      date: delivery.date, id: delivery.messageID)
  }

  func take(at now: Instant) throws -> OutgoingMessage? {
    try archive.mailing.takeMessage(at: now, from: Self.origin, compose: Self.compose)
  }

  /// Plans what is due and hands all of it over.
  @discardableResult
  func send(at now: Instant, as outcome: HandOver = .accepted) throws -> [Sent] {
    _ = try archive.mailing.planDigests(at: now)
    var sent: [Sent] = []
    while let message = try take(at: now) {
      sent.append(Self.read(message))
      try archive.mailing.note(outcome, of: message.id, at: now)
    }
    return sent
  }

  static func read(_ message: OutgoingMessage) -> Sent {
    let text = String(decoding: message.bytes, as: UTF8.self).replacing("=\n", with: "")
    let id = text.split(separator: "\n").first { $0.hasPrefix("Message-ID: ") }.map(String.init)
    let body = text.split(separator: "\n\n", maxSplits: 1).last.map(String.init) ?? ""
    return Sent(
      recipient: message.recipient, text: body.replacing("\n", with: ""), id: id ?? "")
  }
}

extension MailingArchive.Sent {
  /// What is announced.
  var groups: String { String(text.prefix { $0 != "|" }).replacing("=22", with: "\"") }
  /// Tokens for the settings, for unsubscribing and for the browser.
  var tokens: [String] { text.split(separator: "|").dropFirst().map(String.init) }
}
