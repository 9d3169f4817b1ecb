import Archive
import Markup

extension Pages {
  /// A drawn page of a publication.
  ///
  /// The paper is white also in dark colours: pictures and coloured text stay as they were published.
  func page(_ view: PageView) -> HTML {
    let record = view.publication.record
    let form = view.form
    let label = words(.pageLabel, view.label(of: form.page))
    var head = Head(
      title: words(.headingPage, record.title, view.label(of: form.page)),
      canonical: Resource.publication(form.slug).path, isIndexed: false,
      more: view.drawing == nil ? "" : style(of: view))
    head.address = form.address
    return layout(
      head,
      """
      <article class="leaf-view" data-pages>
      <header class="headpiece">
      <p class="kicker"><a href="\(Resource.publication(form.slug))">\
      \(words[.backToPublication])</a></p>
      <h1\(titleSize(record.title))\(script(of: record))>\(record.title)\
      <span class="unseen">: \(label)</span></h1>
      </header>
      \(turning(view))
      \(view.marks, { self.matches($0, view) })
      \(missing(view))
      \(view.failure.map { failure($0, view) })
      \(view.drawing.map { leaf($0, view) })
      \(ways(view))
      \(strip(view))
      \(outline(view))
      </article>
      """)
  }

  // MARK: Around the drawing

  private func style(of view: PageView) -> HTML {
    let style = drawingStyleAddress(view.form.slug, view.file.sha256, view.form.page)
    return "<link rel=\"stylesheet\" href=\"\(style)\">\n"
  }

  /// Links to other pages, and the field for one.
  private func turning(_ view: PageView) -> HTML {
    let form = view.form
    func link(_ page: Int, _ text: Phrase, _ relation: HTML, if isThere: Bool) -> HTML {
      isThere
        ? "<li><a href=\"\(form.on(page: page).address)\"\(relation)>\(words[text])</a></li>\n" : ""
    }
    return """
      <nav class="pages turning" aria-label="\(words[.pagesOfDocument])">
      <ul>
      \(link(1, .firstPage, "", if: form.page > 2))\
      \(link(form.page - 1, .previousPage, " rel=\"prev\"", if: form.page > 1))\
      \(link(form.page + 1, .nextPage, " rel=\"next\"", if: form.page < view.count))\
      \(link(view.count, .lastPage, "", if: form.page < view.count - 1))\
      </ul>
      <form class="inline" action="\(Resource.page(form.slug, form.page))" method="get">
      <label for="page">\(words[.pageField])</label>
      <input id="page" name="page" value="\(view.label(of: form.page))" size="4" \
      autocomplete="off" required>
      <span>\(words(.ofPages, words.number(view.count)))</span>
      \(form.words, { hidden("q", $0) })\(languageField)\
      <button class="quiet">\(words[.goToPage])</button>
      </form>
      </nav>
      """
  }

  private func missing(_ view: PageView) -> HTML {
    let parts = Set((view.drawing?.missing ?? []).map { MissingContent($0) })
    guard !parts.isEmpty else { return "" }
    // Every program that shows the PDF replaces it.
    guard parts != [.font] else { return "<p class=\"small\">\(words[.fontReplaced])</p>" }
    return """
      <div class="notice warning">
      <p>\(words[.pageIncomplete])</p>
      <ul class="steps">
      \(each: MissingContent.allCases.filter(parts.contains), { "<li>\(words[$0.phrase])</li>\n" })\
      </ul>
      </div>
      """
  }

  private func failure(_ failure: DrawingFailure, _ view: PageView) -> HTML {
    """
    <div class="notice warning">
    <h2>\(words[.pageNotDrawn])</h2>
    <p>\(words[failure.phrase])</p>
    <p>\(words[.pageNotDrawnInstead])</p>
    </div>
    """
  }

  // MARK: The drawing

  /// The drawing, whose text is read, selected and found as on any page.
  private func leaf(_ drawing: PageDrawing, _ view: PageView) -> HTML {
    guard let svg = view.svg else { return "" }
    let size = PageSize(drawing)
    return """
      <figure class="leaf\(if: size.isWide, " wide")" aria-label="\(words(
        .pageLabel, view.label(of: view.form.page)))"\(language(of: view.publication.record))\
      \(relatedSelection(of: view.form.slug))>
      \(HTML(svg: svg))
      \(view.marks, { self.overlay($0, size) })
      </figure>
      """
  }

