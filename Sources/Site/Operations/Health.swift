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

  /// Whether the site can serve; checked at most once a second, because there is no rate limit.
  func health() -> Response {
    let now = clock()
    let second = Int64(now.uptime)
    return healthReport.withLock { report in
      if let report, report.uptime == second { return report.response }
      let response = health(at: now)
      report = (second, response)
      return response
    }
  }

  /// Checks the database and the folder of files.
  private func health(at now: Moment) -> Response {
    let health = archive.health(at: now.wall)
    let members: [(name: String, value: JSON)] = [
      ("status", .text(health.isWell ? "ready" : "failing")),
      ("problems", .array(health.problems.map { .text($0) })),
      ("warnings", .array(warnings.map { .text($0) })),
      ("version", .text(settings.version)),
      ("sqlite", .text(health.sqliteVersion)),
      ("publications", health.publications.map { .integer($0) } ?? .null),
      ("waiting_files", health.waitingFiles.map { .integer($0) } ?? .null),
      ("damaged_files", .array(health.damagedFiles.map(damagedFile))),
      ("last_verified", time(health.verification.lastSuccess)),
      ("last_backup", time(health.lastBackup)),
      ("generation", .text(String(archive.generation))),
      ("free_bytes", .integer(health.freeBytes)),
      ("uptime_seconds", .integer(Int(now.uptime - started.uptime))),
    ]
    return plainJSON(health.isWell ? .ok : .serviceUnavailable, .object(members))
  }

  /// What somebody should look at, while the site can serve.
  private var warnings: [String] {
    let unreachable = purges.problems.count
    return unreachable > 0
      ? ["\(unreachable) of \(purges.caches.count) caches cannot be purged"] : []
  }

  private func time(_ instant: Instant?) -> JSON {
    instant.map { .text($0.description) } ?? .null
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
