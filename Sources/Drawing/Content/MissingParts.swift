/// What a drawing lacks, in the order of discovery.
final class MissingParts {
  private(set) var parts: [MissingPart] = []

  func add(_ part: MissingPart) {
    if !parts.contains(part) { parts.append(part) }
  }
}

/// A kind of content that is not drawn, or not drawn as it should be.
package enum MissingPart: String, Sendable, CaseIterable {
  /// A picture in JPEG 2000, which is left out.
  case jpeg2000
  /// A scan in JBIG2, which is left out.
  case jbig2
  /// A JPEG picture in colours that browsers do not convert, or too large to convert; left out.
  case jpegColors = "jpeg-colors"
  /// A picture that cannot be decoded, which is left out.
  case image
  /// A picture blended with a background colour beforehand, whose edges have a fringe of it.
  case matte
  /// A mesh of coloured triangles or patches that cannot be read, which is left out.
  case meshShading = "mesh-shading"
  /// Colours that change gradually and cannot be read, which are left out.
  case shading
  /// A repeated pattern that cannot be read, which is left out.
  case pattern
  /// A colour in a colour space that cannot be read; what is painted with it is left out.
  case colorSpace = "color-space"
  /// A mask of transparency that is not applied.
  case softMask = "soft-mask"
  /// A group in which transparent parts should replace each other, and are mixed instead.
  case knockout
  /// Printing inks that should mix with those below, and cover them instead.
  case overprint
  /// A way to mix colours that is not known, or that reaches through a transparent group.
  case blendMode = "blend-mode"
  /// A font without a readable program, drawn in one that is similar.
  case font
  /// Characters that could not be drawn.
  case glyphs
  /// An annotation, such as a highlight or stamp, that has no picture of its own.
  case annotation
  /// Content beyond a limit, which is left out.
  case limits
  /// Content that is damaged, of which a part may be missing.
  case damaged
}
