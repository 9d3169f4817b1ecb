/// The words of the public records.
///
/// For each stem it has the documents with that stem, and for each document its words in order. A
/// document that changes gets a new place behind all others; its old one stays empty, as that of a
/// removed one, until the index is rebuilt. Nothing that ranks depends on places or on the numbers of
/// words, so that an index that was changed and one that was built from the same records rank alike.
struct RecordIndex: Sendable {
  private(set) var vocabulary = Vocabulary()
  private var reader = RecordReader()
  private(set) var postings = RecordPostings()
  /// By place, also those that were removed.
  private(set) var documents: [Document] = []
  private var texts = ArrayStore<UInt16>()
  private var sortTitles = ArrayStore<UInt8>()
  /// Of each document, in the same order.
  private(set) var facts: [Facts] = []
  /// For each document the number of its file in the index of pages; -1 without one.
  private(set) var fileNumbers: [Int32] = []
  /// The authors and topics of all documents, in the order of their places.
  private(set) var named: [Named] = []
  /// How many words each document has.
  private(set) var lengths: [Float] = []
  /// The places of the documents that were not removed.
  private(set) var live = BitSet(places: 0)
  /// How many of them have each value.
  private(set) var totals = ValueCounts()
  /// How often a document was changed or removed.
  private var removals = 0
  private var pending: [Int64: IndexedRecord] = [:]
  /// The places of documents that were scheduled, and so were not public at every time; with the
  /// seconds since 1970 from which on they are.
  private var dated: [Int: Int64] = [:]
  private(set) var authors: IndexedAuthors
  private(set) var topics = WordTable()
  private(set) var types: [String] = []
  private(set) var languages: [String] = [""]
  private var placeOfID: [Int64: Int] = [:]
  private var totalLength = 0
  /// Of the words and titles of all documents, in bytes.
  private var textsWeight = 0
  /// The latest date of a document.
  private var newest: Int32 = 0
  private(set) var sortedWords = SortedWords()
  private(set) var sortedPlaces = SortedPlaces()
  /// Where the documents are in a latent space, if there is one.
  private(set) var meaning: RecordVectors?

  init(names: AuthorNames) { authors = IndexedAuthors(names) }

  /// More than the weighted counts and places of documents have room for.
  static let mostDocuments = 1 << 24

  /// How many documents it has.
  var count: Int { placeOfID.count }

  var averageLength: Float { count == 0 ? 1 : max(1, Float(totalLength) / Float(count)) }

  /// Whether so much was changed that words and names without documents waste memory.
  var isWorn: Bool { removals > 1000 && removals > count / 4 }

  /// The memory it holds, about.
  var weight: Int {
    vocabulary.weight + authors.weight + topics.weight
      + postings.weight + 4 * named.capacity
      + 120 * documents.count + textsWeight + (meaning?.weight ?? 0)
  }

  func place(of id: Int64) -> Int? { placeOfID[id] }

  /// 1 for the newest document, falling to 0 for one that is thirty years older.
  func recency(of place: Int) -> Float {
    1 - min(30, Float(max(0, newest - facts[place].date)) / 10_000) / 30
  }

  private var sortKeys: SortedPlaces.Keys {
    SortedPlaces.Keys(documents: documents, facts: facts, titles: sortTitles)
  }

  var nextDue: Int64 { pending.values.map(\.visibleFrom).min() ?? .max }

  /// Adds the scheduled records that have become public; returns their files.
  mutating func admit(at now: Int64) -> [Int64] {
    let due = pending.values.filter { $0.visibleFrom <= now }
    for var record in due {
      record.read = now
      record.isScheduled = true
      insert(record)
    }
    return due.map(\.file)
  }

  /// Whether it has the words of a record, so that searches find it.
  func isPublic(_ id: Int64) -> Bool { placeOfID[id] != nil }

  /// The file of a publication that is or will be found; 0 without one.
  func file(of id: Int64) -> Int64 {
    placeOfID[id].map { documents[$0].file } ?? pending[id]?.file ?? 0
  }

