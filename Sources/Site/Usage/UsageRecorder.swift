package import Archive
import Dispatch
import Foundation
import HTTP
package import HTTPServer

/// Counts the uses of publications from what the server has answered.
///
/// Addresses are not kept, not even in memory: a reader is a number that only this process can
/// make, of an address and a user agent. What is not settled when the process is killed is lost,
/// an hour at most.
package final class UsageRecorder: @unchecked Sendable {
  // Sendable because what is mutable here is used on `queue` alone.
  private let queue = DispatchQueue(label: "offprint.usage", qos: .utility)
  private var tally = UsageTally()
  private var timer: (any DispatchSourceTimer)?
  private let archive: Archive
  private let robots: RobotList
  private let failed: @Sendable (any Error) -> Void

  /// - Parameters:
  ///   - archive: Where the totals go.
  ///   - failed: Is told when totals could not be written; they are lost then.
  /// - Throws: When the list of programs cannot be read, which its tests rule out.
  package init(archive: Archive, failed: @escaping @Sendable (any Error) -> Void) throws {
    self.archive = archive
    self.failed = failed
    robots = try RobotList()
  }

  /// Begins to write settled totals, minute by minute.
  package func start() {
    queue.sync {
      let timer = DispatchSource.makeTimerSource(queue: queue)
      timer.schedule(deadline: .now() + 60, repeating: 60, leeway: .seconds(5))
      timer.setEventHandler { [unowned self] in write(tally.take(at: Instant.now.secondsSince1970))
      }
      timer.activate()
      self.timer = timer
    }
  }

  /// Counts what was answered; returns at once.
  package func take(_ records: [AccessRecord]) {
    let uses = records.compactMap(use)
    guard !uses.isEmpty else { return }
    queue.async { for use in uses { self.tally.count(use) } }
  }

  /// Writes what is settled by a moment.
  package func settle(at now: Instant) {
    queue.sync { write(tally.take(at: now.secondsSince1970)) }
  }

  /// Writes everything and ends.
  package func stop() {
    queue.sync {
      timer?.cancel()
      timer = nil
      write(tally.takeAll())
    }
  }

  private func write(_ days: [DayUses]) {
    do { try archive.add(days) } catch { failed(error) }
  }

  /// The use that an answered request is; nil for what is not counted.
  ///
  /// Only whole answers and 304 count: of the requests by which a viewer reads a PDF only the first
  /// is without a range (COUNTER 5.1 §7.1).
  private func use(_ record: AccessRecord) -> PublicationUse? {
    guard record.method == .get, record.status == 200 || record.status == 304, !record.isCut,
      record.path.hasPrefix("/publications/"), let resource = Resource(path: record.path)
    else { return nil }
    let (slug, kind): (Slug, PublicationUse.Kind)
    switch resource {
    case .publication(let found): (slug, kind) = (found, .page)
    case .document(let found): (slug, kind) = (found, .document)
    default: return nil
    }
    guard !robots.matches(record.userAgent) else { return nil }
    var hasher = Hasher()
    hasher.combine(record.client)
    hasher.combine(record.userAgent)
    return PublicationUse(
      reader: hasher.finalize(), slug: slug, kind: kind, time: record.seconds)
  }
}
