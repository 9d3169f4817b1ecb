/// How the end of a request's content is found (RFC 9112 §6.3).
package enum ContentFraming: Equatable, Sendable {
  /// There is no content: neither `Content-Length` nor `Transfer-Encoding`, or a length of 0.
  case none
  /// So many bytes follow; at least 1.
  case length(Int)
  /// A chunked body follows (RFC 9112 §7.1).
  case chunked
}
