// ISO 32000-2 §8.6: colour spaces.

internal import Markup
internal import PDF

/// A colour space, which converts components to sRGB.
final class ColorSpace: Sendable {
  private indirect enum Kind: Sendable {
    case gray, rgb, cmyk
    case lab(white: [Double], range: [Double])
    case indexed(ColorSpace, table: [UInt8], highest: Int)
    /// Inks (Separation, DeviceN); without a tint transform nothing is known of their colours.
    case inks(ColorSpace, Function, count: Int)
    /// Inks that leave no mark: the colorant `None`.
    case noInk(count: Int)
    case pattern(ColorSpace?)
    case unknown
  }

  private let kind: Kind

  private init(_ kind: Kind) { self.kind = kind }

  static let gray = ColorSpace(.gray)
  static let rgb = ColorSpace(.rgb)
  static let cmyk = ColorSpace(.cmyk)
  static let unknown = ColorSpace(.unknown)

  /// Reads a colour space: a name, or an array that begins with one.
  ///
  /// - Parameters:
  ///   - object: The colour space.
  ///   - resources: Where names are looked up first.
  ///   - document: The file.
  ///   - depth: The number of colour spaces around it.
  /// - Returns: The colour space, ``unknown`` for one that cannot be read.
  static func read(
    _ object: Object?, _ resources: Resources?, in document: Document, depth: Int = 0
  ) -> ColorSpace {
    guard depth < 8 else { return unknown }
    if let name = document.name(object) {
      if let device = device(name) { return device }
      guard let found = resources?.resource("ColorSpace", name) else { return unknown }
      return read(found, nil, in: document, depth: depth + 1)
    }
    guard let array = document.array(object), let family = document.name(array.first) else {
      return unknown
    }
    func space(at index: Int) -> ColorSpace {
      index < array.count
        ? read(array[index], resources, in: document, depth: depth + 1) : unknown
    }
    func numbers(_ key: String) -> [Double] {
      guard array.count > 1 else { return [] }
      return document.array(document.dictionary(array[1])?[key])?.map { document.number($0) ?? 0 }
        ?? []
    }
    switch family {
    case "CalGray": return gray
    case "CalRGB": return rgb
    case "Lab":
      let (white, range) = (numbers("WhitePoint"), numbers("Range"))
      return ColorSpace(
        .lab(
          white: white.count == 3 ? white : [0.9505, 1, 1.089],
          range: range.count == 4 ? range : [-100, 100, -100, 100]))
    case "ICCBased":
      let profile = array.count > 1 ? document.stream(array[1])?.dictionary : nil
      switch document.integer(profile?["N"]) {
      case 1: return gray
      case 3:
        // Profiles of Lab data have three components, too.
        let alternate = read(profile?["Alternate"], nil, in: document, depth: depth + 1)
        if case .lab = alternate.kind { return alternate }
        return rgb
      case 4: return cmyk
      default: return read(profile?["Alternate"], nil, in: document, depth: depth + 1)
      }
    case "Indexed", "I":
      guard array.count > 3 else { return unknown }
      let table =
        document.string(array[3]) ?? document.stream(array[3]).map { document.decode($0) } ?? []
      let highest = min(max(document.integer(array[2]) ?? 255, 0), 255)
      return ColorSpace(.indexed(space(at: 1), table: table, highest: highest))
    case "Separation", "DeviceN":
      let names = document.array(array.count > 1 ? array[1] : nil) ?? []
      let count = family == "DeviceN" ? names.count : 1
      let single = family == "DeviceN" ? names.compactMap { document.name($0) } : []
      if document.name(array.count > 1 ? array[1] : nil) == "None"
        || (!single.isEmpty && single.allSatisfy { $0 == "None" })
      {
        return ColorSpace(.noInk(count: count))
      }
      guard array.count > 3, let function = Function(array[3], in: document), count > 0,
        count <= 32
      else { return unknown }
      return ColorSpace(.inks(space(at: 2), function, count: count))
    case "Pattern": return ColorSpace(.pattern(array.count > 1 ? space(at: 1) : nil))
    default: return device(family) ?? unknown
    }
  }

  private static func device(_ name: String) -> ColorSpace? {
    switch name {
    case "DeviceGray", "G", "CalGray": gray
    case "DeviceRGB", "RGB", "CalRGB": rgb
    case "DeviceCMYK", "CMYK": cmyk
    case "Pattern": ColorSpace(.pattern(nil))
    default: nil
    }
  }

  var isUnknown: Bool { if case .unknown = kind { true } else { false } }
  var isPattern: Bool { if case .pattern = kind { true } else { false } }
  var isGray: Bool { if case .gray = kind { true } else { false } }
  var isRGB: Bool { if case .rgb = kind { true } else { false } }
  var hasInks: Bool { if case .inks = kind { true } else { false } }
  var isCMYK: Bool { if case .cmyk = kind { true } else { false } }

  /// The colour space for an uncoloured pattern (§8.7.3.3).
  var underlying: ColorSpace? { if case .pattern(let space) = kind { space } else { nil } }

  /// The table of an indexed colour space, as colours.
  var palette: [SVGColor]? {
    guard case .indexed(_, _, let highest) = kind else { return nil }
    return (0...highest).map { color([Double($0)]) ?? .black }
  }

  var componentCount: Int {
    switch kind {
    case .gray, .indexed: 1
    case .rgb, .lab: 3
    case .cmyk: 4
    case .inks(_, _, let count), .noInk(let count): count
    case .pattern, .unknown: 0
    }
  }

