import Archive
import Markup

/// The pages for signing in and setting up an account.
extension Pages {
  /// The sign-in page: for the name and the password, or for the code that follows.
  ///
  /// - Parameters:
  ///   - form: What was typed before.
  ///   - formToken: The token from the cookie of this browser, as there is no session yet.
  ///   - problem: Why signing in failed; nil at first.
  ///   - notice: The message about what has just been done.
  /// - Returns: The page.
  func signIn(
    _ form: SignInForm = SignInForm(), formToken: String, problem: String? = nil,
    notice: Notice? = nil
  ) -> HTML {
    let isForCode = form.pending != nil
    return message(
      words[isForCode ? .codeHeading : .signIn],
      """
      \(self.notice(notice))
      \(if: form.kept != nil, "<p class=\"notice\" role=\"status\">\(words[.signInToGoOn])</p>")
      \(problem, { "<p class=\"notice warning\" role=\"alert\" id=\"problem\">\($0)</p>" })
      \(if: isForCode, "<p>\(words(.codeText, form.name))</p>")
      <form class="fields narrow" method="post" \
      action="\(isForCode ? Resource.signInCode : Resource.signIn)">
      \(hidden(FormToken.field, formToken))
      \(form.kept, {
        hidden(PendingForm.address, $0.resource.path) + hidden(PendingForm.typed, $0.encoded)
      })
      \(form.pending.map { codeField(form, $0, hasProblem: problem != nil) }
        ?? passwordFields(form, hasProblem: problem != nil))
      <div class="actions"><button>\(words[.signIn])</button></div>
      </form>
      \(if: isForCode, "<p class=\"small\"><a href=\"\(Resource.signIn)\">\(words[.signInAgain])</a></p>")
      """)
  }

  private func passwordFields(_ form: SignInForm, hasProblem: Bool) -> HTML {
    """
    <div class="field">
    <label for="name">\(words[.name])</label>
    <input id="name" name="name" autocomplete="username" value="\(form.name)" required\
    \(if: hasProblem, " aria-describedby=\"problem\"")>
    </div>
    <div class="field">
    <label for="password">\(words[.password])</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required\
    \(if: hasProblem, " aria-describedby=\"problem\"")>
    </div>
    """
  }

  private func codeField(_ form: SignInForm, _ pending: String, hasProblem: Bool) -> HTML {
    """
    \(hidden(SignInForm.pendingField, pending))\(hidden("name", form.name))
    <div class="field">
    <label for="code">\(words[.code])</label>
    <p class="hint" id="code-hint">\(words[.codeHint])</p>
    <input id="code" name="code" autocomplete="one-time-code" autocapitalize="characters" \
    spellcheck="false" maxlength="40" required autofocus \
    aria-describedby="code-hint\(if: hasProblem, " problem")"\
    \(if: hasProblem, " aria-invalid=\"true\"")>
    </div>
    """
  }

  /// Why somebody has to wait before they try again.
  func signInWait(seconds: Int64) -> String {
    words(.signInWait, words.count(.minute, Int((seconds + 59) / 60)))
  }

  /// The form of a one-time link.
  func setUp(_ form: SetUpForm, formToken: String) -> HTML {
    let isForPassword = form.invitation.isForPassword
    return message(
      words[isForPassword ? .setPasswordHeading : .createAccountHeading],
      """
      <p>\(isForPassword
        ? words(.setPasswordText, form.invitation.name, settings.name)
        : words(.createAccountText, settings.name))</p>
      <form class="fields narrow" action="\(Resource.setUp(token: form.token))" method="post">
      \(hidden(FormToken.field, formToken))
      \(if: !isForPassword, nameField(form))
      \(if: isForPassword, """
        <input name="name" autocomplete="username" value="\(form.invitation.name)" hidden>
        """)
      \(newPasswordField(words[.password], problem: form.passwordProblem))
      <div class="actions"><button>\
      \(words[isForPassword ? .savePassword : .createAccount])</button></div>
      </form>
      """)
  }

  private func nameField(_ form: SetUpForm) -> HTML {
    """
    <div class="field">
    <label for="name">\(words[.name])</label>
    <input id="name" name="name" autocomplete="username" value="\(form.name)" required\
    \(if: form.nameProblem != nil, " aria-invalid=\"true\" aria-describedby=\"name-error\"")>
    \(form.nameProblem, { "<p class=\"error\" id=\"name-error\">\($0)</p>" })
    </div>
    """
  }

  /// The field for a password that is to be set.
  func newPasswordField(_ label: String, problem: String?) -> HTML {
    """
    <div class="field">
    <label for="password">\(label)</label>
    <p class="hint" id="password-hint">\(words[.passwordHint])</p>
    <input id="password" name="password" type="password" autocomplete="new-password" required \
    aria-describedby="password-hint\(if: problem != nil, " password-error")"\
    \(if: problem != nil, " aria-invalid=\"true\"")>
    \(problem, { "<p class=\"error\" id=\"password-error\">\($0)</p>" })
    </div>
    """
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
