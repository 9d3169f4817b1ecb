/// The words of the public records.
///
/// For each stem it has the documents with that stem, and for each document its words in order. A
/// document keeps its place when it changes, and the place of a removed one is used again. Nothing
/// that ranks depends on places or on the numbers of words, so that an index that was changed and
/// one that was built from the same records rank alike.
struct RecordIndex: Sendable {
  /// A record in the index; one without an id is an empty place.
  struct Document: Sendable {
    let id: Int64
    /// Seconds since 1970 from which on it is public.
    let visibleFrom: Int64
    /// The file whose pages are its text; 0 without one.
    let file: Int64
    /// In UTF-8.
    let sortTitle: [UInt8]
    /// The numbers of the words, with a marker before each field.
    ///
    /// Words at one position follow each other, all but the first of them flagged with
    /// ``Field/samePosition``.
    let words: [UInt32]
  }

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

  /// The fields of a record, in the order in which a document has them.
  enum Field: UInt8, CaseIterable, Sendable {
    case title, abstract, authors, topics, series
    /// Words that may be the parts of one, put together: “suffi cient”, “co-operate”; and the keys
    /// of identifiers, which no word is.
    case joined

    var marker: UInt32 { Field.firstMarker + UInt32(rawValue) }

    /// How much a word counts.
    var weight: UInt64 { self == .title ? 3 : 1 }

    static let firstMarker = UInt32.max - 15
    /// Between two texts of one field, as two authors.
    static let gap = UInt32.max
    /// Set in the number of a word at the position of the word before it, of which it is a part or
    /// another spelling.
    static let samePosition: UInt32 = 1 << 31
  }

