/// The most similar name; nil if none is similar enough.
func nearest(to word: String, in names: some Sequence<String>) -> String? {
  let near = names.map { (name: $0, distance: distance(word, $0)) }
    .filter { $0.distance <= max(1, min(word.count, $0.name.count) / 3) }
  return near.min { $0.distance < $1.distance }?.name
}

/// The edit distance of two words, counting insertions, deletions, replacements and swaps of
/// neighbours.
private func distance(_ left: String, _ right: String) -> Int {
  let left = Array(left.prefix(64))
  let right = Array(right.prefix(64))
  var before: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      let exchanged = last[j] + (left[i] == right[j] ? 0 : 1)
      var least = min(exchanged, last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        least = min(least, before[j - 1] + 1)
      }
      row.append(least)
    }
    before = last
    last = row
  }
  return last[right.count]
}
