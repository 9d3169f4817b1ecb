import Archive
import HTTP
import Synchronization

/// Subscribing, confirming and unsubscribing.
extension Site {
  func subscribe(_ request: Request) throws -> Response {
    let pages = pages(for: request)
    guard request.method == .post else {
      return page(pages.subscription(), at: Resource.subscribe.path, request)
    }
    if request.isFromUndeclaredProxy { reportUndeclaredProxy(request.client) }
    let form = try Submission(request, folder: archive.folder.incoming)
    defer { form.discard() }
    let address = form.text("email")
    // Only bots fill in the hidden field; they get the usual response.
    guard form.text("website").isEmpty else {
      return privatePage(.ok, pages.subscriptionAsked())
    }
    do throws(SubscriptionError) {
      try archive.subscribers.subscribe(
        address, language: pages.words.tag, from: request.client, at: clock(), through: mailer)
      return privatePage(.ok, pages.subscriptionAsked())
    } catch {
      switch error {
      case .notAddress:
        let problem =
          address.isEmpty
          ? pages.words[.emailMissing]
          : pages.words(.emailInvalid, String(address.prefix(100)))
        return privatePage(
          .unprocessableContent,
          pages.subscription(address: String(address.prefix(100)), problem: problem))
      case .tooMany:
        report(.subscriptionsRefused(client: request.client))
        var response = errorPage(.tooManyRequests, request)
        response.fields.set("Retry-After", to: "3600")
        return response
      case .failed(let reason):
        report(.failed(request: request.id, path: request.path, reason: reason))
        return errorPage(.serviceUnavailable, request)
      }
    }
  }

  /// Logs, at most once an hour, that the limits count everybody behind a proxy as one client.
  private func reportUndeclaredProxy(_ client: String) {
    let uptime = clock().uptime
    let isDue = undeclaredProxyReported.withLock { last in
      if let before = last, uptime - before < 3600 { return false }
      last = uptime
      return true
    }
    if isDue { report(.undeclaredProxy(client: client)) }
  }

  /// Mail scanners follow links, so only a POST changes anything.
  func confirm(_ token: String, _ request: Request) throws -> Response {
    let pages = pages(for: request)
    if request.method == .post {
      return try archive.subscribers.confirm(token, at: now).map {
        privatePage(.ok, pages.confirmed(unsubscribeToken: $0.unsubscribeToken))
      } ?? privatePage(.gone, pages.confirmationExpired())
    }
    return try archive.subscribers.subscription(confirming: token, at: now) != nil
      ? privatePage(.ok, pages.confirmation(token))
      : privatePage(.gone, pages.confirmationExpired())
  }

  /// Also handles the one-click request of mail programs (RFC 8058), which has no cookie; its body is
  /// ignored and it is never redirected.
  func unsubscribe(_ token: String, _ request: Request) throws -> Response {
    let pages = pages(for: request)
    if request.method == .post {
      return try archive.subscribers.unsubscribe(token, at: now)
        ? privatePage(.ok, pages.unsubscribed()) : notFound(request)
    }
    return try archive.subscribers.isUnsubscribable(token)
      ? privatePage(.ok, pages.unsubscription(token)) : notFound(request)
  }

  func subscription(_ token: String, _ request: Request) throws -> Response { notFound(request) }

  func message(_ token: String, _ request: Request) throws -> Response { notFound(request) }
}
