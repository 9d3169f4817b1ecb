// ISO 32000-1 §14.8.5.4.2 has initials as glyphs that stand apart; they are read with their words.

/// Puts the large letters that begin chapters before the words that they are of.
struct Initials {
  private let glyphs: [Glyph]

  init(_ glyphs: [Glyph]) { self.glyphs = glyphs }

  /// The blocks, initials in the lines that they begin.
  func joined(_ blocks: [Block]) -> [Block] {
    var blocks = blocks
    for index in blocks.indices {
      guard let initial = initial(blocks[index]),
        let (block, line) = line(after: initial, in: blocks, around: index)
      else { continue }
      blocks[block].lines[line].initial = initial.spans.first
      blocks[index].lines = []
    }
    return blocks.contains { $0.lines.isEmpty } ? blocks.filter { !$0.lines.isEmpty } : blocks
  }

  /// The line of a block that is nothing else than a capital.
  private func initial(_ block: Block) -> Line? {
    guard block.lines.count == 1, let line = block.lines.first, line.glyphCount <= 2,
      let first = line.spans.first?.first, let letter = Unicode.Scalar(glyphs[first].text),
      letter.properties.isUppercase,
      line.spans.joined().dropFirst().allSatisfy({ glyphs[$0].text == 0x20 })
    else { return nil }
    return line
  }

  /// The uppermost of the lines that stand beside a large letter.
  private func line(
    after initial: Line, in blocks: [Block], around place: Int
  ) -> (block: Int, line: Int)? {
    for block in max(0, place - 2)..<min(blocks.count, place + 3) where block != place {
      let line = blocks[block].lines.firstIndex { line in
        line.direction == initial.direction && initial.size > 1.7 * line.size
          && line.left > initial.right - 0.3 * line.size
          && line.left < initial.right + 1.2 * line.size
          && line.baseline > initial.baseline - 0.3 * line.size
          && line.baseline < initial.baseline + initial.size
      }
      guard let line, let first = blocks[block].lines[line].spans.first?.first else { continue }
      // What stands beside it must be words and begin right below its top.
      let isBeside = blocks[block].lines[line].baseline > initial.baseline + 0.1 * initial.size
      if isBeside, blocks[block].lines[line].glyphCount > 8, isLetterOrSpace(first) {
        return (block, line)
      }
    }
    return nil
  }

  private func isLetterOrSpace(_ glyph: Int) -> Bool {
    let text = glyphs[glyph].text
    return text == 0x20 || Unicode.Scalar(text)?.properties.isAlphabetic ?? true
  }
}
