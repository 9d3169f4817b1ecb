// ISO 32000-1 §8.6 (colour spaces) and §8.7 (patterns), as far as they separate text from its
// background.

/// The colour that something is painted in.
enum Paint: Equatable {
  case color(red: Float, green: Float, blue: Float)
  /// A pattern of several colours, an image, or a transparent colour.
  case unknown

  static let black = Paint.color(red: 0, green: 0, blue: 0)
  static let white = Paint.color(red: 1, green: 1, blue: 1)

  static func gray(_ value: Float) -> Paint { .color(red: value, green: value, blue: value) }

  static func cmyk(_ c: Float, _ m: Float, _ y: Float, _ k: Float) -> Paint {
    .color(red: (1 - c) * (1 - k), green: (1 - m) * (1 - k), blue: (1 - y) * (1 - k))
  }

  /// The largest difference of a component (0 to 1) at which text is invisible on a background: a
  /// contrast of about 1.2 : 1, where WCAG 2.2 requires 4.5 : 1.
  private static let leastDifference: Float = 0.08

  /// Whether both are known and indistinguishable.
  func looksLike(_ other: Paint) -> Bool {
    guard case .color(let red, let green, let blue) = self,
      case .color(let otherRed, let otherGreen, let otherBlue) = other
    else { return false }
    return abs(red - otherRed) <= Self.leastDifference
      && abs(green - otherGreen) <= Self.leastDifference
      && abs(blue - otherBlue) <= Self.leastDifference
  }
}

/// Converts colour components to a ``Paint``.
final class ColorSpace: Sendable {
  private indirect enum Kind: Sendable {
    case gray, rgb, cmyk, lab, unknown
    case indexed(ColorSpace, [UInt8])
    /// Inks (Separation, DeviceN) with the alternate colour space and the tint transform of a
    /// single ink.
    case inks(ColorSpace, TintTransform?)
    case pattern(ColorSpace?)
  }

  private let kind: Kind

  private init(_ kind: Kind) { self.kind = kind }

  static let gray = ColorSpace(.gray)
  static let rgb = ColorSpace(.rgb)
  static let cmyk = ColorSpace(.cmyk)
  private static let unknown = ColorSpace(.unknown)

  private static let deepest = 8

  /// Reads a colour space: a name, or an array that begins with one.
  static func read(_ object: Object?, in document: Document, depth: Int = 0) -> ColorSpace {
    guard depth < deepest else { return unknown }
    if let name = document.name(object) { return named(name) }
    guard let array = document.array(object), let family = document.name(array.first) else {
      return unknown
    }
    func space(at index: Int) -> ColorSpace {
      index < array.count ? read(array[index], in: document, depth: depth + 1) : unknown
    }
    switch family {
    case "CalGray": return gray
    case "CalRGB": return rgb
    case "Lab": return ColorSpace(.lab)
    case "ICCBased":
      let profile = array.count > 1 ? document.stream(array[1]) : nil
      switch document.integer(profile?.dictionary["N"]) {
      case 1: return gray
      case 3: return rgb
      case 4: return cmyk
      default: return unknown
      }
    case "Indexed", "I":
      guard array.count > 3 else { return unknown }
      let table =
        document.string(array[3]) ?? document.stream(array[3]).map { document.decode($0) } ?? []
      return ColorSpace(.indexed(space(at: 1), table))
    case "Separation", "DeviceN":
      let transform = array.count > 3 ? TintTransform(array[3], in: document) : nil
      return ColorSpace(.inks(space(at: 2), transform))
    case "Pattern": return ColorSpace(.pattern(array.count > 1 ? space(at: 1) : nil))
    default: return named(family)
    }
  }

  private static func named(_ name: String) -> ColorSpace {
    switch name {
    case "DeviceGray", "G", "CalGray": gray
    case "DeviceRGB", "RGB", "CalRGB": rgb
    case "DeviceCMYK", "CMYK": cmyk
    case "Pattern": ColorSpace(.pattern(nil))
    default: unknown
    }
  }

  var isPattern: Bool { if case .pattern = kind { true } else { false } }

  /// The colour space for an uncoloured pattern (§8.7.3.3).
  var underlying: ColorSpace? { if case .pattern(let space) = kind { space } else { nil } }

  /// The colour that `cs` sets.
  var initial: Paint {
    switch kind {
    case .gray, .rgb, .cmyk, .lab: .black
    case .inks: paint([1])
    case .indexed: paint([0])
    case .pattern, .unknown: .unknown
    }
  }

  func paint(_ n: [Float]) -> Paint {
    switch kind {
    case .gray where n.count >= 1: return .gray(n[0])
    case .rgb where n.count >= 3: return .color(red: n[0], green: n[1], blue: n[2])
    case .cmyk where n.count >= 4: return .cmyk(n[0], n[1], n[2], n[3])
    case .lab where n.count >= 3:
      return abs(n[1]) < 5 && abs(n[2]) < 5 ? .gray(n[0] / 100) : .unknown
    case .indexed(let base, let table) where n.count >= 1:
      let size = base.componentCount
      guard size > 0, n[0] >= 0, n[0] < 4096, (Int(n[0]) + 1) * size <= table.count else {
        return .unknown
      }
      return base.paint(table[Int(n[0]) * size..<(Int(n[0]) + 1) * size].map { Float($0) / 255 })
    case .inks(let alternate, let transform):
      // Without ink, the paper is visible.
      if !n.isEmpty, n.allSatisfy({ $0 < 0.02 }) { return .white }
      return n.count == 1
        ? transform.map { alternate.paint($0.values(n[0])) } ?? .unknown : .unknown
    default: return .unknown
    }
  }

