import Archive
import Search
import Foundation
import Site

/// `offprint search`: searches on a terminal.
struct SearchCommand: Command {
  static let name = "search"
  static let summary = "Searches the archive."
  static let forms = [
    "QUERY… [--json] [--limit N] [--offset N]", "--queries FILE [--limit N] [--repeat N]",
  ]
  static let details = """
    Searches like the site, also while the server runs. Put a query that begins with a hyphen
    after “--”. The exit status is 1 if there are no results.

    --json       Prints the same JSON as /api/search.
    --limit N    The most results (default 10).
    --offset N   The number of results to skip.
    --queries FILE  Searches for each line of a file and prints, separated by tabs, the time in
                 milliseconds (without snippets), the number of results and the first slugs. Text
                 before the first tab of a line is the name of the query.
    --repeat N   Runs each query N times and reports the fastest run (default 1).
    """
  static let settings: [any Declaration] = [Declarations.all.data]

  private let query: String
  private let isJSON: Bool
  private let limit: Int
  private let offset: Int
  /// A file of queries; nil to search once.
  private let queries: String?
  private let times: Int

  init(_ arguments: inout Arguments) throws(UsageError) {
    isJSON = arguments.flag("--json")
    limit = try arguments.value(of: "--limit", .integer(in: 0...1000)) ?? 10
    offset = try arguments.value(of: "--offset", .integer(in: 0...1_000_000)) ?? 0
    queries = try arguments.value(of: "--queries")
    times = try arguments.value(of: "--repeat", .integer(in: 1...100)) ?? 1
    guard queries == nil else {
      query = ""
      return
    }
    query = try arguments.remainingWords("QUERY").joined(separator: " ")
  }

  func run(_ context: Context) throws -> ExitStatus {
    let archive = try Archive.open(folder: context.settings.data, access: .reading)
    defer { archive.close() }
    if let queries { return try time(queries, in: archive, context) }
    let results = try archive.search(SearchQuery(query), limit: limit, offset: offset)
    if isJSON {
      context.console.write(searchAnswer(results, for: query) + [0x0A])
    } else {
      context.console.write(Self.text(results))
    }
    return results.total > 0 ? .done : .foundSomethingWrong
  }

  /// Searches for each line of a file and prints the durations.
  private func time(
    _ path: String, in archive: Archive, _ context: Context
  ) throws -> ExitStatus {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try archive.prepareSearch()
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "\t", maxSplits: 1)
      var fastest = Duration.seconds(3600)
      var found: (total: Int, slugs: [Slug]) = (0, [])
      for _ in 0..<times {
        let start = ContinuousClock.now
        let hits = try archive.rank(SearchQuery(String(parts[parts.count - 1])), limit: limit)
        fastest = min(fastest, ContinuousClock.now - start)
        found = (hits.total, try archive.slugs(of: hits.ids))
      }
      let microseconds = Int(fastest / .microseconds(1))
      let slugs = found.slugs.map(\.description).joined(separator: " ")
      context.console.write(
        "\(parts[0])\t\(microseconds / 1000).\(String(microseconds % 1000 + 1000).dropFirst())"
          + "\t\(found.total)\t\(slugs)\n")
    }
    return .done
  }

  static func text(_ results: SearchResults) -> String {
    var text = ""
    for result in results.results {
      let record = result.publication.record
      text += "\(record.title) (\(record.published))\n"
      if !record.authors.isEmpty { text += "  \(record.authors.joined(separator: ", "))\n" }
      text += "  /publications/\(result.publication.slug)\n"
      text += indented(result.snippet.text, "")
      for hit in result.pages { text += indented(hit.snippet.text, "p. \(hit.label): ") }
      text += "\n"
    }
    return text + "\(grouped(results.total)) results.\n"
  }

  private static func indented(_ text: String, _ label: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !line.isEmpty else { return "" }
    return wrapped(label + line, to: 76).map { "    \($0)\n" }.joined()
  }
}
