/// HTML markup; interpolated values are escaped.
package typealias HTML = Escaped<HTMLDialect>

/// XML markup; interpolated values are escaped.
package typealias XML = Escaped<XMLDialect>

/// Makes ``HTML`` a type of its own.
package enum HTMLDialect {}

/// Makes ``XML`` a type of its own.
package enum XMLDialect {}

/// Markup made of literals in the source and escaped text.
///
/// There is no initializer from a `String`. Literals are `StaticString`s, which exist only at compile
/// time, so other text can only be interpolated, which escapes `"`, `'`, `<`, `>` and `&`. Attribute
/// values must therefore be quoted.
///
/// Characters that neither HTML nor XML may contain become U+FFFD: texts of PDFs have them, and a
/// single one makes a feed invalid.
package struct Escaped<Dialect>: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// UTF-8.
  package private(set) var bytes: [UInt8]

  package init() { bytes = [] }

  package init(stringLiteral literal: StaticString) {
    bytes = []
    bytes.append(literal: literal)
  }

  package init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

  package var isEmpty: Bool { bytes.isEmpty }

  /// An SVG element in a page: text escaped for XML is also escaped for HTML.
  package init(svg element: XML) where Dialect == HTMLDialect { bytes = element.bytes }

  /// A drawing in a page.
  package init(svg drawing: CheckedSVG) where Dialect == HTMLDialect { bytes = drawing.bytes }

  /// Appends markup.
  package static func += (left: inout Self, right: Self) { left.bytes += right.bytes }

  /// Concatenates markup.
  package static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum += right
    return sum
  }

  /// The markup with other links.
  ///
  /// - Parameter replacement: Called with the escaped value of each `href` and `action`; returns the
  ///   new escaped value, or nil to keep it.
  /// - Returns: The markup with the links replaced.
  package func rewritingLinks(_ replacement: (ArraySlice<UInt8>) -> ArraySlice<UInt8>?) -> Self {
    var rewritten = Self()
    rewritten.bytes.reserveCapacity(bytes.count + bytes.count / 8)
    // The end of what has been copied, and the end of what has been searched.
    var (start, index) = (0, 0)
    while let quote = bytes[index...].firstIndex(of: UInt8(ascii: "\"")) {
      index = quote + 1
      // Quotes in text are escaped, so an equals sign before one belongs to an attribute.
      guard isLink(before: quote), let end = bytes[index...].firstIndex(of: UInt8(ascii: "\""))
      else { continue }
      if let link = replacement(bytes[index..<end]) {
        rewritten.bytes += bytes[start...quote]
        rewritten.bytes += link
        start = end
      }
      index = end + 1
    }
    rewritten.bytes += bytes[start...]
    return rewritten
  }

  /// Whether the quote at an index begins the value of a link.
  private func isLink(before quote: Int) -> Bool {
    func follows(_ name: String) -> Bool {
      let length = name.utf8.count
      return quote >= length && name.utf8.elementsEqual(bytes[(quote - length)..<quote])
    }
    return follows(" href=") || follows(" action=")
  }

  /// Collects literals and escaped text into one buffer.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + 32 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) { bytes.append(literal: literal) }

    // Disfavored, so that the literals of `condition ? "<b>\(part)</b>" : "–"` are markup and not
    // strings.
    @_disfavoredOverload
    package mutating func appendInterpolation(_ text: String) { bytes.append(escaping: text) }

    @_disfavoredOverload
    package mutating func appendInterpolation(_ number: Int) { bytes.append(decimal: number) }

    /// Escapes the description, which is the text of a slug or link.
    @_disfavoredOverload
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      bytes.append(escaping: value.description)
    }

    package mutating func appendInterpolation(_ part: Escaped) { bytes += part.bytes }

    /// Appends the part if there is one.
    package mutating func appendInterpolation(_ part: Escaped?) {
      if let part { bytes += part.bytes }
    }

    /// Appends the part if the condition holds.
    package mutating func appendInterpolation(
      if condition: Bool, _ part: @autoclosure () -> Escaped
    ) {
      if condition { bytes += part().bytes }
    }

    /// Appends the part made of a value if there is one.
    package mutating func appendInterpolation<Value>(
      _ value: Value?, _ part: (Value) throws -> Escaped
    ) rethrows {
      if let value { bytes += try part(value).bytes }
    }

    /// Appends one part for each element.
    package mutating func appendInterpolation<Elements: Sequence>(
      each elements: Elements, _ part: (Elements.Element) throws -> Escaped
    ) rethrows {
      for element in elements { bytes += try part(element).bytes }
    }

    /// Appends one part for each element, with a separator between them.
    package mutating func appendInterpolation<Elements: Sequence>(
      each elements: Elements, separator: Escaped, _ part: (Elements.Element) throws -> Escaped
    ) rethrows {
      var isFirst = true
      for element in elements {
        if !isFirst { bytes += separator.bytes }
        isFirst = false
        bytes += try part(element).bytes
      }
    }

    /// Appends JSON as the data of a script element.
    ///
    /// In JSON, `<`, `>` and `&` occur only in strings. They are written as `\u003c`, so no text
    /// ends the element.
    package mutating func appendInterpolation(json: JSON) { bytes.append(json: json.bytes) }
  }
}
