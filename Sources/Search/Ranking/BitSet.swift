/// A set of places of an index, a bit each.
struct BitSet: Sendable, Equatable {
  /// Shared with the loops that score, which set a bit for every posting they read.
  var bits: [UInt64]

  /// - Parameters:
  ///   - places: How many places there are.
  ///   - isFull: Whether all of them are in it at first.
  init(places: Int, isFull: Bool = false) {
    bits = Array(repeating: isFull ? .max : 0, count: (places + 63) / 64)
    if isFull, places % 64 != 0 { bits[bits.count - 1] = (1 << UInt64(places % 64)) - 1 }
  }

  /// How many places it has room for, at least.
  var places: Int { bits.count * 64 }

  var count: Int { bits.reduce(0) { $0 + $1.nonzeroBitCount } }

  var isEmpty: Bool { bits.allSatisfy { $0 == 0 } }

  func contains(_ place: Int) -> Bool { bits[place >> 6] & (1 << UInt64(place & 63)) != 0 }

  /// Adds the next place.
  ///
  /// - Parameter place: As many as there are.
  mutating func append(_ place: Int) {
    if place == places { bits.append(0) }
    insert(place)
  }

  mutating func insert(_ place: Int) { bits[place >> 6] |= 1 << UInt64(place & 63) }

  mutating func remove(_ place: Int) { bits[place >> 6] &= ~(1 << UInt64(place & 63)) }

  mutating func formUnion(_ other: BitSet) {
    for index in bits.indices { bits[index] |= other.bits[index] }
  }

  mutating func formIntersection(_ other: BitSet) {
    for index in bits.indices { bits[index] &= other.bits[index] }
  }

  mutating func subtract(_ other: BitSet) {
    for index in bits.indices { bits[index] &= ~other.bits[index] }
  }

  /// Calls `body` with each place, in order.
  @inline(__always)
  func each(_ body: (Int) throws -> Void) rethrows {
    let bits = bits.span
    for index in bits.indices {
      var left = bits[index]
      while left != 0 {
        try body(index << 6 | left.trailingZeroBitCount)
        left &= left - 1
      }
    }
  }

  /// Removes the places that do not fit.
  mutating func filter(_ fits: (Int) -> Bool) {
    for index in bits.indices {
      var left = bits[index]
      while left != 0 {
        let bit = left & (~left + 1)
        if !fits(index << 6 | left.trailingZeroBitCount) { bits[index] &= ~bit }
        left &= left - 1
      }
    }
  }
}
