import Markup

/// Text in the stroke font, broken into lines of a width.
struct StrokeText {
  let lines: [String]
  /// Pixels per unit of the typeface.
  let scale: Double
  /// The distance of baselines in pixels.
  let leading: Double

  /// Whether the typeface has all characters of a text.
  static func canDraw(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0 == " " || StrokeFont.glyph($0) != nil }
  }

  static func width(_ text: some StringProtocol, scale: Double) -> Double {
    var width = 0.0
    for character in text {
      width +=
        character == " "
        ? StrokeFont.space : (StrokeFont.glyph(character)?.width ?? 0) + StrokeFont.spacing
    }
    return max(0, width - StrokeFont.spacing) * scale
  }

  /// Sets a text at the first size at which it fits; at the last it is truncated with “…”.
  ///
  /// - Parameters:
  ///   - text: One that can be drawn.
  ///   - scales: The sizes, the largest first, and how many lines there may be at each.
  ///   - width: The measure in pixels.
  init(_ text: String, scales: [(scale: Double, mostLines: Int)], width: Double) {
    var found: (lines: [String], scale: Double) = ([], 1)
    for (scale, most) in scales {
      let (lines, isWhole) = StrokeText.broken(text, scale: scale, width: width, most: most)
      found = (lines, scale)
      if isWhole { break }
    }
    lines = found.lines
    scale = found.scale
    leading = 22 * found.scale
  }

  /// Breaks a text into lines.
  ///
  /// - Returns: The lines, and whether they have the whole text without broken words.
  private static func broken(
    _ text: String, scale: Double, width: Double, most: Int
  ) -> (lines: [String], isWhole: Bool) {
    var lines: [String] = []
    var line = ""
    var isWhole = true
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : "\(line) \(word)"
      if self.width(longer, scale: scale) <= width {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = String(word)
      while self.width(line, scale: scale) > width {
        isWhole = false
        var part = line
        while part.count > 1, self.width(part, scale: scale) > width { part.removeLast() }
        lines.append(part)
        line = String(line.dropFirst(part.count))
      }
      if lines.count > most { break }
    }
    if !line.isEmpty { lines.append(line) }
    guard lines.count > most else { return (lines, isWhole) }
    lines = Array(lines.prefix(most))
    if var last = lines.popLast() {
      while !last.isEmpty, self.width(last + "...", scale: scale) > width { last.removeLast() }
      while last.last == " " { last.removeLast() }
      lines.append(last + "...")
    }
    return (lines, false)
  }

  /// Draws the lines, starting at a baseline.
  func draw(in raster: inout Raster, x: Double, baseline: Double, weight: Double) {
    for (number, line) in lines.enumerated() {
      var left = x
      let bottom = baseline + Double(number) * leading
      for character in line {
        guard character != " ", let glyph = StrokeFont.glyph(character) else {
          left += StrokeFont.space * scale
          continue
        }
        for stroke in glyph.strokes {
          let points = stroke.map {
            StrokeFont.Point(x: left + $0.x * scale, y: bottom - $0.y * scale)
          }
          for (start, end) in zip(points, points.dropFirst()) {
            raster.stroke(start, end, radius: weight * scale / 2)
          }
        }
        left += (glyph.width + StrokeFont.spacing) * scale
      }
    }
  }
}
