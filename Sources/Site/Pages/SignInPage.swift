import Markup

/// The pages before the desk.
extension Pages {
  /// The page on which staff sign in.
  ///
  /// - Parameters:
  ///   - formToken: Of the visit, as nobody is signed in yet.
  ///   - name: What was typed before.
  ///   - problem: Why it failed; nil at first.
  ///   - notice: What has just been done.
  /// - Returns: The page.
  func signIn(
    formToken: String, name: String = "", problem: String? = nil, notice: Notice? = nil
  ) -> HTML {
    message(
      "Sign in",
      """
      \(self.notice(notice))
      \(problem, { "<p class=\"notice warning\" role=\"alert\" id=\"problem\">\($0)</p>" })
      <form class="fields narrow" action="\(Resource.signIn)" method="post">
      \(hidden(FormToken.field, formToken))
      <div class="field">
      <label for="name">Name</label>
      <input id="name" name="name" autocomplete="username" value="\(name)" required\
      \(if: problem != nil, " aria-describedby=\"problem\"")>
      </div>
      <div class="field">
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required\
      \(if: problem != nil, " aria-describedby=\"problem\"")>
      </div>
      <div class="actions"><button>Sign in</button></div>
      </form>
      """)
  }

  /// The form that makes an account from a one-time link.
  func setUp(
    token: String, formToken: String, name: String = "", nameProblem: String? = nil,
    passwordProblem: String? = nil
  ) -> HTML {
    message(
      "Create your account",
      """
      <p>This link works once. Choose a name and a password for the desk of \(settings.name).</p>
      <form class="fields narrow" action="\(Resource.setUp(token: token))" method="post">
      \(hidden(FormToken.field, formToken))
      <div class="field">
      <label for="name">Name</label>
      <input id="name" name="name" autocomplete="username" value="\(name)" required\
      \(if: nameProblem != nil, " aria-invalid=\"true\" aria-describedby=\"name-error\"")>
      \(nameProblem, { "<p class=\"error\" id=\"name-error\">\($0)</p>" })
      </div>
      <div class="field">
      <label for="password">Password</label>
      <p class="hint" id="password-hint">At least 10 characters; several words are good.</p>
      <input id="password" name="password" type="password" autocomplete="new-password" required \
      aria-describedby="password-hint\(if: passwordProblem != nil, " password-error")"\
      \(if: passwordProblem != nil, " aria-invalid=\"true\"")>
      \(passwordProblem, { "<p class=\"error\" id=\"password-error\">\($0)</p>" })
      </div>
      <div class="actions"><button>Create the account</button></div>
      </form>
      """)
  }

  func setUpExpired() -> HTML {
    message(
      "This link no longer works",
      """
      <p>It has been used, or it is too old. If you have an account, \
      <a href="\(Resource.signIn)">sign in</a>. If not, ask an administrator for a new link.</p>
      """)
  }

  /// What is shown to who sends a form and is not signed in, or not any more.
  func signedOut() -> HTML {
    message(
      "You are not signed in",
      """
      <p>Nothing was changed. <a href="\(Resource.signIn)">Sign in</a> in another tab, then come \
      back to this one, go one page back and send the form again: what you typed is still there.</p>
      """)
  }
}
