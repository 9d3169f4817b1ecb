/// A table as comma-separated values (RFC 4180) in UTF-8 with a header row.
struct CSV {
  static let mediaType = "text/csv; charset=utf-8; header=present"

  private(set) var octets: [UInt8] = []

  init(_ names: [String]) { add(names) }

  /// Adds a row.
  ///
  /// A value that a spreadsheet would evaluate as a formula gets an apostrophe: titles come from
  /// outside, and nothing in the file may run when staff open it.
  mutating func add(_ row: [String]) {
    for (index, value) in row.enumerated() {
      if index > 0 { octets.append(UInt8(ascii: ",")) }
      append(value)
    }
    octets += [0x0D, 0x0A]
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
      octets += value.utf8
      return
    }
    octets.append(UInt8(ascii: "\""))
    if isFormula { octets.append(UInt8(ascii: "'")) }
    for octet in value.utf8 {
      if octet == UInt8(ascii: "\"") { octets.append(octet) }
      octets.append(octet)
    }
    octets.append(UInt8(ascii: "\""))
  }
}
