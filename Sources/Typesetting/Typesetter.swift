/// Typesets a manuscript as a PDF file (ISO 32000-1) on A4 pages.
///
/// A cover, a page with abstract and contents, then the sections, with a running head and a page
/// number; a bookmark for each heading; tags, so that the logical structure can be read. The fonts
/// are standard ones, not embedded, each with a map to Unicode. Equal manuscripts give equal octets.
package struct Typesetter: Sendable {
  package init() {}

  package func pdf(of manuscript: Manuscript) -> [UInt8] {
    var manuscript = manuscript
    // A heading of nothing has no line, and so no place that the contents could name.
    for index in manuscript.sections.indices
    where manuscript.sections[index].heading.allSatisfy({ $0 == " " }) {
      manuscript.sections[index].heading = "–"
    }
    let words = Wording(language: manuscript.language)
    let cover = coverPage(of: manuscript)

    // The contents need the pages of the sections, which come after the contents: their length is
    // the same whatever numbers they show.
    let front = frontMatter(of: manuscript, words: words, pages: manuscript.sections.map { _ in 0 })
    let firstPage = 1 + front.pages.count
    let body = body(of: manuscript, firstPage: firstPage)
    let places = body.outline.map(\.page)
    let finalFront = frontMatter(of: manuscript, words: words, pages: places)

    var document = Document(pages: [cover.page], elements: cover.elements, outline: [])
    document.append(finalFront)
    document.append(body)
    let style = TextStyle.runningHead
    let head = shortened(manuscript.title, to: Page.measure, style)
    let foot = shortened(manuscript.institution, to: Page.measure - 40, style)
    for index in document.pages.indices.dropFirst() {
      addRunningLines(to: &document.pages[index], head: head, foot: foot, number: index + 1)
    }
    return document.octets(of: manuscript)
  }

  private func frontMatter(of manuscript: Manuscript, words: Wording, pages: [Int]) -> Compositor {
    var compositor = Compositor(firstPage: 1)
    var paragraphs: [Compositor.Paragraph] = []
    if !manuscript.abstract.isEmpty {
      paragraphs.append(
        .init(text: words.abstract, style: .heading, role: .heading2, isBookmarked: true))
      paragraphs += manuscript.abstract.map { .init(text: $0, style: .abstract) }
    }
    if !manuscript.sections.isEmpty {
      paragraphs.append(.init(text: words.contents, style: .heading, role: .heading2))
      for (section, page) in zip(manuscript.sections, pages) {
        paragraphs.append(
          .init(text: section.heading, style: .contents, trailing: "\(page + 1)", target: page))
      }
    }
    compositor.place(paragraphs)
    return compositor
  }

  private func body(of manuscript: Manuscript, firstPage: Int) -> Compositor {
    var compositor = Compositor(firstPage: firstPage)
    for section in manuscript.sections {
      var paragraphs: [Compositor.Paragraph] = [
        .init(text: section.heading, style: .heading, role: .heading2, isBookmarked: true)
      ]
      var isOpening = true
      for block in section.blocks {
        switch block {
        case .paragraph(let text):
          paragraphs.append(.init(text: text, style: isOpening ? .opening : .body))
          isOpening = false
        case .item(let text):
          paragraphs.append(.init(text: text, style: .item, mark: "•"))
          isOpening = true
        }
      }
      compositor.place(paragraphs)
    }
    return compositor
  }

  private func addRunningLines(to page: inout Page, head: String, foot: String, number: Int) {
    let style = TextStyle.runningHead
    func line(_ text: String, x: Double? = nil, y: Double) -> Page.Item {
      let codes = style.codes(of: text)
      let right = Page.left + Page.measure - style.width(of: codes)
      return .line(PlacedLine(codes: codes, style: style, x: x ?? right, y: y), element: nil)
    }
    // After the text, so that they do not come between two halves of a sentence.
    page.items += [
      line(head, x: Page.left, y: 788),
      .rectangle(Rectangle(x: Page.left, y: 780, width: Page.measure, height: 0.5), .hairline),
      line(foot, x: Page.left, y: 56),
      line("\(number)", y: 56),
    ]
  }

  /// As many of the words as fit, with an ellipsis when that is not all.
  private func shortened(_ text: String, to width: Double, _ style: TextStyle) -> String {
    var shortened = ""
    for word in text.split(separator: " ") {
      let longer = shortened.isEmpty ? String(word) : "\(shortened) \(word)"
      guard style.width(of: style.codes(of: "\(longer) …")) <= width else {
        return shortened.isEmpty ? "" : "\(shortened) …"
      }
      shortened = longer
    }
    return shortened
  }
}

/// The words that we add to a text, in its language.
private struct Wording {
  var abstract = "Abstract"
  var contents = "Contents"

  init(language: String) {
    switch language.prefix(2) {
    case "sv": (abstract, contents) = ("Sammanfattning", "Innehåll")
    case "fr": (abstract, contents) = ("Résumé", "Sommaire")
    default: break
    }
  }
}
