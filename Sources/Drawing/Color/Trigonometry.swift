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
