/// The authors of indexed records with a number each; the spellings of one name are one author.
struct IndexedAuthors: Sendable {
  private let names: AuthorNames
  private var spellings = WordTable()
  private var authorOfSpelling: [UInt32] = []
  private var keys = WordTable()
  /// The best spelling of each author.
  private var bestSpelling: [UInt32] = []

  init(_ names: AuthorNames) { self.names = names }

  var count: Int { keys.count }

  /// The memory it holds, about.
  var weight: Int {
    spellings.weight + keys.weight + 4 * (authorOfSpelling.capacity + bestSpelling.capacity)
  }

  /// The number of an author, a new one for a name that comes for the first time.
  mutating func insert(_ spelling: [UInt8]) -> UInt32 {
    let number = spellings.insert(spelling)
    if number < authorOfSpelling.count { return authorOfSpelling[Int(number)] }
    let name = String(decoding: spelling, as: UTF8.self)
    let author = keys.insert(Array(names.key(name).utf8))
    authorOfSpelling.append(author)
    if author == bestSpelling.count {
      bestSpelling.append(number)
    } else if names.isBetter(name, written(author)) {
      bestSpelling[Int(author)] = number
    }
    return author
  }

  /// The number of an author, by any spelling of the name.
  func number(of name: String) -> UInt32? {
    keys.number(of: Array(names.key(name).utf8))
  }

  /// A spelling as it is shown.
  func text(of spelling: String) -> String { names.text(spelling) }

  /// What an author is called.
  func name(_ author: UInt32) -> String { names.text(written(author)) }

  private func written(_ author: UInt32) -> String {
    String(decoding: spellings[bestSpelling[Int(author)]], as: UTF8.self)
  }

  /// The bytes of the name as it is written, by which equals are put in order.
  subscript(author: UInt32) -> ArraySlice<UInt8> { spellings[bestSpelling[Int(author)]] }
}
