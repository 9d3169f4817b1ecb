/// Sets paragraphs one below the other on as many pages as they need.
struct Compositor {
  /// A paragraph in its style.
  struct Paragraph {
    var text: String
    var style: TextStyle
    var role = StructureElement.Role.paragraph
    /// Drawn in the indent before the first line.
    var mark: String?
    /// Drawn at the right end of the last line.
    var trailing: String?
    /// The page it leads to, when it is a line of the contents.
    var target: Int?
    var isBookmarked = false
  }

  private(set) var pages: [Page] = []
  private(set) var elements: [StructureElement] = []
  private(set) var outline: [OutlineItem] = []
  /// The number of the first page in the document, from 0.
  private let firstPage: Int
  private var y = 0.0

  init(firstPage: Int) { self.firstPage = firstPage }

  mutating func place(_ paragraphs: [Paragraph]) {
    for (index, paragraph) in paragraphs.enumerated() {
      place(paragraph, before: index + 1 < paragraphs.count ? paragraphs[index + 1] : nil)
    }
  }

  private var isPageEmpty: Bool { pages.last.map(\.items.isEmpty) ?? true }

  private mutating func startPage() {
    pages.append(Page())
    y = Page.top
  }

  private mutating func place(_ paragraph: Paragraph, before next: Paragraph?) {
    let style = paragraph.style
    let measure = Page.measure - style.indent - (paragraph.trailing == nil ? 0 : 40)
    let lines = LineBreaker(style: style, measure: measure, firstIndent: style.firstIndent)
      .lines(of: paragraph.text)
    guard !lines.isEmpty else { return }
    if pages.isEmpty { startPage() }
    if !isPageEmpty { y -= style.before }

    var following = 0.0
    if style.keepsWithNext, let next {
      following = style.after + next.style.before + 2 * next.style.leading
    }
    let element = elements.count
    elements.append(StructureElement(role: paragraph.role))

    var placed = 0
    while placed < lines.count {
      let room = Int((y - following - Page.bottom) / style.leading)
      let count = Compositor.linesToPlace(of: lines.count - placed, room: room)
      if count == 0, !isPageEmpty || room < 1 {
        startPage()
        continue
      }
      let here = placed..<placed + max(1, count)
      for index in here {
        y -= style.leading
        place(lines[index], isFirst: index == 0, of: paragraph, element: element)
      }
      placed = here.upperBound
      if placed < lines.count { startPage() }
    }
    y -= style.after
  }

  /// How many of a paragraph's remaining lines go on a page that has room for `room`.
  ///
  /// Neither the first nor the last line of a paragraph stands alone on a page.
  static func linesToPlace(of count: Int, room: Int) -> Int {
    if room >= count { return count }
    let taken = count - room == 1 ? room - 1 : room
    return taken < 2 ? 0 : taken
  }

  private mutating func place(
    _ line: Line, isFirst: Bool, of paragraph: Paragraph, element: Int
  ) {
    let style = paragraph.style
    let last = pages.count - 1
    let indent = style.indent + (isFirst ? style.firstIndent : 0)
    let x = Page.left + indent
    if isFirst, let mark = paragraph.mark {
      pages[last].items.append(
        .line(
          PlacedLine(codes: style.codes(of: mark), style: style, x: Page.left + 4, y: y),
          element: element))
    }
    if isFirst, paragraph.isBookmarked {
      outline.append(
        OutlineItem(
          title: paragraph.text, page: firstPage + last, y: y + style.leading + style.before / 2))
    }
    var wordSpacing = 0.0
    if style.alignment == .justified, line.spaces > 0 {
      let slack = Page.measure - indent - line.width
      if !line.isLast || slack < 0 { wordSpacing = slack / Double(line.spaces) }
    }
    pages[last].items.append(
      .line(
        PlacedLine(codes: line.codes, style: style, x: x, y: y, wordSpacing: wordSpacing),
        element: element))
    if line.isLast, let trailing = paragraph.trailing {
      let codes = style.codes(of: trailing)
      let right = Page.left + Page.measure - style.width(of: codes)
      pages[last].items.append(
        .line(PlacedLine(codes: codes, style: style, x: right, y: y), element: element))
    }
    if let target = paragraph.target {
      pages[last].links.append(
        Page.Link(
          area: Rectangle(
            x: Page.left, y: y - style.leading * 0.25, width: Page.measure, height: style.leading),
          page: target))
    }
  }
}
