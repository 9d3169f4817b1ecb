/// The cover: the title on a field of colour, and below it who wrote the text and when.
func coverPage(of manuscript: Manuscript) -> (page: Page, elements: [StructureElement]) {
  let left = 72.0
  let measure = Page.width - 2 * left
  var page = Page()
  var elements: [StructureElement] = []
  var y = 0.0

  func lines(of text: String, _ style: TextStyle) -> [Line] {
    LineBreaker(style: style, measure: measure).lines(of: text)
  }
  func set(_ lines: [Line], _ style: TextStyle, _ role: StructureElement.Role = .paragraph) {
    guard !lines.isEmpty else { return }
    y -= style.before
    for line in lines {
      y -= style.leading
      page.items.append(
        .line(PlacedLine(codes: line.codes, style: style, x: left, y: y), element: elements.count))
    }
    elements.append(StructureElement(role: role))
  }

  let title = lines(of: manuscript.title, .coverTitle)
  let subtitle = lines(of: manuscript.subtitle ?? "", .coverSubtitle)
  let titleHeight =
    Double(title.count) * TextStyle.coverTitle.leading
    + Double(subtitle.count) * TextStyle.coverSubtitle.leading + TextStyle.coverSubtitle.before
  // The field grows with a long title, and leaves room for the authors.
  let fieldHeight = min(max(430, titleHeight + 230), 640)
  let fieldBottom = Page.height - fieldHeight
  page.items.append(
    .rectangle(Rectangle(x: 0, y: fieldBottom, width: Page.width, height: fieldHeight), .accent))

  y = Page.height - 72
  set(lines(of: manuscript.institution, .coverLabel), .coverLabel)
  if let series = manuscript.series {
    var style = TextStyle.coverLabel
    style.typeface = .sans
    set(lines(of: series, style), style)
  }
  y = min(y - 40, fieldBottom + titleHeight + 56)
  set(title, .coverTitle, .heading1)
  set(subtitle, .coverSubtitle)

  y = fieldBottom - 34
  for author in manuscript.authors { set(lines(of: author, .coverAuthors), .coverAuthors) }
  set(lines(of: manuscript.date, .coverDate), .coverDate)
  return (page, elements)
}
