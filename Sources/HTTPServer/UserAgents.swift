import HTTP

/// The values of `User-Agent` that came lately, each as one string that all its records share.
///
/// Clients repeat themselves, so a record costs a comparison and no allocation.
struct UserAgentMemory {
  private struct Entry {
    var octets: [UInt8] = []
    var text = ""
  }

  /// The longest value that is kept; of a longer one only so much is told.
  private static let longest = 512
  private static let places = 64
  private var entries = [Entry](repeating: Entry(), count: places)

  /// The value of the head just read; empty without one.
  mutating func text(_ head: RequestHead, _ octets: Span<UInt8>) -> String {
    guard let value = head.value(of: .userAgent) else { return "" }
    let range = value.prefix(Self.longest)
    var hash = UInt32(truncatingIfNeeded: range.count)
    // Where two programs differ is past “Mozilla/5.0 (”; the platform and the version tell most.
    for index in stride(from: range.lowerBound, to: range.upperBound, by: 5) {
      hash = (hash ^ UInt32(octets[index])) &* 16_777_619
    }
    let place = Int((hash ^ hash >> 15) % UInt32(Self.places))
    if !octets.equals(range, entries[place].octets) {
      var copy: [UInt8] = []
      copy.reserveCapacity(range.count)
      for index in range { copy.append(octets[index]) }
      entries[place] = Entry(octets: copy, text: String(decoding: copy, as: UTF8.self))
    }
    return entries[place].text
  }
}
