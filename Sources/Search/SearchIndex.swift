/// The search index of an archive: the words of records and of pages.
///
/// A value: a search works on its own copy, which no change touches. Two indexes of the same
/// records and pages give the same results, whatever changes led to them.
package struct SearchIndex: Sendable {
  private(set) var records: RecordIndex
  private(set) var pages: PageIndex
  /// How many records have a file.
  ///
  /// Its pages are in the index as long as one has it, and are hidden
  /// as long as none of these is public.
  private struct Uses {
    var records = 0
    var publicRecords = 0
  }

  private var uses: [Int64: Uses] = [:]
  /// Whether all pages have been added; until then results are partial.
  package var hasAllPages = true
  /// How many records there were when the latent space was last learned.
  private var learnedRecords = 0

  /// Creates an empty index.
  ///
  /// - Parameters:
  ///   - names: How authors' names are compared and shown.
  ///   - memoryLimit: The bytes of page words to hold in memory before they are moved to a file.
  ///   - makeFile: Creates the files for page words; nil keeps everything in memory.
  package init(
    names: AuthorNames, memoryLimit: Int = 16 << 20,
    makeFile: (@Sendable () throws -> any SegmentFile)? = nil
  ) {
    records = RecordIndex(names: names)
    pages = PageIndex(memoryLimit: memoryLimit, makeFile: makeFile)
  }

  /// Adds a record, or replaces the one with the same id.
  ///
  /// The pages of its file are added separately, after it.
  package mutating func insert(_ record: IndexedRecord) {
    let (former, wasPublic) = (records.file(of: record.id), records.isPublic(record.id))
    add(record)
    release(former, wasPublic: wasPublic)
  }

  private mutating func add(_ record: IndexedRecord) {
    var record = record
    record.fileNumber = pages.number(of: record.file)
    records.insert(record)
    uses[record.file, default: Uses()].records += 1
    if records.isPublic(record.id) { show(record.file) }
  }

  private mutating func show(_ file: Int64) {
    uses[file, default: Uses()].publicRecords += 1
    pages.setHidden(false, file)
  }

  /// Puts records in the place of all that there are; pages of files that they have stay.
  ///
  /// For many records this takes a quarter of the time of replacing each.
  package mutating func replaceRecords(by others: [IndexedRecord]) {
    let files = Set(uses.keys)
    let space = records.meaning?.space
    records = RecordIndex(names: records.authors.names)
    uses = [:]
    records.beginLoading()
    for record in others { add(record) }
    records.endLoading()
    records.use(space)
    for file in files where file != 0 {
      if let uses = uses[file] {
        pages.setHidden(uses.publicRecords == 0, file)
      } else {
        pages.remove(file)
      }
    }
  }

  /// Removes the record of a publication, and the pages that no other one has.
  package mutating func remove(_ id: Int64) {
    let (former, wasPublic) = (records.file(of: id), records.isPublic(id))
    records.remove(id)
    release(former, wasPublic: wasPublic)
  }

  private mutating func release(_ file: Int64, wasPublic: Bool) {
    guard file != 0, var left = uses[file] else { return }
    left.records -= 1
    if wasPublic { left.publicRecords -= 1 }
    uses[file] = left.records > 0 ? left : nil
    if left.records == 0 {
      pages.remove(file)
    } else {
      pages.setHidden(left.publicRecords == 0, file)
    }
  }

  /// Adds the pages of records' files, or replaces them; not those of files that no record has.
  package mutating func insert(_ words: PageWords) {
    pages.insert(words)
    for file in words.files {
      if let uses = uses[file.id] {
        pages.setHidden(uses.publicRecords == 0, file.id)
      } else {
        pages.remove(file.id)
      }
    }
  }

  /// Says that many pages were added, and few are to follow.
  ///
  /// When there are too many for memory, the last of them leave it too.
  package mutating func endLoadingPages() { pages.endLoading() }

  /// Leaves words and titles unsorted until ``endLoading()``, so that many records are added faster.
  package mutating func beginLoading() { records.beginLoading() }

  package mutating func endLoading() { records.endLoading() }

  /// Whether the pages of a file are in the index.
  package func hasPages(ofFile file: Int64) -> Bool { pages.hasFile(file) }

  /// When the next scheduled record becomes public, in seconds since 1970.
  ///
  /// Its words are not in the index before that, so that nobody learns of them.
  package var nextDue: Int64 { records.nextDue }

  /// Adds the scheduled records that have become public.
  package mutating func admit(at now: Int64) {
    for file in records.admit(at: now) { show(file) }
  }

  /// Learns from the records which words belong together, and ranks by that from now on.
  ///
  /// Until it is called again, later records are placed in the space that was learned.
  ///
  /// - Parameter isOver: Whether to give up; then the former space stays.
  package mutating func learnSpace(until isOver: @escaping () -> Bool = { false }) {
    let space =
      recordCount >= LatentSpaceLearner.fewestRecords
      ? LatentSpaceLearner(records, until: isOver).learned() : nil
    guard !isOver() else { return }
    learnedRecords = recordCount
    records.use(space)
  }

  /// Whether a quarter of the records have come or gone since the latent space was learned.
  package var isSpaceWorn: Bool {
    max(learnedRecords, recordCount) >= LatentSpaceLearner.fewestRecords
      && abs(recordCount - learnedRecords) * 4 > learnedRecords
  }

  /// Whether so much was removed that the index should be rebuilt.
  package var isWorn: Bool { records.isWorn || pages.isWorn }

  /// The memory it uses, approximately, in bytes.
  package var weight: Int { records.weight + pages.weight }

  package var recordCount: Int { records.count }
  package var pageCount: Int { pages.count + pages.hiddenCount }
  package var wordCount: Int {
    records.vocabulary.frequencyOfWord.count { $0 > 0 } + pages.memoryStems
  }

  /// The values of all publications that a filter allows.
  ///
  /// - Parameters:
  ///   - filter: The filter; its year does not limit the years that are counted.
  ///   - now: Seconds since 1970; nothing that becomes public later is counted.
  /// - Returns: The values with their counts.
  package func facets(of filter: SearchFilter, at now: Int64) -> Facets {
    func facets(_ filter: SearchFilter) -> Facets {
      let query = SearchQuery("", types: [])
      let resolved = ResolvedFilter(query, filter, records)
      var places = records.visible(at: now)
      if !resolved.isEmpty { places.filter { resolved.allows($0, in: records) } }
      return records.facets(of: places)
    }
    var found = facets(filter)
    if filter.year != nil {
      var anyYear = filter
      anyYear.year = nil
      found.years = facets(anyYear).years
    }
    return found
  }

  /// The authors of public publications, in no order.
  package func authors(at now: Int64) -> [IndexedAuthor] { records.authors(at: now) }

  /// The spellings of an author's name in records; itself for an unknown one.
  package func spellings(of author: String) -> [String] {
    records.authors.author(named: author).map { records.authors.spellings(of: $0) } ?? [author]
  }

  /// The publications most related to one by their words, nearest first.
  package func related(to id: Int64) -> [Int64] { Related(records).others(of: id) }

  /// The records whose words are missing from the index.
  package var recordDefects: [Int64] { records.defects }

  /// Whether a page is in the index with the longest word of its text.
  ///
  /// - Parameters:
  ///   - number: The page's number in its file, from 1.
  ///   - file: The file.
  ///   - text: The page's text.
  /// - Returns: False if the page or the word is missing.
  package func hasPage(_ number: Int, ofFile file: Int64, text: String) -> Bool {
    var tokenizer = Tokenizer()
    var longest: [UInt8]?
    tokenizer.each(in: text) { word, _, _ in
      if longest == nil || word.count > longest?.count ?? 0, !StopWords.contains(word) {
        longest = word
      }
    }
    return pages.has(longest.map(Stemmer.stem), on: number, of: file)
  }

  /// Searches for a query.
  ///
  /// - Parameters:
  ///   - query: The query.
  ///   - rewordings: The same in other words; their results are added.
  ///   - filter: What the results are limited to.
  ///   - order: The order of the results.
  ///   - shown: The places of the results to return.
  ///   - countsFacets: Whether the values of all results are counted.
  ///   - now: Seconds since 1970; nothing that becomes public later is found.
  ///   - isOver: Whether the time for the search has run out.
  /// - Returns: The results.
  package func search(
    _ query: SearchQuery, rewordings: [Synonyms.Rewording] = [],
    filter: SearchFilter = SearchFilter(), order: SearchOrder = .relevance, shown: Range<Int>,
    countsFacets: Bool = false, at now: Int64,
    until isOver: @escaping () -> Bool = { false }
  ) -> SearchOutcome {
    func find(_ query: SearchQuery) -> (Hits, QueryPlan) {
      let plan = QueryPlan(query, records, pages)
      let hits = Hits(
        query, plan, filter: ResolvedFilter(query, filter, records), order: order,
        most: shown.upperBound, in: records, pages, at: now, until: isOver)
      return (hits, plan)
    }
    var (hits, plan) = find(query)
    let others = rewordings.map { (term: $0.term, found: find($0.query)) }
      .filter { !$0.found.0.found.isEmpty }
    var missingPhrases: [String] = []
    if hits.found.isEmpty, others.isEmpty, !hits.isPartial, let words = query.withoutPhrases {
      (hits, plan) = find(words)
      if !hits.found.isEmpty { missingPhrases = query.phrases }
    }
    let wordings = [hits] + others.map(\.found.0)
    let wordingOfBest =
      others.isEmpty
      ? [] : hits.formUnion(Array(wordings.dropFirst()), order: order, most: shown.upperBound)
    let best = shown.clamped(to: 0..<hits.best.count).map { rank in
      let document = records.documents[hits.best[rank].place]
      let wording = others.isEmpty ? 0 : wordingOfBest[rank]
      return SearchHit(
        id: document.id, file: document.file, score: hits.best[rank].score,
        pages: wordings[wording].pages.bestPages(of: document.file, most: SearchHit.mostPages),
        wording: wording)
    }
    let correction =
      hits.identified.isEmpty && others.isEmpty
      ? Correction(of: query.text, plan.corrections, isApplied: !plan.hasKnownWord)
      : nil
    return SearchOutcome(
      total: hits.found.count, isPartial: hits.isPartial || !hasAllPages, hits: best,
      correction: correction, otherTerms: others.map(\.term),
      missingPhrases: missingPhrases, facets: countsFacets ? records.facets(of: hits.found) : nil,
      snippets: ([plan] + others.map(\.found.1)).map { SnippetMaker($0) })
  }
}

