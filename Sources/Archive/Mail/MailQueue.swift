internal import SQLite

/// What the message of a digest needs beside the digest.
package struct DigestDelivery: Sendable, Equatable {
  package let recipient: EmailAddress
  /// For `/subscription/{token}`.
  package let preferencesToken: String
  /// For `/unsubscribe/{token}`, and for a message to the unsubscribe address.
  package let unsubscribeToken: String
  /// For the view of the message in a browser.
  package let browserToken: String
  /// The envelope sender, to which bounces go (VERP).
  package let envelope: String
  /// Unsubscribes who writes to it; nil when nobody reads what is sent there.
  package let unsubscribeMailbox: String?
  package let date: Instant
  /// The Message-ID without angle brackets.
  package let messageID: String

  package init(
    recipient: EmailAddress, preferencesToken: String, unsubscribeToken: String,
    browserToken: String, envelope: String, unsubscribeMailbox: String?, date: Instant,
    messageID: String
  ) {
    self.recipient = recipient
    self.preferencesToken = preferencesToken
    self.unsubscribeToken = unsubscribeToken
    self.browserToken = browserToken
    self.envelope = envelope
    self.unsubscribeMailbox = unsubscribeMailbox
    self.date = date
    self.messageID = messageID
  }
}

/// Writes the message of a digest.
package typealias DigestComposer = @Sendable (Digest, DigestDelivery) throws -> MailMessage

/// A message that is being handed over.
package struct OutgoingMessage: Sendable, Equatable {
  package let id: Int64
  package let envelope: String
  package let recipient: String
  package let bytes: [UInt8]

  package init(id: Int64, envelope: String, recipient: String, bytes: [UInt8]) {
    self.id = id
    self.envelope = envelope
    self.recipient = recipient
    self.bytes = bytes
  }
}

/// Where messages come from.
package struct MailOrigin: Sendable, Equatable {
  package let sender: MailMessage.Mailbox
  /// Whether what is sent to the envelope senders and to unsubscribe is read.
  package let readsReplies: Bool

  package init(sender: MailMessage.Mailbox, readsReplies: Bool) {
    self.sender = sender
    self.readsReplies = readsReplies
  }

  /// The sender's address with an extension: `library+TEXT@example.org`; nil when that is longer
  /// than an address may be (RFC 5321 §4.5.3.1.1).
  func address(extension text: String) -> String? {
    guard let at = sender.address.lastIndex(of: "@") else { return nil }
    let local = "\(sender.address[..<at])+\(text)"
    return local.utf8.count <= 64 ? local + sender.address[at...] : nil
  }

  fileprivate var domain: Substring { sender.address.split(separator: "@").last ?? "localhost" }
}

/// What became of handing a message over.
package enum HandOver: Sendable, Equatable {
  /// The mail system has it.
  case accepted
  /// It may succeed later.
  case deferred(reason: String)
  case failed(reason: String)
  /// Nothing was handed over, whatever the message: the program could not be started.
  case notTried(reason: String)
}

/// How often and how long a deferred message is tried.
package enum Backoff {
  private static let first: Int64 = 60
  private static let longest: Int64 = 6 * 3600
  /// Seconds after which a message has failed.
  static let lifetime: Int64 = 3 * 86_400

  /// Seconds to wait after so many tries.
  package static func delay(after tries: Int) -> Int64 {
    tries < 10 ? min(longest, first << Int64(max(0, tries - 1))) : longest
  }
}

/// The queue of messages, as a part of a change of the archive.
package struct MessageQueue {
  let connection: Connection

  /// Puts a message about a subscription into the queue, once the change is made.
  package func enqueue(_ message: MailMessage) throws {
    try connection.run(
      """
      INSERT INTO message (recipient, envelope, name, bytes, planned, due)
      VALUES (\(message.recipient), \(message.envelope), \(message.id), \(message.bytes),
        \(message.date.secondsSince1970), \(message.date.secondsSince1970))
      """)
  }
}

