import Archive
import HTTP
import HTTPServer
import System

/// The audit log as a page and as a file.
extension Site {
  func auditLog(_ visit: StaffRequest) throws -> Response {
    let query = AuditQuery(visit, settings.timeZone)
    let isAdministrator = visit.session.account.role == .administrator
    return privatePage(
      .ok,
      visit.pages.auditLog(
        AuditList(
          query: query,
          found: try archive.staff.auditLog(
            query.filter,
            page: Query(visit.request.query).number("page", in: 1...1_000_000) ?? 1),
          actors: try archive.staff.auditActors(),
          accounts: isAdministrator
            ? Dictionary(
              try archive.staff.accounts().map { ($0.name, $0.id) },
              uniquingKeysWith: { first, _ in first }) : [:]),
        visit.staff))
  }

  /// The selected entries as CSV, written to a file without a name, as there can be many.
  func auditFile(_ visit: StaffRequest) throws -> Response {
    let query = AuditQuery(visit, settings.timeZone)
    let file = try TableFile(
      columns: ["time", "person", "action", "subject", "detail", "before", "after"],
      folder: archive.folder.incoming)
    try archive.staff.forEachAuditEntry(query.filter) { entry in
      file.add([
        entry.at.description, entry.actor, entry.action.rawValue, entry.subject,
        query.showsDetail(of: entry) ? entry.detail : "", entry.before ?? "", entry.after ?? "",
      ])
    }
    return Response(
      .ok,
      fields: [
        "Content-Type": CSV.mediaType,
        "Content-Disposition":
          ContentDisposition(.attachment, fileName: "audit-log.csv").description,
      ],
      content: .file(try file.finished()))
  }
}

/// What is asked of the audit log.
struct AuditQuery {
  let filter: AuditFilter
  /// The days as they were typed, the last one included; nil for none, and for what is no date.
  let firstDay: String?
  let lastDay: String?

  init(_ visit: StaffRequest, _ zone: SiteTimeZone) {
    let query = Query(visit.request.query)
    func minute(_ name: String, _ time: String) -> (day: String, instant: Instant)? {
      guard let day = query.text(name), day.utf8.count == 10,
        let local = LocalTime("\(day)T\(time)")
      else { return nil }
      return (day, zone.instant(at: local))
    }
    let first = minute("from", "00:00")
    let last = minute("to", "23:59")
    firstDay = first?.day
    lastDay = last?.day
    filter = AuditFilter(
      actor: query.text("who"), action: query.text("action").flatMap(AuditAction.init),
      subject: query.text("what") ?? "", from: first?.instant,
      before: last?.instant.adding(seconds: 60),
      isForAdministrators: visit.session.account.role == .administrator)
  }

  func address(_ resource: Resource, page: Int = 1) -> String {
    Query.address(
      resource,
      [
        ("who", filter.actor), ("action", filter.action?.rawValue),
        ("what", filter.subject.isEmpty ? nil : filter.subject), ("from", firstDay),
        ("to", lastDay), ("page", page > 1 ? "\(page)" : nil),
      ])
  }

  /// Whether the reader may see the detail: where colleagues sign in is for administrators.
  func showsDetail(of entry: AuditEntry) -> Bool {
    filter.isForAdministrators || entry.action != .signedIn
  }
}

/// What the page of the audit log shows.
struct AuditList {
  let query: AuditQuery
  let found: PageOf<AuditEntry>
  let actors: [String]
  /// The numbers of the accounts that the reader may see, by name.
  let accounts: [String: Int64]
}
