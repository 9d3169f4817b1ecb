/// Fields of a form in `application/x-www-form-urlencoded` (WHATWG URL §5), in order.
package struct FormFields: Sendable, Equatable {
  package struct Field: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package private(set) var fields: [Field]
  /// Whether there were more fields than were read.
  package private(set) var isTruncated = false

  package init(_ fields: [Field] = []) { self.fields = fields }

  /// Reads a query; nil has no fields.
  ///
  /// - Parameters:
  ///   - query: The text after `?`.
  ///   - limit: The most fields to read.
  package init(query: String?, limit: Int = 200) {
    self.init(bytes: Array((query ?? "").utf8), limit: limit)
  }

  /// Reads the content of a form that was sent; what is not UTF-8 becomes U+FFFD.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - limit: The most fields to read.
  package init(bytes: [UInt8], limit: Int = 200) {
    fields = []
    let span = bytes.span
    var start = 0
    while start < span.count {
      var end = start
      var equals: Int?
      while end < span.count, span[end] != UInt8(ascii: "&") {
        if equals == nil, span[end] == UInt8(ascii: "=") { equals = end }
        end += 1
      }
      if end > start {
        guard fields.count < limit else {
          isTruncated = true
          return
        }
        let nameEnd = equals ?? end
        fields.append(
          Field(
            Self.text(span.extracting(start..<nameEnd)),
            Self.text(span.extracting(min(nameEnd + 1, end)..<end))))
      }
      start = end + 1
    }
  }

  private static func text(_ bytes: Span<UInt8>) -> String {
    String(decoding: PercentEncoding.bytes(decoding: bytes, plusIsSpace: true), as: UTF8.self)
  }

  /// The value of the first field with this name.
  package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The values of all fields with this name.
  package func values(of name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// The fields as a query or the content of a form.
  package var encoded: String {
    var bytes: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: "&")) }
      Self.append(field.name, to: &bytes)
      bytes.append(UInt8(ascii: "="))
      Self.append(field.value, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    for byte in text.utf8 {
      if byte == 0x20 {
        bytes.append(UInt8(ascii: "+"))
      } else {
        PercentEncoding.append(byte, keeping: .form, to: &bytes)
      }
    }
  }
}
