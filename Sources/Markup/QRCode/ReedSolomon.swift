/// The error correction of QR codes (§7.5.2): Reed–Solomon codes over the field of 256 elements with
/// the polynomial x⁸ + x⁴ + x³ + x² + 1.
enum ReedSolomon {
  /// The codewords that are added to a block: the remainder of its polynomial.
  static func correction(of block: [UInt8], count: Int) -> [UInt8] {
    let divisor = generator(degree: count)
    var remainder = [UInt8](repeating: 0, count: count)
    for codeword in block {
      let factor = codeword ^ remainder.removeFirst()
      remainder.append(0)
      for index in 0..<count { remainder[index] ^= product(divisor[index], factor) }
    }
    return remainder
  }

  /// The product of (x − 2⁰), (x − 2¹) and so on, without its first coefficient, which is 1.
  private static func generator(degree: Int) -> [UInt8] {
    var coefficients = [UInt8](repeating: 0, count: degree - 1) + [1]
    var root: UInt8 = 1
    for _ in 0..<degree {
      for index in 0..<degree {
        coefficients[index] = product(coefficients[index], root)
        if index + 1 < degree { coefficients[index] ^= coefficients[index + 1] }
      }
      root = product(root, 2)
    }
    return coefficients
  }

  private static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
    var result: UInt8 = 0
    for bit in (0..<8).reversed() {
      result = result << 1 ^ (result >> 7 == 1 ? 0x1D : 0)
      if right >> UInt8(bit) & 1 == 1 { result ^= left }
    }
    return result
  }
}
