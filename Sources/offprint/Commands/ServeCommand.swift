import Archive
import Foundation
import HTTPServer
import Site
import System

/// `offprint serve`: serves the archive over HTTP until it is stopped.
struct ServeCommand: Command {
  static let name = "serve"
  static let summary = "Serves the archive over HTTP."
  static let forms = [
    "[--demo] [--listen ADDRESS:PORT] [--data DIR]",
    "--replica --primary URL [--listen ADDRESS:PORT] [--data DIR]",
  ]
  static let details = """
    --demo           First fills an empty data folder with a dozen sample publications.
    --replica        Serves a copy of the database that another program restores
                     and renames into its place. Takes no lock and writes nothing
                     but the PDFs that it fetches.
    --take-over PID  Replaces the server with process ID PID: asks it to stop and waits for its
                     data folder. SIGUSR2 uses this.

    SIGTERM and SIGINT stop the server after running requests have finished, or after stop-limit;
    a second signal stops it at once. SIGHUP reloads log-level and reopens log-file. SIGUSR2 starts
    the program that is now on disk, passes it the sockets and stops: no client is refused.
    """
  static let settings = Declarations.sections.flatMap(\.settings)

  private let isDemo: Bool
  private let isReplica: Bool
  /// The process ID of the server to replace; nil without one.
  private let predecessor: pid_t?

  init(_ arguments: inout Arguments) throws(UsageError) {
    isDemo = arguments.flag("--demo")
    isReplica = arguments.flag("--replica")
    guard let text = try arguments.value(of: Successor.option) else {
      predecessor = nil
      return
    }
    guard let process = pid_t(text), process > 1 else {
      throw .badValue(option: Successor.option, expected: "a process ID", found: text)
    }
    predecessor = process
  }

  func run(_ context: Context) throws -> ExitStatus {
    // Each malloc arena keeps the memory that it has freed.
    ProcessLimits.setHeaps(max(2, ProcessLimits.cores()))
    let inherited = ServiceManager.takeDescriptors(isSuccessor: predecessor != nil)
    let stop = StopRequest()
    let settings = context.settings
    let log = try settings.log
    if isReplica {
      defer { log.flush() }
      try ReplicaServing(
        settings: settings, inherited: inherited, predecessor: predecessor, log: log
      ).run(until: stop) { reread(context, log) }
      return .done
    }
    let litestream = try settings.litestream
    let (pool, drawings) = settings.drawings(log: log)
    let archive = try open(settings, inherited, drawings)
    defer {
      archive.close()
      log.flush()
    }
    try removeOrphans(of: archive, log)
    pool.start()
    defer { pool.stop() }
    let extraction = ExtractionQueue(archive: archive, settings: settings, log: log)
    if isDemo { try DemoCatalogue.fill(archive, settings, extraction) }
    let monitor =
      settings.checkpoint == .external
      ? ReplicationMonitor(archive: archive, litestream: litestream, log: log) : nil
    let running = try Serving(
      archive: archive, settings: settings, inherited: inherited,
      replication: monitor?.replication ?? Replication(), log: log)
    monitor?.start()
    defer { monitor?.stop() }
    extraction.start()
    let indexing = IndexBuilder(archive: archive, log: log)
    indexing.start()
    defer { indexing.stop() }
    let verification = try VerificationRunner(archive: archive, settings: settings, log: log)
    verification.start()
    defer { verification.stop() }
    running.mail.start()
    defer { running.mail.stop() }
    running.purger.start(with: archive)
    defer { running.purger.stop() }
    let usage = try UsageRecorder(archive: archive) { error in
      log.write(.error, "usage not recorded", [("error", .text(explanation(of: error)))])
    }
    usage.start()
    log.observe { usage.take($0) }
    let successor = Successor()
    let server = running.server
    let signals = Signals([SIGHUP, SIGUSR2]) { number in
      guard number == SIGUSR2 else { return reread(context, log) }
      successor.start(sockets: server.listeningDescriptors, log: log) { stop.hasBeenMade }
    }
    defer { withExtendedLifetime(signals) {} }
    let control = try ControlServer(
      archive: archive, settings: settings, extraction: extraction, mail: running.mail, log: log)
    try running.announce(archive, to: log)
    ServiceManager.notify("READY=1")
    stop.wait()
    ServiceManager.notify(successor.runningProcess.map { "MAINPID=\($0)" } ?? "STOPPING=1")
    log.write(.notice, "stopping")
    control.stop(within: settings.stopLimit)
    indexing.cancel()
    extraction.stop()
    pool.stop()
    verification.stop()
    running.mail.stop()
    monitor?.stop()
    var isLeft = false
    func leaveFolder() {
      guard !isLeft else { return }
      isLeft = true
      log.flush()
      usage.stop()
      archive.close()
    }
    server.stop(within: settings.stopLimit) {
      // Readers wait for the successor, which waits for the folder; downloads can continue without
      // it.
      if successor.runningProcess != nil { leaveFolder() }
    }
    leaveFolder()
    log.write(.notice, "stopped")
    return .done
  }

