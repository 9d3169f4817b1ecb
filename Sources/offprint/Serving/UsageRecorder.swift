import Archive
import Dispatch
import HTTP
import HTTPServer
import Site
import Synchronization

/// Counts the uses of publications from what the server has answered.
///
/// Addresses are not kept, not even in memory: a reader is a number that only this process can
/// make, of an address and a user agent. What is not settled when the process is killed is lost,
/// an hour at most.
final class UsageRecorder: Sendable {
  private let queue = DispatchQueue(label: "offprint.usage", qos: .utility)
  private let tally = Mutex(UsageTally())
  private let timer = Mutex<(any DispatchSourceTimer)?>(nil)
  private let archive: Archive
  private let robots: RobotList
  private let failed: @Sendable (any Error) -> Void
  /// Whether recent user agents are robots: readers have few different ones.
  private let knownUserAgents = Mutex<[String: Bool]>([:])
  /// All are forgotten when there are so many.
  private static let knownUserAgentLimit = 4096

  /// - Parameters:
  ///   - archive: Where the totals go.
  ///   - failed: Is told when totals could not be written; they are lost then.
  /// - Throws: When the list of programs cannot be read, which its tests rule out.
  init(archive: Archive, failed: @escaping @Sendable (any Error) -> Void) throws {
    self.archive = archive
    self.failed = failed
    robots = try RobotList()
  }

  /// Begins to write settled totals, minute by minute.
  func start() {
    timer.withLock { timer in
      let minutes = DispatchSource.makeTimerSource(queue: queue)
      minutes.schedule(deadline: .now() + 60, repeating: 60, leeway: .seconds(5))
      minutes.setEventHandler { [unowned self] in writeSettled(at: .now) }
      minutes.activate()
      timer = minutes
    }
  }

  /// Counts what was answered; returns at once.
  func take(_ records: [AccessRecord]) {
    let uses = records.compactMap(use)
    guard !uses.isEmpty else { return }
    queue.async { self.tally.withLock { tally in for use in uses { tally.count(use) } } }
  }

  /// Writes what is settled by a moment.
  func settle(at now: Instant) {
    queue.sync { writeSettled(at: now) }
  }

  /// Writes everything and ends.
  func stop() {
    timer.withLock { timer in
      timer?.cancel()
      timer = nil
    }
    queue.sync { write(tally.withLock { $0.takeAll() }) }
  }

  private func writeSettled(at now: Instant) {
    write(tally.withLock { $0.take(at: now.secondsSince1970) })
  }

  private func write(_ days: [DayUses]) {
    do { try archive.usage.add(days) } catch { failed(error) }
  }

  /// The use that an answered request is; nil for what is not counted.
  ///
  /// Only whole answers and 304 count: of the requests by which a viewer reads a PDF only the first
  /// is without a range (COUNTER 5.1 §7.1). What a browser loads ahead of time counts when it is
  /// asked for again, as nobody has seen it.
  private func use(_ record: AccessRecord) -> PublicationUse? {
    guard record.method == .get, record.status == 200 || record.status == 304, !record.isCut,
      !record.isPrefetch, let use = (record.route as? ResolvedRoute)?.match?.route.use,
      !isRobot(record.userAgent)
    else { return nil }
    var hasher = Hasher()
    hasher.combine(record.client)
    hasher.combine(record.userAgent)
    return PublicationUse(
      reader: hasher.finalize(), slug: use.slug, kind: use.kind, time: record.time / 1_000_000_000)
  }

  private func isRobot(_ userAgent: String) -> Bool {
    knownUserAgents.withLock { known in
      if let isRobot = known[userAgent] { return isRobot }
      let isRobot = robots.matches(userAgent)
      if known.count >= Self.knownUserAgentLimit { known = [:] }
      known[userAgent] = isRobot
      return isRobot
    }
  }
}
