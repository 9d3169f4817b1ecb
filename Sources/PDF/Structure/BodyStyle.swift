// ISO 32000-1 §14.8.2.2.1: the style of most of a document's real content.

/// The type of most of a document's text.
struct BodyStyle {
  /// The font size; 0 for a document without text.
  private(set) var size: Float = 0
  /// The distance between baselines, in font sizes.
  private(set) var leading: Float = 1.2
  /// Whether most text is bold, so that bold does not mark headings.
  private(set) var isBold = false

  init(_ pages: [[FlowLine]]) {
    var glyphs: [Int: (all: Int, bold: Int)] = [:]
    for line in pages.joined() {
      let size = Self.step(line.size)
      glyphs[size, default: (0, 0)].all += line.glyphs
      if line.isBold { glyphs[size, default: (0, 0)].bold += line.glyphs }
    }
    guard let most = glyphs.max(by: { ($0.value.all, $1.key) < ($1.value.all, $0.key) }) else {
      return
    }
    size = Float(most.key) / 2
    isBold = most.value.bold * 2 > most.value.all
    var drops: [Int: Int] = [:]
    for lines in pages {
      for (last, line) in zip(lines, lines.dropFirst())
      where Self.step(line.size) == most.key && Self.step(last.size) == most.key {
        let drop = (last.baseline - line.baseline) / line.size
        if drop > 0.8, drop < 3 { drops[Int(drop * 20), default: 0] += 1 }
      }
    }
    if let usual = drops.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) {
      leading = (Float(usual.key) + 0.5) / 20
    }
  }

  /// The size in half points, so that sizes that look the same are equal.
  static func step(_ size: Float) -> Int { Int((min(max(size, 0), 1000) * 2).rounded()) }
}
