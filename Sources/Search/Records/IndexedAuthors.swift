/// The authors of indexed records; all spellings of a name are one author.
///
/// Spellings and authors have numbers, counted from 0.
struct IndexedAuthors: Sendable {
  let names: AuthorNames
  private var spellings = WordTable()
  /// How many documents have each spelling.
  private var uses: [UInt32] = []
  private var authorOfSpelling: [UInt32] = []
  private var keys = WordTable()
  /// For each author the best of the spellings that documents have.
  private var bestSpelling: [UInt32] = []
  /// All spellings of each author.
  private var spellingsOfAuthor: [[UInt32]] = []

  init(_ names: AuthorNames) { self.names = names }

  /// How many authors there are.
  var count: Int { keys.count }

  /// The memory it uses, approximately.
  var weight: Int {
    spellings.weight + keys.weight + 12 * uses.capacity + 48 * bestSpelling.capacity
  }

  /// Adds the authors of a document.
  ///
  /// - Parameter list: Their names as they are written.
  /// - Returns: The numbers of the spellings, the first one of each author.
  mutating func insert(_ list: [String]) -> [UInt32] {
    var found: [UInt32] = []
    for name in list {
      let spelling = number(ofSpelling: name)
      let author = authorOfSpelling[Int(spelling)]
      if found.contains(where: { authorOfSpelling[Int($0)] == author }) { continue }
      found.append(spelling)
      uses[Int(spelling)] += 1
      let best = bestSpelling[Int(author)]
      if uses[Int(best)] == 0 || names.isBetter(name, written(best)) {
        bestSpelling[Int(author)] = spelling
      }
    }
    return found
  }

  /// Removes an author of a document, by the spelling that was inserted.
  mutating func remove(_ spelling: UInt32) {
    uses[Int(spelling)] -= 1
    let author = Int(authorOfSpelling[Int(spelling)])
    guard uses[Int(spelling)] == 0, bestSpelling[author] == spelling else { return }
    let used = spellingsOfAuthor[author].filter { uses[Int($0)] > 0 }
    bestSpelling[author] =
      used.min { names.isBetter(written($0), written($1)) } ?? spelling
  }

  private mutating func number(ofSpelling name: String) -> UInt32 {
    let number = spellings.insert(Array(name.utf8))
    guard number == authorOfSpelling.count else { return number }
    let author = keys.insert(Array(names.key(name).utf8))
    authorOfSpelling.append(author)
    uses.append(0)
    if author == bestSpelling.count {
      bestSpelling.append(number)
      spellingsOfAuthor.append([])
    }
    spellingsOfAuthor[Int(author)].append(number)
    return number
  }

  /// The author with a spelling.
  @inline(__always)
  func author(of spelling: UInt32) -> UInt32 { authorOfSpelling[Int(spelling)] }

  /// For each author the sum of a number of each spelling.
  func sums(_ number: (UInt32) -> Int32) -> [Int32] {
    var sums = [Int32](repeating: 0, count: count)
    for (spelling, author) in authorOfSpelling.enumerated() {
      sums[Int(author)] += number(UInt32(spelling))
    }
    return sums
  }

  /// The author with a name, in any spelling.
  func author(named name: String) -> UInt32? {
    keys.number(of: Array(names.key(name).utf8))
  }

  /// The spellings of an author's name that documents have.
  func spellings(of author: UInt32) -> [String] {
    spellingsOfAuthor[Int(author)].filter { uses[Int($0)] > 0 }.map(written)
  }

  /// An author's name as it is shown.
  func name(_ author: UInt32) -> String { names.text(written(bestSpelling[Int(author)])) }

  /// An author's name as it is written, in UTF-8.
  subscript(author: UInt32) -> ArraySlice<UInt8> { spellings[bestSpelling[Int(author)]] }

  private func written(_ spelling: UInt32) -> String {
    String(decoding: spellings[spelling], as: UTF8.self)
  }
}
