import HTTP
import Markup

/// The pages of the mailing list.
extension Pages {
  func subscription(address: String = "", problem: String? = nil) -> HTML {
    layout(
      Head(
        title: "Mailing list", description: "Word of new publications, by mail.",
        canonical: Resource.subscribe.path, place: .subscribe),
      """
      <div class="stack measure">
      <h1>Subscribe to our Mailing List!</h1>
      <p>Sign up for our mailing list to keep up to date on all the latest developments.</p>
      \(subscriptionForm(address: address, problem: problem))
      <p class="small">You will get a message with a link that confirms the address. Every message \
      has a link that ends the subscription.</p>
      </div>
      """)
  }

  /// The answer to every plausible address, known or not.
  func subscriptionAsked() -> HTML {
    message(
      "Please look at your mail",
      """
      <p>If this address can be added to the list, a message is on its way to it. The \
      subscription begins when you follow the link in the message and press the button there.</p>
      <p>No message after a few minutes? It may have been taken for spam.</p>
      """)
  }

  func confirmation(_ token: String) -> HTML {
    message(
      "Confirm your subscription",
      """
      <p>Press the button to get word of new publications from \(settings.name).</p>
      <form action="\(Resource.confirmation(token: token))" method="post">
      <button>Confirm the subscription</button>
      </form>
      """)
  }

  func confirmed(unsubscribeToken token: String) -> HTML {
    message(
      "You are subscribed",
      """
      <p>From now on you get word of new publications. Every message has a link that ends the \
      subscription.</p>
      <p><a href="\(Resource.publications)">Read what has been published</a></p>
      <p class="small">This was not your wish? \
      <a href="\(Resource.unsubscription(token: token))">End the subscription</a></p>
      """)
  }

  func confirmationExpired() -> HTML {
    message(
      "This link has expired",
      """
      <p>A link of this kind works once, within 48 hours. If you are not on the list yet, \
      ask for another message.</p>
      \(subscriptionForm())
      """)
  }

  func unsubscription(_ token: String) -> HTML {
    message(
      "End your subscription",
      """
      <p>Press the button, and no more mail will come from \(settings.name).</p>
      <form action="\(Resource.unsubscription(token: token))" method="post">
      <button>End the subscription</button>
      </form>
      """)
  }

  func unsubscribed() -> HTML {
    message(
      "You are unsubscribed",
      "<p>No more mail will come to this address from \(settings.name).</p>")
  }
}
