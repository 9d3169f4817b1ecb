/// What a drawing lacks, in the order of discovery.
final class MissingParts {
  private(set) var parts: [MissingPart] = []

  func add(_ part: MissingPart) {
    if !parts.contains(part) { parts.append(part) }
  }
}

/// A kind of content that is not drawn, or not drawn as it should be.
package enum MissingPart: String, Sendable, CaseIterable {
  case jpeg2000, jbig2
  /// A JPEG in colours that browsers do not convert.
  case jpegColors = "jpeg-colors"
  case fax
  /// An image that cannot be decoded.
  case image
  case meshShading = "mesh-shading"
  case shading
  case pattern
  case colorSpace = "color-space"
  case softMask = "soft-mask"
  case knockout
  case overprint
  case blendMode = "blend-mode"
  /// A font without a readable program, drawn in one that is similar.
  case font
  /// Glyphs that could not be drawn.
  case glyphs
  /// An annotation without an appearance.
  case annotation
  /// Content beyond a limit.
  case limits
  /// Content that is damaged.
  case damaged
}
