import Archive
import HTTP

/// What monitors ask.
extension Site {
  /// Whether the process answers.
  func liveness() -> Response {
    var response = plainJSON(.ok, .object([("status", "live")]))
    // No cache keeps it, but the loops may say it without asking a worker, all of which may be
    // busy.
    response.isReusable = true
    response.isMade(of: [])
    return response
  }

  /// Whether the site is able to serve: the database is read, and the folder of files looked at.
  func health() -> Response {
    let now = clock()
    let health = archive.health(at: now.wall)
    let members: [(name: String, value: JSON)] = [
      ("status", .text(health.isWell ? "ready" : "failing")),
      ("problems", .array(health.problems.map { .text($0) })),
      ("version", .text(settings.version)),
      ("sqlite", .text(health.sqliteVersion)),
      ("publications", health.publications.map { .integer($0) } ?? .null),
      ("waiting_files", health.waitingFiles.map { .integer($0) } ?? .null),
      ("damaged_files", .array(health.damagedFiles.map(damagedFile))),
      ("generation", .text(String(archive.generation))),
      ("free_bytes", .integer(health.freeOctets)),
      ("uptime_seconds", .integer(Int(now.uptime - started.uptime))),
    ]
    return plainJSON(health.isWell ? .ok : .serviceUnavailable, .object(members))
  }

  private func damagedFile(_ defect: FileDefect) -> JSON {
    .object([
      ("sha256", .text(defect.sha256)),
      ("publications", .array(defect.slugs.map { .text($0.description) })),
      ("problem", .text(defect.problem.description)),
    ])
  }

  private func plainJSON(_ status: Status, _ json: JSON) -> Response {
    Response(
      status,
      fields: [
        "Content-Type": "application/json", "Cache-Control": Caching.never.field,
      ],
      content: .octets(json.octets))
  }
}
