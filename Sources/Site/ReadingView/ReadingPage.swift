import Archive
import Markup

extension Pages {
  /// The reading view of a publication.
  func reading(_ publication: Publication, _ text: ReadingText, _ form: ReadingForm) -> HTML {
    let record = publication.record
    return layout(
      Head(
        title: words(.textOf, record.title), canonical: form.address, isIndexed: !form.isMarked),
      """
      <article class="reading">
      \(readingHead(publication))
      <div class="book">
      <div class="guide">
      \(if: !settings.isStaticCopy, findForm(form))
      \(if: form.sought != nil, hits(text, form))
      \(contents(text, form))
      </div>
      <div class="text"\(language(of: record))\(relatedSelection(of: publication.slug))>
      \(parts(text, form))
      \(TextRenderer.html(of: text, of: publication, on: self))
      \(parts(text, form))
      </div>
      </div>
      </article>
      """)
  }

  /// The page of a PDF without extracted text.
  func unread(_ publication: Publication) -> HTML {
    let reason: Phrase = publication.file?.text == .waiting ? .textWaiting : .textUnreadable
    return layout(
      Head(
        title: words(.textOf, publication.record.title),
        canonical: Resource.reading(publication.slug).path, isIndexed: false),
      """
      <article class="reading">
      \(readingHead(publication))
      <p class="notice measure">\(words[reason])</p>
      </article>
      """)
  }

  private func readingHead(_ publication: Publication) -> HTML {
    """
    <header class="headpiece">
    <p class="kicker"><a href="\(Resource.publication(publication.slug))">\
    \(words[.backToPublication])</a></p>
    \(names(of: publication.record))
    <p class="take"><a class="button quiet" href="\(Resource.currentFile(of: publication))">\
    \(words[.downloadPDF])</a> <span class="small">\(words[.textIntroduction])</span></p>
    </header>
    """
  }

  // MARK: Finding

  private func findForm(_ form: ReadingForm) -> HTML {
    """
    <form action="\(Resource.reading(form.slug))" method="get" role="search" \
    aria-label="\(words[.findInDocument])">
    <label class="label-line" for="find">\(words[.findInDocument])</label>
    <div class="inline">
    <input id="find" name="find" type="search" value="\(form.sought ?? "")" required>
    \(languageField)<button class="quiet">\(words[.find])</button>
    </div>
    </form>
    \(if: form.isMarked, """
      <p class="more small"><a href="\(ReadingForm(form.slug).on(page: form.page).address)">\
      \(words[.clearFind])</a></p>
      """)
    """
  }

  private func hits(_ text: ReadingText, _ form: ReadingForm) -> HTML {
    let sought = form.sought ?? ""
    guard !text.hits.isEmpty else {
      return "<p class=\"small\" role=\"status\">\(words(.noHits, sought))</p>"
    }
    return """
      <p class="small" role="status">\
      \(words(.hitsFor, words.count(.hit, text.hits.count), sought))\
      \(if: text.hits.count == ReadingText.mostHits, """
         \(words(.firstHits, words.number(ReadingText.mostHits)))
        """)</p>
      <ol class="finds">
      \(each: text.hits.enumerated(), { number, hit in
        let page = text.parts.first { $0.contains(hit.page) }?.lowerBound ?? 1
        return """
          <li><a href="\(form.on(page: page).address)#hit\(number + 1)">\
          \(words(.pageLabel, text.label(of: hit.page)))</a> \
          <span dir="auto">\(hit.before)<mark>\(hit.found)</mark>\(hit.after)</span></li>

          """
      })\
      </ol>
      """
  }

  // MARK: Contents

  /// An entry of the contents.
  struct ContentsLine {
    let title: String
    let level: Int
    let page: Int
    let anchor: String
  }

  /// The outline of the PDF, or its headings; empty if there are few.
  private func contents(_ text: ReadingText, _ form: ReadingForm) -> HTML {
    let lines = Pages.lines(of: text.contents)
    guard lines.count > 2 else { return "" }
    return """
      <details class="contents">
      <summary>\(words[.contents])</summary>
      <nav aria-label="\(words[.contents])"><ol>
      \(each: lines, { line in
        let part = text.parts.firstIndex { $0.contains(line.page) } ?? 0
        let address =
          part == text.part ? "" : ReadingForm(form.slug).on(page: text.parts[part].lowerBound).address
        return """
          <li class="level-\(min(line.level, 3))"><a href="\(address)#\(line.anchor)" dir="auto">\
          \(line.title)</a></li>

          """
      })\
      </ol></nav>
      </details>
      """
  }

  private static let mostLines = 150

  /// The outline of a PDF, or the headings of its text.
  static func lines(of contents: FileContents) -> [ContentsLine] {
    let outline = contents.outline.compactMap { entry in
      entry.page.map { page in
        ContentsLine(title: entry.title, level: entry.level, page: page, anchor: "p\(page)")
      }
    }
    guard outline.count < 3 else {
      for level in [3, 2, 1] {
        let lines = outline.filter { $0.level <= level }
        if lines.count <= mostLines { return lines }
      }
      return Array(outline.prefix(mostLines))
    }
    let headings = contents.blocks.enumerated().compactMap { index, block -> ContentsLine? in
      guard case .heading(let level) = block.kind, level <= 3 else { return nil }
      return ContentsLine(title: block.text, level: level, page: block.page, anchor: "h\(index)")
    }
    return Array(headings.prefix(mostLines))
  }

  // MARK: Parts

  /// Links to the parts of a text that is too long for one page.
  private func parts(_ text: ReadingText, _ form: ReadingForm) -> HTML {
    guard text.parts.count > 1 else { return "" }
    return """
      <nav class="pages" aria-label="\(words[.partsOfText])"><ul>
      \(each: text.parts.enumerated(), { number, pages in
        """
        <li><a href="\(form.on(page: pages.lowerBound).address)"\
        \(if: number == text.part, " aria-current=\"page\"")>\
        \(words(
          .pagesFromTo, text.label(of: pages.lowerBound), text.label(of: pages.upperBound)))</a></li>

        """
      })\
      </ul></nav>
      """
  }
}
