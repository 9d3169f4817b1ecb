// ISO 32000-2 §7.10.5: PostScript calculator functions.

internal import PDF

/// A PostScript calculator function.
struct CalculatorFunction: Sendable {
  private indirect enum Step: Sendable {
    case number(Double)
    case operation(String)
    case choice([Step], [Step])
  }

  private let steps: [Step]

  /// The most steps performed for one value.
  private static let mostSteps = 10_000

  /// Nil if the program is damaged.
  init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes.prefix(65536), as: UTF8.self)
      .replacing("{", with: " { ").replacing("}", with: " } ")
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)[...]
    guard words.popFirst() == "{", let steps = Self.steps(&words, depth: 0) else { return nil }
    self.steps = steps
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
        result.append(Double(word).map { .number($0) } ?? .operation(word))
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
      case .operation(let name): perform(name, &stack)
      }
    }
  }

  private static func perform(_ name: String, _ stack: inout [Double]) {
    if let one = unary(name) {
      guard let value = stack.popLast() else { return }
      stack.append(one(value))
      return
    }
    if let two = binary(name) {
      guard let second = stack.popLast(), let first = stack.popLast() else { return }
      stack.append(two(first, second))
      return
    }
    switch name {
    case "true": stack.append(1)
    case "false": stack.append(0)
    case "pop": _ = stack.popLast()
    case "dup": if let last = stack.last { stack.append(last) }
    case "exch": if stack.count > 1 { stack.swapAt(stack.count - 1, stack.count - 2) }
    case "copy":
      guard let count = stack.popLast(), count >= 0, Int(min(count, 99)) <= stack.count else {
        return
      }
      stack += stack.suffix(Int(count))
    case "index":
      guard let index = stack.popLast(), index >= 0, Int(min(index, 999)) < stack.count else {
        return
      }
      stack.append(stack[stack.count - 1 - Int(index)])
    case "roll":
      guard let turns = stack.popLast(), let count = stack.popLast(), count >= 1,
        Int(min(count, 999)) <= stack.count, abs(turns) < 1e6
      else { return }
      let part = Array(stack.suffix(Int(count)))
      stack.removeLast(part.count)
      let shift = ((Int(turns) % part.count) + part.count) % part.count
      stack += part.suffix(shift) + part.prefix(part.count - shift)
    default: break
    }
  }

  private static func unary(_ name: String) -> ((Double) -> Double)? {
    switch name {
    case "abs": { abs($0) }
    case "neg": { -$0 }
    case "ceiling": { $0.rounded(.up) }
    case "floor": { $0.rounded(.down) }
    case "round": { ($0 + 0.5).rounded(.down) }
    case "truncate", "cvi": { $0.rounded(.towardZero) }
    case "cvr": { $0 }
    case "sqrt": { max($0, 0).squareRoot() }
    case "not": { $0 == 0 ? 1 : 0 }
    case "sin": { Trigonometry.sine(degrees: $0) }
    case "cos": { Trigonometry.sine(degrees: $0 + 90) }
    default: nil
    }
  }

  private static func binary(_ name: String) -> ((Double, Double) -> Double)? {
    func bits(_ combine: @escaping (Int, Int) -> Int) -> (Double, Double) -> Double {
      { Double(combine(Int(clamping: $0), Int(clamping: $1))) }
    }
    return switch name {
    case "add": { $0 + $1 }
    case "sub": { $0 - $1 }
    case "mul": { $0 * $1 }
    case "div": { $1 == 0 ? 0 : $0 / $1 }
    case "idiv": { $1 == 0 ? 0 : ($0 / $1).rounded(.towardZero) }
    case "mod": { $1 == 0 ? 0 : $0.truncatingRemainder(dividingBy: $1) }
    case "exp": { Trigonometry.power($0, $1) }
    case "eq": { $0 == $1 ? 1 : 0 }
    case "ne": { $0 != $1 ? 1 : 0 }
    case "gt": { $0 > $1 ? 1 : 0 }
    case "ge": { $0 >= $1 ? 1 : 0 }
    case "lt": { $0 < $1 ? 1 : 0 }
    case "le": { $0 <= $1 ? 1 : 0 }
    case "and": bits(&)
    case "or": bits(|)
    case "xor": bits(^)
    case "bitshift": bits { $1 >= 0 ? $0 << min($1, 62) : $0 >> min(-$1, 62) }
    case "atan": { Trigonometry.angle($0, $1) }
    default: nil
    }
  }
}

extension Int {
  /// The whole part of a number that may be too large.
  fileprivate init(clamping value: Double) {
    self = value.isNaN ? 0 : Int(Swift.min(Swift.max(value, -1e15), 1e15))
  }
}

/// Functions that the standard library lacks, by series.
enum Trigonometry {
  static func sine(degrees: Double) -> Double {
    var angle = degrees.truncatingRemainder(dividingBy: 360) * .pi / 180
    if angle > .pi { angle -= 2 * .pi }
    if angle < -.pi { angle += 2 * .pi }
    var (term, sum) = (angle, angle)
    for step in 1..<14 {
      term *= -angle * angle / Double((2 * step) * (2 * step + 1))
      sum += term
    }
    return sum
  }

  /// The angle of a fraction, in degrees from 0 to 360.
  static func angle(_ numerator: Double, _ denominator: Double) -> Double {
    let length = (numerator * numerator + denominator * denominator).squareRoot()
    guard length > 0 else { return 0 }
    // The sine grows from -90 to 90 degrees, so the angle is found by halving.
    let wanted = abs(numerator) / length
    var (low, high) = (0.0, 90.0)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if sine(degrees: middle) < wanted { low = middle } else { high = middle }
    }
    switch (numerator >= 0, denominator >= 0) {
    case (true, true): return low
    case (true, false): return 180 - low
    case (false, false): return 180 + low
    case (false, true): return low == 0 ? 0 : 360 - low
    }
  }

  /// A power of a positive number.
  static func power(_ base: Double, _ exponent: Double) -> Double {
    guard base > 0, abs(exponent) < 256 else { return exponent == 0 ? 1 : 0 }
    var result = 1.0
    let size = abs(exponent)
    for _ in 0..<Int(size) { result *= base }
    var rest = size - size.rounded(.down)
    var root = base
    for _ in 0..<24 where rest > 0 {
      root = root.squareRoot()
      rest *= 2
      if rest >= 1 {
        result *= root
        rest -= 1
      }
    }
    return exponent < 0 ? 1 / result : result
  }
}
