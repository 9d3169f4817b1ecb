import Archive
import Search
import HTTP
import Markup

/// Search, result clicks, suggestions and exports.
extension Site {
  func search(_ request: Request) throws -> Response {
    if let redirect = try redirectOfFormerName(request) { return redirect }
    let query = Query(request.query)
    let form = SearchForm(query)
    let pages = pages(for: request)
    guard !form.isEmpty else {
      return page(pages.search(form, nil), at: Resource.search.path, request)
    }
    if let format = query.text("format").flatMap(ExportFormat.init(rawValue:)) {
      return try export(form, as: format)
    }
    let results = try find(
      form, limit: form.page > SearchForm.lastPage ? 0 : SearchForm.pageSize,
      offset: (form.page - 1) * SearchForm.pageSize)
    return page(
      pages.search(form, results), at: form.address, request, isReusable: false)
  }

  /// Searches, and records the duration and the query.
  func find(_ form: SearchForm, limit: Int, offset: Int) throws -> SearchResults {
    let now = self.now
    let start = ContinuousClock.now
    let results = try counters.timeSearch {
      try archive.search(
        SearchQuery(form.words), within: form.choice, order: form.order, limit: limit,
        offset: offset, countsFacets: true, at: now)
    }
    if offset == 0 {
      // The response does not depend on the search log.
      try? archive.searchLog.note(
        form.words,
        results: results.correction?.isApplied == true || !results.missingPhrases.isEmpty
          ? 0 : results.total,
        took: ContinuousClock.now - start, at: now)
    }
    return results
  }

  /// Counts a click on a result, which browsers report by the attribute `ping` of links.
  ///
  /// The client is not recorded, and the response is always the same.
  func countResultClick(_ request: Request) throws -> Response {
    if settings.countsResultClicks {
      let query = Query(request.query)
      try archive.searchLog.noteClick(
        of: query.words("q"), place: query.number("place", in: 1...SearchLog.lastPlace) ?? 0,
        at: now)
    }
    return Response(.noContent)
  }

  /// The results as a file.
  private func export(_ form: SearchForm, as format: ExportFormat) throws -> Response {
    let found = try archive.publications(
      matching: SearchQuery(form.words), within: form.choice, order: form.order,
      limit: SearchForm.mostExported, at: now)
    var octets = format.beginning()
    for (index, var publication) in found.enumerated() {
      // What came with the record and no field shows is for staff.
      publication.record.unknown = nil
      octets += format.entry(publication, on: settings, isFirst: index == 0)
    }
    octets += format.end()
    var response = text(octets, format.mediaType)
    response.fields.set(
      "Content-Disposition",
      to: ContentDisposition(.attachment, fileName: "search\(format.suffix)").description)
    return response
  }

  /// Suggestions for a typed text (OpenSearch Suggestions 1.1): the text, and the suggestions with a
  /// description and an address each.
  func suggest(_ request: Request) throws -> Response {
    let typed = Query(request.query).raw("q")
    let found = try archive.suggestions(for: typed, limit: 8, at: now)
    let words = pages(for: request).words
    let json: JSON = [
      .text(typed), .array(found.map { .text($0.text) }),
      .array(found.map { .text($0.kind(in: words)) }),
      .array(found.map { .text(settings.baseURL + $0.address) }),
    ]
    var response = text(json.bytes, "application/x-suggestions+json")
    response.variesByLanguage = chosenLanguage(of: request) == nil
    response.share()
    return response
  }

  /// 503 for a search that came before the search index was built, with how far it is.
  func searchNotReady(_ error: IndexNotReady, _ request: Request) -> Response {
    let pages = pages(for: request)
    let words = pages.words
    let progress = words(
      .searchNotReadyText, words.number(error.publications), words.number(error.total))
    var response: Response
    if request.path.hasPrefix("/api/") || request.path == Resource.suggestions.path {
      response = problem(.serviceUnavailable, progress)
    } else {
      response = privatePage(
        .serviceUnavailable,
        pages.message(
          words[.searchNotReady], "<p>\(progress)</p>", code: Status.serviceUnavailable.code))
    }
    response.variesByLanguage = chosenLanguage(of: request) == nil
    response.fields.set("Retry-After", to: "\(error.secondsLeft)")
    return response
  }

  /// The OpenSearch description.
  func openSearch(_ request: Request) throws -> Response {
    let newest = try archive.announced(size: 1, at: now).publications.first
    let search = OpenSearch(
      site: settings, icon: assets.resource("icon.svg"), example: newest?.record.title)
    return xml(
      search.xml, "application/opensearchdescription+xml; charset=utf-8", of: .openSearch, request)
  }
}

extension Suggestion {
  /// The kind of the suggestion; empty for words to search for.
  fileprivate func kind(in words: Language) -> String {
    switch kind {
    case .completion: ""
    case .title: words[.suggestedPublication]
    case .author: words(.suggestedAuthor, words.count(.publication, publications))
    case .topic: words(.suggestedTopic, words.count(.publication, publications))
    }
  }

  fileprivate var address: String {
    switch kind {
    case .completion: SearchForm(words: text).address
    case .title(let slug): Resource.publication(slug).path
    case .author: Browse(author: text).address
    case .topic: Browse(topic: text).address
    }
  }
}
