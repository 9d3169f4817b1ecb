/// Completes words that were typed in part.
extension QueryTerms {
  /// The most words that a prefix expands to.
  private static let mostCompletions = 24

  /// The group for all words that begin so, the commonest first.
  mutating func completions(of prefix: [UInt8], weight: Float) -> QueryPlan.Group {
    var commonest = TopK<Completion>(most: QueryTerms.mostCompletions)
    for word in records.sortedWords.words(beginningWith: prefix, in: records.vocabulary.words)
    where frequency(word) > 0 {
      commonest.offer(
        Completion(frequency: frequency(word), word: word, letters: records.vocabulary.words[word]))
    }
    var group = QueryPlan.Group(bits: 0, typed: [prefix])
    for word in commonest.sorted.map(\.word) {
      let more = self.group(of: word, weight: weight, .completion)
      if group.alternatives.contains(where: { $0.stem == more.alternatives.first?.stem }) {
        continue
      }
      group.alternatives += more.alternatives
      group.pageStems += more.pageStems
      if records.vocabulary.words[word].elementsEqual(prefix) { group.exact.append(word) }
    }
    let known = Set(group.pageStems.map(\.stem))
    let more = pages.stems(beginningWith: prefix, most: QueryTerms.mostCompletions)
    isComplete = isComplete && more.isComplete
    for stem in more.stems where !known.contains(stem) {
      group.pageStems.append((stem, weight, .completion))
    }
    return group
  }

  /// A word and how many documents have it; of equal ones the first in byte order is greater.
  private struct Completion: Comparable {
    let frequency: UInt32
    let word: UInt32
    let letters: ArraySlice<UInt8>

    static func == (left: Completion, right: Completion) -> Bool { left.word == right.word }

    static func < (left: Completion, right: Completion) -> Bool {
      left.frequency != right.frequency
        ? left.frequency < right.frequency : right.letters.lexicographicallyPrecedes(left.letters)
    }
  }
}
