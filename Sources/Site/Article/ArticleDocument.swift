import Archive
import Markup

/// The document on the page of a publication.
extension Pages {
  /// How many pages are shown at first.
  private static let firstPages = 3
  /// How many more there are on demand.
  private static let morePages = 12

  /// The first pages, drawn, and links to the others.
  func document(_ view: ArticleView, _ file: StoredFile) -> HTML {
    """
    <section class="document" aria-labelledby="document">
    <h2 class="unseen" id="document">\(words[.publicationItself])</h2>
    \(settings.isStaticCopy ? embedded(view) : leaves(view, file))
    <p class="small">\(download(view)) (\(extent(of: file))) · \
    <a href="\(view.document)">\(words[.openInViewer])</a></p>
    </section>
    """
  }

  private func leaves(_ view: ArticleView, _ file: StoredFile) -> HTML {
    let count = max(1, file.pages ?? 1)
    let shown = min(count, Self.firstPages)
    let more = min(count, shown + Self.morePages)
    return """
      <div class="leaves">
      \(each: 1...shown, { leaf($0, view) })
      </div>
      \(if: more > shown, """
        <details>
        <summary>\(words(.showMorePages, words.count(.page, more - shown)))</summary>
        <div class="leaves">
        \(each: shown + 1...max(more, shown + 1), { leaf($0, view) })
        </div>
        </details>
        """)
      \(if: !view.isPreview && count > 1, """
        <p><a class="button quiet" href="\(view.page(1))">\(words[.turnPages])</a></p>
        """)
      """
  }

  /// A page as a picture that leads to the page itself.
  ///
  /// The first is an object: browsers that cannot show SVG, and those that get none because the page
  /// cannot be drawn, show its content instead. Objects have no proportions of their own, so an empty
  /// element keeps its room.
  private func leaf(_ page: Int, _ view: ArticleView) -> HTML {
    let label = words(.pageLabel, "\(page)")
    let picture = view.drawing(of: page)
    let size = view.pageSize
    guard page > 1 else {
      return """
        <div class="first">
        <svg viewBox="0 0 \(size.shownWidth) \(size.shownHeight)" aria-hidden="true" \
        focusable="false"></svg>
        <object data="\(picture)" type="image/svg+xml" tabindex="-1" title="\(label)">
        <p>\(words.html(.noPDFSupport, download(view)))</p>
        </object>
        <a href="\(view.page(page))"><span class="unseen">\(label)</span></a>
        </div>

        """
    }
    return """
      <a href="\(view.page(page))"><img src="\(picture)" alt="\(label)" loading="lazy" \
      width="\(size.shownWidth)" height="\(size.shownHeight)"></a>

      """
  }

  /// The embedded PDF of a copy of the site without a server.
  private func embedded(_ view: ArticleView) -> HTML {
    """
    <object data="\(view.document)" type="application/pdf" class="viewer" \
    title="\(words(.pdfOf, view.publication.record.title))">
    <p>\(words.html(.noPDFSupport, download(view)))</p>
    </object>
    """
  }
}
