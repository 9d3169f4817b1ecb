// ISO 32000-1 §7.5.7: object streams.

/// A decoded object stream.
struct ObjectStream {
  private let data: [UInt8]
  private let offsets: [Int]
  /// The numbers of its objects, in order.
  let numbers: [Int]

  init?(_ data: [UInt8], count: Int?, first: Int?) {
    guard let count, let first, count > 0, first >= 0, first <= data.count else { return nil }
    var scanner = Scanner(data, to: first)
    var numbers: [Int] = []
    var offsets: [Int] = []
    while numbers.count < count {
      scanner.skipWhite()
      guard let digit = scanner.next, isDigit(digit), let number = scanner.number().integer else {
        break
      }
      scanner.skipWhite()
      guard let digit = scanner.next, isDigit(digit), let offset = scanner.number().integer,
        offset <= data.count - first
      else { break }
      numbers.append(number)
      offsets.append(first + offset)
    }
    self.data = data
    self.numbers = numbers
    self.offsets = offsets
  }

  /// The object with a number; `index` is its index according to the table.
  func object(_ number: Int, index: Int, nesting: Int) -> Object? {
    let place: Int
    if index >= 0, index < numbers.count, numbers[index] == number {
      place = index
    } else if let found = numbers.lastIndex(of: number) {
      place = found
    } else {
      return nil
    }
    var parser = ObjectParser(data, from: offsets[place], nesting: nesting)
    return parser.object()
  }
}
