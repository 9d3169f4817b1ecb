/// The head of a part (RFC 7578 §4).
package struct MultipartPart: Sendable, Equatable {
  /// The name of the form's field.
  package let name: String
  /// The name of a file without folders; empty when none was chosen; nil for a field of text.
  package let fileName: String?
  /// The value of `Content-Type`; `text/plain` without one (RFC 7578 §4.4).
  package let contentType: String

  /// Reads a head with the empty line at its end; nil when it is malformed.
  init?(head: Span<UInt8>) {
    var disposition: (name: String, fileName: String?)?
    var contentType: String?
    var start = 0
    while start < head.count {
      var end = start
      while end < head.count, head[end] != 0x0D, head[end] != 0x0A { end += 1 }
      guard end + 1 < head.count, head[end] == 0x0D, head[end + 1] == 0x0A else { return nil }
      if end == start { break }
      guard let (name, value) = Self.field(head, start..<end) else { return nil }
      if head.equals(name, lowercase: "content-disposition") {
        guard disposition == nil, let read = Self.disposition(head, value) else { return nil }
        disposition = read
      } else if head.equals(name, lowercase: "content-type") {
        guard contentType == nil else { return nil }
        contentType = head.text(value)
      } else if head.equals(name, lowercase: "content-transfer-encoding") {
        // Deprecated; an encoded part would be stored as it came (RFC 7578 §4.7).
        guard ["binary", "8bit", "7bit"].contains(where: { head.equals(value, lowercase: $0) })
        else { return nil }
      }
      start = end + 2
    }
    guard let disposition else { return nil }
    name = disposition.name
    fileName = disposition.fileName
    self.contentType = contentType ?? "text/plain"
  }

  private static func field(
    _ head: Span<UInt8>, _ line: Range<Int>
  ) -> (name: Range<Int>, value: Range<Int>)? {
    var colon = line.lowerBound
    while colon < line.upperBound, ByteSet.token.contains(head[colon]) { colon += 1 }
    guard colon > line.lowerBound, colon < line.upperBound, head[colon] == UInt8(ascii: ":")
    else { return nil }
    for index in colon + 1..<line.upperBound where !head[index].isFieldContent { return nil }
    return (line.lowerBound..<colon, head.trimmed(colon + 1..<line.upperBound))
  }

  /// `form-data` with a name, as browsers write it (RFC 7578 §4.2, WHATWG HTML §4.10.21.8).
  private static func disposition(
    _ head: Span<UInt8>, _ value: Range<Int>
  ) -> (name: String, fileName: String?)? {
    var reader = ParameterReader(value)
    guard let kind = reader.token(head), head.equals(kind, lowercase: "form-data"),
      let parameters = reader.parameters(head, escapes: .quoteAndBackslash)
    else { return nil }
    let names = parameters.filter { $0.name == "name" }
    // `filename*` must not be used in a form (RFC 7578 §4.2).
    let fileNames = parameters.filter { $0.name == "filename" }
    guard names.count == 1, fileNames.count <= 1 else { return nil }
    return (unescaped(names[0].value), fileNames.first.map { lastComponent(unescaped($0.value)) })
  }

  /// Browsers write a quote and a line's end as `%22`, `%0D`, `%0A`, and `%` as it is.
  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let code = bytes[index...].prefix(3)
      if let (_, byte) = escapes.first(where: { code.elementsEqual($0.0.utf8) }) {
        result.append(byte)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static let escapes: [(String, UInt8)] = [
    ("%22", 0x22), ("%0D", 0x0D), ("%0A", 0x0A),
  ]

  private static func lastComponent(_ name: String) -> String {
    let bytes = Array(name.utf8)
    let start = bytes.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
    return String(decoding: bytes[(start.map { $0 + 1 } ?? 0)...], as: UTF8.self)
  }
}
