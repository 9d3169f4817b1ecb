// ISO 32000-1 §14.8.4.3.2: paragraph-like elements, for files without tags.

/// Groups the lines of a page into paragraphs, list items, notes and rows.
struct Paragraphs {
  private let lines: [FlowLine]
  private let page: Int
  private let height: Float
  private let body: BodyStyle
  /// The right edge of each line's column.
  private let columnEnds: [Float]

  init(_ lines: [FlowLine], page: Int, height: Float, body: BodyStyle) {
    self.lines = lines
    self.page = page
    self.height = max(height, 1)
    self.body = body
    columnEnds = lines.indices.map { index in
      let line = lines[index]
      var end = line.right
      for other in lines[max(0, index - 30)..<min(lines.count, index + 31)]
      where !other.isRow && other.direction == line.direction
        && abs(other.size - line.size) < 0.15 * line.size
        && abs(other.left - line.left) < 4 * line.size
      {
        end = max(end, other.right)
      }
      return end
    }
  }

  func pieces() -> [Piece] {
    var pieces: [Piece] = []
    // The first line of the current piece.
    var start = 0
    for index in lines.indices {
      if index > 0, !begins(index, pieceFrom: start) {
        pieces[pieces.count - 1].add(lines[index])
      } else {
        start = index
        var piece = Piece(lines[index], page: page)
        if lines[index].isRow { piece.kind = .tableRow }
        piece.gapAbove = gap(above: index)
        pieces.append(piece)
      }
      let last = pieces.count - 1
      pieces[last].gapBelow = index + 1 < lines.count ? gap(above: index + 1) : .infinity
      pieces[last].endsFull = isFull(index)
      if index == start + 1 {
        pieces[last].isIndented = lines[start].left > lines[index].left + 0.7 * lines[index].size
      }
    }
    return pieces
  }

  /// The distance from the previous line in font sizes; infinite at the top of a column.
  private func gap(above index: Int) -> Float {
    guard index > 0 else { return .infinity }
    let (last, line) = (lines[index - 1], lines[index])
    let drop = (last.baseline - line.baseline) / max(last.size, line.size)
    let isBelow =
      drop > 0.2 && last.direction == line.direction
      && min(last.right, line.right) > max(last.left, line.left)
    return isBelow ? drop : .infinity
  }

  private func isFull(_ index: Int) -> Bool {
    let line = lines[index]
    return columnEnds[index] - line.right < max(2 * line.size, 0.12 * (line.right - line.left))
  }

  /// Whether a line begins a new paragraph.
  private func begins(_ index: Int, pieceFrom start: Int) -> Bool {
    let (last, line) = (lines[index - 1], lines[index])
    if last.isRow || line.isRow || last.direction != line.direction { return true }
    let size = max(last.size, line.size)
    if abs(last.size - line.size) > 0.08 * size { return true }
    if last.isBold != line.isBold, last.isBold ? isShort(index - 1) : isHeadingStart(index) {
      return true
    }
    let gap = gap(above: index)
    if gap == .infinity { return beginsColumn(index) }
    if gap > max(1.22 * usualDrop(index), 1.35) { return true }
    if isItem(index) { return true }
    if isNote(index) { return true }
    // A hyphenated word continues in the next line.
    if endsInHyphen(last.text), goesOn(line.text) { return false }
    return isIndentedAnew(index, pieceFrom: start) || endsShort(index - 1)
  }

  /// The distance between lines like this one, in font sizes: the smallest nearby.
  private func usualDrop(_ index: Int) -> Float {
    var least = Float.infinity
    for other in max(1, index - 3)..<min(lines.count, index + 4) {
      let (last, line) = (lines[other - 1], lines[other])
      guard abs(last.size - line.size) < 0.08 * line.size,
        abs(line.size - lines[index].size) < 0.08 * line.size
      else { continue }
      let drop = gap(above: other)
      if drop > 0.9 { least = min(least, drop) }
    }
    let isBody = abs(lines[index].size - body.size) < 0.05 * body.size
    return isBody ? max(min(least, 2), min(body.leading, least)) : min(least, 2)
  }

  /// Whether a line at the top of a column does not continue the previous column.
  private func beginsColumn(_ index: Int) -> Bool {
    let (last, line) = (lines[index - 1], lines[index])
    return !isFull(index - 1) || endsSentence(last.text) || isItem(index)
      || !goesOn(line.text) || last.isBold != line.isBold
  }

  private func isShort(_ index: Int) -> Bool {
    columnEnds[index] - lines[index].right > 3 * lines[index].size
  }

  /// Whether a bold line is separate from the text above it.
  private func isHeadingStart(_ index: Int) -> Bool {
    gap(above: index) > 1.1 * usualDrop(index) || endsShort(index - 1)
      || endsSentence(lines[index - 1].text)
  }

