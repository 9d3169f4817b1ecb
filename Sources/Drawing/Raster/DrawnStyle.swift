internal import Markup

/// The style sheet of a drawing, read back.
struct DrawnStyle {
  private var fonts: [String: ArraySlice<UInt8>] = [:]
  private(set) var blendModes: [String: SVGStyle.BlendMode] = [:]

  /// - Parameter bytes: Rules as ``SVGStyle`` writes them: a selector and declarations in braces.
  init(_ bytes: ArraySlice<UInt8>) {
    var place = bytes.startIndex
    while let open = bytes[place...].firstIndex(of: UInt8(ascii: "{")),
      let close = bytes[open...].firstIndex(of: UInt8(ascii: "}"))
    {
      let selector = String(decoding: bytes[place..<open], as: UTF8.self)
      let rule = bytes[(open + 1)..<close]
      if selector == "@font-face" {
        addFont(rule)
      } else if selector.hasPrefix("."), let value = value("mix-blend-mode:", in: rule) {
        blendModes[String(selector.dropFirst())] = SVGStyle.BlendMode(rawValue: value)
      }
      place = close + 1
    }
  }

  private func value(_ name: String, in rule: ArraySlice<UInt8>) -> String? {
    guard rule.starts(with: Array(name.utf8)) else { return nil }
    let value = rule.dropFirst(name.utf8.count).prefix { $0 != UInt8(ascii: ";") }
    return String(decoding: value, as: UTF8.self)
  }

  private mutating func addFont(_ rule: ArraySlice<UInt8>) {
    guard let family = value("font-family:", in: rule),
      let start = rule.firstIndex(of: UInt8(ascii: "(")),
      let end = rule.lastIndex(of: UInt8(ascii: ")"))
    else { return }
    fonts[family] = rule[(start + 1)..<max(start + 1, end)]
  }

  /// The font of a family that the drawing contains.
  func font(_ family: String) -> DrawnFont? {
    guard let source = fonts[family], let data = DrawnValues.data(source) else { return nil }
    return DrawnFont(woff: data.bytes)
  }

  func hasFont(_ family: String) -> Bool { fonts[family] != nil }
}
