internal import Markup
internal import PDF

/// Draws one page and assembles its SVG.
struct PagePainter {
  let document: Document
  let tree: PageTree
  let page: Page
  /// The number of the page, from 1.
  let number: Int
  let limits: DrawingLimits
  let delivery: FontDelivery
  let hasWords: Bool

  func drawing() -> Drawing {
    let (width, height) = (page.width, page.height)
    let area = Bounds(left: 0, top: 0, right: width, bottom: height)
    let canvas = Canvas(limits: limits, page: delivery == .linked ? number : nil)
    let text = TextWriter(canvas: canvas, area: area, delivery: delivery)
    let fonts = PageFontLoader(document: document, pool: TextPool())
    let report = MissingParts()
    var interpreter = Interpreter(
      document: document, fonts: fonts, layers: OptionalContent(document), canvas: canvas,
      text: text, limits: limits, report: report, area: area,
      matrix: page.matrix.concatenated(Matrix(d: -1, f: height)))
    let content = tree.content(page)
    if content.isDamaged { report.add(.damaged) }
    interpreter.scoped { inner in
      inner.interpret(
        content.bytes, resources: Resources(page.resources, document: document), depth: 0)
    }
    interpreter.drawAnnotations(page.dictionary["Annots"])
    text.flush()
    let svg = assemble(canvas, text, report, (width, height))
    return Drawing(
      svg: svg, width: width * unit, height: height * unit, words: words(content),
      missing: report.parts, pageCount: 0, fonts: delivery == .linked ? linkedFonts(text) : [])
  }

  /// Points per unit of user space (§14.11.2).
  private var unit: Double {
    let unit = document.number(page.dictionary["UserUnit"]) ?? 1
    return (0.01...1000).contains(unit) ? unit : 1
  }

  private func assemble(
    _ canvas: Canvas, _ text: TextWriter, _ report: MissingParts,
    _ size: (width: Double, height: Double)
  ) -> [UInt8] {
    if delivery == .inside {
      canvas.addToStyle { style in
        for (set, index, family) in text.usedFonts where !set.fonts[index].isBlank {
          style.addFont(
            family: family, woff: set.fonts[index].file(of: set.embedded, isWhole: false))
        }
      }
    }
    let parts = canvas.finish()
    var svg = SVG()
    svg.begin(.svg)
    svg.set(.width, "\(Self.rounded(size.width * unit))pt")
    svg.set(.height, "\(Self.rounded(size.height * unit))pt")
    svg.set(.viewBox, [0, 0, size.width, size.height])
    svg.set(.textRendering, "geometricPrecision")
    if !report.parts.isEmpty {
      svg.set(.dataMissing, report.parts.map(\.rawValue).joined(separator: " "))
    }
    switch delivery {
    case .inside: svg.append(parts.style)
    case .linked: svg.set(.class, SVGStyle.linked)
    }
    if !parts.definitions.isEmpty {
      svg.begin(.defs)
      svg.append(parts.definitions)
      svg.end()
    }
    // The paper.
    svg.begin(.path)
    svg.set(.fill, SVGColor.white)
    var paper = SVGPath()
    paper.rectangle(0, 0, size.width, size.height)
    svg.set(.d, path: paper)
    svg.end()
    svg.append(parts.elements)
    svg.end()
    return svg.bytes
  }

  private func words(_ content: (bytes: [UInt8], isDamaged: Bool)) -> [Word] {
    guard hasWords else { return [] }
    return PDF.words(
      of: page, content: content.bytes, isDamaged: content.isDamaged, in: document
    ).map { Word($0, unit: unit) }
  }

  private func linkedFonts(_ text: TextWriter) -> [LinkedFont] {
    text.usedFonts.filter { !$0.set.fonts[$0.index].isBlank }.map { set, index, family in
      LinkedFont(number: family, font: set.fonts[index], embedded: set.embedded)
    }
  }

  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
