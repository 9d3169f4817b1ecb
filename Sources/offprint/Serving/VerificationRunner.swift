import Archive
import Dispatch
import Foundation
import Synchronization

/// Checks the PDFs at night, beside the running server and slowly enough not to disturb it.
final class VerificationRunner: Sendable {
  private let verification: ScheduledVerification
  private let hours: HourRange
  private let zone: SiteTimeZone
  private let log: Log
  private let queue = DispatchQueue(label: "offprint.verification", qos: .background)
  private let isStopped = Atomic(false)
  /// Bytes a second; 0 never checks.
  private let rate: Int

  /// Between two looks at the clock.
  private static let pause: DispatchTimeInterval = .seconds(30)

  init(archive: Archive, settings: Settings, log: Log) throws {
    verification = try ScheduledVerification(archive)
    (hours, rate) = (settings.verifyHours, settings.verifyRate)
    zone = settings.timeZone
    self.log = log
  }

  func start() {
    guard rate > 0 else { return }
    queue.async { [self] in
      attempt { for defect in try verification.recheckDamaged() { note(defect) } }
      work()
    }
  }

  /// Stops within a piece of a file, and stores how far the check is.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    queue.sync {}
    // If this fails, some files are checked twice.
    if rate > 0 { try? verification.store() }
  }

  private func work() {
    var start = ContinuousClock.now
    var bytes = 0
    attempt {
      while !isStopped.load(ordering: .relaxed), isDue(at: .now) {
        let step = try verification.step(at: .now) { read in
          bytes += read
          let ahead = Double(bytes) / Double(rate) - (ContinuousClock.now - start) / .seconds(1)
          if ahead > 0 { usleep(UInt32(min(ahead, 1) * 1_000_000)) }
          // Time lost to a busy disk is not made up for.
          if ahead < -1 { (start, bytes) = (.now, 0) }
          return !isStopped.load(ordering: .relaxed)
        }
        switch step {
        case .checked(let defect?): note(defect)
        case .checked(nil), .stopped: break
        case .ended(let status):
          log.write(
            .notice, "files verified",
            [("files", .integer(status.files)), ("damaged", .integer(status.damagedFiles))])
        }
      }
    }
    guard !isStopped.load(ordering: .relaxed) else { return }
    queue.asyncAfter(deadline: .now() + Self.pause) { self.work() }
  }

  private func isDue(at now: Instant) -> Bool {
    hours.contains(zone.localTime(at: now).hour) && verification.isDue(at: now)
  }

  private func note(_ defect: FileDefect) {
    log.write(.error, "file damaged", [("file", .text("\(defect)"))])
  }

  private func attempt(_ work: () throws -> Void) {
    do { try work() } catch {
      // The archive may be closed meanwhile.
      guard !isStopped.load(ordering: .relaxed) else { return }
      log.write(.error, "verification failed", [("error", .text(explanation(of: error)))])
    }
  }
}

/// Hours of the day: from the first until the last begins, also over midnight.
struct HourRange: Sendable, Equatable {
  let first: Int
  let last: Int

  /// Parses “1-5”, “22-4” or “0-24”; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }
      .map { Int($0.filter { $0 != " " }) }
    guard parts.count == 2, let first = parts[0], let last = parts[1], (0...23).contains(first),
      (0...24).contains(last), first != last
    else { return nil }
    (self.first, self.last) = (first, last)
  }

  /// Whether an hour of the day, from 0 to 23, is one of them.
  func contains(_ hour: Int) -> Bool {
    first < last ? first <= hour && hour < last : hour >= first || hour < last
  }
}
