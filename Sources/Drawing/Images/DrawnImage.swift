internal import Markup
internal import PDF

/// An image as it is written.
struct DrawnImage {
  var picture: Picture
  /// The picture whose brightness is the opacity of this one.
  var mask: Picture?
  /// Whether it is a stencil, painted with the current colour.
  var isStencil = false

  /// A file and how its pixels are enlarged.
  struct Picture {
    var file: SVGImage
    /// The size of the image in the PDF, in pixels.
    var width: Int
    var height: Int
    /// Whether the PDF asks for smooth enlargement (§8.9.5.3).
    var isInterpolated: Bool

    /// The most pixels per point of an image whose pixels are shown as squares.
    private static let coarse = 0.5

    /// Whether the browser may blur it when it is placed by a matrix from the unit square.
    func isSmooth(in matrix: Matrix) -> Bool {
      let across = (matrix.a * matrix.a + matrix.b * matrix.b).squareRoot()
      let down = (matrix.c * matrix.c + matrix.d * matrix.d).squareRoot()
      return isInterpolated || Double(width) > across * Self.coarse
        || Double(height) > down * Self.coarse
    }
  }
}
