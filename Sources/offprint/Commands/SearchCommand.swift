import Archive
import Site

/// `offprint search`: what readers find, on a terminal.
struct SearchCommand: Command {
  static let name = "search"
  static let summary = "Searches the archive."
  static let forms = ["QUERY… [--json] [--limit N] [--offset N]"]
  static let details = """
    Searches as the site does, also beside a running server. A query that begins with a hyphen
    goes behind “--”. The exit status is 1 when nothing was found.

    --json       Answers as /api/search does.
    --limit N    At most so many results (10).
    --offset N   Passes over the first ones.
    """
  static let settings: [any Declaration] = [Declarations.all.data]

  private let query: String
  private let isJSON: Bool
  private let limit: Int
  private let offset: Int

  init(_ arguments: inout Arguments) throws(UsageError) {
    isJSON = arguments.flag("--json")
    limit = try arguments.value(of: "--limit", .integer(in: 0...1000)) ?? 10
    offset = try arguments.value(of: "--offset", .integer(in: 0...1_000_000)) ?? 0
    query = try arguments.remainingWords("QUERY").joined(separator: " ")
  }

  func run(_ context: Context) throws -> ExitStatus {
    let archive = try Archive.open(folder: context.settings.data, access: .reading)
    defer { archive.close() }
    let results = try archive.search(SearchQuery(query), limit: limit, offset: offset)
    if isJSON {
      context.console.write(searchAnswer(results, for: query) + [0x0A])
    } else {
      context.console.write(Self.text(results))
    }
    return results.total > 0 ? .done : .foundSomethingWrong
  }

  static func text(_ results: SearchResults) -> String {
    var text = ""
    for result in results.results {
      let record = result.publication.record
      text += "\(record.title) (\(record.published))\n"
      if !record.authors.isEmpty { text += "  \(record.authors.joined(separator: ", "))\n" }
      text += "  /publications/\(result.publication.slug)\n"
      text += indented(result.snippet.text, "")
      for hit in result.pages { text += indented(hit.snippet.text, "p. \(hit.page): ") }
      text += "\n"
    }
    return text + "\(grouped(results.total)) found.\n"
  }

  private static func indented(_ text: String, _ label: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !line.isEmpty else { return "" }
    return wrapped(label + line, to: 76).map { "    \($0)\n" }.joined()
  }
}
