// ISO 32000-1 §9.3.6 (text rendering modes) and other reasons why text is invisible.

/// Whether glyphs are visible on their page.
enum GlyphVisibility: Equatable {
  case visible
  /// Neither filled nor stroked, like the text layer of a scanned page.
  case unpainted
  /// Outside the clipping path, in the colour of its background, or too small.
  case hidden
  /// A clipping path with this number on the page; visible if something is painted through it.
  case clip(Int)
}

extension PageGlyphs {
  /// The visibility of glyphs from an index on.
  struct VisibilityRun {
    var first: Int
    var visibility: GlyphVisibility
  }

  /// Sets the visibility of the glyphs from an index on.
  mutating func set(_ visibility: GlyphVisibility, from start: Int) {
    while let last = visibilityRuns.last, last.first >= start { visibilityRuns.removeLast() }
    if visibilityRuns.last?.visibility ?? .visible != visibility {
      visibilityRuns.append(VisibilityRun(first: start, visibility: visibility))
    }
  }

  /// Replaces all glyphs from an index on by one.
  mutating func replaceGlyphs(from start: Int, by glyph: Glyph?) {
    let visibility = visibilityRuns.last { $0.first <= start }?.visibility ?? .visible
    glyphs.removeLast(glyphs.count - start)
    set(visibility, from: start)
    if let glyph { glyphs.append(glyph) }
  }

  /// Removes invisible text from a page that also has visible text.
  ///
  /// Unpainted text over an image is kept: it is the recognised text of a scanned page. It is
  /// removed if far more text is painted over images, which are then only a background.
  mutating func removeUnseen(images: [Page.Box]) {
    guard !visibilityRuns.isEmpty else { return }
    var isKept = [Bool](repeating: true, count: glyphs.count)
    var isOverImage: [Int] = []
    var (visible, visibleOverImage) = (0, 0)
    var run = 0
    var current = GlyphVisibility.visible
    for index in glyphs.indices {
      while run < visibilityRuns.count, visibilityRuns[run].first <= index {
        current = visibilityRuns[run].visibility
        run += 1
      }
      switch current {
      case .visible: break
      case .clip(let number): isKept[index] = paintedClips.contains(number)
      case .hidden: isKept[index] = false
      case .unpainted:
        isKept[index] = false
        if isOver(images, glyphs[index]) { isOverImage.append(index) }
      }
      if isKept[index], glyphs[index].text > 0x20 {
        visible += 1
        if !images.isEmpty, isOver(images, glyphs[index]) { visibleOverImage += 1 }
      }
    }
    visibilityRuns = []
    guard visible > 0 else { return }
    if 2 * isOverImage.count >= visibleOverImage {
      for index in isOverImage { isKept[index] = true }
    }
    rearrange(glyphs.indices.filter { isKept[$0] })
  }

  private func isOver(_ images: [Page.Box], _ glyph: Glyph) -> Bool {
    let way = directions[Int(glyph.direction)]
    let along = Double(glyph.left + glyph.right) / 2
    let up = Double(glyph.baseline) + 0.3 * Double(glyph.size)
    let x = along * way.cosine - up * way.sine
    let y = along * way.sine + up * way.cosine
    return images.contains { $0.contains(x, y) }
  }

  /// Keeps some glyphs, possibly in another order, with their marks and fields.
  ///
  /// - Parameters:
  ///   - order: The glyphs to keep.
  ///   - isMoved: Whether a glyph takes the mark of the one that it now follows.
  mutating func rearrange(_ order: [Int], isMoved: (Int) -> Bool = { _ in false }) {
    var mark = 0
    var marks: [ContentMark] = []
    // The mark of each glyph before the change; a new run begins where it changes.
    var ids = [Int](repeating: ContentMark.none, count: glyphs.count)
    for index in glyphs.indices {
      while mark < self.marks.count, self.marks[mark].first <= index { mark += 1 }
      if mark > 0 { ids[index] = self.marks[mark - 1].id }
    }
    var places = [Int](repeating: -1, count: glyphs.count)
    var result: [Glyph] = []
    result.reserveCapacity(order.count)
    for index in order {
      let last = marks.last?.id ?? ContentMark.none
      if last != ids[index], !isMoved(index) {
        marks.append(ContentMark(first: result.count, id: ids[index]))
      }
      places[index] = result.count
      result.append(glyphs[index])
    }
    fields = fields.compactMap { field in
      let kept = field.glyphs.map { places[$0] }.filter { $0 >= 0 }
      guard let first = kept.first, let last = kept.last, first <= last else { return nil }
      return Field(glyphs: first..<last + 1, box: field.box)
    }
    glyphs = result
    self.marks = marks
  }
}
