import Archive
import Foundation
import Site

/// `offprint mail`: the messages to subscribers.
struct MailCommand: ArchiveCommand {
  static let name = "mail"
  static let summary = "Shows, previews, sends and pauses the messages to subscribers."
  static let forms = [
    "status", "preview [--frequency FREQUENCY]", "test ADDRESS", "pause", "resume",
    "run [--now INSTANT]",
  ]
  static let details = """
    “status” shows whether messages are sent, when the next digests are due, and what became of the
    last ones; its exit status is 1 if messages cannot be sent. “preview” prints the next digest:
    FREQUENCY is at-once, weekly (the default) or monthly. “test” sends a message to an address.
    “pause” holds digests back until “resume”; messages to confirm a subscription are sent anyway.

    “run” does at once what the server does in the background: it plans the digests that are due,
    reads bounces and hands over all messages that are due, at mail-rate. --now 2026-12-07T07:00:00Z
    does what is due at that moment.
    """
  static let settings = Declarations.sections.flatMap(\.settings)
  static let endsBetweenSteps = true

  private enum Action {
    case status
    case preview(Frequency)
    case test(EmailAddress)
    case pause(Bool)
    case run(Instant?)
  }

  private let action: Action

  init(_ arguments: inout Arguments) throws(UsageError) {
    let frequency = try arguments.value(of: "--frequency", Kind<Frequency>.choice)
    let now = try arguments.value(of: "--now")
    switch try arguments.word("status, preview, test, pause, resume or run") {
    case "status": action = .status
    case "preview": action = .preview(frequency ?? .weekly)
    case "test":
      let text = try arguments.word("ADDRESS")
      guard let address = EmailAddress(text) else {
        throw .badValue(
          option: "ADDRESS", expected: "an email address such as name@example.org", found: text)
      }
      action = .test(address)
    case "pause": action = .pause(true)
    case "resume": action = .pause(false)
    case "run":
      let instant = now.flatMap { Instant($0) }
      if let now, instant == nil {
        throw .badValue(
          option: "--now", expected: "an instant such as 2026-12-07T07:00:00Z", found: now)
      }
      action = .run(instant)
    case let other: throw .unexpectedWord(other)
    }
  }

  var writes: Bool {
    switch action {
    case .status, .preview: false
    case .test, .pause, .run: true
    }
  }

  func run(on archive: Archive, _ session: CommandSession) throws -> ExitStatus {
    switch action {
    case .status: return try status(of: archive, session)
    case .preview(let frequency): return try preview(frequency, of: archive, session)
    case .test(let address): return try test(address, archive, session)
    case .pause(let isPaused):
      try archive.mailing.setPaused(isPaused, by: .program, at: .now)
      session.output.write(isPaused ? "Mailing is paused.\n" : "Mailing is resumed.\n")
      return .done
    case .run(let now): return try run(at: now, archive, session)
    }
  }

  // MARK: Status

  private func status(of archive: Archive, _ session: CommandSession) throws -> ExitStatus {
    let (settings, output) = (session.settings, session.output)
    let status = try archive.mailing.status(at: .now)
    let problem = settings.mailProblem(of: archive)
    output.write("Mailing: \(status.isPaused ? "paused" : "running")\n")
    output.write(
      settings.sendmail.isEmpty
        ? "Messages are left in: \(archive.folder.mail)\n" : "Sent with: \(settings.sendmail)\n")
    if let problem { output.write("Problem: \(problem)\n") }
    if let error = status.lastError {
      output.write("Last error: \(time(error.at, settings)): \(error.reason)\n")
    }
    for frequency in [Frequency.weekly, .monthly] {
      guard let next = status.nextDue[frequency] else { continue }
      output.write("Next \(frequency.rawValue) digest: \(time(next, settings))\n")
    }
    let oldest = status.oldestWaiting.map { ", the oldest since \(time($0, settings))" } ?? ""
    output.write("Waiting: \(grouped(status.waiting))\(oldest)\n")
    for state in [MailingStatus.State.accepted, .deferred, .failed] {
      let name = state.rawValue.prefix(1).uppercased() + state.rawValue.dropFirst()
      output.write("\(name): \(grouped(status.counts[state, default: 0]))\n")
    }
    let subscribers = try archive.subscribers.counts()
    let counts = SubscriberStatus.allCases.map {
      "\(grouped(subscribers[$0, default: 0])) \($0.rawValue)"
    }
    output.write("Subscribers: \(counts.joined(separator: ", "))\n")
    for run in try archive.mailing.history(limit: 5) {
      let subject =
        run.corrected.map { "correction of \($0)" } ?? "\(run.frequency.rawValue) digest"
      output.write(
        "\(time(run.at, settings)): \(subject): recipients \(grouped(run.recipients)), "
          + "accepted \(grouped(run.accepted)), deferred \(grouped(run.deferred)), "
          + "failed \(grouped(run.failed)), bounced \(grouped(run.bounced)), "
          + "unsubscribed \(grouped(run.unsubscribed))\n")
    }
    return problem == nil ? .done : .foundSomethingWrong
  }

