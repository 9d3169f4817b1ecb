import Archive
import Search
import Markup

extension Pages {
  /// The search page; without results when nothing was asked for.
  func search(_ form: SearchForm, _ results: SearchResults?) -> HTML {
    let title = form.words.isEmpty ? words[.search] : words(.searchFor, form.words)
    return layout(
      Head(
        title: title, canonical: form.address, place: .search, isIndexed: false, hasSearch: false,
        more: results.map { _ in feedLink(Followed(form)) } ?? ""),
      """
      <div class="section-top">
      <h1>\(words[.search])</h1>
      \(searchForm(form))
      \(results.map { summary(form, $0) } ?? (settings.isStaticCopy ? staticSearch() : tips()))
      </div>
      \(results.map { found(form, $0) })
      """)
  }

  /// The form with what is chosen beside the words, so that a new query keeps it.
  private func searchForm(_ form: SearchForm) -> HTML {
    """
    <form action="\(Resource.search)" method="get" role="search">
    <label class="label-line" for="q">\(words[.searchAllSiteContent])</label>
    <div class="inline">
    <input id="q" name="q" type="search" value="\(form.words)" \
    maxlength="\(Query.mostTyped)">
    \(languageField)<button>\(words[.search])</button>
    </div>
    \(each: form.choiceValues, { name, value in value.map { hidden(name, $0) } ?? "" })
    \(form.order == .relevance ? "" : hidden("sort", form.order.rawValue))
    </form>
    """
  }

  /// The place of the results in a static copy, where a script searches.
  private func staticSearch() -> HTML {
    """
    <div id="results" data-none="\(words(.nothingFoundFor, "{1}"))"></div>
    <noscript><p>\(words[.searchNeedsScript])</p></noscript>
    <script src="\(StaticCopy.searchIndex)" defer></script>
    \(assets.resource("static-search.js"), { "<script src=\"\($0)\" defer></script>\n" })
    """
  }

  /// What the language of queries can do, each with an example.
  private func tips() -> HTML {
    let tips: [HTML] = [
      words.html(.tipPhrase, "<kbd>\"climate change\"</kbd>"),
      words.html(.tipExclusion, "<kbd>-korea</kbd>"),
      words.html(
        .tipFields, "<kbd>title:trade</kbd>", "<kbd>author:berg</kbd>", "<kbd>topic:climate</kbd>"),
      words.html(.tipYears, "<kbd>year:2008-2012</kbd>"),
      words.html(.tipBeginning, "<kbd>harb*</kbd>"),
      "\(words[.tipIdentifiers])",
    ]
    return """
      <div class="tips small">
      <h2>\(words[.searchTips])</h2>
      <ul>
      \(each: tips, { "<li>\($0)</li>" })
      </ul>
      </div>
      """
  }

  private func summary(_ form: SearchForm, _ results: SearchResults) -> HTML {
    let correction = results.correction.map { correction in
      let address = SearchForm(words: correction.query, choice: form.choice).address
      let link: HTML = "<a href=\"\(address)\">\(correction.query)</a>"
      return correction.isApplied
        ? words.html(.searchedInstead, "\(form.words)", link) : words.html(.didYouMean, link)
    }
    let missing = results.missingPhrases.joined(separator: "; ")
    let publications = words.count(.publication, results.total)
    // The count is that of what is shown, which may not be what was typed.
    let shown =
      results.missingPhrases.isEmpty
      ? results.correction.flatMap { $0.isApplied ? $0.query : nil } ?? form.words : ""
    let count = shown.isEmpty ? publications : words(.hitsFor, publications, shown)
    return """
      \(if: !missing.isEmpty, "<p>\(words(.phraseNotFound, missing))</p>")
      \(correction, { "<p>\($0)</p>" })
      \(if: !results.otherTerms.isEmpty, """
        <p>\(words(.alsoSearchedFor, results.otherTerms.joined(separator: "; ")))</p>
        """)
      \(if: results.total > 0, """
        <p class="small" role="status">\(form.page > 1
          ? words(.headingPage, count, words.number(form.page)) : count)\
        \(if: results.isPartial, ". \(words[.resultsPartial])")</p>
        \(orders(form))
        """)
      """
  }

  private func orders(_ form: SearchForm) -> HTML {
    """
    <nav class="small" aria-label="\(words[.sortBy])"><ul class="orders">
    <li aria-hidden="true">\(words[.sortBy]):</li>
    \(each: SearchOrder.allCases, { order in
      var other = form.on(page: 1)
      other.order = order
      return """
        <li><a href="\(other.address)" rel="nofollow"\
        \(if: order == form.order, " aria-current=\"true\"")>\(words[name(of: order)])</a></li>
        """
    })
    </ul></nav>
    """
  }

