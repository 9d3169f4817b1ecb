// What a file may ask for. ISO 32000 sets no bounds of its own (Annex C); these are ours.

/// Bounds on the work one file can cause.
///
/// A file of a kilobyte can ask for a gigabyte. Whatever passes a bound is left out, and the
/// document's defects say so.
package struct Limits: Sendable, Equatable {
  /// The most octets one stream may inflate to.
  package var streamOctets: Int
  /// The most octets all streams together may inflate to.
  package var inflatedOctets: Int
  /// How deep arrays and dictionaries, the page tree, forms and saved graphics states may nest.
  package var nesting: Int
  /// The most operators and operands that the content streams of all pages may hold.
  package var operators: Int
  /// The most pages read.
  package var pages: Int
  /// The most glyphs kept of one page.
  package var pageGlyphs: Int
  /// The most octets of text, in UTF-8, kept of the whole document.
  package var textOctets: Int

  package init(
    streamOctets: Int = 48 << 20,
    inflatedOctets: Int = 512 << 20,
    nesting: Int = 64,
    operators: Int = 40_000_000,
    pages: Int = 20_000,
    pageGlyphs: Int = 400_000,
    textOctets: Int = 64 << 20
  ) {
    self.streamOctets = streamOctets
    self.inflatedOctets = inflatedOctets
    self.nesting = nesting
    self.operators = operators
    self.pages = pages
    self.pageGlyphs = pageGlyphs
    self.textOctets = textOctets
  }

  /// Bounds that any publication stays below and that are passed within two seconds.
  package static let standard = Limits()
}
