import HTTP

/// What was decided for the field values that came last: clients repeat themselves.
struct FieldMemory<Decision> {
  private struct Entry {
    var value: [UInt8]
    var decision: Decision
  }

  private static var capacity: Int { 8 }
  /// Longer values are decided anew each time.
  private static var longestValue: Int { 256 }

  private var entries: [Entry] = []
  /// The place of the entry that has been there for the longest time.
  private var oldest = 0

  /// What was decided for a value, or what is decided now.
  mutating func decision(
    for range: Range<Int>, in octets: Span<UInt8>, else decide: () -> Decision
  ) -> Decision {
    for index in entries.indices where octets.equals(range, entries[index].value) {
      return entries[index].decision
    }
    let decision = decide()
    guard range.count <= Self.longestValue else { return decision }
    var value: [UInt8] = []
    value.reserveCapacity(range.count)
    for index in range { value.append(octets[index]) }
    let entry = Entry(value: value, decision: decision)
    if entries.count < Self.capacity {
      entries.append(entry)
    } else {
      entries[oldest] = entry
      oldest = (oldest + 1) % Self.capacity
    }
    return decision
  }
}

extension Loop {
  /// The coding that the head just read prefers; nil when it accepts neither.
  func preferredCoding(_ octets: Span<UInt8>) -> ContentCoding? {
    guard let range = parser.head.value(of: .acceptEncoding) else { return .identity }
    guard !parser.head.isRepeated(.acceptEncoding) else {
      return parser.head.preferredCoding(in: octets)
    }
    return codings.decision(for: range, in: octets) { parser.head.preferredCoding(in: octets) }
  }

  /// The place of the language that the head just read prefers among those of the service.
  func preferredLanguage(_ octets: Span<UInt8>) -> Int {
    let offered = shared.languages
    guard offered.count > 1, let range = parser.head.value(of: .acceptLanguage) else { return 0 }
    guard !parser.head.isRepeated(.acceptLanguage) else {
      return parser.head.preferredLanguage(of: offered, in: octets)
    }
    return languages.decision(for: range, in: octets) {
      parser.head.preferredLanguage(of: offered, in: octets)
    }
  }
}
