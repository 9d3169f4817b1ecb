// ISO 32000-1 §14.8.2.2.2: pagination artifacts, where no tag marks them.

/// Finds the lines that the pages of a document repeat at their edges.
struct RunningHeads {
  /// A line at the upper or lower edge of its page.
  struct Candidate {
    /// The index of the line in its page.
    var line: Int
    var isAtTop: Bool
    /// Its height on the page, as a part of the page's.
    var height: Float
    /// Its text with each figure made the same.
    var pattern: String
    /// The only number in it, if it is nothing else.
    var number: Int?
  }

  /// The lines at the edges of a page, whose heights are given for each line where it is upright.
  static func candidates(_ lines: [TextLine], heights: [Float?]) -> [Candidate] {
    let placed = lines.indices.filter { heights[$0] != nil }
      .sorted { (heights[$0] ?? 0) > (heights[$1] ?? 0) }
    let top = placed.prefix(2).filter { (heights[$0] ?? 0) > 0.85 }
    let bottom = placed.suffix(3).filter { (heights[$0] ?? 1) < 0.15 }
    let edges = top.map { ($0, true) } + bottom.map { ($0, false) }
    return edges.map { index, isAtTop in
      let text = lines[index].text
      return Candidate(
        line: index, isAtTop: isAtTop, height: heights[index] ?? 0, pattern: pattern(text),
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
    }
  }

  private static func isTwin(_ one: Candidate, _ other: Candidate) -> Bool {
    one.isAtTop == other.isAtTop && abs(one.height - other.height) < 0.015
      && one.pattern == other.pattern
  }
}
