internal import System

/// An element's name: its namespace, empty without one, and its local part.
struct XMLName: Sendable, Hashable {
  let space: String
  let local: String
}

/// A part of an XML document.
enum XMLEvent: Sendable, Equatable {
  /// The attributes are by their names as written.
  case start(XMLName, [String: String])
  case end(XMLName)
  /// Text and CDATA sections without markup between them may come in several pieces.
  case text(String)
}

/// Why a document is not well-formed XML, or cannot be read.
package struct XMLError: Error, Equatable, Sendable, CustomStringConvertible {
  package let line: Int
  /// In characters.
  package let column: Int
  package let reason: String

  package var description: String { "line \(line), column \(column): \(reason)" }
}

/// Reads an XML 1.0 document with namespaces in UTF-8, piece by piece, in bounded memory.
///
/// It reads no external entities, and refuses documents that declare entities of their own: those
/// are how a small file unpacks to gigabytes.
struct XMLReader {
  /// The deepest element.
  private static let deepest = 200
  /// The longest name, attribute or piece of markup, in bytes.
  private static let longestMarkup = 1 << 20
  /// The size of a piece of text.
  private static let pieceBytes = 256 << 10

  private let more: () throws -> [UInt8]
  private var bytes: [UInt8] = []
  private var index = 0
  private var isAtEnd = false
  private(set) var line = 1
  private var column = 1
  private var open: [(name: [UInt8], resolved: XMLName, spaces: Int)] = []
  private var spaces: [(prefix: String, address: String)] = [
    ("xml", "http://www.w3.org/XML/1998/namespace")
  ]
  private var hasRoot = false
  private var pendingEnd: XMLName?
  /// How far all bytes have been used.
  private(set) var bytesRead = 0

  /// - Parameter more: Returns the next bytes of the document, none at its end.
  init(_ more: @escaping () throws -> [UInt8]) { self.more = more }

  init(_ document: [UInt8]) {
    var rest: [UInt8]? = document
    more = {
      defer { rest = nil }
      return rest ?? []
    }
  }

  /// The next part; nil at the end of the document.
  ///
  /// - Throws: ``XMLError``, and what the source of the bytes throws.
  mutating func next() throws -> XMLEvent? {
    if let name = pendingEnd {
      pendingEnd = nil
      return .end(name)
    }
    while true {
      guard try fill(1) else {
        guard open.isEmpty, hasRoot else {
          throw error(
            hasRoot
              ? "the file ends inside “\(String(decoding: open.last?.name ?? [], as: UTF8.self))”"
              : "expected an element, found the end of the file")
        }
        return nil
      }
      if bytes[index] == UInt8(ascii: "<") {
        if let event = try markup() { return event }
      } else if let event = try text() {
        return event
      }
    }
  }

  // MARK: Bytes

  private func error(_ reason: String) -> XMLError {
    XMLError(line: line, column: column, reason: reason)
  }

  /// Makes sure that so many bytes are there; false when the document ends before.
  private mutating func fill(_ count: Int) throws -> Bool {
    while bytes.count - index < count {
      guard !isAtEnd else { return false }
      if index > XMLReader.pieceBytes {
        bytes.removeSubrange(..<index)
        index = 0
      }
      let piece = try more()
      if piece.isEmpty {
        isAtEnd = true
      } else {
        let isFirst = bytesRead == 0
        bytesRead += piece.count
        bytes += piece
        if isFirst { try checkEncoding() }
      }
    }
    return true
  }

