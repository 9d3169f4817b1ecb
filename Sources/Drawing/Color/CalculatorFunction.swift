// ISO 32000-2 §7.10.5: PostScript calculator functions.

internal import PDF

/// A PostScript calculator function.
struct CalculatorFunction: Sendable {
  private indirect enum Step: Sendable {
    case number(Double)
    case operation(Operation)
    case choice([Step], [Step])
  }

  private enum Operation: String, Sendable {
    case abs, neg, ceiling, floor, round, truncate, cvi, cvr, sqrt, not, sin, cos
    case add, sub, mul, div, idiv, mod, exp, eq, ne, gt, ge, lt, le, and, or, xor, bitshift, atan
    case `true`, `false`, pop, dup, exch, copy, index, roll
  }

  private let steps: [Step]
  /// The number of steps of the program, also of those that a value skips.
  private(set) var stepCount = 0

  /// The most steps performed for one value.
  private static let mostSteps = 10_000

  /// Nil if the program is damaged.
  init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes.prefix(65536), as: UTF8.self)
      .replacing("{", with: " { ").replacing("}", with: " } ")
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)[...]
    guard words.popFirst() == "{", let steps = Self.steps(&words, depth: 0) else { return nil }
    self.steps = steps
    stepCount = Self.count(steps)
  }

  private static func count(_ steps: [Step]) -> Int {
    steps.reduce(0) { total, step in
      if case .choice(let block, let other) = step {
        return total + 1 + max(count(block), count(other))
      }
      return total + 1
    }
  }

  private static func steps(_ words: inout ArraySlice<String>, depth: Int) -> [Step]? {
    guard depth < 16 else { return nil }
    var result: [Step] = []
    var blocks: [[Step]] = []
    while let word = words.popFirst() {
      switch word {
      case "}": return result
      case "{":
        guard let block = steps(&words, depth: depth + 1) else { return nil }
        blocks.append(block)
      case "if":
        guard let block = blocks.popLast() else { return nil }
        result.append(.choice(block, []))
      case "ifelse":
        guard let other = blocks.popLast(), let block = blocks.popLast() else { return nil }
        result.append(.choice(block, other))
      default:
        if let number = Double(word) {
          result.append(.number(number))
        } else if let operation = Operation(rawValue: word) {
          result.append(.operation(operation))
        }
      }
    }
    return nil
  }

  func values(_ inputs: [Double], count: Int) -> [Double] {
    var stack = inputs
    var budget = Self.mostSteps
    Self.run(steps, &stack, &budget)
    let result = Array(stack.suffix(count))
    return [Double](repeating: 0, count: count - result.count) + result
  }

  private static func run(_ steps: [Step], _ stack: inout [Double], _ budget: inout Int) {
    for step in steps {
      budget -= 1
      guard budget > 0, stack.count < 200 else { return }
      switch step {
      case .number(let value): stack.append(value)
      case .choice(let block, let other):
        guard let condition = stack.popLast() else { return }
        run(condition != 0 ? block : other, &stack, &budget)
      case .operation(let operation): perform(operation, &stack)
      }
    }
  }

  private static func perform(_ operation: Operation, _ stack: inout [Double]) {
    switch operation {
    case .true: stack.append(1)
    case .false: stack.append(0)
    case .pop: _ = stack.popLast()
    case .dup: if let last = stack.last { stack.append(last) }
    case .exch: if stack.count > 1 { stack.swapAt(stack.count - 1, stack.count - 2) }
    case .copy:
      guard let count = stack.popLast(), count >= 0, Int(min(count, 99)) <= stack.count else {
        return
      }
      stack += stack.suffix(Int(count))
    case .index:
      guard let index = stack.popLast(), index >= 0, Int(min(index, 999)) < stack.count else {
        return
      }
      stack.append(stack[stack.count - 1 - Int(index)])
    case .roll:
      guard let turns = stack.popLast(), let count = stack.popLast(), count >= 1,
        Int(min(count, 999)) <= stack.count, abs(turns) < 1e6
      else { return }
      let part = Array(stack.suffix(Int(count)))
      stack.removeLast(part.count)
      let shift = ((Int(turns) % part.count) + part.count) % part.count
      stack += part.suffix(shift) + part.prefix(part.count - shift)
    case .abs, .neg, .ceiling, .floor, .round, .truncate, .cvi, .cvr, .sqrt, .not, .sin, .cos:
      guard let value = stack.popLast() else { return }
      stack.append(result(operation, value))
    default:
      guard let second = stack.popLast(), let first = stack.popLast() else { return }
      stack.append(result(operation, first, second))
    }
  }

  private static func result(_ operation: Operation, _ value: Double) -> Double {
    switch operation {
    case .abs: abs(value)
    case .neg: -value
    case .ceiling: value.rounded(.up)
    case .floor: value.rounded(.down)
    case .round: (value + 0.5).rounded(.down)
    case .truncate, .cvi: value.rounded(.towardZero)
    case .sqrt: max(value, 0).squareRoot()
    case .not: value == 0 ? 1 : 0
    case .sin: Trigonometry.sine(degrees: value)
    case .cos: Trigonometry.sine(degrees: value + 90)
    default: value
    }
  }

  private static func result(_ operation: Operation, _ a: Double, _ b: Double) -> Double {
    switch operation {
    case .add: a + b
    case .sub: a - b
    case .mul: a * b
    case .div: b == 0 ? 0 : a / b
    case .idiv: b == 0 ? 0 : (a / b).rounded(.towardZero)
    case .mod: b == 0 ? 0 : a.truncatingRemainder(dividingBy: b)
    case .exp: Trigonometry.power(a, b)
    case .eq: a == b ? 1 : 0
    case .ne: a != b ? 1 : 0
    case .gt: a > b ? 1 : 0
    case .ge: a >= b ? 1 : 0
    case .lt: a < b ? 1 : 0
    case .le: a <= b ? 1 : 0
    case .and: Double(Int(clamping: a) & Int(clamping: b))
    case .or: Double(Int(clamping: a) | Int(clamping: b))
    case .xor: Double(Int(clamping: a) ^ Int(clamping: b))
    case .bitshift: Double(shifted(Int(clamping: a), by: Int(clamping: b)))
    case .atan: Trigonometry.angle(a, b)
    default: 0
    }
  }

  private static func shifted(_ value: Int, by places: Int) -> Int {
    places >= 0 ? value << min(places, 62) : value >> min(-places, 62)
  }
}

extension Int {
  /// The whole part of a number that may be too large.
  fileprivate init(clamping value: Double) {
    self = value.isNaN ? 0 : Int(Swift.min(Swift.max(value, -1e15), 1e15))
  }
}
