/// The greatest of the elements that were offered, in a heap whose root is the least of them.
struct TopK<Element: Comparable> {
  private let most: Int
  private var heap: [Element] = []

  init(most: Int) { self.most = most }

  /// The least element, if there is no room for more.
  var least: Element? { heap.count < most ? nil : heap.first }

  /// The elements, the greatest first.
  var sorted: [Element] { heap.sorted(by: >) }

  @inline(__always)
  mutating func offer(_ element: Element) {
    if heap.count < most {
      heap.append(element)
      rise(from: heap.count - 1)
    } else if let least = heap.first, least < element {
      heap[0] = element
      sink()
    }
  }

  private mutating func rise(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}

/// A document and its score; of equal ones the newer one is greater.
struct Candidate: Comparable {
  let score: Float
  let date: Int32
  let place: UInt32
  let id: Int64

  @inline(__always)
  static func < (left: Candidate, right: Candidate) -> Bool {
    if left.score != right.score { return left.score < right.score }
    if left.date != right.date { return left.date < right.date }
    return left.id < right.id
  }
}
