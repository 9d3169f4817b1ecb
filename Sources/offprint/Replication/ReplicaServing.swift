import Archive
import Foundation
import HTTPServer
import Site
import Synchronization
import System

/// `offprint serve --replica`: serves a copy of the database without writing to it.
struct ReplicaServing {
  let settings: Settings
  let inherited: [Int32]
  /// The process ID of the replica to replace; nil without one.
  let predecessor: pid_t?
  let log: Log

  enum Failure: Error, Equatable, CustomStringConvertible {
    case noPrimary
    case noFileOrigin(primary: String)

    var description: String {
      switch self {
      case .noPrimary:
        "a replica needs --primary URL, the address of the server that writes"
      case .noFileOrigin(let primary):
        "\(primary): PDFs are fetched over plain HTTP; set file-origin to an address that begins"
          + " with http://, such as that of a local proxy"
      }
    }
  }

  /// - Parameters:
  ///   - stop: Ends it.
  ///   - reread: Called on SIGHUP.
  /// - Throws: ``Failure``, ``ArchiveError`` or ``ServerError``, when it cannot begin.
  func run(until stop: StopRequest, reread: @escaping @Sendable () -> Void) throws {
    let primary = settings.primary
    guard !primary.isEmpty else { throw Failure.noPrimary }
    guard let origin = settings.fileOrigin ?? HTTPAddress(primary) else {
      throw Failure.noFileOrigin(primary: primary)
    }
    let configuration = settings.serverConfiguration(inherited: inherited)
    let fetcher = FileFetcher(
      folder: settings.data, origin: OriginClient(origin: origin),
      reserveBytes: settings.freeSpaceReserve)
    fetcher.removeRemains()
    var options = settings.archiveOptions
    options.indexWait = .seconds(2)
    options.replicaThreads = configuration.workers
    options.fetcher = fetcher
    let (pool, drawings) = settings.drawings(log: log)
    options.drawings = drawings
    let version = Archive.databaseVersion(in: settings.data)
    let archive = try Archive.open(folder: settings.data, access: .replica, options: options)

    let listeners = try Listeners(configuration)
    let base = settings.baseURL.isEmpty ? primary : settings.baseURL
    let appearance = try settings.appearance(origin: base, of: archive, saying: log)
    let composer = MailComposer(
      appearance: appearance, address: settings.mailSender(origin: base).address)
    let refusal = CopyRefusal()
    let replication = Replication(
      .replica(primary: primary, lagLimit: settings.replicaLagLimit.components.seconds),
      warnings: {
        refusal.reason.withLock { $0 }.map { [.copyRefused($0)] } ?? []
      }, fetched: { fetcher.counts })
    let statistics = StatisticsSource()
    let makeSite: @Sendable (Archive, Site?) -> Site = { [log] archive, former in
      Site(
        archive: archive, appearance: appearance, composer: composer, outbox: NoOutbox(),
        statistics: { statistics.server.withLock { $0 }?.statistics }, replication: replication,
        succeeding: former, report: { log.write($0) })
    }
    let service = ReplicaService(
      site: makeSite(archive, nil), version: version, archive: archive, appearance: appearance,
      refusal: refusal, log: log, makeSite: { makeSite($0, $1) })
    _ = consume archive
    let server = Server(configuration: configuration, service: service, log: log)
    statistics.server.withLock { $0 = server }
    try server.start(on: listeners)
    for address in listeners.addresses {
      log.announce("Offprint listens on http://\(address), a replica of \(primary)")
    }
    service.start()
    pool.start()
    // A replica holds no lock, so both serve for a moment.
    if let predecessor { kill(predecessor, SIGTERM) }
    ServiceManager.notify("READY=1")
    let successor = Successor()
    let signals = Signals([SIGHUP, SIGUSR2]) { [log] number in
      guard number == SIGUSR2 else { return reread() }
      successor.start(sockets: server.listeningDescriptors, log: log) { stop.hasBeenMade }
    }
    stop.wait()
    ServiceManager.notify(successor.runningProcess.map { "MAINPID=\($0)" } ?? "STOPPING=1")
    log.write(.notice, "stopping")
    service.stop()
    pool.stop()
    server.stop(within: settings.stopLimit)
    withExtendedLifetime(signals) {}
    log.write(.notice, "stopped")
  }

  private final class StatisticsSource: Sendable {
    let server = Mutex<Server?>(nil)
  }
}

/// Takes no messages: a replica has no mailing list.
private struct NoOutbox: Outbox {
  struct Refused: Error {}

  func post(_ message: MailMessage) throws { throw Refused() }
}
