import Archive
import Foundation
import HTTP

/// The mailing, for administrators.
extension Site {
  func mailing(_ visit: StaffRequest) throws -> Response {
    privatePage(.ok, visit.pages.mailing(try mailingView(frequency(of: visit.request), visit)))
  }

  private func frequency(of request: Request) -> Frequency {
    Query(request.query).text("frequency").flatMap(Frequency.init) ?? .weekly
  }

  private func mailingView(
    _ frequency: Frequency, _ visit: StaffRequest
  ) throws -> MailingView {
    let digest = try nextDigest(frequency, visit.pages.words)
    return MailingView(
      staff: visit.staff, status: try archive.mailing.status(at: now), problem: mailProblem,
      frequency: frequency, digest: digest, subject: digest.map(composer.subject) ?? "",
      text: digest.map(composer.text) ?? "", subscribers: try archive.subscribers.counts(),
      history: try archive.mailing.history(limit: 50),
      growth: try archive.mailing.subscriberGrowth(months: 24, at: now), notice: visit.notice)
  }

  /// The next digest for followers of everything, in the language of a member of staff.
  private func nextDigest(_ frequency: Frequency, _ words: Language) throws -> Digest? {
    try archive.mailing.nextDigest(frequency: frequency, at: now).map {
      Digest(
        subscriber: $0.subscriber, language: words.tag, frequency: frequency, groups: $0.groups)
    }
  }

  private var mailProblem: MailProblem? {
    if settings.sendmail.isEmpty { return .noProgram(folder: archive.folder.mail) }
    return FileManager.default.isExecutableFile(atPath: settings.sendmail)
      ? nil : .notExecutable(path: settings.sendmail)
  }

  /// The HTML of the next digest, for the frame on the page.
  func mailingPreview(_ visit: StaffRequest) throws -> Response {
    let words = visit.pages.words
    guard let digest = try nextDigest(frequency(of: visit.request), words) else {
      throw HandlerRefusal.notFound
    }
    return privatePage(.ok, composer.page(of: digest))
  }

  func changeMailing(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    let actor = visit.session.account.actor
    switch form.text("do") {
    case "pause":
      try archive.mailing.setPaused(true, by: actor, at: now)
      return mailingDone(.mailingPaused, visit)
    case "resume":
      try archive.mailing.setPaused(false, by: actor, at: now)
      return mailingDone(.mailingResumed, visit)
    case "test":
      return try sendTest(form, visit)
    default: return errorPage(.badRequest, visit.request)
    }
  }

  private func mailingDone(_ notice: Notice, _ visit: StaffRequest) -> Response {
    report(.done(by: visit.session.account.name, action: notice.rawValue, subject: ""))
    return seeOther(.mailing, notice: notice, after: visit.request)
  }

  /// Sends the next digest, or else the newest publications, to an address that was typed.
  private func sendTest(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    let typed = String(form.text("email").prefix(100))
    let frequency = Frequency(rawValue: form.text("frequency")) ?? .weekly
    let words = visit.pages.words
    guard let address = EmailAddress(typed) else {
      var view = try mailingView(frequency, visit)
      view.test = (typed, typed.isEmpty ? words[.emailMissing] : words(.emailInvalid, typed))
      return privatePage(.unprocessableContent, visit.pages.mailing(view))
    }
    let digest =
      try nextDigest(frequency, words)
      ?? Digest(
        subscriber: 0, language: words.tag, frequency: frequency,
        groups: [
          Digest.Group(
            followed: .everything,
            publications: try archive.announced(size: 3, at: now).publications)
        ])
    try mailer.outbox.post(composer.test(digest, to: address, at: now))
    return mailingDone(.testSent, visit)
  }
}
