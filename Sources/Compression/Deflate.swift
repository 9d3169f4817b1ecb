internal import CZlib

/// Compresses into the zlib format (RFC 1950).
///
/// - Parameters:
///   - bytes: What to compress.
///   - level: From 0, stored, to 9, smallest; other levels are clamped.
/// - Returns: A zlib stream, the same for the same bytes and level.
package func deflate(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
  compressed(bytes, level: level, format: 0)
}

/// Compresses into one gzip member (RFC 1952) without a time or a name.
///
/// - Parameters:
///   - bytes: What to compress.
///   - level: From 0, stored, to 9, smallest; other levels are clamped.
/// - Returns: A gzip member, the same for the same bytes and level.
package func gzip(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
  compressed(bytes, level: level, format: gzipFormat)
}

/// What zlib adds to the window size for a gzip member.
private let gzipFormat: Int32 = 16

private func compressed(_ bytes: [UInt8], level: Int, format: Int32) -> [UInt8] {
  // A smaller window and hash for what is about as small: an article page of 18 KB takes 150 µs
  // instead of 190 µs, since allocating the larger buffers needs system calls.
  // Not for stored blocks, for which `deflateBound` of zlib 1.2.13 is then too small.
  let isSmall = level > 0 && bytes.count < 48 << 10
  let (window, memory): (Int32, Int32) = isSmall ? (14, 7) : (15, 8)
  return unsafe withUnsafeTemporaryAllocation(of: z_stream.self, capacity: 1) { streams in
    unsafe streams.initialize(repeating: z_stream())
    guard let stream = streams.baseAddress else { return [] }
    let status = unsafe deflateInit2_(
      stream, Int32(min(max(level, 0), 9)), Z_DEFLATED, window + format, memory, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    // Fails only without memory, which would end an array too.
    precondition(status == Z_OK, "no memory to compress in")
    defer { unsafe deflateEnd(stream) }

    let bound = unsafe Int(deflateBound(stream, UInt(bytes.count)))
    return unsafe [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      unsafe bytes.withUnsafeBufferPointer { input in
        var used = 0
        var last = Z_OK
        // zlib counts in 32 bits, so that more than 4 GiB go in several steps.
        while last == Z_OK {
          let given = min(input.count - used, 1 << 30)
          let room = min(bound - count, 1 << 30)
          let isRest = used + given == input.count
          unsafe stream.pointee.next_in = input.baseAddress.map {
            unsafe UnsafeMutablePointer(mutating: $0 + used)
          }
          unsafe stream.pointee.avail_in = UInt32(given)
          unsafe stream.pointee.next_out = output.baseAddress.map { unsafe $0 + count }
          unsafe stream.pointee.avail_out = UInt32(room)
          last = unsafe CZlib.deflate(stream, isRest ? Z_FINISH : Z_NO_FLUSH)
          used += unsafe given - Int(stream.pointee.avail_in)
          count += unsafe room - Int(stream.pointee.avail_out)
        }
      }
    }
  }
}
