/// How many documents have each value that facets show.
struct ValueCounts: Sendable {
  /// By year, from the year 0, which is none.
  private(set) var years: [Int32] = []
  /// By the numbers of types and of languages.
  private(set) var types: [Int32] = []
  private(set) var languages: [Int32] = []
  /// By the codes of authors and topics.
  private var named: [Int32] = []

  /// Makes room for a document.
  mutating func reserve(_ facts: RecordIndex.Facts, _ names: some Sequence<RecordIndex.Named>) {
    ValueCounts.grow(&years, to: ValueCounts.year(of: facts))
    ValueCounts.grow(&types, to: Int(facts.type))
    ValueCounts.grow(&languages, to: Int(facts.language))
    for name in names { ValueCounts.grow(&named, to: Int(name.code)) }
  }

  private static func grow(_ counts: inout [Int32], to number: Int) {
    while counts.count <= number { counts.append(0) }
  }

  private static func year(of facts: RecordIndex.Facts) -> Int { min(max(facts.year, 0), 9999) }

  /// The same values, none of which is counted.
  var cleared: ValueCounts {
    var counts = ValueCounts()
    counts.years = Array(repeating: 0, count: years.count)
    counts.types = Array(repeating: 0, count: types.count)
    counts.languages = Array(repeating: 0, count: languages.count)
    counts.named = Array(repeating: 0, count: named.count)
    return counts
  }

  /// How many documents have a spelling of an author, and a topic.
  func count(_ name: RecordIndex.Named) -> Int32 {
    // A spelling is not counted beside another one of its author in the same document.
    Int(name.code) < named.count ? named[Int(name.code)] : 0
  }

  /// Counts a document `step` times more: its facts, and its authors and topics.
  mutating func add(
    _ step: Int32, _ facts: RecordIndex.Facts, _ names: some Sequence<RecordIndex.Named>
  ) {
    years[ValueCounts.year(of: facts)] += step
    types[Int(facts.type)] += step
    languages[Int(facts.language)] += step
    for name in names { named[Int(name.code)] += step }
  }

  /// Counts each of the documents at some places `step` times more.
  mutating func add(_ step: Int32, _ places: BitSet, of records: RecordIndex) {
    ValueCounts.add(
      step, places, records.facts, records.named, to: &years, &types, &languages, &named)
  }

  private static func add(
    _ step: Int32, _ places: BitSet, _ facts: [RecordIndex.Facts], _ names: [RecordIndex.Named],
    to years: inout [Int32], _ types: inout [Int32], _ languages: inout [Int32],
    _ named: inout [Int32]
  ) {
    let (facts, names) = (facts.span, names.span)
    var years = years.mutableSpan
    var types = types.mutableSpan
    var languages = languages.mutableSpan
    var named = named.mutableSpan
    places.each { place in
      let own = facts[place]
      years[year(of: own)] += step
      types[Int(own.type)] += step
      languages[Int(own.language)] += step
      let end = place + 1 < facts.count ? Int(facts[place + 1].named) : names.count
      for index in Int(own.named)..<end { named[Int(names[index].code)] += step }
    }
  }
}
