import Archive
import Dispatch
import Foundation
import Synchronization
import System

/// Plans digests, hands messages over and reads what comes back, at low priority.
///
/// All of it runs on one queue. A hand-over that takes long is left to itself, so that it does not
/// hold up other recipients. What has to be remembered is in the database: after a crash, at most the
/// messages that were being handed over are repeated, with the same Message-ID.
final class MailRunner: Sendable {
  private struct State {
    var isStopped = false
    var timer: (any DispatchSourceTimer)?
    /// Hand-overs that have not ended.
    var running = 0
    /// Outcomes that could not be stored, as when the disk was full.
    var unstored: [(message: Int64, outcome: HandOver)] = []
    var nextPlanning = ContinuousClock.now
    var nextReplies = ContinuousClock.now
    var nextHandOver = ContinuousClock.now
    /// The problem that was logged last.
    var problem: String?
  }

  private let archive: Archive
  private let log: Log?
  private let origin: MailOrigin
  private let transport: any MailTransport
  private let replies: ReplyFolder?
  private let compose: DigestComposer
  private let pace: Duration
  private let state = Mutex(State())
  private let isCancelled = Atomic(false)
  private let queue = DispatchQueue(label: "offprint.mail", qos: .utility)
  private let handOvers = DispatchQueue(
    label: "offprint.mail.hand-over", qos: .utility, attributes: .concurrent)
  private let group = DispatchGroup()

  private static let planningInterval = Duration.seconds(5)
  private static let repliesInterval = Duration.seconds(60)
  /// How long nothing is tried after something failed that is not about one message.
  private static let pauseAfterProblem = Duration.seconds(60)
  /// After so many seconds the next message is handed over beside one that is under way.
  private static let patience = 2.0
  private static let mostRunning = 4

  /// - Parameters:
  ///   - archive: Open for writing.
  ///   - settings: Where messages come from and how they are sent.
  ///   - sender: The address that messages come from.
  ///   - compose: Writes the message of a digest.
  ///   - log: nil for a command, which says what happens itself.
  init(
    archive: Archive, settings: Settings, sender: MailMessage.Mailbox,
    compose: @escaping DigestComposer, log: Log?
  ) {
    self.archive = archive
    self.log = log
    self.compose = compose
    transport = settings.mailTransport(archive)
    replies = settings.bounces.isEmpty ? nil : ReplyFolder(path: settings.bounces)
    origin = MailOrigin(sender: sender, readsReplies: replies != nil)
    pace = transport.isPaced ? .seconds(60) / settings.mailRate : .zero
  }

  // MARK: Beside a server

  func start() {
    queue.async { [self] in
      attempt("interrupted messages not recovered") {
        let count = try archive.mailing.recoverInterruptedMessages()
        if count > 0 {
          log?.write(
            .notice, "messages are handed over again after an interruption",
            [("messages", .integer(count))])
        }
      }
      if let problem = transport.problem ?? replies?.problem {
        log?.write(.error, "messages cannot be sent", [("error", .text(problem))])
        state.withLock { $0.problem = problem }
        note(problem, at: .now)
      }
      guard !state.withLock({ $0.isStopped }) else { return }
      state.withLock { state in
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.setEventHandler { [unowned self] in turn() }
        timer.schedule(deadline: .now())
        timer.activate()
        state.timer = timer
      }
    }
  }

  /// Looks for something to do at once.
  func wake() { state.withLock { $0.timer?.schedule(deadline: .now()) } }

