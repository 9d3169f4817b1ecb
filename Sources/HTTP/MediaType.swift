/// A media type with its parameters (RFC 9110 §8.3.1).
package struct MediaType: Sendable, Equatable, CustomStringConvertible {
  /// `type "/" subtype` in lower case.
  package let essence: String
  /// Names in lower case, in order.
  package let parameters: [Parameter]

  /// Reads a value of `Content-Type`; nil when it is none.
  package init?(_ text: String) {
    let bytes = text.utf8.span
    var reader = ParameterReader(bytes.trimmed(0..<bytes.count))
    guard let type = reader.token(bytes), reader.take(UInt8(ascii: "/"), bytes),
      let subtype = reader.token(bytes), let parameters = reader.parameters(bytes)
    else { return nil }
    essence = "\(bytes.text(type))/\(bytes.text(subtype))".lowercased()
    self.parameters = parameters
  }

  package var description: String {
    essence
      + parameters.map { parameter in
        let isToken =
          !parameter.value.isEmpty && parameter.value.utf8.allSatisfy(ByteSet.token.contains)
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

  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard index < end, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  mutating func token(_ bytes: Span<UInt8>) -> Range<Int>? {
    let start = index
    while index < end, ByteSet.token.contains(bytes[index]) { index += 1 }
    return start < index ? start..<index : nil
  }

  private mutating func skipBlanks(_ bytes: Span<UInt8>) {
    while index < end, bytes[index].isBlank { index += 1 }
  }

  /// `*( OWS ";" OWS [ name "=" value ] )` up to the end; nil when it is something else.
  mutating func parameters(
    _ bytes: Span<UInt8>, escapes: Escapes = .all
  ) -> [Parameter]? {
    var parameters: [Parameter] = []
    while true {
      skipBlanks(bytes)
      if isAtEnd { return parameters }
      guard take(UInt8(ascii: ";"), bytes) else { return nil }
      skipBlanks(bytes)
      if isAtEnd { return parameters }
      if bytes[index] == UInt8(ascii: ";") { continue }
      guard let name = token(bytes), take(UInt8(ascii: "="), bytes),
        let value = value(bytes, escapes)
      else { return nil }
      parameters.append(Parameter(name: bytes.text(name).lowercased(), value: value))
    }
  }

  /// What a backslash in a quoted string escapes.
  enum Escapes {
    /// Any byte (RFC 9110 §5.6.4).
    case all
    /// A quote or a backslash only: browsers send the backslashes of a file's name as they are.
    case quoteAndBackslash
  }

  /// `token` or `quoted-string`.
  private mutating func value(_ bytes: Span<UInt8>, _ escapes: Escapes) -> String? {
    guard index < end, bytes[index] == UInt8(ascii: "\"") else {
      return token(bytes).map { bytes.text($0) }
    }
    index += 1
    var value: [UInt8] = []
    while index < end, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < end {
        let next = bytes[index + 1]
        if escapes == .all || next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\") {
          index += 1
        }
      }
      value.append(bytes[index])
      index += 1
    }
    guard take(UInt8(ascii: "\""), bytes) else { return nil }
    return String(decoding: value, as: UTF8.self)
  }
}
