extension RandomAccessCollection where Index == Int {
  /// The first index whose element satisfies what all elements behind it satisfy; the end when none
  /// does.
  func boundary(_ satisfies: (Element) throws -> Bool) rethrows -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if try satisfies(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
