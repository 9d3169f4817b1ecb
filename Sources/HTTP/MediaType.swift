/// A media type with its parameters (RFC 9110 §8.3.1).
package struct MediaType: Sendable, Equatable, CustomStringConvertible {
  /// `type "/" subtype` in lower case.
  package let essence: String
  /// Names in lower case, in order.
  package let parameters: [Parameter]

  /// Reads a value of `Content-Type`; nil when it is none.
  package init?(_ text: String) {
    let octets = text.utf8.span
    var reader = ParameterReader(octets.trimmed(0..<octets.count))
    guard let type = reader.token(octets), reader.take(UInt8(ascii: "/"), octets),
      let subtype = reader.token(octets), let parameters = reader.parameters(octets)
    else { return nil }
    essence = "\(octets.text(type))/\(octets.text(subtype))".lowercased()
    self.parameters = parameters
  }

  package var description: String {
    essence
      + parameters.map { parameter in
        let isToken =
          !parameter.value.isEmpty && parameter.value.utf8.allSatisfy(OctetSet.token.contains)
        return "; \(parameter.name)=" + (isToken ? parameter.value : quoted(parameter.value))
      }.joined()
  }

  /// The first parameter with this name in lower case.
  package subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

  private func quoted(_ value: String) -> String {
    "\""
      + value.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }
}

/// A parameter of a field value (RFC 9110 §5.6.6).
package struct Parameter: Sendable, Equatable {
  /// In lower case.
  package let name: String
  /// Without quotes and escapes.
  package let value: String
}

/// Reads tokens and parameters in turn.
struct ParameterReader {
  private var index: Int
  private let end: Int

  init(_ range: Range<Int>) {
    index = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { index >= end }

  mutating func take(_ octet: UInt8, _ octets: Span<UInt8>) -> Bool {
    guard index < end, octets[index] == octet else { return false }
    index += 1
    return true
  }

  mutating func token(_ octets: Span<UInt8>) -> Range<Int>? {
    let start = index
    while index < end, OctetSet.token.contains(octets[index]) { index += 1 }
    return start < index ? start..<index : nil
  }

  private mutating func skipBlanks(_ octets: Span<UInt8>) {
    while index < end, octets[index].isBlank { index += 1 }
  }

  /// `*( OWS ";" OWS [ name "=" value ] )` up to the end; nil when it is something else.
  mutating func parameters(
    _ octets: Span<UInt8>, escapes: Escapes = .all
  ) -> [Parameter]? {
    var parameters: [Parameter] = []
    while true {
      skipBlanks(octets)
      if isAtEnd { return parameters }
      guard take(UInt8(ascii: ";"), octets) else { return nil }
      skipBlanks(octets)
      if isAtEnd { return parameters }
      if octets[index] == UInt8(ascii: ";") { continue }
      guard let name = token(octets), take(UInt8(ascii: "="), octets),
        let value = value(octets, escapes)
      else { return nil }
      parameters.append(Parameter(name: octets.text(name).lowercased(), value: value))
    }
  }

  /// What a backslash in a quoted string escapes.
  enum Escapes {
    /// Any octet (RFC 9110 §5.6.4).
    case all
    /// A quote or a backslash only: browsers send the backslashes of a file's name as they are.
    case quoteAndBackslash
  }

  /// `token` or `quoted-string`.
  private mutating func value(_ octets: Span<UInt8>, _ escapes: Escapes) -> String? {
    guard index < end, octets[index] == UInt8(ascii: "\"") else {
      return token(octets).map { octets.text($0) }
    }
    index += 1
    var value: [UInt8] = []
    while index < end, octets[index] != UInt8(ascii: "\"") {
      if octets[index] == UInt8(ascii: "\\"), index + 1 < end {
        let next = octets[index + 1]
        if escapes == .all || next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\") {
          index += 1
        }
      }
      value.append(octets[index])
      index += 1
    }
    guard take(UInt8(ascii: "\""), octets) else { return nil }
    return String(decoding: value, as: UTF8.self)
  }
}
