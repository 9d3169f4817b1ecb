import Archive
import Markup

/// The page of one account, for administrators.
extension Pages {
  func account(_ details: AccountDetails, _ staff: StaffBar) -> HTML {
    let account = details.account
    return layout(
      Head(
        title: account.name, address: Resource.account(account.id).path, place: .accounts,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1><bdi>\(account.name)</bdi></h1>
      \(notice(details.notice))
      \(details.problem, { "<p class=\"notice warning\" role=\"alert\">\($0)</p>" })
      <p class="small">\(words.name(of: account.role)) · \
      \(words(.accountCreated, day(account.created))) · \
      \(words(.lastSignInAt, account.lastSignIn.map { moment($0) } ?? words[.never])) · \
      \(words(.twoStepIs, words[account.hasSecondFactor ? .turnedOn : .turnedOff]))\
      \(if: account.disabled != nil,
        " · <span class=\"badge withdrawn\">\(words[.disabledAccount])</span>")</p>
      </div>
      <div class="stack wide accounts">
      <form class="fields narrow" action="\(Resource.account(account.id))" method="post">
      \(hidden(FormToken.field, staff.formToken))
      \(roleField(account.role))
      <div class="actions"><button name="do" value="role">\(words[.saveRole])</button></div>
      </form>
      <section>
      <h2>\(words[.accessHeading])</h2>
      <dl class="account-steps">
      \(if: account.disabled == nil, step("password-link", .makePasswordLink, .passwordLinkText, account, staff))
      \(if: account.hasSecondFactor, step("turn-off", .resetTwoStep, .resetTwoStepText, account, staff))
      \(if: !details.sessions.isEmpty, step("end-sessions", .endSessions, .endSessionsText, account, staff))
      \(account.disabled == nil
        ? step("disable", .disableAccount, .disableAccountText, account, staff)
        : step("enable", .enableAccount, .enableAccountText, account, staff))
      \(step("delete", .deleteAccount, .deleteAccountText, account, staff))
      </dl>
      </section>
      \(if: !details.activity.isEmpty, """
        <section>
        <h2>\(words[.recentActivity])</h2>
        \(activity(details.activity))
        <p class="small"><a href="\(Query.address(.auditLog, [("who", account.name)]))">\
        \(words(.allActionsOf, account.name))</a></p>
        </section>
        """)
      <p><a href="\(Resource.accounts)">\(words[.backToAccounts])</a></p>
      </div>
      """)
  }

  /// An action with what it does.
  private func step(
    _ value: StaticString, _ name: Phrase, _ text: Phrase, _ account: Account, _ staff: StaffBar
  ) -> HTML {
    """
    <div><dt><form action="\(Resource.account(account.id))" method="post">
    \(hidden(FormToken.field, staff.formToken))
    <button class="quiet" name="do" value="\("\(value)")">\(words[name])</button>
    </form></dt><dd>\(words[text])</dd></div>

    """
  }

  /// Entries of the audit log about one account.
  func activity(_ entries: [AuditEntry]) -> HTML {
    """
    <div class="scroller" role="region" aria-label="\(words[.recentActivity])" tabindex="0"><table>
    <thead><tr>\
    \(each: [Phrase.whenShort, .who, .what, .details], { "<th scope=\"col\">\(words[$0])</th>" })\
    </tr></thead>
    <tbody>
    \(each: entries, { entry in
      """
      <tr><td><time datetime="\(entry.at)">\(moment(entry.at))</time></td>\
      <td><bdi>\(who(entry))</bdi></td><td>\(words[entry.action.phrase])</td>\
      <td>\(details(of: entry))</td></tr>

      """
    })</tbody>
    </table></div>
    """
  }

  /// Asks before an account is deleted, which cannot be undone.
  func accountDeletion(_ account: Account, _ staff: StaffBar) -> HTML {
    layout(
      Head(title: words[.deleteAccount], place: .accounts, isIndexed: false, staff: staff),
      """
      <div class="stack measure message">
      <h1>\(words[.deleteAccount])</h1>
      <p>\(words.html(.deleteAccountSure, "<bdi>\(account.name)</bdi>"))</p>
      <form class="actions" action="\(Resource.account(account.id))" method="post">
      \(hidden(FormToken.field, staff.formToken))\(hidden("sure", "yes"))
      <button name="do" value="delete">\(words[.deleteAccount])</button>
      <a href="\(Resource.account(account.id))">\(words(.backToAccount, account.name))</a>
      </form>
      </div>
      """)
  }
}
