import Archive
import Digests
import HTTP

/// The hidden field that every form of the desk carries, so that no other site can send one.
enum FormToken {
  static let field = "form-token"

  /// The token of who is not signed in: it follows from a cookie that only they have.
  static func token(forVisit visit: String) -> String {
    SHA256.hash("visit " + visit).hexadecimal
  }

  /// Compares without telling by its duration how much was right.
  static func isEqual(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(left, right) { difference |= one ^ other }
    return difference == 0
  }
}

/// The cookies of the desk; readers get none.
enum StaffCookie: String {
  case session = "offprint-session"
  /// Of the forms that come before a session.
  case visit = "offprint-visit"
}

extension Site {
  func isSecure(_ request: Request) -> Bool { request.isSecure || settings.isSecure }

  /// The prefix makes browsers refuse such a cookie from anything but this host over TLS: neither
  /// a page of a subdomain nor somebody in between can plant one.
  private func name(of cookie: StaffCookie, _ request: Request) -> String {
    isSecure(request) ? "__Host-" + cookie.rawValue : cookie.rawValue
  }

  /// The value of a cookie; nil when the browser has two that differ, as then one was planted.
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
      path: (cookie == .session ? Resource.home : .desk).path, maxAge: maxAge,
      isSecure: isSecure(request))
    response.fields.append("Set-Cookie", setting.description)
  }

  /// Whether a browser says that a request came from a page of this site, or says nothing.
  ///
  /// A second line behind the form's token. `Sec-Fetch-Site` cannot be set by pages; a browser
  /// without it sends `Origin` with what is posted.
  func isFromHere(_ request: Request) -> Bool {
    if let site = request.fields["Sec-Fetch-Site"] { return site == "same-origin" }
    guard let origin = request.fields["Origin"] else { return true }
    guard let slashes = origin.firstRange(of: "://") else { return false }
    let authority = origin[slashes.upperBound...].lowercased()
    return authority == request.fields["Host"]?.lowercased()
      || origin == settings.baseURL
  }
}
