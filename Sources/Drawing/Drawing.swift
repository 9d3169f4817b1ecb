package import PDF

/// A page of a PDF, drawn.
package struct Drawing: Sendable {
  /// An SVG document; self-contained unless its fonts are linked.
  package var svg: [UInt8]
  /// The size of the page as shown, in points.
  package var width: Double
  package var height: Double
  /// The words in the order of the extracted text; empty if they were not requested.
  package var words: [Word]
  /// What is not drawn.
  package var missing: [MissingPart]
  /// The number of pages of the file.
  package var pageCount: Int
  /// The fonts beside the drawing, for ``FontDelivery/linked``.
  package var fonts: [LinkedFont] = []
}

/// Why a page is not drawn.
package enum DrawingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nothing of the file can be read.
  case unreadable(PDFError)
  /// The file has fewer pages.
  case noSuchPage(Int, count: Int)

  package var description: String {
    switch self {
    case .unreadable(let error): "\(error)"
    case .noSuchPage(let page, let count):
      "there is no page \(page); it has \(count) page\(count == 1 ? "" : "s")"
    }
  }
}

/// Draws a page of a PDF.
///
/// It opens no file and calls nothing outside the module.
///
/// - Parameters:
///   - page: The number of the page, from 1.
///   - bytes: The file.
///   - limits: What the file may ask for.
///   - drawingLimits: What the page may ask for.
///   - fonts: Where the drawing has its fonts.
///   - hasWords: Whether its words are wanted.
/// - Returns: The drawing, which names what it lacks.
/// - Throws: ``DrawingError`` when there is no such page.
package func draw(
  page: Int, of bytes: [UInt8], limits: Limits = .standard,
  drawingLimits: DrawingLimits = DrawingLimits(), fonts: FontDelivery = .inside,
  hasWords: Bool = true
) throws(DrawingError) -> Drawing {
  let document: Document
  do throws(PDFError) {
    document = try Document(bytes, limits: limits)
  } catch {
    throw .unreadable(error)
  }
  let tree = PageTree(document)
  let pages = tree.pages()
  if pages.isEmpty { throw .unreadable(.noPages(promised: tree.promisedPages)) }
  guard pages.indices.contains(page - 1) else { throw .noSuchPage(page, count: pages.count) }
  let painter = PagePainter(
    document: document, tree: tree, page: pages[page - 1], number: page,
    limits: drawingLimits, delivery: fonts, hasWords: hasWords)
  var drawing = painter.drawing()
  drawing.pageCount = pages.count
  return drawing
}
