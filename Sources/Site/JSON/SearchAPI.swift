package import Archive
import HTTP

extension Site {
  /// What a search finds, as JSON.
  func searchAPI(_ request: Request) throws -> Response {
    let query = Query(request.query)
    let words = query.text("q") ?? ""
    let limit = query.number("limit", in: 0...100) ?? 10
    let offset = query.number("offset", in: 0...10_000) ?? 0
    let results = try tallies.timeSearch {
      try archive.search(SearchQuery(words), limit: limit, offset: offset, at: now)
    }
    var response = text(
      JSON(results, for: words).octets, "application/json; charset=utf-8", .search)
    response.share()
    return response
  }
}

extension JSON {
  /// What `/api/search` and `offprint search --json` answer.
  init(_ results: SearchResults, for words: String) {
    self = .object([
      ("query", .text(words)),
      ("total", .integer(results.total)),
      ("results", .array(results.results.map(JSON.init))),
    ])
  }

  private init(_ result: SearchResult) {
    let publication = result.publication
    self = .object([
      ("slug", .text(publication.slug.description)),
      ("title", .text(publication.record.title)),
      ("published", .text(publication.record.published.description)),
      ("score", .decimal((result.score * 10_000).rounded() / 10_000)),
      ("snippet", .text(result.snippet.text)),
      (
        "pages",
        .array(
          result.pages.map {
            .object([("page", .integer($0.page)), ("snippet", .text($0.snippet.text))])
          })
      ),
    ])
  }
}

/// The answer of `/api/search` as text, for the command line.
package func searchAnswer(_ results: SearchResults, for words: String) -> [UInt8] {
  JSON(results, for: words).octets
}
