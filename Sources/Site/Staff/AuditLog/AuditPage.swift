import Archive
import HTTP
import Markup

extension Site {
  func auditLog(_ visit: StaffRequest) throws -> Response {
    let query = Query(visit.request.query)
    let filter = AuditFilter(
      actor: query.text("who"), subject: query.text("what") ?? "",
      hasSubscribers: visit.session.account.role == .administrator)
    let found = try archive.staff.auditLog(
      filter, page: query.number("page", in: 1...1_000_000) ?? 1)
    return privatePage(
      .ok,
      visit.pages.auditLog(filter, found, actors: try archive.staff.auditActors(), visit.staff))
  }
}

extension Pages {
  /// The audit log.
  func auditLog(
    _ filter: AuditFilter, _ found: PageOf<AuditEntry>, actors: [String], _ staff: StaffBar
  ) -> HTML {
    let address = { (page: Int) in
      Query.address(
        .auditLog,
        [
          ("who", filter.actor), ("what", filter.subject.nonEmpty),
          ("page", page > 1 ? "\(page)" : nil),
        ])
    }
    return layout(
      Head(
        title: words[.auditLog], address: address(found.number), place: .auditLog,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.auditLog])</h1>
      <p class="measure">\(words[.auditText])</p>
      <form class="inline actions" action="\(Resource.auditLog)" method="get">
      <label class="unseen" for="who">\(words[.who])</label>
      <select id="who" name="who">
      <option value="">\(words[.everybody])</option>
      \(each: actors, { actor in
        """
        <option value="\(actor)"\(if: actor == filter.actor, " selected")>\
        \(name(ofActor: actor))</option>

        """
      })</select>
      <label class="unseen" for="what">\(words[.subject])</label>
      <input id="what" name="what" type="search" value="\(filter.subject)" \
      placeholder="\(words[.subject])">
      \(languageField)<button class="quiet">\(words[.show])</button>
      </form>
      <p class="small">\(words.count(.auditEntry, found.total))</p>
      </div>
      \(found.items.isEmpty ? "<p>\(words[.auditEmpty])</p>" : table(found.items))
      \(pageLinks(
        page: found.number, of: found.pages, label: words[.pagesOfAudit], address: address))
      """)
  }

  /// The entries, grouped by day.
  private func table(_ entries: [AuditEntry]) -> HTML {
    let days = entries.reduce(into: [[AuditEntry]]()) { days, entry in
      if let last = days.last?.first,
        localTime(last).date == localTime(entry).date
      {
        days[days.count - 1].append(entry)
      } else {
        days.append([entry])
      }
    }
    return """
      <div class="scroller" role="region" aria-label="\(words[.auditLog])" tabindex="0"><table>
      <thead><tr><th scope="col">\(words(.when, settings.timeZone.name))</th>\
      \(each: [Phrase.who, .what, .subject, .before, .after], {
        "<th scope=\"col\">\(words[$0])</th>"
      })</tr></thead>
      \(each: days, day)\
      </table></div>
      """
  }

  private func day(_ entries: [AuditEntry]) -> HTML {
    """
    <tbody>
    <tr><th class="kicker" colspan="6" scope="rowgroup">\(entries.first, { "\(day($0.at))" })\
    </th></tr>
    \(each: entries, { entry in
      """
      <tr><td><time datetime="\(entry.at)">\(localTime(entry).time)</time></td>\
      <td><bdi>\(who(entry))</bdi></td><td>\(words[entry.action.phrase])</td>\
      <td>\(subject(of: entry))</td>\
      <td class="change" dir="auto">\(value(entry.before))</td>\
      <td class="change" dir="auto">\(value(entry.after))</td></tr>

      """
    })</tbody>

    """
  }

  private func localTime(_ entry: AuditEntry) -> LocalTime {
    settings.timeZone.localTime(at: entry.at)
  }

  /// A value before or after a change, with statuses and times in the language of the page.
  private func value(_ text: String?) -> String {
    guard let text else { return "" }
    if let status = Publication.Status(rawValue: text) { return words.name(of: status) }
    return Instant(text).map { moment($0) } ?? text
  }

  private func subject(of entry: AuditEntry) -> HTML {
    switch entry.action.concern {
    case .publication:
      return Slug(entry.subject).map { "<a href=\"\(Resource.record($0))\">\($0)</a>" }
        ?? "<bdi>\(entry.subject)</bdi>"
    case .account:
      let role = Role(rawValue: entry.detail).map { " (\(words.name(of: $0)))" } ?? ""
      return "<bdi>\(entry.subject)</bdi>\(role)"
    case .subscriber, .setting: return "<bdi>\(entry.subject)</bdi>"
    }
  }
}

extension AuditAction {
  fileprivate var phrase: Phrase {
    switch self {
    case .deposited: .didDeposit
    case .revised: .didRevise
    case .published: .didPublish
    case .scheduled: .didSchedule
    case .renamed: .didRename
    case .replaced: .didReplace
    case .corrected: .didCorrect
    case .deletedDraft: .didDeleteDraft
    case .withdrawn: .didWithdraw
    case .presented: .didPresent
    case .askedToRead: .didAskToRead
    case .signedIn: .didSignIn
    case .madeAccount: .didMakeAccount
    case .setPassword: .didSetPassword
    case .setRole: .didSetRole
    case .removedAccount: .didRemoveAccount
    case .acceptedInvitation: .didAcceptInvitation
    case .confirmedSubscription: .didConfirmSubscription
    case .unsubscribed: .didUnsubscribe
    case .addedSubscriber: .didAddSubscriber
    case .suspendedSubscriber: .didSuspendSubscriber
    case .deletedSubscriber: .didDeleteSubscriber
    case .toldSubscribers: .didTellSubscribers
    case .pausedMailing: .didPauseMailing
    case .resumedMailing: .didResumeMailing
    case .changedSetting: .didChangeSetting
    }
  }
}
