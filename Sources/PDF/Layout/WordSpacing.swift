// ISO 32000-1 §14.8.2.5 leaves it to readers which gaps between glyphs are word breaks.

/// Decides how wide a gap between two glyphs of a line must be to count as a space.
///
/// A fixed width fits most lines. It fails where letters are placed one by one: rounded positions,
/// letter spacing and inexact font widths leave gaps inside words that are about as wide as a narrow
/// space. The gaps of one line then form two groups, and the limit is between these.
enum WordSpacing {
  /// The limit in em for lines without space glyphs.
  ///
  /// Narrow spaces are about 0.2 em wide, kerning moves glyphs by less than 0.1 em.
  static let usual: Float = 0.12
  /// The limit in em beside space glyphs, where a gap is more likely kerning.
  static let besideSpaces: Float = 0.18

  /// Gaps this close to the limit, as a factor, are unclear and worth comparing.
  private static let unclear: ClosedRange<Float> = 0.5...1.7
  /// Wider gaps (em) are spaces whatever their width, and do not count as wider than this.
  private static let widest: Float = 0.3
  /// The medians of the two groups are at least this far apart (em).
  private static let leastDistance: Float = 0.09
  /// How much more alike spaces are than the gaps between letters, as a weight.
  private static let evenness: Float = 1.5
  /// How wide a gap is at least, as a part of the drawn spaces' width, to be a space beside them.
  private static let narrowest: Float = 0.65
  /// Limits outside this range (em) would join words, or split them at rounding errors.
  private static let limits: ClosedRange<Float> = 0.07...0.26

  /// Whether a gap is so close to the usual limit that the gaps of the line must decide.
  static func isUnclear(_ gap: Float, hasSpaces: Bool) -> Bool {
    unclear.contains(gap / (hasSpaces ? besideSpaces : usual))
  }

  /// The limit for a line.
  ///
  /// - Parameters:
  ///   - gaps: The gaps between neighbouring glyphs without a space glyph between them, in em.
  ///   - drawn: The gaps with a space glyph.
  /// - Returns: The least width of a space in em; infinity where no gap is one.
  static func limit(_ gaps: [Float], drawn: [Float]) -> Float {
    let usual = drawn.isEmpty ? usual : besideSpaces
    guard gaps.count > 3 else { return usual }
    let sorted = gaps.map { min(max($0, 0), widest) }.sorted()
    let count = lowerGroup(sorted)
    let (low, high) = (sorted[count / 2], sorted[(count + sorted.count) / 2])
    guard high - low >= leastDistance else {
      // One group: evenly spaced letters, or a line whose only wide gap is kerning.
      let isEven = low > 0.05 && sorted[sorted.count - 1] < 2 * usual
      return isEven ? .infinity : usual
    }
    // Words have more letters than one, and kerning alone makes no space.
    guard 2 * count >= sorted.count, high >= self.usual else { return usual }
    // Between the groups, well off both.
    let (from, to) = (sorted[count - 1], sorted[count])
    let margin = (to - from) / 4
    let between = min(max((low + high) / 2, from + margin), to - margin)
    let limit = min(max(between, limits.lowerBound), limits.upperBound)
    guard limit < usual, !drawn.isEmpty else { return limit }
    // Where most spaces are drawn, a narrower or a single gap is kerning.
    let least = max(limit, narrowest * drawn.sorted()[drawn.count / 2])
    let more = sorted.count { $0 > least && $0 <= usual }
    return 4 * more >= drawn.count ? least : usual
  }

  /// Divides widths into two groups by the least sum of distances from the groups' medians.
  ///
  /// - Returns: How many widths are in the lower group, at least one and not all.
  private static func lowerGroup(_ sorted: [Float]) -> Int {
    var sums: [Float] = [0]
    sums.reserveCapacity(sorted.count + 1)
    for width in sorted { sums.append(sums[sums.count - 1] + width) }
    func distances(_ from: Int, _ to: Int) -> Float {
      let middle = (from + to) / 2
      let above = sums[to] - sums[middle] - sorted[middle] * Float(to - middle)
      let below = sorted[middle] * Float(middle - from) - (sums[middle] - sums[from])
      return above + below
    }
    var best = (count: 1, distance: Float.infinity)
    for count in 1..<sorted.count {
      let distance = distances(0, count) + evenness * distances(count, sorted.count)
      if distance < best.distance { best = (count, distance) }
    }
    return best.count
  }
}
