import HTTP

/// The headers of every response that keep a browser from being used against the reader.
///
/// `Strict-Transport-Security` is added by the server, which knows how a request came.
package struct SecurityHeaders: Sendable {
  /// What a response is, as far as its headers depend on that.
  package enum Kind: Sendable {
    case page
    /// A page whose address other sites must not learn.
    case privatePage
    /// A page whose address no other page may learn.
    case tokenPage
    /// A PDF, which loads nothing.
    case document
    /// A page with a drawn page of a PDF, which has its pictures in itself and fonts on this site.
    case drawnPage
    /// An SVG document, which has its styles, fonts and pictures in itself and loads nothing.
    case drawing
    /// An email message, which has its styles in itself and loads nothing.
    case message
  }

  private let ofPages: Fields
  private let ofPrivatePages: Fields
  private let ofTokenPages: Fields
  private let ofDocuments: Fields
  private let ofDrawnPages: Fields
  private let ofDrawings: Fields
  private let ofMessages: Fields

  /// - Parameters:
  ///   - settings: The settings of the site.
  ///   - primary: The origin to which a replica redirects forms.
  init(_ settings: SiteSettings, primary: String? = nil) {
    func fields(policy: String, referrer: String) -> Fields {
      var fields: Fields = [
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": referrer,
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        "cross-origin-opener-policy": "same-origin",
      ]
      if let usage = settings.aiPolicy.contentUsage { fields.append("content-usage", usage) }
      return fields
    }
    let formTargets = primary.map { "'self' \($0)" } ?? "'self'"
    func policy(pictures: String, more: String = "") -> String {
      """
      default-src 'none'; style-src 'self'; script-src 'self'; img-src \(pictures); \
      object-src 'self'; frame-src 'self'; connect-src 'self'; form-action \(formTargets); \
      base-uri 'none'; frame-ancestors 'self'\(more)
      """
    }
    let page = policy(pictures: "'self'")
    let referrer = "strict-origin-when-cross-origin"
    ofPages = fields(policy: page, referrer: referrer)
    ofPrivatePages = fields(policy: page, referrer: "same-origin")
    ofTokenPages = fields(policy: page, referrer: "no-referrer")
    ofDocuments = fields(policy: "default-src 'none'; frame-ancestors 'self'", referrer: referrer)
    ofDrawnPages = fields(
      policy: policy(pictures: "'self' data:", more: "; font-src 'self'"), referrer: referrer)
    ofDrawings = fields(
      policy: """
        default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox
        """, referrer: "no-referrer")
    ofMessages = fields(
      policy: """
        default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
        frame-ancestors 'self'
        """, referrer: "no-referrer")
  }

  /// Adds the headers; scripts of other sites may read only what a handler has shared.
  func add(to response: inout Response, _ kind: Kind) {
    let isShared = response.fields.has("cross-origin-resource-policy")
    let fields =
      switch kind {
      case .page: ofPages
      case .privatePage: ofPrivatePages
      case .tokenPage: ofTokenPages
      case .document: ofDocuments
      case .drawnPage: ofDrawnPages
      case .drawing: ofDrawings
      case .message: ofMessages
      }
    response.fields.append(fields)
    if !isShared { response.fields.append("cross-origin-resource-policy", "same-origin") }
  }
}
