// ISO 32000-1 §12.5.6.6 (free text annotations) and §12.7 (form fields): their values, for
// annotations without an appearance.

/// The form field that an annotation shows.
struct FormField {
  /// The field type: `Tx`, `Ch`, `Btn` or `Sig`.
  private(set) var kind: String?
  private let value: Object?
  private let options: [Object]
  private let flags: Int
  private let document: Document

  /// The field of a widget; nil for other annotations.
  init?(_ annotation: [String: Object], document: Document) {
    guard document.name(annotation["Subtype"]) == "Widget" else { return nil }
    var kind: String?
    var value: Object?
    var options: [Object]?
    var flags: Int?
    var field: [String: Object]? = annotation
    // Fields inherit attributes from their parents (§12.7.3.1).
    for _ in 0..<16 {
      guard let current = field else { break }
      kind = kind ?? document.name(current["FT"])
      value = value ?? current["V"]
      options = options ?? document.array(current["Opt"])
      flags = flags ?? document.integer(current["Ff"])
      field = document.dictionary(current["Parent"])
    }
    self.document = document
    self.kind = kind
    self.value = value
    self.options = options ?? []
    self.flags = flags ?? 0
  }

  /// Whether the value is hidden (§12.7.4.3, table 228, bit 14).
  var isPassword: Bool { kind == "Tx" && flags & 1 << 13 != 0 }

  /// Whether each character of the value has its own box (bit 25).
  var isComb: Bool { kind == "Tx" && flags & 1 << 24 != 0 }

  /// The values, as text strings.
  var texts: [[UInt8]] {
    guard !isPassword else { return [] }
    switch kind {
    case "Tx":
      if let stream = document.stream(value) { return [document.decode(stream)] }
      return document.string(value).map { [$0] } ?? []
    case "Ch":
      let chosen = document.array(value) ?? value.map { [$0] } ?? []
      return chosen.prefix(100).compactMap { document.string($0).map(shown) }
    default: return []
    }
  }

  /// The displayed name of a choice, which can differ from its export value (§12.7.4.4).
  private func shown(_ choice: [UInt8]) -> [UInt8] {
    for option in options.prefix(10_000) {
      guard let pair = document.array(option), pair.count == 2,
        document.string(pair[0]) == choice
      else { continue }
      return document.string(pair[1]) ?? choice
    }
    return choice
  }
}

/// The text of an annotation without an appearance.
struct AnnotationValue {
  /// The characters of each line.
  private(set) var lines: [[UInt32]]

  /// The value of a field or the text of a free text annotation; nil if there is none.
  init?(_ annotation: [String: Object], _ field: FormField?, document: Document) {
    var texts = field?.texts ?? []
    if document.name(annotation["Subtype"]) == "FreeText" {
      texts = document.string(annotation["Contents"]).map { [$0] } ?? []
    }
    lines = texts.flatMap { bytes in
      textString(Array(bytes.prefix(20_000))).unicodeScalars.map(\.value)
        .split { $0 == 10 || $0 == 13 }.map(Array.init)
    }
    lines = Array(lines.prefix(1000))
    guard !lines.isEmpty else { return nil }
  }
}
