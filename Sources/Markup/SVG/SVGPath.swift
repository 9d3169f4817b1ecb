/// Path data (SVG 2 §9.3), as short as it can be written.
///
/// Coordinates are rounded to a grid and written relative to the last point, so that rounding errors
/// do not add up.
package struct SVGPath: Sendable {
  /// Grid units per unit.
  private let scale: Double
  private let digits: Int
  package private(set) var bytes: [UInt8] = []
  private var x = 0
  private var y = 0
  private var startX = 0
  private var startY = 0
  private var command: UInt8 = 0
  /// Whether the last number has a decimal point, so that one may follow without a separator.
  private var hasPoint = false

  /// Creates an empty path.
  ///
  /// - Parameter digits: The number of decimals of coordinates.
  package init(digits: Int = 2) {
    self.digits = digits
    scale = digits == 1 ? 10 : digits == 2 ? 100 : digits == 3 ? 1000 : 1
  }

  package var isEmpty: Bool { bytes.isEmpty }

  package mutating func move(_ x: Double, _ y: Double) {
    let (x, y) = (grid(x), grid(y))
    // The first point of a path is absolute even after the small letter, and what follows is not.
    write(UInt8(ascii: "m"))
    number(x - self.x)
    number(y - self.y)
    // Further pairs after a moveto are lines.
    command = UInt8(ascii: "l")
    (self.x, self.y) = (x, y)
    (startX, startY) = (x, y)
  }

  package mutating func line(_ x: Double, _ y: Double) {
    let (x, y) = (grid(x), grid(y))
    if y == self.y {
      write(UInt8(ascii: "h"))
      number(x - self.x)
    } else if x == self.x {
      write(UInt8(ascii: "v"))
      number(y - self.y)
    } else {
      write(UInt8(ascii: "l"))
      number(x - self.x)
      number(y - self.y)
    }
    (self.x, self.y) = (x, y)
  }

  package mutating func curve(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x: Double, _ y: Double
  ) {
    write(UInt8(ascii: "c"))
    number(grid(x1) - self.x)
    number(grid(y1) - self.y)
    number(grid(x2) - self.x)
    number(grid(y2) - self.y)
    let (x, y) = (grid(x), grid(y))
    number(x - self.x)
    number(y - self.y)
    (self.x, self.y) = (x, y)
  }

  package mutating func close() {
    bytes.append(UInt8(ascii: "z"))
    command = 0
    hasPoint = false
    (x, y) = (startX, startY)
  }

  package mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    move(x, y)
    line(x + width, y)
    line(x + width, y + height)
    line(x, y + height)
    close()
  }

  private func grid(_ value: Double) -> Int {
    value.isNaN ? 0 : Int((min(max(value, -1e9), 1e9) * scale).rounded())
  }

  private mutating func write(_ letter: UInt8) {
    guard letter != command else { return }
    bytes.append(letter)
    command = letter
    isFirst = true
  }

  private var isFirst = true

  private mutating func number(_ value: Int) {
    let start = bytes.count
    bytes.append(grid: value, digits: digits)
    let first = bytes[start]
    let needsSeparator =
      !isFirst && first != UInt8(ascii: "-") && !(first == UInt8(ascii: ".") && hasPoint)
    if needsSeparator { bytes.insert(UInt8(ascii: " "), at: start) }
    hasPoint = bytes[start...].contains(UInt8(ascii: "."))
    isFirst = false
  }
}

extension [UInt8] {
  /// Appends a number with at most `digits` decimals.
  mutating func append(_ number: Double, digits: Int) {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let limit = 1e15 / scale
    let value = number.isNaN ? 0 : Swift.min(Swift.max(number, -limit), limit)
    append(grid: Int((value * scale).rounded()), digits: digits)
  }

  /// Appends numbers with spaces between them.
  mutating func append(list numbers: [Double], digits: Int) {
    for (index, number) in numbers.enumerated() {
      if index > 0 { append(UInt8(ascii: " ")) }
      append(number, digits: digits)
    }
  }

  /// Appends a number counted in units of the last decimal, without needless zeros.
  mutating func append(grid value: Int, digits: Int) {
    if value < 0 { append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    var places = digits
    while places > 0, rest % 10 == 0 {
      rest /= 10
      places -= 1
    }
    guard places > 0 else { return append(decimal: Int(rest)) }
    var scale: UInt = 1
    for _ in 0..<places { scale *= 10 }
    if rest >= scale { append(decimal: Int(rest / scale)) }
    append(UInt8(ascii: "."))
    var fraction = rest % scale
    let start = count
    for _ in 0..<places {
      append(UInt8(ascii: "0") + UInt8(fraction % 10))
      fraction /= 10
    }
    self[start...].reverse()
  }
}
