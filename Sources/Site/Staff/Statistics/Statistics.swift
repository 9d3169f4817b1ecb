import Archive
import HTTP

/// The usage in some months.
struct Statistics {
  var first: Month
  var last: Month
  var usage: MonthlyUses
  /// The most requested first.
  var publications: [UsageRow]

  /// The most publications that the page lists; the file has all.
  static let listed = 50
  /// The longest span of months.
  static let mostMonths = 120
}

extension Site {
  /// The months in a query; the last twelve if there are none or they are invalid.
  private func months(_ query: Query) -> (first: Month, last: Month) {
    let current = Month(of: now)
    let last = query.text("to").flatMap { Month($0) } ?? current
    let first = query.text("from").flatMap { Month($0) } ?? last.adding(months: -11)
    return first <= last && first.adding(months: Statistics.mostMonths) > last
      ? (first, last) : (last.adding(months: -11), last)
  }

  func statistics(_ visit: StaffRequest) throws -> Response {
    let (first, last) = months(Query(visit.request.query))
    return privatePage(
      .ok,
      visit.pages.statistics(
        Statistics(
          first: first, last: last, usage: try archive.usage.ofAll(from: first, through: last),
          publications: try archive.usage.report(
            from: first, through: last, limit: Statistics.listed)),
        visit.staff))
  }

  /// A CSV file with a row per publication and metric and a column per month, like the item report of
  /// COUNTER.
  func statisticsFile(_ request: Request) throws -> Response {
    let (first, last) = months(Query(request.query))
    var months: [Month] = []
    var month = first
    while month <= last {
      months.append(month)
      month = month.adding(months: 1)
    }
    var table = CSV(
      ["Item", "Proprietary_ID", "URI", "Metric_Type", "Reporting_Period_Total"]
        + months.map(\.description))
    let metrics: [(String, KeyPath<Uses, Int>)] = [
      ("Total_Item_Investigations", \.investigations), ("Total_Item_Requests", \.requests),
      ("Unique_Item_Investigations", \.uniqueInvestigations),
      ("Unique_Item_Requests", \.uniqueRequests),
    ]
    for row in try archive.usage.report(from: first, through: last, limit: .max) {
      for (name, metric) in metrics where row.total[keyPath: metric] > 0 {
        table.add(
          [
            row.title, row.slug.description, pages.absolute(Resource.publication(row.slug).path),
            name, "\(row.total[keyPath: metric])",
          ] + months.map { "\(row.months[$0]?[keyPath: metric] ?? 0)" })
      }
    }
    return Response(
      .ok,
      fields: [
        "Content-Type": CSV.mediaType,
        "Content-Disposition": "attachment; filename=\"usage-\(first)-\(last).csv\"",
      ],
      content: .bytes(table.bytes))
  }
}
