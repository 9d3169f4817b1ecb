import Archive
import HTTP
import Markup

/// The pages on which a subscription begins and ends.
extension Pages {
  /// What the sign-up form has and why it was refused.
  struct SignUp {
    var followed = Followed.everything
    var frequency = Frequency.weekly
    var address = ""
    var problem: String?
  }

  func subscription(_ form: SignUp) -> HTML {
    let isAll = form.followed == .everything
    let heading =
      isAll ? words[.subscribeHeading] : words(.followHeading, words.name(of: form.followed))
    return layout(
      Head(
        title: isAll ? words[.mailingList] : heading, description: words[.subscribeDescription],
        canonical: form.followed.subscribeAddress, place: .subscribe, isIndexed: isAll),
      """
      <div class="stack measure">
      <h1 dir="auto">\(heading)</h1>
      <p>\(words[isAll ? .subscribeSentence : .followSentence])</p>
      \(subscriptionForm(form))
      <p class="small">\(words[.subscribeHint])</p>
      <p class="small">\(if: !isAll, """
        <a href="\(Resource.subscribe)">\(words[.followAllInstead])</a> ·
        """) <a href="\(form.followed.feedAddress)">\(words[.atomFeed])</a> · \
      <a href="\(Resource.newLink)">\(words[.alreadySubscribed])</a></p>
      </div>
      """)
  }

  /// The form that adds an address to the mailing list.
  ///
  /// The last field is hidden from people; bots fill it in.
  func subscriptionForm(_ form: SignUp = SignUp()) -> HTML {
    """
    <form action="\(Resource.subscribe)" method="post">
    \(addressField(form.address, form.problem, button: .subscribe))
    <label class="often" for="frequency">\(words[.howOften])</label>
    \(frequencyChoice(form.frequency, id: "frequency"))
    \(each: form.followed.fields, { name, value in value.map { hidden(name, $0) } ?? "" })
    \(trap())
    </form>
    """
  }

  /// The field for an address with its button and its error message.
  private func addressField(_ address: String, _ problem: String?, button: Phrase) -> HTML {
    """
    <label class="label-line" for="email">\(words[.emailAddress])</label>
    <div class="inline">
    <input id="email" name="email" type="email" autocomplete="email" value="\(address)" required\
    \(if: problem != nil, " aria-invalid=\"true\" aria-describedby=\"email-error\"")>
    <button>\(words[button])</button>
    </div>
    \(problem, { "<p class=\"error\" id=\"email-error\">\($0)</p>" })
    """
  }

  private func trap() -> HTML {
    """
    <div class="trap" aria-hidden="true">
    <label for="website">\(words[.leaveEmpty])</label>
    <input id="website" name="website" tabindex="-1" autocomplete="off">
    </div>
    """
  }

  func frequencyChoice(_ chosen: Frequency, id: String) -> HTML {
    """
    <select id="\(id)" name="frequency">
    \(each: Frequency.allCases, { frequency in
      """
      <option value="\(frequency.rawValue)"\(if: frequency == chosen, " selected")>\
      \(words.name(of: frequency))</option>

      """
    })\
    </select>
    """
  }

  /// The mailing-list form with its heading.
  func mailingList() -> HTML {
    guard !settings.isStaticCopy else { return "" }
    return """
      <section class="letter" aria-labelledby="letter">
      <h2 id="letter">\(words[.subscribeHeading])</h2>
      <p>\(words[.subscribeSentence])</p>
      \(subscriptionForm())
      </section>
      """
  }

  /// The same page for every plausible address, known or not.
  func checkEmail(_ sentence: Phrase) -> HTML {
    message(
      words[.checkEmail], "<p>\(words[sentence])</p>\n<p>\(words[.checkEmailSpam])</p>")
  }

  /// The form that sends a link to the settings.
  func newLink(
    _ heading: Phrase = .newLinkHeading, _ sentence: Phrase = .newLinkText, address: String = "",
    problem: String? = nil
  ) -> HTML {
    message(
      words[heading],
      """
      <p>\(words[sentence])</p>
      <form action="\(Resource.newLink)" method="post">
      \(addressField(address, problem, button: .sendLink))
      \(trap())
      </form>
      """)
  }

  // MARK: Confirming

  func confirmation(_ token: String, _ subscription: Subscription) -> HTML {
    message(
      words[.confirmHeading],
      """
      <p>\(words(.confirmText, settings.name))</p>
      <p><b dir="auto">\(words.title(of: subscription.followed))</b>, \
      \(words.name(of: subscription.frequency))</p>
      <form action="\(Resource.confirmation(token: token))" method="post">
      <button>\(words[.confirmButton])</button>
      </form>
      """)
  }

  func confirmed(_ confirmed: ConfirmedSubscription) -> HTML {
    message(
      words[.subscribed],
      """
      <p>\(words[.subscribedText])</p>
      <p><a href="\(Resource.publications)">\(words[.readPublished])</a> · \
      <a href="\(Resource.subscription(token: confirmed.preferencesToken))">\
      \(words[.changeSettings])</a></p>
      <p class="small">\(words[.notYourWish]) \
      <a href="\(Resource.unsubscription(token: confirmed.unsubscribeToken))">\
      \(words[.endSubscription])</a></p>
      """)
  }

  func confirmationExpired() -> HTML {
    message(
      words[.linkExpired], "<p>\(words[.linkExpiredText])</p>\n\(subscriptionForm())")
  }

  // MARK: Unsubscribing

  func unsubscription(_ token: String) -> HTML {
    message(
      words[.unsubscribeHeading],
      """
      <p>\(words(.unsubscribeText, settings.name))</p>
      <form action="\(Resource.unsubscription(token: token))" method="post">
      <button>\(words[.endSubscription])</button>
      </form>
      <p class="small">\(words.html(
        .unsubscribeLess, "<a href=\"\(Resource.newLink)\">\(words[.sendLinkInstead])</a>"))</p>
      """)
  }

  func unsubscribed() -> HTML {
    message(words[.unsubscribed], "<p>\(words(.unsubscribedText, settings.name))</p>")
  }
}

extension Language {
  func name(of frequency: Frequency) -> String {
    switch frequency {
    case .atOnce: self[.frequencyAtOnce]
    case .weekly: self[.frequencyWeekly]
    case .monthly: self[.frequencyMonthly]
    }
  }
}
