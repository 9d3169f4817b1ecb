import Archive
import Digests
import HTTP

/// The hidden field in every form for staff that protects against cross-site requests.
enum FormToken {
  static let field = "form-token"

  /// The token of somebody who is not signed in, derived from their cookie.
  static func token(forVisit visit: String) -> String {
    SHA256.hash("visit " + visit).hexadecimal
  }

  /// Compares in constant time.
  static func isEqual(_ left: String, _ right: String) -> Bool {
    areEqualInConstantTime(Array(left.utf8), Array(right.utf8))
  }
}

/// The cookies of staff; readers get none.
enum StaffCookie: String {
  case session = "offprint-session"
  /// For the forms before a session.
  case visit = "offprint-visit"
}

extension Site {
  func isSecure(_ request: Request) -> Bool { request.isSecure || settings.isSecure }

  /// The prefix makes browsers accept the cookie from this host over TLS only, so that neither a
  /// subdomain nor somebody on the network can plant one.
  private func name(of cookie: StaffCookie, _ request: Request) -> String {
    isSecure(request) ? "__Host-" + cookie.rawValue : cookie.rawValue
  }

  /// The value of a cookie; nil when there are two that differ, as one was planted.
  func cookie(_ cookie: StaffCookie, of request: Request) -> String? {
    let name = name(of: cookie, request)
    let values = Set(request.cookies.filter { $0.name == name }.map(\.value))
    return values.count == 1 ? values.first : nil
  }

  func set(
    _ cookie: StaffCookie, to value: String, maxAge: Int? = nil, on response: inout Response,
    for request: Request
  ) {
    let setting = SetCookie(
      name(of: cookie, request), value,
      // Public pages show a link to the record to those who have signed in.
      path: (cookie == .session ? Resource.home : .dashboard).path, maxAge: maxAge,
      isSecure: isSecure(request))
    response.fields.append("Set-Cookie", setting.description)
  }

  /// Whether a request came from a page of this site, as far as the browser says.
  ///
  /// This is in addition to the form token. Pages cannot set `Sec-Fetch-Site`; browsers without it
  /// send `Origin` with a POST.
  func isFromHere(_ request: Request) -> Bool {
    if let site = request.fields["Sec-Fetch-Site"] { return site == "same-origin" }
    guard let origin = request.fields["Origin"] else { return true }
    guard let slashes = origin.firstRange(of: "://") else { return false }
    let authority = origin[slashes.upperBound...].lowercased()
    return authority == request.fields["Host"]?.lowercased()
      || origin == settings.baseURL
  }
}
