import Archive
import Foundation
import System

/// Takes written messages out of the queue.
protocol MailTransport: Sendable {
  /// Whether messages go out at `mail-rate`; a folder takes them as fast as they come.
  var isPaced: Bool { get }

  /// Why nothing can be handed over; nil when it can.
  var problem: String? { get }

  /// Hands a message over and waits for the outcome.
  ///
  /// - Parameters:
  ///   - message: The message.
  ///   - isCancelled: Asked now and then; true ends the hand-over, whose outcome is then not known.
  /// - Returns: What became of it.
  func handOver(
    _ message: OutgoingMessage, isCancelled: @escaping @Sendable () -> Bool
  ) -> HandOver
}

/// Runs a sendmail program, which queues and delivers messages.
struct Sendmail: MailTransport {
  let program: String
  /// A mail server only queues here; a program that takes longer hangs, and is killed.
  var deadline = Duration.seconds(20)

  /// The statuses of sysexits.h after which a message is tried again.
  ///
  /// 75 is EX_TEMPFAIL. msmtp ends with the others when the mail server, the DNS or the disk is
  /// down or busy, or does not accept the password: EX_NOHOST, EX_UNAVAILABLE, EX_OSERR, EX_IOERR,
  /// EX_PROTOCOL, EX_NOPERM.
  private static let temporaryFailures: Set<Int32> = [68, 69, 71, 74, 75, 76, 77]

  var isPaced: Bool { true }

  var problem: String? {
    guard let status = FileSystem.status(program) else { return "\(program): no such file" }
    return status.isFile && FileManager.default.isExecutableFile(atPath: program)
      ? nil : "\(program): not an executable file"
  }

  func handOver(
    _ message: OutgoingMessage, isCancelled: @escaping @Sendable () -> Bool
  ) -> HandOver {
    if let problem { return .notTried(reason: problem) }
    let outcome: ChildProcess.Outcome
    do {
      outcome = try ChildProcess(
        program: program,
        // -i: a line with a lone full stop does not end the message. The addresses are given here,
        // and none is read out of the message.
        arguments: ["-i", "-f", message.envelope, "--", message.recipient],
        environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"], input: .bytes(message.bytes),
        outputLimit: 1 << 16, deadline: deadline, isCancelled: isCancelled
      ).run()
    } catch {
      return .notTried(reason: "\(error)")
    }
    // msmtp gives the server's answer in one of its last lines.
    let lines = outcome.errors.split(whereSeparator: \.isNewline).suffix(3)
    let said = lines.isEmpty ? "" : ": \(lines.joined(separator: "; ").prefix(300))"
    switch outcome.ending {
    case .exit(0): return .accepted
    case .exit(let status):
      let reason = "status \(status)\(said)"
      return Self.temporaryFailures.contains(status)
        ? .deferred(reason: reason) : .failed(reason: reason)
    case .signal(let number): return .deferred(reason: "ended by signal \(number)")
    case .deadline: return .deferred(reason: "no answer within \(Quantity.text(deadline))")
    case .tooMuchOutput: return .deferred(reason: "too much output")
    case .cancelled: return .deferred(reason: "the server stopped")
    }
  }
}

/// Leaves messages in a Maildir, for another program to send.
struct MaildirTransport: MailTransport {
  let maildir: Maildir

  var isPaced: Bool { false }
  var problem: String? { nil }

  func handOver(
    _ message: OutgoingMessage, isCancelled: @escaping @Sendable () -> Bool
  ) -> HandOver {
    do {
      try maildir.deliver(message.bytes)
      return .accepted
    } catch {
      return .notTried(reason: "\(error)")
    }
  }
}

/// Puts messages about subscriptions into the queue.
struct QueueOutbox: Outbox {
  let archive: Archive
  /// Called when a message is in the queue.
  let wake: @Sendable () -> Void

  func post(_ message: MailMessage) throws {
    try archive.mailing.enqueue(message)
    wake()
  }

  func post(_ message: MailMessage, with change: MessageQueue) throws {
    try change.enqueue(message)
  }

  func noteStoredChange() { wake() }
}
