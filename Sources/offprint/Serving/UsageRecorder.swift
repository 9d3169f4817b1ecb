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
  private let memory = Mutex(UsageMemory())

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
    do { try archive.add(days) } catch { failed(error) }
  }

  /// The use that an answered request is; nil for what is not counted.
  ///
  /// Only whole answers and 304 count: of the requests by which a viewer reads a PDF only the first
  /// is without a range (COUNTER 5.1 §7.1). What a browser loads ahead of time counts when it is
  /// asked for again, as nobody has seen it.
  private func use(_ record: AccessRecord) -> PublicationUse? {
    guard record.method == .get, record.status == 200 || record.status == 304, !record.isCut,
      !record.isPrefetch,
      record.path.hasPrefix("/publications/")
    else { return nil }
    let used = memory.withLock { memory in
      memory.isRobot(record.userAgent, robots) ? nil : memory.used(by: record.path)
    }
    guard let (slug, kind) = used else { return nil }
    var hasher = Hasher()
    hasher.combine(record.client)
    hasher.combine(record.userAgent)
    return PublicationUse(
      reader: hasher.finalize(), slug: slug, kind: kind, time: record.seconds)
  }
}

/// What was found of the paths and user agents that came lately: readers repeat each other.
private struct UsageMemory {
  /// What comes from outside is forgotten together when there is so much of it.
  private static let most = 4096
  private var paths: [String: (slug: Slug, kind: PublicationUse.Kind)?] = [:]
  private var robots: [String: Bool] = [:]

  mutating func used(by path: String) -> (slug: Slug, kind: PublicationUse.Kind)? {
    if let known = paths[path] { return known }
    let used: (slug: Slug, kind: PublicationUse.Kind)? =
      switch Resource(path: path) {
      case .publication(let slug): (slug, .page)
      case .document(let slug): (slug, .document)
      case .reading(let slug): (slug, .reading)
      default: nil
      }
    if paths.count >= Self.most { paths = [:] }
    paths[path] = .some(used)
    return used
  }

  mutating func isRobot(_ userAgent: String, _ list: RobotList) -> Bool {
    if let known = robots[userAgent] { return known }
    let isRobot = list.matches(userAgent)
    if robots.count >= Self.most { robots = [:] }
    robots[userAgent] = isRobot
    return isRobot
  }
}
