// ISO 32000-2 §11.6.5: soft masks.

internal import Markup
internal import PDF

extension Interpreter {
  /// Writes the mask of a soft-mask dictionary (§11.6.5.2).
  mutating func softMask(
    _ dictionary: [String: Object], _ resources: Resources, depth: Int
  ) -> SVGIdentifier? {
    guard let group = document.stream(dictionary["G"]), depth < limits.nesting,
      forms.insert(group.reference.number).inserted
    else {
      report.add(.softMask)
      return nil
    }
    defer { forms.remove(group.reference.number) }
    let isLuminosity = document.name(dictionary["S"]) != "Alpha"
    var backdrop: SVGColor?
    if isLuminosity, let components = document.array(dictionary["BC"]) {
      let space = ColorSpace.read(
        document.dictionary(group.dictionary["Group"])?["CS"], resources, in: document)
      backdrop = space.color(components.map { document.number($0) ?? 0 })
    }
    let canvas = canvas
    var copy = self
    let area = area
    let content = canvas.nested {
      copy.scoped { inner in
        let matrix = inner.state.matrix
        inner.state = GraphicsState()
        inner.state.matrix = matrix
        inner.drawContent(of: group, resources, depth: depth)
        inner.text.flush()
      }
    }
    let transfer = transferFilter(dictionary["TR"], isLuminosity: isLuminosity)
    let identifier = canvas.newIdentifier(.mask)
    canvas.define { definitions in
      definitions.begin(.mask)
      definitions.set(id: identifier)
      definitions.set(.maskUnits, "userSpaceOnUse")
      definitions.set(area)
      if !isLuminosity { definitions.set(.maskType, "alpha") }
      if let transfer {
        definitions.begin(.g)
        definitions.set(.filter, reference: transfer)
      }
      // The transfer function applies to the backdrop, too.
      let backdrop = backdrop ?? .black
      if isLuminosity, backdrop != .black || transfer != nil {
        definitions.begin(.path)
        definitions.set(.fill, backdrop)
        definitions.set(.d, path: area.path)
        definitions.end()
      }
      definitions.append(content)
      if transfer != nil { definitions.end() }
      definitions.end()
    }
    return identifier
  }

  /// Writes the filter of a transfer function (table 142); nil if it changes nothing.
  private func transferFilter(_ object: Object?, isLuminosity: Bool) -> SVGIdentifier? {
    guard document.dictionary(object) != nil || document.stream(object) != nil else { return nil }
    guard let function = Function(object, in: document) else {
      report.add(.softMask)
      return nil
    }
    let steps = 64
    guard shared.work.spend(steps * function.cost) else { return nil }
    let table = (0...steps).map { step in
      function.values([Double(step) / Double(steps)]).first ?? 0
    }
    let identifier = canvas.newIdentifier(.filter)
    canvas.define { definitions in
      definitions.begin(.filter)
      definitions.set(id: identifier)
      definitions.set(.filterUnits, "userSpaceOnUse")
      definitions.set(area)
      definitions.set(.colorInterpolationFilters, "sRGB")
      definitions.begin(.feComponentTransfer)
      for channel: SVG.Element in isLuminosity ? [.feFuncR, .feFuncG, .feFuncB] : [.feFuncA] {
        definitions.begin(channel)
        definitions.set(.type, "table")
        definitions.set(.tableValues, table, digits: 3)
        definitions.end()
      }
      definitions.end()
      definitions.end()
    }
    return identifier
  }
}