/// What a search found in the index.
package struct SearchOutcome: Sendable {
  /// How many publications match.
  package let total: Int
  /// Whether the search was incomplete: its time ran out or a disk could not be read.
  package let isPartial: Bool
  package let hits: [SearchHit]
  package let correction: Correction?
  /// The terms of rewordings that found something.
  package let otherTerms: [String]
  /// Phrases without matches, for which their words were searched instead.
  package let missingPhrases: [String]
  package let facets: Facets?
  /// Make snippets with the words of each wording, by ``SearchHit/wording``.
  package let snippets: [SnippetMaker]
}

/// A publication that matches a query.
package struct SearchHit: Sendable, Equatable {
  static let mostPages = 3

  package let id: Int64
  /// The file whose pages were searched; 0 without one.
  package let file: Int64
  package let score: Float
  /// The numbers of the pages that match best, from 1, best first.
  package let pages: [Int]
  /// The wording that finds it best: 0 for the query, or the number of a rewording among those
  /// whose terms are in ``SearchOutcome/otherTerms``, from 1.
  package let wording: Int
}

/// A file for words that do not fit in memory.
package protocol SegmentFile: Sendable {
  /// Writes bytes after those written before.
  func append(_ bytes: [UInt8]) throws

  /// Reads bytes that were written.
  func bytes(in range: Range<Int>) throws -> [UInt8]
}

/// How authors' names are compared and shown.
package struct AuthorNames: Sendable {
  /// A key that all spellings of a name share.
  let key: @Sendable (String) -> String
  /// A spelling as it is shown.
  let text: @Sendable (String) -> String
  /// Whether the first spelling is better to show than the second one of the same name.
  let isBetter: @Sendable (String, String) -> Bool

  package init(
    key: @escaping @Sendable (String) -> String, text: @escaping @Sendable (String) -> String,
    isBetter: @escaping @Sendable (String, String) -> Bool
  ) {
    self.key = key
    self.text = text
    self.isBetter = isBetter
  }
}

/// An author of publications.
package struct IndexedAuthor: Sendable, Equatable {
  /// The best spelling, as it is written in records.
  package let name: String
  /// All spellings, also this one.
  package let spellings: [String]
  package let publications: Int
}
