internal import Foundation
internal import System

/// Takes messages to be delivered.
package protocol Outbox: Sendable {
  /// Takes a message; when it returns, the message outlasts the process.
  func post(_ message: MailMessage) throws
  /// Takes a message that belongs to a change of the archive.
  ///
  /// If it throws, the change is not made. With a queue in the database both outlast the process, or
  /// neither.
  func post(_ message: MailMessage, with change: MessageQueue) throws
  /// Called after a change with a message has been stored.
  func noteStoredChange()
}

extension Outbox {
  package func post(_ message: MailMessage, with change: MessageQueue) throws { try post(message) }
  package func noteStoredChange() {}
}

/// A folder of messages, one a file, from which a mail server or a person takes them.
///
/// A message is written in `tmp/`, flushed, and renamed into `new/`, so that who reads `new/` never
/// sees a part of one.
package struct Maildir: Outbox {
  package let path: String

  package init(path: String) { self.path = path }

  package func post(_ message: MailMessage) throws { try deliver(message.bytes) }

  /// Stores the bytes of a message.
  package func deliver(_ bytes: [UInt8]) throws {
    for name in ["tmp", "new", "cur"] { try FileSystem.makeFolder("\(path)/\(name)") }
    let random = SystemRandomNumberGenerator.token(octets: 8)
    let name = "\(Instant.now.secondsSince1970).\(getpid())_\(random).offprint"
    let draft = "\(path)/tmp/\(name)"
    do {
      try FileSystem.create(draft, bytes)
      try FileSystem.rename(draft, to: "\(path)/new/\(name)")
    } catch {
      try FileSystem.remove(draft)
      throw error
    }
    try FileSystem.flushFolder("\(path)/new")
  }
}
