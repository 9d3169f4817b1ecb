/// Character references of HTML and XML in a text: `&eacute;`, `&#233;`, `&#xE9;`.
enum CharacterReferences {
  /// The text with references replaced; other ampersands stay.
  static func replaced(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    let scalars = Array(text.unicodeScalars)
    var output = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      if scalars[index] == "&", let (scalar, end) = reference(scalars, index + 1) {
        output.append(scalar)
        index = end
      } else {
        output.append(scalars[index])
        index += 1
      }
    }
    return String(output)
  }

  /// The scalar of a reference whose name or number begins at an index, and its end.
  private static func reference(
    _ scalars: [Unicode.Scalar], _ start: Int
  ) -> (Unicode.Scalar, Int)? {
    let limit = min(scalars.count, start + 32)
    guard start < limit, let end = scalars[start..<limit].firstIndex(of: ";"), end > start else {
      return nil
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<end])
    let name = String(view)
    guard name.hasPrefix("#") else {
      return EntityTable.scalars[name].map { (spaced($0), end + 1) }
    }
    let isHexadecimal = name.dropFirst().first == "x" || name.dropFirst().first == "X"
    let digits = name.dropFirst(isHexadecimal ? 2 : 1)
    guard digits.first != "+", digits.first != "-",
      var value = UInt32(digits, radix: isHexadecimal ? 16 : 10), value != 0
    else { return nil }
    if (0x80...0x9F).contains(value) { value = EntityTable.windows1252[Int(value - 0x80)] }
    return Unicode.Scalar(value).map { (spaced($0), end + 1) }
  }

  /// No-break spaces are for layout, not for a record.
  private static func spaced(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar == "\u{A0}" || scalar == "\r" ? " " : scalar
  }
}
