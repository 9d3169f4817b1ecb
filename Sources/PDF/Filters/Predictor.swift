// ISO 32000-1 §7.4.4.4: predictor functions of LZW and Flate (TIFF 6.0 §14; PNG, RFC 2083 §6).

/// Undoes a predictor.
struct Predictor {
  private let isPNG: Bool
  private let colors: Int
  private let bits: Int
  /// The bytes of a row without the predictor.
  let rowBytes: Int

  /// The bytes of a row with the predictor, of which PNG adds one.
  var encodedRowBytes: Int { isPNG ? rowBytes + 1 : rowBytes }

  /// The predictor in decode parameters; nil without one or if its numbers are impossible.
  init?(_ parameters: [String: Object]) {
    let kind = parameters["Predictor"]?.integer ?? 1
    guard kind == 2 || (10...15).contains(kind) else { return nil }
    isPNG = kind != 2
    colors = parameters["Colors"]?.integer ?? 1
    bits = parameters["BitsPerComponent"]?.integer ?? 8
    let columns = parameters["Columns"]?.integer ?? 1
    guard (1...64).contains(colors), [1, 2, 4, 8, 16].contains(bits),
      (1...(1 << 26)).contains(columns)
    else { return nil }
    rowBytes = (columns * colors * bits + 7) / 8
  }

  /// Undoes the predictor.
  ///
  /// - Parameters:
  ///   - bytes: Whole rows, of which the last can be incomplete.
  ///   - above: The row above them; empty for zeros.
  /// - Returns: The rows without the predictor.
  func undo(_ bytes: [UInt8], below above: [UInt8] = []) -> [UInt8] {
    isPNG ? undoPNG(bytes, below: above) : undoTIFF(bytes)
  }

  private func undoPNG(_ bytes: [UInt8], below previous: [UInt8]) -> [UInt8] {
    let unit = max(1, colors * bits / 8)
    var result = previous.count == rowBytes ? previous : []
    let kept = result.count
    result.reserveCapacity(kept + bytes.count)
    var position = 0
    while position < bytes.count {
      let type = bytes[position]
      position += 1
      // The last row can be incomplete.
      let count = min(rowBytes, bytes.count - position)
      let start = result.count
      // The first row is below a row of zeros.
      let above = start >= rowBytes ? start - rowBytes : -1
      for index in 0..<count {
        let raw = bytes[position + index]
        let left = index >= unit ? result[start + index - unit] : 0
        let up = above >= 0 ? result[above + index] : 0
        switch type {
        case 1: result.append(raw &+ left)
        case 2: result.append(raw &+ up)
        case 3: result.append(raw &+ UInt8((Int(left) + Int(up)) / 2))
        case 4:
          let corner = above >= 0 && index >= unit ? result[above + index - unit] : 0
          result.append(raw &+ Self.paeth(left, up, corner))
        default: result.append(raw)
        }
      }
      position += count
    }
    result.removeFirst(kept)
    return result
  }

  private static func paeth(_ left: UInt8, _ up: UInt8, _ corner: UInt8) -> UInt8 {
    let estimate = Int(left) + Int(up) - Int(corner)
    let toLeft = abs(estimate - Int(left))
    let toUp = abs(estimate - Int(up))
    let toCorner = abs(estimate - Int(corner))
    if toLeft <= toUp, toLeft <= toCorner { return left }
    return toUp <= toCorner ? up : corner
  }

  private func undoTIFF(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    var start = 0
    while start < result.count {
      let end = min(start + rowBytes, result.count)
      switch bits {
      case 8:
        var index = start + colors
        while index < end {
          result[index] &+= result[index - colors]
          index += 1
        }
      case 16:
        var index = start + 2 * colors
        while index + 1 < end {
          let before =
            UInt16(result[index - 2 * colors]) << 8 | UInt16(result[index - 2 * colors + 1])
          let sum = (UInt16(result[index]) << 8 | UInt16(result[index + 1])) &+ before
          result[index] = UInt8(sum >> 8)
          result[index + 1] = UInt8(sum & 255)
          index += 2
        }
      default: undoTIFFBits(&result, start, end)
      }
      start = end
    }
    return result
  }

  /// Undoes the TIFF predictor for components of one, two or four bits.
  private func undoTIFFBits(_ result: inout [UInt8], _ start: Int, _ end: Int) {
    let mask = (1 << bits) - 1
    var before = [Int](repeating: 0, count: colors)
    var bit = start * 8
    var color = 0
    while bit + bits <= end * 8 {
      let shift = 8 - bits - bit % 8
      let byte = Int(result[bit / 8])
      let value = ((byte >> shift & mask) + before[color]) & mask
      result[bit / 8] = UInt8(byte & ~(mask << shift) | value << shift)
      before[color] = value
      color = (color + 1) % colors
      bit += bits
    }
  }
}