  private(set) var words = WordTable()
  private(set) var stems = WordTable()
  /// The stem of each word.
  private(set) var stemOfWord: [UInt32] = []
  /// Whether each word is a stop word.
  private(set) var saysNothing: [Bool] = []
  /// How many documents have each word.
  private(set) var frequencyOfWord: [UInt32] = []
  /// For each stem the places of the documents that have it, in their order, each with the
  /// weighted count in its lowest byte.
  private(set) var postings: [[UInt32]] = []
  private(set) var documents: [Document] = []
  /// Of each document, in the same order.
  private(set) var facts: [Facts] = []
  /// The authors and topics of all documents, as spellings in `authors` and numbers in `topics`.
  private(set) var named: [UInt32] = []
  /// How many words each document has; 0 for an empty place.
  private(set) var lengths: [Float] = []
  /// Places without a document.
  private(set) var empty: [Int] = []
  /// How often a document was changed or removed.
  private var removals = 0
  /// For each stem the word that came last of those that have it, and for each word the one that
  /// came before it.
  private var lastWordOfStem: [UInt32] = []
  private var wordBefore: [UInt32] = []
  private var pending: [Int64: IndexedRecord] = [:]
  /// Places whose document was scheduled, so that it was not public at every time.
  private(set) var dated: Set<Int> = []
  private(set) var authors: IndexedAuthors
  private(set) var topics = WordTable()
  private(set) var types: [String] = []
  private(set) var languages: [String] = [""]
  private var placeOfID: [Int64: Int] = [:]
  private var totalLength = 0
  /// How many postings and how many words of documents there are, for ``weight``.
  private var postingCount = 0
  private var documentWords = 0
  /// The latest date of a document.
  private var newest: Int32 = 0
  private var tokenizer = Tokenizer()
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
    words.weight + stems.weight + authors.weight + topics.weight + 13 * stemOfWord.count
      + 44 * postings.count + 5 * postingCount + 4 * named.capacity
      + 176 * documents.count + 4 * documentWords + (meaning?.weight ?? 0)
  }

  func place(of id: Int64) -> Int? { placeOfID[id] }

  /// The words that have a stem.
  func words(of stem: UInt32) -> [UInt32] {
    var found: [UInt32] = []
    var word = lastWordOfStem[Int(stem)]
    while word != .max {
      found.append(word)
      word = wordBefore[Int(word)]
    }
    return found
  }

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
    var reader = FieldReader()
    for (field, texts) in record.fields {
      reader.numbers.append(field.marker)
      for (index, text) in texts.enumerated() {
        if index > 0 { reader.numbers.append(Field.gap) }
        read(text, of: field, with: &reader)
      }
    }
    reader.numbers.append(Field.joined.marker)
    for word in reader.joined + IdentifierKeys.keys(of: record) {
      add(word, weight: 1, to: &reader)
    }
    post(reader.weighed, at: UInt32(place))
    for word in RecordIndex.distinct(reader.numbers) { frequencyOfWord[Int(word)] += 1 }
    documents[place] = Document(
      id: record.id, visibleFrom: record.visibleFrom, file: record.file,
      sortTitle: Array(record.sortTitle.utf8),
      // A copy has no unused capacity.
      words: reader.numbers.map { $0 })
    let start = UInt32(named.count)
    for spelling in authors.insert(record.authors) { named.append(spelling) }
    let middle = UInt32(named.count)
    for name in record.topics { named.append(topics.insert(Array(name.utf8))) }
    facts[place] = Facts(
      date: record.date, type: UInt8(clamping: RecordIndex.number(record.type, in: &types)),
      language: UInt16(clamping: RecordIndex.number(record.language, in: &languages)),
      start: start, middle: middle, end: UInt32(named.count))
    newest = max(newest, record.date)
    documentWords += reader.numbers.count
    lengths[place] = Float(reader.length)
    totalLength += reader.length
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
    let words = RecordIndex.distinct(documents[place].words)
    for word in words { frequencyOfWord[Int(word)] -= 1 }
    for stem in Set(words.map { stemOfWord[Int($0)] }) {
      guard let index = indexOfPosting(of: stem, at: place) else { continue }
      postings[Int(stem)].remove(at: index)
      postingCount -= 1
    }
    documentWords -= documents[place].words.count
    let facts = facts[place]
    for index in facts.authors { authors.remove(named[index]) }
    totalLength -= Int(lengths[place])
    lengths[place] = 0
    dated.remove(place)
    documents[place] = .empty
    self.facts[place] = .empty
    if facts.date == newest { newest = self.facts.reduce(0) { max($0, $1.date) } }
  }

  /// Whether the document at a place has a stem.
  func has(_ stem: UInt32, at place: Int) -> Bool { indexOfPosting(of: stem, at: place) != nil }

  private func indexOfPosting(of stem: UInt32, at place: Int) -> Int? {
    let list = postings[Int(stem)]
    let index = list.boundary({ Int($0 >> 8) >= place })
    return index < list.count && Int(list[index] >> 8) == place ? index : nil
  }

  /// Documents that the posting lists of their words do not have.
  var defects: [Int64] {
    placeOfID.filter { _, place in
      RecordIndex.distinct(documents[place].words).contains { word in
        !has(stemOfWord[Int(word)], at: place)
      }
    }.map(\.key).sorted()
  }

  private mutating func post(_ weighed: [UInt64], at place: UInt32) {
    let weighed = weighed.sorted()
    var counts: [(stem: UInt32, count: Float)] = []
    var index = 0
    while index < weighed.count {
      let stem = weighed[index] >> 8
      var count: UInt64 = 0
      while index < weighed.count, weighed[index] >> 8 == stem {
        count += weighed[index] & 0xFF
        index += 1
      }
      RecordIndex.insert(place << 8 | UInt32(min(count, 255)), into: &postings[Int(stem)])
      counts.append((UInt32(stem), Float(min(count, 255))))
      postingCount += 1
    }
    meaning?.set(counts, at: Int(place))
  }

  private static func insert(_ posting: UInt32, into list: inout [UInt32]) {
    guard let last = list.last, last > posting else { return list.append(posting) }
    list.insert(posting, at: list.boundary({ $0 > posting }))
  }

  /// The words among the numbers, each once.
  private static func distinct(_ numbers: [UInt32]) -> [UInt32] {
    var distinct: [UInt32] = []
    for number in numbers.lazy.filter({ $0 < Field.firstMarker }).map(\.word).sorted()
    where number != distinct.last {
      distinct.append(number)
    }
    return distinct
  }

  /// Places all documents in a latent space; nil does without one.
  mutating func use(_ space: LatentSpace?) {
    meaning = space.map(RecordVectors.init)
    guard meaning != nil else { return }
    for stem in postings.indices { meaning?.addStem(Array(stems[UInt32(stem)])) }
    var counts = [[(stem: UInt32, count: Float)]](repeating: [], count: documents.count)
    for (stem, list) in postings.enumerated() {
      for posting in list {
        counts[Int(posting >> 8)].append((UInt32(stem), Float(posting & 0xFF)))
      }
    }
    for (place, counts) in counts.enumerated() { meaning?.set(counts, at: place) }
  }

  mutating func beginLoading() { isSorted = false }

  mutating func endLoading() {
    sortedWords.sort(words)
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

  private struct FieldReader {
    var numbers: [UInt32] = []
    /// A stem and, in the lowest byte, how much it counts.
    var weighed: [UInt64] = []
    var joined: [[UInt8]] = []
    var length = 0
  }

  private mutating func read(_ text: String, of field: Field, with reader: inout FieldReader) {
    // Taken out, since the closure also changes `self`.
    var tokenizer = Tokenizer()
    swap(&tokenizer, &self.tokenizer)
    defer { swap(&tokenizer, &self.tokenizer) }
    let bytes = Array(text.utf8)
    var previous: (number: UInt32, end: Int)?
    tokenizer.each(in: text) { word, range, role in
      switch role {
      case .part, .spelling:
        add(word, weight: field.weight, to: &reader)
        reader.numbers[reader.numbers.count - 1] |= Field.samePosition
        if case .part = role { reader.length += 1 }
        return
      case .word: reader.length += 1
      case .whole: break
      }
      let number = add(word, weight: field.weight, to: &reader)
      if let previous {
        let between = bytes[previous.end..<max(previous.end, range.lowerBound)]
        let before = words[previous.number]
        if before.endsInLigature || RecordIndex.isHyphen(between)
          || (field == .authors && before.count <= RecordIndex.longestParticle)
        {
          reader.joined.append(before + word)
        }
      }
      previous = (number, range.upperBound)
    }
  }

  /// A particle before a name is often written together with it: “de Vries”, “Mac Donald”.
  private static let longestParticle = 3

  /// Whether the text between two words may only divide one: “co-operate”, “co- operate”.
  private static func isHyphen(_ between: ArraySlice<UInt8>) -> Bool {
    guard (1...3).contains(between.count) else { return false }
    return between.elementsEqual("-".utf8) || between.elementsEqual("- ".utf8)
      || between.elementsEqual("\u{2010}".utf8)
  }

  @discardableResult
  private mutating func add(
    _ word: [UInt8], weight: UInt64, to reader: inout FieldReader
  ) -> UInt32 {
    let number = words.insert(word)
    if Int(number) == stemOfWord.count {
      let stem = stems.insert(Stemmer.stem(word))
      if Int(stem) == postings.count {
        postings.append([])
        meaning?.addStem(Array(stems[stem]))
        lastWordOfStem.append(.max)
      }
      wordBefore.append(lastWordOfStem[Int(stem)])
      lastWordOfStem[Int(stem)] = number
      stemOfWord.append(stem)
      saysNothing.append(StopWords.contains(word))
      frequencyOfWord.append(0)
    }
    reader.numbers.append(number)
    reader.weighed.append(UInt64(stemOfWord[Int(number)]) << 8 | weight)
    return number
  }

  private static func number(_ name: String, in names: inout [String]) -> Int {
    if let known = names.firstIndex(of: name) { return known }
    names.append(name)
    return names.count - 1
  }
}

extension RecordIndex.Document {
  fileprivate static let empty = Self(id: 0, visibleFrom: 0, file: 0, sortTitle: [], words: [])
}

extension RecordIndex.Facts {
  fileprivate static let empty = Self(date: 0, type: 0, language: 0, start: 0, middle: 0, end: 0)
}

extension UInt32 {
  /// Whether it is the number of a word at the position of the word before it.
  var isAtSamePosition: Bool {
    self & RecordIndex.Field.samePosition != 0 && self < RecordIndex.Field.firstMarker
  }

  /// The number of the word without the flag of its position.
  var word: UInt32 {
    self < RecordIndex.Field.firstMarker ? self & ~RecordIndex.Field.samePosition : self
  }
}
