import Archive
import HTTP
import Markup

/// The page of the audit log.
extension Pages {
  func auditLog(_ list: AuditList, _ staff: StaffBar) -> HTML {
    let (query, found) = (list.query, list.found)
    return layout(
      Head(
        title: words[.auditLog], address: query.address(.auditLog, page: found.number),
        place: .auditLog, isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.auditLog])</h1>
      <p class="measure">\(words[.auditText])</p>
      \(filterForm(list))
      <p class="small">\(words.count(.auditEntry, found.total)) · \
      <a href="\(query.address(.auditFile))">\(words[.auditCSV])</a></p>
      </div>
      \(found.items.isEmpty ? "<p>\(words[.auditEmpty])</p>" : table(list))
      \(pageLinks(
        page: found.number, of: found.pages, label: words[.pagesOfAudit],
        address: { query.address(.auditLog, page: $0) }))
      """)
  }

  private func filterForm(_ list: AuditList) -> HTML {
    let filter = list.query.filter
    let actions = AuditAction.allCases.filter {
      filter.isForAdministrators || !$0.concern.isForAdministrators
    }
    return """
      <form class="filters" action="\(Resource.auditLog)" method="get">
      <div class="field"><label for="who">\(words[.who])</label>
      <select id="who" name="who">
      <option value="">\(words[.everybody])</option>
      \(each: list.actors, { actor in
        """
        <option value="\(actor)"\(if: actor == filter.actor, " selected")>\
        \(name(ofActor: actor))</option>

        """
      })</select></div>
      <div class="field"><label for="action">\(words[.what])</label>
      <select id="action" name="action">
      <option value="">\(words[.everything])</option>
      \(each: actions, { action in
        """
        <option value="\(action.rawValue)"\(if: action == filter.action, " selected")>\
        \(words[action.phrase])</option>

        """
      })</select></div>
      <div class="field"><label for="what">\(words[.subject])</label>
      <input id="what" name="what" type="search" value="\(filter.subject)"></div>
      <div class="field"><label for="from">\(words[.fromDay])</label>
      <input id="from" name="from" type="date" value="\(list.query.firstDay ?? "")"></div>
      <div class="field"><label for="to">\(words[.toDay])</label>
      <input id="to" name="to" type="date" value="\(list.query.lastDay ?? "")"></div>
      \(languageField)<button class="quiet">\(words[.show])</button>
      </form>
      """
  }

  /// The entries, grouped by day.
  private func table(_ list: AuditList) -> HTML {
    let days = list.found.items.reduce(into: [[AuditEntry]]()) { days, entry in
      if let last = days.last?.first, localTime(last).date == localTime(entry).date {
        days[days.count - 1].append(entry)
      } else {
        days.append([entry])
      }
    }
    return """
      <div class="scroller" role="region" aria-label="\(words[.auditLog])" tabindex="0"><table>
      <thead><tr><th scope="col">\(words(.when, settings.timeZone.name))</th>\
      \(each: [Phrase.who, .what, .subject, .details], {
        "<th scope=\"col\">\(words[$0])</th>"
      })</tr></thead>
      \(each: days, { day($0, list) })\
      </table></div>
      """
  }

  private func day(_ entries: [AuditEntry], _ list: AuditList) -> HTML {
    """
    <tbody>
    <tr><th class="kicker" colspan="5" scope="rowgroup">\(entries.first, { "\(day($0.at))" })\
    </th></tr>
    \(each: entries, { entry in
      """
      <tr><td><time datetime="\(entry.at)">\(localTime(entry).time)</time></td>\
      <td><bdi>\(who(entry))</bdi></td><td>\(words[entry.action.phrase])</td>\
      <td>\(subject(of: entry, list.accounts))</td>\
      <td class="change">\(if: list.query.showsDetail(of: entry), details(of: entry))</td></tr>

      """
    })</tbody>

    """
  }

  private func localTime(_ entry: AuditEntry) -> LocalTime {
    settings.timeZone.localTime(at: entry.at)
  }

  /// What an entry is about, with a link to it.
  private func subject(of entry: AuditEntry, _ accounts: [String: Int64]) -> HTML {
    switch entry.action.concern {
    case .publication:
      return Slug(entry.subject).map { "<a href=\"\(Resource.record($0))\">\($0)</a>" }
        ?? "<bdi>\(entry.subject)</bdi>"
    case .account, .security:
      let name: HTML =
        entry.subject.isEmpty && entry.actor.isEmpty
        ? "\(words[.unknownName])" : "<bdi>\(entry.subject)</bdi>"
      return accounts[entry.subject].map { "<a href=\"\(Resource.account($0))\">\(name)</a>" }
        ?? name
    case .redirect, .subscriber: return "<bdi>\(entry.subject)</bdi>"
    case .setting: return "<a href=\"\(Resource.siteSettings)\"><bdi>\(entry.subject)</bdi></a>"
    case .bulkEdit:
      let name: HTML = "<bdi>\(entry.detail)</bdi>"
      let page = BulkEdit.ID(entry.subject).map { id -> Resource in
        entry.action == .importedCatalogue ? .catalogueImport(id) : .bulkEdit(id)
      }
      return page.map { "<a href=\"\($0)\">\(name)</a>" } ?? name
    case .list:
      var form = NameList(rawValue: entry.detail).map { ListForm($0) }
      form?.words = entry.subject
      let address = form?.address ?? Resource.types.path
      return "<a href=\"\(address)\"><bdi>\(entry.subject)</bdi></a>"
    }
  }

  /// What an entry says beside its subject: the change, or the detail.
  func details(of entry: AuditEntry) -> HTML {
    let change = change(of: entry)
    guard change.isEmpty else { return change }
    switch entry.action {
    case .failedSignIns, .failedCodes:
      // A number, a colon and networks.
      let parts = entry.detail.split(separator: ": ", maxSplits: 1)
      guard parts.count == 2, let count = Int(parts[0]) else { return "\(entry.detail)" }
      return "\(words(.attemptsFrom, words.count(.failedAttempt, count), String(parts[1])))"
    case .usedRecoveryCode:
      return Int(entry.detail).map { "\(words.count(.recoveryCode, $0))" } ?? "\(entry.detail)"
    case .setPassword: return entry.detail.isEmpty ? "" : "\(words[.withLink])"
    default: return "\(value(entry.detail))"
    }
  }

  /// The fields that were changed, each with its value before and after.
  private func change(of entry: AuditEntry) -> HTML {
    guard entry.before != nil || entry.after != nil else { return "" }
    guard let before = fields(in: entry.before ?? ""), let after = fields(in: entry.after ?? ""),
      !before.isEmpty || !after.isEmpty
    else { return change(from: entry.before ?? "", to: entry.after ?? "") }
    let names =
      before.map(\.name)
      + after.map(\.name).filter { name in
        !before.contains { $0.name == name }
      }
    return """
      <dl>\(each: names, { name in
        let label = FieldError.Field(rawValue: name).map { words.label(of: $0) } ?? name
        return """
          <div><dt>\(label)</dt><dd>\
          \(change(
            from: before.first { $0.name == name }?.value ?? "",
            to: after.first { $0.name == name }?.value ?? ""))</dd></div>
          """
      })</dl>
      """
  }

  private func change(from before: String, to after: String) -> HTML {
    """
    \(if: !before.isEmpty, """
      <del dir="auto"><span class="unseen">\(words[.before]): </span>\(value(before))</del>
      """)\
    \(if: !before.isEmpty && !after.isEmpty, " → ")\
    \(if: !after.isEmpty, """
      <ins dir="auto"><span class="unseen">\(words[.after]): </span>\(value(after))</ins>
      """)
    """
  }

  /// The lines `name: value` of a text; nil if a line is none.
  private func fields(in text: String) -> [(name: String, value: String)]? {
    var fields: [(name: String, value: String)] = []
    for line in text.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":"), colon > line.startIndex,
        line[..<colon].utf8.allSatisfy({ 0x61...0x7A ~= $0 || $0 == 0x2D || $0 == 0x20 })
      else { return nil }
      fields.append((String(line[..<colon]), line[line.index(after: colon)...].trimmed))
    }
    return fields
  }

  /// A value with statuses, roles and times in the language of the page.
  private func value(_ text: String) -> String {
    if let status = Publication.Status(rawValue: text) { return words.name(of: status) }
    if let role = Role(rawValue: text) { return words.name(of: role) }
    return Instant(text).map { moment($0) } ?? text
  }
}

extension AuditAction {
  var phrase: Phrase {
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
    case .addedRedirect: .didAddRedirect
    case .deletedRedirect: .didDeleteRedirect
    case .distinguished: .didDistinguish
    case .unpublished: .didUnpublish
    case .assigned: .didAssign
    case .commented: .didComment
    case .restoredFile: .didRestoreFile
    case .signedIn: .didSignIn
    case .madeAccount: .didMakeAccount
    case .setPassword: .didSetPassword
    case .setRole: .didSetRole
    case .removedAccount: .didRemoveAccount
    case .acceptedInvitation: .didAcceptInvitation
    case .invited: .didInvite
    case .revokedInvitation: .didRevokeInvitation
    case .disabledAccount: .didDisableAccount
    case .enabledAccount: .didEnableAccount
    case .signedInFromNewPlace: .didSignInFromNewPlace
    case .failedSignIns: .didFailToSignIn
    case .failedCodes: .didEnterWrongCodes
    case .slowedSignIns: .didSlowSignIns
    case .endedSessions: .didEndSessions
    case .madePasswordLink: .didMakePasswordLink
    case .turnedOnSecondFactor: .didTurnOnSecondFactor
    case .turnedOffSecondFactor: .didTurnOffSecondFactor
    case .usedRecoveryCode: .didUseRecoveryCode
    case .renewedRecoveryCodes: .didRenewRecoveryCodes
    case .confirmedSubscription: .didConfirmSubscription
    case .unsubscribed: .didUnsubscribe
    case .addedSubscriber: .didAddSubscriber
    case .suspendedSubscriber: .didSuspendSubscriber
    case .deletedSubscriber: .didDeleteSubscriber
    case .toldSubscribers: .didTellSubscribers
    case .pausedMailing: .didPauseMailing
    case .resumedMailing: .didResumeMailing
    case .changedSetting: .didChangeSetting
    case .editedInBulk: .didEditInBulk
    case .undidBulkEdit: .didUndoBulkEdit
    case .addedEntry: .didAddEntry
    case .editedEntry: .didEditEntry
    case .renamedEntry: .didRenameEntry
    case .mergedEntries: .didMergeEntries
    case .deletedEntry: .didDeleteEntry
    case .importedCatalogue: .didImportCatalogue
    }
  }
}
