internal import Foundation
internal import SQLite
internal import Search

extension Mailing {
  /// Which publications of a window the saved searches of its subscribers find.
  ///
  /// They are looked for in a small index of these publications alone.
  func matches(
    ofSearchesIn window: ReleaseWindow, at now: Instant
  ) throws -> [String: Set<Publication.ID>] {
    try core.read { connection in
      let searches = try connection.rows(
        """
        SELECT DISTINCT value FROM subscription
        JOIN subscriber ON subscriber.id = subscription.subscriber
        WHERE kind = 'search' AND frequency = \(window.frequency.rawValue)
          AND considered < \(window.last) AND status = 'confirmed'
        """
      ) { $0.text(0) }
      guard !searches.isEmpty else { return [:] }
      let index = try core.emptyIndex.adding(releasedIn: window, from: connection)
      return searches.reduce(into: [:]) { matches, text in
        guard let search = SavedSearch(text) else { return }
        matches[text] = index.ids(matchingAllOf: search.query, filter: search.filter)
      }
    }
  }
}

/// A search as the query part of its address: `q=korea&topic=Trade`.
struct SavedSearch {
  let query: SearchQuery
  let filter: SearchFilter

  /// nil for one that asks for nothing.
  init?(_ text: String) {
    var fields: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let name = Self.decoded(parts[0]), let value = Self.decoded(parts[1]),
        fields[name] == nil
      else { continue }
      fields[name] = value
    }
    func value(_ name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }
    query = SearchQuery(fields["q"] ?? "")
    filter = SearchFilter(
      year: value("year").flatMap { Int($0) }, topic: value("topic"), type: value("type"),
      author: value("author"), language: value("language"))
    guard !query.isEmpty || filter != SearchFilter() else { return nil }
  }

  /// A name or a value of a query; nil for one that is not UTF-8.
  static func decoded(_ text: Substring) -> String? {
    text.replacing("+", with: " ").removingPercentEncoding
  }
}
