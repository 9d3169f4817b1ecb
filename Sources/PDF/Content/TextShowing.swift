// ISO 32000-1 §9.4: text objects.

/// Positions and shows text.
extension ContentInterpreter {
  mutating func move(_ reader: ContentReader) {
    guard let n = reader.numbers(2) else { return }
    lineMatrix.e += n[0] * lineMatrix.a + n[1] * lineMatrix.c
    lineMatrix.f += n[0] * lineMatrix.b + n[1] * lineMatrix.d
    textMatrix = lineMatrix
  }

  mutating func nextLine() {
    lineMatrix.e -= state.leading * lineMatrix.c
    lineMatrix.f -= state.leading * lineMatrix.d
    textMatrix = lineMatrix
  }

  mutating func showLast(_ reader: ContentReader) {
    guard case .string(let start, let end)? = reader.operands.last else { return }
    show(reader.strings[start..<end])
  }

  mutating func showSpaced(_ reader: ContentReader) {
    for operand in reader.operands {
      switch operand {
      case .string(let start, let end): show(reader.strings[start..<end])
      case .number(let amount):
        let distance = -amount / 1000 * state.fontSize
        if state.font?.isVertical == true {
          advance(0, distance)
        } else {
          advance(distance * state.horizontalScaling, 0)
        }
      default: break
      }
    }
  }

  private mutating func advance(_ x: Double, _ y: Double) {
    textMatrix.e += x * textMatrix.a + y * textMatrix.c
    textMatrix.f += x * textMatrix.b + y * textMatrix.d
  }

  /// Shows a string (§9.4.3).
  private mutating func show(_ string: ArraySlice<UInt8>) {
    guard let font = state.font, !string.isEmpty else { return }
    let matrix = textMatrix.concatenated(state.matrix)
    guard matrix.isFinite, abs(matrix.e) < 1e6, abs(matrix.f) < 1e6 else { return }
    let size = state.fontSize
    let isVertical = font.isVertical
    let scaling = isVertical ? 1 : state.horizontalScaling
    // The vector of one unit of text space on the page.
    var wayX = isVertical ? -matrix.c : matrix.a
    var wayY = isVertical ? -matrix.d : matrix.b
    if size * scaling < 0 {
      wayX = -wayX
      wayY = -wayY
    }
    let unit = (wayX * wayX + wayY * wayY).squareRoot()
    let height = abs(size) * (matrix.c * matrix.c + matrix.d * matrix.d).squareRoot()
    guard unit > 1e-9, unit < 1e6, height < 1e6 else { return }
    let way = Direction(cosine: wayX / unit, sine: wayY / unit)
    let directionIndex = direction(way)
    let turned = page.directions[directionIndex]
    let x = matrix.e + state.rise * matrix.c
    let y = matrix.f + state.rise * matrix.d
    let start = x * turned.cosine + y * turned.sine
    let baseline = y * turned.cosine - x * turned.sine
    guard abs(baseline) < 1e6 else { return }
    let sign = size * scaling < 0 ? -1.0 : 1.0
    let glyphUnit = abs(size * scaling) * unit
    let spacing = state.characterSpacing * scaling
    let wordSpacing = state.wordSpacing * scaling
    var distance = 0.0
    var glyph = Glyph(
      left: 0, right: 0, baseline: Float(baseline), size: Float(height), text: 0,
      direction: UInt16(directionIndex), font: state.fontIndex)
    let first = page.glyphs.count
    var position = string.startIndex
    while position < string.endIndex {
      let shown: Font.Shown
      if font.simple.isEmpty {
        shown = font.next(in: string, at: &position)
      } else {
        shown = font.simple[Int(string[position])]
        position += 1
      }
      let width = isVertical ? 1 : Double(shown.width)
      let left = start + distance * unit * sign
      let right = left + width * glyphUnit
      // Distant glyphs are on no page, and the sums must stay finite.
      if !marks.areHidden, abs(left) < 1e6, abs(right) < 1e6,
        isSeen(left, right, from: start, (x, y), turned, height) || isRunningOff(left, baseline)
      {
        glyph.left = Float(left)
        glyph.right = Float(right)
        glyph.text = shown.text
        page.glyphs.append(glyph)
      }
      distance += width * size * scaling + spacing
      if shown.isSpace { distance += wordSpacing }
    }
    if isVertical { advance(0, -distance) } else { advance(distance, 0) }
    guard page.glyphs.count > first else { return }
    var visibility = visibility(ofTextHigh: height)
    if visibility != .hidden, areLost(from: first, turned, isPainted: visibility == .visible) {
      visibility = .hidden
    }
    page.set(visibility, from: first)
  }

  /// Whether part of a glyph is on the page.
  private func isSeen(
    _ left: Double, _ right: Double, from start: Double, _ origin: (x: Double, y: Double),
    _ way: Direction, _ height: Double
  ) -> Bool {
    let x = origin.x + (left - start) * way.cosine
    let y = origin.y + (left - start) * way.sine
    let endX = x + (right - left) * way.cosine
    let endY = y + (right - left) * way.sine
    let reach = abs(way.sine) * height
    return max(x, endX) + reach >= box.left && min(x, endX) - reach <= box.right
      && max(y, endY) + height >= box.bottom && min(y, endY) - height <= box.top
  }

  /// Whether a glyph continues a line that began on the page and runs off it.
  ///
  /// Such a line is read to its end, unless it may be damaged data.
  private func isRunningOff(_ left: Double, _ baseline: Double) -> Bool {
    guard !isDamaged, let last = page.glyphs.last else { return false }
    return last.baseline == Float(baseline)
      && abs(Float(left) - last.right) < 2 * last.size
  }

  /// The index of a direction among the page's directions.
  private mutating func direction(_ way: Direction) -> Int {
    if isSame(page.directions[direction], way) { return direction }
    if let known = page.directions.firstIndex(where: { isSame($0, way) }) {
      direction = known
    } else if page.directions.count < 64 {
      page.directions.append(way)
      direction = page.directions.count - 1
    } else {
      direction = 0
    }
    return direction
  }

  private func isSame(_ one: Direction, _ other: Direction) -> Bool {
    one.cosine * other.cosine + one.sine * other.sine > 0.9998
  }
}
