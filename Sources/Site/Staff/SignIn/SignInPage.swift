import Markup

/// The pages for signing in and setting up an account.
extension Pages {
  /// The sign-in page.
  ///
  /// - Parameters:
  ///   - formToken: The token from the cookie of this browser, as there is no session yet.
  ///   - name: The name that was typed before.
  ///   - kept: The form that was sent without a session.
  ///   - problem: Why signing in failed; nil at first.
  ///   - notice: The message about what has just been done.
  /// - Returns: The page.
  func signIn(
    formToken: String, name: String = "", kept: PendingForm? = nil, problem: String? = nil,
    notice: Notice? = nil
  ) -> HTML {
    message(
      words[.signIn],
      """
      \(self.notice(notice))
      \(if: kept != nil, "<p class=\"notice\" role=\"status\">\(words[.signInToGoOn])</p>")
      \(problem, { "<p class=\"notice warning\" role=\"alert\" id=\"problem\">\($0)</p>" })
      <form class="fields narrow" action="\(Resource.signIn)" method="post">
      \(hidden(FormToken.field, formToken))
      \(kept, { hidden(PendingForm.address, $0.resource.path) + hidden(PendingForm.typed, $0.encoded) })
      <div class="field">
      <label for="name">\(words[.name])</label>
      <input id="name" name="name" autocomplete="username" value="\(name)" required\
      \(if: problem != nil, " aria-describedby=\"problem\"")>
      </div>
      <div class="field">
      <label for="password">\(words[.password])</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required\
      \(if: problem != nil, " aria-describedby=\"problem\"")>
      </div>
      <div class="actions"><button>\(words[.signIn])</button></div>
      </form>
      """)
  }

  /// The form that sets up an account from a one-time link.
  func setUp(
    token: String, formToken: String, name: String = "", nameProblem: String? = nil,
    passwordProblem: String? = nil
  ) -> HTML {
    message(
      words[.createAccountHeading],
      """
      <p>\(words(.createAccountText, settings.name))</p>
      <form class="fields narrow" action="\(Resource.setUp(token: token))" method="post">
      \(hidden(FormToken.field, formToken))
      <div class="field">
      <label for="name">\(words[.name])</label>
      <input id="name" name="name" autocomplete="username" value="\(name)" required\
      \(if: nameProblem != nil, " aria-invalid=\"true\" aria-describedby=\"name-error\"")>
      \(nameProblem, { "<p class=\"error\" id=\"name-error\">\($0)</p>" })
      </div>
      <div class="field">
      <label for="password">\(words[.password])</label>
      <p class="hint" id="password-hint">\(words[.passwordHint])</p>
      <input id="password" name="password" type="password" autocomplete="new-password" required \
      aria-describedby="password-hint\(if: passwordProblem != nil, " password-error")"\
      \(if: passwordProblem != nil, " aria-invalid=\"true\"")>
      \(passwordProblem, { "<p class=\"error\" id=\"password-error\">\($0)</p>" })
      </div>
      <div class="actions"><button>\(words[.createAccount])</button></div>
      </form>
      """)
  }

  func setUpExpired() -> HTML {
    message(
      words[.setUpExpired],
      """
      <p>\(words.html(
        .setUpExpiredText, "<a href=\"\(Resource.signIn)\">\(words[.signInLink])</a>"))</p>
      """)
  }

  /// The page after a form without a session.
  func signedOut() -> HTML {
    message(
      words[.signedOutHeading],
      """
      <p>\(words.html(
        .signedOutText, "<a href=\"\(Resource.signIn)\">\(words[.signIn])</a>"))</p>
      """)
  }
}
