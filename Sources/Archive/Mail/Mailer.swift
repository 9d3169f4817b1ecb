/// A message about a subscription.
package enum SubscriptionMessage: Sendable, Equatable {
  /// Asks to confirm an address and what it is to follow.
  case confirmation(token: String)
  /// Has the link by which a subscriber changes what they follow.
  case preferences(token: String)
}

/// Writes messages about subscriptions, and takes them to be delivered.
package struct Mailer: Sendable {
  /// Writes a message in the language of a tag, nil for the site's.
  ///
  /// It holds nothing that a visitor typed but the address it goes to: it could be sent to anybody.
  package let compose:
    @Sendable (SubscriptionMessage, EmailAddress, _ language: String?, Instant) -> MailMessage
  package let outbox: any Outbox

  package init(
    outbox: any Outbox,
    compose:
      @escaping @Sendable (SubscriptionMessage, EmailAddress, String?, Instant) ->
      MailMessage
  ) {
    self.outbox = outbox
    self.compose = compose
  }
}
