import Archive
import HTTP
import Markup
import Synchronization

/// Subscribing, confirming and unsubscribing.
extension Site {
  func subscribe(_ request: Request) throws -> Response {
    let pages = pages(for: request)
    if let redirect = try redirectOfFormerName(request) { return redirect }
    guard request.method == .post else {
      let followed = Followed(Query(request.query))
      return page(
        pages.subscription(Pages.SignUp(followed: followed)), at: followed.subscribeAddress,
        request, isReusable: followed == .everything)
    }
    return try askedFor(.checkEmailText, request) { address, form throws(SubscriptionError) in
      try archive.subscribers.subscribe(
        address, follow: form.followed, frequency: form.frequency, language: pages.words.tag,
        from: request.client, at: clock(), through: mailer)
    } refused: { address, problem, form in
      pages.subscription(
        Pages.SignUp(
          followed: form.followed, frequency: form.frequency, address: address, problem: problem))
    }
  }

  /// Handles a form with an address that a message is sent to.
  ///
  /// The response is the same for every address that can be written to.
  func askedFor(
    _ sentence: Phrase, _ request: Request,
    send: (String, Submission) throws(SubscriptionError) -> Void,
    refused: (_ address: String, _ problem: String, Submission) -> HTML
  ) throws -> Response {
    let pages = pages(for: request)
    if request.isFromUndeclaredProxy { reportUndeclaredProxy(request.client) }
    let form = try Submission(request, folder: archive.folder.incoming)
    defer { form.discard() }
    let address = form.text("email")
    // Only bots fill in the hidden field; they get the usual response.
    guard form.text("website").isEmpty else { return privatePage(.ok, pages.checkEmail(sentence)) }
    do throws(SubscriptionError) {
      try send(address, form)
      return privatePage(.ok, pages.checkEmail(sentence))
    } catch {
      switch error {
      case .notAddress:
        let shown = String(address.prefix(100))
        let problem =
          shown.isEmpty ? pages.words[.emailMissing] : pages.words(.emailInvalid, shown)
        return privatePage(.unprocessableContent, refused(shown, problem, form))
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
        privatePage(.ok, pages.confirmed($0))
      }
        ?? privatePage(.gone, pages.confirmationExpired())
    }
    return try archive.subscribers.subscription(confirming: token, at: now).map {
      privatePage(.ok, pages.confirmation(token, $0))
    } ?? privatePage(.gone, pages.confirmationExpired())
  }

  /// Also handles the one-click request of mail programs (RFC 8058), which has no cookie; its body is
  /// ignored and it is never redirected.
  func unsubscribe(_ token: String, _ request: Request) throws -> Response {
    let pages = pages(for: request)
    // Somebody who was erased gets no more messages either.
    if try archive.subscribers.isOfErasedSubscriber(token) {
      return privatePage(.ok, pages.unsubscribed())
    }
    if request.method == .post {
      return try archive.subscribers.unsubscribe(token, at: now)
        ? privatePage(.ok, pages.unsubscribed()) : notFound(request)
    }
    return try archive.subscribers.isUnsubscribable(token)
      ? privatePage(.ok, pages.unsubscription(token)) : notFound(request)
  }
}

extension Submission {
  /// What the sign-up form asks to follow.
  fileprivate var followed: Followed { Followed(Query(fields)) }

  fileprivate var frequency: Frequency { Frequency(rawValue: text("frequency")) ?? .weekly }
}
