/// Punycode, the encoding of Unicode labels of domain names in ASCII (RFC 3492).
package enum Punycode {
  // The parameters of §5.
  private static let base = 36
  private static let tMin = 1
  private static let tMax = 26
  private static let skew = 38
  private static let damp = 700
  private static let initialBias = 72
  private static let initialN = 128

  /// Encodes a label, without the prefix `xn--` (§6.3).
  ///
  /// - Parameter label: At most a few hundred scalars; the time grows with their square.
  /// - Returns: The encoded label; nil when a number does not fit.
  package static func encoded(_ label: String) -> String? {
    let scalars = label.unicodeScalars.map { Int($0.value) }
    var output = scalars.filter { $0 < initialN }.map { UInt8($0) }
    let basicCount = output.count
    if basicCount > 0 { output.append(UInt8(ascii: "-")) }
    var (n, delta, bias, handled) = (initialN, 0, initialBias, basicCount)
    while handled < scalars.count {
      guard let next = scalars.filter({ $0 >= n }).min() else { return nil }
      let (step, overflow) = (next - n).multipliedReportingOverflow(by: handled + 1)
      guard !overflow, step < Int(Int32.max) - delta else { return nil }
      delta += step
      n = next
      for scalar in scalars {
        if scalar < n { delta += 1 }
        guard scalar == n else { continue }
        var q = delta
        var k = base
        while true {
          let t = threshold(k, bias)
          if q < t { break }
          output.append(digit(t + (q - t) % (base - t)))
          q = (q - t) / (base - t)
          k += base
        }
        output.append(digit(q))
        bias = adapted(delta, handled + 1, isFirst: handled == basicCount)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Decodes a label without its prefix (§6.2); nil when it is malformed.
  package static func decoded(_ encoded: String) -> String? {
    let input = Array(encoded.utf8)
    guard input.allSatisfy({ $0 < 0x80 }) else { return nil }
    let delimiter = input.lastIndex(of: UInt8(ascii: "-"))
    var output = input[..<(delimiter ?? 0)].map { Int($0) }
    var position = delimiter.map { $0 + 1 } ?? 0
    var (n, i, bias) = (initialN, 0, initialBias)
    while position < input.count {
      let before = i
      var weight = 1
      var k = base
      while true {
        guard position < input.count, let digit = value(input[position]) else { return nil }
        position += 1
        let (step, overflow) = digit.multipliedReportingOverflow(by: weight)
        guard !overflow, step <= Int(Int32.max) - i else { return nil }
        i += step
        let t = threshold(k, bias)
        if digit < t { break }
        let (grown, tooLarge) = weight.multipliedReportingOverflow(by: base - t)
        guard !tooLarge, grown <= Int(Int32.max) else { return nil }
        weight = grown
        k += base
      }
      bias = adapted(i - before, output.count + 1, isFirst: before == 0)
      n += i / (output.count + 1)
      i %= output.count + 1
      output.insert(n, at: i)
      i += 1
    }
    var text = String.UnicodeScalarView()
    for value in output {
      guard let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) else { return nil }
      text.append(scalar)
    }
    return String(text)
  }

  private static func threshold(_ k: Int, _ bias: Int) -> Int { min(max(k - bias, tMin), tMax) }

  /// The next bias (§6.1).
  private static func adapted(_ delta: Int, _ points: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / damp : delta / 2
    delta += delta / points
    var k = 0
    while delta > (base - tMin) * tMax / 2 {
      delta /= base - tMin
      k += base
    }
    return k + (base - tMin + 1) * delta / (delta + skew)
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(value < 26 ? 0x61 + value : 0x30 + value - 26)
  }

  private static func value(_ digit: UInt8) -> Int? {
    switch digit {
    case 0x30...0x39: Int(digit) - 0x30 + 26
    case 0x41...0x5A: Int(digit) - 0x41
    case 0x61...0x7A: Int(digit) - 0x61
    default: nil
    }
  }
}
