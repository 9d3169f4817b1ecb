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

  /// EX_TEMPFAIL of sysexits.h.
  private static let temporaryFailure: Int32 = 75

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
    let said = outcome.errors.split(whereSeparator: \.isNewline).last.map { ": \($0.prefix(300))" }
    switch outcome.ending {
    case .exit(0): return .accepted
    case .exit(Self.temporaryFailure): return .deferred(reason: "status 75\(said ?? "")")
    case .exit(let status): return .failed(reason: "status \(status)\(said ?? "")")
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
}
