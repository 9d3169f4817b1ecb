// ISO 32000-1 §9.10.2: what glyphs mean that no ToUnicode CMap explains.

/// Finds the meanings of a composite font's glyphs in what else the file holds.
struct CIDMeanings {
  let document: Document
  let pool: TextPool

  /// Meanings by glyph number.
  func meanings(
    _ descendant: [String: Object], _ descriptor: [String: Object], encoding: String?
  ) -> CodeMap {
    CodeMap()
  }
}
