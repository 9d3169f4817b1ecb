// ISO 32000-1 §12.5.6.6 (free text annotations) and §12.7.4.3 (text fields): what they show where no
// appearance has been drawn for it.

/// The text of an annotation that has no appearance.
struct AnnotationValue {
  /// The characters of each line.
  private(set) var lines: [[UInt32]]

  /// The value of a field, or the text of a free text annotation, if it is either and has any.
  init?(_ annotation: [String: Object], document: Document) {
    var octets: [UInt8]?
    switch document.name(annotation["Subtype"]) {
    case "FreeText": octets = document.string(annotation["Contents"])
    case "Widget":
      var field: [String: Object]? = annotation
      var kind: String?
      // What a field leaves out its parents say (§12.7.3.1).
      for _ in 0..<16 {
        guard let current = field else { break }
        kind = kind ?? document.name(current["FT"])
        octets = octets ?? document.string(current["V"])
        field = document.dictionary(current["Parent"])
      }
      guard kind == "Tx" || kind == "Ch" else { return nil }
    default: return nil
    }
    guard let octets else { return nil }
    lines = textString(Array(octets.prefix(20_000))).unicodeScalars.map(\.value)
      .split { $0 == 10 || $0 == 13 }.prefix(1000).map(Array.init)
    guard !lines.isEmpty else { return nil }
  }
}
