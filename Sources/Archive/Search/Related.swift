internal import SQLite

extension Archive {
  /// Computes what is related to the publications of which that is not known, some at a time.
  ///
  /// - Parameters:
  ///   - most: How many, so that who writes does not wait long.
  ///   - now: The moment.
  /// - Returns: How many were left; 0 when all is known.
  /// - Throws: What the database throws.
  @discardableResult
  package func relate(most: Int = 200, at now: Instant = .now) throws -> Int {
    let records = try searchIndexes(at: now).records
    let (missing, slugs) = try database.read { connection in
      let missing = try connection.rows(
        """
        SELECT id FROM \(Visibility.index) WHERE \(Visibility.isPublic(at: now))
          AND id NOT IN (SELECT publication FROM related) ORDER BY id DESC
        """
      ) { $0.integer(0) }
      let slugs = try missing.prefix(most).compactMap { id in
        try connection.row("SELECT slug FROM publication WHERE id = \(id)") {
          Slug(stored: $0.text(0))
        }
      }
      return (missing, slugs)
    }
    let lists = Related(records).lists(of: missing.prefix(most))
    guard !lists.isEmpty else { return 0 }
    // Pages that were made before say nothing of them.
    try change({ _, _ in .unlisted(slugs) }) { try $0.keep(lists) }
    return missing.count - lists.count
  }
}

/// Finds publications by the words of another that tell most.
struct Related {
  /// How many are kept of each publication, so that some are left when others are withdrawn.
  static let kept = 10
  /// How many a page shows.
  static let shown = 6

  /// The keys in a list as it is stored.
  static func ids(_ others: String) -> [Int64] {
    others.utf8.split(separator: 0x20).compactMap { Int64(Substring($0)) }
  }
  /// How many words stand for a publication.
  private static let words = 24

  private let records: RecordIndex

  init(_ records: RecordIndex) { self.records = records }

  /// What is nearest to each of some publications, as it is stored.
  func lists(of ids: some Sequence<Int64>) -> [(id: Int64, others: String)] {
    ids.map { id in (id, others(of: id).map { "\($0)" }.joined(separator: " ")) }
  }

  /// The keys of the nearest publications, nearest first.
  func others(of id: Int64) -> [Int64] {
    guard let place = records.place(of: id) else { return [] }
    let document = records.documents[place]
    var counts: [UInt32: Float] = [:]
    var weight: Float = 2
    for word in document.words {
      if word >= RecordIndex.Field.firstMarker {
        if word == RecordIndex.Field.abstract.marker { weight = 1 }
        // Who wrote it and what it is filed under are said by other lists.
        if word == RecordIndex.Field.authors.marker { break }
      } else if !word.isAtSamePosition, !records.saysNothing[Int(word)] {
        counts[records.stemOfWord[Int(word)], default: 0] += weight
      }
    }
    let total = records.documents.count
    let telling = counts.map { stem, count in
      let frequency = records.postings[Int(stem)].count
      // A word that nothing else has leads nowhere.
      let idf = frequency > 1 ? QueryPlan.idf(frequency, of: total) : 0
      return (stem: stem, weight: idf * count / (count + 1.5))
    }.sorted { ($0.weight, $1.stem) > ($1.weight, $0.stem) }.prefix(Related.words)
    var scores = [Float](repeating: 0, count: total)
    for (stem, weight) in telling {
      for posting in records.postings[Int(stem)] {
        let other = Int(posting >> 8)
        let count = Float(posting & 0xFF)
        let length = records.lengths[other] / records.averageLength
        scores[other] += weight * count / (count + 0.4 + 1.1 * length)
      }
    }
    scores[place] = 0
    for place in records.empty { scores[place] = 0 }
    // What shares one word by chance is not related.
    let least = telling.reduce(0) { $0 + $1.weight } * 0.08
    return scores.indices.filter { scores[$0] > least }
      .sorted { (scores[$0], $0) > (scores[$1], $1) }
      .prefix(Related.kept).map { records.documents[$0].id }
  }
}

extension Archive {
  /// Computes what is related to each public publication, 200 in a transaction.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked after each transaction; true ends the work, which can be repeated.
  ///   - progress: Called after each transaction with how many of how many are done.
  /// - Returns: How many were related.
  /// - Throws: What the database throws.
  package func relateAll(
    isCancelled: () -> Bool = { false }, progress: (Int, Int) -> Void
  ) throws -> Int {
    let now = Instant.now
    let related = Related(try searchIndexes(at: now).records)
    let publications = try database.read { connection in
      try connection.rows(
        "SELECT id, slug FROM publication WHERE \(Visibility.isPublic(at: now)) ORDER BY id"
      ) { (id: $0.integer(0), slug: Slug(stored: $0.text(1))) }
    }
    var done = 0
    while done < publications.count, !isCancelled() {
      let part = publications[done..<min(done + 200, publications.count)]
      let lists = related.lists(of: part.map(\.id))
      let slugs = part.map(\.slug)
      try change({ _, _ in .unlisted(slugs) }) { try $0.keep(lists) }
      done = part.endIndex
      progress(done, publications.count)
    }
    return done
  }
}

extension Connection {
  fileprivate func keep(_ lists: [(id: Int64, others: String)]) throws(SQLiteError) {
    for (id, others) in lists {
      try run("INSERT OR REPLACE INTO related (publication, others) VALUES (\(id), \(others))")
    }
  }
}
