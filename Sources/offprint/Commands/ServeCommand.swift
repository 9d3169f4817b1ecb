import Archive
import Foundation
import HTTPServer
import Site

/// `offprint serve`: the archive, over HTTP, until it is told to stop.
struct ServeCommand: Command {
  static let name = "serve"
  static let summary = "Serves the archive over HTTP."
  static let forms = ["[--demo] [--listen ADDRESS:PORT] [--data DIR]"]
  static let details = """
    --demo     Fills an empty data folder with a dozen sample publications first.

    SIGTERM and SIGINT stop it when running requests have ended, or after stop-limit; a second
    one at once. SIGHUP reads log-level again.
    """
  static let settings = Declarations.sections.flatMap(\.settings)

  private let isDemo: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    isDemo = arguments.flag("--demo")
  }

  func run(_ context: Context) throws -> ExitStatus {
    let inherited = ServiceManager.takeDescriptors()
    let stop = StopRequest()
    let settings = context.settings
    let log = Log(format: settings.logFormat, level: settings.logLevel, output: STDOUT_FILENO)
    let archive = try Archive.open(
      folder: settings.data, access: .exclusive, options: settings.archiveOptions)
    defer {
      archive.close()
      log.flush()
    }
    if isDemo {
      _ = try archive.fillWithSamples(
        reading: Extractor(settings), width: settings.extractionWidth)
    }
    let running = try Serving(
      archive: archive, settings: settings, inherited: inherited, log: log)
    let extraction = ExtractionQueue(archive: archive, settings: settings, log: log)
    extraction.start()
    let usage = try UsageRecorder(archive: archive) { error in
      log.write(.error, "uses not counted", [("error", .text(explanation(of: error)))])
    }
    usage.start()
    log.observe { usage.take($0) }
    let reload = Signals([SIGHUP]) { _ in reread(context, log) }
    defer { withExtendedLifetime(reload) {} }
    try running.announce(archive, to: log)
    ServiceManager.notify("READY=1")
    stop.wait()
    ServiceManager.notify("STOPPING=1")
    log.write(.notice, "stopping")
    extraction.stop()
    running.server.stop(within: settings.stopLimit)
    log.flush()
    usage.stop()
    log.write(.notice, "stopped")
    return .done
  }

  private func reread(_ context: Context, _ log: Log) {
    do {
      log.setLevel(try context.settingsAgain().logLevel)
      log.write(.notice, "settings read again")
    } catch {
      log.write(.error, "settings not read again", [("error", .text(explanation(of: error)))])
    }
  }
}

extension Settings {
  var archiveOptions: Archive.Options {
    var options = Archive.Options()
    options.reserveOctets = self.freeSpaceReserve
    options.leavesCheckpoints = self.checkpoint == .external
    options.sessionIdleTime = self.sessionIdle.components.seconds
    options.sessionLifetime = self.sessionLifetime.components.seconds
    return options
  }
}
