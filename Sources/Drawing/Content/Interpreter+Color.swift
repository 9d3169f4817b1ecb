// ISO 32000-2 §8.6.8 (colour operators), §8.4.5 (graphics state parameter dictionaries).

internal import Markup
internal import PDF

extension Interpreter {
  /// Performs an operator of colours; others are ignored.
  mutating func performColor(
    _ name: UInt32, _ reader: ContentReader, resources: Resources, depth: Int
  ) {
    guard !isUncolored else { return }
    switch name {
    case 0x67: setFill(.gray, reader.values)  // g
    case 0x7267: setFill(.rgb, reader.values)  // rg
    case 0x6B: setFill(.cmyk, reader.values)  // k
    case 0x47: setStroke(.gray, reader.values)  // G
    case 0x5247: setStroke(.rgb, reader.values)  // RG
    case 0x4B: setStroke(.cmyk, reader.values)  // K
    case 0x6373:  // cs
      guard let space = colorSpace(reader, resources) else { return }
      state.fillSpace = space
      state.fill = space.initial.map { .color($0) } ?? .none
    case 0x4353:  // CS
      guard let space = colorSpace(reader, resources) else { return }
      state.strokeSpace = space
      state.stroke = space.initial.map { .color($0) } ?? .none
    case 0x7363, 0x7363_6E:  // sc, scn
      if state.fillSpace.isPattern {
        state.fill = pattern(reader, state.fillSpace, resources, depth: depth)
      } else {
        setFill(state.fillSpace, reader.values)
      }
    case 0x5343, 0x5343_4E:  // SC, SCN
      if state.strokeSpace.isPattern {
        state.stroke = pattern(reader, state.strokeSpace, resources, depth: depth)
      } else {
        setStroke(state.strokeSpace, reader.values)
      }
    default: break
    }
  }

  private func colorSpace(_ reader: ContentReader, _ resources: Resources) -> ColorSpace? {
    guard let name = reader.name(at: 0) else { return nil }
    let number = resources.resource("ColorSpace", name)?.reference?.number
    if let number, let known = shared.spaces[number] { return known }
    let space = ColorSpace.read(.name(name), resources, in: document)
    if let number { shared.spaces[number] = space }
    if space.isUnknown { report.add(.colorSpace) }
    return space
  }

  private mutating func setFill(_ space: ColorSpace, _ values: [Double]) {
    state.fillSpace = space
    if values.count >= space.componentCount, shared.work.spend(space.cost) {
      state.fill = space.color(values).map { .color($0) } ?? .none
    }
  }

  private mutating func setStroke(_ space: ColorSpace, _ values: [Double]) {
    state.strokeSpace = space
    if values.count >= space.componentCount, shared.work.spend(space.cost) {
      state.stroke = space.color(values).map { .color($0) } ?? .none
    }
  }

  // MARK: Graphics state parameters

  mutating func useState(_ name: String, _ resources: Resources, depth: Int) {
    guard let entries = document.dictionary(resources.resource("ExtGState", name)) else { return }
    func number(_ key: String) -> Double? { document.number(entries[key]) }
    if let alpha = number("ca") { state.fillAlpha = min(max(alpha, 0), 1) }
    if let alpha = number("CA") { state.strokeAlpha = min(max(alpha, 0), 1) }
    if let width = number("LW") { state.lineWidth = abs(width) }
    if let cap = number("LC"), (0...2).contains(cap) { state.lineCap = Int(cap) }
    if let join = number("LJ"), (0...2).contains(join) { state.lineJoin = Int(join) }
    if let limit = number("ML") { state.miterLimit = max(1, limit) }
    if let dash = document.array(entries["D"]), dash.count == 2 {
      setDashes(
        (document.array(dash[0]) ?? []).prefix(65).map { document.number($0) ?? 0 },
        phase: document.number(dash[1]) ?? 0)
    }
    if let font = document.array(entries["Font"]), font.count == 2 {
      state.font = fonts.font(font[0]) ?? state.font
      state.fontSize = document.number(font[1]) ?? state.fontSize
    }
    if document.resolve(entries["OP"]) != nil {
      state.strokeOverprints = document.isTrue(entries["OP"])
      state.fillOverprints = state.strokeOverprints
    }
    if document.resolve(entries["op"]) != nil {
      state.fillOverprints = document.isTrue(entries["op"])
    }
    if let mode = entries["BM"] { useBlendMode(mode) }
    if let mask = document.resolve(entries["SMask"]) {
      if mask.name == "None" {
        state.mask = nil
      } else if let dictionary = mask.dictionary {
        state.mask = softMask(dictionary, resources, depth: depth)
      }
    }
  }

  /// Uses a blend mode, or the first known one of several (§11.6.3).
  private mutating func useBlendMode(_ object: Object) {
    let names =
      document.name(object).map { [$0] }
      ?? (document.array(object) ?? []).prefix(16).compactMap { document.name($0) }
    for name in names {
      if name == "Normal" || name == "Compatible" {
        state.blend = nil
        return
      }
      if let mode = Self.blendModes[name] {
        state.blend = mode
        return
      }
    }
    report.add(.blendMode)
    state.blend = nil
  }

  private static let blendModes: [String: SVGStyle.BlendMode] = [
    "Multiply": .multiply, "Screen": .screen, "Overlay": .overlay, "Darken": .darken,
    "Lighten": .lighten, "ColorDodge": .colorDodge, "ColorBurn": .colorBurn,
    "HardLight": .hardLight, "SoftLight": .softLight, "Difference": .difference,
    "Exclusion": .exclusion, "Hue": .hue, "Saturation": .saturation, "Color": .color,
    "Luminosity": .luminosity,
  ]
}

extension ContentReader {
  /// The operands that are numbers.
  var values: [Double] {
    operands.compactMap { operand in
      if case .number(let value) = operand { value } else { nil }
    }
  }
}
