internal import Synchronization

/// The sessions that have not ended or ended not long ago, by the hashes of their tokens.
///
/// Their ages are measured by the time since the machine started: a wall clock that jumps ends none
/// and prolongs none. Only at a start is the wall clock asked how old the stored sessions are; one
/// that began in its future has ended, as nobody knows how old it is.
///
/// A session whose account was removed stays here until it is too old: only
/// ``Staff/session(_:at:)`` tells who somebody is.
final class LiveSessions: Sendable {
  /// In seconds since the machine started.
  private struct Times {
    let began: Int64
    var used: Int64
  }

  /// Seconds for which a session that has ended is remembered: a form that was sent after its end
  /// keeps its file until its owner has signed in again.
  static let memory: Int64 = 3 * 24 * 3600

  private let sessions = Mutex<[[UInt8]: Times]>([:])
  /// Seconds from its beginning.
  private let lifetime: Int64
  /// Seconds without use.
  private let idleTime: Int64

  init(lifetime: Int64, idleTime: Int64) {
    self.lifetime = lifetime
    self.idleTime = idleTime
  }

  /// Adds a session that began and was used at times by the wall clock, unless it ended long ago.
  ///
  /// - Returns: Whether it is remembered.
  func restore(_ hash: [UInt8], began: Instant, used: Instant, at now: Moment) -> Bool {
    let wall = now.wall.secondsSince1970
    let times = Times(
      began: now.uptime - (wall - began.secondsSince1970),
      used: now.uptime - (wall - used.secondsSince1970))
    guard times.began <= now.uptime, isRemembered(times, at: now.uptime) else { return false }
    sessions.withLock { $0[hash] = times }
    return true
  }

  func begin(_ hash: [UInt8], uptime: Int64) {
    sessions.withLock { $0[hash] = Times(began: uptime, used: uptime) }
  }

  func end(_ hash: [UInt8]) { sessions.withLock { _ = $0.removeValue(forKey: hash) } }

  func contains(_ hash: [UInt8]) -> Bool { sessions.withLock { $0[hash] != nil } }

  func isAlive(_ hash: [UInt8], uptime: Int64) -> Bool {
    sessions.withLock { sessions in sessions[hash].map { isAlive($0, at: uptime) } ?? false }
  }

  /// Notes a use of a session.
  ///
  /// - Returns: Seconds until it ends, and since its last use; nil when it has ended.
  func use(_ hash: [UInt8], uptime: Int64) -> (left: Int64, idle: Int64)? {
    sessions.withLock { sessions in
      guard let times = sessions[hash], isAlive(times, at: uptime) else { return nil }
      let idle = uptime - times.used
      // Once a minute, as it is stored.
      if idle > 60 { sessions[hash]?.used = uptime }
      return (times.began + lifetime - uptime, idle)
    }
  }

  /// Removes the sessions that ended long ago, and returns their hashes.
  func removeForgotten(uptime: Int64) -> [[UInt8]] {
    sessions.withLock { sessions in
      let ended = sessions.filter { !isRemembered($0.value, at: uptime) }.map(\.key)
      for hash in ended { sessions.removeValue(forKey: hash) }
      return ended
    }
  }

  private func isRemembered(_ times: Times, at uptime: Int64) -> Bool {
    uptime - times.began < lifetime + Self.memory && uptime - times.used < idleTime + Self.memory
  }

  private func isAlive(_ times: Times, at uptime: Int64) -> Bool {
    uptime - times.began < lifetime && uptime - times.used < idleTime
  }
}
