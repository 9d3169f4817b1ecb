import Archive
import Markup

/// Renders the blocks of a text: headings, paragraphs, lists, tables, and anchors for the PDF's
/// pages.
struct TextRenderer {
  private let pages: Pages
  private let slug: Slug
  /// Where the PDF is.
  private let document: Resource
  private let text: ReadingText
  private let blocks: [ReadingBlock]
  private let notes: Footnotes
  /// Blocks that were rendered as the continuation of one on an earlier page.
  private var isRendered: Set<Int> = []
  private var page: Int
  private var level = 1
  private var html: HTML = ""
  /// The open list items or table rows.
  private var items: [HTML] = []
  private var table = TableRenderer()

  init(_ text: ReadingText, of publication: Publication, on pages: Pages) {
    self.pages = pages
    slug = publication.slug
    document = Resource.currentFile(of: publication)
    self.text = text
    blocks = text.contents.blocks
    notes = Footnotes(in: blocks, text.blocks)
    page = text.parts[text.part].lowerBound - 1
  }

  /// Renders the part that is shown.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - publication: The publication with the PDF that it is from.
  ///   - pages: The pages it is on.
  /// - Returns: The part as HTML.
  static func html(
    of text: ReadingText, of publication: Publication, on pages: Pages
  ) -> HTML {
    var renderer = TextRenderer(text, of: publication, on: pages)
    for index in text.blocks where !renderer.isRendered.contains(index) { renderer.render(index) }
    renderer.close()
    renderer.turn(to: text.parts[text.part].upperBound)
    renderer.renderNotes()
    return renderer.html
  }

  // MARK: Blocks

  private mutating func render(_ index: Int) {
    let block = blocks[index]
    if case .footnote = block.kind { return }
    if !isItem(block) || block.page > page { closeItems() }
    if block.kind != .tableRow || block.page > page { closeTable() }
    turn(to: block.page)
    if isCaption(index) {
      // The contents link to headings.
      table.caption = "<span id=\"h\(index)\">\(whole(index))</span>"
      return
    }
    let words = whole(index)
    switch block.kind {
    case .heading(let depth):
      // No heading level is skipped, for screen readers.
      level = min(depth + 1, level + 1, 6)
      html += heading(words, index)
    case .paragraph: html += "<p dir=\"auto\">\(words)\(relatedLink(toBlock: index))</p>\n"
    case .figure: html += "<p class=\"picture\" dir=\"auto\">\(words)</p>\n"
    case .listItem(let marker):
      let isBullet = marker.allSatisfy { !$0.isLetter && !$0.isNumber }
      items.append(
        isBullet
          ? "<li dir=\"auto\">\(words)</li>\n"
          : "<li class=\"marked\" dir=\"auto\"><span class=\"marker\">\(marker)</span> \(words)</li>\n"
      )
    case .tableRow: table.add(cells(index))
    case .footnote: break
    }
  }

  private func isItem(_ block: ReadingBlock) -> Bool {
    if case .listItem = block.kind { true } else { false }
  }

  private func heading(_ words: HTML, _ index: Int) -> HTML {
    let attributes: HTML = " id=\"h\(index)\" dir=\"auto\""
    return switch level {
    case ...2: "<h2\(attributes)>\(words)</h2>\n"
    case 3: "<h3\(attributes)>\(words)</h3>\n"
    case 4: "<h4\(attributes)>\(words)</h4>\n"
    case 5: "<h5\(attributes)>\(words)</h5>\n"
    default: "<h6\(attributes)>\(words)</h6>\n"
    }
  }

  /// A block with its continuation on the following pages.
  private mutating func whole(_ index: Int) -> HTML {
    var words = marked(index)
    var last = index
    while blocks[last].continuesOnNextPage, let rest = rest(of: last) {
      isRendered.insert(rest)
      last = rest
      if blocks[rest].page <= text.parts[text.part].upperBound, blocks[rest].page == page + 1 {
        page = blocks[rest].page
        words += " \(anchor(page, isInline: true))"
      }
      words += " \(marked(rest))"
    }
    return words
  }

  private func rest(of index: Int) -> Int? {
    let block = blocks[index]
    return blocks[(index + 1)...].prefix { $0.page <= block.page + 1 }.indices.first {
      guard blocks[$0].page == block.page + 1 else { return false }
      switch (blocks[$0].kind, block.kind) {
      case (.listItem, .listItem), (.footnote, .footnote): return true
      case (let other, let kind): return other == kind
      }
    }
  }

  /// Whether a paragraph or heading is the caption of the table below it.
  private func isCaption(_ index: Int) -> Bool {
    guard index + 1 < blocks.count, blocks[index + 1].kind == .tableRow,
      blocks[index + 1].page == blocks[index].page
    else { return false }
    switch blocks[index].kind {
    case .paragraph, .heading: break
    default: return false
    }
    return TableRenderer.isCaption(blocks[index].text)
  }

  private func cells(_ index: Int) -> [TableRenderer.Cell] {
    blocks[index].text.split(separator: "\t", omittingEmptySubsequences: false).map {
      TableRenderer.Cell(
        text: String($0), words: marked(index, within: $0.startIndex..<$0.endIndex))
    }
  }

  private mutating func close() {
    closeItems()
    closeTable()
  }

  private mutating func closeItems() {
    guard !items.isEmpty else { return }
    html += "<ul>\n\(each: items, { $0 })</ul>\n"
    items = []
  }

