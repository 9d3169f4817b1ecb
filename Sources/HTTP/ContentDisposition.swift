/// A value of `Content-Disposition` (RFC 6266).
package struct ContentDisposition: Sendable, Equatable, CustomStringConvertible {
  package enum Kind: String, Sendable {
    case inline, attachment
  }

  package var kind: Kind
  /// Any text; nil leaves the name to the browser.
  package var fileName: String?

  package init(_ kind: Kind, fileName: String? = nil) {
    self.kind = kind
    self.fileName = fileName
  }

  /// The value: `filename` in ASCII, and `filename*` when that is not the whole name.
  package var description: String {
    guard let fileName else { return kind.rawValue }
    let name = Self.withoutSeparators(fileName)
    let fallback = Self.ascii(name)
    var text = "\(kind.rawValue); filename=\"\(fallback)\""
    if fallback != name {
      text += "; filename*=UTF-8''" + PercentEncoding.encoded(name, keeping: .attribute)
    }
    return text
  }

  /// The name has no path (RFC 6266 §4.3) and no line break.
  private static func withoutSeparators(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { scalar in
          scalar == "/" || scalar == "\\" || scalar.value < 0x20 || scalar.value == 0x7F
            ? "_" : scalar
        }))
  }

  /// Without `"`, and without `%`, which some recipients decode (RFC 6266 appendix D).
  private static func ascii(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { scalar in
          scalar.isASCII && scalar != "\"" && scalar != "%" ? scalar : "_"
        }))
  }
}
