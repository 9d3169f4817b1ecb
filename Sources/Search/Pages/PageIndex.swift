/// The words of the pages of files: which pages have a word, how often and where.
///
/// Pages are added to a segment in memory. When that has become large it moves to a file, so that
/// memory is bounded however much text there is. Removed pages stay in their segments and are left
/// out of every count.
struct PageIndex: Sendable {
  /// The pages of one file, in a segment.
  struct Location: Sendable {
    let segment: Int
    /// Their numbers within the segment, the first page's first.
    let pages: Range<Int>
  }

  /// The pages that have a stem.
  struct Postings {
    /// For each segment; nil where no page has the stem.
    var lists: [PostingList?]
    /// How many pages have it.
    var count = 0
    /// Whether every segment could be read.
    var isComplete = true
  }

  /// Creates the files of segments on disk; nil keeps everything in memory.
  private var makeFile: (@Sendable () throws -> any SegmentFile)?
  /// In bytes, approximately.
  private let memoryLimit: Int
  private var onDisk: [DiskSegment] = []
  private var inMemory = MemorySegment()
  /// Numbers of files, counted from 0; those of files that were removed stay.
  private var numbers: [Int64: Int32] = [:]
  /// For each number where the pages of the file are; nil without any, or as long as it is hidden.
  private var locations: [Location?] = []
  /// The files whose pages are not to be found yet; these are among the removed pages.
  private var hidden: [Int64: Location] = [:]
  /// For each segment the pages that were removed.
  private var removed: [Set<Int>] = [[]]
  private(set) var count = 0
  private var totalLength = 0

  init(memoryLimit: Int = .max, makeFile: (@Sendable () throws -> any SegmentFile)? = nil) {
    self.memoryLimit = memoryLimit
    self.makeFile = makeFile
  }

  var isEmpty: Bool { count == 0 }

  var averageLength: Float { count == 0 ? 1 : max(1, Float(totalLength) / Float(count)) }

  /// Whether so many pages were removed that the index should be rebuilt.
  var isWorn: Bool {
    let unused = removed.reduce(0) { $0 + $1.count } - hiddenCount
    return unused > 5000 && unused > count / 4
  }

  /// How many segments there are; the last one is in memory.
  var segments: Int { removed.count }

  /// How many stems the segment in memory has.
  var memoryStems: Int { inMemory.stems.count }

  /// The memory it uses, approximately.
  var weight: Int {
    inMemory.weight + onDisk.reduce(0) { $0 + $1.weight } + 80 * locations.count
  }

  /// Where the pages of a file are; nil for one that is hidden or unknown.
  func location(of file: Int64) -> Location? { numbers[file].flatMap { locations[Int($0)] } }

  /// The same for the number of a file; nil for -1.
  @inline(__always)
  func location(ofNumber number: Int32) -> Location? { number < 0 ? nil : locations[Int(number)] }

  /// The number of a file, a new one for a new file; -1 for none, which is 0.
  mutating func number(of file: Int64) -> Int32 {
    guard file != 0 else { return -1 }
    if let known = numbers[file] { return known }
    let number = Int32(locations.count)
    numbers[file] = number
    locations.append(nil)
    return number
  }

  func hasFile(_ file: Int64) -> Bool { location(of: file) != nil || hidden[file] != nil }

  /// How many pages are hidden.
  var hiddenCount: Int { hidden.values.reduce(0) { $0 + $1.pages.count } }

  /// Hides the pages of a file from every search and count, or shows them again.
  mutating func setHidden(_ isHidden: Bool, _ file: Int64) {
    if isHidden, let location = take(file) {
      leaveOut(location)
      hidden[file] = location
    } else if !isHidden, let location = hidden.removeValue(forKey: file) {
      removed[location.segment].subtract(location.pages)
      add(location, of: file)
    }
  }

  private mutating func add(_ location: Location, of file: Int64) {
    locations[Int(number(of: file))] = location
    count += location.pages.count
    let lengths = lengths(ofSegment: location.segment)
    for page in location.pages { totalLength += Int(lengths[page]) }
  }

  /// Takes the location of a file away.
  private mutating func take(_ file: Int64) -> Location? {
    guard let number = numbers[file], let location = locations[Int(number)] else { return nil }
    locations[Int(number)] = nil
    return location
  }

  private mutating func leaveOut(_ location: Location) {
    let lengths = lengths(ofSegment: location.segment)
    count -= location.pages.count
    removed[location.segment].formUnion(location.pages)
    for page in location.pages { totalLength -= Int(lengths[page]) }
  }

  /// How many words each page of a segment has.
  func lengths(ofSegment segment: Int) -> [UInt16] {
    segment < onDisk.count ? onDisk[segment].lengths : inMemory.lengths
  }

  /// The pages that have a stem.
  ///
  /// - Parameters:
  ///   - stem: A stem.
  ///   - hasPositions: Whether its positions on the pages are read too.
  /// - Returns: The pages. A segment that cannot be read has none and makes the result incomplete.
  func postings(of stem: [UInt8], hasPositions: Bool = false) -> Postings {
    var postings = Postings(lists: [])
    for segment in onDisk {
      do {
        postings.lists.append(try segment.list(of: stem, hasPositions: hasPositions))
      } catch {
        postings.lists.append(nil)
        postings.isComplete = false
      }
    }
    postings.lists.append(inMemory.list(of: stem))
    for (list, removed) in zip(postings.lists, removed) {
      postings.count += list.map { PageIndex.count($0, without: removed) } ?? 0
    }
    return postings
  }

