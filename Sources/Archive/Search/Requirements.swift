/// What a result must have and must not have: phrases, words of one field, excluded words.
struct Requirements {
  /// Reads the text of a page, named by its file and its number in it from 1 on.
  typealias PageText = (Int64, Int) throws -> String

  private let records: RecordIndex
  private let pages: PageIndex
  private let isOver: () -> Bool
  private var required: [[Bool]] = []
  private var excluded: [[Bool]] = []
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
      var places = [Bool](repeating: false, count: records.documents.count)
      for words in clause.alternatives {
        markRecords(words, clause.field, in: &places)
        if clause.field == nil { try markFiles(words, text, in: &places) }
      }
      if clause.isExcluded { excluded.append(places) } else { required.append(places) }
    }
  }

  var isEmpty: Bool { required.isEmpty && excluded.isEmpty }

  func allow(_ place: Int) -> Bool {
    required.allSatisfy { $0[place] } && !excluded.contains { $0[place] }
  }

  private mutating func markRecords(
    _ words: [SearchQuery.Word], _ field: SearchQuery.Field?, in places: inout [Bool]
  ) {
    let matchers = words.map(matcher)
    let candidates = matchers.map { self.candidates(of: $0) }.min { $0.count < $1.count } ?? []
    for (index, posting) in candidates.enumerated() {
      if index % 512 == 511, isOver() {
        isPartial = true
        return
      }
      let place = Int(posting >> 8)
      if field == nil, matchers.count == 1 {
        places[place] = true
      } else if !places[place] {
        places[place] = has(matchers, in: records.documents[place].words, field)
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

  private func candidates(of matcher: Matcher) -> [UInt32] {
    switch matcher {
    case .stem(let stem): records.postings[Int(stem)]
    case .words(let words):
      Set(words.map { records.stemOfWord[Int($0)] }).flatMap { records.postings[Int($0)] }
    case .nothing: []
    }
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
    _ words: [SearchQuery.Word], _ text: PageText, in places: inout [Bool]
  ) rethrows {
    guard !pages.isEmpty else { return }
    let stems = words.map { EnglishStemmer.stem($0.letters) }
    let telling = zip(words, stems).filter { !StopWords.contains($0.0.letters) }.map(\.1)
    guard !telling.isEmpty else { return }
    var counts = [UInt8](repeating: 0, count: pages.lengths.count)
    for stem in Set(telling) { pages.pages(of: stem)?.each { page, _ in counts[page] &+= 1 } }
    let all = UInt8(clamping: Set(telling).count)
    for (place, document) in records.documents.enumerated() where !places[place] {
      guard document.file != 0, let range = pages.range(of: document.file) else { continue }
      for page in range where counts[page] == all {
        if isOver() {
          isPartial = true
          return
        }
        let number = page - range.lowerBound + 1
        let isThere = try words.count == 1 || contains(stems, in: text(document.file, number))
        guard isThere else { continue }
        places[place] = true
        break
      }
    }
  }

  /// Whether a text has stems one behind the other.
  private mutating func contains(_ stems: [[UInt8]], in text: String) -> Bool {
    var found: [[UInt8]] = []
    divider.each(in: text) { word, _ in found.append(EnglishStemmer.stem(word)) }
    guard found.count >= stems.count else { return false }
    return (0...(found.count - stems.count)).contains { start in
      stems.indices.allSatisfy { found[start + $0] == stems[$0] }
    }
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
