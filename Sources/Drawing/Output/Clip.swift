internal import Markup
internal import PDF

/// A part of the clipping path: what is visible is inside it and inside its parents.
final class Clip {
  enum Shape {
    case outline(Outline, isEvenOdd: Bool)
    /// A clipping path that has been written, such as one of text.
    case written(SVGIdentifier)
  }

  let parent: Clip?
  /// The number of clips that it is made of.
  let depth: Int
  let shape: Shape
  /// The visible box, of the parents too.
  let bounds: Bounds
  /// Set if the shape is an upright rectangle.
  let rectangle: Bounds?

  init(_ shape: Shape, bounds: Bounds, rectangle: Bounds?, parent: Clip?) {
    self.shape = shape
    self.parent = parent
    depth = (parent?.depth ?? 0) + 1
    self.rectangle = rectangle
    self.bounds = parent.map { bounds.intersection($0.bounds) } ?? bounds
    isRectangular = rectangle != nil && parent?.isRectangular ?? true
  }

  /// Whether what is visible is exactly the box.
  private let isRectangular: Bool

  /// Whether two clipping paths leave the same visible.
  static func areEqual(_ one: Clip?, _ other: Clip?) -> Bool {
    if one === other { return true }
    guard let one, let other else { return false }
    return one.isRectangular && other.isRectangular && one.bounds == other.bounds
  }
}

/// How a drawn item relates to what is below it.
struct ItemStyle {
  var clip: Clip?
  var blend: SVGStyle.BlendMode?
  var mask: SVGIdentifier?
}
