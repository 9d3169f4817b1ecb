/// A table as comma-separated values (RFC 4180) in UTF-8 with a header row.
struct CSV {
  static let mediaType = "text/csv; charset=utf-8; header=present"

  private(set) var bytes: [UInt8] = []

  init(_ names: [String]) { add(names) }

  /// Adds a row.
  ///
  /// A value that a spreadsheet would evaluate as a formula gets an apostrophe: titles come from
  /// outside, and nothing in the file may run when staff open it.
  mutating func add(_ row: [String]) {
    for (index, value) in row.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(value)
    }
    bytes += [0x0D, 0x0A]
  }

  /// The rows so far, which are forgotten.
  mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  private mutating func append(_ value: String) {
    let isFormula =
      switch value.utf8.first {
      case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, 0x0D: true
      case UInt8(ascii: "+"), UInt8(ascii: "-"): Double(value) == nil
      default: false
      }
    let isPlain = value.utf8.allSatisfy {
      $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 != 0x0D && $0 != 0x0A
    }
    if isPlain && !isFormula {
      bytes += value.utf8
      return
    }
    bytes.append(UInt8(ascii: "\""))
    if isFormula { bytes.append(UInt8(ascii: "'")) }
    for byte in value.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
