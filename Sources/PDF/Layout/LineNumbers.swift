// ISO 32000-1 §14.8.2.2.2: pagination artifacts, here the line numbers of manuscripts and editions.

/// Removes line numbers from the margins of pages.
///
/// Numbers are line numbers if they are aligned beside the text, each on the baseline of a line of
/// running text, and count these lines: every one or, in editions, every fifth. Once a page has
/// shown where they are, shorter pages need fewer.
struct LineNumbers {
  /// A column of line numbers in the same place on each page.
  private struct Column {
    var isLeft: Bool
    var isAlignedLeft: Bool
    var edge: Float
    var step: Int

    func contains(_ number: Number) -> Bool {
      number.isLeft == isLeft
        && abs((isAlignedLeft ? number.left : number.right) - edge)
          < LineNumbers.alignment * number.size
    }
  }

  /// A number and the line of text beside it.
  private struct Number {
    var value: Int
    var line: Int
    var span: Range<Int>
    var left: Float
    var right: Float
    var baseline: Float
    var size: Float
    var isLeft: Bool
    var text: Text
  }

  /// The text of a line beside a number.
  private struct Text {
    var line: Int
    var left: Float
    var right: Float
    var begins: GlyphText
    var isProse: Bool
  }

  /// The fewest numbers of a page if every line has one, and if some do.
  private static let fewestOfAll = 5
  private static let fewestOfSome = 3
  /// The largest step between numbers in use.
  private static let widestStep = 10
  /// The largest distance between aligned edges, and the least gap between a number and its text,
  /// in em.
  private static let alignment: Float = 0.3
  private static let gap: Float = 0.4
  /// The largest distance of a number from the baseline of its line, in em.
  private static let shift: Float = 0.35
  /// The fewest letters of a line of running text, and the widest gap in it, in em.
  private static let fewestLetters = 16
  private static let widestGap: Float = 1.5
  /// The least share of lines of running text that continue a sentence.
  private static let continuing = 0.2
  /// The least share of the page's running text that is numbered.
  ///
  /// Listings number some lines of a page, manuscripts all except notes in smaller type.
  private static let share = 0.85
  private static let smallerType: Float = 0.95

  /// A page of two columns can have two, and left and right pages differ.
  private static let mostColumns = 4

  /// The columns of the preceding pages.
  private var columns: [Column] = []
  /// The running text of the page.
  private var prose: [Text] = []

  /// The lines of a page without line numbers.
  mutating func removed(from lines: [Line], _ glyphs: [Glyph]) -> [Line] {
    let fewest = columns.isEmpty ? Self.fewestOfSome : 1
    guard hasNumbers(lines, glyphs, fewest: fewest) else { return lines }
    var rest = numbers(lines, glyphs)
    var found: [Number] = []
    while rest.count >= fewest, let next = nextColumn(of: rest, lines) {
      found += next
      let taken = Set(next.map(\.span.lowerBound))
      rest.removeAll { taken.contains($0.span.lowerBound) }
    }
    return found.isEmpty ? lines : Self.removing(found, from: lines)
  }

  /// The numbers of one column of line numbers; remembers the column.
  private mutating func nextColumn(of numbers: [Number], _ lines: [Line]) -> [Number]? {
    for isLeft in [true, false] {
      let side = numbers.filter { $0.isLeft == isLeft }
      // Numbers of different length are flush left or flush right.
      let candidates = [false, true].map { (isAlignedLeft: $0, numbers: aligned(side, $0)) }
      guard let most = candidates.max(by: { $0.numbers.count < $1.numbers.count }),
        let first = most.numbers.first, let step = step(of: most.numbers, lines)
      else { continue }
      if columns.count < Self.mostColumns, !columns.contains(where: { $0.contains(first) }) {
        columns.append(
          Column(
            isLeft: isLeft, isAlignedLeft: most.isAlignedLeft,
            edge: most.isAlignedLeft ? first.left : first.right, step: step))
      }
      return most.numbers
    }
    return nil
  }

  // MARK: Numbers

