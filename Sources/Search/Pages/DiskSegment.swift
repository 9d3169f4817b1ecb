/// Pages whose words are in a file.
///
/// The file has the lists of all stems, in the order of the stems, and after them the directory:
/// for each stem its length, its bytes, the number of its pages and the lengths of its list and of
/// the positions, which follow the list. The first stem of each block of the directory is in
/// memory with the offsets of its entry and its list, so that finding a stem reads one block.
struct DiskSegment: Sendable {
  private struct Block: Sendable {
    let first: [UInt8]
    /// Where the entry of the first stem begins, and its list.
    let entry: Int
    let list: Int
  }

  /// How many words each page has.
  let lengths: [UInt16]
  private let file: any SegmentFile
  private let blocks: [Block]
  /// Where the directory lies.
  private let directory: Range<Int>

  private static let stemsInBlock = 32

  /// Writes pages to an empty file.
  ///
  /// - Parameters:
  ///   - pages: The pages.
  ///   - file: The file.
  /// - Throws: What the file throws when it cannot be written.
  init(_ pages: MemorySegment, file: any SegmentFile) throws {
    lengths = pages.lengths
    self.file = file
    let stems = (0..<UInt32(pages.stems.count)).sorted {
      pages.stems[$0].lexicographicallyPrecedes(pages.stems[$1])
    }
    var directory: [UInt8] = []
    var blocks: [(first: [UInt8], entry: Int, list: Int)] = []
    var lists: [UInt8] = []
    var written = 0
    for (index, number) in stems.enumerated() {
      let stem = pages.stems[number]
      let list = pages.lists[Int(number)]
      if index % DiskSegment.stemsInBlock == 0 {
        blocks.append((Array(stem), directory.count, written + lists.count))
      }
      PostingList.append(UInt32(stem.count), to: &directory)
      directory += stem
      PostingList.append(UInt32(list.count), to: &directory)
      PostingList.append(UInt32(list.bytes.count), to: &directory)
      PostingList.append(UInt32(list.positions.count), to: &directory)
      lists += list.bytes + list.positions
      if lists.count >= 1 << 18 {
        try file.append(lists)
        written += lists.count
        lists.removeAll(keepingCapacity: true)
      }
    }
    try file.append(lists + directory)
    let start = written + lists.count
    self.directory = start..<start + directory.count
    self.blocks = blocks.map { Block(first: $0.first, entry: start + $0.entry, list: $0.list) }
  }

  /// The pages that have a stem; nil when none has.
  ///
  /// - Parameters:
  ///   - stem: A stem.
  ///   - hasPositions: Whether its places on the pages are read too.
  /// - Returns: Its list.
  /// - Throws: What the file throws when it cannot be read.
  func list(of stem: [UInt8], hasPositions: Bool) throws -> PostingList? {
    guard let entry = try entry(of: stem) else { return nil }
    return PostingList(
      bytes: try file.bytes(in: entry.list),
      positions: hasPositions ? try file.bytes(in: entry.positions) : [], count: entry.count)
  }

  /// How many pages have a stem.
  ///
  /// - Throws: What the file throws when it cannot be read.
  func count(of stem: [UInt8]) throws -> Int { try entry(of: stem)?.count ?? 0 }

  private func entry(of stem: [UInt8]) throws -> Entry? {
    let next = blocks.boundary({ stem.lexicographicallyPrecedes($0.first) })
    guard next > 0 else { return nil }
    return try entries(ofBlock: next - 1).first { $0.stem == stem }
  }

  /// Calls `body` with each stem that has a prefix and the number of its pages.
  ///
  /// - Throws: What the file throws when it cannot be read.
  func eachStem(
    beginningWith prefix: [UInt8], _ body: ([UInt8], Int) -> Void
  ) throws {
    let first = blocks.boundary({ !$0.first.lexicographicallyPrecedes(prefix) })
    for block in max(0, first - 1)..<blocks.count {
      for entry in try entries(ofBlock: block) {
        if entry.stem.starts(with: prefix) {
          body(entry.stem, entry.count)
        } else if prefix.lexicographicallyPrecedes(entry.stem) {
          return
        }
      }
    }
  }

  /// Calls `body` with each of some stems that it has and the number of its pages.
  ///
  /// - Parameters:
  ///   - stems: The stems in order; a block with several of them is read once.
  ///   - body: What to call.
  /// - Throws: What the file throws when it cannot be read.
  func eachStem(among stems: [[UInt8]], _ body: ([UInt8], Int) throws -> Void) throws {
    var known: (block: Int, entries: [Entry]) = (-1, [])
    for stem in stems {
      let block = blocks.boundary({ stem.lexicographicallyPrecedes($0.first) }) - 1
      guard block >= 0 else { continue }
      if block != known.block { known = (block, try entries(ofBlock: block)) }
      if let entry = known.entries.first(where: { $0.stem == stem }) { try body(stem, entry.count) }
    }
  }

  /// The directory is damaged.
  private struct Damaged: Error {}

  /// An entry of the directory.
  private struct Entry {
    let stem: [UInt8]
    let count: Int
    let list: Range<Int>
    let positions: Range<Int>
  }

  private func entries(ofBlock number: Int) throws -> [Entry] {
    let block = blocks[number]
    let next = number + 1 < blocks.count ? blocks[number + 1].entry : directory.upperBound
    let read = try file.bytes(in: block.entry..<next)
    let bytes = read.span
    var entries: [Entry] = []
    var index = 0
    var list = block.list
    while index < bytes.count {
      let length = Int(PostingList.number(in: bytes, at: &index))
      let stem = index..<min(index + length, bytes.count)
      index = stem.upperBound
      let count = Int(PostingList.number(in: bytes, at: &index))
      let middle = list + Int(PostingList.number(in: bytes, at: &index))
      let end = middle + Int(PostingList.number(in: bytes, at: &index))
      guard end <= directory.lowerBound else { throw Damaged() }
      entries.append(
        Entry(
          stem: Array(read[stem]), count: count, list: list..<middle, positions: middle..<end))
      list = end
    }
    return entries
  }

  /// The memory it holds, about.
  var weight: Int { 2 * lengths.count + blocks.reduce(0) { $0 + 88 + $1.first.count } }
}
