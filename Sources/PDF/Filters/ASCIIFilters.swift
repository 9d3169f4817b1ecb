// ISO 32000-1 §7.4.2 (ASCIIHex), §7.4.3 (ASCII85), §7.4.5 (RunLength).

/// Decodes ASCIIHex.
///
/// Any byte that is neither a digit nor white space counts as a damaged digit, so that the
/// following digits stay aligned.
func decodeASCIIHex(_ bytes: [UInt8]) -> Decoded {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count / 2)
  var defect: Decoded.Flaw?
  var high: UInt8?
  for (index, byte) in bytes.enumerated() where !isWhite(byte) {
    var digit = hexadecimal(byte)
    if digit == 255 {
      if byte == 0x3E, !isHexadecimal(bytes[(index + 1)...]) { break }
      digit = 0
      defect = .damaged
    }
    if let first = high {
      result.append(first << 4 | digit)
      high = nil
    } else {
      high = digit
    }
  }
  if let high { result.append(high << 4) }
  return Decoded(bytes: result, defect: defect)
}

/// Whether data follows an angle bracket, which then does not end it.
private func isHexadecimal(_ rest: ArraySlice<UInt8>) -> Bool {
  let next = rest.prefix(64).filter { !isWhite($0) }.prefix(8)
  return next.count == 8 && next.allSatisfy { hexadecimal($0) != 255 }
}

/// Decodes ASCII85.
///
/// Any byte that is neither a digit nor white space counts as a damaged digit, so that the
/// following digits stay aligned.
func decodeASCII85(_ bytes: [UInt8], limit: Int) -> Decoded {
  var result: [UInt8] = []
  var defect: Decoded.Flaw?
  var group: UInt64 = 0
  var count = 0
  // Some writers include the opening mark of the PostScript form.
  var index = bytes.starts(with: [0x3C, 0x7E]) ? 2 : 0
  while index < bytes.count {
    let byte = bytes[index]
    index += 1
    // A tilde within the data is damage.
    if byte == 0x7E, isEnd(bytes, index) { break }
    if byte == 0x7A, count == 0 {
      result.append(contentsOf: [0, 0, 0, 0])
    } else if !isWhite(byte) {
      let isDigit = (0x21...0x75).contains(byte)
      if !isDigit { defect = .damaged }
      group = group * 85 + (isDigit ? UInt64(byte - 0x21) : 0)
      count += 1
      if count == 5 {
        append(group, 4, to: &result)
        group = 0
        count = 0
      }
    }
    if result.count > limit {
      return Decoded(bytes: Array(result.prefix(limit)), defect: .tooLarge)
    }
  }
  if count > 1 {
    for _ in count..<5 { group = group * 85 + 84 }
    append(group, count - 1, to: &result)
  }
  return Decoded(bytes: result, defect: defect)
}

/// Whether a tilde before an index ends the data, with or without its angle bracket.
private func isEnd(_ bytes: [UInt8], _ index: Int) -> Bool {
  guard let next = bytes[index...].first(where: { !isWhite($0) }) else { return true }
  return next == 0x3E
}

private func append(_ group: UInt64, _ count: Int, to result: inout [UInt8]) {
  for place in 0..<count {
    result.append(UInt8(truncatingIfNeeded: group >> UInt64(24 - 8 * place)))
  }
}

/// Decodes RunLength.
func decodeRunLength(_ bytes: [UInt8], limit: Int) -> Decoded {
  var result: [UInt8] = []
  var index = 0
  while index < bytes.count {
    let length = Int(bytes[index])
    index += 1
    if length == 128 { return Decoded(bytes: result, defect: nil) }
    if length < 128 {
      let end = min(index + length + 1, bytes.count)
      result.append(contentsOf: bytes[index..<end])
      if end - index < length + 1 { return Decoded(bytes: result, defect: .damaged) }
      index = end
    } else {
      guard index < bytes.count else { return Decoded(bytes: result, defect: .damaged) }
      result.append(contentsOf: repeatElement(bytes[index], count: 257 - length))
      index += 1
    }
    if result.count > limit {
      return Decoded(bytes: Array(result.prefix(limit)), defect: .tooLarge)
    }
  }
  return Decoded(bytes: result, defect: nil)
}