  /// Whether enough numbers are separate at all; most pages need no closer look.
  private func hasNumbers(_ lines: [Line], _ glyphs: [Glyph], fewest: Int) -> Bool {
    var count = 0
    for span in lines.lazy.flatMap(\.spans)
    where span.count <= 5 && Self.value(of: span, glyphs) != nil {
      count += 1
      if count == fewest { return true }
    }
    return false
  }

  /// The separate numbers beside a line of text.
  private mutating func numbers(_ lines: [Line], _ glyphs: [Glyph]) -> [Number] {
    var texts: [Text] = []
    var alone: [(line: Int, span: Range<Int>, value: Int)] = []
    var numbers: [Number] = []
    for (index, line) in lines.enumerated() where line.spans.count <= 200 {
      if line.spans.count == 1, let value = Self.value(of: line.spans[0], glyphs) {
        alone.append((index, line.spans[0], value))
        continue
      }
      let spans = line.spans.sorted { glyphs[$0.lowerBound].left < glyphs[$1.lowerBound].left }
      let text = Self.text(of: spans[...], line: index, size: line.size, glyphs)
      texts.append(text)
      guard spans.count > 1 else { continue }
      for (span, rest) in [
        (spans[0], spans.dropFirst()), (spans[spans.count - 1], spans.dropLast()),
      ] {
        guard let value = Self.value(of: span, glyphs) else { continue }
        let text = Self.text(of: rest, line: index, size: line.size, glyphs)
        if let number = Self.number(value, index, span, text, line.size, glyphs) {
          numbers.append(number)
          texts[texts.count - 1] = text
        }
      }
    }
    prose = texts.filter(\.isProse)
    guard alone.count + numbers.count >= 1, alone.count < 1000 else { return numbers }
    for (index, span, value) in alone {
      let line = lines[index]
      let beside = texts.filter { text in
        let other = lines[text.line]
        return other.direction == line.direction
          && abs(other.baseline - line.baseline) < Self.shift * other.size
          && (text.left > line.right || text.right < line.left)
      }
      let nearest = beside.min { Self.distance($0, line) < Self.distance($1, line) }
      if let nearest, let number = Self.number(value, index, span, nearest, line.size, glyphs) {
        numbers.append(number)
      }
    }
    return numbers
  }

  private static func distance(_ text: Text, _ line: Line) -> Float {
    max(text.left - line.right, line.left - text.right)
  }

  private static func number(
    _ value: Int, _ line: Int, _ span: Range<Int>, _ text: Text, _ size: Float, _ glyphs: [Glyph]
  ) -> Number? {
    let first = glyphs[span.lowerBound]
    let right = glyphs[span].reduce(first.right) { $1.text == 0x20 ? $0 : max($0, $1.right) }
    let gap = max(text.left - right, first.left - text.right)
    guard gap > Self.gap * size else { return nil }
    return Number(
      value: value, line: line, span: span, left: first.left, right: right,
      baseline: first.baseline, size: first.size, isLeft: first.left < text.left, text: text)
  }

  /// The number of a span; nil if it is other text.
  private static func value(of span: Range<Int>, _ glyphs: [Glyph]) -> Int? {
    var value: Int?
    var isEnded = false
    for glyph in glyphs[span] {
      if glyph.text == 0x20 {
        isEnded = value != nil
      } else {
        guard (0x30...0x39).contains(glyph.text), !isEnded, (value ?? 0) < 1000 else { return nil }
        value = (value ?? 0) * 10 + Int(glyph.text - 0x30)
      }
    }
    return value
  }

  private static func text(
    of spans: ArraySlice<Range<Int>>, line: Int, size: Float, _ glyphs: [Glyph]
  ) -> Text {
    var text = Text(line: line, left: .infinity, right: -.infinity, begins: 0, isProse: true)
    var (letters, others) = (0, 0)
    for glyph in spans.lazy.flatMap({ glyphs[$0] }) where glyph.text != 0x20 {
      if text.begins == 0 { text.begins = glyph.text }
      if glyph.left > text.right + widestGap * size, text.right > -.infinity {
        text.isProse = false
      }
      text.left = min(text.left, glyph.left)
      text.right = max(text.right, glyph.right)
      if glyph.text > 0x40 { letters += 1 } else { others += 1 }
    }
    text.isProse = text.isProse && letters >= fewestLetters && letters > 2 * others
    return text
  }

  // MARK: Columns

