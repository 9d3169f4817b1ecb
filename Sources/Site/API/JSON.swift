/// A value of JSON (RFC 8259), with the members of objects in their order.
indirect enum JSON: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  case null
  case bool(Bool)
  case integer(Int)
  /// Not a number and infinity become null, as JSON has neither.
  case decimal(Double)
  case text(String)
  case array([JSON])
  case object([(name: String, value: JSON)])

  init(stringLiteral text: String) { self = .text(text) }
  init(integerLiteral number: Int) { self = .integer(number) }

  /// An object of those members that are there.
  static func members(_ members: [(name: String, value: JSON?)]) -> JSON {
    .object(members.compactMap { name, value in value.map { (name, $0) } })
  }

  static func == (left: JSON, right: JSON) -> Bool { left.octets == right.octets }

  /// UTF-8 without white space.
  var octets: [UInt8] {
    var octets: [UInt8] = []
    write(to: &octets)
    return octets
  }

  private func write(to octets: inout [UInt8]) {
    switch self {
    case .null: octets += "null".utf8
    case .bool(let value): octets += (value ? "true" : "false").utf8
    case .integer(let number): octets += String(number).utf8
    case .decimal(let number): octets += (number.isFinite ? "\(number)" : "null").utf8
    case .text(let text): JSON.write(text, to: &octets)
    case .array(let values):
      octets.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { octets.append(UInt8(ascii: ",")) }
        value.write(to: &octets)
      }
      octets.append(UInt8(ascii: "]"))
    case .object(let members):
      octets.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { octets.append(UInt8(ascii: ",")) }
        JSON.write(member.name, to: &octets)
        octets.append(UInt8(ascii: ":"))
        member.value.write(to: &octets)
      }
      octets.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, to octets: inout [UInt8]) {
    octets.append(UInt8(ascii: "\""))
    if text.utf8.contains(where: isEscaped) {
      for byte in text.utf8 {
        if isEscaped(byte) { octets += escaped(byte) } else { octets.append(byte) }
      }
    } else {
      octets += text.utf8
    }
    octets.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F
  }

  private static func escaped(_ octet: UInt8) -> [UInt8] {
    switch octet {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [UInt8(ascii: "\\"), octet]
    case 0x0A: return [UInt8(ascii: "\\"), UInt8(ascii: "n")]
    default:
      let digits = Array("0123456789abcdef".utf8)
      return Array("\\u00".utf8) + [digits[Int(octet >> 4)], digits[Int(octet & 15)]]
    }
  }
}