  /// Begins nothing more, and waits for what is under way; what takes long is ended.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      state.timer?.cancel()
      state.timer = nil
    }
    queue.sync {}
    if group.wait(timeout: .now() + 5) == .timedOut {
      isCancelled.store(true, ordering: .relaxed)
      group.wait()
    }
  }

  private func turn() {
    let now = Instant.now
    let (plans, reads, sends) = state.withLock { state in
      let clock = ContinuousClock.now
      let (plans, reads, sends) = (
        clock >= state.nextPlanning, clock >= state.nextReplies,
        clock >= state.nextHandOver && state.running < Self.mostRunning
      )
      if plans { state.nextPlanning = clock + Self.planningInterval }
      if reads { state.nextReplies = clock + Self.repliesInterval }
      return (plans, reads, sends)
    }
    var isIdle = false
    attempt("mailing failed") {
      if plans {
        try archive.mailing.correctReleases(at: now)
        for run in try archive.mailing.planDigests(at: now) { write(run) }
      }
      if reads {
        try archive.mailing.deleteOldMessages(at: now)
        try readReplies(at: now)
      }
      if sends { isIdle = try !handOverNext(at: now) }
    }
    state.withLock { state in
      guard !state.isStopped else { return }
      // Nothing waits until something is planned, or put into the queue and the timer woken.
      let next = isIdle ? state.nextPlanning : min(state.nextPlanning, state.nextHandOver)
      let wait = max(0.001, (next - .now) / .seconds(1))
      state.timer?.schedule(deadline: .now() + (state.running < Self.mostRunning ? wait : 0.5))
    }
  }

  private func attempt(_ message: String, _ work: () throws -> Void) {
    do { try work() } catch {
      state.withLock { $0.nextHandOver = .now + Self.pauseAfterProblem }
      // The archive may be closed meanwhile.
      guard !state.withLock({ $0.isStopped }) else { return }
      log?.write(.error, message, [("error", .text(explanation(of: error)))])
    }
  }
}

// MARK: - A command

extension MailRunner {
  /// What a run has done.
  struct Summary: Sendable {
    var runs: [PlannedRun] = []
    var accepted = 0
    var deferred = 0
    var failed = 0
    /// Why it ended early.
    var problem: String?
  }

  /// Does everything that is due at a moment: plans, reads what came back and hands over.
  ///
  /// - Parameters:
  ///   - now: The moment, which counts for all of it.
  ///   - recovers: Whether messages are handed over again that another process was handing over when
  ///     it ended; only when no server runs.
  ///   - isCancelled: Asked before each message; true ends the run.
  /// - Returns: What was done.
  /// - Throws: What the archive throws.
  func run(
    at now: Instant, recovers: Bool, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Summary {
    try queue.sync {
      var summary = Summary()
      if recovers { _ = try archive.mailing.recoverInterruptedMessages() }
      try archive.publications.publishDue(at: now)
      summary.runs = try archive.mailing.planDigests(at: now)
      for run in summary.runs { write(run) }
      try readReplies(at: now)
      while !isCancelled() {
        if let problem = transport.problem {
          note(problem, at: now)
          summary.problem = problem
          break
        }
        try storeOutcomes(at: now)
        guard let message = try archive.mailing.takeMessage(at: now, from: origin, compose: compose)
        else {
          break
        }
        let start = ContinuousClock.now
        let outcome = transport.handOver(message, isCancelled: { false })
        try archive.mailing.note(outcome, of: message.id, at: now)
        switch outcome {
        case .accepted: summary.accepted += 1
        case .deferred: summary.deferred += 1
        case .failed: summary.failed += 1
        case .notTried(let reason): summary.problem = reason
        }
        note(outcome.reason, at: now)
        if summary.problem != nil { break }
        let rest = (pace - (ContinuousClock.now - start)) / .seconds(1)
        if rest > 0 { usleep(UInt32(rest * 1_000_000)) }
      }
      return summary
    }
  }

  /// Hands one message over beside the queue, to see whether that works.
  func test(_ message: MailMessage) -> HandOver {
    transport.handOver(
      OutgoingMessage(
        id: 0, envelope: message.envelope, recipient: message.recipient,
        bytes: message.bytes),
      isCancelled: { false })
  }
}

// MARK: - Handing over

extension MailRunner {
  /// Hands over the next message.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: What the archive throws.
  private func handOverNext(at now: Instant) throws -> Bool {
    try storeOutcomes(at: now)
    if let problem = transport.problem {
      note(problem, at: now)
      return false
    }
    guard let message = try archive.mailing.takeMessage(at: now, from: origin, compose: compose)
    else {
      return false
    }
    state.withLock { state in
      state.running += 1
      state.nextHandOver = .now + pace
    }
    let ended = DispatchSemaphore(value: 0)
    handOvers.async(group: group) { [self] in
      let outcome = transport.handOver(message) { [self] in isCancelled.load(ordering: .relaxed) }
      finish(message.id, outcome)
      ended.signal()
    }
    _ = ended.wait(timeout: .now() + Self.patience)
    return true
  }