  /// The aligned numbers from the top of the page down: those of a known column, or the most.
  private func aligned(_ numbers: [Number], _ isAlignedLeft: Bool) -> [Number] {
    let known = columns.filter { $0.isAlignedLeft == isAlignedLeft }
      .map { column in numbers.filter(column.contains) }
    let edges = numbers.prefix(100).map { isAlignedLeft ? $0.left : $0.right }
    let others = edges.map { edge in
      numbers.filter {
        abs((isAlignedLeft ? $0.left : $0.right) - edge) < Self.alignment * $0.size
      }
    }
    let found = known.contains { !$0.isEmpty } ? known : others
    return found.max { $0.count < $1.count }?.sorted { $0.baseline > $1.baseline } ?? []
  }

  /// The step between numbers, if they count the lines of the page.
  private func step(of numbers: [Number], _ lines: [Line]) -> Int? {
    let steps = zip(numbers, numbers.dropFirst()).map { $1.value - $0.value }
    let known = numbers.first.flatMap { first in columns.first { $0.contains(first) } }
    let step = steps.sorted().dropFirst(steps.count / 2).first ?? known?.step ?? 0
    guard (1...Self.widestStep).contains(step),
      steps.count(where: { $0 == step }) * 10 >= steps.count * 9
    else { return nil }
    if known?.step == step { return step }
    guard numbers.count >= (step == 1 ? Self.fewestOfAll : Self.fewestOfSome) else { return nil }
    let running = numbers.filter(\.text.isProse)
    guard running.count * 10 >= numbers.count * 7 else { return nil }
    // The lines beside them, numbered or not.
    let (top, bottom) = (numbers[0].baseline, numbers[numbers.count - 1].baseline)
    let beside = lines.filter { line in
      let (left, right) = (numbers[0].text.left, numbers[0].text.right)
      return line.baseline < top + Self.shift * line.size
        && line.baseline > bottom - Self.shift * line.size
        && line.direction == lines[numbers[0].text.line].direction
        && min(line.right, right) > max(line.left, left)
    }
    let expected = (beside.count + step - 1) / step
    guard abs(expected - numbers.count) * 5 <= numbers.count else { return nil }
    guard covers(numbers, step, lines) else { return nil }
    // List entries and table rows are not running text.
    let going = running.count { isLowercase($0.text.begins) }
    let widest = running.map { $0.text.right - $0.text.left }.max() ?? 0
    let full = running.count { $0.text.right - $0.text.left > 0.8 * widest }
    if step == 1 {
      guard Double(going) >= Self.continuing * Double(running.count), full * 2 >= running.count
      else {
        return nil
      }
    } else if !numbers.allSatisfy({ $0.value % step == 0 }) {
      return nil
    }
    return step
  }

  /// Whether the numbered lines are nearly all running text of the page that is not in smaller
  /// type.
  private func covers(_ numbers: [Number], _ step: Int, _ lines: [Line]) -> Bool {
    let (top, bottom) = (numbers[0].baseline, numbers[numbers.count - 1].baseline)
    // Includes lines before the first number and after the last one.
    let drop = (top - bottom) / Float((numbers.count - 1) * step)
    let margin = (Float(step) - 0.5) * drop
    let size = numbers.map { lines[$0.text.line].size }.sorted()[numbers.count / 2]
    let baselines = prose.filter { lines[$0.line].size > Self.smallerType * size }
      .map { lines[$0.line].baseline }
    let covered = baselines.count { $0 < top + margin && $0 > bottom - margin }
    return Double(covered) >= Self.share * Double(baselines.count)
  }

  private func isLowercase(_ text: GlyphText) -> Bool {
    Unicode.Scalar(text)?.properties.isLowercase ?? false
  }

  private static func removing(_ numbers: [Number], from lines: [Line]) -> [Line] {
    var lines = lines
    for number in numbers {
      lines[number.line].spans.removeAll { $0 == number.span }
      lines[number.line].glyphCount -= number.span.count
      guard lines[number.line].spans.count > 0, number.line == number.text.line else { continue }
      lines[number.line].left = number.text.left
      lines[number.line].right = number.text.right
    }
    return lines.filter { !$0.spans.isEmpty }
  }
}
