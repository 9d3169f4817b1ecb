// ISO 32000-1 §9.10: extraction of text content.

/// Reads the text of a PDF.
///
/// It opens no file and calls nothing outside the module: octets in, values out.
///
/// - Parameters:
///   - octets: The file.
///   - limits: What it may ask for.
/// - Returns: The text of all pages that could be read, and what is wrong with the file.
/// - Throws: ``PDFError`` when nothing can be read.
package func text(
  of octets: [UInt8], limits: Limits = .standard
) throws(PDFError) -> DocumentText {
  let document = try Document(octets, limits: limits)
  let tree = PageTree(document)
  let pages = tree.pages()
  if pages.isEmpty { throw .noPages(promised: tree.promisedPages) }
  let pool = TextPool()
  let fonts = FontStore(document: document, pool: pool)
  var interpreter = ContentInterpreter(
    document: document, pool: pool, fonts: fonts, budget: limits.operators)
  var legibility = Legibility()
  var composer = DocumentComposer(pool: pool, limits: limits)
  var scannedPages = 0
  for (index, page) in pages.enumerated() {
    let content = tree.content(page)
    interpreter.draw(
      content.octets, isDamaged: content.isDamaged,
      resources: Resources(page.resources, document: document), on: page)
    interpreter.drawAnnotations(page.dictionary["Annots"], matrix: page.matrix)
    if interpreter.page.isIncomplete { document.note(.tooMuchContent(page: index + 1)) }
    if interpreter.page.isImage { scannedPages += 1 }
    legibility.add(interpreter.page.glyphs)
    composer.add(interpreter.page, height: page.height)
  }
  let texts = composer.pages()
  for (index, font) in fonts.fonts.enumerated() where legibility.isUnreadable(index) {
    document.note(.unreadableFont(name: font.name))
  }
  if scannedPages > 0 {
    document.note(
      texts.allSatisfy(\.lines.isEmpty)
        ? .noTextLayer : .scannedPages(count: scannedPages, of: pages.count))
  }
  return DocumentText(
    pages: texts, metadata: MetadataReader(document).metadata(), defects: document.defects)
}
