import Archive
import Dispatch
import Synchronization

/// Builds the search index beside a running server, and whenever something has changed the lists of
/// related publications.
final class Indexing: Sendable {
  private let archive: Archive
  private let log: Log
  private let queue = DispatchQueue(label: "offprint.indexing", qos: .utility)
  private let isStopped = Atomic(false)

  /// How long what has changed is let rest before it is looked at.
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
          ("ms", .integer(milliseconds)), ("octets", .integer(archive.indexOctets ?? 0)),
        ])
      attempt {
        for defect in try archive.files.checkLengths() {
          log.write(.error, "file damaged", [("file", .text("\(defect)"))])
        }
      }
      goOn()
    }
  }

  /// Lets nothing new begin; what is under way may fail from now on without a word.
  func cancel() {
    isStopped.store(true, ordering: .relaxed)
  }

  func stop() {
    cancel()
    // Waits for what is under way; what is left is done after the next start.
    queue.sync {}
  }

  private func goOn() {
    guard !isStopped.load(ordering: .relaxed) else { return }
    var left = 0
    attempt {
      try archive.publications.publishDue()
      try archive.remakeWornIndex()
      left = try archive.relate()
    }
    queue.asyncAfter(deadline: .now() + (left > 0 ? Indexing.pauseWithinWork : Indexing.pause)) {
      self.goOn()
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
