internal import SQLite

/// A publication with its use by month.
package struct UsedPublication: Sendable, Equatable {
  package let publication: Publication
  /// The months in which something was counted.
  package let months: [Month: Uses]

  package init(publication: Publication, months: [Month: Uses]) {
    self.publication = publication
    self.months = months
  }

  /// Whether its record may be named to others: it is public, or was withdrawn.
  ///
  /// One that was taken back to be edited is neither.
  package var isNamed: Bool {
    switch publication.status {
    case .published, .withdrawn: true
    case .draft, .review, .scheduled: false
    }
  }
}

extension Usage {
  /// The publications that were used in some months, in the order in which they were added.
  package func publications(
    from first: Month, through last: Month, at now: Instant
  ) throws -> [UsedPublication] {
    struct Entry {
      let publication: Int64
      let month: MonthlyUses.MonthUses?
    }
    return try core.read { connection in
      let entries = try connection.rows(
        """
        SELECT strftime('%Y-%m', day * 86400, 'unixepoch') AS month, sum(investigations),
          sum(requests), sum(unique_investigations), sum(unique_requests), publication
        FROM usage WHERE \(days(from: first, through: last)) GROUP BY publication, month
        """
      ) { Entry(publication: $0.integer(5), month: UsageRow.monthUses($0)) }
      var months: [Int64: [Month: Uses]] = [:]
      for entry in entries {
        if let month = entry.month {
          months[entry.publication, default: [:]][month.month] = month.uses
        }
      }
      return try connection.rows(
        """
        \(Publication.select(at: now))
        WHERE publication.id IN (
          SELECT publication FROM usage WHERE \(days(from: first, through: last)))
        ORDER BY publication.id
        """
      ) { Publication($0) }.compactMap { publication in
        guard let publication, let months = months[publication.id] else { return nil }
        return UsedPublication(publication: publication, months: months)
      }
    }
  }
}
