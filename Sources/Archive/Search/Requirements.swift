/// What a result must have and must not have: phrases, words of one field, excluded words.
struct Requirements {
  /// Reads the text of a page, named by its file and its number in it from 1 on.
  typealias PageText = (Int64, Int) throws -> String

  private let records: RecordIndex
  private let pages: PageIndex
  private let isOver: () -> Bool
  /// What has each of the things that a result must have, and must not have.
  private(set) var required: [PlaceSet] = []
  private(set) var excluded: [PlaceSet] = []
  private var divider = Words()
  /// Whether time ran out before all was looked at.
  private(set) var isPartial = false

  /// What one word of a phrase may be.
  private enum Matcher {
    case stem(UInt32)
    case words(Set<UInt32>)
    case nothing
  }

  init(
    _ query: SearchQuery, _ records: RecordIndex, _ pages: PageIndex, text: PageText,
    until isOver: @escaping () -> Bool
  ) rethrows {
    self.records = records
    self.pages = pages
    self.isOver = isOver
    for clause in query.clauses where clause.isRequired || clause.isExcluded {
      var places = PlaceSet(places: records.documents.count)
      for words in clause.alternatives {
        markRecords(words, clause.field, in: &places)
        if clause.field == nil { try markFiles(words, text, in: &places) }
      }
      if clause.isExcluded { excluded.append(places) } else { required.append(places) }
    }
  }

  private mutating func markRecords(
    _ words: [SearchQuery.Word], _ field: SearchQuery.Field?, in places: inout PlaceSet
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
      if looked % 512 == 0, !isPartial { isPartial = isOver() }
      if !isPartial, has(matchers, in: records.documents[place].words, field) {
        places.insert(place)
      }
    }
  }

  private func matcher(for word: SearchQuery.Word) -> Matcher {
    if word.isPrefix {
      return .words(
        Set(records.completions.words(beginningWith: word.letters, in: records.words)))
    }
    return records.stems.number(of: EnglishStemmer.stem(word.letters)).map { .stem($0) }
      ?? .nothing
  }

  private func places(of matcher: Matcher) -> PlaceSet {
    var places = PlaceSet(places: records.documents.count)
    let stems: Set<UInt32> =
      switch matcher {
      case .stem(let stem): [stem]
      case .words(let words): Set(words.map { records.stemOfWord[Int($0)] })
      case .nothing: []
      }
    for stem in stems {
      for posting in records.postings[Int(stem)] { places.insert(Int(posting >> 8)) }
    }
    return places
  }

  /// Whether words stand in a document one behind the other; those of a name in any order.
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
      guard isInField, field != .author, index + matchers.count <= words.count else { continue }
      let isHere = matchers.indices.allSatisfy { fits(words[index + $0], matchers[$0]) }
      if isHere { return true }
    }
    return false
  }

  private func hasName(_ matchers: [Matcher], in words: ArraySlice<UInt32>) -> Bool {
    let name = words.prefix { $0 < RecordIndex.Field.firstMarker }
    return matchers.allSatisfy { matcher in name.contains { fits($0, matcher) } }
  }

  private func fits(_ word: UInt32, _ matcher: Matcher) -> Bool {
    guard word < RecordIndex.Field.firstMarker else { return false }
    switch matcher {
    case .stem(let stem): return records.stemOfWord[Int(word)] == stem
    case .words(let words): return words.contains(word)
    case .nothing: return false
    }
  }

  /// Marks what has the words on one page of its file.
  private mutating func markFiles(
    _ words: [SearchQuery.Word], _ text: PageText, in places: inout PlaceSet
  ) rethrows {
    guard !pages.isEmpty else { return }
    let stems = words.map { EnglishStemmer.stem($0.letters) }
    let telling = Set(
      zip(words, stems).filter { !StopWords.contains($0.0.letters) }.map(\.1))
    guard !telling.isEmpty else { return }
    var wanted: [Int64: [Int]] = [:]
    for (place, document) in records.documents.enumerated()
    where document.file != 0 && !places.contains(place) {
      wanted[document.file, default: []].append(place)
    }
    let lists = telling.map { pages.lists(of: $0) }
    for part in 0..<pages.parts where lists.allSatisfy({ $0[part] != nil }) {
      let together = together(lists.compactMap { $0[part] }, ofPart: part)
      for file in pages.files[part] {
        guard let waiting = wanted[file.id], pages.location(of: file.id)?.part == part else {
          continue
        }
        for page in file.pages where together.contains(page) {
          if isOver() {
            isPartial = true
            return
          }
          let number = page - file.pages.lowerBound + 1
          guard try words.count == 1 || contains(stems, in: text(file.id, number)) else { continue }
          for place in waiting { places.insert(place) }
          break
        }
      }
    }
  }

  /// The pages of a part that are on all of the lists.
  private func together(_ lists: [PageList], ofPart part: Int) -> PlaceSet {
    let count = pages.lengths(ofPart: part).count
    var together = PlaceSet(places: count, isFull: true)
    for list in lists {
      var places = PlaceSet(places: count)
      list.each { page, _ in if page < count { places.insert(page) } }
      together.formIntersection(places)
    }
    return together
  }

  /// Whether a text has stems one behind the other.
  private mutating func contains(_ stems: [[UInt8]], in text: String) -> Bool {
    let firsts = Set(stems.compactMap(\.first))
    // How many of the stems the text has had, for each place in it where they may have begun.
    var begun: [Int] = []
    var isThere = false
    divider.each(in: text) { word, _ in
      guard !isThere, let first = word.first, firsts.contains(first) else {
        begun.removeAll(keepingCapacity: true)
        return
      }
      let stem = EnglishStemmer.stem(word)
      begun = (begun + [0]).filter { stems[$0] == stem }.map { $0 + 1 }
      isThere = begun.contains(stems.count)
    }
    return isThere
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
