import Archive
import Markup

/// The page of one's own account.
extension Pages {
  func ownAccount(_ own: OwnAccount, _ staff: StaffBar) -> HTML {
    let others = own.sessions.filter { !$0.isCurrent }
    // The newest sign-in is the one of this session.
    let signIns = own.activity.filter {
      $0.action == .signedIn || $0.action == .signedInFromNewPlace
    }
    return layout(
      Head(
        title: words[.ownAccount], address: Resource.ownAccount.path, place: .ownAccount,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.ownAccount])</h1>
      \(notice(own.notice))
      <p class="small"><bdi>\(own.account.name)</bdi> · \(words.name(of: own.account.role))\
      \(signIns.dropFirst().first, { last in
        " · \(words(.previousSignIn, moment(last.at)))\(last.detail.isEmpty ? "" : " (\(last.detail))")"
      })</p>
      </div>
      <div class="stack wide accounts">
      <section>
      <h2>\(words[.twoStep])</h2>
      <p class="measure">\(words[own.account.hasSecondFactor ? .twoStepOn : .twoStepOff])\
      \(if: own.account.hasSecondFactor, " \(words.count(.recoveryCode, own.codesLeft))")</p>
      <p><a class="button" href="\(Resource.secondFactor)">\
      \(words[own.account.hasSecondFactor ? .manageTwoStep : .setUpTwoStep])</a></p>
      </section>
      <section>
      <h2>\(words[.changePassword])</h2>
      <form class="fields narrow" action="\(Resource.ownAccount)" method="post">
      \(hidden(FormToken.field, staff.formToken))
      <input name="name" autocomplete="username" value="\(own.account.name)" hidden>
      \(presentPasswordField(problem: own.presentProblem))
      \(newPasswordField(words[.newPassword], problem: own.newProblem))
      <p class="hint">\(words[.changePasswordHint])</p>
      <div class="actions"><button name="do" value="password">\(words[.changePassword])</button></div>
      </form>
      </section>
      <section>
      <h2>\(words[.sessionsHeading])</h2>
      \(table(of: own.sessions, staff))
      \(if: !others.isEmpty, """
        <form class="actions" action="\(Resource.ownAccount)" method="post">
        \(hidden(FormToken.field, staff.formToken))
        <button class="quiet" name="do" value="end-others">\(words[.endOtherSessions])</button>
        </form>
        """)
      </section>
      <section>
      <h2>\(words[.recentActivity])</h2>
      <p class="measure">\(words[.recentActivityText])</p>
      \(activity(own.activity))
      </section>
      </div>
      """)
  }

  /// The field that asks somebody who is signed in for their password again.
  func presentPasswordField(problem: String?) -> HTML {
    """
    <div class="field">
    <label for="present">\(words[.presentPassword])</label>
    <input id="present" name="present" type="password" autocomplete="current-password" required\
    \(if: problem != nil, " aria-invalid=\"true\" aria-describedby=\"present-error\"")>
    \(problem, { "<p class=\"error\" id=\"present-error\" role=\"alert\">\($0)</p>" })
    </div>
    """
  }

  private func table(of sessions: [SessionEntry], _ staff: StaffBar) -> HTML {
    """
    <div class="scroller" role="region" aria-label="\(words[.sessionsHeading])" tabindex="0"><table>
    <thead><tr>\
    \(each: [Phrase.browser, .network, .began, .lastUsed], {
      "<th scope=\"col\">\(words[$0])</th>"
    })<td></td></tr></thead>
    <tbody>
    \(each: sessions, { session in
      let browser = session.browser.isEmpty ? words[.unknownBrowser] : session.browser
      return """
        <tr><th scope="row">\(browser)</th><td>\(session.network)</td>\
        <td>\(moment(session.began))</td><td>\(moment(session.used))</td>\
        <td>\(session.isCurrent ? "\(words[.thisSession])" : endForm(session, browser, staff))</td></tr>

        """
    })</tbody>
    </table></div>
    """
  }

  private func endForm(_ session: SessionEntry, _ browser: String, _ staff: StaffBar) -> HTML {
    """
    <form action="\(Resource.ownAccount)" method="post">\
    \(hidden(FormToken.field, staff.formToken))\(hidden("session", session.name))\
    <button class="quiet" name="do" value="end-session" \
    aria-label="\(words(.doTo, words[.endSession], browser))">\(words[.endSession])</button></form>
    """
  }
}
