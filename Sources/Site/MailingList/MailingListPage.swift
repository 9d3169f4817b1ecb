import HTTP
import Markup

/// The pages of the mailing list.
extension Pages {
  func subscription(address: String = "", problem: String? = nil) -> HTML {
    layout(
      Head(
        title: words[.mailingList], description: words[.subscribeDescription],
        canonical: Resource.subscribe.path, place: .subscribe),
      """
      <div class="stack measure">
      <h1>\(words[.subscribeHeading])</h1>
      <p>\(words[.subscribeSentence])</p>
      \(subscriptionForm(address: address, problem: problem))
      <p class="small">\(words[.subscribeHint])</p>
      </div>
      """)
  }

  /// The same page for every plausible address, known or not.
  func subscriptionAsked() -> HTML {
    message(
      words[.checkEmail],
      "<p>\(words[.checkEmailText])</p>\n<p>\(words[.checkEmailSpam])</p>")
  }

  func confirmation(_ token: String) -> HTML {
    message(
      words[.confirmHeading],
      """
      <p>\(words(.confirmText, settings.name))</p>
      <form action="\(Resource.confirmation(token: token))" method="post">
      <button>\(words[.confirmButton])</button>
      </form>
      """)
  }

  func confirmed(unsubscribeToken token: String) -> HTML {
    message(
      words[.subscribed],
      """
      <p>\(words[.subscribedText])</p>
      <p><a href="\(Resource.publications)">\(words[.readPublished])</a></p>
      <p class="small">\(words[.notYourWish]) \
      <a href="\(Resource.unsubscription(token: token))">\(words[.endSubscription])</a></p>
      """)
  }

  func confirmationExpired() -> HTML {
    message(
      words[.linkExpired],
      "<p>\(words[.linkExpiredText])</p>\n\(subscriptionForm())")
  }

  func unsubscription(_ token: String) -> HTML {
    message(
      words[.unsubscribeHeading],
      """
      <p>\(words(.unsubscribeText, settings.name))</p>
      <form action="\(Resource.unsubscription(token: token))" method="post">
      <button>\(words[.endSubscription])</button>
      </form>
      """)
  }

  func unsubscribed() -> HTML {
    message(words[.unsubscribed], "<p>\(words(.unsubscribedText, settings.name))</p>")
  }
}
