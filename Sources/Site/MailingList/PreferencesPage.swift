import Archive
import Markup

/// The page on which a subscriber sees and changes what they follow.
extension Pages {
  func preferences(_ preferences: Preferences, token: String, _ notice: Notice?) -> HTML {
    let address = Resource.subscription(token: token)
    return layout(
      Head(title: words[.settingsHeading], isIndexed: false),
      """
      <div class="stack measure">
      <h1>\(words[.settingsHeading])</h1>
      \(self.notice(notice))
      <p>\(words.html(.settingsOf, "<b><bdi>\(preferences.address)</bdi></b>"))</p>
      \(state(of: preferences))
      \(if: !preferences.subscriptions.isEmpty, """
        <h2>\(words[.youFollow])</h2>
        <ul class="followed">
        \(each: preferences.subscriptions, { followed($0, address) })
        </ul>
        """)
      <p><a href="\(Resource.browse)">\(words[.followMore])</a></p>
      \(if: assets.languages.count > 1, languageChoice(preferences.language, address))
      <h2>\(words[.yourData])</h2>
      <p>\(words[.yourDataText])</p>
      <p><a href="\(Resource.subscriptionData(token: token))">\(words[.downloadData])</a></p>
      <form class="actions" action="\(address)" method="post">
      \(if: preferences.status == .confirmed, """
        <button class="quiet" name="do" value="unsubscribe">\(words[.unsubscribeFromAll])</button>
        """)
      <button class="quiet" name="do" value="erase">\(words[.eraseData])</button>
      </form>
      </div>
      """)
  }

  /// Why no messages are sent; nothing when they are.
  private func state(of preferences: Preferences) -> HTML {
    let sentence: Phrase? =
      switch preferences.status {
      case .confirmed: nil
      case .pending: .settingsPending
      case .unsubscribed: .settingsUnsubscribed
      case .suspended: .settingsSuspended
      }
    return sentence.map {
      """
      <p class="notice">\(words[$0]) <a href="\(Resource.subscribe)">\(words[.subscribe])</a></p>
      """
    } ?? ""
  }

  private func followed(_ subscription: Subscription, _ address: Resource) -> HTML {
    let name =
      subscription.followed == .everything
      ? words[.allPublications] : words.title(of: subscription.followed)
    let id = "frequency-\(subscription.id)"
    let title: HTML =
      "<a href=\"\(subscription.followed.pageAddress)\">\(name)</a>"
    return """
      <li>
      <h3 dir="auto">\(title)</h3>
      <form class="actions" action="\(address)" method="post">
      \(hidden("subscription", "\(subscription.id)"))
      <label class="unseen" for="\(id)">\(words(.doTo, words[.howOften], name))</label>
      \(frequencyChoice(subscription.frequency, id: id))
      <button class="quiet" name="do" value="change" aria-label="\(words(.doTo, words[.save], name))">\
      \(words[.save])</button>
      <button class="quiet" name="do" value="unfollow" \
      aria-label="\(words(.doTo, words[.unfollow], name))">\(words[.unfollow])</button>
      </form>
      </li>

      """
  }

  private func languageChoice(_ chosen: String?, _ address: Resource) -> HTML {
    let chosen = chosen ?? assets.languages[0].tag
    return """
      <h2><label for="language">\(words[.languageOfMessages])</label></h2>
      <form class="inline" action="\(address)" method="post">
      <select id="language" name="language">
      \(each: assets.languages, { language in
        """
        <option value="\(language.tag)" lang="\(language.tag)"\
        \(if: language.tag == chosen, " selected")>\(language[.languageName])</option>

        """
      })\
      </select>
      <button class="quiet" name="do" value="language">\(words[.save])</button>
      </form>
      """
  }

  /// Asks before a subscriber is erased, which cannot be undone.
  func erasure(_ preferences: Preferences, token: String) -> HTML {
    message(
      words[.eraseHeading],
      """
      <p>\(words.html(.eraseText, "<bdi>\(preferences.address)</bdi>"))</p>
      <form class="actions" action="\(Resource.subscription(token: token))" method="post">
      \(hidden("sure", "yes"))
      <button name="do" value="erase">\(words[.eraseData])</button>
      <a href="\(Resource.subscription(token: token))">\(words[.backToSettings])</a>
      </form>
      """)
  }

  func erased() -> HTML { message(words[.erased], "<p>\(words[.erasedText])</p>") }
}
