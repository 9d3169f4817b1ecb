// ISO 32000-2 §7.10: functions.

internal import PDF

/// A function from numbers to numbers.
final class Function: Sendable {
  private indirect enum Kind: Sendable {
    case sampled(SampledFunction)
    case exponential(first: [Double], last: [Double], exponent: Double)
    case stitching([Function], bounds: [Double], encode: [Double])
    case calculator(CalculatorFunction)
    /// One function for each output.
    case several([Function])
  }

  private let kind: Kind
  private let domain: [Double]
  private let range: [Double]

  private init(_ kind: Kind, domain: [Double], range: [Double]) {
    self.kind = kind
    self.domain = domain
    self.range = range
  }

  /// Reads a function, or an array of functions with one output each.
  convenience init?(_ object: Object?, in document: Document, depth: Int = 0) {
    guard depth < 8 else { return nil }
    if let array = document.array(object) {
      let parts = array.prefix(64).compactMap { Function($0, in: document, depth: depth + 1) }
      guard !parts.isEmpty, parts.count == array.count else { return nil }
      self.init(.several(parts), domain: [], range: [])
      return
    }
    let stream = document.stream(object)
    guard let dictionary = stream?.dictionary ?? document.dictionary(object) else { return nil }
    func numbers(_ key: String) -> [Double] {
      (document.array(dictionary[key]) ?? []).prefix(256).map { document.number($0) ?? 0 }
    }
    let (domain, range) = (numbers("Domain"), numbers("Range"))
    switch document.integer(dictionary["FunctionType"]) {
    case 0:
      guard let stream,
        let sampled = SampledFunction(
          dictionary, data: document.decode(stream), domain: domain, range: range,
          document: document)
      else { return nil }
      self.init(.sampled(sampled), domain: domain, range: range)
    case 2:
      var (first, last) = (numbers("C0"), numbers("C1"))
      if first.isEmpty { first = [0] }
      if last.isEmpty { last = [1] }
      guard first.count == last.count else { return nil }
      self.init(
        .exponential(first: first, last: last, exponent: document.number(dictionary["N"]) ?? 1),
        domain: domain, range: range)
    case 3:
      let parts = (document.array(dictionary["Functions"]) ?? []).prefix(256).compactMap {
        Function($0, in: document, depth: depth + 1)
      }
      let (bounds, encode) = (numbers("Bounds"), numbers("Encode"))
      guard !parts.isEmpty, bounds.count >= parts.count - 1, encode.count >= 2 * parts.count,
        domain.count >= 2
      else { return nil }
      self.init(
        .stitching(parts, bounds: Array(bounds.prefix(parts.count - 1)), encode: encode),
        domain: domain, range: range)
    case 4:
      guard let stream, let program = CalculatorFunction(document.decode(stream)) else {
        return nil
      }
      self.init(.calculator(program), domain: domain, range: range)
    default: return nil
    }
  }

  /// The inputs at which the outputs may change at once.
  var breaks: [Double] {
    switch kind {
    case .stitching(_, let bounds, _): bounds
    case .several(let parts): parts.flatMap(\.breaks)
    default: []
    }
  }

  /// The work that a value takes, in units of ``WorkBudget``.
  var cost: Int {
    switch kind {
    case .sampled(let function): 20 + function.cost
    case .exponential: 30
    case .stitching(let parts, _, _): 20 + (parts.map(\.cost).max() ?? 0)
    case .calculator(let program): 20 + 2 * program.stepCount
    case .several(let parts): parts.reduce(10) { $0 + $1.cost }
    }
  }

  /// The outputs for inputs, both clipped to the function's domain and range.
  func values(_ inputs: [Double]) -> [Double] {
    var inputs = inputs
    for index in inputs.indices where 2 * index + 1 < domain.count {
      inputs[index] = min(max(inputs[index], domain[2 * index]), domain[2 * index + 1])
    }
    var outputs: [Double]
    switch kind {
    case .sampled(let function): outputs = function.values(inputs)
    case .exponential(let first, let last, let exponent):
      let input = inputs.first ?? 0
      let part = exponent == 1 ? input : Trigonometry.power(input, exponent)
      outputs = zip(first, last).map { $0 + part * ($1 - $0) }
    case .stitching(let parts, let bounds, let encode):
      let input = inputs.first ?? 0
      let index = bounds.firstIndex { input < $0 } ?? parts.count - 1
      let low = index == 0 ? domain[0] : bounds[index - 1]
      let high = index == bounds.count ? domain[1] : bounds[index]
      let part = high > low ? (input - low) / (high - low) : 0
      outputs = parts[index].values([
        encode[2 * index] + part * (encode[2 * index + 1] - encode[2 * index])
      ])
    case .calculator(let program): outputs = program.values(inputs, count: range.count / 2)
    case .several(let parts): outputs = parts.map { $0.values(inputs).first ?? 0 }
    }
    for index in outputs.indices {
      if !outputs[index].isFinite { outputs[index] = 0 }
      if 2 * index + 1 < range.count {
        outputs[index] = min(max(outputs[index], range[2 * index]), range[2 * index + 1])
      }
    }
    return outputs
  }
}

