import Archive
import System

/// Hands messages to a sendmail program, which queues and delivers them.
struct Sendmail: Outbox {
  enum Failure: Error, CustomStringConvertible {
    case refused(program: String, reason: String)

    var description: String {
      switch self {
      case .refused(let program, let reason): "\(program) did not accept a message: \(reason)"
      }
    }
  }

  let program: String

  /// An MTA only queues here; one that takes longer is not well.
  private static let deadline = Duration.seconds(30)

  func post(_ message: MailMessage) throws {
    let outcome = try ChildProcess(
      program: program,
      // -i: a line with a lone full stop does not end the message. The addresses are given here,
      // and none is read out of the message.
      arguments: ["-i", "-f", message.envelope, "--", message.recipient],
      environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"], input: .bytes(message.bytes),
      outputLimit: 1 << 16, deadline: Self.deadline
    ).run()
    guard outcome.ending != .exit(0) else { return }
    let said = outcome.errors.split(whereSeparator: \.isNewline).last.map(String.init)
    throw Failure.refused(program: program, reason: said ?? "\(outcome.ending)")
  }
}
