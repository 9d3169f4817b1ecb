// ISO 32000-1 §14.8.2.2.2: pagination artifacts, where no tag marks them.

/// Finds running heads and feet: lines that pages repeat at their edges.
struct RunningHeads {
  /// The place of a left-to-right line.
  struct Place {
    /// Its height on the page, relative to the page's.
    var height: Float
    /// Whether it follows the previous line at the distance of a paragraph's lines.
    var continuesParagraph = false
    /// Whether it begins with a raised digit or sign, as notes do.
    var beginsNote = false

    /// The largest distance between baselines of a paragraph, in em.
    private static let leading: Float = 1.5
    /// The largest difference of sizes that count as equal, relative to them.
    private static let sameSize: Float = 0.06
    /// The largest distance between the left edges of a paragraph's lines, in em.
    private static let indentation: Float = 3

    init?(_ line: Line, after last: Line?, of glyphs: [Glyph], pageHeight: Float) {
      guard line.direction == 0 else { return nil }
      height = line.baseline / pageHeight
      if let last {
        continuesParagraph =
          last.baseline - line.baseline < Self.leading * line.size
          && abs(last.size - line.size) < Self.sameSize * line.size
          && abs(last.left - line.left) < Self.indentation * line.size
      }
      if let first = line.spans.first?.first {
        beginsNote = line.isRaised(glyphs[first]) && glyphs[first].text != 0x20
      }
    }
  }

  /// A line at the upper or lower edge of its page.
  struct Candidate {
    /// The index of the line in its page.
    var line: Int
    var isAtTop: Bool
    var place: Place
    /// Its text with all digits replaced by the same one.
    var pattern: String
    /// The number, if the line has nothing else.
    var number: Int?
  }

  /// The lines at the edges of a page; only upright lines have a place.
  static func candidates(_ lines: [TextLine], _ places: [Place?]) -> [Candidate] {
    let upright = lines.indices.compactMap { index in places[index].map { (index, $0) } }
      .sorted { $0.1.height > $1.1.height }
    let top = upright.prefix(2).filter { $0.1.height > 0.85 }.map { ($0, true) }
    let bottom = upright.suffix(3).filter { $0.1.height < 0.15 }.map { ($0, false) }
    return (top + bottom).map { line, isAtTop in
      let text = lines[line.0].text
      return Candidate(
        line: line.0, isAtTop: isAtTop, place: line.1, pattern: pattern(text),
        number: Int(text.drop { $0 == "-" || $0 == " " }.prefix { $0 != " " && $0 != "-" }))
    }
  }

  private static func pattern(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8.prefix(200) where !isDigit(byte) || bytes.last != 0x23 {
      bytes.append(isDigit(byte) ? 0x23 : byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Marks lines that nearby pages have in common.
  static func mark(_ pages: inout [PageText], _ candidates: [[Candidate]]) {
    for (index, own) in candidates.enumerated() {
      for candidate in own {
        for distance in [-2, -1, 1, 2] {
          let other = index + distance
          guard candidates.indices.contains(other),
            let twin = candidates[other].first(where: { isTwin($0, candidate) })
          else { continue }
          if candidate.pattern.allSatisfy({ "#- ".contains($0) }) {
            guard let number = candidate.number, let next = twin.number,
              number < 1 << 20, next < 1 << 20, next - number == distance
            else { continue }
            pages[index].lines[candidate.line].role = .pageNumber
          } else {
            pages[index].lines[candidate.line].role = .runningHead
          }
          break
        }
      }
      keepNotes(of: &pages[index], own)
    }
  }

  /// Makes the last lines of notes body text again if other pages repeat them by chance.
  ///
  /// A line that continues the paragraph of another line is a running foot only if that line is.
  private static func keepNotes(of page: inout PageText, _ candidates: [Candidate]) {
    for candidate in candidates.sorted(by: { $0.line < $1.line })
    where !candidate.isAtTop && page.lines[candidate.line].role == .runningHead {
      let isRest =
        candidate.place.continuesParagraph && candidate.line > 0
        && page.lines[candidate.line - 1].role == .body
      if isRest || candidate.place.beginsNote { page.lines[candidate.line].role = .body }
    }
  }

  private static func isTwin(_ one: Candidate, _ other: Candidate) -> Bool {
    one.isAtTop == other.isAtTop && abs(one.place.height - other.place.height) < 0.015
      && one.pattern == other.pattern
  }
}
