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
  /// What the client says of codings.
  func acceptedCodings(_ head: RequestHead, _ octets: Span<UInt8>) -> AcceptEncoding {
    guard let range = head.value(of: .acceptEncoding) else { return AcceptEncoding() }
    guard !head.isRepeated(.acceptEncoding) else { return head.acceptedCodings(in: octets) }
    return codings.decision(for: range, in: octets) { head.acceptedCodings(in: octets) }
  }

  /// The place of the language that the client prefers among those of the service.
  func preferredLanguage(_ head: RequestHead, _ octets: Span<UInt8>) -> Int {
    guard shared.languages.count > 1, let range = head.value(of: .acceptLanguage) else { return 0 }
    let offered = shared.languages
    guard !head.isRepeated(.acceptLanguage) else {
      return head.preferredLanguage(of: offered, in: octets)
    }
    return languages.decision(for: range, in: octets) {
      head.preferredLanguage(of: offered, in: octets)
    }
  }
}
