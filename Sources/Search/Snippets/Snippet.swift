/// A piece of text around the words of a query.
package struct Snippet: Sendable, Equatable {
  package struct Segment: Sendable, Equatable {
    package let text: String
    /// Whether it is a word of the query.
    package let isMatch: Bool

    package init(_ text: String, isMatch: Bool = false) {
      self.text = text
      self.isMatch = isMatch
    }
  }

  package let segments: [Segment]

  /// The piece without marks.
  package var text: String { segments.map(\.text).joined() }

  package init(segments: [Segment]) { self.segments = segments }
}

/// Finds the words of a query in text and cuts snippets around them.
package struct SnippetMaker: Sendable {
  private var stems = WordTable()
  /// Whether any stem begins with a byte; most words of a text are skipped by their first one.
  private var firsts = [Bool](repeating: false, count: 256)
  /// The words of the texts so far, so that each is stemmed once.
  private var words = WordTable()
  /// For each word the number of its stem; nil if the query does not have it.
  private var stemOfWord: [UInt32?] = []
  private var tokenizer = Tokenizer()
  /// Bytes of a snippet, about.
  private static let length = 230
  /// Bytes that a snippet may begin before its first match.
  private static let lead = 60
  /// How much of a text is searched: more than any page has.
  private static let longestText = 200_000

  /// - Parameter plan: The query; its words and their alternatives are marked.
  init(_ plan: QueryPlan) {
    for (stem, _) in plan.groups.flatMap(\.pageStems) {
      _ = stems.insert(stem)
      if let first = stem.first { firsts[Int(first)] = true }
    }
  }

  private struct Match {
    let range: Range<Int>
    /// Its number.
    let stem: UInt32
  }

  /// A snippet of the part of the text with most words; its beginning if it has none.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - beside: How other pages of the same file begin and end; lines that they share are running
  ///     heads.
  /// - Returns: The snippet.
  package mutating func snippet(of text: String, beside: [PageEnds] = []) -> Snippet {
    let start = text.utf8.prefix(SnippetMaker.longestText)
    var starts: [Int] = []
    // Prose is preferred, but the words may only be in a heading or a table.
    var bytes = SnippetText(start, isWhole: false, beside: beside).bytes
    var matches = matches(in: String(decoding: bytes, as: UTF8.self), starts: &starts)
    if matches.isEmpty {
      let whole = SnippetText(start, isWhole: true).bytes
      var others: [Int] = []
      let more = self.matches(in: String(decoding: whole, as: UTF8.self), starts: &others)
      if !more.isEmpty || bytes.allSatisfy({ $0 <= 0x20 }) {
        (bytes, matches, starts) = (whole, more, others)
      }
    }
    let focus = SnippetMaker.best(of: matches)
    let window = SnippetMaker.window(from: focus ?? 0, starts: starts, in: bytes)
    return SnippetMaker.cut(bytes, window, matches.map(\.range))
  }

  private mutating func matches(in text: String, starts: inout [Int]) -> [Match] {
    var matches: [Match] = []
    var begins: [Int] = []
    var broken: (word: [UInt8], start: Int)?
    // Taken out, since the closure also changes `self`.
    var tokenizer = Tokenizer()
    swap(&tokenizer, &self.tokenizer)
    defer { swap(&tokenizer, &self.tokenizer) }
    tokenizer.each(in: text) { word, range, role in
      let isPart =
        switch role {
        case .part, .spelling: true
        case .word, .whole: false
        }
      if !isPart { begins.append(range.lowerBound) }
      if let stem = stem(of: word) { matches.append(Match(range: range, stem: stem)) }
      if isPart { return }
      if let start = broken {
        if let whole = stem(of: start.word + word), matches.last?.range != range {
          matches.append(Match(range: start.start..<range.upperBound, stem: whole))
        }
      }
      broken = word.endsInLigature ? (word, range.lowerBound) : nil
    }
    starts = begins
    return matches
  }

  /// The number of the stem of a word; nil if the query does not have it.
  private mutating func stem(of word: [UInt8]) -> UInt32? {
    guard let first = word.first, firsts[Int(first)] else { return nil }
    let number = Int(words.insert(word))
    if number == stemOfWord.count { stemOfWord.append(stems.number(of: Stemmer.stem(word))) }
    return stemOfWord[number]
  }

  /// Where the stretch of a snippet's length begins that has the most different words.
  private static func best(of matches: [Match]) -> Int? {
    var best: (start: Int, worth: Int)?
    var end = 0
    var counts: [UInt32: Int] = [:]
    for (index, match) in matches.enumerated() {
      while end < matches.count,
        matches[end].range.upperBound - match.range.lowerBound <= length - lead
      {
        counts[matches[end].stem, default: 0] += 1
        end += 1
      }
      let worth = counts.count * 4 + min(end - index, 3)
      if worth > (best?.worth ?? 0) { best = (match.range.lowerBound, worth) }
      if let count = counts[match.stem] {
        counts[match.stem] = count > 1 ? count - 1 : nil
      }
      end = max(end, index + 1)
    }
    return best?.start
  }

  /// Whole sentences where they are short enough, else from the beginning of a word to the end of
  /// one.
  private static func window(from focus: Int, starts: [Int], in bytes: [UInt8]) -> Range<Int> {
    var start = 0
    if focus > lead {
      let near = starts.lazy.filter { $0 <= focus && $0 >= focus - lead }
      let sentence = starts.lazy.filter { $0 <= focus && $0 >= focus - 2 * lead }
        .last { beginsSentence($0, in: bytes) }
      start = sentence ?? near.first ?? focus
    }
    guard bytes.count - start > length else { return start..<bytes.count }
    let limit = start + length
    var end = limit
    if let sentence = starts.last(where: {
      $0 > max(focus, start + length / 2) && $0 <= limit + lead / 4
        && beginsSentence($0, in: bytes)
    }) {
      end = sentence
    } else if let next = starts.last(where: { $0 > focus && $0 <= limit }) {
      end = next
    }
    end = min(end, bytes.count)
    // Without words there, at the beginning of a character.
    while end > start, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    while end > start + 1, bytes[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }

  /// Whether a sentence or a line begins at a word.
  private static func beginsSentence(_ start: Int, in bytes: [UInt8]) -> Bool {
    guard start >= 2, bytes[start - 1] <= 0x20 else { return start == 0 }
    var index = start - 1
    while index > 0, bytes[index] <= 0x20 {
      if bytes[index] == 0x0A, bytes[index - 1] == 0x0A { return true }
      index -= 1
    }
    return [0x2E, 0x21, 0x3F].contains(bytes[index])
  }

  private static func cut(
    _ bytes: [UInt8], _ window: Range<Int>, _ matches: [Range<Int>]
  ) -> Snippet {
    var segments: [Snippet.Segment] = []
    // Paragraphs follow each other on the snippet's one line.
    func add(_ range: Range<Int>, isMatch: Bool) {
      var line: [UInt8] = []
      for byte in bytes[range] {
        if byte > 0x20 {
          line.append(byte)
        } else if line.last != 0x20 {
          line.append(0x20)
        }
      }
      segments.append(Snippet.Segment(String(decoding: line, as: UTF8.self), isMatch: isMatch))
    }
    let prefix = window.lowerBound > 0 ? "… " : ""
    let suffix = window.upperBound < bytes.count ? " …" : ""
    var position = window.lowerBound
    if !prefix.isEmpty { segments.append(Snippet.Segment(prefix)) }
    for match in matches where match.lowerBound >= window.lowerBound {
      guard match.upperBound <= window.upperBound, match.upperBound > position else { continue }
      let start = max(position, match.lowerBound)
      if start > position { add(position..<start, isMatch: false) }
      add(start..<match.upperBound, isMatch: true)
      position = match.upperBound
    }
    if position < window.upperBound { add(position..<window.upperBound, isMatch: false) }
    if !suffix.isEmpty { segments.append(Snippet.Segment(suffix)) }
    return Snippet(segments: SnippetMaker.merged(segments))
  }

  private static func merged(_ segments: [Snippet.Segment]) -> [Snippet.Segment] {
    var merged: [Snippet.Segment] = []
    for segment in segments {
      if let last = merged.last, last.isMatch == segment.isMatch {
        merged[merged.count - 1] = Snippet.Segment(last.text + segment.text, isMatch: last.isMatch)
      } else {
        merged.append(segment)
      }
    }
    return merged
  }
}