  private mutating func closeTable() {
    guard let set = table.html(label: pages.words[.table]) else { return }
    html += set
    table = TableRenderer()
  }

  // MARK: Pages

  /// Adds the anchors of all pages up to one.
  private mutating func turn(to next: Int) {
    while page < next {
      page += 1
      html += """
        <p class="turn">\(anchor(page, isInline: false)) \(relatedLink(toPage: page))</p>

        """
    }
  }

  /// A link to pages of other publications about the same matter; nothing for an empty page.
  private func relatedLink(toPage page: Int) -> HTML {
    guard !pages.settings.isStaticCopy, blocks.contains(where: { $0.page == page }) else {
      return ""
    }
    let address = pages.relatedAddress(ofPage: page, of: slug)
    return """
      <a class="small" href="\(address)" rel="nofollow">\(pages.words[.relatedPassages])\
      <span class="unseen">: \(pages.words(.pageLabel, text.label(of: page)))</span></a>
      """
  }

  /// The same for a paragraph that is long enough to be about something.
  ///
  /// Its sign is in the style sheet, so that it is not copied with the text.
  private func relatedLink(toBlock index: Int) -> HTML {
    guard !pages.settings.isStaticCopy, blocks[index].text.utf8.count >= Self.shortestPassage else {
      return ""
    }
    let name = pages.words[.relatedPassages]
    return """
       <a class="kin" href="\(pages.relatedAddress(ofBlock: index, of: slug))" rel="nofollow" \
      title="\(name)" aria-label="\(name)"></a>
      """
  }

  /// In bytes.
  private static let shortestPassage = 200

  /// The anchor of a page with a link to it as it is drawn.
  private func anchor(_ page: Int, isInline: Bool) -> HTML {
    let label = pages.words(.pageLabel, text.label(of: page))
    let isDrawn = !pages.settings.isStaticCopy
    let address =
      isDrawn ? Resource.page(slug, page).path : "\(document)#page=\(page)"
    let name = "\(label), \(pages.words[isDrawn ? .viewPage : .openPDFPage])"
    return """
      <a class="folio" id="p\(page)" href="\(address)" \
      title="\(name)" aria-label="\(name)">\(isInline ? text.label(of: page) : label)</a>
      """
  }

  // MARK: Words

  /// A range to mark in the text of a block.
  private enum Mark {
    case call(Int)
    case hit(Int?)
    case link(String)
  }

  /// The text of a block with note marks, highlights and links.
  private func marked(_ index: Int) -> HTML {
    let text = blocks[index].text
    return marked(index, within: text.startIndex..<text.endIndex)
  }

  private func marked(_ index: Int, within part: Range<String.Index>) -> HTML {
    let block = blocks[index]
    var marks: [(range: Range<String.Index>, mark: Mark)] = []
    marks += (notes.calls[index] ?? []).map { ($0.range, .call($0.note)) }
    marks += text.marks(inBlock: index).map { ($0.range, .hit($0.number)) }
    marks += links(in: block)
    marks.removeAll {
      $0.range.lowerBound < part.lowerBound || $0.range.upperBound > part.upperBound
    }
    guard !marks.isEmpty else { return "\(String(block.text[part]))" }
    // Sorting is stable: of two that begin at one place, the first added comes first.
    marks.sort { $0.range.lowerBound < $1.range.lowerBound }
    var words: HTML = ""
    var end = part.lowerBound
    for (range, mark) in marks where range.lowerBound >= end {
      words += "\(String(block.text[end..<range.lowerBound]))"
      words += render(mark, String(block.text[range]))
      end = range.upperBound
    }
    return words + "\(String(block.text[end..<part.upperBound]))"
  }

  private func render(_ mark: Mark, _ words: String) -> HTML {
    switch mark {
    case .hit(let number?): "<mark id=\"hit\(number)\">\(words)</mark>"
    case .hit(nil): "<mark>\(words)</mark>"
    case .link(let address): "<a href=\"\(address)\" rel=\"nofollow\">\(words)</a>"
    case .call(let note):
      """
      <sup><a id="call\(note)" href="#note\(note)" role="doc-noteref" \
      aria-label="\(pages.words(.footnote, notes.notes[note].marker))">\
      \(notes.notes[note].marker)</a></sup>
      """
    }
  }

  private func links(in block: ReadingBlock) -> [(Range<String.Index>, Mark)] {
    text.contents.links.lazy.filter { $0.page == block.page && $0.text.utf8.count > 3 }
      .prefix(100).compactMap { link in
        guard
          ["https://", "http://", "mailto:"].contains(where: { link.uri.hasPrefix($0) }),
          let range = block.text.firstRange(of: link.text)
        else { return nil }
        return (range, .link(link.uri))
      }
  }

  // MARK: Notes

  private mutating func renderNotes() {
    guard !notes.notes.isEmpty else { return }
    html += """
      <section class="notes" role="doc-endnotes" aria-labelledby="notes">
      <h2 id="notes">\(pages.words[.footnotes])</h2>
      <ol>
      """
    for number in notes.notes.indices where !isRendered.contains(notes.notes[number].block) {
      let note = notes.notes[number]
      let back = note.isCalled ? "call\(number)" : "p\(note.page)"
      let words = whole(note.block)
      html += """
        <li id="note\(number)" dir="auto"><span class="marker">\(note.marker)</span> \(words) \
        <a href="#\(back)" role="doc-backlink" aria-label="\(pages.words[.backToText])">↩</a></li>

        """
    }
    html += "</ol>\n</section>\n"
  }
}