  /// Whether the next word would have fitted, so that the line break is intended.
  private func endsShort(_ index: Int) -> Bool {
    let (line, next) = (lines[index], lines[index + 1])
    let room = columnEnds[index] - line.right
    let width = max(line.right - line.left, 1)
    let word = next.text.prefix { $0 != " " }.unicodeScalars.count
    let letter = width / Float(max(line.glyphs, 1))
    let needed = letter * Float(min(word, 40) + 1)
    if endsSentence(line.text) { return room > needed + 0.6 * line.size }
    return room > 2 * needed + 0.2 * (columnEnds[index] - line.left)
  }

  private func isItem(_ index: Int) -> Bool {
    let line = lines[index]
    guard let (marker, _) = Markers.split(line.text) else { return false }
    let last = lines[index - 1]
    if Markers.isBulletMarker(marker) {
      // A dash within a sentence can be at the start of a line.
      guard ["-", "–", "—", "*", "o", "»"].contains(marker) else { return true }
      return endsSentence(last.text) || isShort(index - 1) || isMarked(index, marker)
    }
    guard let number = Markers.number(marker) else { return false }
    return number.value == 1 || isHanging(index) || hasNeighbour(index, number)
  }

  /// Whether a nearby line begins with the same marker at the same position.
  private func isMarked(_ index: Int, _ marker: String) -> Bool {
    lines[max(0, index - 12)..<min(lines.count, index + 13)].enumerated().contains { place, other in
      place + max(0, index - 12) != index && abs(other.left - lines[index].left) < other.size / 4
        && other.text.hasPrefix(marker + " ")
    }
  }

  /// Whether the next line is indented to the text after the marker.
  private func isHanging(_ index: Int) -> Bool {
    guard index + 1 < lines.count else { return false }
    let (line, next) = (lines[index], lines[index + 1])
    return gap(above: index + 1) < 2 && next.left > line.left + 0.8 * line.size
      && next.left < line.left + 5 * line.size
  }

  /// Whether a nearby line begins with the previous or next number.
  private func hasNeighbour(_ index: Int, _ number: Markers.Number) -> Bool {
    lines[max(0, index - 15)..<min(lines.count, index + 16)].contains { other in
      guard let (marker, _) = Markers.split(other.text), let found = Markers.number(marker) else {
        return false
      }
      return found.style == number.style && abs(found.value - number.value) == 1
    }
  }

  /// Whether a line of small type at the bottom of a page begins a note.
  private func isNote(_ index: Int) -> Bool {
    let line = lines[index]
    guard line.size < 0.94 * body.size, line.baseline < 0.5 * height,
      let (marker, _) = Markers.note(line.text)
    else { return false }
    guard let value = Int(marker) else { return true }
    // Its number follows that of the previous note; others are numbers in the text.
    let earlier = lines[..<index].reversed().prefix(40).lazy.compactMap {
      $0.size < 0.94 * body.size ? Markers.note($0.text).flatMap { Int($0.marker) } : nil
    }.first
    return earlier.map { $0 + 1 == value } ?? true
  }

  /// Whether the indentation of a line begins a paragraph.
  private func isIndentedAnew(_ index: Int, pieceFrom start: Int) -> Bool {
    let (last, line) = (lines[index - 1], lines[index])
    let shift = (line.left - last.left) / line.size
    let isCentred = abs((line.left + line.right) - (last.left + last.right)) < 0.8 * line.size
    if isCentred { return false }
    if shift > 0.7, shift < 6 {
      // The first line of a paragraph, unless the lines after it are indented too.
      guard index - 1 > start || isFull(index - 1) == false else { return false }
      guard index + 1 < lines.count, gap(above: index + 1) < 2 else {
        return endsSentence(last.text)
      }
      return lines[index + 1].left < line.left - 0.5 * line.size
        || endsSentence(last.text) && index - 1 > start
    }
    // Back at the margin after a hanging indent.
    return shift < -0.7 && index - 1 > start
      && lines[start].left < last.left - 0.7 * line.size
  }
}

/// Whether a text ends in a hyphen after a letter or digit.
private func endsInHyphen(_ text: String) -> Bool {
  guard let last = text.unicodeScalars.last, "-\u{2010}\u{AD}".unicodeScalars.contains(last) else {
    return false
  }
  return text.unicodeScalars.dropLast().last.map {
    $0.properties.isAlphabetic || $0.properties.numericType != nil
  } ?? false
}

/// Whether a text ends with the end of a sentence.
func endsSentence(_ text: String) -> Bool {
  let closers = ")]”’\"'»"
  let end = text.unicodeScalars.last { !closers.unicodeScalars.contains($0) && !isDigitMark($0) }
  return end.map { ".!?:。！？：؟".unicodeScalars.contains($0) } ?? false
}

/// A raised digit after a full stop is a note mark.
private func isDigitMark(_ scalar: Unicode.Scalar) -> Bool {
  (0x2070...0x2079).contains(scalar.value) || "¹²³".unicodeScalars.contains(scalar)
}

/// Whether a text can continue a sentence.
func goesOn(_ text: String) -> Bool {
  guard let first = text.unicodeScalars.first else { return false }
  return first.properties.isLowercase || isIdeographic(first)
    || !first.properties.isAlphabetic && !Markers.isBullet(first)
    || (0x5D0...0x8FF).contains(first.value)
}
