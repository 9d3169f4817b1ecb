/// Numbers with a unit, as in settings: “64 MiB”, “30 s”.
enum Quantity {
  private static let byteUnits: [(name: String, bytes: Int)] = [
    ("", 1), ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
  ]

  private static let timeUnits: [(name: String, milliseconds: Int)] = [
    ("ms", 1), ("s", 1_000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000),
  ]

  /// The number of bytes in a text such as “64 MiB” or “1000”.
  static func bytes(_ text: String) -> Int? {
    guard let (number, unit) = split(text),
      let factor = byteUnits.first(where: { $0.name == unit })?.bytes
    else { return nil }
    let (product, overflows) = number.multipliedReportingOverflow(by: factor)
    return overflows ? nil : product
  }

  /// The duration in a text such as “30 s”; the unit is required.
  static func duration(_ text: String) -> Duration? {
    guard let (number, unit) = split(text),
      let factor = timeUnits.first(where: { $0.name == unit })?.milliseconds
    else { return nil }
    let (product, overflows) = number.multipliedReportingOverflow(by: factor)
    return overflows ? nil : .milliseconds(product)
  }

  /// A size in the largest unit that gives at least 1, with one decimal below 10: “9.5 MiB”.
  static func text(bytes: Int) -> String {
    guard let unit = byteUnits.last(where: { $0.bytes <= bytes && $0.bytes > 1 }) else {
      return "\(bytes) B"
    }
    let tenths = bytes / (unit.bytes / 10)
    return tenths < 100 && tenths % 10 != 0
      ? "\(tenths / 10).\(tenths % 10) \(unit.name)" : "\(bytes / unit.bytes) \(unit.name)"
  }

  /// A duration in the largest unit that gives a whole number: “90 s”, “2 h”.
  static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let milliseconds = Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    let unit =
      timeUnits.last { milliseconds >= $0.milliseconds && milliseconds % $0.milliseconds == 0 }
      ?? timeUnits[0]
    return "\(milliseconds / unit.milliseconds) \(unit.name)"
  }

  /// Splits digits and letters, possibly with spaces between them.
  private static func split(_ text: String) -> (number: Int, unit: String)? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard let number = Int(digits) else { return nil }
    return (number, String(text.dropFirst(digits.count).drop { $0 == " " }))
  }
}
