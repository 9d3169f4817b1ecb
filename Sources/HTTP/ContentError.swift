/// Why the content of a request is refused.
///
/// The connection is closed after the response.
package enum ContentError: Error, Equatable, Sendable {
  /// More bytes than the limit.
  case tooLarge(limit: Int)
  /// A chunk does not begin with `1*HEXDIG` (RFC 9112 §7.1).
  case malformedChunkSize
  /// The size of a chunk is larger than any content (RFC 9112 §7.1).
  case chunkTooLarge
  /// Not `*( BWS ";" BWS name [ BWS "=" BWS value ] )` (RFC 9112 §7.1.1).
  case malformedChunkExtension
  /// The extensions of all chunks have more bytes than the limit (RFC 9112 §7.1.1).
  case chunkExtensionsTooLong(limit: Int)
  /// CRLF is not where it must be, or only half of it is there (RFC 9112 §7.1).
  case malformedChunkEnd
  /// A trailer line is not a field line (RFC 9112 §7.1.2).
  case malformedTrailer
  /// The trailer has more bytes than the limit.
  case trailerTooLong(limit: Int)

  /// The status to answer with.
  package var status: Status {
    switch self {
    case .tooLarge, .chunkTooLarge: .contentTooLarge
    case .malformedChunkSize, .malformedChunkExtension, .chunkExtensionsTooLong,
      .malformedChunkEnd, .malformedTrailer:
      .badRequest
    case .trailerTooLong: .requestHeaderFieldsTooLarge
    }
  }
}