  private func name(of order: SearchOrder) -> Phrase {
    switch order {
    case .relevance: .sortRelevance
    case .newest: .sortNewest
    case .oldest: .sortOldest
    case .title: .sortTitle
    }
  }

  private func found(_ form: SearchForm, _ results: SearchResults) -> HTML {
    guard !results.results.isEmpty else { return nothing(form, total: results.total) }
    let last = min(
      SearchForm.lastPage, (results.total + SearchForm.pageSize - 1) / SearchForm.pageSize)
    return """
      <div class="spread">
      <div>
      <ol class="entries">
      \(each: Array(results.results.enumerated()), { index, result in
        let ping = ping(form, place: (form.page - 1) * SearchForm.pageSize + index + 1)
        return entry(
          result.publication, level: 2, body: body(of: result, query: form.words, ping), ping: ping)
      })
      </ol>
      \(pageLinks(page: form.page, of: last, label: words[.pagesOfResults]) {
        form.on(page: $0).address
      })
      </div>
      <nav class="stack" aria-label="\(words[.narrowResults])">
      \(results.facets.map { narrowing(form, $0) })
      \(exports(form, total: results.total))
      </nav>
      </div>
      """
  }

  private func nothing(_ form: SearchForm, total: Int) -> HTML {
    guard total == 0 else {
      return """
        <p>\(words[.noResultsHere]) \
        <a href="\(form.on(page: 1).address)">\(words[.backToFirst])</a></p>
        """
    }
    return """
      <div class="stack measure">
      <p role="status">\(form.words.isEmpty
        ? words[.nothingFound] : words(.nothingFoundFor, form.words))</p>
      \(if: form.choice.isFiltered && !form.words.isEmpty, """
        <p><a href="\(SearchForm(words: form.words).address)">\(words[.searchEverywhere])</a></p>
        """)
      <p>\(words.html(
        .tryOtherWords, "<a href=\"\(Resource.browse)\">\(words[.browseArchive])</a>"))</p>
      \(tips())
      </div>
      """
  }

  /// What has a link tell that it was followed; nothing where that is not counted.
  private func ping(_ form: SearchForm, place: Int) -> HTML {
    guard settings.countsResultClicks, !form.words.isEmpty else { return "" }
    return " ping=\"\(form.opening(ofPlace: place))\""
  }

  /// The snippet of a result, and the pages of its PDF that have the words.
  func body(of result: SearchResult, query: String, _ ping: HTML) -> HTML {
    let abstract: HTML =
      result.snippet.segments.isEmpty
      ? "" : "<p class=\"excerpt\">\(marked(result.snippet))</p>"
    let pages = pageHits(of: result, query: query, ping)
    let matched = query.isEmpty ? "" : matchedWords(of: result)
    // The beginning of an abstract without any of the words tells less than a page with them.
    return result.bestPage == nil
      ? "\(abstract)\(pages)\(matched)"
      : "\(pages)\(if: result.snippet.score > 0, abstract)\(matched)"
  }

  private func pageHits(of result: SearchResult, query: String, _ ping: HTML) -> HTML {
    let slug = result.publication.slug
    guard !result.pages.isEmpty else { return "" }
    return """
      <ul class="hits">
      \(each: result.pages, { hit in
        let label = words(.pageLabel, hit.label)
        return """
          <li><a href="\(PageForm(slug, page: hit.page, words: query).address)" rel="nofollow"\(ping)>\(label)</a> \
          \(marked(hit.snippet)) \
          <a href="\(Query.address(.reading(slug), [("q", query.isEmpty ? nil : query)]))#p\(hit.page)" rel="nofollow"\(ping)>\
          \(words[.readText])<span class="unseen">: \(label)</span></a></li>
          """
      })
      </ul>
      """
  }

  /// Which words of the passages stand for other words of the query.
  private func matchedWords(of result: SearchResult) -> HTML {
    let pairs = result.words.prefix(Pages.mostMatchedWords).map {
      words(.matchedWord, $0.found, $0.typed)
    }
    guard !pairs.isEmpty else { return "" }
    return "<p class=\"small\">\(words(.matchedWords, pairs.joined(separator: ", ")))</p>"
  }

  private static let mostMatchedWords = 5

  private func marked(_ snippet: Snippet) -> HTML {
    "\(each: snippet.segments, { $0.isMatch ? "<mark>\($0.text)</mark>" : "\($0.text)" })"
  }
}
