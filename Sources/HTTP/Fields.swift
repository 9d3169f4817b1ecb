/// The fields of a message, in order (RFC 9110 §5).
package struct Fields: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// A field's name; compared without regard to case, kept in lower case.
  package struct Name: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let description: String

    package init(_ name: String) {
      let hasCapitals = name.utf8.contains { (0x41...0x5A).contains($0) }
      description = hasCapitals ? name.lowercased() : name
    }
    package init(stringLiteral name: String) { self.init(name) }
    init(lowercased name: String) { description = name }
  }

  /// One field line: a name and a value without surrounding white space.
  package struct Line: Sendable, Equatable {
    package var name: Name
    package var value: String
  }

  package private(set) var lines: [Line] = []

  package init() {}

  package init(dictionaryLiteral elements: (Name, String)...) {
    for (name, value) in elements { append(name, value) }
  }

  /// The values of all lines with this name, joined by `", "` (RFC 9110 §5.3); nil without one.
  package subscript(name: Name) -> String? {
    let values = lines.lazy.filter { $0.name == name }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  /// The value of each line with this name.
  package func values(of name: Name) -> [String] {
    lines.filter { $0.name == name }.map(\.value)
  }

  /// Whether there is a line with this name.
  package func has(_ name: Name) -> Bool { lines.contains { $0.name == name } }

  /// Removes all lines with this name.
  package mutating func remove(_ name: Name) { lines.removeAll { $0.name == name } }

  /// Adds a line.
  ///
  /// CR, LF and NUL of the value become spaces, as a recipient may replace them
  /// (RFC 9110 §5.5), so no value can begin a line of its own.
  package mutating func append(_ name: Name, _ value: String) {
    let isSafe = value.utf8.allSatisfy { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
    let safe =
      isSafe
      ? value
      : String(
        String.UnicodeScalarView(
          value.unicodeScalars.map { $0 == "\r" || $0 == "\n" || $0 == "\0" ? " " : $0 }))
    lines.append(Line(name: name, value: safe))
  }

  /// Adds the lines of others.
  package mutating func append(_ others: Fields) { lines += others.lines }

  /// Replaces all lines with this name by one.
  package mutating func set(_ name: Name, to value: String) {
    lines.removeAll { $0.name == name }
    append(name, value)
  }
}
