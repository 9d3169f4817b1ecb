// ISO 32000-1 §9.10: extraction of text content.

/// Reads the text of a PDF.
///
/// It opens no file and calls nothing outside the module.
///
/// - Parameters:
///   - bytes: The file.
///   - limits: What it may ask for.
///   - hasStructure: Whether paragraphs, headings and all else of ``DocumentStructure`` and what the
///     first pages say of the document are wanted too.
///   - isWord: Whether a word in lower case is in an English dictionary. It is asked whether a hyphen
///     at a line's end belongs to the word, where the document does not say, and whether lists
///     without common words are English.
/// - Returns: The text of all pages that could be read, and what is wrong with the file.
/// - Throws: ``PDFError`` when nothing can be read.
package func text(
  of bytes: [UInt8], limits: Limits = .standard, hasStructure: Bool = false,
  isWord: @escaping @Sendable (String) -> Bool = { _ in false }
) throws(PDFError) -> DocumentText {
  let document = try Document(bytes, limits: limits)
  let tree = PageTree(document)
  let pages = tree.pages()
  if pages.isEmpty { throw .noPages(promised: tree.promisedPages) }
  let pool = TextPool()
  let fonts = FontStore(document: document, pool: pool)
  var interpreter = ContentInterpreter(
    document: document, pool: pool, fonts: fonts, budget: limits.operators)
  var legibility = Legibility()
  var composer = DocumentComposer(pool: pool, limits: limits, isWord: isWord)
  var scannedPages = 0
  let tags = hasStructure ? StructureTree(document, pages: pages) : nil
  var links = LinkReader(document: document, pool: pool)
  for (index, page) in pages.enumerated() {
    let content = tree.content(page)
    interpreter.draw(
      content.bytes, isDamaged: content.isDamaged,
      resources: Resources(page.resources, document: document), on: page)
    interpreter.drawAnnotations(page.dictionary["Annots"], matrix: page.matrix)
    interpreter.finishPage()
    if interpreter.page.isIncomplete { document.note(.tooMuchContent(page: index + 1)) }
    if interpreter.page.isImage { scannedPages += 1 }
    legibility.add(interpreter.page.glyphs)
    composer.add(
      interpreter.page, height: page.height,
      measures: tags.map { (fonts.fonts, $0.elements(ofPage: index)) })
    if hasStructure { links.read(page, number: index + 1, glyphs: interpreter.page) }
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
  var result = DocumentText(
    pages: texts, metadata: MetadataReader(document).metadata(), defects: document.defects)
  result.facts = MetadataReader(document).facts(pagesWithoutText: scannedPages)
  guard let tags else { return result }
  let heights = pages.map { Float($0.height) }
  let outline = OutlineReader(document, pages: pages).entries()
  let blocks = StructureComposer(
    pages: texts, heights: heights, tags: tags, outline: outline
  ).blocks()
  result.structure = DocumentStructure(
    blocks: blocks, outline: outline,
    pageLabels: PageLabels(document, pages: pages.count).labels, links: links.links)
  result.guesses = FirstPages(
    pages: texts, blocks: blocks, metadata: result.metadata, isWord: isWord
  ).guesses()
  return result
}
