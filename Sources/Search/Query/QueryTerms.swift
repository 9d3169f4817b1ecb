/// Looks up the words of a query in the indexes of records and of pages.
struct QueryTerms {
  let records: RecordIndex
  let pages: PageIndex
  /// Whether the words of all pages could be read.
  var isComplete = true

  init(_ records: RecordIndex, _ pages: PageIndex) {
    self.records = records
    self.pages = pages
  }

  /// The group for a word of the index.
  func group(
    of word: UInt32, weight: Float, _ relation: MatchedWord.Relation
  ) -> QueryPlan.Group {
    let stem = records.vocabulary.stemOfWord[Int(word)]
    return QueryPlan.Group(
      alternatives: [.init(stem: stem, weight: weight, idf: idf(stem))],
      pageStems: [(Array(records.vocabulary.stems[stem]), weight, relation)], bits: 0)
  }

  /// The group for a word; nil if the index does not have it.
  mutating func group(stem: [UInt8], word: [UInt8]) -> QueryPlan.Group? {
    var group = QueryPlan.Group(bits: 0)
    if let number = records.vocabulary.stems.number(of: stem),
      records.postings.count(of: number) > 0
    {
      group.alternatives = [.init(stem: number, weight: 1, idf: idf(number))]
    }
    if group.alternatives.isEmpty {
      let found = pages.count(of: stem)
      isComplete = isComplete && found.isComplete
      if found.count == 0 { return nil }
    }
    group.pageStems = [(stem, 1, .form)]
    group.typed = [word]
    if let number = records.vocabulary.words.number(of: word), frequency(number) > 0 {
      group.exact = [number]
    }
    return group
  }

  /// The stem of a word in the index of records, if it is there.
  func stem(of word: SearchQuery.Word) -> UInt32? {
    records.vocabulary.stems.number(of: Stemmer.stem(word.letters))
  }

  /// How many records have a word.
  func frequency(_ word: UInt32) -> UInt32 { records.vocabulary.frequencyOfWord[Int(word)] }

  func text(_ word: UInt32) -> String {
    String(decoding: records.vocabulary.words[word], as: UTF8.self)
  }

  func idf(_ stem: UInt32) -> Float {
    QueryPlan.idf(records.postings.count(of: stem), of: records.count)
  }

  func pageIDF(_ stem: [UInt8]) -> Float {
    QueryPlan.idf(pages.count(of: stem).count, of: pages.count)
  }
}
