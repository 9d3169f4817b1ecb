internal import Digests
internal import Dispatch
internal import Synchronization
internal import System

/// A server that has the PDFs.
package protocol FileOrigin: Sendable {
  /// Passes a file to `body`, piece by piece.
  ///
  /// - Parameters:
  ///   - path: Of the file below the origin, such as `files/ab/cd/abcd….pdf`.
  ///   - body: Throws when it wants no more.
  /// - Throws: ``FileFetcher/Failure``, or what `body` throws.
  func read(_ path: String, _ body: ([UInt8]) throws -> Void) throws
}

/// Fetches PDFs that a replica does not have yet.
///
/// What has another length or hash than expected is never stored. Simultaneous requests for one file
/// share one fetch. After a failure the same file is not asked for again for a moment, so that an
/// origin in trouble is not asked for each reader.
package final class FileFetcher: Sendable {
  /// Why a file could not be fetched.
  package enum Failure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The origin does not answer, or answers with an error.
    case unavailable(String)
    /// The origin sent something else. Its length or its hash is not the expected one.
    case wrongContent(sha256: String)
    /// It cannot be stored here.
    case notStored(String)

    package var description: String {
      switch self {
      case .unavailable(let reason): reason
      case .wrongContent(let sha256): "the origin sent other bytes than those of \(sha256)"
      case .notStored(let reason): reason
      }
    }
  }

  /// Since the start.
  package struct Counts: Sendable, Equatable {
    package var fetched = 0
    package var failed = 0
    package var wrong = 0
  }

  /// How long a file is not asked for after a failure.
  package static let pause: Duration = .seconds(2)
  /// Of the file names in `incoming/` of what is being fetched.
  private static let prefix = "fetch-"

  /// A fetch that others may wait for.
  private final class Fetch: Sendable {
    let running = DispatchGroup()
    let failure = Mutex<Failure?>(nil)
  }

  private struct State {
    var running: [String: Fetch] = [:]
    var failures: [String: (failure: Failure, until: ContinuousClock.Instant)] = [:]
    var counts = Counts()
  }

  private let folder: Folder
  private let origin: any FileOrigin
  private let reserveBytes: Int
  private let clock: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  /// - Parameters:
  ///   - folder: The data folder.
  ///   - origin: Where the files are.
  ///   - reserveBytes: The free bytes below which nothing is fetched.
  ///   - clock: The time; replaced by tests.
  package init(
    folder: String, origin: any FileOrigin, reserveBytes: Int = 0,
    clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.folder = Folder(path: folder)
    self.origin = origin
    self.reserveBytes = reserveBytes
    self.clock = clock
  }

  package var counts: Counts { state.withLock { $0.counts } }

  /// Removes what fetches left behind when the process was killed.
  package func removeRemains() {
    for name in (try? FileSystem.names(in: folder.incoming)) ?? []
    where name.hasPrefix(Self.prefix) {
      // What is left takes some space and nothing else.
      try? FileSystem.remove("\(folder.incoming)/\(name)")
    }
  }

  /// Fetches a file and puts it into its place.
  ///
  /// - Parameters:
  ///   - sha256: Its hash.
  ///   - bytes: Its length.
  ///   - isHere: Whether another fetch, which ended meanwhile, has brought it.
  /// - Throws: ``Failure``; then the place is as it was.
  func fetch(_ sha256: String, bytes: Int, unless isHere: () -> Bool) throws(Failure) {
    let (fetch, isFirst) = try join(sha256)
    guard isFirst else {
      fetch.running.wait()
      if let failure = fetch.failure.withLock({ $0 }) { throw failure }
      return
    }
    let isFetched = !isHere()
    let failure = isFetched ? failure(of: sha256, bytes: bytes) : nil
    fetch.failure.withLock { $0 = failure }
    state.withLock { state in
      state.running[sha256] = nil
      if let failure {
        if state.failures.count >= 1000 { state.failures.removeAll() }
        state.failures[sha256] = (failure, clock() + Self.pause)
      }
      switch failure {
      case nil: state.counts.fetched += isFetched ? 1 : 0
      case .wrongContent: state.counts.wrong += 1
      case .unavailable, .notStored: state.counts.failed += 1
      }
    }
    fetch.running.leave()
    if let failure { throw failure }
  }

  private func join(_ sha256: String) throws(Failure) -> (Fetch, isFirst: Bool) {
    let now = clock()
    let outcome = state.withLock { state -> Result<(Fetch, isFirst: Bool), Failure> in
      if let fetch = state.running[sha256] { return .success((fetch, false)) }
      if let (failure, until) = state.failures.removeValue(forKey: sha256), now < until {
        state.failures[sha256] = (failure, until)
        return .failure(failure)
      }
      let fetch = Fetch()
      fetch.running.enter()
      state.running[sha256] = fetch
      return .success((fetch, true))
    }
    return try outcome.get()
  }

  private func failure(of sha256: String, bytes: Int) -> Failure? {
    do {
      try receive(sha256, bytes: bytes)
      return nil
    } catch let failure as Failure {
      return failure
    } catch {
      return .notStored("\(error)")
    }
  }

  private func receive(_ sha256: String, bytes: Int) throws {
    guard FileSystem.freeBytes(folder.path) - bytes >= reserveBytes else {
      throw Failure.notStored("not enough free disk space for \(sha256)")
    }
    try FileSystem.makeFolder(folder.incoming)
    let path = "\(folder.incoming)/\(Self.prefix)\(SystemRandomNumberGenerator.token(octets: 12))"
    defer { try? FileSystem.remove(path) }
    let file = try FileDescriptor(path, for: .creating)
    var hash = SHA256()
    var count = 0
    try origin.read(Folder(path: "").file(sha256).droppingSlash) { piece in
      count += piece.count
      guard count <= bytes else { throw Failure.wrongContent(sha256: sha256) }
      hash.update(piece)
      try file.write(piece)
    }
    guard count == bytes, hash.finish().hexadecimal == sha256 else {
      throw Failure.wrongContent(sha256: sha256)
    }
    try file.setMode(0o400)
    try file.flush()
    let place = folder.file(sha256)
    let parent = FileSystem.parent(of: place)
    try FileSystem.makeFolder(parent)
    try FileSystem.rename(path, to: place)
    try FileSystem.flushFolder(parent)
  }
}

extension String {
  fileprivate var droppingSlash: String { hasPrefix("/") ? String(dropFirst()) : self }
}
