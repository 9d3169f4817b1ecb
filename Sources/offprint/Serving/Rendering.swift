import Archive
import CLinux
import Dispatch
import HTTPServer
import Site
import Synchronization

/// Makes the pages of publications beside a running server before readers ask for them: of all
/// after each start, and of those that have changed.
///
/// The newest come first, and as many as there is room for.
final class Rendering: Sendable {
  private let archive: Archive
  private let server: Server
  private let log: Log
  private let queue = DispatchQueue(label: "offprint.rendering", qos: .utility)
  private let isStopped = Atomic(false)

  /// How long what has changed is let rest before it is made anew.
  private static let pause: DispatchTimeInterval = .seconds(5)
  /// After so many pages others have a turn at the processor.
  private static let batch = 20
  private static let pauseWithinWork: useconds_t = 5_000
  /// So many pages leave memory behind that is worth giving back.
  private static let much = 500
  /// So many pages in turn that cannot be kept mean that none can, as when the disk is full.
  private static let mostFailures = 20

  init(archive: Archive, server: Server, log: Log) {
    self.archive = archive
    self.server = server
    self.log = log
  }

  func start() { queue.async { self.render(after: nil) } }

  func stop() {
    isStopped.store(true, ordering: .relaxed)
    // Waits for the page that is being made.
    queue.sync {}
  }

  /// - Parameter generation: The last whose pages have been made.
  private func render(after generation: UInt64?) {
    guard !isStopped.load(ordering: .relaxed) else { return }
    let current = archive.generation
    if generation != current {
      do { try renderAll() } catch {
        log.write(.error, "rendering failed", [("error", .text(explanation(of: error)))])
      }
    }
    queue.asyncAfter(deadline: .now() + Rendering.pause) { self.render(after: current) }
  }

  private func renderAll() throws {
    var room = server.preparingRoom
    guard room > 0, room < archive.spareOctets else { return }
    var (made, failures) = (0, 0)
    for address in try archive.publicAddresses().reversed() {
      guard room > 0, failures < Rendering.mostFailures,
        !isStopped.load(ordering: .relaxed)
      else { break }
      guard let answer = server.prepare(Resource.publication(address.slug).path) else {
        failures += 1
        continue
      }
      failures = 0
      room -= answer.octets
      guard answer.isNew else { continue }
      made += 1
      if made % Rendering.batch == 0 { usleep(Rendering.pauseWithinWork) }
    }
    guard made >= Rendering.much else { return }
    try archive.releaseMemory()
    malloc_trim(0)
  }
}