  /// The work that a colour takes, in units of ``WorkBudget``.
  var cost: Int {
    switch kind {
    case .lab: 40
    case .inks(let alternate, let function, _): function.cost + alternate.cost
    case .indexed(let base, _, _): 10 + base.cost
    case .cmyk: 4
    default: 2
    }
  }

  /// What `Decode` is by default (table 88): the ranges of the components.
  func decode(bits: Int) -> [Double] {
    switch kind {
    case .indexed: [0, Double((1 << bits) - 1)]
    case .lab(_, let range): [0, 100] + range
    default: (0..<componentCount).flatMap { _ in [0.0, 1.0] }
    }
  }

  /// The colour that `cs` sets; nil for none.
  var initial: SVGColor? {
    switch kind {
    case .inks(_, _, let count): color([Double](repeating: 1, count: count))
    case .cmyk: color([0, 0, 0, 1])
    case .pattern, .unknown, .noInk: nil
    default: color([Double](repeating: 0, count: componentCount))
    }
  }

  /// The colour of components; nil if nothing is painted or the colour is unknown.
  func color(_ n: [Double]) -> SVGColor? {
    guard n.count >= componentCount else { return nil }
    switch kind {
    case .gray: return Self.color(n[0], n[0], n[0])
    case .rgb: return Self.color(n[0], n[1], n[2])
    case .cmyk:
      let (red, green, blue) = CMYK.rgb(n[0], n[1], n[2], n[3])
      return Self.color(red, green, blue)
    case .lab(let white, let range):
      let a = min(max(n[1], range[0]), range[1])
      let b = min(max(n[2], range[2]), range[3])
      return Self.lab(min(max(n[0], 0), 100), a, b, white: white)
    case .indexed(let base, let table, let highest):
      let size = base.componentCount
      let index = n[0].isFinite ? Int(min(max(n[0], 0), Double(highest))) : 0
      guard size > 0, (index + 1) * size <= table.count else { return .black }
      let decode = base.decode(bits: 8)
      return base.color(
        (0..<size).map { place in
          let part = Double(table[index * size + place]) / 255
          return decode[2 * place] + part * (decode[2 * place + 1] - decode[2 * place])
        })
    case .inks(let alternate, let function, let count):
      return alternate.color(function.values(Array(n.prefix(count))))
    case .noInk, .pattern, .unknown: return nil
    }
  }

  private static func color(_ red: Double, _ green: Double, _ blue: Double) -> SVGColor {
    func byte(_ value: Double) -> UInt8 { UInt8((min(max(value, 0), 1) * 255).rounded()) }
    return SVGColor(red: byte(red), green: byte(green), blue: byte(blue))
  }

  /// CIE 1976 L*a*b* to sRGB, by XYZ scaled to the white of sRGB.
  private static func lab(_ l: Double, _ a: Double, _ b: Double, white: [Double]) -> SVGColor {
    func inverse(_ value: Double) -> Double {
      value >= 6.0 / 29 ? value * value * value : 108.0 / 841 * (value - 4.0 / 29)
    }
    let middle = (l + 16) / 116
    let x = 0.9505 * inverse(middle + a / 500)
    let y = inverse(middle)
    let z = 1.089 * inverse(middle - b / 200)
    func gamma(_ value: Double) -> Double {
      value <= 0.0031308 ? 12.92 * value : 1.055 * Trigonometry.power(value, 1 / 2.4) - 0.055
    }
    return color(
      gamma(3.2406 * x - 1.5372 * y - 0.4986 * z), gamma(-0.9689 * x + 1.8758 * y + 0.0415 * z),
      gamma(0.0557 * x - 0.204 * y + 1.057 * z))
  }
}

/// Converts inks of offset printing to what screens show of them.
enum CMYK {
  /// The colours of all combinations of full inks: bit 3 is cyan, 2 magenta, 1 yellow, 0 black.
  ///
  /// Such solids are facts of printing on coated paper; what is between them is interpolated.
  private static let solids: [SIMD4<Double>] = [
    [1, 1, 1, 0], [0.1373, 0.1216, 0.1255, 0], [1, 0.949, 0, 0], [0.1098, 0.102, 0, 0],
    [0.9255, 0, 0.549, 0], [0.1412, 0, 0, 0], [0.9294, 0.1098, 0.1412, 0], [0.1333, 0, 0, 0],
    [0, 0.6784, 0.9373, 0], [0, 0.0588, 0.1412, 0], [0, 0.651, 0.3137, 0], [0, 0.0745, 0, 0],
    [0.1804, 0.1922, 0.5725, 0], [0, 0, 0.0078, 0], [0.2118, 0.2119, 0.2235, 0], [0, 0, 0, 0],
  ]

  static func rgb(
    _ c: Double, _ m: Double, _ y: Double, _ k: Double
  ) -> (Double, Double, Double) {
    func part(_ ink: Double) -> Double { min(max(ink, 0), 1) }
    let (c, m, y, k) = (part(c), part(m), part(y), part(k))
    /// The solids from an index on that differ in black, or in yellow and black.
    func black(_ index: Int) -> SIMD4<Double> {
      solids[index] + k * (solids[index + 1] - solids[index])
    }
    func yellow(_ index: Int) -> SIMD4<Double> {
      let none = black(index)
      return none + y * (black(index + 2) - none)
    }
    func magenta(_ index: Int) -> SIMD4<Double> {
      let none = yellow(index)
      return none + m * (yellow(index + 4) - none)
    }
    let none = magenta(0)
    let result = none + c * (magenta(8) - none)
    return (result.x, result.y, result.z)
  }
}
