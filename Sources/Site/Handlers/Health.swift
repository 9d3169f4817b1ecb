import Archive
import Foundation
import HTTP

/// What monitors ask.
extension Site {
  /// Whether the process answers.
  func liveness() -> Response { plainJSON(.ok, .object([("status", "live")])) }

  /// Whether the site is able to serve: the database is read, and the folder of files looked at.
  func health() -> Response {
    let now = clock()
    var problems: [JSON] = []
    var publications: JSON = .null
    do {
      publications = .integer(try archive.totalIndex(at: now.wall))
    } catch {
      problems.append("the database does not answer")
      report(.failed(request: "", path: Resource.health.path, reason: "\(error)"))
    }
    if !FileManager.default.isWritableFile(atPath: archive.folder.files) {
      problems.append("the folder of files cannot be written")
    }
    let free = freeOctets
    if free == nil { problems.append("the disk does not answer") }
    let members: [(name: StaticString, value: JSON)] = [
      ("status", .text(problems.isEmpty ? "ready" : "failing")),
      ("problems", .array(problems)),
      ("version", .text(settings.version)),
      ("publications", publications),
      ("generation", .text(String(archive.generation))),
      ("free_bytes", free.map { .integer($0) } ?? .null),
      ("accepts_uploads", .bool((free ?? 0) >= settings.reserveOctets)),
      ("uptime_seconds", .integer(Int(now.uptime - started.uptime))),
    ]
    return plainJSON(problems.isEmpty ? .ok : .serviceUnavailable, .object(members))
  }

  /// What is free on the disk of the archive for this process; nil when the system does not say.
  var freeOctets: Int? {
    var status = statvfs()
    // Unsafe: statvfs reads the path and fills the structure, both of which outlive the call.
    guard unsafe statvfs(archive.folder.path, &status) == 0 else { return nil }
    let (octets, overflow) = Int(status.f_bavail).multipliedReportingOverflow(
      by: Int(status.f_frsize))
    return overflow ? Int.max : octets
  }

  private func plainJSON(_ status: Status, _ json: JSON) -> Response {
    Response(
      status,
      fields: [
        "Content-Type": "application/json", "Cache-Control": Caching.never.field.description,
      ],
      content: .octets(json.octets))
  }
}
