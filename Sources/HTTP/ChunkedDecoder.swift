/// Reads the chunked transfer coding (RFC 9112 §7.1), byte by byte where it is framing.
///
/// Extensions and trailer fields are checked and ignored. Both are bounded over the whole
/// message, or a client could make a server read without end for a few bytes of content.
package struct ChunkedDecoder: Sendable {
  package typealias Event = ContentDecoder.Event

  /// The most bytes of all extensions of a message.
  package static let extensionLimit = 16_384
  /// The most bytes of a trailer.
  package static let trailerLimit = 8_192

  /// What the next byte may be.
  ///
  ///     size ─┬─ CR ─ LF ─ data ─ CR ─ LF ─ size …
  ///           ├─ ";" name ["=" value] ─ CR …
  ///           └─ 0 ─ CR ─ LF ─ trailer lines ─ CR ─ LF ─ end
  private enum State {
    case size, sizeLF
    /// White space after the size or a whole extension; only `;` may follow.
    case extensionBlank
    case extensionNameStart, extensionName, extensionNameBlank
    case extensionValueStart, extensionToken, extensionQuoted, extensionEscape
    case extensionQuotedEnd
    case data, dataCR, dataLF
    case trailerStart, trailerName, trailerValue, trailerLF, lastLF
    case end
  }

  private var state = State.size
  /// The size read so far, then the bytes of the chunk that are left.
  private var remaining = 0
  private var digits = 0
  private var extensionBytes = 0
  private var trailerBytes = 0

  package init() {}

  /// Continues; every byte is passed once.
  ///
  /// - Parameters:
  ///   - bytes: Bytes as they were received.
  ///   - position: The first byte to read; moved past what was read.
  /// - Returns: The result.
  /// - Throws: ``ContentError``; the decoder cannot be used afterwards.
  package mutating func next(
    _ bytes: Span<UInt8>, at position: inout Int
  ) throws(ContentError) -> Event {
    while state != .end {
      guard position < bytes.count else { return .needsMore }
      if state == .data {
        let end = position + min(remaining, bytes.count - position)
        let range = position..<end
        remaining -= range.count
        position = end
        if remaining == 0 { state = .dataCR }
        return .content(range)
      }
      let byte = bytes[position]
      position += 1
      switch state {
      case .size, .sizeLF, .dataCR, .dataLF: try readSize(byte)
      case .trailerStart, .trailerName, .trailerValue, .trailerLF, .lastLF: try readTrailer(byte)
      default: try readExtension(byte)
      }
    }
    return .end
  }

  private mutating func readSize(_ byte: UInt8) throws(ContentError) {
    switch (state, byte) {
    case (.dataCR, 0x0D): state = .dataLF
    case (.dataLF, 0x0A):
      state = .size
      digits = 0
    case (.dataCR, _), (.dataLF, _): throw .malformedChunkEnd
    case (.sizeLF, 0x0A): state = remaining == 0 ? .trailerStart : .data
    case (.sizeLF, _): throw .malformedChunkEnd
    default:
      if let digit = byte.hexadecimalValue {
        // Sixteen digits are enough for any size, and too many zeros are no number.
        guard digits < 16, remaining <= Int.max >> 4 else { throw .chunkTooLarge }
        remaining = remaining << 4 | Int(digit)
        digits += 1
        return
      }
      guard digits > 0 else { throw .malformedChunkSize }
      switch byte {
      case 0x0D: state = .sizeLF
      case 0x0A: throw .malformedChunkEnd
      case 0x3B, 0x20, 0x09: try readExtension(byte)
      default: throw .malformedChunkSize
      }
    }
  }

  private mutating func readExtension(_ byte: UInt8) throws(ContentError) {
    guard extensionBytes < Self.extensionLimit else {
      throw .chunkExtensionsTooLong(limit: Self.extensionLimit)
    }
    extensionBytes += 1
    if byte == 0x0A { throw .malformedChunkEnd }
    switch (state, byte) {
    case (.extensionQuoted, 0x22): state = .extensionQuotedEnd
    case (.extensionQuoted, 0x5C): state = .extensionEscape
    case (.extensionQuoted, _), (.extensionEscape, _):
      guard byte.isFieldContent else { throw .malformedChunkExtension }
      state = .extensionQuoted
    case (.extensionNameStart, 0x20), (.extensionNameStart, 0x09),
      (.extensionValueStart, 0x20), (.extensionValueStart, 0x09):
      break
    case (.extensionValueStart, 0x22): state = .extensionQuoted
    case (.extensionNameStart, _) where ByteSet.token.contains(byte),
      (.extensionName, _) where ByteSet.token.contains(byte):
      state = .extensionName
    case (.extensionValueStart, _) where ByteSet.token.contains(byte),
      (.extensionToken, _) where ByteSet.token.contains(byte):
      state = .extensionToken
    case (.extensionName, 0x3D), (.extensionNameBlank, 0x3D): state = .extensionValueStart
    case (.extensionNameStart, _), (.extensionValueStart, _): throw .malformedChunkExtension
    case (_, 0x3B): state = .extensionNameStart
    case (.extensionName, 0x20), (.extensionName, 0x09), (.extensionNameBlank, 0x20),
      (.extensionNameBlank, 0x09):
      state = .extensionNameBlank
    case (_, 0x20), (_, 0x09): state = .extensionBlank
    // White space is only there before a `;` or `=`, so a line may not end with it.
    case (.extensionName, 0x0D), (.extensionToken, 0x0D), (.extensionQuotedEnd, 0x0D):
      state = .sizeLF
    default: throw .malformedChunkExtension
    }
  }

  private mutating func readTrailer(_ byte: UInt8) throws(ContentError) {
    guard trailerBytes < Self.trailerLimit else {
      throw .trailerTooLong(limit: Self.trailerLimit)
    }
    trailerBytes += 1
    switch (state, byte) {
    case (.trailerStart, 0x0D): state = .lastLF
    case (.lastLF, 0x0A): state = .end
    case (.trailerLF, 0x0A): state = .trailerStart
    case (.lastLF, _), (.trailerLF, _): throw .malformedChunkEnd
    case (.trailerStart, _) where ByteSet.token.contains(byte),
      (.trailerName, _) where ByteSet.token.contains(byte):
      state = .trailerName
    case (.trailerName, 0x3A): state = .trailerValue
    case (.trailerValue, 0x0D): state = .trailerLF
    case (_, 0x0A): throw .malformedChunkEnd
    case (.trailerValue, _) where byte.isFieldContent: break
    default: throw .malformedTrailer
    }
  }
}
