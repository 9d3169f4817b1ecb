/// Chooses the passages of texts that best match a query.
package struct SnippetMaker: Sendable {
  private var finder: QueryWordFinder
  /// How much of a text is searched: more than any page has.
  private static let longestText = 200_000

  /// - Parameter plan: The query; its words and their alternatives are marked.
  init(_ plan: QueryPlan) { finder = QueryWordFinder(plan) }

  /// The best passage of a text, up to three sentences; without words of the query its beginning.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - beside: How other pages of the same file begin and end; lines that they share are running
  ///     heads.
  /// - Returns: The snippet.
  package mutating func snippet(of text: String, beside: [PageEnds] = []) -> Snippet {
    let whole = text.utf8.span
    let bytes = whole.extracting(first: min(whole.count, SnippetMaker.longestText))
    let matches = finder.matches(in: bytes)
    let sentences = SentenceSplitter.sentences(of: TextLines(bytes, beside: beside), in: bytes)
    let passage = Passages(sentences, matches, finder.weights).best(in: bytes)
    return snippet(of: passage, matches, in: bytes)
  }

  private func snippet(
    of passage: Passages.Passage, _ matches: [QueryWordFinder.Match], in bytes: Span<UInt8>
  ) -> Snippet {
    var writer = SnippetWriter()
    if passage.isCutBefore { writer.add("… ") }
    var position = passage.range.lowerBound
    var words: [MatchedWord] = []
    var known = Set<MatchedWord>()
    for match in matches where match.range.lowerBound >= passage.range.lowerBound {
      guard match.range.upperBound <= passage.range.upperBound, match.range.upperBound > position
      else { continue }
      let start = max(position, match.range.lowerBound)
      writer.add(bytes, position..<start, isMatch: false)
      writer.add(bytes, start..<match.range.upperBound, isMatch: true)
      position = match.range.upperBound
      if let word = finder.word(of: match, in: bytes), known.insert(word.inLowerCase).inserted {
        words.append(word)
      }
    }
    writer.add(bytes, position..<passage.range.upperBound, isMatch: false)
    if passage.isCutAfter { writer.end(with: " …") }
    return Snippet(segments: writer.segments, words: words, score: passage.score)
  }
}

/// Joins the parts of a snippet: lines become one, leaders and the numbers of notes are left out.
private struct SnippetWriter {
  private(set) var segments: [Snippet.Segment] = []
  private var last: UInt8 = 0x20
  private var cleaner = TextCleaner()

  mutating func add(_ text: String) { append(text, isMatch: false) }

  /// Adds what follows the text, in place of white space there.
  mutating func end(with text: String) {
    if let segment = segments.last, segment.text.hasSuffix(" "), !segment.isMatch {
      segments[segments.count - 1] = Snippet.Segment(String(segment.text.dropLast()))
    }
    append(text, isMatch: false)
  }

  mutating func add(_ bytes: Span<UInt8>, _ range: Range<Int>, isMatch: Bool) {
    var line: [UInt8] = []
    line.reserveCapacity(range.count)
    cleaner.each(of: range, in: bytes) { byte in
      // Paragraphs follow each other on the snippet's one line.
      let byte = byte > 0x20 ? byte : 0x20
      if byte == 0x20, last == 0x20 { return }
      line.append(byte)
      last = byte
    }
    append(String(decoding: line, as: UTF8.self), isMatch: isMatch)
  }

  private mutating func append(_ text: String, isMatch: Bool) {
    guard !text.isEmpty else { return }
    if let segment = segments.last, segment.isMatch == isMatch {
      segments[segments.count - 1] = Snippet.Segment(segment.text + text, isMatch: isMatch)
    } else {
      segments.append(Snippet.Segment(text, isMatch: isMatch))
    }
  }
}
