// ISO 32000-1 §14.8.2.5: identifying word breaks.

extension LineText {
  /// The words of consecutive lines, in the order of their text, and the glyphs of each.
  func words(of lines: [Line]) -> [(text: String, glyphs: [Int])] {
    var rows: [[UInt32]] = []
    var words: [[Word]] = []
    for index in lines.indices {
      var sources: [Int]? = []
      rows.append(
        scalars(
          of: lines[index], beside: letterGap(beside: index, in: lines), sources: &sources))
      words.append(Self.words(rows[index], sources ?? []))
    }
    if rows.contains(where: { $0.contains(where: RightToLeft.contains) }) {
      words = zip(RightToLeft.logicalOrder(rows), words).map(Self.words)
    }
    return words.joined().map { (string($0.scalars), $0.glyphs) }
  }

  struct Word {
    var scalars: [UInt32] = []
    var glyphs: [Int] = []
  }

  /// The words of a row, given the glyph of each of its scalars that are no spaces.
  private static func words(_ row: [UInt32], _ sources: [Int]) -> [Word] {
    var words: [Word] = []
    var isInWord = false
    var place = 0
    for scalar in row {
      if scalar == 0x20 {
        isInWord = false
        continue
      }
      if !isInWord { words.append(Word()) }
      isInWord = true
      words[words.count - 1].scalars.append(scalar)
      if place < sources.count, words[words.count - 1].glyphs.last != sources[place] {
        words[words.count - 1].glyphs.append(sources[place])
      }
      place += 1
    }
    return words
  }

  /// The words of a row in reading order, which have the letters of those that are drawn.
  private static func words(_ row: [UInt32], drawn words: [Word]) -> [Word] {
    func letters(_ word: Word) -> [UInt32] {
      word.scalars.map { min($0, RightToLeft.mirrored($0)) }.sorted()
    }
    var byLetters = Dictionary(grouping: words, by: letters)
    return Self.words(row, []).compactMap { word in
      let letters = letters(word)
      guard let known = byLetters[letters], !known.isEmpty else { return nil }
      // Of equal words the one on the right is read first.
      let place = word.scalars.contains(where: RightToLeft.contains) ? known.count - 1 : 0
      byLetters[letters]?.remove(at: place)
      return Word(scalars: word.scalars, glyphs: known[place].glyphs)
    }
  }
}
