/// Finds what two sequences have in common, in order.
///
/// Runs that are in each sequence once (first of four items, then single ones) are matched by the
/// longest increasing subsequence, as in patience diff. Gaps between them are compared by Myers'
/// algorithm, piece by piece where there are many differences. When it has taken too many steps, the
/// rest counts as replaced.
struct WordMatching {
  /// Items that both sequences have.
  struct Run: Sendable, Equatable {
    let old: Int
    let new: Int
    let count: Int
  }

  private(set) var runs: [Run] = []
  private let old: [Int32]
  private let new: [Int32]
  /// How many more steps Myers' algorithm may take.
  private var steps = 8_000_000

  /// How many items the runs have that anchor the comparison.
  private static let anchorSizes = [4, 1]
  /// After so many differences the best path so far is taken, and the comparison starts anew.
  private static let mostDifferences = 400

  init(_ old: [Int32], _ new: [Int32]) {
    self.old = old
    self.new = new
    match(old.indices, new.indices, level: 0)
  }

  /// How many items both have.
  var common: Int { runs.reduce(0) { $0 + $1.count } }

  private mutating func add(_ old: Int, _ new: Int, _ count: Int) {
    guard count > 0 else { return }
    if let last = runs.last, last.old + last.count == old, last.new + last.count == new {
      runs[runs.count - 1] = Run(old: last.old, new: last.new, count: last.count + count)
    } else {
      runs.append(Run(old: old, new: new, count: count))
    }
  }

  private mutating func match(_ oldRange: Range<Int>, _ newRange: Range<Int>, level: Int) {
    var (first, last) = (oldRange.lowerBound, oldRange.upperBound)
    var (newFirst, newLast) = (newRange.lowerBound, newRange.upperBound)
    while first < last, newFirst < newLast, old[first] == new[newFirst] {
      (first, newFirst) = (first + 1, newFirst + 1)
    }
    add(oldRange.lowerBound, newRange.lowerBound, first - oldRange.lowerBound)
    while first < last, newFirst < newLast, old[last - 1] == new[newLast - 1] {
      (last, newLast) = (last - 1, newLast - 1)
    }
    if first < last, newFirst < newLast {
      matchMiddle(first..<last, newFirst..<newLast, level: level)
    }
    add(last, newLast, oldRange.upperBound - last)
  }

  private mutating func matchMiddle(_ oldRange: Range<Int>, _ newRange: Range<Int>, level: Int) {
    guard level < WordMatching.anchorSizes.count else { return compare(oldRange, newRange) }
    var (place, newPlace) = (oldRange.lowerBound, newRange.lowerBound)
    for anchor in anchors(oldRange, newRange, size: WordMatching.anchorSizes[level]) {
      guard anchor.old >= place, anchor.new >= newPlace else { continue }
      var (end, newEnd) = (anchor.old, anchor.new)
      while end < oldRange.upperBound, newEnd < newRange.upperBound, old[end] == new[newEnd] {
        (end, newEnd) = (end + 1, newEnd + 1)
      }
      match(place..<anchor.old, newPlace..<anchor.new, level: level + 1)
      add(anchor.old, anchor.new, end - anchor.old)
      (place, newPlace) = (end, newEnd)
    }
    match(place..<oldRange.upperBound, newPlace..<newRange.upperBound, level: level + 1)
  }

  // MARK: Anchors

  /// The runs of a size that are in both ranges once, as far as their order agrees.
  private func anchors(
    _ oldRange: Range<Int>, _ newRange: Range<Int>, size: Int
  ) -> [(old: Int, new: Int)] {
    let newPlaces = WordMatching.unique(new, newRange, size: size)
    let pairs = WordMatching.unique(old, oldRange, size: size).compactMap { hash, place in
      newPlaces[hash].map { (old: place, new: $0) }
    }.filter { pair in
      old[pair.old..<pair.old + size] == new[pair.new..<pair.new + size]
    }.sorted { $0.old < $1.old }
    return WordMatching.longestIncreasing(pairs)
  }

