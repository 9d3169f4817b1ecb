/// Why the head of a request is refused.
///
/// After each of these it is uncertain where the next message begins, or a proxy may read another
/// message than we do, so the connection is closed after the response.
package enum HeadError: Error, Equatable, Sendable {
  /// Not `method SP request-target SP HTTP-version CRLF` (RFC 9112 §3).
  case malformedRequestLine
  /// The target has none of the four forms, or bytes that no URI has (RFC 9112 §3.2).
  case malformedTarget
  /// The target has more bytes than the limit (RFC 9112 §3).
  case targetTooLong(limit: Int)
  /// No resource of the server has this method (RFC 9110 §15.6.2).
  case unknownMethod(String)
  /// Not HTTP/1 (RFC 9112 §2.3).
  case unsupportedVersion(major: Int, minor: Int)
  /// A line is not `field-name ":" OWS field-value OWS` (RFC 9112 §5); the first field line is 1.
  case malformedField(line: Int)
  /// A line begins with white space: folded, or hidden after the request-line
  /// (RFC 9112 §2.2, §5.2).
  case foldedField(line: Int)
  /// A line ends with LF alone, or CR stands inside it (RFC 9112 §2.2).
  case malformedLineEnd
  /// All lines together have more bytes than the limit (RFC 6585 §5).
  case headTooLong(limit: Int)
  /// There are more field lines than the limit (RFC 6585 §5).
  case tooManyFields(limit: Int)
  /// HTTP/1.1 without `Host` (RFC 9112 §3.2).
  case missingHost
  /// More than one `Host` line (RFC 9112 §3.2).
  case repeatedHost
  /// `Host` is not `uri-host [":" port]`, or is empty (RFC 9110 §4.2.1, §7.2).
  case malformedHost
  /// `Content-Length` is not `1*DIGIT` (RFC 9110 §8.6).
  case malformedContentLength
  /// More than one `Content-Length` line, or a list (RFC 9112 §6.3).
  case repeatedContentLength
  /// `Content-Length` is larger than any content.
  case contentLengthTooLarge
  /// `Transfer-Encoding` with `Content-Length` (RFC 9112 §6.1).
  case lengthAndTransferCoding
  /// `Transfer-Encoding` in HTTP/1.0 (RFC 9112 §6.1).
  case transferCodingBeforeHTTP11
  /// The transfer codings do not end with one `chunked` (RFC 9112 §6.3).
  case malformedTransferCoding
  /// A transfer coding other than `chunked` (RFC 9112 §6.1).
  case unknownTransferCoding
  /// `Expect` names something other than `100-continue` (RFC 9110 §10.1.1).
  case unknownExpectation

  /// The status to answer with.
  package var status: Status {
    switch self {
    case .malformedRequestLine, .malformedTarget, .malformedField, .foldedField,
      .malformedLineEnd, .missingHost, .repeatedHost, .malformedHost, .malformedContentLength,
      .repeatedContentLength, .lengthAndTransferCoding, .transferCodingBeforeHTTP11,
      .malformedTransferCoding:
      .badRequest
    case .targetTooLong: .uriTooLong
    case .unknownMethod, .unknownTransferCoding: .notImplemented
    case .unsupportedVersion: .httpVersionNotSupported
    case .headTooLong, .tooManyFields: .requestHeaderFieldsTooLarge
    case .contentLengthTooLarge: .contentTooLarge
    case .unknownExpectation: .expectationFailed
    }
  }
}
