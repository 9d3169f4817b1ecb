import Archive
import Markup

/// What a reader searches for.
struct SearchForm: Equatable, Sendable {
  var words: String
  var page = 1

  static let pageSize = 20
  /// Pages beyond this are not computed; nobody leafs so far, only programs do.
  static let lastPage = 50

  init(words: String, page: Int = 1) {
    self.words = words
    self.page = page
  }

  init(_ query: Query) {
    words = query.text("q") ?? ""
    page = query.number("page", in: 1...SearchForm.lastPage) ?? 1
  }

  var address: String {
    Query.address(
      Resource.search,
      [("q", words.isEmpty ? nil : words), ("page", page > 1 ? String(page) : nil)])
  }
}

extension Pages {
  /// The search page; without results when nothing was asked for.
  func search(_ form: SearchForm, _ results: SearchResults?) -> HTML {
    let title = form.words.isEmpty ? "Search" : "Search: \(form.words)"
    return layout(
      Head(
        title: title, canonical: form.address, place: .search, isIndexed: false, hasSearch: false),
      """
      <div class="section-top">
      <h1>Search</h1>
      \(searchForm(query: form.words))
      \(results.map { summary(form, total: $0.total) })
      </div>
      \(results.map { found(form, $0) })
      """)
  }

  private func summary(_ form: SearchForm, total: Int) -> HTML {
    total == 0
      ? ""
      : """
      <p class="small" role="status">\(Wording.count(total, "publication")) for “\(form.words)”\
      \(if: form.page > 1, ", page \(form.page)")</p>
      """
  }

  private func found(_ form: SearchForm, _ results: SearchResults) -> HTML {
    guard !results.results.isEmpty else { return nothing(form, total: results.total) }
    let last = min(
      SearchForm.lastPage, (results.total + SearchForm.pageSize - 1) / SearchForm.pageSize)
    return """
      <ol class="entries">
      \(each: results.results, { entry($0.publication, level: 2, body: body(of: $0)) })
      </ol>
      \(pageLinks(page: form.page, of: last, label: "Pages of results") {
        SearchForm(words: form.words, page: $0).address
      })
      """
  }

  private func nothing(_ form: SearchForm, total: Int) -> HTML {
    guard total == 0 else {
      return """
        <p>There are no results on this page. \
        <a href="\(SearchForm(words: form.words).address)">Back to the first</a>.</p>
        """
    }
    return """
      <div class="stack measure">
      <p role="status">Nothing was found for “\(form.words)”.</p>
      <p>Try fewer or other words, or <a href="\(Resource.browse)">browse by year, topic and \
      author</a>.</p>
      </div>
      """
  }

  /// The snippet of a result, and the pages of its PDF that have the words.
  private func body(of result: SearchResult) -> HTML {
    let document = Resource.document(result.publication.slug)
    return """
      \(if: !result.snippet.segments.isEmpty, "<p class=\"excerpt\">\(marked(result.snippet))</p>")
      \(if: !result.pages.isEmpty, """
        <ul class="hits">
        \(each: result.pages, { hit in
          """
          <li><a href="\(document)#page=\(hit.page)">Page \(hit.page)</a> \
          \(marked(hit.snippet))</li>
          """
        })
        </ul>
        """)
      """
  }

  private func marked(_ snippet: Snippet) -> HTML {
    "\(each: snippet.segments, { $0.isMatch ? "<mark>\($0.text)</mark>" : "\($0.text)" })"
  }
}
