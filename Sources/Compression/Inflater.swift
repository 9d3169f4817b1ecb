internal import CZlib

/// How compressed data begin and end.
package enum CompressedFormat: Sendable, Equatable {
  /// Two bytes, deflate data, Adler-32 (RFC 1950).
  case zlib
  /// One or more members, each with a header, deflate data, CRC-32 and length (RFC 1952).
  case gzip
  /// Deflate data alone (RFC 1951).
  case raw
  /// By the first two bytes: gzip's, zlib's, or else raw.
  case detected
}

/// Inflates data that arrive piece by piece.
///
/// What could be inflated before an error has been appended by the time the error is thrown, and
/// the total never exceeds the limit. Once an error has been thrown or the data have ended, further
/// bytes are ignored. After a gzip member another may follow; anything else after the end is
/// ignored, as gzip itself does.
///
/// Safe because `stream` and `scratch` are its own, on the heap, and live exactly as long as it.
@safe package struct Inflater: ~Copyable {
  private enum State {
    /// Before the first bytes; the first one, when it came alone.
    case header(UInt8?)
    case inflating
    /// After a gzip member; the first byte of what may be the next, when it came alone.
    case betweenMembers(UInt8?)
    case ended
    case failed
  }

  /// The bytes of compressed data that have been used.
  package private(set) var bytesRead = 0
  /// The bytes that have been inflated.
  package private(set) var bytesInflated = 0

  private var format: CompressedFormat
  private let limit: Int
  private var state = State.header(nil)
  private var isInitialized = false
  // zlib's state points to the stream, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let scratch: UnsafeMutablePointer<UInt8>
  private static let scratchBytes = 32 * 1024

  /// Makes one for data in `format` that inflate to at most `limit` bytes.
  package init(format: CompressedFormat = .detected, limit: Int) {
    self.format = format
    self.limit = max(0, limit)
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    unsafe scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: Inflater.scratchBytes)
  }

  deinit {
    if isInitialized { unsafe inflateEnd(stream) }
    unsafe stream.deallocate()
    unsafe scratch.deallocate()
  }

  /// Whether the data have ended; a gzip file may continue with another member.
  package var isAtEnd: Bool {
    switch state {
    case .ended, .betweenMembers: true
    case .header, .inflating, .failed: false
    }
  }

  /// Inflates `compressed` and appends the result.
  ///
  /// - Parameters:
  ///   - compressed: The next bytes of the data.
  ///   - output: What was inflated is appended here, also when an error is thrown.
  ///   - most: The most bytes to append in this call.
  /// - Returns: How many of the bytes were used. When `most` is reached there may be more to come,
  ///   even if all were used: call again with the rest, which may be empty.
  /// - Throws: ``InflateError``.
  package mutating func inflate(
    _ compressed: Span<UInt8>, into output: inout [UInt8], most: Int = .max
  ) throws(InflateError) -> Int {
    var used = 0
    var room = most
    while room > 0 {
      switch state {
      case .ended, .failed:
        return compressed.count
      case .header(let first), .betweenMembers(let first):
        guard used < compressed.count else { return used }
        try begin(first, compressed[used], output: &output, room: &room)
        used += 1
        bytesRead += 1
      case .inflating:
        let before = bytesInflated
        let taken = try step(compressed.extracting(used...), output: &output, room: &room)
        used += taken
        bytesRead += taken
        if taken == 0, bytesInflated == before { return used }
      }
    }
    return used
  }

  /// Ends the data.
  ///
  /// - Throws: ``InflateError/truncated`` when they are not complete.
  package func finish() throws(InflateError) {
    switch state {
    case .ended, .failed, .betweenMembers: return
    case .header, .inflating: throw .truncated
    }
  }

  /// Waits for the first two bytes of the data or of a member, then gives them to zlib.
  private mutating func begin(
    _ first: UInt8?, _ byte: UInt8, output: inout [UInt8], room: inout Int
  ) throws(InflateError) {
    guard let first else {
      switch state {
      case .betweenMembers: state = byte == 0x1F ? .betweenMembers(byte) : .ended
      default: state = .header(byte)
      }
      return
    }
    if case .betweenMembers = state {
      guard byte == 0x8B else {
        state = .ended
        return
      }
      unsafe inflateReset(stream)
    } else {
      if format == .detected { format = detectedFormat(first, byte) }
      let window: Int32 =
        switch format {
        case .zlib, .detected: 15
        case .gzip: 15 + 16
        case .raw: -15
        }
      let status = unsafe inflateInit2_(
        stream, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else {
        state = .failed
        throw .noMemory
      }
      isInitialized = true
    }
    state = .inflating
    let header = [first, byte]
    _ = try step(header.span, output: &output, room: &room)
  }

  /// Calls zlib once and appends what it wrote.
  private mutating func step(
    _ input: Span<UInt8>, output: inout [UInt8], room: inout Int
  ) throws(InflateError) -> Int {
    let allowed = limit - bytesInflated
    // One byte more than is allowed shows that there is more.
    let capacity = min(
      room, allowed < Inflater.scratchBytes ? allowed + 1 : Inflater.scratchBytes)
    let given = min(input.count, 1 << 30)
    let status = unsafe input.withUnsafeBufferPointer { bytes in
      // zlib declares its input without const, and only reads it.
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
      unsafe stream.pointee.avail_in = UInt32(given)
      unsafe stream.pointee.next_out = scratch
      unsafe stream.pointee.avail_out = UInt32(capacity)
      return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
    }
    let taken = unsafe given - Int(stream.pointee.avail_in)
    let written = unsafe capacity - Int(stream.pointee.avail_out)
    let kept = min(written, allowed)
    unsafe output.append(contentsOf: UnsafeBufferPointer(start: scratch, count: kept))
    bytesInflated += kept
    room -= kept

    if written > allowed {
      state = .failed
      throw .exceedsLimit(limit)
    }
    switch status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: state = format == .gzip ? .betweenMembers(nil) : .ended
    default:
      state = .failed
      throw failure(status, at: bytesRead + taken)
    }
    return taken
  }

  private func failure(_ status: Int32, at offset: Int) -> InflateError {
    guard status != Z_MEM_ERROR else { return .noMemory }
    // zlib distinguishes a wrong sum from damage only in its message.
    if let message = unsafe stream.pointee.msg,
      ["incorrect data check", "incorrect length check"].contains(unsafe String(cString: message))
    {
      return .wrongChecksum
    }
    return .damaged(offset: offset)
  }
}

/// The format by the first two bytes (RFC 1952 §2.3.1, RFC 1950 §2.2).
func detectedFormat(_ first: UInt8, _ second: UInt8) -> CompressedFormat {
  if first == 0x1F, second == 0x8B { return .gzip }
  let isZlib = first & 0x0F == 8 && first >> 4 <= 7 && (Int(first) << 8 + Int(second)) % 31 == 0
  return isZlib ? .zlib : .raw
}
