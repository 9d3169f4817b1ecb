/// The codes of one line, with single spaces between its words.
struct Line: Equatable {
  var codes: [UInt8]
  /// Without justification.
  var width: Double
  var isLast: Bool

  var spaces: Int { codes.count { $0 == WinAnsi.space } }
}

/// Breaks paragraphs into lines so that the spaces of the whole paragraph are as even as can be.
///
/// Lines break at spaces alone, never at a hyphen, so that no word or compound is torn apart for
/// those who search the text or copy it. Of all the ways to break a paragraph the one is taken whose
/// lines have the least sum of badness, where a space may stretch by a half and shrink by a third.
struct LineBreaker {
  var style: TextStyle
  var measure: Double
  /// How much narrower the first line is.
  var firstIndent = 0.0

  private struct Word {
    var codes: [UInt8]
    var width: Double
  }

  func lines(of text: String) -> [Line] {
    let words = text.split(separator: " ").flatMap(words)
    guard !words.isEmpty else { return [] }
    let space = style.width(of: [WinAnsi.space])

    // best[end]: the least cost of setting the words before `end`, and where its last line begins.
    var best: [(cost: Double, start: Int)] = [(0, 0)]
    for end in 1...words.count {
      var choice = (cost: Double.infinity, start: end - 1)
      var width = -space
      for start in stride(from: end - 1, through: 0, by: -1) {
        width += words[start].width + space
        let room = measure - (start == 0 ? firstIndent : 0)
        let spaces = end - start - 1
        // Wider than the line even with the narrowest spaces; more words are wider still.
        if width - Double(spaces) * space / 3 > room, spaces > 0 { break }
        let cost = cost(
          slack: room - width, spaces: spaces, space: space, isLast: end == words.count)
        if best[start].cost + cost < choice.cost { choice = (best[start].cost + cost, start) }
      }
      best.append(choice)
    }

    var lines: [Line] = []
    var end = words.count
    while end > 0 {
      let start = best[end].start
      let line = words[start..<end]
      lines.append(
        Line(
          codes: Array(line.map(\.codes).joined(separator: [WinAnsi.space])),
          width: line.reduce(0) { $0 + $1.width } + Double(line.count - 1) * space,
          isLast: end == words.count))
      end = start
    }
    return lines.reversed()
  }

  private func cost(slack: Double, spaces: Int, space: Double, isLast: Bool) -> Double {
    if isLast, slack >= 0 {
      // A last line of one short word looks lost.
      return slack > measure * 0.9 ? 3000 : 0
    }
    let give = Double(max(spaces, 1)) * space / (slack < 0 ? 3 : 2)
    let ratio = abs(slack) / give
    let badness = 1 + 100 * ratio * ratio * ratio
    return badness * badness
  }

  /// The word, or the pieces of one that no line could hold.
  private func words(_ text: Substring) -> [Word] {
    let codes = WinAnsi.codes(of: text, withLigatures: style.typeface.hasLigatures)
    let width = style.width(of: codes)
    let room = measure - firstIndent
    guard width > room, codes.count > 1 else { return [Word(codes: codes, width: width)] }
    var pieces: [Word] = []
    var piece: [UInt8] = []
    for code in codes {
      if !piece.isEmpty, style.width(of: piece + [code]) > room {
        pieces.append(Word(codes: piece, width: style.width(of: piece)))
        piece = []
      }
      piece.append(code)
    }
    return pieces + [Word(codes: piece, width: style.width(of: piece))]
  }
}
