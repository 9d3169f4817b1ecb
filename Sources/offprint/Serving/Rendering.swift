import Archive
import CLinux
import Dispatch
import Site
import Synchronization

/// Makes the parts of pages beside a running server before readers ask for them: of all
/// publications after the first start, and of those that have changed.
final class Rendering: Sendable {
  private let site: Site
  private let log: Log
  private let queue = DispatchQueue(label: "offprint.rendering", qos: .utility)
  private let isStopped = Atomic(false)

  /// How long what has changed is let rest before it is made anew.
  private static let pause: DispatchTimeInterval = .seconds(5)
  private static let pauseWithinWork: DispatchTimeInterval = .milliseconds(5)

  init(site: Site, log: Log) {
    self.site = site
    self.log = log
  }

  func start() { queue.async { self.render(after: nil) } }

  func stop() {
    isStopped.store(true, ordering: .relaxed)
    // Waits for what is under way; what is left is made after the next start.
    queue.sync {}
  }

  /// - Parameter generation: The last in which nothing was left to be made.
  private func render(after generation: UInt64?) {
    guard !isStopped.load(ordering: .relaxed) else { return }
    let current = site.generation
    let isDone = generation == current || !renders()
    // What the making took is needed no more, and would stay with the process.
    if isDone, generation != current { malloc_trim(0) }
    queue.asyncAfter(
      deadline: .now() + (isDone ? Rendering.pause : Rendering.pauseWithinWork)
    ) { self.render(after: isDone ? current : nil) }
  }

  /// Whether something was left to be made.
  private func renders() -> Bool {
    do { return try site.renderMissing() > 0 } catch {
      log.write(.error, "rendering failed", [("error", .text(explanation(of: error)))])
      return false
    }
  }
}