  /// The places of the runs that are in a range once, by their hash.
  private static func unique(
    _ items: [Int32], _ range: Range<Int>, size: Int
  ) -> [UInt64: Int] {
    guard range.count >= size else { return [:] }
    var places: [UInt64: Int] = [:]
    places.reserveCapacity(range.count)
    for place in range.lowerBound...range.upperBound - size {
      let hash = items[place..<place + size].reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
        ($0 ^ UInt64(UInt32(bitPattern: $1))) &* 0x9E37_79B9_7F4A_7C15
      }
      places[hash] = places[hash] == nil ? place : -1
    }
    return places.filter { $0.value >= 0 }
  }

  private static func longestIncreasing(
    _ pairs: [(old: Int, new: Int)]
  ) -> [(old: Int, new: Int)] {
    // The last pair of the best sequence of each length.
    var ends: [Int] = []
    var previous = [Int](repeating: -1, count: pairs.count)
    for index in pairs.indices {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[ends[middle]].new < pairs[index].new { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var longest: [(old: Int, new: Int)] = []
    var index = ends.last ?? -1
    while index >= 0 {
      longest.append(pairs[index])
      index = previous[index]
    }
    return longest.reversed()
  }

  // MARK: Gaps

  private mutating func compare(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
    var (rest, newRest) = (oldRange, newRange)
    while steps > 0, !rest.isEmpty, !newRest.isEmpty {
      let (done, newDone) = comparePiece(rest, newRest)
      rest = rest.lowerBound + done..<rest.upperBound
      newRest = newRest.lowerBound + newDone..<newRest.upperBound
    }
  }

  /// Myers' greedy algorithm (1986): the fewest deletions and insertions.
  ///
  /// - Returns: How much of each range has been compared.
  private mutating func comparePiece(
    _ oldRange: Range<Int>, _ newRange: Range<Int>
  ) -> (Int, Int) {
    let (count, newCount) = (oldRange.count, newRange.count)
    let most = min(count + newCount, WordMatching.mostDifferences)
    // For each number of differences the farthest place in the old range on each diagonal.
    var farthest = [Int](repeating: 0, count: 2 * most + 3)
    let origin = most + 1
    var history: [[Int]] = []
    for differences in 0...most {
      history.append(Array(farthest[origin - differences - 1...origin + differences + 1]))
      for diagonal in stride(from: -differences, through: differences, by: 2) {
        let isDown =
          diagonal == -differences
          || (diagonal != differences
            && farthest[origin + diagonal - 1] < farthest[origin + diagonal + 1])
        var place = isDown ? farthest[origin + diagonal + 1] : farthest[origin + diagonal - 1] + 1
        while place < count, place - diagonal < newCount, place - diagonal >= 0,
          old[oldRange.lowerBound + place] == new[newRange.lowerBound + place - diagonal]
        {
          place += 1
          steps -= 1
        }
        farthest[origin + diagonal] = place
        steps -= 1
        if place >= count, place - diagonal >= newCount {
          addPath(history, oldRange.lowerBound, newRange.lowerBound, count, newCount)
          return (count, newCount)
        }
      }
    }
    let ends = stride(from: -most, through: most, by: 2).map { diagonal in
      (old: farthest[origin + diagonal], new: farthest[origin + diagonal] - diagonal)
    }.filter { $0.old <= count && $0.new <= newCount }
    guard let end = ends.max(by: { $0.old + $0.new < $1.old + $1.new }) else {
      return (count, newCount)
    }
    addPath(history, oldRange.lowerBound, newRange.lowerBound, end.old, end.new)
    return end
  }

  /// Adds the runs on the path that the algorithm has found, from its end.
  private mutating func addPath(
    _ history: [[Int]], _ start: Int, _ newStart: Int, _ count: Int, _ newCount: Int
  ) {
    var found: [Run] = []
    var (place, newPlace) = (count, newCount)
    for differences in history.indices.reversed() {
      let farthest = history[differences]
      let origin = differences + 1
      let diagonal = place - newPlace
      let isDown =
        diagonal == -differences
        || (diagonal != differences
          && farthest[origin + diagonal - 1] < farthest[origin + diagonal + 1])
      let before = differences == 0 ? 0 : farthest[origin + (isDown ? diagonal + 1 : diagonal - 1)]
      let begin = differences == 0 ? 0 : isDown ? before : before + 1
      if place > begin {
        found.append(
          Run(old: start + begin, new: newStart + begin - diagonal, count: place - begin))
      }
      (place, newPlace) = (before, before - (isDown ? diagonal + 1 : diagonal - 1))
    }
    for run in found.reversed() { add(run.old, run.new, run.count) }
  }
}
