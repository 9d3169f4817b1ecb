/// A statement, or a part of one, with the values that are bound to it.
///
/// Its text is made of literals; interpolated values are bound, or are `SQL` themselves. No
/// initializer takes text made at run time.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
  package private(set) var words: String
  package private(set) var values: [Value]

  /// What SQLite stores.
  package enum Value: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
  }

  package init(stringLiteral literal: StaticString) {
    words = literal.description
    values = []
  }

  package init(stringInterpolation: Interpolation) {
    words = stringInterpolation.words
    values = stringInterpolation.values
  }

  /// The name of a table or column, quoted: only what is in the database can be named so.
  package static func name(_ name: String) -> SQL {
    var quoted: SQL = ""
    quoted.words = "\"\(name.replacing("\"", with: "\"\""))\""
    return quoted
  }

  /// A value, bound.
  package static func value(_ value: Value) -> SQL {
    var bound: SQL = "?"
    bound.values = [value]
    return bound
  }

  /// Parts, separated by commas.
  package static func commas(_ parts: [SQL]) -> SQL {
    guard var list = parts.first else { return "" }
    for part in parts.dropFirst() { list = "\(list), \(part)" }
    return list
  }

  /// Values in parentheses for `IN`, each bound.
  package static func list(_ values: some Sequence<some Bindable>) -> SQL {
    var list: SQL = ""
    list.values = values.map(\.bound)
    let count = list.values.count
    list.words = count == 0 ? "()" : "(?" + String(repeating: ",?", count: count - 1) + ")"
    return list
  }

  /// Conditions joined by AND; true without any.
  package static func all(_ conditions: [SQL]) -> SQL {
    guard var all = conditions.first else { return "1" }
    for condition in conditions.dropFirst() { all = "\(all) AND \(condition)" }
    return all
  }

  package typealias StringInterpolation = Interpolation

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var words = ""
    fileprivate var values: [Value] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      words.reserveCapacity(literalCapacity + interpolationCount)
      values.reserveCapacity(interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) { words += literal.description }

    package mutating func appendInterpolation(_ part: SQL) {
      words += part.words
      values += part.values
    }

    package mutating func appendInterpolation(_ value: some Bindable) {
      words += "?"
      values.append(value.bound)
    }

    package mutating func appendInterpolation(_ value: (some Bindable)?) {
      words += "?"
      values.append(value?.bound ?? .null)
    }
  }
}

/// A value that can be bound to a statement.
package protocol Bindable {
  var bound: SQL.Value { get }
}

extension String: Bindable { package var bound: SQL.Value { .text(self) } }
extension Int: Bindable { package var bound: SQL.Value { .integer(Int64(self)) } }
extension Int64: Bindable { package var bound: SQL.Value { .integer(self) } }
extension Double: Bindable { package var bound: SQL.Value { .real(self) } }
extension Bool: Bindable { package var bound: SQL.Value { .integer(self ? 1 : 0) } }
extension [UInt8]: Bindable { package var bound: SQL.Value { .bytes(self) } }
