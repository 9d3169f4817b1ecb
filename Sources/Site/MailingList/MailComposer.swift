package import Archive
import Markup

/// Writes the messages to subscribers, each in the language of its reader.
package struct MailComposer: Sendable {
  private let appearance: Appearance
  private let address: String

  /// - Parameters:
  ///   - appearance: The settings of the site.
  ///   - address: The address that messages come from, in the site's name.
  package init(appearance: Appearance, address: String) {
    self.appearance = appearance
    self.address = address
  }

  private var settings: SiteSettings { appearance.state.settings }
  private var assets: Assets { appearance.state.assets }
  private var sender: MailMessage.Mailbox {
    MailMessage.Mailbox(name: settings.name, address: address)
  }

  /// Writes the messages of subscriptions, and gives them to an outbox.
  package func mailer(outbox: any Outbox) -> Mailer {
    Mailer(outbox: outbox) { message, address, language, now in
      self.message(message, to: address, in: language, at: now)
    }
  }

  private func message(
    _ message: SubscriptionMessage, to address: EmailAddress, in language: String?, at now: Instant
  ) -> MailMessage {
    let words = self.words(language)
    var text = PlainTextMessage()
    let subject: Phrase
    switch message {
    case .confirmation(let token):
      subject = .mailSubjectConfirm
      text.add(words(.mailSomebodyAsked, settings.name))
      text.add(words(.mailToConfirm, words[.confirmButton]))
      text.add(link: settings.absolute(.confirmation(token: token)))
      text.add(words[.mailConfirmIgnore])
    case .preferences(let token):
      subject = .mailSubjectPreferences
      text.add(words[.mailPreferences])
      text.add(link: settings.absolute(.subscription(token: token)))
      text.add(words[.mailPreferencesIgnore])
    }
    text.add(rows: [settings.name, settings.absolute(.home)])
    return MailMessage(
      from: sender, to: address.description, subject: words(subject, settings.name),
      text: text.text, date: now, id: MailMessage.newID(of: sender))
  }

  /// Writes the message of a digest to one subscriber.
  package func digest(_ digest: Digest, _ delivery: DigestDelivery) -> MailMessage {
    message(digest, delivery) { $0 }
  }

  /// Writes a digest to somebody who wants to see how messages arrive; its links lead nowhere, as
  /// they belong to no subscriber.
  func test(_ digest: Digest, to address: EmailAddress, at now: Instant) -> MailMessage {
    let token = "test-of-a-message"
    let delivery = DigestDelivery(
      recipient: address, preferencesToken: token, unsubscribeToken: token, browserToken: token,
      envelope: sender.address, unsubscribeMailbox: nil, date: now,
      messageID: MailMessage.newID(of: sender))
    return message(digest, delivery) { words(digest.language)(.testSubject, $0) }
  }

  private func message(
    _ digest: Digest, _ delivery: DigestDelivery, subject: (String) -> String
  ) -> MailMessage {
    let unsubscription = settings.absolute(.unsubscription(token: delivery.unsubscribeToken))
    let view = DigestView(
      digest, words: words(digest.language), settings: settings, accent: assets.accent,
      links: DigestView.Links(
        browser: settings.absolute(.message(token: delivery.browserToken)),
        preferences: settings.absolute(.subscription(token: delivery.preferencesToken)),
        unsubscription: unsubscription))
    return MailMessage(
      from: sender, to: delivery.recipient.description, envelope: delivery.envelope,
      subject: subject(view.subject), text: view.text, html: view.html.bytes,
      list: MailMessage.List(
        name: settings.name, id: "publications.\(settings.repositoryName)",
        unsubscribe: unsubscription, unsubscribeMailbox: delivery.unsubscribeMailbox,
        subscribe: settings.absolute(.subscribe), archive: settings.absolute(.publications),
        help: settings.absolute(.subscribe),
        owner: settings.contact.isEmpty ? nil : settings.contact),
      date: delivery.date, id: delivery.messageID)
  }

  /// A digest as a page for a browser, without the links that are for its recipient alone.
  func page(of digest: Digest) -> HTML { publicView(digest).html }

  /// The same as plain text.
  func text(of digest: Digest) -> String { publicView(digest).text }

  func subject(of digest: Digest) -> String { publicView(digest).subject }

  private func publicView(_ digest: Digest) -> DigestView {
    DigestView(
      digest, words: words(digest.language), settings: settings, accent: assets.accent, links: nil)
  }

  /// The language of a tag, or the site's.
  private func words(_ tag: String?) -> Language {
    tag.flatMap(assets.language) ?? assets.languages[0]
  }
}
