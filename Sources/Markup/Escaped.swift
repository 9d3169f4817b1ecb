/// A page or a part of one.
///
/// Literals stand as they are; what is interpolated is escaped.
package typealias HTML = Escaped<HTMLDialect>

/// A feed, a sitemap or a part of one, in the same manner as ``HTML``.
package typealias XML = Escaped<XMLDialect>

/// Names ``HTML``, so that a part of it is not taken for XML.
package enum HTMLDialect {}

/// Names ``XML``, so that a part of it is not taken for HTML.
package enum XMLDialect {}

/// Markup that is made of literals of the program, and of text that was escaped on its way in.
///
/// There is no initializer from a `String`: a literal is a `StaticString`, which exists only at
/// compile time, so text from outside has no way in but interpolation. Attribute values must be
/// quoted, as `"`, `'`, `<`, `>` and `&` are what is escaped.
///
/// Characters that neither HTML nor XML may contain become U+FFFD: text read from PDFs has them,
/// and a single one makes a feed unreadable.
package struct Escaped<Dialect>: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// UTF-8.
  package private(set) var octets: [UInt8]

  package init() { octets = [] }

  package init(stringLiteral literal: StaticString) {
    octets = []
    octets.append(literal: literal)
  }

  package init(stringInterpolation: StringInterpolation) { octets = stringInterpolation.octets }

  package var isEmpty: Bool { octets.isEmpty }

  /// An SVG element as it stands in a page: what is escaped for XML is escaped for HTML too.
  package init(svg element: XML) where Dialect == HTMLDialect { octets = element.octets }

  /// Puts markup behind this.
  package static func += (left: inout Self, right: Self) { left.octets += right.octets }

  /// Puts markup behind this.
  package static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum += right
    return sum
  }

  /// The same with other links.
  ///
  /// - Parameter replacement: Is given the value of each `href` and `action`, escaped as it stands,
  ///   and returns what is to stand there, escaped; nil leaves it.
  /// - Returns: The markup with the links replaced.
  package func rewritingLinks(_ replacement: (ArraySlice<UInt8>) -> ArraySlice<UInt8>?) -> Self {
    var rewritten = Self()
    rewritten.octets.reserveCapacity(octets.count + octets.count / 8)
    // Up to where it has been copied, and up to where it has been looked at.
    var (start, index) = (0, 0)
    while let quote = octets[index...].firstIndex(of: UInt8(ascii: "\"")) {
      index = quote + 1
      // Quotes are escaped in text, so an equals sign before one is an attribute's.
      guard isLink(before: quote), let end = octets[index...].firstIndex(of: UInt8(ascii: "\""))
      else { continue }
      if let link = replacement(octets[index..<end]) {
        rewritten.octets += octets[start...quote]
        rewritten.octets += link
        start = end
      }
      index = end + 1
    }
    rewritten.octets += octets[start...]
    return rewritten
  }

  /// Whether the value that begins with the quote at an index is that of a link.
  private func isLink(before quote: Int) -> Bool {
    func follows(_ name: String) -> Bool {
      let length = name.utf8.count
      return quote >= length && name.utf8.elementsEqual(octets[(quote - length)..<quote])
    }
    return follows(" href=") || follows(" action=")
  }

  /// Collects literals and escaped text into one buffer.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var octets: [UInt8] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      octets.reserveCapacity(literalCapacity + 32 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) { octets.append(literal: literal) }

    // Disfavored, or the compiler takes the literals of `condition ? "<b>\(part)</b>" : "–"` for
    // text, and the reader sees the tags and what an `Escaped` looks like inside.
    @_disfavoredOverload
    package mutating func appendInterpolation(_ text: String) { octets.append(escaping: text) }

    @_disfavoredOverload
    package mutating func appendInterpolation(_ number: Int) { octets.append(decimal: number) }

    /// Escapes the description, which for a slug or a link is what a reader sees.
    @_disfavoredOverload
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      octets.append(escaping: value.description)
    }

    package mutating func appendInterpolation(_ part: Escaped) { octets += part.octets }

    /// Puts in the part, or nothing without one.
    package mutating func appendInterpolation(_ part: Escaped?) {
      if let part { octets += part.octets }
    }

    /// Puts in the part if the condition holds.
    package mutating func appendInterpolation(
      if condition: Bool, _ part: @autoclosure () -> Escaped
    ) {
      if condition { octets += part().octets }
    }

    /// Puts in the part made of a value if there is one.
    package mutating func appendInterpolation<Value>(
      _ value: Value?, _ part: (Value) throws -> Escaped
    ) rethrows {
      if let value { octets += try part(value).octets }
    }

    /// Puts in one part for each element.
    package mutating func appendInterpolation<Elements: Sequence>(
      each elements: Elements, _ part: (Elements.Element) throws -> Escaped
    ) rethrows {
      for element in elements { octets += try part(element).octets }
    }

    /// Puts in one part for each element, and the separator between two.
    package mutating func appendInterpolation<Elements: Sequence>(
      each elements: Elements, separator: Escaped, _ part: (Elements.Element) throws -> Escaped
    ) rethrows {
      var isFirst = true
      for element in elements {
        if !isFirst { octets += separator.octets }
        isFirst = false
        octets += try part(element).octets
      }
    }

    /// Appends JSON as the data of a script element.
    ///
    /// In JSON, `<`, `>` and `&` occur only in strings. They are written as `\u003c`, so no text
    /// ends the element.
    package mutating func appendInterpolation(json: JSON) { octets.append(json: json.bytes) }
  }
}