  /// Opens the archive, after the previous server has closed it.
  private func open(
    _ settings: Settings, _ inherited: [Int32], _ drawings: Drawings
  ) throws -> Archive {
    guard let predecessor else { return try settings.openArchive(drawings) }
    // Errors that would prevent serving are found before the other server is stopped.
    _ = try PublicFolder.path(settings)
    if !inherited.isEmpty { _ = try Listeners(settings.serverConfiguration(inherited: inherited)) }
    let deadline = ContinuousClock.now + settings.stopLimit + .seconds(30)
    var isAsked = false
    while true {
      do throws(ArchiveError) {
        return try settings.openArchive(drawings)
      } catch {
        guard case .locked(_, let process) = error, process == predecessor,
          ContinuousClock.now < deadline
        else { throw error }
        if !isAsked { kill(predecessor, SIGTERM) }
        isAsked = true
        usleep(2_000)
      }
    }
  }

  private func removeOrphans(of archive: Archive, _ log: Log) throws {
    let sweep = try archive.files.removeOrphans()
    for path in sweep.removed {
      log.write(.notice, "file of an unfinished upload removed", [("file", .text(path))])
    }
    if sweep.left > 0 {
      log.write(
        .warning, "files without a publication left; is this the right database?",
        [
          ("files", .integer(sweep.left)),
          ("remove_with", .text("offprint verify --repair")),
        ])
    }
  }

  private func reread(_ context: Context, _ log: Log) {
    do {
      log.setLevel(try context.settingsAgain().logLevel)
      try log.reopen()
      log.write(.notice, "settings reloaded")
    } catch {
      log.write(.error, "settings not reloaded", [("error", .text(explanation(of: error)))])
    }
  }
}

/// Settings that contradict each other.
enum SettingConflict: Error, Equatable, CustomStringConvertible {
  case confirmationWithoutReplicator

  var description: String {
    "confirm-replication needs checkpoint = external, with which Litestream makes the checkpoints"
  }
}

extension Settings {
  /// The control socket that confirms changes; nil without one.
  var litestream: Litestream? {
    get throws(SettingConflict) {
      guard !self.confirmReplication.isEmpty else { return nil }
      guard self.checkpoint == .external else { throw .confirmationWithoutReplicator }
      return Litestream(
        socket: self.confirmReplication, database: Folder(path: self.data).database)
    }
  }

  var log: Log {
    get throws {
      self.logFile.isEmpty
        ? Log(format: self.logFormat, level: self.logLevel, output: STDOUT_FILENO)
        : try Log(format: self.logFormat, level: self.logLevel, file: self.logFile)
    }
  }

  func openArchive(_ drawings: Drawings? = nil) throws(ArchiveError) -> Archive {
    var options = archiveOptions
    options.drawings = drawings
    options.indexWait = .seconds(2)
    return try Archive.open(folder: self.data, access: .exclusive, options: options)
  }

  var archiveOptions: Archive.Options {
    var options = Archive.Options()
    options.reserveBytes = self.freeSpaceReserve
    options.leavesCheckpoints = self.checkpoint == .external
    options.mailSchedule.hour = self.mailHour
    options.mailSchedule.weekday = self.mailWeekday
    options.mailSchedule.zone = self.timeZone
    options.mailSchedule.delay = self.mailDelay.components.seconds
    options.subscriptionsPerHour = self.subscriptionsPerHour
    options.subscriptionsPerHourAndNetwork = self.subscriptionsPerNetwork
    options.sessionIdleTime = self.sessionIdle.components.seconds
    options.sessionLifetime = self.sessionLifetime.components.seconds
    return options
  }
}
