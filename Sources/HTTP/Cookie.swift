/// The cookies that a client sends back (RFC 6265 §4.2).
package struct Cookie: Sendable, Equatable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension Request {
  /// The cookies of the request, in order; the same name may be there more than once.
  ///
  /// Quotes around a value belong to it. A pair without `=` or a name is ignored.
  package var cookies: [Cookie] {
    var cookies: [Cookie] = []
    for line in fields.lines where line.name == "cookie" {
      let bytes = line.value.utf8.span
      var start = 0
      while start < bytes.count {
        var end = start
        var equals: Int?
        while end < bytes.count, bytes[end] != UInt8(ascii: ";") {
          if equals == nil, bytes[end] == UInt8(ascii: "=") { equals = end }
          end += 1
        }
        if let equals {
          let name = bytes.trimmed(start..<equals)
          if !name.isEmpty {
            cookies.append(
              Cookie(bytes.text(name), bytes.text(bytes.trimmed(equals + 1..<end))))
          }
        }
        start = end + 1
      }
    }
    return cookies
  }

  /// The value of the first cookie with this name, which is the one with the longest path.
  package func cookie(_ name: String) -> String? { cookies.first { $0.name == name }?.value }
}

/// A value of `Set-Cookie` (RFC 6265 §4.1).
///
/// It is always one well-formed value: what a name or a value may not contain is
/// percent-encoded, and what the prefix of the name requires is added (`__Host-`, `__Secure-`).
package struct SetCookie: Sendable, Equatable, CustomStringConvertible {
  package enum SameSite: String, Sendable {
    case strict = "Strict"
    case lax = "Lax"
    case none = "None"
  }

  package var name: String
  package var value: String
  package var path: String
  /// Nil lasts as long as the browser's session; 0 removes the cookie.
  package var maxAge: Int?
  /// Sent over TLS only.
  package var isSecure: Bool
  /// Kept from scripts.
  package var isHTTPOnly: Bool
  package var sameSite: SameSite

  package init(
    _ name: String, _ value: String, path: String = "/", maxAge: Int? = nil, isSecure: Bool,
    isHTTPOnly: Bool = true, sameSite: SameSite = .lax
  ) {
    self.name = name
    self.value = value
    self.path = path
    self.maxAge = maxAge
    self.isSecure = isSecure
    self.isHTTPOnly = isHTTPOnly
    self.sameSite = sameSite
  }

  package var description: String {
    let isHost = name.hasPrefix("__Host-")
    var text = PercentEncoding.encoded(name, keeping: .token)
    text += "=" + PercentEncoding.encoded(value, keeping: .cookie)
    text += "; Path=" + (isHost ? "/" : PercentEncoding.encoded(path, keeping: .cookie))
    if let maxAge { text += "; Max-Age=\(max(maxAge, 0))" }
    // Browsers drop a cookie for all sites that is not secure.
    if isSecure || isHost || name.hasPrefix("__Secure-") || sameSite == .none {
      text += "; Secure"
    }
    if isHTTPOnly { text += "; HttpOnly" }
    return text + "; SameSite=\(sameSite.rawValue)"
  }
}
