import Archive
import HTTP
import Markup

/// The pages of all accounts, for administrators.
extension Pages {
  func accounts(_ list: AccountList, _ staff: StaffBar) -> HTML {
    layout(
      Head(
        title: words[.accounts], address: Resource.accounts.path, place: .accounts,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.accounts])</h1>
      \(notice(list.notice))
      <p class="measure">\(words[.accountsText])</p>
      </div>
      <div class="stack wide accounts">
      \(table(of: list.accounts))
      <section>
      <h2>\(words[.inviteHeading])</h2>
      <p class="measure">\(words[.inviteText])</p>
      \(invitationForm(list, staff))
      </section>
      \(if: !list.invitations.isEmpty, """
        <section>
        <h2>\(words[.openInvitations])</h2>
        \(table(of: list.invitations, staff))
        </section>
        """)
      </div>
      """)
  }

  private func table(of accounts: [Account]) -> HTML {
    """
    <div class="scroller" role="region" aria-label="\(words[.accounts])" tabindex="0"><table>
    <thead><tr>\
    \(each: [Phrase.name, .role, .lastSignIn, .twoStep], { "<th scope=\"col\">\(words[$0])</th>" })\
    </tr></thead>
    <tbody>
    \(each: accounts, { account in
      """
      <tr><th scope="row"><a href="\(Resource.account(account.id))"><bdi>\(account.name)</bdi></a>\
      \(if: account.disabled != nil,
        " <span class=\"badge withdrawn\">\(words[.disabledAccount])</span>")</th>\
      <td>\(words.name(of: account.role))</td>\
      <td>\(account.lastSignIn.map { moment($0) } ?? words[.never])</td>\
      <td>\(words[account.hasSecondFactor ? .turnedOn : .turnedOff])</td></tr>

      """
    })</tbody>
    </table></div>
    """
  }

  private func invitationForm(_ list: AccountList, _ staff: StaffBar) -> HTML {
    """
    <form class="fields" action="\(Resource.accounts)" method="post">
    \(hidden(FormToken.field, staff.formToken))
    <div class="pair">
    <div class="field">
    <label for="name">\(words[.suggestedName])</label>
    <input id="name" name="name" autocomplete="off" value="\(list.suggestedName)"\
    \(if: list.problem != nil, " aria-invalid=\"true\" aria-describedby=\"name-error\"")>
    \(list.problem, { "<p class=\"error\" id=\"name-error\">\($0)</p>" })
    </div>
    \(roleField(list.role))
    </div>
    <div class="actions"><button name="do" value="invite">\(words[.createInvitation])</button></div>
    </form>
    """
  }

  func roleField(_ chosen: Role) -> HTML {
    """
    <div class="field">
    <label for="role">\(words[.role])</label>
    <select id="role" name="role">
    \(each: Role.allCases, { role in
      """
      <option value="\(role.rawValue)"\(if: role == chosen, " selected")>\
      \(words.name(of: role))</option>

      """
    })</select>
    </div>
    """
  }

  private func table(of invitations: [Invitation], _ staff: StaffBar) -> HTML {
    """
    <div class="scroller" role="region" aria-label="\(words[.openInvitations])" tabindex="0"><table>
    <thead><tr>\
    \(each: [Phrase.name, .invitationFor, .invitedBy, .expires], {
      "<th scope=\"col\">\(words[$0])</th>"
    })<td></td></tr></thead>
    <tbody>
    \(each: invitations, { invitation in
      let name = invitation.name.isEmpty ? words[.noNameSuggested] : invitation.name
      return """
        <tr><th scope="row"><bdi>\(name)</bdi></th>\
        <td>\(invitation.isForPassword
          ? words[.newPasswordFor] : words.name(of: invitation.role))</td>\
        <td><bdi>\(self.name(ofActor: invitation.inviter.name))</bdi></td>\
        <td>\(moment(invitation.expires))</td>\
        <td><form action="\(Resource.accounts)" method="post">\
        \(hidden(FormToken.field, staff.formToken))\(hidden("invitation", "\(invitation.id)"))\
        <button class="quiet" name="do" value="revoke" \
        aria-label="\(words(.doTo, words[.revoke], name))">\(words[.revoke])</button></form></td></tr>

        """
    })</tbody>
    </table></div>
    """
  }

  /// A one-time link, which is shown once.
  func oneTimeLink(_ link: OneTimeLink, _ staff: StaffBar) -> HTML {
    let title = link.account.map { words(.passwordLinkReady, $0.name) } ?? words[.invitationReady]
    let body = words(
      link.account == nil ? .invitationMailBody : .passwordMailBody, link.address,
      moment(link.expires))
    let subject = words(
      link.account == nil ? .invitationMailSubject : .passwordMailSubject, settings.name)
    // RFC 6068.
    let mail =
      "mailto:?subject=\(PercentEncoding.encodedComponent(subject))"
      + "&body=\(PercentEncoding.encodedComponent(body))"
    return layout(
      Head(title: title, place: .accounts, isIndexed: false, staff: staff),
      """
      <div class="stack measure message">
      <h1>\(title)</h1>
      <p>\(words(.copyLinkText, moment(link.expires)))</p>
      <p class="one-time" id="link">\(link.address)</p>
      <div class="actions">
      <button class="quiet" type="button" data-copy="link" data-done="\(words[.copied])" hidden>\
      \(words[.copyLink])</button>
      <a href="\(mail)">\(words[.sendByEmail])</a>
      </div>
      <p><a href="\(Resource.accounts)">\(words[.backToAccounts])</a></p>
      </div>
      """)
  }
}
