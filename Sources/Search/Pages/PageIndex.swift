/// The words of the pages of files: which pages have a word, and how often.
///
/// A value, as ``RecordIndex`` is. Pages are taken in in memory; whenever they have become many,
/// their words go to a file, so that the memory is bounded however much text there is.
struct PageIndex: Sendable {
  /// The pages of one file, in a part of the index.
  struct Location: Sendable {
    let part: Int
    /// Their numbers within the part, the first page's first.
    let pages: Range<Int>
  }

  /// Creates the files of the parts on disk; nil keeps everything in memory.
  private var makeFile: (@Sendable () throws -> any SegmentFile)?
  /// In bytes, approximately.
  private let memoryLimit: Int
  private var onDisk: [DiskSegment] = []
  private var inMemory = MemorySegment()
  private var locations: [Int64: Location] = [:]
  /// For each part its files in their order, also those that were removed since.
  private(set) var files: [[(id: Int64, pages: Range<Int>)]] = [[]]
  private(set) var count = 0
  private var totalLength = 0
  /// Pages that belong to no file any more.
  private var unused = 0

  init(memoryLimit: Int = .max, makeFile: (@Sendable () throws -> any SegmentFile)? = nil) {
    self.memoryLimit = memoryLimit
    self.makeFile = makeFile
  }

  var isEmpty: Bool { locations.isEmpty }
  var averageLength: Float { count == 0 ? 1 : max(1, Float(totalLength) / Float(count)) }
  var isWorn: Bool { unused > 5000 && unused > count / 4 }

  /// How many parts there are; the last is the one that takes in more.
  var parts: Int { files.count }

  /// How many stems the part in memory has.
  var memoryStems: Int { inMemory.stems.count }

  /// The memory it holds, about.
  var weight: Int {
    inMemory.weight + onDisk.reduce(0) { $0 + $1.weight } + 120 * locations.count
  }

  func location(of file: Int64) -> Location? { locations[file] }

  /// How many words each page of a part has.
  func lengths(ofPart part: Int) -> [UInt16] {
    part < onDisk.count ? onDisk[part].lengths : inMemory.lengths
  }

  /// For each part the pages that have a stem.
  ///
  /// A part that cannot be read, as on a failing disk, has none: a search has an answer without it.
  func lists(of stem: [UInt8], hasPositions: Bool = false) -> [PostingList?] {
    onDisk.map { try? $0.list(of: stem, hasPositions: hasPositions) } + [inMemory.list(of: stem)]
  }

  /// Whether any page has a stem.
  func has(_ stem: [UInt8]) -> Bool {
    inMemory.list(of: stem) != nil
      || onDisk.contains { (try? $0.list(of: stem, hasPositions: false)) != nil }
  }

  /// The stems that begin with a prefix and are on most pages.
  func stems(beginningWith prefix: [UInt8], most: Int) -> [[UInt8]] {
    var counts: [[UInt8]: Int] = [:]
    for part in onDisk {
      try? part.eachStem(beginningWith: prefix) { counts[$0, default: 0] += $1 }
    }
    inMemory.eachStem(beginningWith: prefix) { counts[$0, default: 0] += $1 }
    return counts.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.count < $1.key.count
    }
    .prefix(most).map(\.key)
  }

  /// Takes the pages of a file in, in place of what it had of the same file.
  mutating func insert(_ texts: [String], of file: Int64) {
    remove(file)
    let first = inMemory.lengths.count
    for text in texts { inMemory.append(text) }
    let pages = first..<inMemory.lengths.count
    let part = files.count - 1
    locations[file] = Location(part: part, pages: pages)
    files[part].append((file, pages))
    count += pages.count
    totalLength += inMemory.lengths[pages].reduce(0) { $0 + Int($1) }
    if inMemory.weight > memoryLimit { moveToDisk() }
  }

  mutating func remove(_ file: Int64) {
    guard let location = locations.removeValue(forKey: file) else { return }
    let lengths = lengths(ofPart: location.part)
    count -= location.pages.count
    unused += location.pages.count
    for page in location.pages { totalLength -= Int(lengths[page]) }
  }

  /// If the disk has no room for a file, everything stays in memory from then on.
  private mutating func moveToDisk() {
    guard let makeFile else { return }
    guard let part = try? DiskSegment(inMemory, file: makeFile()) else {
      self.makeFile = nil
      return
    }
    onDisk.append(part)
    inMemory = MemorySegment()
    files.append([])
  }

  /// Whether a page is in the index, and has a stem if one is given.
  func has(_ stem: [UInt8]?, on number: Int, of file: Int64) -> Bool {
    guard let location = location(of: file), location.pages.count >= number else { return false }
    guard let stem else { return true }
    let page = location.pages.lowerBound + number - 1
    var isThere = false
    lists(of: stem)[location.part]?.each { other, _ in isThere = isThere || other == page }
    return isThere
  }
}
