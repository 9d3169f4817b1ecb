import Archive
import Dispatch
import Synchronization

/// Builds the search index beside a running server, then publishes what is due and computes the
/// related publications that pages have asked for.
final class IndexBuilder: Sendable {
  private let archive: Archive
  private let log: Log
  private let queue = DispatchQueue(label: "offprint.indexing", qos: .utility)
  private let isStopped = Atomic(false)

  /// Between two looks at what is to be done.
  private static let pause: DispatchTimeInterval = .seconds(5)
  private static let pauseWithinWork: DispatchTimeInterval = .milliseconds(20)

  init(archive: Archive, log: Log) {
    self.archive = archive
    self.log = log
  }

  func start() {
    queue.async { [self] in
      let start = ContinuousClock.now
      attempt { try archive.prepareSearch() }
      let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
      log.write(
        .notice, "search index built",
        [
          ("ms", .integer(milliseconds)), ("bytes", .integer(archive.indexBytes ?? 0)),
        ])
      attempt {
        for defect in try archive.files.checkLengths() {
          log.write(.error, "file damaged", [("file", .text("\(defect)"))])
        }
      }
      work()
    }
  }

  /// Starts nothing new; errors are no longer logged.
  func cancel() {
    isStopped.store(true, ordering: .relaxed)
  }

  func stop() {
    cancel()
    // Waits for what is running.
    queue.sync {}
  }

  private func work() {
    guard !isStopped.load(ordering: .relaxed) else { return }
    var left = 0
    attempt {
      try archive.publications.publishDue()
      try archive.remakeWornIndex()
      left = try archive.relate() + archive.duplicates.compare()
    }
    queue.asyncAfter(
      deadline: .now() + (left > 0 ? IndexBuilder.pauseWithinWork : IndexBuilder.pause)
    ) {
      self.work()
    }
  }

  private func attempt(_ work: () throws -> Void) {
    guard !isStopped.load(ordering: .relaxed) else { return }
    do { try work() } catch {
      // The archive may be closed meanwhile.
      guard !isStopped.load(ordering: .relaxed) else { return }
      log.write(.error, "indexing failed", [("error", .text(explanation(of: error)))])
    }
  }
}
