/// SVG elements, written one after the other.
///
/// Elements and attributes are from closed lists without scripts, event handlers or foreign content,
/// references lead into the document or to data in it, and text is escaped. So no input can make
/// the document do anything but show itself.
package struct SVG: Sendable {
  package enum Element: String, Sendable, CaseIterable {
    case svg, g, path, text, tspan, image, use, defs, clipPath, mask, pattern, linearGradient
    case radialGradient, stop, title, filter, feComponentTransfer, feFuncR, feFuncG, feFuncB,
      feFuncA
  }

  package enum Attribute: String, Sendable, CaseIterable {
    case d, x, y, dx, dy, x1, y1, x2, y2, cx, cy, r, fx, fy, fr, width, height, viewBox, transform
    case fill, stroke, opacity, offset, mask
    case `class`, id
    case fillRule = "fill-rule"
    case clipRule = "clip-rule"
    case clipPath = "clip-path"
    case fillOpacity = "fill-opacity"
    case strokeOpacity = "stroke-opacity"
    case strokeWidth = "stroke-width"
    case strokeLinecap = "stroke-linecap"
    case strokeLinejoin = "stroke-linejoin"
    case strokeMiterlimit = "stroke-miterlimit"
    case strokeDasharray = "stroke-dasharray"
    case strokeDashoffset = "stroke-dashoffset"
    case stopColor = "stop-color"
    case stopOpacity = "stop-opacity"
    case fontFamily = "font-family"
    case fontSize = "font-size"
    case fontWeight = "font-weight"
    case fontStyle = "font-style"
    case textLength, lengthAdjust, direction
    case unicodeBidi = "unicode-bidi"
    case textRendering = "text-rendering"
    case preserveAspectRatio
    case imageRendering = "image-rendering"
    case gradientUnits, gradientTransform, patternUnits, patternTransform, maskUnits
    case maskType = "mask-type"
    case vectorEffect = "vector-effect"
    case filter, filterUnits, type, tableValues
    case colorInterpolationFilters = "color-interpolation-filters"
    case dataMissing = "data-missing"
  }

  /// UTF-8.
  package private(set) var bytes: [UInt8] = []
  /// The number of elements written.
  package private(set) var elementCount = 0
  private var open: [Element] = []
  private var isTagOpen = false

  package init() {}

  package var isEmpty: Bool { bytes.isEmpty }

  // MARK: Elements

  package mutating func begin(_ element: Element) {
    closeTag()
    bytes.append(UInt8(ascii: "<"))
    bytes += element.rawValue.utf8
    if element == .svg, open.isEmpty { bytes += #" xmlns="http://www.w3.org/2000/svg""#.utf8 }
    open.append(element)
    isTagOpen = true
    elementCount += 1
  }

  /// Ends the innermost element.
  package mutating func end() {
    guard let element = open.popLast() else { return }
    if isTagOpen {
      bytes += "/>".utf8
      isTagOpen = false
    } else {
      bytes += "</".utf8
      bytes += element.rawValue.utf8
      bytes.append(UInt8(ascii: ">"))
    }
  }

  /// Appends text, escaped.
  package mutating func append(text: String) {
    closeTag()
    bytes.append(escaping: text)
  }

  /// Appends elements that are complete.
  package mutating func append(_ other: SVG) {
    closeTag()
    bytes += other.bytes
    elementCount += other.elementCount
  }

  /// Appends a style element.
  package mutating func append(_ style: SVGStyle) {
    closeTag()
    bytes += "<style>".utf8
    bytes += style.bytes
    bytes += "</style>".utf8
  }

  private mutating func closeTag() {
    if isTagOpen { bytes.append(UInt8(ascii: ">")) }
    isTagOpen = false
  }

  // MARK: Attributes of the element that has just begun

  package mutating func set(_ attribute: Attribute, _ value: String) {
    beginValue(attribute)
    bytes.append(escaping: value)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Sets a number.
  ///
  /// - Parameters:
  ///   - attribute: Its name.
  ///   - number: The value.
  ///   - digits: The number of decimals, at most 6.
  package mutating func set(_ attribute: Attribute, _ number: Double, digits: Int = 2) {
    beginValue(attribute)
    bytes.append(number, digits: digits)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Sets a list of numbers.
  package mutating func set(_ attribute: Attribute, _ numbers: [Double], digits: Int = 2) {
    beginValue(attribute)
    bytes.append(list: numbers, digits: digits)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Sets a transformation from the six numbers of its matrix.
  package mutating func set(_ attribute: Attribute, matrix numbers: [Double]) {
    beginValue(attribute)
    bytes += "matrix(".utf8
    for (index, number) in numbers.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: " ")) }
      bytes.append(number, digits: index < 4 ? 6 : 3)
    }
    bytes += ")\"".utf8
  }

  package mutating func set(_ attribute: Attribute, path: SVGPath) {
    beginValue(attribute)
    bytes += path.bytes
    bytes.append(UInt8(ascii: "\""))
  }

  /// Sets a reference to an element of this document.
  package mutating func set(_ attribute: Attribute, reference: SVGIdentifier) {
    beginValue(attribute)
    bytes += "url(#".utf8
    bytes += reference.text.utf8
    bytes += ")\"".utf8
  }

  package mutating func set(_ attribute: Attribute, _ color: SVGColor) {
    set(attribute, color.text)
  }

  package mutating func set(id: SVGIdentifier) { set(.id, id.text) }

  /// Sets the element that a `use` shows.
  package mutating func set(href: SVGIdentifier) {
    bytes += " href=\"#".utf8
    bytes += href.text.utf8
    bytes.append(UInt8(ascii: "\""))
  }

  /// Sets the data of an `image`.
  package mutating func set(href image: SVGImage) {
    bytes += " href=\"data:image/".utf8
    bytes += image.format.rawValue.utf8
    bytes += ";base64,".utf8
    bytes.append(base64: image.bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func beginValue(_ attribute: Attribute) {
    bytes.append(UInt8(ascii: " "))
    bytes += attribute.rawValue.utf8
    bytes += "=\"".utf8
  }
}

/// The name of an element within its document: a letter and a number, with that of the page before
/// it where a document has several pages.
package struct SVGIdentifier: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case clip = "c"
    case mask = "m"
    case pattern = "p"
    case gradient = "g"
    case glyph = "t"
    case image = "i"
    case filter = "f"
  }

  package let kind: Kind
  package let number: Int
  package let page: Int?

  package init(_ kind: Kind, _ number: Int, page: Int? = nil) {
    self.kind = kind
    self.number = number
    self.page = page
  }

  var text: String { "\(kind.rawValue)\(page.map { "\($0)-" } ?? "")\(number)" }
}

/// A picture in a document.
package struct SVGImage: Sendable {
  package enum Format: String, Sendable {
    case png, jpeg
  }

  package let format: Format
  package let bytes: [UInt8]

  package init(_ format: Format, _ bytes: [UInt8]) {
    self.format = format
    self.bytes = bytes
  }
}

/// An opaque colour in sRGB.
package struct SVGColor: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  package static let black = SVGColor(red: 0, green: 0, blue: 0)
  package static let white = SVGColor(red: 255, green: 255, blue: 255)

  /// Three digits where they suffice, else six.
  var text: String {
    let parts = [red, green, blue]
    if parts.allSatisfy({ $0 >> 4 == $0 & 15 }) {
      return "#" + parts.map { String($0 & 15, radix: 16) }.joined()
    }
    return "#" + parts.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
