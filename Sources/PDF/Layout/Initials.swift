// ISO 32000-1 §14.8.5.4.2: initial letters are separate glyphs that belong to the following word.

/// Joins the large initial letters of chapters with their words.
///
/// An initial can be drawn before its text, after it, or with the page's other initials, so only
/// its position counts.
struct Initials {
  private let glyphs: [Glyph]

  init(_ glyphs: [Glyph]) { self.glyphs = glyphs }

  /// The least size of an initial relative to its text.
  private static let ratio: Float = 1.7
  /// The largest gap between an initial and its text, and the largest overlap, in em of the text.
  private static let gap: Float = 1.2
  private static let overlap: Float = 0.3
  /// The largest distance between the tops of an initial and its first line, in em of the text.
  private static let topOffset: Float = 1.2
  /// The height of a capital in em.
  private static let capital: Float = 0.7
  /// The fewest glyphs of a line beside an initial.
  private static let fewestGlyphs = 9

  /// Real pages do not have more.
  private static let mostInitials = 40

  /// The lines, with initials added to the lines that they begin.
  func joined(_ lines: [Line]) -> [Line] {
    let initials = initials(lines)
    guard !initials.isEmpty, initials.count <= Self.mostInitials, lines.count > 1 else {
      return lines
    }
    var lines = lines
    for initial in initials {
      let beside = lines.indices.filter { stands(initial, beside: lines[$0]) }
      guard let first = beside.max(by: { lines[$0].baseline < lines[$1].baseline }),
        lines[first].initial == nil
      else { continue }
      lines[first].initial = initial.span
      remove(initial.span, from: &lines[initial.line])
    }
    return lines.filter { !$0.spans.isEmpty }
  }

  /// A capital that may be an initial.
  private struct Initial {
    var line: Int
    var span: Range<Int>
    var right: Float
    var baseline: Float
    var size: Float
    var direction: UInt16
  }

  /// The capitals that are large compared with the smallest type of the page.
  ///
  /// Several can share a baseline, also with text.
  private func initials(_ lines: [Line]) -> [Initial] {
    guard let smallest = lines.map(\.size).min() else { return [] }
    var initials: [Initial] = []
    for (index, line) in lines.enumerated() {
      for span in line.spans where span.count <= 3 {
        let first = glyphs[span.lowerBound]
        guard first.size > Self.ratio * smallest, isCapital(span) else { continue }
        initials.append(
          Initial(
            line: index, span: span, right: glyphs[span].map(\.right).max() ?? first.right,
            baseline: first.baseline, size: first.size, direction: first.direction))
      }
    }
    return initials
  }

  /// Whether a run of glyphs is one capital, with or without a quotation mark.
  private func isCapital(_ span: Range<Int>) -> Bool {
    var letters = span.lazy.map { glyphs[$0].text }.filter { $0 != 0x20 && $0 != 0 }
      .compactMap(Unicode.Scalar.init)[...]
    if let first = letters.first, "“\"‘'«„‚".unicodeScalars.contains(first) {
      letters = letters.dropFirst()
    }
    return letters.count == 1 && letters.first?.properties.isUppercase == true
  }

  private func remove(_ span: Range<Int>, from line: inout Line) {
    line.spans.removeAll { $0 == span }
    line.glyphCount -= span.count
    let rest = line.spans.lazy.flatMap { glyphs[$0] }.filter { $0.text != 0x20 }
    guard let largest = line.spans.max(by: { $0.count < $1.count }) else { return }
    line.left = rest.map(\.left).min() ?? line.left
    line.right = rest.map(\.right).max() ?? line.right
    line.size = glyphs[largest.lowerBound].size
    line.baseline = glyphs[largest.lowerBound].baseline
  }

  /// Whether an initial can begin a line: one of words, directly below its top.
  private func stands(_ initial: Initial, beside line: Line) -> Bool {
    guard line.direction == initial.direction, initial.size > Self.ratio * line.size,
      line.glyphCount >= Self.fewestGlyphs, let first = line.spans.first?.first,
      isLetterOrSpace(first)
    else { return false }
    let gap = line.left - initial.right
    let top = initial.baseline + Self.capital * initial.size
    return gap > -Self.overlap * line.size && gap < Self.gap * line.size
      && line.baseline > initial.baseline + 0.1 * initial.size
      && abs(top - line.baseline - Self.capital * line.size) < Self.topOffset * line.size
  }

  private func isLetterOrSpace(_ glyph: Int) -> Bool {
    let text = glyphs[glyph].text
    return text == 0x20 || text == 0 || Unicode.Scalar(text)?.properties.isAlphabetic ?? true
  }
}
