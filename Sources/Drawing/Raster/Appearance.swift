internal import Markup

/// How a shape or text looks: the values of its attributes, or those of what it is in.
struct Appearance {
  var fill: ArraySlice<UInt8>? = Array("#000".utf8)[...]
  var fillOpacity = 1.0
  var stroke: ArraySlice<UInt8>?
  var strokeOpacity = 1.0
  var isEvenOdd = false
  var line = LineStyle()
  var family = ""
  var isBold = false
  var isItalic = false
  var fontSize = 16.0

  init() {}

  init(_ document: DrawnDocument, _ node: Int, over outer: Appearance) {
    self = outer
    for (name, range) in document.nodes[node].attributes {
      let value = document.bytes[range]
      func number() -> Double? { DrawnValues.numbers(value, most: 1).first }
      func isWord(_ word: StaticString) -> Bool { value.elementsEqual("\(word)".utf8) }
      switch name {
      case .fill: fill = value
      case .fillOpacity: fillOpacity = number() ?? 1
      case .fillRule: isEvenOdd = isWord("evenodd")
      case .stroke: stroke = value
      case .strokeOpacity: strokeOpacity = number() ?? 1
      case .strokeWidth: line.width = number() ?? 1
      case .strokeLinecap: line.cap = isWord("round") ? .round : isWord("square") ? .square : .butt
      case .strokeLinejoin:
        line.join = isWord("round") ? .round : isWord("bevel") ? .bevel : .miter
      case .strokeMiterlimit: line.miterLimit = number() ?? 4
      case .strokeDasharray: line.dashes = DrawnValues.numbers(value, most: 200)
      case .strokeDashoffset: line.dashPhase = number() ?? 0
      case .fontFamily: family = document.text(range)
      case .fontWeight: isBold = isWord("bold")
      case .fontStyle: isItalic = isWord("italic")
      case .fontSize: fontSize = number() ?? fontSize
      default: break
      }
    }
  }
}
