// ISO 32000-1 §14.3.2: metadata streams, which hold XMP (ISO 16684-1) as RDF in XML.

/// The simple properties and lists of an XMP packet.
///
/// Prefixes are assumed to be the usual ones. Only the five predefined entities and character
/// references are expanded, so a packet cannot grow.
struct MetadataPacket {
  /// The values of each property, such as `dc:creator`.
  private(set) var values: [String: [String]] = [:]

  func first(_ property: String) -> String? { values[property]?.first }

  init(_ bytes: [UInt8]) {
    var open: [String] = []
    var text: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x3C else {
        if text.count < 20_000 { text.append(bytes[index]) }
        index += 1
        continue
      }
      let end = bytes[index...].firstIndex(of: 0x3E) ?? bytes.count
      let tag = bytes[min(index + 1, end)..<end]
      index = end + 1
      switch tag.first {
      case nil, 0x21, 0x3F: break
      case 0x2F:
        close(&open, text)
      default:
        let name = Self.name(tag)
        readAttributes(tag, of: name)
        if tag.last != 0x2F, open.count < 32 { open.append(name) }
      }
      text.removeAll(keepingCapacity: true)
    }
  }

  /// Ends an element and adds its text to its property.
  private mutating func close(_ open: inout [String], _ text: [UInt8]) {
    guard let element = open.popLast() else { return }
    guard let value = plainText(Self.unescaped(text[...])) else { return }
    let property =
      element == "rdf:li" ? open.last { !$0.hasPrefix("rdf:") } : element
    guard let property, !property.hasPrefix("rdf:") else { return }
    add(value, to: property)
  }

  private mutating func add(_ value: String, to property: String) {
    if values.count < 500, values[property]?.count ?? 0 < 100 {
      values[property, default: []].append(value)
    }
  }

  private static func name(_ tag: ArraySlice<UInt8>) -> String {
    String(decoding: tag.prefix { !isWhite($0) && $0 != 0x2F }, as: UTF8.self)
  }

  /// Simple properties can be attributes of their description (ISO 16684-1 §7.9.2.2).
  private mutating func readAttributes(_ tag: ArraySlice<UInt8>, of element: String) {
    guard element == "rdf:Description" else { return }
    var rest = tag
    while let equals = rest.firstIndex(of: 0x3D), equals + 1 < rest.endIndex {
      let quote = rest[equals + 1]
      guard quote == 0x22 || quote == 0x27,
        let end = rest[(equals + 2)...].firstIndex(of: quote)
      else { return }
      let name = rest[..<equals].reversed().prefix { !isWhite($0) }.reversed()
      if let value = plainText(Self.unescaped(rest[equals + 2..<end])) {
        add(value, to: String(decoding: Array(name), as: UTF8.self))
      }
      rest = rest[(end + 1)...]
    }
  }

  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.contains("&") else { return text }
    var result = ""
    for (place, part) in text.split(separator: "&", omittingEmptySubsequences: false).enumerated() {
      guard place > 0, let end = part.firstIndex(of: ";") else {
        result += place > 0 ? "&" + part : part
        continue
      }
      result += character(part[..<end]) ?? "&\(part[...end])"
      result += part[part.index(after: end)...]
    }
    return result
  }

  private static func character(_ reference: Substring) -> String? {
    switch reference {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard reference.hasPrefix("#") else { return nil }
      let digits = reference.dropFirst()
      let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return value.flatMap(Unicode.Scalar.init).map { String($0) }
    }
  }
}
