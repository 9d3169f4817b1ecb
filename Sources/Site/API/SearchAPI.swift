package import Archive
import Search
import HTTP
import Markup

extension Site {
  /// Search results as JSON.
  func searchAPI(_ request: Request) throws -> Response {
    if let redirect = try redirectOfFormerName(request) { return redirect }
    let query = Query(request.query)
    let form = SearchForm(query)
    let offset = query.clamped("offset", to: 0...SearchForm.mostListed) ?? 0
    // No result follows the last one that is listed, so clients that page through them end.
    let limit = min(
      query.clamped("limit", to: 0...100) ?? 10, SearchForm.mostListed - offset)
    let results = try find(form, limit: limit, offset: offset)
    var response = text(
      JSON(results, for: form.words).bytes, "application/json; charset=utf-8")
    response.share()
    return response
  }
}

extension JSON {
  /// The response of `/api/search` and output of `offprint search --json`.
  init(_ results: SearchResults, for words: String) {
    var members: [(name: String, value: JSON)] = [
      ("query", .text(words)),
      ("total", .integer(results.total)),
      ("results", .array(results.results.map(JSON.init))),
    ]
    if let facets = results.facets { members.append(("facets", JSON(facets))) }
    if let correction = results.correction {
      let value: JSON = ["query": .text(correction.query), "applied": .bool(correction.isApplied)]
      members.append(("correction", value))
    }
    if !results.otherTerms.isEmpty {
      members.append(("alsoSearched", .array(results.otherTerms.map { .text($0) })))
    }
    if !results.missingPhrases.isEmpty {
      members.append(("missingPhrases", .array(results.missingPhrases.map { .text($0) })))
    }
    members.append(("partial", .bool(results.isPartial)))
    self = .object(members)
  }

  /// The response of `/api/related`.
  init(related results: SearchResults) {
    self = [
      "results": .array(results.results.map(JSON.init)), "partial": .bool(results.isPartial),
    ]
  }

  private init(_ facets: Facets) {
    func values(_ facets: [Facet]) -> JSON {
      .array(
        facets.map {
          ["value": .text($0.value), "count": .integer($0.publications)]
        })
    }
    self = [
      "year": values(
        facets.years.map { Facet(value: "\($0.year)", publications: $0.publications) }),
      "topic": values(facets.topics), "author": values(facets.authors),
      "type": values(facets.types), "language": values(facets.languages),
    ]
  }

  private init(_ result: SearchResult) {
    let publication = result.publication
    let best = result.bestPage
    var members: [(name: String, value: JSON)] = [
      ("slug", .text(publication.slug.description)), ("title", .text(publication.record.title)),
      ("published", .text(publication.record.published.description)),
      ("score", .decimal((result.score * 10_000).rounded() / 10_000)),
      ("snippet", .text(best?.snippet.text ?? result.snippet.text)),
    ]
    if let best { members.append(("snippetPage", .integer(best.page))) }
    let pages = result.pages.map { hit -> JSON in
      [
        "page": .integer(hit.page), "label": .text(hit.label), "snippet": .text(hit.snippet.text),
      ]
    }
    members.append(("pages", .array(pages)))
    let words = result.words
    if !words.isEmpty { members.append(("matchedWords", .array(words.map(JSON.init)))) }
    self = .object(members)
  }

  private init(_ word: MatchedWord) {
    self = [
      "found": .text(word.found), "query": .text(word.typed),
      "relation": .text(word.relation.rawValue),
    ]
  }
}

/// The response of `/api/search` as text, for the command line.
package func searchAnswer(_ results: SearchResults, for words: String) -> [UInt8] {
  JSON(results, for: words).bytes
}
