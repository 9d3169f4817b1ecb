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
  ///   - query: What stands behind `?`.
  ///   - limit: The most fields to read.
  package init(query: String?, limit: Int = 200) {
    self.init(octets: Array((query ?? "").utf8), limit: limit)
  }

  /// Reads the content of a form that was sent; what is not UTF-8 becomes U+FFFD.
  ///
  /// - Parameters:
  ///   - octets: The content.
  ///   - limit: The most fields to read.
  package init(octets: [UInt8], limit: Int = 200) {
    fields = []
    let span = octets.span
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

  private static func text(_ octets: Span<UInt8>) -> String {
    String(decoding: PercentEncoding.octets(decoding: octets, plusIsSpace: true), as: UTF8.self)
  }

  /// The value of the first field with this name.
  package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The values of all fields with this name.
  package func values(of name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// The fields as a query or the content of a form.
  package var encoded: String {
    var octets: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { octets.append(UInt8(ascii: "&")) }
      Self.append(field.name, to: &octets)
      octets.append(UInt8(ascii: "="))
      Self.append(field.value, to: &octets)
    }
    return String(decoding: octets, as: UTF8.self)
  }

  private static func append(_ text: String, to octets: inout [UInt8]) {
    for octet in text.utf8 {
      if octet == 0x20 {
        octets.append(UInt8(ascii: "+"))
      } else {
        PercentEncoding.append(octet, keeping: .form, to: &octets)
      }
    }
  }
}
