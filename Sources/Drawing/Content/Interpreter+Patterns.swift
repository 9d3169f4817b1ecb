// ISO 32000-2 §8.7.3: tiling patterns.

internal import Markup
internal import PDF

extension Interpreter {
  /// The paint that `scn` selects in a Pattern colour space.
  mutating func pattern(
    _ reader: ContentReader, _ space: ColorSpace, _ resources: Resources, depth: Int
  ) -> Paint {
    guard case .name(let name)? = reader.operands.last,
      let object = resources.resource("Pattern", name)
    else { return .none }
    let stream = document.stream(object)
    guard let dictionary = stream?.dictionary ?? document.dictionary(object) else { return .none }
    let matrix = patternMatrix(dictionary)
    var color: SVGColor?
    if document.integer(dictionary["PaintType"]) == 2 {
      color = space.underlying?.color(reader.values)
    }
    let number = object.reference?.number ?? -1
    let key = "\(number) \(matrix) \(String(describing: color))"
    if number >= 0, let known = shared.gradients[key] { return known }
    let paint: Paint
    if document.integer(dictionary["PatternType"]) == 2 {
      paint = shadingPaint(dictionary["Shading"], matrix, resources)
    } else if let stream {
      paint = tiling(stream, matrix, color: color, resources, depth: depth)
    } else {
      paint = .none
    }
    shared.gradients[key] = paint
    return paint
  }

  /// From pattern space to the page.
  private func patternMatrix(_ dictionary: [String: Object]) -> Matrix {
    let numbers = document.array(dictionary["Matrix"])?.map { document.number($0) ?? 0 } ?? []
    let own = numbers.count == 6 ? Matrix(numbers: numbers) : Matrix()
    return own.concatenated(baseMatrix)
  }

  // MARK: Tiling patterns

  private mutating func tiling(
    _ stream: Stream, _ matrix: Matrix, color: SVGColor?, _ resources: Resources, depth: Int
  ) -> Paint {
    let entries = stream.dictionary
    let n = document.array(entries["BBox"])?.map { document.number($0) ?? 0 } ?? []
    let xStep = abs(document.number(entries["XStep"]) ?? 0)
    let yStep = abs(document.number(entries["YStep"]) ?? 0)
    guard n.count == 4, matrix.isFinite, matrix.inverse != nil, depth < limits.nesting,
      forms.insert(stream.reference.number).inserted
    else {
      report.add(.pattern)
      return .none
    }
    defer { forms.remove(stream.reference.number) }
    let box = Bounds(
      left: min(n[0], n[2]), top: min(n[1], n[3]), right: max(n[0], n[2]), bottom: max(n[1], n[3]))
    let width = xStep > 0 ? xStep : box.width
    let height = yStep > 0 ? yStep : box.height
    guard width > 1e-3, height > 1e-3, box.width > 0, box.height > 0 else {
      report.add(.pattern)
      return .none
    }
    // A cell that is larger than its step reaches into the tiles after it.
    let (across, up) = (Int(min(box.width / width, 4)), Int(min(box.height / height, 4)))
    let spills = box.width > width * 1.01 || box.height > height * 1.01
    let canvas = canvas
    var copy = self
    let own = document.dictionary(entries["Resources"]).map { Resources($0, document: document) }
    let operators = document.decode(stream)
    let content = canvas.nested {
      copy.scoped { inner in
        // Later tiles lie over earlier ones.
        for column in (0...(spills ? across : 0)).reversed() {
          for row in (0...(spills ? up : 0)).reversed() {
            inner.state = GraphicsState()
            inner.state.matrix = Matrix(e: -Double(column) * width, f: -Double(row) * height)
            inner.baseMatrix = inner.state.matrix
            inner.area = Bounds(left: -1e6, top: -1e6, right: 1e6, bottom: 1e6)
            if let color {
              inner.state.fill = .color(color)
              inner.state.stroke = .color(color)
            }
            inner.isUncolored = document.integer(entries["PaintType"]) == 2
            var outline = Outline()
            outline.rectangle(box.left, box.top, box.width, box.height)
            if box.width > width || box.height > height {
              inner.clip(to: outline.transformed(by: inner.state.matrix), isEvenOdd: false)
            }
            inner.interpret(operators, resources: own ?? resources, depth: depth + 1)
            inner.text.flush()
          }
        }
      }
    }
    let tile = Bounds(
      left: box.left, top: box.top, right: box.left + width, bottom: box.top + height)
    let identifier = canvas.newIdentifier(.pattern)
    canvas.define { definitions in
      definitions.begin(.pattern)
      definitions.set(id: identifier)
      definitions.set(.patternUnits, "userSpaceOnUse")
      definitions.set(tile)
      definitions.set(.patternTransform, matrix: matrix.numbers)
      definitions.beginContent(of: tile)
      definitions.append(content)
      definitions.end()
      definitions.end()
    }
    return .reference(identifier)
  }
}
