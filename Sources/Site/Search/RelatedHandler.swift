import Archive
import HTTP
import Markup
import Search

/// A passage of a text, and where it is from.
struct Passage {
  let text: String
  /// The publication and the page of its PDF; nil for a text that a reader sent.
  var source: (publication: Publication, page: Int, label: String)?
  /// The publication that is left out of the results: the one with the passage.
  var origin: Slug?
}

/// Passages elsewhere in the archive about the same matter as one.
extension Site {
  /// The page of a passage's related passages.
  func related(_ request: Request) throws -> Response {
    let query = Query(request.query)
    guard let passage = try passage(of: query) else { return notFound(request) }
    let results = try results(for: passage, limit: SearchForm.pageSize)
    let address = relatedAddress(of: query)
    return page(
      pages(for: request).related(passage, results, at: address), at: address, request,
      isReusable: false)
  }

  /// The same as JSON.
  func relatedAPI(_ request: Request) throws -> Response {
    let query = Query(request.query)
    guard let passage = try passage(of: query) else {
      return problem(
        .notFound, "Expected the text of a passage, or the slug of a publication and a page of it.",
        caching: .notFound)
    }
    let results = try results(for: passage, limit: query.clamped("limit", to: 0...100) ?? 10)
    var response = text(JSON(related: results).bytes, "application/json; charset=utf-8")
    response.share()
    return response
  }

  private func results(for passage: Passage, limit: Int) throws -> SearchResults {
    let now = self.now
    return try counters.timeSearch {
      try archive.related(
        toPassage: passage.text, except: passage.origin, limit: limit, at: now)
    }
  }

  private func relatedAddress(of query: Query) -> String {
    let names = query.words("text").isEmpty ? ["slug", "page", "block"] : ["text", "slug"]
    return Query.address(
      .related,
      names.map { name in
        let value = query.words(name)
        return (name, value.isEmpty ? nil : value)
      })
  }

  /// The passage that a query names; nil when there is none that is public.
  private func passage(of query: Query) throws -> Passage? {
    let slug = query.text("slug").flatMap { Slug($0) }
    let text = query.words("text")
    if !text.isEmpty { return Passage(text: text, origin: slug) }
    let now = self.now
    guard let slug,
      case .publication(let publication) = try archive.publications.find(slug, at: now),
      let file = publication.file
    else { return nil }
    let contents = try archive.texts.contents(of: slug, at: now)
    guard let (page, text) = try place(query, in: file, contents), !text.isEmpty else { return nil }
    let label = contents?.pageLabels[page] ?? "\(page)"
    return Passage(text: text, source: (publication, page, label), origin: slug)
  }

  /// The page or the block of a text that a query names.
  private func place(
    _ query: Query, in file: StoredFile, _ contents: FileContents?
  ) throws -> (page: Int, text: String)? {
    if let index = query.number("block", in: 0...10_000_000) {
      guard let blocks = contents?.blocks, index < blocks.count else { return nil }
      return (blocks[index].page, blocks[index].text.trimmed)
    }
    guard let number = query.number("page", in: 1...1_000_000) else { return nil }
    let texts = try archive.texts.pages(of: file, limit: number)
    guard texts.count == number, let text = texts.last else { return nil }
    return (number, text.trimmed)
  }
}

extension Pages {
  /// Pages and publications about the same matter as a passage.
  func related(_ passage: Passage, _ results: SearchResults, at address: String) -> HTML {
    layout(
      Head(
        title: words[.relatedPassages], canonical: address, place: .search, isIndexed: false),
      """
      <div class="section-top">
      <h1>\(words[.relatedPassages])</h1>
      <blockquote class="measure" dir="auto"><p>\(Wording.excerpt(
        passage.text, limit: Pages.shownOfPassage))</p></blockquote>
      \(passage.source, { publication, page, label in
        let address = ReadingForm(publication.slug).on(page: page).address
        return """
          <p class="small"><a href="\(address)#p\(page)">\(publication.record.title), \
          \(words(.pageLabel, label))</a></p>
          """
      })
      \(if: results.results.isEmpty, "<p role=\"status\">\(words[.noRelatedPassages])</p>")
      \(if: results.isPartial, "<p class=\"small\">\(words[.resultsPartial])</p>")
      </div>
      <ol class="entries">
      \(each: results.results, { result in
        entry(result.publication, level: 2, body: body(of: result, query: "", ""))
      })
      </ol>
      """)
  }

  /// In characters.
  private static let shownOfPassage = 400

  /// Where passages like a page are.
  func relatedAddress(ofPage page: Int, of slug: Slug) -> String {
    Query.address(.related, [("slug", "\(slug)"), ("page", "\(page)")])
  }

  /// Where passages like a block of the text are.
  func relatedAddress(ofBlock index: Int, of slug: Slug) -> String {
    Query.address(.related, [("slug", "\(slug)"), ("block", "\(index)")])
  }

  /// The attributes of an element with text of a publication, by which the script offers related
  /// passages of what a reader selects in it.
  func relatedSelection(of slug: Slug) -> HTML {
    guard !settings.isStaticCopy else { return "" }
    let address = Query.address(.related, [("slug", "\(slug)")])
    return """
       data-related="\(address)" data-related-label="\(words[.findRelatedPassages])"
      """
  }
}
