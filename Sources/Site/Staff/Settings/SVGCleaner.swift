/// Copies of an SVG document (SVG 1.1) what draws, and leaves out what runs or loads something.
///
/// Elements and attributes are copied when they are on a list, never left out because they are on
/// one. Browsers run no script of an image in `<img>`; this is for an image opened by itself.
struct SVGCleaner {
  private static let elements: Set<String> = [
    "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse",
    "line", "polyline", "polygon", "text", "tspan", "linearGradient", "radialGradient", "stop",
    "clipPath", "mask", "pattern", "style",
  ]
  private static let attributes: Set<String> = [
    "id", "class", "style", "transform", "viewBox", "preserveAspectRatio", "width", "height", "x",
    "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points", "dx", "dy",
    "rotate", "textLength", "lengthAdjust", "offset", "gradientUnits", "gradientTransform",
    "spreadMethod", "clipPathUnits", "maskUnits", "maskContentUnits", "patternUnits",
    "patternContentUnits", "patternTransform", "fill", "fill-opacity", "fill-rule", "stroke",
    "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-dasharray", "stroke-dashoffset", "opacity", "color", "display", "visibility",
    "clip-path", "clip-rule", "mask", "stop-color", "stop-opacity", "font-family", "font-size",
    "font-style", "font-weight", "letter-spacing", "text-anchor", "xml:space",
  ]
  private static let deepest = 64

  private var rest: Substring
  private let text: String
  private var output = ""
  /// The open elements; those within one that is left out are left out as well.
  private var open: [(name: String, isKept: Bool)] = []
  private var hasRoot = false

  private init(_ text: String) {
    self.text = text
    rest = text[...]
  }

  static func cleaned(_ text: String) throws(LogoProblem) -> [UInt8] {
    var cleaner = SVGCleaner(text)
    try cleaner.run()
    return Array(cleaner.output.utf8)
  }

  private var malformed: LogoProblem {
    .malformed(line: text[..<rest.startIndex].count(where: \.isNewline) + 1)
  }

  private mutating func run() throws(LogoProblem) {
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
    while let tag = rest.firstIndex(of: "<") {
      let text = rest[..<tag]
      rest = rest[tag...]
      try copyText(text)
      if rest.hasPrefix("<!--") {
        _ = try take(through: "-->")
      } else if rest.hasPrefix("<![CDATA[") {
        try copyText(try take(through: "]]>").dropFirst(9).dropLast(3), isEscaped: false)
      } else if rest.hasPrefix("<?") {
        _ = try take(through: "?>")
      } else if rest.hasPrefix("<!") {
        if try take(through: ">").contains("[") { throw .hasEntities }
      } else if rest.hasPrefix("</") {
        try end()
      } else {
        try start()
      }
    }
    try copyText(rest)
    guard hasRoot, open.isEmpty else { throw malformed }
  }

  private mutating func take(through mark: String) throws(LogoProblem) -> Substring {
    guard let range = rest.firstRange(of: mark) else { throw malformed }
    defer { rest = rest[range.upperBound...] }
    return rest[..<range.upperBound]
  }

  private var isKept: Bool { open.last?.isKept ?? false }

  private mutating func copyText(
    _ raw: Substring, isEscaped: Bool = true
  ) throws(LogoProblem) {
    guard let element = open.last else {
      guard raw.allSatisfy(\.isWhitespace) else { throw malformed }
      return
    }
    let text = isEscaped ? try unescaped(raw) : String(raw)
    guard element.isKept, element.name != "style" || SVGCleaner.isHarmless(style: text) else {
      return
    }
    output += escaped(text)
  }

  private mutating func end() throws(LogoProblem) {
    let name = try take(through: ">").dropFirst(2).dropLast().trimmed
    guard let element = open.popLast(), element.name == name else { throw malformed }
    if element.isKept { output += "</\(name)>" }
  }

  private mutating func start() throws(LogoProblem) {
    rest.removeFirst()
    let name = String(rest.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" })
    rest = rest.dropFirst(name.count)
    var kept = ""
    var names: Set<String> = []
    var isEmpty = false
    while true {
      rest = rest.drop(while: \.isWhitespace)
      if rest.first == ">" { break }
      if rest.hasPrefix("/>") {
        isEmpty = true
        break
      }
      let (attribute, value) = try self.attribute()
      guard names.insert(attribute).inserted else { throw malformed }
      if SVGCleaner.isHarmless(attribute, value) {
        kept += " \(attribute)=\"\(escaped(value))\""
      }
    }
    rest = rest.dropFirst(isEmpty ? 2 : 1)
    let isRoot = open.isEmpty
    guard isRoot ? name == "svg" && !hasRoot : open.count < SVGCleaner.deepest else {
      throw malformed
    }
    hasRoot = true
    let isKept = (isRoot || self.isKept) && SVGCleaner.elements.contains(name)
    if isKept {
      let namespaces =
        isRoot
        ? #" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink""# : ""
      output += "<\(name)\(namespaces)\(kept)\(isEmpty ? "/>" : ">")"
    }
    if !isEmpty { open.append((name, isKept)) }
  }

  private mutating func attribute() throws(LogoProblem) -> (String, String) {
    let name = String(rest.prefix { !$0.isWhitespace && $0 != "=" && $0 != ">" && $0 != "/" })
    rest = rest.dropFirst(name.count).drop(while: \.isWhitespace)
    guard !name.isEmpty, rest.first == "=" else { throw malformed }
    rest = rest.dropFirst().drop(while: \.isWhitespace)
    guard let quote = rest.first, quote == "\"" || quote == "'" else { throw malformed }
    rest.removeFirst()
    guard let end = rest.firstIndex(of: quote), !rest[..<end].contains("<") else {
      throw malformed
    }
    let value = try unescaped(rest[..<end])
    rest = rest[rest.index(after: end)...]
    return (name, value)
  }

  /// Replaces the five entities of XML and character references.
  private func unescaped(_ raw: Substring) throws(LogoProblem) -> String {
    guard raw.contains("&") else { return String(raw) }
    var result = ""
    var rest = raw
    while let sign = rest.firstIndex(of: "&") {
      result += rest[..<sign]
      guard let end = rest[sign...].firstIndex(of: ";") else { throw malformed }
      let name = rest[rest.index(after: sign)..<end]
      switch name {
      case "amp": result += "&"
      case "lt": result += "<"
      case "gt": result += ">"
      case "quot": result += "\""
      case "apos": result += "'"
      default:
        let number =
          name.hasPrefix("#x")
          ? UInt32(name.dropFirst(2), radix: 16)
          : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
        guard let scalar = number.flatMap(UnicodeScalar.init) else { throw malformed }
        result.unicodeScalars.append(scalar)
      }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
      case "\u{0}"..<"\u{20}", "\u{7F}": break
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  private static func isHarmless(_ attribute: String, _ value: String) -> Bool {
    if attribute == "href" || attribute == "xlink:href" { return value.hasPrefix("#") }
    return attributes.contains(attribute) && isHarmless(style: value)
  }

  /// Whether a style or a value loads nothing: it refers to parts of the same document alone.
  private static func isHarmless(style: String) -> Bool {
    let text = style.lowercased().filter { !$0.isWhitespace }
    return !text.contains("\\") && !text.contains("@import") && !text.contains("image-set(")
      && text.ranges(of: "url(").allSatisfy { range in
        text[range.upperBound...].drop { $0 == "\"" || $0 == "'" }.hasPrefix("#")
      }
  }
}
