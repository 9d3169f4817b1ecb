internal import SQLite

/// The publications whose use is added up.
package enum UsageScope: Sendable, Hashable {
  case all
  case publication(Slug)
  case topic(String)
  case author(String)

  /// The condition on rows of `usage`.
  fileprivate var condition: SQL {
    switch self {
    case .all: "1"
    case .publication(let slug):
      "usage.publication = (SELECT id FROM publication WHERE slug = \(slug.description))"
    case .topic(let name):
      "usage.publication IN (SELECT publication FROM topic WHERE name = \(name))"
    case .author(let name):
      "usage.publication IN (SELECT publication FROM author WHERE name = \(name))"
    }
  }
}

/// The use of all publications of a topic or an author.
package struct UsageTotal: Sendable, Equatable {
  package let name: String
  /// How many of its publications were used.
  package let publications: Int
  package let uses: Uses

  package init(name: String, publications: Int, uses: Uses) {
    self.name = name
    self.publications = publications
    self.uses = uses
  }

  /// By what uses are added up.
  package enum Group: Sendable {
    case topic, author

    fileprivate var table: SQL {
      switch self {
      case .topic: "topic"
      case .author: "author"
      }
    }
  }
}

extension Usage {
  /// The uses in a scope, month by month.
  package func months(
    of scope: UsageScope, from first: Month, through last: Month
  ) throws -> MonthlyUses {
    guard scope != .all else { return try ofAll(from: first, through: last) }
    let months = try core.read { connection in
      try connection.rows(
        """
        SELECT strftime('%Y-%m', day * 86400, 'unixepoch') AS month, sum(investigations),
          sum(requests), sum(unique_investigations), sum(unique_requests)
        FROM usage
        WHERE \(scope.condition) AND \(days(from: first, through: last))
        GROUP BY month ORDER BY month
        """, UsageRow.monthUses)
    }.compactMap { $0 }
    return MonthlyUses(months: months)
  }

  /// The used topics or authors, the most requested first.
  ///
  /// A publication with several counts for each of them.
  package func totals(
    by group: UsageTotal.Group, from first: Month, through last: Month, limit: Int
  ) throws -> [UsageTotal] {
    try core.read { connection in
      try connection.rows(
        """
        WITH counted AS (
          SELECT publication, sum(investigations) AS investigations, sum(requests) AS requests,
            sum(unique_investigations) AS unique_investigations,
            sum(unique_requests) AS unique_requests
          FROM usage WHERE \(days(from: first, through: last)) GROUP BY publication
        )
        SELECT name, count(*), sum(investigations), sum(requests), sum(unique_investigations),
          sum(unique_requests)
        FROM counted JOIN \(group.table) AS named ON named.publication = counted.publication
        GROUP BY name ORDER BY sum(requests) DESC, sum(investigations) DESC, name LIMIT \(limit)
        """
      ) { row in
        UsageTotal(
          name: row.text(0), publications: row.count(1), uses: UsageRow.uses(row, from: 2))
      }
    }
  }

  /// The first month in which something was counted; nil if nothing was.
  package func firstMonth() throws -> Month? {
    try core.read { connection in
      try connection.row("SELECT min(day) FROM usage") { $0.optionalInteger(0) } ?? nil
    }.map { Month(of: Day(number: $0).start) }
  }
}

/// The condition that a row of `usage` is of some months.
func days(from first: Month, through last: Month) -> SQL {
  "day >= \(first.firstDay.number) AND day < \(last.adding(months: 1).firstDay.number)"
}
