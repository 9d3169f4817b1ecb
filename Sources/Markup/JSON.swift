/// A JSON value (RFC 8259).
///
/// Objects keep the order of their members.
/// Every JSON format for other programs is written with it. What Offprint itself reads back, from a
/// child process, the control socket or the database, is `Codable`.
package indirect enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Written as null if it is infinite or not a number, since JSON has neither.
  case decimal(Double)
  case text(String)
  case array([JSON])
  case object([(name: String, value: JSON)])

  package static func == (left: JSON, right: JSON) -> Bool { left.bytes == right.bytes }

  /// UTF-8 without white space between the tokens.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4096)
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let number): bytes.append(decimal: number)
    case .decimal(let number): bytes += (number.isFinite ? "\(number)" : "null").utf8
    case .text(let text): JSON.write(text, to: &bytes)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        JSON.write(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Appends a string with its quotes.
  ///
  /// All control characters and line separators are escaped, so no text begins a line of its own
  /// or moves a terminal's cursor.
  package static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    if text.utf8.contains(where: mayNeedEscape) {
      appendEscaped(Array(text.utf8), to: &bytes)
    } else {
      bytes += text.utf8
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendEscaped(_ utf8: [UInt8], to bytes: inout [UInt8]) {
    var start = 0
    for index in utf8.indices {
      guard let (scalar, length) = escapedScalar(in: utf8, at: index) else { continue }
      bytes += utf8[start..<index]
      bytes.append(escaping: scalar)
      start = index + length
    }
    bytes += utf8[start...]
  }

  /// Whether a byte is, or can begin, a character that has to be escaped.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || byte == 0xC2 || byte == 0xE2
  }

  /// The character at an index if it has to be escaped, and its length in UTF-8.
  private static func escapedScalar(in utf8: [UInt8], at index: Int) -> (UInt16, Int)? {
    switch utf8[index] {
    case 0x20, 0x21, 0x23...0x5B, 0x5D...0x7E: return nil
    case 0x00...0x7F: return (UInt16(utf8[index]), 1)
    // U+0080 to U+009F.
    case 0xC2 where utf8[index + 1] < 0xA0: return (UInt16(utf8[index + 1]), 2)
    // U+2028 and U+2029.
    case 0xE2 where utf8[index + 1] == 0x80 && utf8[index + 2] & 0xFE == 0xA8:
      return (0x2000 | UInt16(utf8[index + 2] & 0x3F), 3)
    default: return nil
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral text: String) { self = .text(text) }
  package init(integerLiteral number: Int) { self = .integer(number) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral values: JSON...) { self = .array(values) }

  /// An object without the members whose value is nil.
  package init(dictionaryLiteral members: (String, JSON?)...) {
    self = .object(members.compactMap { name, value in value.map { (name, $0) } })
  }
}

extension [UInt8] {
  fileprivate mutating func append(escaping scalar: UInt16) {
    append(UInt8(ascii: "\\"))
    switch scalar {
    case 0x22, 0x5C: append(UInt8(scalar))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0D: append(UInt8(ascii: "r"))
    default:
      append(UInt8(ascii: "u"))
      for shift in [12, 8, 4, 0] as [UInt16] {
        let digit = UInt8(scalar >> shift & 0xF)
        append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    }
  }
}