  private var componentCount: Int {
    switch kind {
    case .gray: 1
    case .rgb: 3
    case .cmyk: 4
    default: 0
    }
  }
}

/// A function of one tint (§7.10): exponential, or a table of eight-bit samples.
struct TintTransform: Sendable {
  private let first: [Float]
  private let last: [Float]
  private let exponent: Float
  private var samples: [[Float]] = []

  init?(_ object: Object?, in document: Document) {
    let stream = document.stream(object)
    guard let dictionary = stream?.dictionary ?? document.dictionary(object) else { return nil }
    func numbers(_ key: String) -> [Float] {
      (document.array(dictionary[key]) ?? []).prefix(64).map { Float(document.number($0) ?? 0) }
    }
    switch document.integer(dictionary["FunctionType"]) {
    case 2:
      exponent = Float(document.number(dictionary["N"]) ?? 1)
      let (low, high) = (numbers("C0"), numbers("C1"))
      first = low.isEmpty ? [0] : low
      last = high.isEmpty ? [1] : high
      guard first.count == last.count else { return nil }
    case 0:
      let count = (document.array(dictionary["Size"])?.first).flatMap { document.integer($0) } ?? 0
      let range = numbers("Decode").isEmpty ? numbers("Range") : numbers("Decode")
      let outputs = range.count / 2
      guard let stream, document.integer(dictionary["BitsPerSample"]) == 8, outputs > 0,
        (2...4096).contains(count), document.array(dictionary["Size"])?.count == 1
      else { return nil }
      let bytes = document.decode(stream)
      guard bytes.count >= count * outputs else { return nil }
      for sample in 0..<count {
        samples.append(
          (0..<outputs).map { output in
            let part = Float(bytes[sample * outputs + output]) / 255
            return range[2 * output] + part * (range[2 * output + 1] - range[2 * output])
          })
      }
      (first, last, exponent) = ([], [], 1)
    default: return nil
    }
  }

  /// Whether all tints have the same colour.
  var isConstant: Bool { samples.isEmpty && first == last }

  func values(_ tint: Float) -> [Float] {
    let tint = min(max(tint, 0), 1)
    if !samples.isEmpty { return samples[Int((tint * Float(samples.count - 1)).rounded())] }
    let part = exponent == 1 ? tint : (tint >= 1 ? 1 : tint * tint)
    return zip(first, last).map { $0 + part * ($1 - $0) }
  }
}

extension Resources {
  /// The paint of a pattern (§8.7) if it has a single colour; an uncoloured pattern has the colour
  /// of the given components.
  func paint(
    ofPattern name: String, _ components: (space: ColorSpace?, values: [Float]),
    in document: Document
  ) -> Paint {
    let object = resource("Pattern", name)
    let stream = document.stream(object)
    guard let dictionary = stream?.dictionary ?? document.dictionary(object) else {
      return .unknown
    }
    if document.integer(dictionary["PatternType"]) == 2 {
      let shading = document.stream(dictionary["Shading"])?.dictionary
      guard let shading = shading ?? document.dictionary(dictionary["Shading"]),
        let transform = TintTransform(shading["Function"], in: document), transform.isConstant
      else { return .unknown }
      return ColorSpace.read(shading["ColorSpace"], in: document).paint(transform.values(0))
    }
    if document.integer(dictionary["PaintType"]) == 2 {
      return components.space?.paint(components.values) ?? .unknown
    }
    guard let stream else { return .unknown }
    return Self.paint(ofCell: document.decode(stream), nesting: document.limits.nesting)
  }

  /// The most operators read of a pattern cell.
  private static let mostOperators = 500

  /// The single fill colour of a pattern cell.
  private static func paint(ofCell content: [UInt8], nesting: Int) -> Paint {
    var reader = ContentReader(content, nesting: nesting)
    var found: Paint?
    for _ in 0..<mostOperators {
      guard let name = reader.next() else { return found ?? .black }
      let next: Paint
      switch name {
      case 0x67: next = ColorSpace.gray.paint(reader.components)  // g
      case 0x7267: next = ColorSpace.rgb.paint(reader.components)  // rg
      case 0x6B: next = ColorSpace.cmyk.paint(reader.components)  // k
      // cs, scn, sc, Do, sh, BI: colours that are not evaluated.
      case 0x6373, 0x7363_6E, 0x7363, 0x446F, 0x7368, 0x4249: return .unknown
      default: continue
      }
      if let found, !found.looksLike(next) { return .unknown }
      found = next
    }
    return .unknown
  }
}

extension ContentReader {
  /// The operands that are numbers.
  var components: [Float] {
    operands.compactMap { if case .number(let value) = $0 { Float(value) } else { nil } }
  }
}
