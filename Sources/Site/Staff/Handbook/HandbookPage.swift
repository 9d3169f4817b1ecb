import Archive
import HTTP
import Markup

extension Site {
  /// The contents of the handbook, or its pages with some words.
  func handbook(_ visit: StaffRequest) -> Response {
    privatePage(
      .ok,
      visit.pages.handbook(matching: Query(visit.request.query).words("q"), visit.staff))
  }

  func handbookPage(_ name: String, _ visit: StaffRequest) throws -> Response {
    guard let page = visit.pages.handbookInLanguage.page(name) else {
      throw HandlerRefusal.notFound
    }
    return privatePage(.ok, visit.pages.handbook(page, visit.staff))
  }
}

extension Pages {
  /// The handbook in the language of the pages, or in English.
  var handbookInLanguage: Handbook { assets.handbook(words.tag) }

  func handbook(matching query: String, _ staff: StaffBar) -> HTML {
    let sought = query.lowercased().words
    let found = handbookInLanguage.pages.filter { page in
      let text = "\(page.title) \(plainText(of: page))".lowercased()
      return sought.allSatisfy { text.contains($0) }
    }
    return layout(
      Head(
        title: words[.handbook],
        address: Query.address(.handbook, [("q", query.isEmpty ? nil : query)]), place: .handbook,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.handbook])</h1>
      <form class="inline" action="\(Resource.handbook)" method="get" role="search">
      <label class="unseen" for="q">\(words[.searchHandbook])</label>
      <input id="q" name="q" type="search" value="\(query)" placeholder="\(words[.searchHandbook])">
      \(languageField)<button class="quiet">\(words[.find])</button>
      </form>
      </div>
      \(found.isEmpty ? "<p role=\"status\">\(words(.handbookNothing, query))</p>" : """
        <ol class="task-list measure">\(each: found, { page in
          """
          <li><a href="\(Resource.handbookPage(page.name))">\(page.title)</a>
          \(summary(of: page))</li>

          """
        })</ol>
        """)
      """)
  }

  /// The first paragraph.
  private func summary(of page: Handbook.Page) -> HTML {
    for case .paragraph(let spans) in page.blocks {
      return "<span class=\"small\">\(text(of: spans))</span>"
    }
    return ""
  }

  func handbook(_ page: Handbook.Page, _ staff: StaffBar) -> HTML {
    let pages = handbookInLanguage.pages
    let place = pages.firstIndex { $0.name == page.name } ?? 0
    let next = place + 1 < pages.count ? pages[place + 1] : nil
    return layout(
      Head(
        title: page.title, address: Resource.handbookPage(page.name).path, place: .handbook,
        isIndexed: false, staff: staff),
      """
      <p class="small"><a href="\(Resource.handbook)">\(words[.handbook])</a></p>
      <article class="handbook measure">
      <h1>\(page.title)</h1>
      \(each: page.blocks, { block($0, staff.role) })
      </article>
      \(next, { page in
        """
        <p class="handbook-next">\(words[.nextPage]): \
        <a href="\(Resource.handbookPage(page.name))">\(page.title)</a></p>
        """
      })
      """)
  }

  private func block(_ block: Handbook.Block, _ role: Role) -> HTML {
    func text(_ spans: [Handbook.Span]) -> HTML { "\(each: spans, { span($0, role) })" }
    return switch block {
    case .heading(let spans): "<h2>\(text(spans))</h2>\n"
    case .paragraph(let spans): "<p>\(text(spans))</p>\n"
    case .list(let items): "<ul>\(each: items, { "<li>\(text($0))</li>\n" })</ul>\n"
    case .steps(let items): "<ol>\(each: items, { "<li>\(text($0))</li>\n" })</ol>\n"
    }
  }

  /// A phrase is a link to its page where the reader may open that.
  private func span(_ span: Handbook.Span, _ role: Role) -> HTML {
    switch span {
    case .text(let text): "\(text)"
    case .phrase(let name, let path?) where Resource(path: path)?.route.isOpen(to: role) == true:
      "<a href=\"\(path)\">\(phrase(name))</a>"
    case .phrase(let name, _): "<b>\(phrase(name))</b>"
    }
  }

  private func phrase(_ name: String) -> String { Phrase(rawValue: name).map { words[$0] } ?? name }

  private func text(of spans: [Handbook.Span]) -> String {
    spans.map { span in
      switch span {
      case .text(let text): text
      case .phrase(let name, _): phrase(name)
      }
    }.joined()
  }

  private func plainText(of page: Handbook.Page) -> String { text(of: page.spans) }
}
