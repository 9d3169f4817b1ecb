import Markup

/// How much a line of the log matters.
enum LogLevel: String, CaseIterable, Sendable {
  case debug, info, notice, warning, error

  /// 0 for what matters least.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The form of the log's lines.
enum LogFormat: String, CaseIterable, Sendable {
  case logfmt, json
}

/// What stands behind a key of a line.
enum LogValue: Sendable, Equatable, ExpressibleByStringLiteral {
  case text(String)
  case integer(Int)
  /// Milliseconds, written with three decimals.
  case milliseconds(microseconds: Int)

  init(stringLiteral text: String) { self = .text(text) }
}

/// Writes the octets of log lines: one line for each event, whatever the values hold.
struct LogLine: Sendable {
  let format: LogFormat
  private(set) var octets: [UInt8] = []
  private var isFirst = true

  init(format: LogFormat, reserving octets: Int = 256) {
    self.format = format
    self.octets.reserveCapacity(octets)
  }

  /// Begins a line with the keys that every line has.
  ///
  /// - Parameters:
  ///   - timestamp: RFC 3339, UTC, with milliseconds.
  ///   - level: How much it matters.
  ///   - message: A fixed wording, so that lines of a kind can be found.
  mutating func begin(timestamp: String, level: LogLevel, message: String) {
    isFirst = true
    if format == .json { octets.append(UInt8(ascii: "{")) }
    add("ts", timestamp)
    add("level", level.rawValue)
    add("msg", message)
  }

  mutating func add(_ key: String, _ value: LogValue) {
    switch value {
    case .text(let text): add(key, text)
    case .integer(let number): add(key, number)
    case .milliseconds(let microseconds): add(key, microseconds: microseconds)
    }
  }

  mutating func add(_ key: String, _ text: String) {
    append(key: key)
    // Readers of logfmt accept a JSON string too.
    if format == .json || !appendBare(text) { JSON.write(text, to: &octets) }
  }

  mutating func add(_ key: String, _ number: Int) {
    append(key: key)
    append(number)
  }

  mutating func add(_ key: String, microseconds: Int) {
    append(key: key)
    let microseconds = max(0, microseconds)
    append(microseconds / 1000)
    let rest = microseconds % 1000
    octets.append(UInt8(ascii: "."))
    octets.append(UInt8(ascii: "0") + UInt8(rest / 100))
    octets.append(UInt8(ascii: "0") + UInt8(rest / 10 % 10))
    octets.append(UInt8(ascii: "0") + UInt8(rest % 10))
  }

  mutating func end() {
    if format == .json { octets.append(UInt8(ascii: "}")) }
    octets.append(UInt8(ascii: "\n"))
  }

  mutating func removeAll() { octets.removeAll(keepingCapacity: true) }

  private mutating func append(key: String) {
    let separator = format == .json ? UInt8(ascii: ",") : UInt8(ascii: " ")
    if !isFirst { octets.append(separator) }
    isFirst = false
    if format == .json { octets.append(UInt8(ascii: "\"")) }
    octets.append(contentsOf: key.utf8)
    if format == .json {
      octets.append(UInt8(ascii: "\""))
      octets.append(UInt8(ascii: ":"))
    } else {
      octets.append(UInt8(ascii: "="))
    }
  }

  private mutating func append(_ number: Int) {
    if number < 0 { octets.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = octets.count
    repeat {
      octets.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    octets[start...].reverse()
  }

  /// Appends a value that may stand without quotes in logfmt.
  ///
  /// - Parameter text: The value.
  /// - Returns: Whether it may.
  private mutating func appendBare(_ text: String) -> Bool {
    let bytes = text.utf8.span
    guard !bytes.isEmpty else { return false }
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte > 0x20, byte < 0x7F, byte != 0x22, byte != 0x3D, byte != 0x5C else { return false }
    }
    octets.append(contentsOf: text.utf8)
    return true
  }
}