  /// Other ways to read the page, and how to refer to it.
  private func ways(_ view: PageView) -> HTML {
    let form = view.form
    let address = absolute(form.withoutWords.address)
    let names = view.publication.record.authorNames
    return """
      <p class="take">
      \(if: view.file.text == .read, """
        <a class="button quiet" href="\(ReadingForm(form.slug).on(page: form.page).address)\
        #p\(form.page)">\(words[.readText])</a>
        """)
      <a class="button quiet" href="\(Resource.currentFile(of: view.publication))#page=\(form.page)">\
      \(words[.openPDFPage])</a>
      \(if: view.file.text == .read, """
        <a class="button quiet" href="\(relatedAddress(ofPage: form.page, of: form.slug))" \
        rel="nofollow">\(words[.relatedPassages])</a>
        """)
      <button type="button" class="quiet" hidden data-selection="\(form.withoutWords.address)" \
      data-done="\(words[.copied])">\(words[.linkToSelection])</button></p>
      <details class="cite">
      <summary>\(words[.citePage])</summary>
      <dl>
      <div><dt>\(words[.linkToPage])</dt>
      <dd id="cite-link" dir="ltr"><a href="\(address)">\(address)</a></dd>
      \(copyButton("cite-link", words[.linkToPage]))</div>
      \(each: CitationText.all(
        of: view.publication, by: names, on: self, page: view.label(of: form.page)
      ), { citation in
        let id = "cite-\(citation.style.lowercased())"
        return """
          <div><dt>\(citation.style)</dt>
          <dd id="\(id)" lang="en" dir="ltr">\(citation.text)</dd>
          \(copyButton(id, citation.style))</div>

          """
      })\
      </dl>
      </details>
      """
  }

  private func copyButton(_ id: String, _ name: String) -> HTML {
    """
    <dd class="copy"><button type="button" class="quiet" hidden data-copy="\(id)" \
    data-done="\(words[.copied])" aria-label="\(words[.copyCitation]): \(name)">\
    \(words[.copyCitation])</button></dd>
    """
  }

  /// Small pictures of the pages around.
  private func strip(_ view: PageView) -> HTML {
    guard view.count > 1 else { return "" }
    let size = view.drawing.map { PageSize($0) } ?? PageSize.usual
    let picture = { (page: Int) in
      Resource.pagePicture(view.form.slug, sha256: view.file.sha256, page: page)
    }
    return """
      <nav class="strip" aria-label="\(words[.nearbyPages])"><ol>
      \(each: view.nearby, { page in
        let label = words(.pageLabel, view.label(of: page))
        return """
          <li><a href="\(view.form.on(page: page).address)"\
          \(if: page == view.form.page, " aria-current=\"page\"")>\
          <img src="\(picture(page))" alt="" loading="lazy" \
          width="\(size.thumbnailWidth)" height="\(size.thumbnailHeight)">\(label)</a></li>

          """
      })\
      </ol></nav>
      """
  }

  /// The bookmarks of the PDF, or the headings of its text.
  private func outline(_ view: PageView) -> HTML {
    guard let contents = view.contents else { return "" }
    let lines = Pages.lines(of: contents)
    guard lines.count > 2 else { return "" }
    return """
      <details class="contents">
      <summary>\(words[.contents])</summary>
      <nav aria-label="\(words[.contents])"><ol>
      \(each: lines, { line in
        """
        <li class="level-\(min(line.level, 3))"><a href="\(view.form.on(page: line.page).address)" \
        dir="auto">\(line.title)</a></li>

        """
      })\
      </ol></nav>
      </details>
      """
  }
}

/// The size of a page on the screen.
struct PageSize {
  let width: Double
  let height: Double

  init(_ drawing: PageDrawing) { self.init(width: drawing.width, height: drawing.height) }

  init(width: Double, height: Double) {
    self.width = max(width, 1)
    self.height = max(height, 1)
  }

  /// That of A4, for pages that have not been drawn.
  static let usual = PageSize(width: 595, height: 842)

  var isWide: Bool { width > height * 1.1 }

  /// On the page of a publication, in CSS pixels.
  var shownWidth: Int { 800 }
  var shownHeight: Int { Int((800 * height / width).clamped(to: 80...8000)) }

  /// In CSS pixels.
  var thumbnailWidth: Int { 120 }
  var thumbnailHeight: Int { Int((Double(thumbnailWidth) * height / width).clamped(to: 40...360)) }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