  private mutating func checkEncoding() throws {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw error("expected UTF-8, found UTF-16")
    }
  }

  /// Moves past bytes, which counts lines and columns.
  private mutating func advance(to end: Int) {
    for position in index..<end {
      if bytes[position] == 0x0A {
        line += 1
        column = 1
      } else if bytes[position] & 0xC0 != 0x80 {
        column += 1
      }
    }
    index = end
  }

  private mutating func has(_ text: StaticString) throws -> Bool {
    guard try fill(text.utf8CodeUnitCount) else { return false }
    return bytes[index...].starts(with: text.description.utf8)
  }

  /// The index behind a text that ends a piece of markup, whose first bytes are skipped.
  private mutating func end(of text: StaticString, skipping: Int, in what: String) throws -> Int {
    let pattern = Array(text.description.utf8)
    var searched = skipping
    while true {
      let start = index + searched
      if start < bytes.count,
        let found = XMLReader.find(pattern, in: bytes, from: start)
      {
        return found + pattern.count
      }
      searched = max(skipping, bytes.count - index - pattern.count + 1)
      guard searched <= 64 * XMLReader.longestMarkup else { throw error("\(what) is too long") }
      guard try fill(bytes.count - index + 1) else { throw error("\(what) is not closed") }
    }
  }

  private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    var position = start
    let last = bytes.count - pattern.count
    while position <= last {
      if bytes[position] == pattern[0] {
        var length = 1
        while length < pattern.count, bytes[position + length] == pattern[length] { length += 1 }
        if length == pattern.count { return position }
      }
      position += 1
    }
    return nil
  }

  // MARK: Text

  private mutating func text() throws -> XMLEvent? {
    var end = index
    while true {
      while end < bytes.count, bytes[end] != UInt8(ascii: "<"), end - index < XMLReader.pieceBytes {
        end += 1
      }
      if end < bytes.count { break }
      let length = end - index
      guard length < XMLReader.pieceBytes, try fill(length + 1) else { break }
      end = index + length
    }
    // A piece ends between characters, and not inside a reference.
    if end < bytes.count, bytes[end] != UInt8(ascii: "<") {
      while end > index, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      if let reference = bytes[index..<end].suffix(40).lastIndex(of: UInt8(ascii: "&")),
        !bytes[reference..<end].contains(UInt8(ascii: ";")), reference > index
      {
        end = reference
      }
    }
    let isInside = !open.isEmpty
    let text = try decoded(index..<end, hasReferences: true)
    if !isInside, text.contains(where: { !$0.isWhitespace }) {
      throw error("expected an element, found text")
    }
    advance(to: end)
    return isInside && !text.isEmpty ? .text(text) : nil
  }

  /// Text of a range, checked, with its references replaced.
  private mutating func decoded(_ range: Range<Int>, hasReferences: Bool) throws -> String {
    if let bad = range.first(where: { XMLReader.isForbidden(bytes[$0]) }) {
      advance(to: bad)
      throw error(
        "the character U+00\(bytes[bad] < 16 ? "0" : "")\(String(bytes[bad], radix: 16).uppercased())"
          + " is not allowed in XML")
    }
    guard bytes[range].contains(0x0D) || (hasReferences && bytes[range].contains(0x26)) else {
      return try string(bytes[range], at: range.lowerBound)
    }
    var output: [UInt8] = []
    output.reserveCapacity(range.count)
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = bytes[position]
      if byte == 0x0D {
        // Line ends are line feeds for who reads the document (XML 1.0, 2.11).
        output.append(0x0A)
        if position + 1 < range.upperBound, bytes[position + 1] == 0x0A { position += 1 }
      } else if byte == UInt8(ascii: "&"), hasReferences {
        let limit = min(range.upperBound, position + 16)
        guard let end = bytes[position..<limit].firstIndex(of: UInt8(ascii: ";")),
          let scalar = XMLReader.scalar(bytes[(position + 1)..<end])
        else {
          advance(to: position)
          throw error("“&” begins no known reference; write “&amp;”")
        }
        output += Array(String(Character(scalar)).utf8)
        position = end
      } else {
        output.append(byte)
      }
      position += 1
    }
    return try string(output[...], at: range.lowerBound)
  }

  private mutating func string(_ slice: ArraySlice<UInt8>, at start: Int) throws -> String {
    guard let text = String(validating: slice, as: UTF8.self) else {
      // The encoded line tells the place well enough when references were replaced before it.
      let bad = firstInvalidByte(Array(slice)) ?? 0
      advance(to: min(bytes.count, start + bad))
      throw error("expected text in UTF-8")
    }
    return text
  }

  private static func isForbidden(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
  }

  private static func scalar(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let text = String(decoding: name, as: UTF8.self)
    switch text {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    guard text.hasPrefix("#") else { return nil }
    let isHexadecimal = text.hasPrefix("#x")
    let digits = text.dropFirst(isHexadecimal ? 2 : 1)
    guard digits.first?.isHexDigit == true,
      let value = UInt32(digits, radix: isHexadecimal ? 16 : 10),
      value >= 0x20 || [0x09, 0x0A, 0x0D].contains(value), value != 0xFFFE, value != 0xFFFF
    else { return nil }
    return Unicode.Scalar(value)
  }

  // MARK: Markup

  private mutating func markup() throws -> XMLEvent? {
    if try has("<![CDATA[") {
      guard !open.isEmpty else { throw error("expected an element, found a CDATA section") }
      let end = try end(of: "]]>", skipping: 9, in: "the CDATA section")
      let text = try decoded((index + 9)..<(end - 3), hasReferences: false)
      advance(to: end)
      return text.isEmpty ? nil : .text(text)
    }
    if try has("<!--") {
      advance(to: try end(of: "-->", skipping: 4, in: "the comment"))
      return nil
    }
    if try has("<!DOCTYPE") {
      let end = try end(of: ">", skipping: 9, in: "the document type")
      guard !hasRoot, !bytes[index..<end].contains(UInt8(ascii: "[")) else {
        throw error("declarations of entities are not read; remove the document type")
      }
      advance(to: end)
      return nil
    }
    if try has("<?") {
      let end = try end(of: "?>", skipping: 2, in: "the processing instruction")
      let text = String(decoding: bytes[index..<end], as: UTF8.self)
      if text.hasPrefix("<?xml "), let encoding = XMLReader.encoding(of: text),
        !["utf-8", "us-ascii", "ascii"].contains(encoding)
      {
        throw error("expected UTF-8, found \(encoding)")
      }
      advance(to: end)
      return nil
    }
    return try has("</") ? try endTag() : try startTag()
  }

  private static func encoding(of declaration: String) -> String? {
    guard let range = declaration.firstRange(of: "encoding") else { return nil }
    let value = declaration[range.upperBound...].drop { " =".contains($0) }
    guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
    return value.dropFirst().prefix { $0 != quote }.lowercased()
  }

  private mutating func endTag() throws -> XMLEvent? {
    let end = try end(of: ">", skipping: 2, in: "the tag")
    var name = bytes[(index + 2)..<(end - 1)]
    while let last = name.last, XMLReader.isSpace(last) { name.removeLast() }
    guard let last = open.last, last.name.elementsEqual(name) else {
      let found = String(decoding: name.prefix(60), as: UTF8.self)
      throw error(
        open.last.map {
          "expected </\(String(decoding: $0.name, as: UTF8.self))>, found </\(found)>"
        }
          ?? "</\(found)> ends no element")
    }
    open.removeLast()
    spaces.removeLast(spaces.count - last.spaces)
    advance(to: end)
    return .end(last.resolved)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
    default: "_:-.".utf8.contains(byte)
    }
  }

  /// The end of the tag that begins here: `>` outside of quoted values.
  private mutating func endOfTag() throws -> Int {
    var length = 1
    var quote: UInt8?
    while true {
      guard length < XMLReader.longestMarkup else { throw error("the tag is too long") }
      guard try fill(length + 1) else { throw error("the tag is not closed") }
      let byte = bytes[index + length]
      length += 1
      if let open = quote {
        if byte == open { quote = nil }
        if byte == UInt8(ascii: "<") { throw error("“<” in the value of an attribute") }
      } else if byte == UInt8(ascii: ">") {
        return index + length
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "<") {
        throw error("the tag is not closed")
      }
    }
  }

  private mutating func startTag() throws -> XMLEvent {
    let end = try endOfTag()
    guard !hasRoot || !open.isEmpty else { throw error("expected the end of the file") }
    guard open.count < XMLReader.deepest else { throw error("elements are nested too deep") }
    var position = index + 1
    let start = position
    while XMLReader.isName(bytes[position]) { position += 1 }
    let name = Array(bytes[start..<position])
    guard let first = name.first, first > 0x39 || first == UInt8(ascii: ":") else {
      throw error("“<” begins no tag; write “&lt;”")
    }
    let isEmpty = bytes[end - 2] == UInt8(ascii: "/")
    let last = end - (isEmpty ? 2 : 1)
    var attributes: [String: String] = [:]
    while true {
      let spaceStart = position
      while position < last, XMLReader.isSpace(bytes[position]) { position += 1 }
      guard position < last else { break }
      let (key, value, next) = try attribute(position, last)
      guard position > spaceStart, attributes[key] == nil else {
        throw error("the attribute “\(key)” is wrong or given twice")
      }
      attributes[key] = value
      position = next
    }
    let spacesBefore = spaces.count
    for (key, value) in attributes {
      if key == "xmlns" { spaces.append(("", value)) }
      if key.hasPrefix("xmlns:") { spaces.append((String(key.dropFirst(6)), value)) }
    }
    let resolved = try resolve(String(decoding: name, as: UTF8.self))
    hasRoot = true
    advance(to: end)
    if isEmpty {
      spaces.removeLast(spaces.count - spacesBefore)
      pendingEnd = resolved
    } else {
      open.append((name, resolved, spacesBefore))
    }
    return .start(resolved, attributes)
  }

  private mutating func attribute(
    _ start: Int, _ last: Int
  ) throws -> (key: String, value: String, next: Int) {
    var position = start
    while position < last, XMLReader.isName(bytes[position]) { position += 1 }
    let key = String(decoding: bytes[start..<position], as: UTF8.self)
    while position < last, XMLReader.isSpace(bytes[position]) { position += 1 }
    guard !key.isEmpty, position < last, bytes[position] == UInt8(ascii: "=") else {
      throw error("expected an attribute with a value, found “\(key)”")
    }
    position += 1
    while position < last, XMLReader.isSpace(bytes[position]) { position += 1 }
    guard position < last, bytes[position] == 0x22 || bytes[position] == 0x27,
      let close = bytes[(position + 1)..<last].firstIndex(of: bytes[position])
    else { throw error("the value of “\(key)” is not quoted") }
    return (key, try decoded((position + 1)..<close, hasReferences: true), close + 1)
  }

  private func resolve(_ name: String) throws -> XMLName {
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let prefix = parts.count == 2 ? String(parts[0]) : ""
    guard let space = spaces.last(where: { $0.prefix == prefix }) else {
      guard prefix.isEmpty else { throw error("the prefix “\(prefix)” is not declared") }
      return XMLName(space: "", local: name)
    }
    return XMLName(space: space.address, local: String(parts[parts.count - 1]))
  }
}
