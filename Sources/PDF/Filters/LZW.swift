// ISO 32000-1 §7.4.4.2: the LZW filter.

/// Decodes LZW data with codes of 9 to 12 bits.
enum LZW {
  private static let clear = 256
  private static let endOfData = 257

  /// Decodes at most `limit` bytes.
  ///
  /// An undefined code becomes a space. With `earlyChange`, the usual mode, codes get longer one
  /// code early.
  static func decode(_ bytes: [UInt8], earlyChange: Bool, limit: Int) -> Decoded {
    var result: [UInt8] = []
    // Each entry is a range of the decoded data: the previous sequence and one more byte, which are
    // adjacent there.
    var starts = [Int](repeating: 0, count: 4096)
    var counts = [Int](repeating: 0, count: 4096)
    var next = 258
    var width = 9
    var previous: (start: Int, count: Int)?
    var defect: Decoded.Flaw?
    var buffer = 0
    var bits = 0
    let early = earlyChange ? 1 : 0
    for byte in bytes {
      buffer = (buffer << 8 | Int(byte)) & 0xFF_FFFF
      bits += 8
      guard bits >= width else { continue }
      let code = buffer >> (bits - width) & ((1 << width) - 1)
      bits -= width
      if code == endOfData { return Decoded(bytes: result, defect: defect) }
      if code == clear {
        next = 258
        width = 9
        previous = nil
        continue
      }
      let start = result.count
      if code < 256 {
        result.append(UInt8(code))
      } else if code < next {
        for index in starts[code]..<starts[code] + counts[code] { result.append(result[index]) }
      } else if code == next, let previous {
        for index in previous.start..<previous.start + previous.count {
          result.append(result[index])
        }
        result.append(result[previous.start])
      } else {
        // The encoder added an entry here, so the table stays aligned.
        result.append(0x20)
        defect = .damaged
      }
      if let previous, next < 4096 {
        starts[next] = previous.start
        counts[next] = previous.count + 1
        next += 1
      }
      previous = (start, result.count - start)
      if next + early >= 1 << width, width < 12 { width += 1 }
      if result.count > limit {
        return Decoded(bytes: Array(result.prefix(limit)), defect: .tooLarge)
      }
    }
    return Decoded(bytes: result, defect: defect)
  }
}
