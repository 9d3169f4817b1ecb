/// Superscripts and subscripts in plain text.
enum Scripts {
  /// A superscript: “10⁶”, “m²”, “Ca²⁺”; “1st” and “XXe” stay on the line.
  static func raised(_ text: String, behind previous: Unicode.Scalar?) -> String {
    let text = text.trimmingSpaces
    if text.isEmpty { return "" }
    if let raised = mapped(text, superscripts) { return raised }
    if text.unicodeScalars.allSatisfy(\.properties.isAlphabetic) { return text }
    return text.unicodeScalars.count == 1 ? text : "^(\(text))"
  }

  /// A subscript: “H2O” and “Vmax” stay on the line; after a digit it is lowered, “10₂”.
  static func lowered(_ text: String, behind previous: Unicode.Scalar?) -> String {
    let text = text.trimmingSpaces
    guard let previous, ("0"..."9").contains(previous) else { return text }
    return mapped(text, subscripts) ?? (text.isEmpty ? "" : "_" + text)
  }

  private static func mapped(
    _ text: String, _ table: [Unicode.Scalar: Unicode.Scalar]
  ) -> String? {
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard let other = table[scalar] else { return nil }
      output.append(other)
    }
    return String(output)
  }

  private static let superscripts: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹", "+": "⁺", "-": "⁻", "−": "⁻", "–": "⁻", "=": "⁼", "(": "⁽", ")": "⁾",
  ]
  private static let subscripts: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈",
    "9": "₉", "+": "₊", "-": "₋", "−": "₋", "=": "₌", "(": "₍", ")": "₎",
  ]
}

extension String {
  /// Without white space at both ends.
  var trimmingSpaces: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}
