/// The request fields that the server itself reads; a parsed head finds them without a search.
package enum KnownField: UInt8, Sendable, CaseIterable {
  case accept, acceptEncoding, acceptLanguage, authorization, cacheControl, connection,
    contentLength, contentType
  case cookie, expect, forwarded, host, ifMatch, ifModifiedSince, ifNoneMatch, ifRange
  case ifUnmodifiedSince, purpose, range, referer, secPurpose, transferEncoding, userAgent
  case xForwardedFor, xForwardedHost, xForwardedProto, xMoz, xRequestID

  /// The field's name in lower case.
  package var name: String {
    switch self {
    case .accept: "accept"
    case .acceptEncoding: "accept-encoding"
    case .acceptLanguage: "accept-language"
    case .authorization: "authorization"
    case .cacheControl: "cache-control"
    case .connection: "connection"
    case .contentLength: "content-length"
    case .contentType: "content-type"
    case .cookie: "cookie"
    case .expect: "expect"
    case .forwarded: "forwarded"
    case .host: "host"
    case .ifMatch: "if-match"
    case .ifModifiedSince: "if-modified-since"
    case .ifNoneMatch: "if-none-match"
    case .ifRange: "if-range"
    case .ifUnmodifiedSince: "if-unmodified-since"
    case .purpose: "purpose"
    case .range: "range"
    case .referer: "referer"
    case .secPurpose: "sec-purpose"
    case .transferEncoding: "transfer-encoding"
    case .userAgent: "user-agent"
    case .xForwardedFor: "x-forwarded-for"
    case .xForwardedHost: "x-forwarded-host"
    case .xForwardedProto: "x-forwarded-proto"
    case .xMoz: "x-moz"
    case .xRequestID: "x-request-id"
    }
  }

  /// The field with this name; nil when the server does not read it.
  ///
  /// - Parameters:
  ///   - bytes: A head.
  ///   - range: The range of the name, a token.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard let candidate = Self.candidate(bytes, range),
      bytes.hasToken(range, candidate.name)
    else { return nil }
    self = candidate
  }

  /// The only field that a name with this length and these letters can be.
  private static func candidate(_ bytes: Span<UInt8>, _ range: Range<Int>) -> KnownField? {
    guard range.count >= 4 else { return nil }
    let first = bytes[range.lowerBound].lowercased
    switch (range.count, first) {
    case (4, UInt8(ascii: "h")): return .host
    case (5, UInt8(ascii: "r")): return .range
    case (5, UInt8(ascii: "x")): return .xMoz
    case (6, UInt8(ascii: "a")): return .accept
    case (6, UInt8(ascii: "c")): return .cookie
    case (6, UInt8(ascii: "e")): return .expect
    case (7, UInt8(ascii: "p")): return .purpose
    case (7, UInt8(ascii: "r")): return .referer
    case (8, UInt8(ascii: "i")):
      let fourth = bytes[range.lowerBound + 3].lowercased
      return fourth == UInt8(ascii: "m") ? .ifMatch : .ifRange
    case (9, UInt8(ascii: "f")): return .forwarded
    case (10, UInt8(ascii: "c")): return .connection
    case (10, UInt8(ascii: "u")): return .userAgent
    case (11, UInt8(ascii: "s")): return .secPurpose
    case (12, UInt8(ascii: "c")): return .contentType
    case (12, UInt8(ascii: "x")): return .xRequestID
    case (13, UInt8(ascii: "a")): return .authorization
    case (13, UInt8(ascii: "c")): return .cacheControl
    case (13, UInt8(ascii: "i")): return .ifNoneMatch
    case (14, UInt8(ascii: "c")): return .contentLength
    case (15, UInt8(ascii: "a")):
      let eighth = bytes[range.lowerBound + 7].lowercased
      return eighth == UInt8(ascii: "e") ? .acceptEncoding : .acceptLanguage
    case (15, UInt8(ascii: "x")): return .xForwardedFor
    case (16, UInt8(ascii: "x")): return .xForwardedHost
    case (17, UInt8(ascii: "i")): return .ifModifiedSince
    case (17, UInt8(ascii: "t")): return .transferEncoding
    case (17, UInt8(ascii: "x")): return .xForwardedProto
    case (19, UInt8(ascii: "i")): return .ifUnmodifiedSince
    default: return nil
    }
  }
}
