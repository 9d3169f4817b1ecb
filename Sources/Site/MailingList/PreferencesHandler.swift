import Archive
import HTTP

/// The settings of a subscriber, by the link in their messages.
extension Site {
  /// Mail scanners follow links, so only a POST changes anything.
  func subscription(_ token: String, _ request: Request) throws -> Response {
    guard let preferences = try archive.subscribers.preferences(token) else {
      return try unknownToken(token, request)
    }
    let pages = pages(for: request)
    guard request.method == .post else {
      let notice = Query(request.query).text("notice").flatMap(Notice.init)
      return privatePage(.ok, pages.preferences(preferences, token: token, notice))
    }
    let form = try Submission(request, folder: archive.folder.incoming)
    defer { form.discard() }
    let subscription = Int64(form.text("subscription")) ?? 0
    let notice: Notice
    switch form.text("do") {
    case "change":
      guard let frequency = Frequency(rawValue: form.text("frequency")) else {
        return errorPage(.badRequest, request)
      }
      _ = try archive.subscribers.change(token, frequency: frequency, of: subscription, at: now)
      notice = .saved
    case "unfollow":
      // What is not followed any more is not followed: sent twice, it is the same.
      _ = try archive.subscribers.unfollow(token, subscription, at: now)
      notice = .unfollowed
    case "language":
      guard let language = assets.language(form.text("language")) else {
        return errorPage(.badRequest, request)
      }
      _ = try archive.subscribers.setLanguage(token, language.tag)
      notice = .saved
    case "unsubscribe":
      _ = try archive.subscribers.unsubscribe(token, at: now)
      return privatePage(.ok, pages.unsubscribed())
    case "erase" where form.text("sure").isEmpty:
      return privatePage(.ok, pages.erasure(preferences, token: token))
    case "erase":
      _ = try archive.subscribers.erase(token, at: now)
      return privatePage(.ok, pages.erased())
    default: return errorPage(.badRequest, request)
    }
    return seeOther(.subscription(token: token), notice: notice, after: request)
  }

  /// What is stored about a subscriber, for the subscriber.
  func subscriptionData(_ token: String, _ request: Request) throws -> Response {
    guard let data = try archive.subscribers.exportData(token) else {
      return try unknownToken(token, request)
    }
    return Response(
      .ok,
      fields: [
        "Content-Type": "application/json",
        "Content-Disposition":
          ContentDisposition(.attachment, fileName: "subscription.json").description,
      ],
      content: .bytes(data))
  }

  /// A message in the browser: what it announced, as far as it is public now.
  func message(_ token: String, _ request: Request) throws -> Response {
    guard let digest = try archive.mailing.digestForBrowser(token, at: now) else {
      return notFound(request)
    }
    return privatePage(.ok, composer.page(of: digest))
  }

  /// Sends a link to the settings.
  func newLink(_ request: Request) throws -> Response {
    let pages = pages(for: request)
    guard request.method == .post else {
      return page(pages.newLink(), at: Resource.newLink.path, request)
    }
    return try askedFor(.checkEmailLink, request) { address, _ throws(SubscriptionError) in
      try archive.subscribers.requestNewLink(
        address, from: request.client, at: clock(), through: mailer)
    } refused: { address, problem, _ in
      pages.newLink(address: address, problem: problem)
    }
  }

  /// 410 for the token of somebody who was erased, 404 for one that was never valid, and a form to
  /// get a new link.
  private func unknownToken(_ token: String, _ request: Request) throws -> Response {
    let pages = pages(for: request)
    return try archive.subscribers.isOfErasedSubscriber(token)
      ? privatePage(.gone, pages.newLink(.settingsGone, .settingsGoneText))
      : privatePage(.notFound, pages.newLink(.settingsUnknown, .settingsUnknownText))
  }
}
