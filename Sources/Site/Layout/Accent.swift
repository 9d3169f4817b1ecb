internal import Foundation

/// The accent colour of the site, in shades that are legible on light and on dark pages.
package struct Accent: Sendable, Equatable {
  /// The colour in the settings.
  package let chosen: Color
  /// On light pages; text on it is white.
  package let onLight: Color
  /// On dark pages; text on it is nearly black.
  package let onDark: Color

  /// The default colour.
  package static let initial = Accent(Color(red: 0x8C, green: 0x2F, blue: 0x1B))

  /// The darkest of the light grounds and the lightest of the dark ones in the style sheet: what is
  /// legible there is legible on the others.
  static let lightGround = Color(red: 0xF3, green: 0xEE, blue: 0xE3)
  static let darkGround = Color(red: 0x24, green: 0x22, blue: 0x1E)
  static let textOnDarkAccent = Color(red: 0x24, green: 0x11, blue: 0x0A)
  /// What WCAG 2.2 asks for text (§1.4.3).
  static let leastContrast = 4.5

  /// Makes a colour darker or lighter where it would not be legible.
  package init(_ chosen: Color) {
    self.chosen = chosen
    onLight = chosen.blended(with: Color(red: 0, green: 0, blue: 0)) { shade in
      shade.contrast(with: Accent.lightGround) >= Accent.leastContrast
    }
    onDark = chosen.blended(with: Color(red: 255, green: 255, blue: 255)) { shade in
      shade.contrast(with: Accent.darkGround) >= Accent.leastContrast
        && shade.contrast(with: Accent.textOnDarkAccent) >= Accent.leastContrast
    }
  }

  /// Whether the colour had to be changed for light pages.
  package var isAdjusted: Bool { onLight != chosen }

  /// CSS rules that replace the colour of the style sheet; empty for the default colour.
  package var styleRules: String {
    guard self != Accent.initial else { return "" }
    return """

      /* The accent that this site is set to */
      @media screen { :root { --accent: \(onLight); } }
      @media screen and (prefers-color-scheme: dark) { :root { --accent: \(onDark); } }

      """
  }
}

/// A colour of the sRGB space.
package struct Color: Sendable, Equatable, CustomStringConvertible {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Parses `#8c2f1b` or `#83b`.
  package init?(_ text: String) {
    guard text.hasPrefix("#") else { return nil }
    let digits = text.dropFirst().compactMap { $0.isASCII ? $0.hexDigitValue : nil }
    guard digits.count == text.utf8.count - 1 else { return nil }
    func byte(_ high: Int, _ low: Int) -> UInt8 { UInt8(digits[high] * 16 + digits[low]) }
    switch digits.count {
    case 3: self.init(red: byte(0, 0), green: byte(1, 1), blue: byte(2, 2))
    case 6: self.init(red: byte(0, 1), green: byte(2, 3), blue: byte(4, 5))
    default: return nil
    }
  }

  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = [red, green, blue].flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return "#" + String(decoding: bytes, as: UTF8.self)
  }

  /// The contrast ratio of WCAG 2.2, from 1 to 21.
  package func contrast(with other: Color) -> Double {
    let lights = [luminance, other.luminance].sorted()
    return (lights[1] + 0.05) / (lights[0] + 0.05)
  }

  private var luminance: Double {
    func linear(_ byte: UInt8) -> Double {
      let part = Double(byte) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// This colour with as little of another as it takes.
  fileprivate func blended(with other: Color, until isEnough: (Color) -> Bool) -> Color {
    for step in 0...50 {
      let shade = mixed(with: other, hundredths: step * 2)
      if isEnough(shade) { return shade }
    }
    return other
  }

  /// A mixture of the two, with so many hundredths of the other.
  func mixed(with other: Color, hundredths: Int) -> Color {
    func part(_ mine: UInt8, _ theirs: UInt8) -> UInt8 {
      UInt8((Int(mine) * (100 - hundredths) + Int(theirs) * hundredths + 50) / 100)
    }
    return Color(
      red: part(red, other.red), green: part(green, other.green), blue: part(blue, other.blue))
  }
}
