/// The documents with required and with excluded words, phrases and fields.
struct Requirements {
  private let records: RecordIndex
  private let pages: PageIndex
  private let isOver: () -> Bool
  /// For each required clause the documents that have it, and for each excluded one.
  private(set) var required: [BitSet] = []
  private(set) var excluded: [BitSet] = []
  /// The pages with required phrases, by segment.
  private(set) var phrasePages: [[BitSet]] = []
  /// Whether the result may be incomplete: time ran out, or a segment could not be read.
  var isPartial: Bool { hasRunOut || !isComplete }
  private var hasRunOut = false
  private var isComplete = true

  /// Matches one word of a phrase.
  private enum Matcher {
    case stem(UInt32)
    case words(Set<UInt32>)
    case nothing
  }

  init(
    _ query: SearchQuery, _ records: RecordIndex, _ pages: PageIndex,
    until isOver: @escaping () -> Bool
  ) {
    self.records = records
    self.pages = pages
    self.isOver = isOver
    for clause in query.clauses where clause.isRequired || clause.isExcluded {
      var places = BitSet(places: records.documents.count)
      for words in clause.alternatives {
        markRecords(words, clause.field, in: &places)
        guard clause.field == nil else { continue }
        let found = markFiles(words, in: &places)
        if clause.isRequired, words.count > 1 { phrasePages.append(found) }
      }
      if clause.isExcluded { excluded.append(places) } else { required.append(places) }
    }
  }

  private mutating func markRecords(
    _ words: [SearchQuery.Word], _ field: SearchQuery.Field?, in places: inout BitSet
  ) {
    let matchers = words.map(matcher)
    guard let first = matchers.first else { return }
    var candidates = self.places(of: first)
    for matcher in matchers.dropFirst() {
      candidates.formIntersection(self.places(of: matcher))
    }
    guard field != nil || matchers.count > 1 else {
      places.formUnion(candidates)
      return
    }
    candidates.subtract(places)
    var looked = 0
    candidates.each { place in
      looked += 1
      if looked % 512 == 0, !hasRunOut { hasRunOut = isOver() }
      if !hasRunOut, has(matchers, in: Array(records.words(at: place)), field) {
        places.insert(place)
      }
    }
  }

  private func matcher(for word: SearchQuery.Word) -> Matcher {
    if word.isPrefix {
      return .words(
        Set(
          records.sortedWords.words(beginningWith: word.letters, in: records.vocabulary.words)
            .filter { records.vocabulary.frequencyOfWord[Int($0)] > 0 }))
    }
    return records.vocabulary.stems.number(of: Stemmer.stem(word.letters)).map { .stem($0) }
      ?? .nothing
  }

  private func places(of matcher: Matcher) -> BitSet {
    var places = BitSet(places: records.documents.count)
    let stems: Set<UInt32> =
      switch matcher {
      case .stem(let stem): [stem]
      case .words(let words): Set(words.map { records.vocabulary.stemOfWord[Int($0)] })
      case .nothing: []
      }
    for stem in stems {
      for posting in records.postings[stem] { places.insert(posting.place) }
    }
    return places
  }

  /// Whether a document has words in a row; those of a name may be in any order.
  private func has(
    _ matchers: [Matcher], in words: [UInt32], _ field: SearchQuery.Field?
  ) -> Bool {
    var isInField = field == nil
    for (index, word) in words.enumerated() {
      if word >= RecordIndex.Field.firstMarker {
        if word != RecordIndex.Field.gap {
          isInField = field.map { $0.indexed.marker == word } ?? true
        }
        if isInField, field == .author, hasName(matchers, in: words[(index + 1)...]) { return true }
        continue
      }
      guard isInField, field != .author, !word.isAtSamePosition else { continue }
      if isPhrase(matchers, at: index, in: words) { return true }
    }
    return false
  }

  /// Whether words follow each other from an index on; each position may have several.
  private func isPhrase(_ matchers: [Matcher], at index: Int, in words: [UInt32]) -> Bool {
    var index = index
    for matcher in matchers {
      guard index < words.count else { return false }
      var isHere = fits(words[index], matcher)
      index += 1
      while index < words.count, words[index].isAtSamePosition {
        isHere = isHere || fits(words[index], matcher)
        index += 1
      }
      if !isHere { return false }
    }
    return true
  }

  private func hasName(_ matchers: [Matcher], in words: ArraySlice<UInt32>) -> Bool {
    let name = words.prefix { $0 < RecordIndex.Field.firstMarker }
    return matchers.allSatisfy { matcher in name.contains { fits($0, matcher) } }
  }

  private func fits(_ word: UInt32, _ matcher: Matcher) -> Bool {
    guard word < RecordIndex.Field.firstMarker else { return false }
    let word = word.word
    switch matcher {
    case .stem(let stem): return records.vocabulary.stemOfWord[Int(word)] == stem
    case .words(let words): return words.contains(word)
    case .nothing: return false
    }
  }

  /// Marks the documents with the words on one page of their file; returns these pages by segment.
  private mutating func markFiles(
    _ words: [SearchQuery.Word], in places: inout BitSet
  ) -> [BitSet] {
    guard !pages.isEmpty, words.count < PostingList.longestPhrase else { return [] }
    let postings = words.map {
      pages.postings(of: Stemmer.stem($0.letters), hasPositions: words.count > 1)
    }
    isComplete = isComplete && postings.allSatisfy(\.isComplete)
    let together = (0..<pages.segments).map { segment in
      self.together(postings.map { $0.lists[segment] }, ofSegment: segment)
    }
    for (place, number) in records.fileNumbers.enumerated() {
      guard let location = pages.location(ofNumber: number) else { continue }
      if location.pages.contains(where: together[location.segment].contains) {
        places.insert(place)
      }
    }
    hasRunOut = hasRunOut || isOver()
    return together
  }

  /// The pages of a segment on which words follow each other; a word without a list is on none.
  private func together(_ words: [PostingList?], ofSegment segment: Int) -> BitSet {
    let count = pages.lengths(ofSegment: segment).count
    let lists = words.compactMap(\.self)
    guard lists.count == words.count, !hasRunOut, !isOver() else { return BitSet(places: count) }
    var together = BitSet(places: count, isFull: true)
    for list in lists {
      var places = BitSet(places: count)
      list.each { page, _ in if page < count { places.insert(page) } }
      together.formIntersection(places)
    }
    guard lists.count > 1, !together.isEmpty else { return together }
    var beginnings: [UInt64]?
    for (offset, list) in lists.enumerated() {
      let more = list.beginnings(before: offset, on: together)
      beginnings = beginnings.map { Requirements.common($0, more) } ?? more
    }
    together = BitSet(places: count)
    for beginning in beginnings ?? [] { together.insert(Int(beginning >> 32)) }
    return together
  }

  /// The numbers that two lists in ascending order share.
  private static func common(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var common: [UInt64] = []
    var index = 0
    for number in left {
      while index < right.count, right[index] < number { index += 1 }
      if index < right.count, right[index] == number { common.append(number) }
    }
    return common
  }
}

extension SearchQuery.Field {
  fileprivate var indexed: RecordIndex.Field {
    switch self {
    case .title: .title
    case .author: .authors
    case .topic: .topics
    }
  }
}
