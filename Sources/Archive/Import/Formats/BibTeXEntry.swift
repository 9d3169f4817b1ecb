/// Reads one entry of a BibTeX file.
struct BibTeXEntry {
  /// A value without its outer delimiters, with its braces and commands.
  struct Value {
    var text: String
    let place: CataloguePlace
  }

  /// The strings that the entry defines.
  private(set) var newStrings: [String: String] = [:]
  private let source: BibTeXSource
  private let bytes: [UInt8]
  private let strings: [String: String]
  private var index = 0

  init(_ source: BibTeXSource, strings: [String: String]) {
    self.source = source
    self.strings = strings
    bytes = source.bytes
  }

  /// - Returns: The record; nil for a string, a preamble or a comment.
  mutating func read() throws(BibTeXError) -> CatalogueEntry? {
    index = 1
    let type = word()
    skipSpaces()
    let close = bytes[index] == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: ")")
    index += 1
    switch type {
    case "comment", "preamble": return nil
    case "string":
      skipSpaces()
      let name = word()
      let value = try value(of: name)
      newStrings[name] = value.text
      return nil
    default: break
    }
    let key = takeKey(close)
    var fields: [String: Value] = [:]
    var repeated: [(String, Value)] = []
    while true {
      skip { $0.isSpace || $0 == UInt8(ascii: ",") }
      guard index < bytes.count, bytes[index] != close || index < bytes.count - 1 else { break }
      let name = word()
      guard !name.isEmpty else {
        throw error(.expected("the name of a field", found: excerpt))
      }
      let value = try value(of: name)
      if fields[name] == nil { fields[name] = value } else { repeated.append((name, value)) }
      skipSpaces()
      guard index < bytes.count, bytes[index] == UInt8(ascii: ",") || bytes[index] == close else {
        throw error(.expected("a comma behind “\(name)”", found: excerpt))
      }
    }
    var record = BibTeXRecord(type: type, key: key, fields: fields)
    for (name, value) in repeated { record.addOther(name, value) }
    return CatalogueEntry(source.start, .fields(record.finished()))
  }

  private func error(_ reason: ImportError.Reason) -> BibTeXError {
    BibTeXError(place: source.place(of: index), reason: reason)
  }

  private var excerpt: String {
    let rest = bytes[min(index, bytes.count)...].prefix(12)
    return rest.isEmpty ? "the end" : String(decoding: rest, as: UTF8.self).cleanedLine
  }

  private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
    while index < bytes.count, isSkipped(bytes[index]) { index += 1 }
  }

  private mutating func skipSpaces() { skip(\.isSpace) }

  /// A name in lower case.
  private mutating func word() -> String {
    let start = index
    skip { !$0.isSpace && !"\"#%'(),={}".utf8.contains($0) }
    return String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
  }

  private mutating func takeKey(_ close: UInt8) -> String {
    let start = index
    let line = bytes[index...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "=") }
    // An entry may have no key.
    guard let line, bytes[line] == UInt8(ascii: ",") else { return "" }
    index = line + 1
    return String(decoding: bytes[start..<line], as: UTF8.self).cleanedLine
  }

  /// Reads `= value # value`.
  private mutating func value(of name: String) throws(BibTeXError) -> Value {
    skipSpaces()
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
      throw error(.expected("“=” behind “\(name)”", found: excerpt))
    }
    index += 1
    skipSpaces()
    let place = source.place(of: index)
    var text = try part(of: name)
    skipSpaces()
    while index < bytes.count, bytes[index] == UInt8(ascii: "#") {
      index += 1
      skipSpaces()
      text += try part(of: name)
      skipSpaces()
    }
    return Value(text: text, place: place)
  }

  private mutating func part(of name: String) throws(BibTeXError) -> String {
    guard index < bytes.count else {
      throw error(.expected("a value of “\(name)”", found: excerpt))
    }
    let opening = bytes[index]
    guard opening == UInt8(ascii: "{") || opening == UInt8(ascii: "\"") else {
      let word = word()
      guard !word.isEmpty else {
        throw error(.expected("a value of “\(name)”", found: excerpt))
      }
      return newStrings[word] ?? strings[word] ?? word
    }
    let start = index + 1
    var depth = 0
    for end in start..<bytes.count {
      switch bytes[end] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}") where opening == UInt8(ascii: "{") && depth == 0:
        index = end + 1
        return String(decoding: bytes[start..<end], as: UTF8.self)
      case UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: "\"") where opening == UInt8(ascii: "\"") && depth == 0:
        index = end + 1
        return String(decoding: bytes[start..<end], as: UTF8.self)
      default: break
      }
    }
    throw error(.expected("the end of “\(name)”", found: excerpt))
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
