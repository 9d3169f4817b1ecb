internal import SQLite

/// A publication in a usage report.
package struct UsageRow: Sendable, Equatable {
  package let slug: Slug
  package let title: String
  /// The months of the report in which something was counted.
  package let months: [Month: Uses]
  package let total: Uses
}

/// How often publications are used.
package struct Usage: Sendable {
  let core: ArchiveCore

  /// Adds counted uses to the totals, all or none.
  ///
  /// No cached page is invalidated: pages show the figures up to the day before.
  ///
  /// - Parameter days: Uses by publication and day; unknown slugs are ignored.
  /// - Throws: When they cannot be written.
  package func add(_ days: [DayUses]) throws {
    guard !days.isEmpty else { return }
    try core.change(.nothingPublic) { connection in
      for entry in days {
        let uses = entry.uses
        try connection.run(
          """
          INSERT INTO usage (
            publication, day, investigations, requests, unique_investigations, unique_requests)
          SELECT id, \(entry.day.number), \(uses.investigations), \(uses.requests),
            \(uses.uniqueInvestigations), \(uses.uniqueRequests)
          FROM publication WHERE slug = \(entry.slug.description)
          ON CONFLICT (publication, day) DO UPDATE SET
            investigations = investigations + excluded.investigations,
            requests = requests + excluded.requests,
            unique_investigations = unique_investigations + excluded.unique_investigations,
            unique_requests = unique_requests + excluded.unique_requests
          """)
      }
    }
  }

  /// The uses of a publication before a day; nil if there are none.
  package func of(_ slug: Slug, before day: Day = Day(number: .max)) throws -> MonthlyUses? {
    try core.read { connection in
      try connection.row("SELECT id FROM publication WHERE slug = \(slug.description)") {
        $0.integer(0)
      }.flatMap { try connection.usage(of: $0, before: day) }
    }
  }

  /// The uses of all publications, month by month.
  package func ofAll(from first: Month, through last: Month) throws -> MonthlyUses {
    let months = try core.read { connection in
      try connection.rows(
        """
        SELECT strftime('%Y-%m', day * 86400, 'unixepoch') AS month, sum(views), sum(full),
          sum(unique_views), sum(unique_full)
        FROM (
          -- By day first: the month of each row would take three times as long.
          SELECT day, sum(investigations) AS views, sum(requests) AS full,
            sum(unique_investigations) AS unique_views, sum(unique_requests) AS unique_full
          FROM usage WHERE \(days(from: first, through: last)) GROUP BY day)
        GROUP BY month ORDER BY month
        """, UsageRow.monthUses)
    }.compactMap { $0 }
    return MonthlyUses(months: months)
  }

  /// The uses of all publications on each of some days, first to last.
  ///
  /// - Parameters:
  ///   - first: The first day.
  ///   - last: The last day.
  /// - Returns: Every day with its uses, also the days without any.
  /// - Throws: When the database cannot be read.
  package func daily(from first: Day, through last: Day) throws -> [(day: Day, uses: Uses)] {
    guard first <= last else { return [] }
    let counted = try core.read { connection in
      try connection.rows(
        """
        SELECT day, sum(investigations), sum(requests), sum(unique_investigations),
          sum(unique_requests)
        FROM usage WHERE day BETWEEN \(first.number) AND \(last.number) GROUP BY day
        """
      ) { (day: $0.integer(0), uses: UsageRow.uses($0, from: 1)) }
    }
    let uses = Dictionary(counted.map { ($0.day, $0.uses) }, uniquingKeysWith: { $1 })
    return (first.number...last.number).map { (Day(number: $0), uses[$0] ?? Uses()) }
  }

  /// The used publications, the most requested first.
  ///
  /// - Parameters:
  ///   - first: The first month that counts.
  ///   - last: The last month that counts.
  ///   - limit: The most publications.
  /// - Returns: Each publication with its months.
  /// - Throws: When the database cannot be read.
  package func report(from first: Month, through last: Month, limit: Int) throws -> [UsageRow] {
    struct Found {
      let slug: Slug?
      let title: String
      let month: MonthlyUses.MonthUses?
    }
    let rows = try core.read { connection in
      try connection.rows(
        """
        WITH counted AS (
          SELECT publication, sum(requests) AS requests, sum(investigations) AS investigations
          FROM usage
          WHERE day >= \(first.firstDay.number)
            AND day < \(last.adding(months: 1).firstDay.number)
            -- Not what was published by mistake, and taken back.
            AND publication IN (SELECT id FROM publication WHERE \(Visibility.wasPublic))
          GROUP BY publication
          ORDER BY requests DESC, investigations DESC, publication LIMIT \(limit)
        )
        SELECT strftime('%Y-%m', day * 86400, 'unixepoch') AS month, sum(usage.investigations),
          sum(usage.requests), sum(unique_investigations), sum(unique_requests),
          publication.slug, publication.title
        FROM counted JOIN usage ON usage.publication = counted.publication
        JOIN publication ON publication.id = counted.publication
        WHERE day >= \(first.firstDay.number)
          AND day < \(last.adding(months: 1).firstDay.number)
        GROUP BY counted.publication, month
        ORDER BY counted.requests DESC, counted.investigations DESC, counted.publication, month
        """
      ) { Found(slug: Slug($0.text(5)), title: $0.text(6), month: UsageRow.monthUses($0)) }
    }
    var report: [UsageRow] = []
    for row in rows {
      guard let slug = row.slug, let entry = row.month else { continue }
      let before = report.last?.slug == slug ? report.popLast() : nil
      var months = before?.months ?? [:]
      var total = before?.total ?? Uses()
      months[entry.month] = entry.uses
      total += entry.uses
      report.append(UsageRow(slug: slug, title: row.title, months: months, total: total))
    }
    return report
  }
}

extension Connection {
  /// The uses of a publication before a day; nil if there are none.
  func usage(of id: Publication.ID, before day: Day) throws -> MonthlyUses? {
    let months = try rows(
      """
      SELECT strftime('%Y-%m', day * 86400, 'unixepoch') AS month, sum(investigations),
        sum(requests), sum(unique_investigations), sum(unique_requests)
      FROM usage WHERE publication = \(id) AND day < \(day.number)
      GROUP BY month ORDER BY month
      """, UsageRow.monthUses
    ).compactMap { $0 }
    return months.isEmpty ? nil : MonthlyUses(months: months)
  }
}

extension UsageRow {
  /// Reads a month and the sums of its uses.
  static func monthUses(_ row: Row) -> MonthlyUses.MonthUses? {
    Month(row.text(0)).map { month in
      MonthlyUses.MonthUses(month: month, uses: uses(row, from: 1))
    }
  }

  /// Reads the four counts from a column on.
  static func uses(_ row: Row, from column: Int32) -> Uses {
    Uses(
      investigations: row.count(column), requests: row.count(column + 1),
      uniqueInvestigations: row.count(column + 2), uniqueRequests: row.count(column + 3))
  }
}
