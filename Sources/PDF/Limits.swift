// ISO 32000 sets no limits of its own (Annex C); these are ours.

/// Limits on the work that one file can cause.
///
/// A file of a kilobyte can ask for a gigabyte. Content beyond a limit is left out and reported as
/// a defect.
package struct Limits: Sendable, Equatable {
  /// The most bytes that one stream may inflate to.
  package var streamBytes: Int
  /// The most bytes that all streams together may inflate to.
  package var inflatedBytes: Int
  /// The deepest nesting of arrays, dictionaries, the page tree, forms and saved graphics states.
  package var nesting: Int
  /// The most operators and operands of all content streams.
  package var operators: Int
  /// The most pages read.
  package var pages: Int
  /// The most glyphs of one page.
  package var pageGlyphs: Int
  /// The most bytes of text, in UTF-8, of the whole document.
  package var textBytes: Int

  package init(
    streamBytes: Int = 48 << 20,
    inflatedBytes: Int = 512 << 20,
    nesting: Int = 64,
    operators: Int = 40_000_000,
    pages: Int = 20_000,
    pageGlyphs: Int = 400_000,
    textBytes: Int = 64 << 20
  ) {
    self.streamBytes = streamBytes
    self.inflatedBytes = inflatedBytes
    self.nesting = nesting
    self.operators = operators
    self.pages = pages
    self.pageGlyphs = pageGlyphs
    self.textBytes = textBytes
  }

  /// Limits that every real publication stays below and that are reached within two seconds.
  package static let standard = Limits()
}
