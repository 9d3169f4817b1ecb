internal import Markup

/// The values of attributes as a drawing writes them.
enum DrawnValues {
  /// Numbers, apart by what is no part of one.
  static func numbers(_ bytes: ArraySlice<UInt8>, most: Int = 100_000) -> [Double] {
    var reader = NumberReader(bytes)
    var result: [Double] = []
    while result.count < most, let number = reader.next() { result.append(number) }
    return result
  }

  /// A colour in three or six digits.
  static func color(_ bytes: ArraySlice<UInt8>) -> SIMD4<Float>? {
    guard bytes.first == UInt8(ascii: "#") else { return nil }
    let digits = bytes.dropFirst().compactMap { byte -> Int? in
      Character(Unicode.Scalar(byte)).hexDigitValue
    }
    let parts: [Int]
    switch digits.count {
    case 3: parts = digits.map { $0 * 17 }
    case 6: parts = [0, 2, 4].map { digits[$0] * 16 + digits[$0 + 1] }
    default: return nil
    }
    return SIMD4(Float(parts[0]), Float(parts[1]), Float(parts[2]), 255) / 255
  }

  /// Path data: the commands that ``SVGPath`` writes, and their absolute forms.
  static func outline(_ bytes: ArraySlice<UInt8>) -> Outline {
    var outline = Outline()
    var reader = NumberReader(bytes)
    var command: UInt8 = 0
    while true {
      if let letter = reader.letter() {
        command = letter
        if letter | 0x20 == UInt8(ascii: "z") {
          outline.close()
          continue
        }
      }
      let from = outline.current
      let isRelative = command & 0x20 != 0
      func point(_ x: Double, _ y: Double) -> Point {
        isRelative ? Point(x: from.x + x, y: from.y + y) : Point(x: x, y: y)
      }
      guard let first = reader.next() else { return outline }
      switch command | 0x20 {
      case UInt8(ascii: "h"):
        outline.line(Point(x: isRelative ? from.x + first : first, y: from.y))
      case UInt8(ascii: "v"):
        outline.line(Point(x: from.x, y: isRelative ? from.y + first : first))
      case UInt8(ascii: "m"):
        guard let y = reader.next() else { return outline }
        outline.move(point(first, y))
        command = UInt8(ascii: "l") & (isRelative ? 0xFF : 0xDF)
      case UInt8(ascii: "l"):
        guard let y = reader.next() else { return outline }
        outline.line(point(first, y))
      case UInt8(ascii: "c"):
        guard let y1 = reader.next(), let x2 = reader.next(), let y2 = reader.next(),
          let x = reader.next(), let y = reader.next()
        else { return outline }
        outline.curve(point(first, y1), point(x2, y2), point(x, y))
      default: return outline
      }
    }
  }

  /// The bytes of a data URI.
  static func data(_ bytes: ArraySlice<UInt8>) -> (type: String, bytes: [UInt8])? {
    guard bytes.starts(with: Array("data:".utf8)), let comma = bytes.firstIndex(of: 0x2C) else {
      return nil
    }
    let type = bytes[(bytes.startIndex + 5)..<comma].prefix { $0 != UInt8(ascii: ";") }
    return (String(decoding: type, as: UTF8.self), base64(bytes[(comma + 1)...]))
  }

  private static let digits: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
      .enumerated()
    {
      values[Int(byte)] = UInt8(value)
    }
    return values
  }()

  private static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let digits = digits
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * 3 / 4)
    var (value, bits) = (0, 0)
    for byte in bytes {
      let digit = digits[Int(byte)]
      guard digit < 64 else { break }
      value = (value << 6 | Int(digit)) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        result.append(UInt8(truncatingIfNeeded: value >> bits))
      }
    }
    return result
  }
}

/// Reads numbers such as `-.5` that follow each other with as little between them as possible.
private struct NumberReader {
  private let bytes: ArraySlice<UInt8>
  private var place: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  private mutating func skip() {
    while place < bytes.endIndex, bytes[place] <= 0x20 || bytes[place] == UInt8(ascii: ",") {
      place += 1
    }
  }

  /// The letter of a command, if one comes next.
  mutating func letter() -> UInt8? {
    skip()
    guard place < bytes.endIndex, (0x41...0x5A).contains(bytes[place] & 0xDF) else { return nil }
    defer { place += 1 }
    return bytes[place]
  }

  mutating func next() -> Double? {
    skip()
    var isNegative = false
    if place < bytes.endIndex, bytes[place] == UInt8(ascii: "-") {
      isNegative = true
      place += 1
    }
    var value = 0.0
    var count = 0
    var scale = 1.0
    var hasPoint = false
    while place < bytes.endIndex {
      let byte = bytes[place]
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else if byte >= 0x30, byte <= 0x39 {
        value = value * 10 + Double(byte - 0x30)
        if hasPoint { scale *= 10 }
        count += 1
      } else {
        break
      }
      place += 1
    }
    guard count > 0, count < 40 else { return nil }
    return (isNegative ? -value : value) / scale
  }
}
