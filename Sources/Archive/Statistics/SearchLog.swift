internal import SQLite
internal import Synchronization

/// What readers searched for since it was last written to the database.
final class SearchNotes: Sendable {
  struct Entry {
    var searches = 0
    var results = 0
    /// In milliseconds.
    var slowest = 0
    var opened = 0
    /// The sum of the ranks of the results that were opened; the first has rank 1.
    var places = 0
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var since: Instant?
  }

  private let state = Mutex(State())
  /// The number of queries, and of seconds, after which notes are written.
  private static let most = 200
  private static let seconds: Int64 = 60
  /// The longest query that is noted, in bytes; people rarely type longer ones.
  private static let longest = 200

  /// Notes something about a query.
  ///
  /// - Returns: The notes to be written now; nil when it is too early.
  func note(
    _ query: String, at now: Instant, _ change: (inout Entry) -> Void
  ) -> [String: Entry]? {
    let words = query.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !words.isEmpty, words.utf8.count <= SearchNotes.longest else { return nil }
    return state.withLock { state in
      change(&state.entries[words, default: Entry()])
      let since = state.since ?? now
      state.since = since
      guard
        state.entries.count >= SearchNotes.most
          || now.secondsSince1970 >= since.secondsSince1970 + SearchNotes.seconds
      else { return nil }
      return SearchNotes.take(&state)
    }
  }

  /// All notes that have not been written.
  func rest() -> [String: Entry] { state.withLock { SearchNotes.take(&$0) } }

  private static func take(_ state: inout State) -> [String: Entry] {
    defer { state = State() }
    return state.entries
  }
}

/// A query and how often it was searched for.
package struct SearchedQuery: Sendable, Equatable {
  package let query: String
  package let searches: Int
  /// How many results there were the last time.
  package let results: Int
  /// In milliseconds.
  package let slowest: Int
  /// How often a result was opened.
  package let opened: Int
  /// The average rank of the opened results, from 1; nil when none was opened.
  package let place: Double?
}

/// What readers search for, so that staff can improve what is found.
///
/// It has the words of each query, how many results there were, how long it took and how often one
/// was opened, day by day, and nothing about who asked. Notes are collected in memory and written
/// once a minute.
package struct SearchLog: Sendable {
  let core: ArchiveCore
  private let notes = SearchNotes()

  init(_ core: ArchiveCore) { self.core = core }

  /// Notes a search.
  package func note(
    _ query: String, results: Int, took: Duration, at now: Instant = .now
  ) throws {
    try note(query, at: now) { entry in
      entry.searches += 1
      entry.results = results
      entry.slowest = max(entry.slowest, Int(took / .milliseconds(1)))
    }
  }

  /// The lowest rank of a result whose opening is counted.
  package static let lastPlace = 1000

  /// Notes a result that a reader opened.
  ///
  /// - Parameters:
  ///   - query: The query; ignored unless it was searched for on that day.
  ///   - place: The rank of the result, from 1 to ``lastPlace``; others are ignored.
  ///   - now: The time.
  /// - Throws: What the database throws.
  package func noteClick(of query: String, place: Int, at now: Instant = .now) throws {
    guard (1...SearchLog.lastPlace).contains(place) else { return }
    try note(query, at: now) { entry in
      entry.opened += 1
      entry.places += place
    }
  }

  private func note(
    _ query: String, at now: Instant, _ change: (inout SearchNotes.Entry) -> Void
  ) throws {
    guard core.isExclusive, let entries = notes.note(query, at: now, change) else { return }
    try write(entries, at: now)
  }

  /// Writes all notes.
  package func flush(at now: Instant = .now) throws {
    guard core.isExclusive else { return }
    let entries = notes.rest()
    if !entries.isEmpty { try write(entries, at: now) }
  }

  private func write(_ entries: [String: SearchNotes.Entry], at now: Instant) throws {
    let day = String(now.description.prefix(10))
    let oldest = String(now.adding(seconds: -90 * 86_400).description.prefix(10))
    try core.change(.nothingPublic) { connection in
      let kept =
        try connection.row("SELECT count(*) FROM search_log WHERE day = \(day)") { $0.count(0) }
        ?? 0
      for (index, (query, entry)) in entries.enumerated() {
        // Bounded, so that programs that search for ever new words do not fill the disk.
        if entry.searches > 0, kept + index < 20_000 {
          try connection.run(
            """
            INSERT INTO search_log (day, query, searches, results, slowest)
            VALUES (\(day), \(query), \(entry.searches), \(entry.results), \(entry.slowest))
            ON CONFLICT (day, query) DO UPDATE SET searches = searches + excluded.searches,
              results = excluded.results, slowest = max(slowest, excluded.slowest)
            """)
        }
        if entry.opened > 0 {
          try connection.run(
            """
            UPDATE search_log SET opened = opened + \(entry.opened),
              places = places + \(entry.places)
            WHERE day = \(day) AND query = \(query)
            """)
        }
      }
      try connection.run("DELETE FROM search_log WHERE day < \(oldest)")
    }
  }

  /// The most frequent queries of the last days.
  ///
  /// - Parameters:
  ///   - withoutResults: Whether to return only queries without results.
  ///   - days: How many days back.
  ///   - limit: The most to return.
  ///   - now: The time.
  /// - Returns: Queries, the most frequent first.
  /// - Throws: What the database throws.
  package func queries(
    withoutResults: Bool = false, days: Int = 30, limit: Int = 50, at now: Instant = .now
  ) throws -> [SearchedQuery] {
    try flush(at: now)
    let first = String(now.adding(seconds: -Int64(days) * 86_400).description.prefix(10))
    return try core.read { connection in
      try connection.rows(
        """
        SELECT query, sum(searches), max(results), max(slowest), sum(opened), sum(places)
        FROM search_log
        WHERE day >= \(first) GROUP BY query
        HAVING \(withoutResults ? "max(results) = 0" as SQL : "1")
        ORDER BY sum(searches) DESC, query LIMIT \(limit)
        """
      ) { row in
        let opened = row.count(4)
        return SearchedQuery(
          query: row.text(0), searches: row.count(1), results: row.count(2),
          slowest: row.count(3), opened: opened,
          place: opened > 0 ? Double(row.count(5)) / Double(opened) : nil)
      }
    }
  }
}
