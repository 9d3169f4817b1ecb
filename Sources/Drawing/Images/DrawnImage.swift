internal import Markup

/// An image as it is written.
struct DrawnImage {
  var image: SVGImage
  /// The image whose brightness is the opacity of this one.
  var mask: SVGImage?
  /// Whether it is a stencil, painted with the current colour.
  var isStencil = false
}
