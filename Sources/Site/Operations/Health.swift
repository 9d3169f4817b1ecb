import Archive
import HTTP
import Markup
import Synchronization

/// Health checks for monitors.
extension Site {
  /// Whether the process responds.
  func liveness() -> Response {
    var response = plainJSON(.ok, ["status": "live"])
    // The cache of the server answers even while all workers are busy.
    response.isReusable = true
    response.depend(on: [])
    return response
  }

  /// Whether the site can serve.
  func health() -> Response {
    let now = clock()
    let health = recentHealth(at: now)
    let lag = lag(of: health, at: now.wall)
    var problems = health.problems
    if case .replica(_, let limit) = replication.role, let lag, lag > limit {
      problems.append("the copy of the database is \(lag) s old, more than replica-lag-limit")
    }
    let members: [(name: String, value: JSON)] = [
      ("status", .text(problems.isEmpty ? "ready" : "failing")),
      ("role", .text(replication.role.name)),
      ("problems", .array(problems.map { .text($0) })),
      ("warnings", .array(warnings.map { .text($0) })),
      ("version", .text(settings.version)),
      ("sqlite", .text(health.sqliteVersion)),
      ("publications", health.publications.map { .integer($0) } ?? .null),
      ("waiting_files", health.waitingFiles.map { .integer($0) } ?? .null),
      ("damaged_files", .array(health.damagedFiles.map(damagedFile))),
      ("last_verified", time(health.verification.lastSuccess)),
      ("last_backup", time(health.lastBackup)),
      ("generation", health.generation.map { .text(String($0.number)) } ?? .null),
      ("lag_seconds", lag.map { .integer(Int($0)) } ?? .null),
      ("free_bytes", .integer(health.freeBytes)),
      ("uptime_seconds", .integer(Int(now.uptime - started.uptime))),
    ]
    return plainJSON(problems.isEmpty ? .ok : .serviceUnavailable, .object(members))
  }

  /// How old the copy of a replica is, in seconds; nil for the server that writes.
  func lag(of health: ArchiveHealth, at now: Instant) -> Int64? {
    guard case .replica = replication.role, let generation = health.generation else { return nil }
    return max(0, now.secondsSince1970 - generation.time.secondsSince1970)
  }

  /// What somebody should look at, while the site can serve.
  private var warnings: [String] {
    let unreachable = purges.problems.count
    let caches =
      unreachable > 0
      ? ["\(unreachable) of \(purges.caches.count) caches cannot be purged"] : []
    return caches + replication.warnings().map(\.description)
  }

  private func time(_ instant: Instant?) -> JSON {
    instant.map { .text($0.description) } ?? .null
  }

  /// Checks the database and the disk, at most once a second, because there is no rate limit.
  func recentHealth(at now: Moment) -> ArchiveHealth {
    let second = Int64(now.uptime)
    return healthReport.withLock { report in
      if let report, report.uptime == second { return report.health }
      let health = archive.health(at: now.wall)
      report = (second, health)
      return health
    }
  }

  private func damagedFile(_ defect: FileDefect) -> JSON {
    [
      "sha256": .text(defect.sha256),
      "publications": .array(defect.slugs.map { .text($0.description) }),
      "problem": .text(defect.problem.description),
    ]
  }

  private func plainJSON(_ status: Status, _ json: JSON) -> Response {
    Response(
      status,
      fields: ["Content-Type": "application/json"],
      content: .bytes(json.bytes))
  }
}
