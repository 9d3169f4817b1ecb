import Archive
import Glibc
import HTTPServer
import Site
import Synchronization

/// Makes the pages of publications before readers ask for them: of all after each start, and of
/// those that have changed.
///
/// The newest come first, and as many as there is room for.
final class Rendering: Sendable {
  private let archive: Archive
  private let server: Server
  private let isStopped = Atomic(false)
  /// The archive's, when pages were made last; 0 before.
  private let generation = Atomic<UInt64>(0)

  /// After so many pages others have a turn at the processor.
  private static let batch = 20
  private static let pause: useconds_t = 5_000
  /// So many pages leave memory behind that is worth giving back.
  private static let much = 500
  /// So many pages in turn that cannot be kept mean that none can, as when the disk is full.
  private static let mostFailures = 20

  init(archive: Archive, server: Server) {
    self.archive = archive
    self.server = server
  }

  /// Has `renderChanged` leave the rest.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Makes what has changed since the last time; called on one queue.
  ///
  /// - Throws: When the archive cannot be read.
  func renderChanged() throws {
    let current = archive.generation
    guard generation.load(ordering: .relaxed) != current, archive.spareOctets > 0 else { return }
    let addresses = try archive.publicAddresses()
    // What cannot be read is tried again.
    generation.store(current, ordering: .relaxed)
    var room = server.preparingRoom
    var (made, failures) = (0, 0)
    for address in addresses.reversed() {
      guard room > 0, failures < Rendering.mostFailures, !isStopped.load(ordering: .relaxed)
      else { break }
      guard let answer = server.prepare(Resource.publication(address.slug).path) else {
        failures += 1
        continue
      }
      failures = 0
      room -= answer.octets
      guard answer.isNew else { continue }
      made += 1
      if made % Rendering.batch == 0 { usleep(Rendering.pause) }
    }
    guard made >= Rendering.much else { return }
    try archive.releaseMemory()
    Memory.release()
  }
}
