// ISO 32000-2 §9.3.6: text rendering modes.

internal import Markup

/// The colours of text.
struct TextInk: Equatable {
  struct Stroke: Equatable {
    var paint: Paint
    var alpha: Double
    var width: Double
  }

  var fill: Paint
  var fillAlpha: Double
  /// Nil for text that is not stroked.
  var stroke: Stroke?

  /// That of text that is not shown.
  static let none = TextInk(fill: .none, fillAlpha: 1, stroke: nil)

  private init(fill: Paint, fillAlpha: Double, stroke: Stroke?) {
    self.fill = fill
    self.fillAlpha = fillAlpha
    self.stroke = stroke
  }

  init(_ state: GraphicsState) {
    // Mode 7 only clips; text in it is shown if it has no outlines.
    fill = [0, 2, 4, 6, 7].contains(state.textMode) ? state.fill : .none
    fillAlpha = fill == .none ? 1 : state.fillAlpha
    if [1, 2, 5, 6].contains(state.textMode), state.stroke != .none {
      stroke = Stroke(
        paint: state.stroke, alpha: state.strokeAlpha,
        width: max(state.lineWidth * state.matrix.scale, 0.1))
    }
  }

  /// Whether a shape has to be written where it is, since a pattern or a pen would be changed with
  /// it.
  var isFixed: Bool {
    if stroke != nil { return true }
    if case .reference = fill { return true }
    return false
  }

  /// Writes the attributes that differ from those of the element around it.
  func write(over base: TextInk?, to elements: inout SVG) {
    if fill != base?.fill ?? .color(.black) { elements.set(.fill, fill) }
    if fillAlpha != base?.fillAlpha ?? 1 { elements.set(.fillOpacity, fillAlpha, digits: 3) }
    if let stroke {
      elements.set(.stroke, stroke.paint)
      elements.set(.strokeWidth, stroke.width, digits: 3)
      if stroke.alpha != base?.stroke?.alpha ?? 1 {
        elements.set(.strokeOpacity, stroke.alpha, digits: 3)
      }
    } else if base?.stroke != nil {
      elements.set(.stroke, "none")
    }
  }
}
