import Archive
import Markup

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
      \(searchForm(form))
      \(results.map { summary(form, $0) } ?? hints())
      </div>
      \(results.map { found(form, $0) })
      """)
  }

  /// The form with what is chosen beside the words, so that a new query keeps it.
  private func searchForm(_ form: SearchForm) -> HTML {
    """
    <form action="\(Resource.search)" method="get" role="search">
    <label class="label-line" for="q">Search All Site Content</label>
    <div class="inline">
    <input id="q" name="q" type="search" value="\(form.words)">
    <button>Search</button>
    </div>
    \(each: form.choiceValues, { name, value in value.map { hidden(name, $0) } ?? "" })
    \(form.order == .relevance ? "" : hidden("sort", form.order.rawValue))
    </form>
    """
  }

  private func hints() -> HTML {
    """
    <p class="small">Put a phrase in “quotation marks”; leave out what has a word with a \
    <kbd>-</kbd> before it; look in one field with <kbd>title:</kbd>, <kbd>author:</kbd> or \
    <kbd>topic:</kbd>; choose years with <kbd>year:2008..2012</kbd>.</p>
    """
  }

  private func summary(_ form: SearchForm, _ results: SearchResults) -> HTML {
    let correction = results.correction.map { correction in
      let address = SearchForm(words: correction.query, choice: form.choice).address
      return (correction, address)
    }
    return """
      \(correction, { correction, address in
        correction.isApplied
          ? """
          <p>Nothing has “\(form.words)”. These are the results for \
          <a href="\(address)">\(correction.query)</a>.</p>
          """
          : "<p>Did you mean <a href=\"\(address)\">\(correction.query)</a>?</p>"
      })
      \(if: results.total > 0, """
        <p class="small" role="status">\(Wording.count(results.total, "publication"))\
        \(if: !form.words.isEmpty, " for “\(form.words)”")\
        \(if: form.page > 1, ", page \(form.page)")\
        \(if: results.isPartial, """
          . The search took too long and was cut off: there may be more.
          """)</p>
        \(orders(form))
        """)
      """
  }

  private func orders(_ form: SearchForm) -> HTML {
    """
    <p class="small">Sorted by \(each: SearchOrder.allCases, { order in
      var other = form.on(page: 1)
      other.order = order
      let name = order == .relevance ? "relevance" : order.rawValue
      return order == form.order
        ? "<strong>\(name)</strong> " : "<a href=\"\(other.address)\" rel=\"nofollow\">\(name)</a> "
    })</p>
    """
  }

  private func found(_ form: SearchForm, _ results: SearchResults) -> HTML {
    guard !results.results.isEmpty else { return nothing(form, total: results.total) }
    let last = min(
      SearchForm.lastPage, (results.total + SearchForm.pageSize - 1) / SearchForm.pageSize)
    return """
      <div class="spread">
      <div>
      <ol class="entries">
      \(each: results.results, {
        entry($0.publication, level: 2, body: body(of: $0, form.words))
      })
      </ol>
      \(pageLinks(page: form.page, of: last, label: "Pages of results") {
        form.on(page: $0).address
      })
      </div>
      <nav class="stack" aria-label="Narrow the results">
      \(results.facets.map { narrowing(form, $0) })
      \(exports(form, total: results.total))
      </nav>
      </div>
      """
  }

  private func nothing(_ form: SearchForm, total: Int) -> HTML {
    guard total == 0 else {
      return """
        <p>There are no results on this page. \
        <a href="\(form.on(page: 1).address)">Back to the first</a>.</p>
        """
    }
    return """
      <div class="stack measure">
      <p role="status">Nothing was found\(if: !form.words.isEmpty, " for “\(form.words)”").</p>
      \(if: form.choice.isFiltered && !form.words.isEmpty, """
        <p><a href="\(SearchForm(words: form.words).address)">Search for it everywhere</a>.</p>
        """)
      <p>Try fewer or other words, or <a href="\(Resource.browse)">browse by year, topic and \
      author</a>.</p>
      </div>
      """
  }

  /// The snippet of a result, and the pages of its PDF that have the words.
  private func body(of result: SearchResult, _ words: String) -> HTML {
    let slug = result.publication.slug
    return """
      \(if: !result.snippet.segments.isEmpty, "<p class=\"excerpt\">\(marked(result.snippet))</p>")
      \(if: !result.pages.isEmpty, """
        <ul class="hits">
        \(each: result.pages, { hit in
          """
          <li><a href="\(Resource.document(slug))#page=\(hit.page)">Page \(hit.page)</a> \
          \(marked(hit.snippet)) \
          <a href="\(Query.address(.reading(slug), [("q", words)]))#p\(hit.page)" rel="nofollow">\
          Read<span class="unseen"> page \(hit.page) as text</span></a></li>
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
