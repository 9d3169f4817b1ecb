internal import Synchronization

/// The sessions that were begun and not signed out of, kept in memory by the hashes of their
/// tokens.
///
/// It answers without the database whether a token can be one of ours. Sessions that ended by time
/// or with their account are in it until the next start: only `Archive.session` says who somebody is.
final class BegunSessions: Sendable {
  private let hashes = Mutex<Set<[UInt8]>>([])

  func insert(_ hash: [UInt8]) { hashes.withLock { _ = $0.insert(hash) } }

  func remove(_ hash: [UInt8]) { hashes.withLock { _ = $0.remove(hash) } }

  func contains(_ hash: [UInt8]) -> Bool { hashes.withLock { $0.contains(hash) } }

  func replaceAll(by hashes: [[UInt8]]) { self.hashes.withLock { $0 = Set(hashes) } }
}