/// A table of samples (§7.10.2), interpolated linearly.
struct SampledFunction: Sendable {
  private let sizes: [Int]
  private let encode: [Double]
  private let decode: [Double]
  private let domain: [Double]
  private let outputs: Int
  /// From 0 to 1.
  private let samples: [Float]

  private static let mostSamples = 1 << 20

  init?(
    _ dictionary: [String: Object], data: [UInt8], domain: [Double], range: [Double],
    document: Document
  ) {
    let sizes = (document.array(dictionary["Size"]) ?? []).prefix(8).map {
      document.integer($0) ?? 0
    }
    let bits = document.integer(dictionary["BitsPerSample"]) ?? 8
    let outputs = range.count / 2
    guard !sizes.isEmpty, sizes.count == domain.count / 2, outputs > 0, outputs <= 32,
      sizes.allSatisfy({ (1...65536).contains($0) }), [1, 2, 4, 8, 12, 16, 24, 32].contains(bits)
    else { return nil }
    var count = outputs
    for size in sizes {
      count *= size
      guard count <= Self.mostSamples else { return nil }
    }
    guard data.count * 8 >= count * bits else { return nil }
    func numbers(_ key: String) -> [Double]? {
      document.array(dictionary[key])?.map { document.number($0) ?? 0 }
    }
    encode =
      numbers("Encode").flatMap { $0.count >= 2 * sizes.count ? $0 : nil }
      ?? sizes.flatMap { [0, Double($0 - 1)] }
    decode = numbers("Decode").flatMap { $0.count >= range.count ? $0 : nil } ?? range
    self.sizes = sizes
    self.domain = domain
    self.outputs = outputs
    let largest = bits == 32 ? 4_294_967_295.0 : Double((1 << bits) - 1)
    var samples: [Float] = []
    samples.reserveCapacity(count)
    var bit = 0
    for _ in 0..<count {
      var value = 0
      var left = bits
      while left > 0 {
        let take = min(left, 8 - bit % 8)
        let shifted = Int(data[bit / 8]) >> (8 - bit % 8 - take)
        value = value << take | (shifted & ((1 << take) - 1))
        bit += take
        left -= take
      }
      samples.append(Float(Double(value) / largest))
    }
    self.samples = samples
  }

  /// The corners around a value, with their outputs.
  var cost: Int { (outputs + sizes.count) << sizes.count }

  func values(_ inputs: [Double]) -> [Double] {
    var lows: [Int] = []
    var parts: [Double] = []
    for (index, size) in sizes.enumerated() {
      let input = index < inputs.count ? inputs[index] : 0
      let (from, to) = (domain[2 * index], domain[2 * index + 1])
      let part = to > from ? (input - from) / (to - from) : 0
      let place = encode[2 * index] + part * (encode[2 * index + 1] - encode[2 * index])
      let clipped = min(max(place, 0), Double(size - 1))
      let low = min(Int(clipped), max(size - 2, 0))
      lows.append(low)
      parts.append(clipped - Double(low))
    }
    var result = [Double](repeating: 0, count: outputs)
    for corner in 0..<(1 << sizes.count) {
      var weight = 1.0
      var place = 0
      var stride = 1
      for (index, size) in sizes.enumerated() {
        let isHigh = corner >> index & 1 == 1
        weight *= isHigh ? parts[index] : 1 - parts[index]
        place += min(lows[index] + (isHigh ? 1 : 0), size - 1) * stride
        stride *= size
      }
      guard weight > 0 else { continue }
      for output in 0..<outputs {
        result[output] += weight * Double(samples[place * outputs + output])
      }
    }
    for output in 0..<outputs {
      let (low, high) = (decode[2 * output], decode[2 * output + 1])
      result[output] = low + result[output] * (high - low)
    }
    return result
  }
}
