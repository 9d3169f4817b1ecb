/// The one of `names` that differs least from `word`, when it differs little enough to be meant.
func nearest(to word: String, in names: some Sequence<String>) -> String? {
  let near = names.map { (name: $0, distance: distance(word, $0)) }
    .filter { $0.distance <= max(1, min(word.count, $0.name.count) / 3) }
  return near.min { $0.distance < $1.distance }?.name
}

/// How many characters must be put in, taken out or exchanged to make one word of the other.
private func distance(_ left: String, _ right: String) -> Int {
  let left = Array(left.prefix(64))
  let right = Array(right.prefix(64))
  var row = Array(0...right.count)
  for (i, character) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in right.enumerated() {
      let exchanged = diagonal + (character == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(exchanged, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[right.count]
}
