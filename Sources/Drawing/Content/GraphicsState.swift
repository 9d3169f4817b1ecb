// ISO 32000-2 §8.4 (graphics state), §9.3 (text state).

internal import Markup
internal import PDF

/// What a shape or text is filled or stroked with.
enum Paint: Equatable {
  case color(SVGColor)
  /// A gradient or pattern.
  case reference(SVGIdentifier)
  /// Nothing: a pattern that is not drawn, or that has no colour.
  case none
}

/// The graphics state that `q` saves and `Q` restores.
struct GraphicsState {
  /// From user space to the page, with y downwards.
  var matrix = Matrix()
  var clip: Clip?

  var fillSpace = ColorSpace.gray
  var strokeSpace = ColorSpace.gray
  var fill = Paint.color(.black)
  var stroke = Paint.color(.black)
  var fillAlpha = 1.0
  var strokeAlpha = 1.0
  var blend: SVGStyle.BlendMode?
  var mask: SVGIdentifier?
  /// Whether inks stay that are below and not painted with (§8.6.7).
  var fillOverprints = false
  var strokeOverprints = false

  var lineWidth = 1.0
  var lineCap = 0
  var lineJoin = 0
  var miterLimit = 10.0
  var dashes: [Double] = []
  var dashPhase = 0.0

  var font: PageFont?
  var fontSize = 0.0
  var characterSpacing = 0.0
  var wordSpacing = 0.0
  var horizontalScaling = 1.0
  var leading = 0.0
  var rise = 0.0
  var textMode = 0

  var item: ItemStyle { ItemStyle(clip: clip, blend: blend, mask: mask) }
}
