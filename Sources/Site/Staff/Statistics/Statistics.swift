import Archive
import HTTP

/// The usage in some months.
struct Statistics {
  /// A row of the table.
  struct Row {
    var name: String
    /// Leads to the months of the row; nil for a row that is a month or a year.
    var address: String?
    /// How many publications were used; nil where that is not counted.
    var publications: Int?
    var uses: Uses
  }

  var query: StatisticsQuery
  /// The present month.
  var current: Month
  /// The first month with use.
  var earliest: Month?
  /// What the page is about, when it is not all publications.
  var subject: String?
  var usage: MonthlyUses
  var rows: [Row]

  /// The most publications, topics or authors that the page lists; the file has all.
  static let listed = 100
}

extension Site {
  func statistics(_ visit: StaffRequest) throws -> Response {
    let query = StatisticsQuery(Query(visit.request.query), at: now)
    var subject: String?
    switch query.scope {
    case .all: break
    case .publication(let slug):
      // What was public has been counted, and its title is in the list.
      let known = try archive.publications.forStaff(slug, at: now)
      let isCounted = known?.firstPublic != nil
      subject = isCounted ? known?.record.title : try visible(slug, visit).record.title
    case .topic(let name), .author(let name): subject = name
    }
    let usage = try archive.usage.months(of: query.scope, from: query.first, through: query.last)
    return privatePage(
      .ok,
      visit.pages.statistics(
        Statistics(
          query: query, current: Month(of: now), earliest: try archive.usage.firstMonth(),
          subject: subject, usage: usage,
          rows: try rows(of: query, usage, visit.pages, limit: Statistics.listed)),
        visit.staff))
  }

  /// The rows of the table, the most requested first; months and years with the newest first.
  private func rows(
    of query: StatisticsQuery, _ usage: MonthlyUses, _ pages: Pages, limit: Int
  ) throws -> [Statistics.Row] {
    switch query.group {
    case .publication:
      return try archive.usage.report(from: query.first, through: query.last, limit: limit).map {
        Statistics.Row(
          name: $0.title, address: query.about(.publication($0.slug)).address(), uses: $0.total)
      }
    case .topic:
      return try archive.usage.totals(
        by: .topic, from: query.first, through: query.last, limit: limit
      ).map {
        Statistics.Row(
          name: $0.name, address: query.about(.topic($0.name)).address(),
          publications: $0.publications, uses: $0.uses)
      }
    case .author:
      return try archive.usage.totals(
        by: .author, from: query.first, through: query.last, limit: limit
      ).map {
        Statistics.Row(
          name: $0.name, address: query.about(.author($0.name)).address(),
          publications: $0.publications, uses: $0.uses)
      }
    case .month:
      return usage.months.reversed().map {
        Statistics.Row(
          name: PublicationDate($0.month.description).map(pages.words.date)
            ?? $0.month.description,
          uses: $0.uses)
      }
    case .year:
      return usage.years.reversed().map {
        Statistics.Row(name: String($0.year), uses: $0.uses)
      }
    }
  }

  /// The table as a CSV file.
  ///
  /// By publication it has a row per publication and metric and a column per month, like the item
  /// report of COUNTER.
  func statisticsFile(_ visit: StaffRequest) throws -> Response {
    let query = StatisticsQuery(Query(visit.request.query), at: now)
    let table: CSV
    switch query.group {
    case .publication: table = try publicationTable(query)
    case .topic: table = try namedTable(by: .topic, "Topic", query)
    case .author: table = try namedTable(by: .author, "Author", query)
    case .month, .year:
      let usage = try archive.usage.months(
        of: query.scope, from: query.first, through: query.last)
      var months = CSV([query.group == .month ? "Month" : "Year"] + Uses.metrics.map(\.name))
      if query.group == .month {
        for entry in usage.months { months.add([entry.month.description] + entry.uses.figures) }
      } else {
        for (year, uses) in usage.years { months.add([String(year)] + uses.figures) }
      }
      table = months
    }
    let name = "usage-by-\(query.group.rawValue)-\(query.first)-\(query.last).csv"
    return Response(
      .ok,
      fields: [
        "Content-Type": CSV.mediaType,
        "Content-Disposition": "attachment; filename=\"\(name)\"",
      ],
      content: .bytes(table.bytes))
  }

  private func namedTable(
    by group: UsageTotal.Group, _ name: String, _ query: StatisticsQuery
  ) throws -> CSV {
    var table = CSV([name, "Publications"] + Uses.metrics.map(\.name))
    let totals = try archive.usage.totals(
      by: group, from: query.first, through: query.last, limit: .max)
    for row in totals { table.add([row.name, "\(row.publications)"] + row.uses.figures) }
    return table
  }

  private func publicationTable(_ query: StatisticsQuery) throws -> CSV {
    let months = Array(
      sequence(first: query.first) { $0 < query.last ? $0.adding(months: 1) : nil })
    var table = CSV(
      ["Item", "Proprietary_ID", "URI", "Metric_Type", "Reporting_Period_Total"]
        + months.map(\.description))
    for row in try archive.usage.report(from: query.first, through: query.last, limit: .max) {
      for metric in Uses.metrics where metric.count(row.total) > 0 {
        table.add(
          [
            row.title, row.slug.description, pages.absolute(Resource.publication(row.slug).path),
            metric.name, "\(metric.count(row.total))",
          ] + months.map { "\(row.months[$0].map(metric.count) ?? 0)" })
      }
    }
    return table
  }
}

extension Uses {
  /// A kind of count, by its name in COUNTER's reports.
  struct Metric: Sendable {
    let name: String
    let count: @Sendable (Uses) -> Int
  }

  static let metrics = [
    Metric(name: "Total_Item_Investigations", count: { $0.investigations }),
    Metric(name: "Total_Item_Requests", count: { $0.requests }),
    Metric(name: "Unique_Item_Investigations", count: { $0.uniqueInvestigations }),
    Metric(name: "Unique_Item_Requests", count: { $0.uniqueRequests }),
  ]

  /// The counts in the order of the metrics.
  var figures: [String] { Self.metrics.map { "\($0.count(self))" } }
}

extension MonthlyUses {
  /// The same by year, first to last.
  var years: [(year: Int, uses: Uses)] {
    var years: [(year: Int, uses: Uses)] = []
    for entry in months {
      if years.last?.year == entry.month.year {
        years[years.count - 1].uses += entry.uses
      } else {
        years.append((entry.month.year, entry.uses))
      }
    }
    return years
  }
}
