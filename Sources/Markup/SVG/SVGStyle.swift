/// The style sheet of a drawing: its fonts, and properties that have no attributes.
package struct SVGStyle: Sendable {
  /// How colours combine with what is below (Compositing Level 1 §5.1).
  package enum BlendMode: String, Sendable, CaseIterable {
    case multiply, screen, overlay, darken, lighten, difference, exclusion, hue, saturation, color
    case luminosity
    case colorDodge = "color-dodge"
    case colorBurn = "color-burn"
    case hardLight = "hard-light"
    case softLight = "soft-light"
  }

  package private(set) var bytes: [UInt8] = []

  /// Creates a sheet in which white space counts and letters go from left to right as written.
  package init() {
    bytes += "text{white-space:pre;font-kerning:none;font-variant-ligatures:none".utf8
    bytes += ";direction:ltr;unicode-bidi:bidi-override}".utf8
    bytes += "text:not([transform]){transform:matrix(1,\(SVGStyle.shear),0,1,0,0)".utf8
    bytes += ";transform-origin:50% 0}".utf8
  }

  /// Keeps Chromium from moving the baselines of upright text to whole pixels.
  ///
  /// That makes the lines of a paragraph uneven and its underlines wrong. It leaves text that is
  /// sheared where it is, however little; this is an eighth of a point at the edges of a page.
  private static let shear = ".0004"

  /// Adds a font.
  ///
  /// - Parameters:
  ///   - family: Its name: letters and digits.
  ///   - woff: A font in the Web Open Font Format.
  package mutating func addFont(family: Int, woff: [UInt8]) {
    bytes += "@font-face{font-family:\(SVGStyle.family(family));src:url(data:font/woff;base64,".utf8
    bytes.append(base64: woff)
    bytes += ")}".utf8
  }

  /// The name of a font.
  package static func family(_ number: Int) -> String { "f\(number)" }

  /// Elements that are composed before they are painted.
  package static let isolated = "s"

  package mutating func addIsolated() {
    bytes += ".\(SVGStyle.isolated){isolation:isolate}".utf8
  }

  /// Text that has been shown before in the same place.
  package static let repeated = "r"

  /// Adds that repeated text is not selected, and so not copied again.
  package mutating func addRepeated() {
    bytes += ".\(SVGStyle.repeated){-webkit-user-select:none;user-select:none}".utf8
  }

  /// The class of the root of a drawing without a style sheet of its own.
  package static let linked = "drawn-page"

  /// The rules that the style sheet of a page needs for drawings of the class ``linked``.
  package static var linkedRules: String {
    var style = SVGStyle()
    let text = String(decoding: style.bytes, as: UTF8.self)
    style.bytes = []
    style.addIsolated()
    style.addRepeated()
    for mode in BlendMode.allCases { style.addBlendMode(mode) }
    let rules = text + String(decoding: style.bytes, as: UTF8.self)
    return rules.split(separator: "}").map { ".\(linked) \($0)}\n" }.joined()
  }

  /// The class of elements that are painted with a blend mode.
  package static func blendClass(_ mode: BlendMode) -> String {
    "b\(BlendMode.allCases.firstIndex(of: mode) ?? 0)"
  }

  package mutating func addBlendMode(_ mode: BlendMode) {
    bytes += ".\(SVGStyle.blendClass(mode)){mix-blend-mode:\(mode.rawValue)}".utf8
  }
}

extension [UInt8] {
  /// Appends base64 (RFC 4648 §4).
  mutating func append(base64 data: [UInt8]) {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    reserveCapacity(count + (data.count + 2) / 3 * 4)
    var index = 0
    while index + 2 < data.count {
      let value = Int(data[index]) << 16 | Int(data[index + 1]) << 8 | Int(data[index + 2])
      append(alphabet[value >> 18])
      append(alphabet[value >> 12 & 63])
      append(alphabet[value >> 6 & 63])
      append(alphabet[value & 63])
      index += 3
    }
    guard index < data.count else { return }
    let isPair = index + 1 < data.count
    let value = Int(data[index]) << 16 | (isPair ? Int(data[index + 1]) << 8 : 0)
    append(alphabet[value >> 18])
    append(alphabet[value >> 12 & 63])
    append(isPair ? alphabet[value >> 6 & 63] : UInt8(ascii: "="))
    append(UInt8(ascii: "="))
  }
}
