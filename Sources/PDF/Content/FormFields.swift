// ISO 32000-1 §12.7: form fields are drawn after the page, but are read with their labels.

/// Moves the glyphs of form fields after their labels.
struct FormFields {
  /// The largest distance of a label from its field, in points.
  private static let farthestLabel: Float = 300
  /// The largest distance of text to the right of a field, in points.
  private static let farthestOnRight: Float = 40
  /// The most comparisons of fields with glyphs per page.
  private static let mostComparisons = 20_000_000

  private var page: PageGlyphs
  /// The number of glyphs before the first field.
  private let content: Int
  /// Whether each glyph belongs to a dotted line under a field.
  private let isFiller: [Bool]
  /// For each field with a label, the glyph that it is moved before.
  private var places: [Int: Int] = [:]

  private init(_ page: PageGlyphs, content: Int) {
    self.page = page
    self.content = content
    isFiller = Self.fillers(on: page, before: content)
  }

  /// Moves the glyphs of fields in reading order, and fields that follow a label on one line up to
  /// it.
  static func place(on page: inout PageGlyphs) {
    guard let content = page.fields.first?.glyphs.lowerBound, content > 0,
      page.fields.count * content < mostComparisons
    else { return }
    var fields = FormFields(page, content: content)
    fields.findLabels()
    fields.move()
    page = fields.page
  }

  private mutating func findLabels() {
    let order = page.fields.indices.sorted { one, other in
      let (a, b) = (page.fields[one].box, page.fields[other].box)
      let isSameRow = abs(a.top - b.top) < 0.5 * min(a.top - a.bottom, b.top - b.bottom)
      return isSameRow ? a.left < b.left : a.top > b.top
    }
    var done: [Int] = []
    for index in order {
      if let place = place(of: index, after: done) { places[index] = place }
      done.append(index)
    }
  }

  /// The glyph before which a field is read; nil if it has no label.
  private mutating func place(of index: Int, after done: [Int]) -> Int? {
    let box = page.fields[index].box
    let (left, right) = (Float(box.left), Float(box.right))
    let (bottom, top) = (Float(box.bottom), Float(box.top))
    var before: (glyph: Int, distance: Float)?
    var above: (glyph: Int, distance: Float)?
    var behind: (glyph: Int, distance: Float)?
    for place in 0..<content {
      let glyph = page.glyphs[place]
      guard glyph.direction == 0, glyph.text > 0x20, !isFiller[place] else { continue }
      let isInRow =
        glyph.baseline > bottom - 0.4 * glyph.size && glyph.baseline + 0.4 * glyph.size < top + 2
      if isInRow, glyph.right <= left + 0.3 * glyph.size {
        let distance = left - glyph.right
        if distance < before?.distance ?? Self.farthestLabel { before = (place, distance) }
      } else if isInRow, glyph.left >= right - 0.3 * glyph.size {
        let distance = glyph.left - right
        if distance < behind?.distance ?? Self.farthestOnRight { behind = (place, distance) }
      } else if glyph.baseline > top - 1, glyph.left < right, glyph.right > left {
        let distance = glyph.baseline - top
        if distance < above?.distance ?? (1.8 * glyph.size) { above = (place, distance) }
      }
    }
    // A field to the left that is nearer than a label is read first.
    let neighbour = done.last { other in
      let field = page.fields[other].box
      return field.right <= box.left + 2 && field.top > box.bottom && field.bottom < box.top
    }
    let fieldDistance = neighbour.map { left - Float(page.fields[$0].box.right) } ?? .infinity
    // A label above starts at the left edge of its field and is used if nothing is beside the
    // field.
    let isLabelAbove =
      above.map { lineStart(of: $0.glyph) > left - 6 } ?? false
      && before.map { $0.distance > 20 && !endsLabel($0.glyph) } ?? true
    if isLabelAbove, let above { return end(of: above.glyph, upTo: .infinity) }
    if let before, before.distance <= fieldDistance {
      join(index, to: before.glyph)
      return end(of: before.glyph, upTo: left)
    }
    if let neighbour, let place = places[neighbour] { return place }
    return behind.map { start(of: $0.glyph) }
  }

