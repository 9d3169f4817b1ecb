internal import SQLite
internal import Search

extension Lists {
  /// Two entries that may be the same; the one with more publications is second.
  package struct Pair: Sendable, Equatable {
    package let one: ListEntry
    package let other: ListEntry
  }

  /// Pairs of entries with nearly the same name, or with the same ORCID or ISSN.
  ///
  /// Names are nearly the same when they differ in accents, in the order of their words, in one
  /// letter, or, of authors, in given names that are shortened. Different numbers are different
  /// names.
  ///
  /// - Parameters:
  ///   - list: The list.
  ///   - limit: The most to return.
  /// - Returns: The pairs, the most used first, without those that staff have found to be distinct.
  /// - Throws: What the database throws.
  package func duplicates(in list: NameList, limit: Int = 50) throws -> [Pair] {
    try core.read { connection in
      let distinct = Set(
        try connection.rows("SELECT one, other FROM distinct_entries") {
          IDPair($0.integer(0), $0.integer(1))
        })
      let entries = try connection.rows(
        "SELECT id, name, ifnull(identifier, '') FROM list_entry WHERE list = \(list.rawValue)"
      ) { (id: $0.integer(0), name: $0.text(1), identifier: $0.text(2)) }
      var finder = DuplicateFinder()
      for entry in entries {
        finder.add(
          entry.id, entry.name, isPerson: list == .authors,
          identifier: list == .licences ? "" : entry.identifier)
      }
      let found = finder.pairs.subtracting(distinct)
      let pairs = try found.sorted { ($0.one, $0.other) < ($1.one, $1.other) }.prefix(1000)
        .compactMap { pair -> Pair? in
          guard let one = try connection.entry(pair.one),
            let other = try connection.entry(pair.other)
          else { return nil }
          return one.publications > other.publications
            ? Pair(one: other, other: one) : Pair(one: one, other: other)
        }
      return Array(
        pairs.sorted {
          $0.one.publications + $0.other.publications > $1.one.publications + $1.other.publications
        }.prefix(limit))
    }
  }

  /// Notes that two entries are not the same.
  package func keepApart(_ one: ListEntry.ID, _ other: ListEntry.ID) throws {
    try core.change(.nothingPublic) { connection in
      _ = try connection.run(
        """
        INSERT INTO distinct_entries (one, other) SELECT min(\(one), \(other)), max(\(one), \(other))
        WHERE (SELECT count(*) FROM list_entry WHERE id IN (\(one), \(other))) = 2
        ON CONFLICT DO NOTHING
        """)
    }
  }
}

/// Two keys, the smaller one first.
private struct IDPair: Hashable, Sendable {
  let one: Int64
  let other: Int64

  init(_ one: Int64, _ other: Int64) {
    self.one = min(one, other)
    self.other = max(one, other)
  }
}

/// Finds names that are nearly the same.
///
/// Names are put in buckets by what nearly the same ones share, so that only few are compared.
private struct DuplicateFinder {
  private(set) var pairs: Set<IDPair> = []
  /// By a name without one of its letters; by family name; by number.
  private var buckets: [String: [(id: Int64, name: Name)]] = [:]
  private var folding = Folding()

  /// The most names of a bucket that are compared with a new one.
  private static let mostCompared = 200
  /// The length from which names that differ in one letter are nearly the same: short names of
  /// persons often do and are not.
  private static let leastForSlip = 8
  private static let leastForSlipOfPerson = 12

  private struct Name {
    /// The folded words in order.
    let words: [[UInt8]]
    let digits: [UInt8]
    let leastForSlip: Int
    /// The family name, and the words before it; nil when the name is not a person's.
    var family: [UInt8]?
    var given: [[UInt8]] = []
  }

  mutating func add(_ id: Int64, _ text: String, isPerson: Bool, identifier: String) {
    let folded = folding.fold(text)
    let words = folded.split(separator: 0x20).map(Array.init)
    var name = Name(
      words: words.sorted { $0.lexicographicallyPrecedes($1) },
      digits: folded.filter { (0x30...0x39).contains($0) },
      leastForSlip: isPerson ? Self.leastForSlipOfPerson : Self.leastForSlip)
    if isPerson, let person = AuthorName(text).person {
      name.family = folding.fold(person.family)
      name.given = folding.fold(person.given).split { $0 == 0x20 || $0 == 0x2D }.map(Array.init)
    }
    if !identifier.isEmpty { compare(id, name, in: "#" + identifier) { _, _ in true } }
    let whole = name.words.flatMap(\.self)
    compare(id, name, in: String(decoding: whole, as: UTF8.self)) {
      $0.words.flatMap(\.self) == $1.words.flatMap(\.self) || DuplicateFinder.isSlip($0, $1)
    }
    if whole.count >= name.leastForSlip {
      for index in whole.indices where index == 0 || whole[index] != whole[index - 1] {
        var shorter = whole
        shorter.remove(at: index)
        compare(id, name, in: String(decoding: shorter, as: UTF8.self), DuplicateFinder.isSlip)
      }
    }
    if let family = name.family, let initial = name.given.first?.first {
      let bucket = String(decoding: family, as: UTF8.self) + "," + String(UnicodeScalar(initial))
      compare(id, name, in: bucket) { DuplicateFinder.mayBeShortened($0.given, $1.given) }
    }
  }

  private mutating func compare(
    _ id: Int64, _ name: Name, in bucket: String, _ isSame: (Name, Name) -> Bool
  ) {
    for other in buckets[bucket, default: []].prefix(DuplicateFinder.mostCompared)
    where other.id != id && isSame(name, other.name) {
      pairs.insert(IDPair(id, other.id))
    }
    buckets[bucket, default: []].append((id, name))
  }

  /// Whether two names differ in one letter that is not a digit, or not at all.
  ///
  /// They share a bucket, so each is the other with a letter more, less or changed, or with two
  /// letters changed, which is too much.
  private static func isSlip(_ one: Name, _ other: Name) -> Bool {
    guard one.digits == other.digits else { return false }
    let (left, right) = (one.words.flatMap(\.self), other.words.flatMap(\.self))
    guard min(left.count, right.count) >= one.leastForSlip else { return left == right }
    let start = zip(left, right).prefix { $0 == $1 }.count
    let (restLeft, restRight) = (left.dropFirst(start), right.dropFirst(start))
    let end = zip(restLeft.reversed(), restRight.reversed()).prefix { $0 == $1 }.count
    return max(restLeft.count, restRight.count) - end <= 1
  }

  /// Whether one list of given names may be the other with names shortened to letters or left out:
  /// “R.” and “Richard”, “Richard” and “Richard J.”.
  private static func mayBeShortened(_ one: [[UInt8]], _ other: [[UInt8]]) -> Bool {
    zip(one, other).allSatisfy { left, right in
      left == right || (left.count == 1 || right.count == 1) && left.first == right.first
    }
  }
}