  private func finish(_ message: Int64, _ outcome: HandOver) {
    let now = Instant.now
    state.withLock { state in
      state.running -= 1
      state.unstored.append((message, outcome))
      if case .notTried = outcome { state.nextHandOver = .now + Self.pauseAfterProblem }
    }
    attempt("outcome of a message not stored") {
      try storeOutcomes(at: now)
      switch outcome {
      case .accepted: break
      case .deferred, .failed:
        log?.write(
          .warning, outcome.isFinal ? "message failed" : "message deferred",
          [("message", .integer(Int(message)))])
      case .notTried: break
      }
      note(outcome.reason, at: now)
    }
  }

  /// Stores outcomes, also those that could not be stored before: a message that was accepted is not
  /// to be repeated because the disk was full for a while.
  private func storeOutcomes(at now: Instant) throws {
    while let (message, outcome) = state.withLock({ $0.unstored.first }) {
      try archive.mailing.note(outcome, of: message, at: now)
      state.withLock { state in
        if state.unstored.first?.message == message { state.unstored.removeFirst() }
      }
    }
  }

  /// Notes a problem for staff, or its end, and logs what is new.
  private func note(_ problem: String?, at now: Instant) {
    let isNew = state.withLock { state in
      defer { state.problem = problem }
      return state.problem != problem
    }
    // What a mail server says may name an address, which does not belong in the log.
    if isNew, problem != nil {
      log?.write(
        .error, "messages cannot be handed over; `offprint mail status` says why",
        [("sending_with", .text(transport is Sendmail ? "sendmail" : "maildir"))])
    }
    try? archive.mailing.noteError(problem, at: now)
  }

  private func write(_ run: PlannedRun) {
    log?.write(
      .notice, "digest planned",
      [
        ("frequency", .text(run.frequency.rawValue)), ("messages", .integer(run.messages)),
        ("publications", .integer(run.publications)),
      ])
  }

  private func readReplies(at now: Instant) throws {
    guard let replies, replies.problem == nil else { return }
    try replies.readNew { bytes in
      let meaning = try archive.mailing.receive(bytes, at: now)
      switch meaning {
      case .bounce(let status, let isSuspended):
        log?.write(
          .info, "message bounced",
          [("status", .text(status)), ("suspended", .text(isSuspended ? "yes" : "no"))])
      case .unsubscribe: log?.write(.info, "unsubscribed by message")
      case .ignored: log?.write(.info, "reply ignored")
      }
    }
  }
}

extension HandOver {
  /// Why it did not succeed; nil when it did.
  var reason: String? {
    switch self {
    case .accepted: nil
    case .deferred(let reason), .failed(let reason), .notTried(let reason): reason
    }
  }

  fileprivate var isFinal: Bool { if case .failed = self { true } else { false } }
}

/// A Maildir to which bounces and requests to unsubscribe come.
struct ReplyFolder: Sendable {
  let path: String

  /// How many messages are read at a time.
  private static let most = 500

  var problem: String? {
    FileSystem.isFolder(path + "/new")
      ? nil : "bounces: \(path) is not a Maildir, as it has no folder new"
  }

  /// Reads new messages and moves them to `cur`, as seen.
  func readNew(_ body: ([UInt8]) throws -> Void) throws {
    let manager = FileManager.default
    try manager.createDirectory(atPath: path + "/cur", withIntermediateDirectories: true)
    let names = try manager.contentsOfDirectory(atPath: path + "/new").sorted()
    for name in names.prefix(Self.most) where !name.hasPrefix(".") {
      let file = "\(path)/new/\(name)"
      // One byte more than is looked at, so that a longer message is known as such.
      if let bytes = try? Input.bytes(of: file, limit: Mailing.longestReply) { try body(bytes) }
      let seen = name.contains(":2,") ? name : name + ":2,S"
      try manager.moveItem(atPath: file, toPath: "\(path)/cur/\(seen)")
    }
  }
}