  /// The end of the run of glyphs around one.
  private func end(of glyph: Int, upTo limit: Float) -> Int {
    var end = glyph + 1
    while end < content, isNext(end - 1, end), page.glyphs[end].left < limit { end += 1 }
    return end
  }

  private func start(of glyph: Int) -> Int {
    var start = glyph
    while start > 0, isNext(start - 1, start) { start -= 1 }
    return start
  }

  private func lineStart(of glyph: Int) -> Float { page.glyphs[start(of: glyph)].left }

  private func isNext(_ one: Int, _ other: Int) -> Bool {
    let (a, b) = (page.glyphs[one], page.glyphs[other])
    return a.direction == b.direction && a.baseline == b.baseline
      && b.left > a.left - 0.3 * a.size && b.left < a.right + 2 * a.size
  }

  /// Aligns the first line of a field with its label, and closes the gap after a colon.
  private mutating func join(_ index: Int, to label: Int) {
    let range = page.fields[index].glyphs
    let first = page.glyphs[range.lowerBound]
    let glyph = page.glyphs[label]
    let size = max(first.size, glyph.size)
    guard abs(first.baseline - glyph.baseline) < 0.8 * size, first.direction == 0 else { return }
    let gap = first.left - glyph.right
    let isClose = gap < 3 * size || endsLabel(label)
    let shift = isClose ? glyph.right + 0.3 * size - first.left : 0
    for place in range where abs(page.glyphs[place].baseline - first.baseline) < 0.2 * size {
      page.glyphs[place].baseline = glyph.baseline
      page.glyphs[place].left += shift
      page.glyphs[place].right += shift
    }
  }

  /// Whether a glyph is a colon or a question mark.
  private func endsLabel(_ glyph: Int) -> Bool {
    [0x3A, 0x3F, 0xFF1A].contains(page.glyphs[glyph].text)
  }

  private mutating func move() {
    var moved: [Int: [Int]] = [:]
    var isMoved = [Bool](repeating: false, count: page.glyphs.count)
    let order = places.keys.sorted { one, other in
      let (a, b) = (page.fields[one].box, page.fields[other].box)
      let isSameRow = abs(a.top - b.top) < 0.5 * min(a.top - a.bottom, b.top - b.bottom)
      return isSameRow ? a.left < b.left : a.top > b.top
    }
    for index in order {
      guard let place = places[index] else { continue }
      moved[place, default: []].append(index)
      for glyph in page.fields[index].glyphs { isMoved[glyph] = true }
    }
    guard !moved.isEmpty else { return }
    var result: [Int] = []
    result.reserveCapacity(page.glyphs.count)
    for place in 0...page.glyphs.count {
      for index in moved[place] ?? [] { result += page.fields[index].glyphs }
      guard place < page.glyphs.count, !isMoved[place] else { continue }
      if place >= content || !isFiller[place] { result.append(place) }
    }
    page.rearrange(result) { isMoved[$0] }
  }
}

extension FormFields {
  /// Finds the glyphs of dotted lines for fields.
  private static func fillers(on page: PageGlyphs, before content: Int) -> [Bool] {
    var fillers = [Bool](repeating: false, count: content)
    var start = 0
    while start < content {
      let first = page.glyphs[start]
      guard [0x2E, 0x5F, 0x2026].contains(first.text), first.direction == 0 else {
        start += 1
        continue
      }
      var end = start + 1
      while end < content, page.glyphs[end].text == first.text,
        page.glyphs[end].baseline == first.baseline
      {
        end += 1
      }
      let isUnderField = page.glyphs[start..<end].contains { glyph in
        let x = Double(glyph.left + glyph.right) / 2
        return page.fields.contains {
          $0.box.contains(x, Double(glyph.baseline + 0.2 * glyph.size))
        }
      }
      if isUnderField { for index in start..<end { fillers[index] = true } }
      start = end
    }
    return fillers
  }
}

extension ContentInterpreter {
  /// Removes invisible text from the drawn page and moves fields after their labels.
  mutating func finishPage() {
    // Colours and modes of damaged data are unreliable.
    if !isDamaged { page.removeUnseen(images: surface.images) }
    FormFields.place(on: &page)
  }
}