  private func time(_ instant: Instant, _ settings: Settings) -> String {
    let local = settings.timeZone.localTime(at: instant)
    return "\(local.fieldValue.replacing("T", with: " ")) \(settings.timeZone.name)"
  }

  // MARK: Sending

  private func preview(
    _ frequency: Frequency, of archive: Archive, _ session: CommandSession
  ) throws -> ExitStatus {
    guard let digest = try archive.mailing.nextDigest(frequency: frequency, at: .now) else {
      session.output.write("Nothing is waiting for the next \(frequency.rawValue) digest.\n")
      return .done
    }
    let origin = session.settings.commandOrigin
    let composer = try session.settings.mailComposer(origin: origin, of: archive)
    let message = composer.digest(
      digest,
      DigestDelivery(
        recipient: EmailAddress(stored: session.settings.mailSender(origin: origin).address),
        preferencesToken: "TOKEN", unsubscribeToken: "TOKEN", browserToken: "TOKEN",
        envelope: session.settings.mailSender(origin: origin).address, unsubscribeMailbox: nil,
        date: .now, messageID: "preview@localhost"))
    session.output.write("Subject: \(message.subject)\n\n\(message.text)")
    return .done
  }

  private func test(
    _ address: EmailAddress, _ archive: Archive, _ session: CommandSession
  ) throws -> ExitStatus {
    let settings = session.settings
    let sender = settings.mailSender(origin: settings.commandOrigin)
    let message = MailMessage(
      from: sender, to: address.description, subject: "Test message from \(settings.siteName)",
      text: """
        This message shows that Offprint can send email.

        Sender: \(sender.address)
        """,
      date: .now, id: MailMessage.newID(of: sender))
    switch try runner(archive, session).test(message) {
    case .accepted:
      session.output.write(
        settings.sendmail.isEmpty
          ? "The message to \(address) is in \(archive.folder.mail).\n"
          : "\(settings.sendmail) accepted the message to \(address).\n")
      return .done
    case .deferred(let reason), .failed(let reason), .notTried(let reason):
      session.output.say("offprint: the message to \(address) was not accepted: \(reason)")
      return .foundSomethingWrong
    }
  }

  private func run(
    at now: Instant?, _ archive: Archive, _ session: CommandSession
  ) throws -> ExitStatus {
    let output = session.output
    guard try !archive.mailing.isPaused else {
      output.say("offprint: mailing is paused; `offprint mail resume` resumes it")
      return .foundSomethingWrong
    }
    let summary = try runner(archive, session).run(
      at: now ?? .now, recovers: session.mail == nil, isCancelled: session.isCancelled)
    for run in summary.runs {
      output.write(
        "Planned \(run.frequency.rawValue) digests: \(grouped(run.messages)) "
          + "(new publications: \(grouped(run.publications))).\n")
    }
    output.write(
      "\(grouped(summary.accepted)) messages accepted, \(grouped(summary.deferred)) deferred, "
        + "\(grouped(summary.failed)) failed.\n")
    if let problem = summary.problem {
      output.say("offprint: messages stay in the queue: \(problem)")
      return .foundSomethingWrong
    }
    return summary.failed == 0 && !session.isCancelled() ? .done : .foundSomethingWrong
  }

  /// The server's own, or one for this command.
  private func runner(_ archive: Archive, _ session: CommandSession) throws -> MailRunner {
    if let mail = session.mail { return mail }
    let (settings, origin) = (session.settings, session.settings.commandOrigin)
    let composer = try settings.mailComposer(origin: origin, of: archive)
    return MailRunner(
      archive: archive, settings: settings, sender: settings.mailSender(origin: origin),
      compose: { composer.digest($0, $1) }, log: nil)
  }
}

extension Settings {
  /// The address of the site in messages that a command writes without a server.
  fileprivate var commandOrigin: String {
    self.baseURL.isEmpty ? "http://\(self.listen[0])" : self.baseURL
  }

  /// Why messages cannot be sent or bounces not be read; nil when they can.
  func mailProblem(of archive: Archive) -> String? {
    mailTransport(archive).problem
      ?? (self.bounces.isEmpty ? nil : ReplyFolder(path: self.bounces).problem)
  }

  func mailTransport(_ archive: Archive) -> any MailTransport {
    self.sendmail.isEmpty
      ? MaildirTransport(maildir: Maildir(path: archive.folder.mail))
      : Sendmail(program: self.sendmail)
  }
}
