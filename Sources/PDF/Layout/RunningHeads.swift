// ISO 32000-1 §14.8.2.2.2: pagination artifacts, where no tag marks them.

/// Finds the lines that the pages of a document repeat at their edges.
struct RunningHeads {
  /// Where a line that runs to the right stands.
  struct Place {
    /// Its height on the page, as a part of the page's.
    var height: Float
    /// Whether it follows the line before it as the lines of one paragraph do.
    var continuesParagraph = false
    /// Whether it begins with a raised figure or sign, as notes do.
    var beginsNote = false

    /// The most from one baseline to the next within a paragraph, in em of the line.
    private static let leading: Float = 1.5
    /// The most that lines of one size differ in it, as a part of it.
    private static let sameSize: Float = 0.06
    /// The most that the left ends of lines of a paragraph are apart, in em.
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
    /// Its text with each figure made the same.
    var pattern: String
    /// The only number in it, if it is nothing else.
    var number: Int?
  }

  /// The lines at the edges of a page, of which the places are given where they are upright.
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
    var octets: [UInt8] = []
    for octet in text.utf8.prefix(200) where !isDigit(octet) || octets.last != 0x23 {
      octets.append(isDigit(octet) ? 0x23 : octet)
    }
    return String(decoding: octets, as: UTF8.self)
  }

  /// Marks what pages near each other have in common.
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

  /// Makes body again of the last lines of notes that other pages end with too.
  ///
  /// What follows a line as the rest of its paragraph is no running foot unless that line is.
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
