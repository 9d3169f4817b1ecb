import Archive
import HTTP
import Markup

/// The COUNTER API, release 5.1 (formerly SUSHI), and the same reports for staff.
///
/// It is for programs that collect usage statistics. They send the key that the setting
/// `counter-key` has; without one only `/status` answers. The only customer is “The World”: readers
/// do not sign in, so usage is not known by institution.
extension Site {
  func counterStatus() -> Response {
    counterJSON(
      .ok,
      [
        [
          "Description": .text("Usage of \(settings.name)"),
          "Service_Active": .bool(!settings.counterKey.isEmpty), "Registry_Record": "",
          "Note": settings.counterKey.isEmpty ? "No key has been set." : nil,
        ]
      ])
  }

  func counterMembers(_ request: Request) -> Response {
    answeringCounter(request) { () throws(CounterException) in
      [
        [
          "Institution_Name": "The World", "Customer_ID": .text(CounterReport.world),
          "Notes": "All usage; readers do not sign in.",
        ]
      ]
    }
  }

  func counterReports(_ request: Request) throws -> Response {
    let current = Month(of: now)
    let last = current.adding(months: -1)
    let first = min(try archive.usage.firstMonth() ?? last, last)
    return answeringCounter(request) { () throws(CounterException) in
      .array(
        CounterReportKind.allCases.map { report in
          [
            "Report_Name": .text(report.name), "Report_ID": .text(report.rawValue),
            "Release": "5.1", "Report_Description": .text(report.description),
            "Path": .text(Resource.counterReport(report).path),
            "First_Month_Available": .text(first.description),
            "Last_Month_Available": .text(last.description),
          ]
        })
    }
  }

  func counterReport(_ report: CounterReportKind, _ request: Request) throws -> Response {
    let available = try archive.usage.firstMonth()
    let fields = FormFields(query: request.query, limit: 50)
    let asked: CounterRequest
    do throws(CounterException) {
      try authorize(fields)
      asked = try CounterRequest(report, fields, available: available, at: Month(of: now))
    } catch {
      return counterJSON(error.kind.status, error.json)
    }
    return counterJSON(.ok, try counterReport(asked).json)
  }

  private func counterReport(_ asked: CounterRequest) throws -> CounterReport {
    CounterReport(
      asked,
      of: try archive.usage.publications(from: asked.first, through: asked.last, at: now),
      settings: settings, created: now)
  }

  /// A report for staff, in a period of the statistics, with all that it can show.
  func counterFile(
    _ report: CounterReportKind, _ format: CounterFormat, _ visit: StaffRequest
  ) throws -> Response {
    let period = StatisticsQuery(Query(visit.request.query), at: now)
    let shown = report.attributes.filter { $0 != .articleVersion && $0 != .accessMethod }
    let file = try counterReport(
      CounterRequest(report, from: period.first, through: period.last, attributes: shown))
    let name = "\(report.rawValue)-\(period.first)-\(period.last).\(format.rawValue)"
    return Response(
      .ok,
      fields: [
        "Content-Type": format.mediaType,
        "Content-Disposition": "attachment; filename=\"\(name)\"",
      ],
      content: .bytes(format == .json ? file.json.bytes : TabSeparated(file.table).bytes))
  }

  // MARK: Requests

  private func answeringCounter(
    _ request: Request, _ answer: () throws(CounterException) -> JSON
  ) -> Response {
    do throws(CounterException) {
      try authorize(FormFields(query: request.query, limit: 50))
      return counterJSON(.ok, try answer())
    } catch {
      return counterJSON(error.kind.status, error.json)
    }
  }

  /// Checks the key and the customer.
  private func authorize(_ fields: FormFields) throws(CounterException) {
    guard let key = fields["api_key"] else {
      throw CounterException(.insufficientInformation, "api_key")
    }
    guard let customer = fields["customer_id"] else {
      throw CounterException(.insufficientInformation, "customer_id")
    }
    guard !settings.counterKey.isEmpty, FormToken.isEqual(key, settings.counterKey) else {
      throw CounterException(.invalidKey)
    }
    guard customer == CounterReport.world else {
      throw CounterException(.notAuthorized, "the customer ID is \(CounterReport.world)")
    }
  }

  private func counterJSON(_ status: Status, _ json: JSON) -> Response {
    Response(
      status,
      fields: [
        "Content-Type": "application/json", "Cache-Control": cacheControl(.never),
      ],
      content: .bytes(json.bytes))
  }
}

/// The formats of a report as a file.
package enum CounterFormat: String, Sendable, CaseIterable {
  case json, tsv

  var mediaType: String {
    switch self {
    case .json: "application/json"
    case .tsv: "text/tab-separated-values; charset=utf-8"
    }
  }
}

/// A table as tab-separated values in UTF-8.
struct TabSeparated {
  let bytes: [UInt8]

  /// Values lose tabs and line ends; one that a spreadsheet would evaluate gets an apostrophe.
  init(_ rows: [[String]]) {
    bytes = Array(
      rows.map { row in row.map(TabSeparated.value).joined(separator: "\t") + "\n" }.joined().utf8)
  }

  private static func value(_ text: String) -> String {
    let line = text.words.joined(separator: " ")
    let isFormula: Bool =
      switch line.utf8.first {
      case UInt8(ascii: "="), UInt8(ascii: "@"): true
      case UInt8(ascii: "+"), UInt8(ascii: "-"): Double(line) == nil
      default: false
      }
    return isFormula ? "'" + line : line
  }
}
