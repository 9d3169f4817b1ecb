internal import Markup

/// Where a drawing has its fonts.
package enum FontDelivery: Sendable {
  /// In the SVG, cut to the glyphs of the page.
  case inside
  /// Beside the SVG, whole, and the same for all pages of the document: ``Drawing/fonts``.
  ///
  /// The SVG has no style element. It is meant to be a part of an HTML page whose style sheets have
  /// an `@font-face` rule for each of the fonts, and the rules of `SVGStyle.linkedRules`: white
  /// space and direction of text, text that cannot be selected, blend modes and isolation.
  case linked
}

/// A font that the pages of a document share.
package struct LinkedFont: Sendable {
  /// Its number among the fonts of the document, the same whichever page it is made from.
  package let number: Int
  private let font: WebFont
  private let embedded: EmbeddedFont

  init(number: Int, font: WebFont, embedded: EmbeddedFont) {
    self.number = number
    self.font = font
    self.embedded = embedded
  }

  /// The family by which the drawing names it.
  package var family: String { SVGStyle.family(number) }

  /// The file in the Web Open Font Format, the same whichever page it is made from.
  ///
  /// It is made when asked for, which takes longer than drawing a page of text.
  package var woff: [UInt8] { font.file(of: embedded, isWhole: true) }
}