  mutating func insert(_ record: IndexedRecord) {
    remove(record.id)
    guard record.visibleFrom <= record.read else {
      pending[record.id] = record
      return
    }
    let place = documents.count
    guard place < RecordIndex.mostDocuments else { return }
    placeOfID[record.id] = place
    live.append(place)
    let read = reader.words(of: record, in: &vocabulary)
    let units = DocumentWords.units(of: read.numbers)
    let words = DocumentWords(units[...])
    documents.append(
      Document(
        id: record.id, file: record.file, words: texts.append(units),
        sortTitle: sortTitles.append(record.sortTitle.utf8)))
    textsWeight += 2 * units.count + record.sortTitle.utf8.count
    fileNumbers.append(record.fileNumber)
    lengths.append(Float(read.length))
    totalLength += read.length
    vocabulary.countRecord(with: words.distinct())
    post(words.stemCounts(in: vocabulary), at: place)
    addFacts(of: record, at: place)
    sortedPlaces.insert(place, by: sortKeys)
  }

  mutating func remove(_ id: Int64) {
    pending[id] = nil
    guard let place = placeOfID.removeValue(forKey: id) else { return }
    clear(place)
  }

  private mutating func addFacts(of record: IndexedRecord, at place: Int) {
    let own = Facts(
      date: record.date,
      language: UInt16(clamping: RecordIndex.number(record.language, in: &languages)),
      type: UInt8(clamping: RecordIndex.number(record.type, in: &types)),
      named: UInt32(named.count))
    for spelling in authors.insert(record.authors) { named.append(Named(spelling: spelling)) }
    for name in record.topics { named.append(Named(topic: topics.insert(Array(name.utf8)))) }
    facts.append(own)
    totals.reserve(own, names(at: place))
    totals.add(1, own, names(at: place))
    newest = max(newest, record.date)
    if record.isScheduled { dated[place] = record.visibleFrom }
  }

  /// Removes the document at a place from everything that is counted or sorted.
  private mutating func clear(_ place: Int) {
    removals += 1
    sortedPlaces.remove(place, by: sortKeys)
    let words = words(at: place)
    vocabulary.discountRecord(with: words.distinct())
    for (stem, _) in words.stemCounts(in: vocabulary) { postings.discount(stem) }
    totals.add(-1, facts[place], names(at: place))
    for name in names(at: place) {
      if let spelling = name.spelling { authors.remove(spelling) }
    }
    totalLength -= Int(lengths[place])
    dated[place] = nil
    live.remove(place)
    fileNumbers[place] = -1
    if facts[place].date == newest {
      newest = 0
      live.each { newest = max(newest, facts[$0].date) }
    }
  }

  /// Documents that the posting lists of their words do not have.
  var defects: [Int64] {
    var found = [Int](repeating: 0, count: documents.count)
    for stem in 0..<UInt32(postings.stems) {
      for posting in postings[stem] where posting.place < found.count {
        found[posting.place] += 1
      }
    }
    return placeOfID.filter { _, place in
      found[place] != words(at: place).stemCounts(in: vocabulary).count
    }.map(\.key).sorted()
  }

  private mutating func post(_ counts: [(stem: UInt32, count: UInt8)], at place: Int) {
    while postings.stems < vocabulary.stems.count {
      meaning?.addStem(Array(vocabulary.stems[UInt32(postings.stems)]))
      postings.addStem()
    }
    for (stem, count) in counts { postings.append(place, count: count, of: stem) }
    meaning?.set(counts, at: place)
  }

  /// Places all documents in a latent space; nil does without one.
  mutating func use(_ space: LatentSpace?) {
    meaning = space.map(RecordVectors.init)
    guard meaning != nil else { return }
    for stem in 0..<UInt32(postings.stems) { meaning?.addStem(Array(vocabulary.stems[stem])) }
    for place in documents.indices where live.contains(place) {
      let counts = words(at: place).stemCounts(in: vocabulary)
      meaning?.set(counts, at: place)
    }
  }

  mutating func beginLoading() { sortedPlaces.leaveUnsorted() }

  mutating func endLoading() {
    postings.trim()
    sortedWords.sort(vocabulary.words)
    sortedPlaces.sort(by: sortKeys)
  }

  /// The words of a document, with a marker before each field.
  func words(at place: Int) -> DocumentWords { DocumentWords(texts[documents[place].words]) }

  /// The authors and topics of a document.
  func names(at place: Int) -> ArraySlice<Named> {
    let end = place + 1 < facts.count ? Int(facts[place + 1].named) : named.count
    return named[Int(facts[place].named)..<end]
  }

  /// The documents that are public at a moment.
  func visible(at now: Int64) -> BitSet {
    var visible = live
    for (place, from) in dated where from > now { visible.remove(place) }
    return visible
  }

  private static func number(_ name: String, in names: inout [String]) -> Int {
    if let known = names.firstIndex(of: name) { return known }
    names.append(name)
    return names.count - 1
  }
}
