import Glibc

/// Octets that a loop is about to send to one connection.
///
/// Answers are put together here and leave in one call; it is empty between connections.
@safe
struct SendBuffer: ~Copyable {
  /// Room for the head of any answer behind a full batch.
  private let base: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(capacity: Int) {
    unsafe base = .allocate(byteCount: capacity, alignment: 64)
  }

  deinit { unsafe base.deallocate() }

  var room: Int { unsafe base.count - count }

  /// The octets; valid until the next change.
  var octets: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: unsafe base[..<count])
  }

  /// Adds octets; those that find no room would be lost, so callers look at ``room`` first.
  mutating func append(_ octets: [UInt8]) { append(octets[...]) }

  mutating func append(_ octets: ArraySlice<UInt8>) {
    // Unsafe: the copy ends where the room does.
    unsafe octets.withUnsafeBytes { source in
      let length = min(source.count, room)
      guard length > 0, let from = source.baseAddress, let to = unsafe base.baseAddress
      else { return }
      unsafe memcpy(to + count, from, length)
      count += length
    }
  }

  mutating func append(_ text: String) {
    for octet in text.utf8 where room > 0 {
      // Unsafe: there is room for one.
      unsafe base[count] = octet
      count += 1
    }
  }

  /// Adds the digits of a number that is not negative.
  mutating func append(_ number: Int) {
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var place = 20
    var rest = number.magnitude
    repeat {
      place -= 1
      digits[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    for place in place..<20 where room > 0 {
      // Unsafe: there is room for one.
      unsafe base[count] = digits[place]
      count += 1
    }
  }

  mutating func removeAll() { count = 0 }
}
