internal import Foundation
internal import SQLite
internal import Synchronization

/// Reads every PDF again and again beside a running server, one at a time.
///
/// A pass goes through all files in the order of their arrival. How far it is and what it found is
/// stored, so that it continues after a restart. Damaged files count as such from then on, for
/// readers, staff and monitors (see ``Files/damaged(most:)``), until they are whole again.
package final class ScheduledVerification: Sendable {
  /// What the passes have found.
  package struct Status: Codable, Sendable, Equatable {
    /// Seconds since 1970 at which the last pass ended that found every file whole; nil when none
    /// has.
    fileprivate var success: Int64?
    /// Seconds since 1970 at which the last pass ended; nil when none has.
    fileprivate var end: Int64?
    /// The key of the last file that the present pass has checked; nil between passes.
    fileprivate var position: Int64?
    /// The files that the present pass has checked.
    fileprivate var checked = 0
    /// The files that the last complete pass has checked.
    package fileprivate(set) var files = 0
    /// The SHA-256 of files that were damaged when they were checked last.
    fileprivate var damaged: Set<String> = []

    package var lastSuccess: Instant? { success.map { Instant(secondsSince1970: $0) } }
    package var lastPass: Instant? { end.map { Instant(secondsSince1970: $0) } }
    /// How many damaged files the passes have found.
    package var damagedFiles: Int { damaged.count }
  }

  /// The result of a step.
  package enum Step: Sendable, Equatable {
    /// A file was checked.
    case checked(FileDefect?)
    /// There are no more files; the pass is over.
    case ended(Status)
    /// The caller stopped in the middle of a file, which is checked again next time.
    case stopped
  }

  private let archive: Archive
  private let state: Mutex<Status>

  /// Seconds from the end of a pass until the next may begin: one pass a night.
  private static let pause: Int64 = 20 * 3600
  /// The files after which the position is stored.
  private static let filesBetweenStores = 50

  /// Continues where the last process was.
  ///
  /// - Parameter archive: Open for writing.
  /// - Throws: What the database throws.
  package init(_ archive: Archive) throws {
    self.archive = archive
    state = Mutex(try archive.verificationStatus())
  }

  package var status: Status { state.withLock { $0 } }

  /// Whether a pass has begun, or the last one is long enough ago.
  package func isDue(at now: Instant) -> Bool {
    state.withLock { state in
      guard state.position == nil, let end = state.end else { return true }
      // A clock that was set back does not stop the checks.
      return end > now.secondsSince1970 || now.secondsSince1970 - end >= Self.pause
    }
  }

  /// Checks again what was damaged, so that a server knows of it from its start.
  ///
  /// - Returns: The files that are damaged still.
  /// - Throws: What the database throws.
  package func recheckDamaged() throws -> [FileDefect] {
    try status.damaged.sorted().compactMap { sha256 in
      guard let file = try archive.core.read({ try $0.storedFile(sha256) }) else {
        state.withLock { _ = $0.damaged.remove(sha256) }
        return nil
      }
      let defect = try archive.files.defect(sha256, bytes: file.bytes)
      if defect == nil { state.withLock { _ = $0.damaged.remove(sha256) } }
      return defect
    }
  }

  /// Checks the next file of the pass, or ends the pass.
  ///
  /// - Parameters:
  ///   - now: The time, which is stored at the end of the pass.
  ///   - read: Called with the number of bytes of each piece that was read, to slow the reading down;
  ///     false stops.
  /// - Returns: What was done.
  /// - Throws: What the database throws, and ``FileError`` when the system has no descriptors left.
  package func step(at now: Instant, read: (Int) -> Bool = { _ in true }) throws -> Step {
    let position = status.position ?? 0
    guard let file = try archive.core.read({ try $0.nextFile(after: position) }) else {
      let ended = state.withLock { state in
        state.end = now.secondsSince1970
        if state.damaged.isEmpty { state.success = now.secondsSince1970 }
        (state.files, state.checked, state.position) = (state.checked, 0, nil)
        return state
      }
      try store()
      return .ended(ended)
    }
    var defect: FileDefect?
    do {
      guard try archive.files.readAgain(file.sha256, bytes: file.bytes, read) else {
        return .stopped
      }
    } catch let found as FileDefect {
      // Not if the draft was deleted meanwhile.
      if try archive.core.read({ try $0.storedFile(file.sha256) }) != nil { defect = found }
    }
    let checked = state.withLock { [defect] state in
      state.position = file.id
      state.checked += 1
      if defect == nil {
        state.damaged.remove(file.sha256)
      } else {
        state.damaged.insert(file.sha256)
      }
      return state.checked
    }
    if defect != nil || checked % Self.filesBetweenStores == 0 { try store() }
    return .checked(defect)
  }

  /// Stores how far the pass is; called before the archive is closed.
  package func store() throws {
    let text = String(decoding: try JSONEncoder().encode(status), as: UTF8.self)
    try archive.core.change(.nothingPublic) { connection in
      try connection.run(
        """
        INSERT INTO setting (name, value) VALUES ('file checks', \(text))
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """)
    }
  }
}

extension Archive {
  /// What scheduled verification has found.
  package func verificationStatus() throws -> ScheduledVerification.Status {
    let text = try core.read { connection in
      try connection.row("SELECT value FROM setting WHERE name = 'file checks'") { $0.text(0) }
    }
    guard let text,
      let status = try? JSONDecoder().decode(
        ScheduledVerification.Status.self, from: Data(text.utf8))
    else { return ScheduledVerification.Status() }
    return status
  }
}

extension Connection {
  fileprivate func nextFile(
    after id: Int64
  ) throws(SQLiteError) -> (id: Int64, sha256: String, bytes: Int)? {
    try row("SELECT id, sha256, bytes FROM file WHERE id > \(id) ORDER BY id LIMIT 1") {
      ($0.integer(0), $0.text(1), $0.count(2))
    }
  }

  fileprivate func storedFile(_ sha256: String) throws(SQLiteError) -> (id: Int64, bytes: Int)? {
    try row("SELECT id, bytes FROM file WHERE sha256 = \(sha256)") {
      ($0.integer(0), $0.count(1))
    }
  }
}