extension Mailing {
  /// Puts a message about a subscription into the queue; it outlasts the process.
  package func enqueue(_ message: MailMessage) throws {
    try core.change(.nothingPublic) { try MessageQueue(connection: $0).enqueue(message) }
  }

  /// Makes messages ready again whose hand-over was interrupted by the end of the process.
  ///
  /// Whether the mail system has them cannot be known; they keep their Message-ID, by which a
  /// repeat is recognized. Call it before the first hand-over.
  ///
  /// - Returns: How many there are.
  package func recoverInterruptedMessages() throws -> Int {
    try core.change(.nothingPublic) {
      try $0.run("UPDATE message SET state = 'planned' WHERE state = 'handed over'")
    }
  }

  /// Takes the next message out of the queue, for one hand-over.
  ///
  /// It is written here if it has not been, and again if a publication that it announces has been
  /// hidden since: what is hidden is left out, and a message without content is dropped. When this
  /// returns, the whole message is stored.
  ///
  /// - Parameters:
  ///   - now: The moment.
  ///   - origin: Where messages come from.
  ///   - compose: Writes the message of a digest; a message that it cannot write is deferred.
  /// - Returns: The message; nil when none is due, or only digests are while mailing is paused.
  /// - Throws: What the database throws; then the message stays in the queue.
  package func takeMessage(
    at now: Instant, from origin: MailOrigin, compose: DigestComposer
  ) throws -> OutgoingMessage? {
    while true {
      let next = try core.read { connection -> (QueuedMessage, QueuedMessage.Content)? in
        guard let next = try connection.nextMessage(at: now) else { return nil }
        return (next, try connection.content(of: next, at: now))
      }
      guard let (message, content) = next else { return nil }
      let name =
        message.name
        ?? "\(message.id).\(SystemRandomNumberGenerator.token(octets: 8))@\(origin.domain)"
      let outgoing: OutgoingMessage
      switch content {
      case .none:
        try core.change(.nothingPublic) { try $0.drop(message, at: now) }
        continue
      case .stored(let stored, _): outgoing = stored
      case .digest(let digest, let address):
        do {
          let delivery = try delivery(
            of: message, name: name, to: address, from: origin, at: now)
          outgoing = OutgoingMessage(
            id: message.id, envelope: delivery.envelope, recipient: address.description,
            bytes: try compose(digest, delivery).bytes)
        } catch let error where !(error is SQLiteError) {
          try core.change(.nothingPublic) {
            try $0.deferUnwritten(message, reason: "\(error)", at: now)
          }
          continue
        }
      }
      let isTaken = try core.change(.nothingPublic) {
        try $0.handOver(outgoing, name: name, with: content.publications, at: now)
      }
      if isTaken { return outgoing }
    }
  }

  /// Notes what became of a hand-over.
  package func note(_ outcome: HandOver, of message: Int64, at now: Instant) throws {
    try core.change(.nothingPublic) { try $0.note(outcome, of: message, at: now) }
  }

  private func delivery(
    of message: QueuedMessage, name: String, to address: EmailAddress, from origin: MailOrigin,
    at now: Instant
  ) throws -> DigestDelivery {
    try core.read { connection in
      let key = try connection.mailKey()
      let unsubscribe = try connection.unsubscribeToken(message.subscriber, message: message.id)
      let bounce = SubscriberToken.make(.bounce, [message.id], key: key)
      return DigestDelivery(
        recipient: address,
        preferencesToken: try connection.preferencesToken(message.subscriber),
        unsubscribeToken: unsubscribe,
        browserToken: SubscriberToken.make(.view, [message.id], key: key),
        envelope: origin.address(extension: bounce) ?? origin.sender.address,
        unsubscribeMailbox: origin.readsReplies ? origin.address(extension: unsubscribe) : nil,
        date: now, messageID: name)
    }
  }
}
