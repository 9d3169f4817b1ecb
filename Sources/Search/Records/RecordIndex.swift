/// The words of the public records.
///
/// For each stem it has the documents with that stem, and for each document its words in order. A
/// document keeps its place when it changes, and the place of a removed one is used again. Nothing
/// that ranks depends on places or on the numbers of words, so that an index that was changed and
/// one that was built from the same records rank alike.
struct RecordIndex: Sendable {
  /// What filters, facets and orders need of a document.
  struct Facts: Sendable {
    /// Year, month and day as one number such as 20100225; unknown parts are 0.
    let date: Int32
    /// An index into `types`.
    let type: UInt8
    /// An index into `languages`.
    let language: UInt16
    /// Where its authors begin in `named`, where its topics begin, and where these end.
    fileprivate let start: UInt32
    fileprivate let middle: UInt32
    fileprivate let end: UInt32

    var year: Int { Int(date) / 10_000 }
    var authors: Range<Int> { Int(start)..<Int(middle) }
    var topics: Range<Int> { Int(middle)..<Int(end) }
  }

  private(set) var vocabulary = Vocabulary()
  private var reader = RecordReader()
  private(set) var postings = RecordPostings()
  private(set) var documents: [Document] = []
  /// Of each document, in the same order.
  private(set) var facts: [Facts] = []
  /// For each document the number of its file in the index of pages; -1 without one.
  private(set) var fileNumbers: [Int32] = []
  /// The authors and topics of all documents, as spellings in `authors` and numbers in `topics`.
  private(set) var named: [UInt32] = []
  /// How many words each document has; 0 for an empty place.
  private(set) var lengths: [Float] = []
  /// Places without a document.
  private(set) var empty: [Int] = []
  /// How often a document was changed or removed.
  private var removals = 0
  private var pending: [Int64: IndexedRecord] = [:]
  /// Places whose document was scheduled, so that it was not public at every time.
  private(set) var dated: Set<Int> = []
  private(set) var authors: IndexedAuthors
  private(set) var topics = WordTable()
  private(set) var types: [String] = []
  private(set) var languages: [String] = [""]
  private var placeOfID: [Int64: Int] = [:]
  private var totalLength = 0
  /// Of the words of all documents.
  private var wordsWeight = 0
  /// The latest date of a document.
  private var newest: Int32 = 0
  private(set) var sortedWords = SortedWords()
  /// The places of documents in the order of their titles, of equal ones the newest first.
  private(set) var byTitle: [Int] = []
  /// The places of documents, the newest first.
  private(set) var byDate: [Int] = []
  /// Where the documents are in a latent space, if there is one.
  private(set) var meaning: RecordVectors?
  /// Whether titles and dates are kept in order.
  private var isSorted = true

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
      + 176 * documents.count + wordsWeight + (meaning?.weight ?? 0)
  }

  func place(of id: Int64) -> Int? { placeOfID[id] }

  /// 1 for the newest document, falling to 0 for one that is thirty years older.
  func recency(of place: Int) -> Float {
    1 - min(30, Float(max(0, newest - facts[place].date)) / 10_000) / 30
  }

  /// Whether a document comes before another one in the order of titles.
  private func isTitle(at place: Int, before other: Int) -> Bool {
    let (title, otherTitle) = (documents[place].sortTitle, documents[other].sortTitle)
    guard title == otherTitle else { return title.lexicographicallyPrecedes(otherTitle) }
    return isNewer(at: place, than: other)
  }

  private func isNewer(at place: Int, than other: Int) -> Bool {
    (facts[place].date, documents[place].id) > (facts[other].date, documents[other].id)
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
    guard record.visibleFrom <= record.read else {
      remove(record.id)
      pending[record.id] = record
      return
    }
    pending[record.id] = nil
    guard let place = emptyPlace(for: record.id) else { return }
    placeOfID[record.id] = place
    let words = reader.words(of: record, in: &vocabulary)
    let document = Document(
      id: record.id, visibleFrom: record.visibleFrom, file: record.file,
      sortTitle: Array(record.sortTitle.utf8),
      words: DocumentWords(words.numbers))
    documents[place] = document
    fileNumbers[place] = record.fileNumber
    vocabulary.countRecord(with: document.distinctWords())
    post(document.stemCounts(in: vocabulary), at: place)
    let start = UInt32(named.count)
    for spelling in authors.insert(record.authors) { named.append(spelling) }
    let middle = UInt32(named.count)
    for name in record.topics { named.append(topics.insert(Array(name.utf8))) }
    facts[place] = Facts(
      date: record.date, type: UInt8(clamping: RecordIndex.number(record.type, in: &types)),
      language: UInt16(clamping: RecordIndex.number(record.language, in: &languages)),
      start: start, middle: middle, end: UInt32(named.count))
    newest = max(newest, record.date)
    wordsWeight += document.words.weight
    lengths[place] = Float(words.length)
    totalLength += words.length
    if record.isScheduled { dated.insert(place) }
    if isSorted {
      byTitle.insert(place, at: byTitle.boundary({ !isTitle(at: $0, before: place) }))
      byDate.insert(place, at: byDate.boundary({ !isNewer(at: $0, than: place) }))
    } else {
      byTitle.append(place)
      byDate.append(place)
    }
  }

  mutating func remove(_ id: Int64) {
    pending[id] = nil
    guard let place = placeOfID.removeValue(forKey: id) else { return }
    clear(place)
    empty.append(place)
  }

  /// The place of a document, without what it had there, or a place for a new one; nil when the
  /// index is full.
  private mutating func emptyPlace(for id: Int64) -> Int? {
    if let place = placeOfID[id] {
      clear(place)
      return place
    }
    if let place = empty.popLast() { return place }
    guard documents.count < RecordIndex.mostDocuments else { return nil }
    documents.append(.empty)
    fileNumbers.append(-1)
    facts.append(.empty)
    lengths.append(0)
    return documents.count - 1
  }

  /// Removes everything that the index has of the document at a place.
  private mutating func clear(_ place: Int) {
    removals += 1
    if isSorted {
      byTitle.remove(at: byTitle.boundary({ !isTitle(at: $0, before: place) }))
      byDate.remove(at: byDate.boundary({ !isNewer(at: $0, than: place) }))
    } else {
      byTitle.removeAll { $0 == place }
      byDate.removeAll { $0 == place }
    }
    let words = documents[place].distinctWords()
    vocabulary.discountRecord(with: words)
    for stem in Set(words.map { vocabulary.stemOfWord[Int($0)] }) {
      postings.remove(place, of: stem)
    }
    wordsWeight -= documents[place].words.weight
    let facts = facts[place]
    for index in facts.authors { authors.remove(named[index]) }
    totalLength -= Int(lengths[place])
    lengths[place] = 0
    dated.remove(place)
    documents[place] = .empty
    fileNumbers[place] = -1
    self.facts[place] = .empty
    if facts.date == newest { newest = self.facts.reduce(0) { max($0, $1.date) } }
  }

  /// Documents that the posting lists of their words do not have.
  var defects: [Int64] {
    placeOfID.filter { _, place in
      documents[place].distinctWords().contains { word in
        !postings.has(vocabulary.stemOfWord[Int(word)], at: place)
      }
    }.map(\.key).sorted()
  }

  private mutating func post(_ counts: [(stem: UInt32, count: UInt8)], at place: Int) {
    while postings.stems < vocabulary.stems.count {
      meaning?.addStem(Array(vocabulary.stems[UInt32(postings.stems)]))
      postings.addStem()
    }
    for (stem, count) in counts { postings.insert(place, count: count, of: stem) }
    meaning?.set(counts, at: place)
  }

  /// Places all documents in a latent space; nil does without one.
  mutating func use(_ space: LatentSpace?) {
    meaning = space.map(RecordVectors.init)
    guard meaning != nil else { return }
    for stem in 0..<UInt32(postings.stems) { meaning?.addStem(Array(vocabulary.stems[stem])) }
    for place in documents.indices {
      meaning?.set(documents[place].stemCounts(in: vocabulary), at: place)
    }
  }

  mutating func beginLoading() { isSorted = false }

  mutating func endLoading() {
    postings.trim()
    sortedWords.sort(vocabulary.words)
    let places = byTitle
    byTitle = places.sorted { isTitle(at: $0, before: $1) }
    byDate = places.sorted { isNewer(at: $0, than: $1) }
    isSorted = true
  }

  /// The documents that are public at a moment.
  func visible(at now: Int64) -> BitSet {
    var visible = BitSet(places: documents.count, isFull: true)
    hide(notVisibleAt: now, in: &visible)
    return visible
  }

  /// Removes the places without a document that is public at a moment.
  func hide(notVisibleAt now: Int64, in places: inout BitSet) {
    for place in empty { places.remove(place) }
    for place in dated where documents[place].visibleFrom > now { places.remove(place) }
  }

  private static func number(_ name: String, in names: inout [String]) -> Int {
    if let known = names.firstIndex(of: name) { return known }
    names.append(name)
    return names.count - 1
  }
}

extension RecordIndex.Facts {
  fileprivate static let empty = Self(date: 0, type: 0, language: 0, start: 0, middle: 0, end: 0)
}
