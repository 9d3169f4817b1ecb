/// Weights of what a client accepts (RFC 9110 §12.4.2).
extension Span<UInt8> {
  /// The weight of a member, `*( OWS ";" OWS parameter )`, in thousandths; 1000
  /// without one, nil when it is malformed.
  func weight(_ range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return 1_000 }
    let parameter = trimmed(range.lowerBound + 1..<range.upperBound)
    guard parameter.count >= 3, parameter.count <= 7 else { return nil }
    let start = parameter.lowerBound
    guard self[start].lowercased == UInt8(ascii: "q"), self[start + 1] == UInt8(ascii: "=")
    else { return nil }
    let whole = self[start + 2]
    guard whole == UInt8(ascii: "0") || whole == UInt8(ascii: "1") else { return nil }
    var weight = whole == UInt8(ascii: "1") ? 1_000 : 0
    guard parameter.count > 3 else { return weight }
    guard self[start + 3] == UInt8(ascii: ".") else { return nil }
    var scale = 100
    for index in start + 4..<parameter.upperBound {
      guard self[index].isDigit else { return nil }
      weight += Int(self[index] &- 0x30) * scale
      scale /= 10
    }
    return weight <= 1_000 ? weight : nil
  }
}