  /// On how many pages a stem is.
  ///
  /// - Parameter stem: A stem.
  /// - Returns: The number of pages, and whether every segment could be read. Lists are read only
  ///   of segments with removed pages; the others know how long theirs are.
  func count(of stem: [UInt8]) -> (count: Int, isComplete: Bool) {
    var found = (count: 0, isComplete: true)
    for (segment, removed) in zip(onDisk, removed) {
      do {
        if removed.isEmpty {
          found.count += try segment.count(of: stem)
        } else if let list = try segment.list(of: stem, hasPositions: false) {
          found.count += PageIndex.count(list, without: removed)
        }
      } catch {
        found.isComplete = false
      }
    }
    if let list = inMemory.list(of: stem) {
      found.count += PageIndex.count(list, without: removed[onDisk.count])
    }
    return found
  }

  private static func count(_ list: PostingList, without removed: Set<Int>) -> Int {
    guard !removed.isEmpty else { return list.count }
    var count = 0
    list.each { page, _ in count += removed.contains(page) ? 0 : 1 }
    return count
  }

  /// The stems with a prefix that are on most pages.
  ///
  /// - Parameters:
  ///   - prefix: How the stems begin.
  ///   - most: The most to return.
  /// - Returns: The stems, and whether every segment could be read.
  func stems(beginningWith prefix: [UInt8], most: Int) -> (stems: [[UInt8]], isComplete: Bool) {
    var counts: [[UInt8]: Int] = [:]
    var isComplete = true
    for segment in onDisk {
      do {
        try segment.eachStem(beginningWith: prefix) { counts[$0, default: 0] += $1 }
      } catch {
        isComplete = false
      }
    }
    inMemory.eachStem(beginningWith: prefix) { counts[$0, default: 0] += $1 }
    // These counts include removed pages, so no stem is on more pages than its count says.
    let hasRemoved = removed.contains { !$0.isEmpty }
    var best = TopK<StemCount>(most: most)
    for (stem, limit) in counts.sorted(by: { $0.value > $1.value }) {
      if let least = best.least, limit < least.count { break }
      let count = hasRemoved ? self.count(of: stem).count : limit
      if count > 0 { best.offer(StemCount(count: count, stem: stem)) }
    }
    return (best.sorted.map(\.stem), isComplete)
  }

  /// Whether a page of a segment was removed or is hidden.
  func isRemoved(_ page: Int, ofSegment segment: Int) -> Bool { removed[segment].contains(page) }

  /// On how many pages some stems are.
  ///
  /// - Parameter stems: The stems; together they take far fewer reads than one after the other.
  /// - Returns: The numbers of pages of those that are on any, and whether every segment could be
  ///   read.
  func counts(of stems: Set<[UInt8]>) -> (counts: [[UInt8]: Int], isComplete: Bool) {
    var counts: [[UInt8]: Int] = [:]
    var isComplete = true
    let sorted = onDisk.isEmpty ? [] : stems.sorted { $0.lexicographicallyPrecedes($1) }
    for (segment, removed) in zip(onDisk, removed) {
      do {
        try segment.eachStem(among: sorted) { stem, count in
          let list = removed.isEmpty ? nil : try segment.list(of: stem, hasPositions: false)
          counts[stem, default: 0] += list.map { PageIndex.count($0, without: removed) } ?? count
        }
      } catch {
        isComplete = false
      }
    }
    for stem in stems {
      guard let list = inMemory.list(of: stem) else { continue }
      counts[stem, default: 0] += PageIndex.count(list, without: removed[onDisk.count])
    }
    return (counts.filter { $0.value > 0 }, isComplete)
  }

  /// A stem and how many pages have it; of equal ones the shorter, then the first in byte order is
  /// greater.
  private struct StemCount: Comparable {
    let count: Int
    let stem: [UInt8]

    static func < (left: StemCount, right: StemCount) -> Bool {
      if left.count != right.count { return left.count < right.count }
      if left.stem.count != right.stem.count { return left.stem.count > right.stem.count }
      return right.stem.lexicographicallyPrecedes(left.stem)
    }
  }

  /// Adds the pages of files, or replaces them.
  mutating func insert(_ words: PageWords) {
    for file in words.files { remove(file.id) }
    guard !words.segment.lengths.isEmpty else { return }
    let first = inMemory.lengths.count
    inMemory.append(words.segment)
    for (file, pages) in words.files where !pages.isEmpty {
      let pages = first + pages.lowerBound..<first + pages.upperBound
      add(Location(segment: segments - 1, pages: pages), of: file)
    }
    if inMemory.weight > memoryLimit { moveToDisk() }
  }

  mutating func remove(_ file: Int64) {
    if let location = take(file) { leaveOut(location) }
    hidden[file] = nil
  }

  /// Moves the last pages to a file too, if there are others in files.
  mutating func endLoading() {
    if !onDisk.isEmpty, !inMemory.lengths.isEmpty { moveToDisk() }
  }

  /// If the disk has no room for a file, everything stays in memory from then on.
  private mutating func moveToDisk() {
    guard let makeFile else { return }
    guard let segment = try? DiskSegment(inMemory, file: makeFile()) else {
      self.makeFile = nil
      return
    }
    onDisk.append(segment)
    inMemory = MemorySegment()
    removed.append([])
  }

  /// Whether a page is in the index, and has a stem if one is given.
  func has(_ stem: [UInt8]?, on number: Int, of file: Int64) -> Bool {
    guard let location = location(of: file) ?? hidden[file], location.pages.count >= number else {
      return false
    }
    guard let stem else { return true }
    let page = location.pages.lowerBound + number - 1
    var isThere = false
    postings(of: stem).lists[location.segment]?.each { other, _ in
      isThere = isThere || other == page
    }
    return isThere
  }
}
