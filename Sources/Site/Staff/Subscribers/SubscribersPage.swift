import Archive
import Markup

/// The pages of the mailing list for administrators.
extension Pages {
  func subscribers(_ list: SubscriberList, _ staff: StaffBar) -> HTML {
    let isSearched = !list.words.isEmpty
    return layout(
      Head(
        title: words[.subscribers], address: isSearched ? nil : list.address(list.found.number),
        place: .subscribers, isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.subscribers])</h1>
      \(notice(list.notice))
      <p class="measure">\(words[.subscribersText])</p>
      <form class="inline" action="\(Resource.subscribers)" method="post" role="search">
      \(hidden(FormToken.field, staff.formToken))
      <label class="unseen" for="q">\(words[.partOfAddress])</label>
      <input id="q" name="q" type="search" autocomplete="off" value="\(list.words)" required \
      placeholder="\(words[.partOfAddress])">
      <button class="quiet">\(words[.find])</button>
      </form>
      <nav class="chips" aria-label="\(words[.state])">
      \(statusLink(nil, words[.all], list))
      \(each: SubscriberStatus.allCases, { statusLink($0, words[$0.phrase], list) })
      </nav>
      <p class="small">\(total(of: list)) · \
      <a href="\(Query.address(.subscribersFile, [("status", list.status?.rawValue)]))">\
      \(words[.subscribersCSV])</a> · \
      <a href="\(Resource.subscriberImport)">\(words[.importSubscribers])</a></p>
      </div>
      \(list.found.items.isEmpty
        ? "<p>\(words[isSearched || list.status != nil ? .nothingHere : .noSubscribers])</p>"
        : "<ol class=\"entries\">\(each: list.found.items, { entry($0, staff) })</ol>")
      \(if: !isSearched, pageLinks(
        page: list.found.number, of: list.found.pages, label: words[.pagesOfSubscribers],
        address: list.address))
      """)
  }

  private func total(of list: SubscriberList) -> String {
    let count = words.count(.subscriber, list.found.total)
    guard !list.words.isEmpty else { return count }
    let found = words(.foundSubscribers, count, list.words)
    return list.found.total > SubscriberList.mostFound
      ? "\(found) · \(words(.firstSubscribers, words.number(SubscriberList.mostFound)))" : found
  }

  private func statusLink(
    _ status: SubscriberStatus?, _ name: String, _ list: SubscriberList
  ) -> HTML {
    let count = status.map { list.counts[$0] ?? 0 } ?? list.counts.values.reduce(0, +)
    let isCurrent = list.words.isEmpty && status == list.status
    return """
      <a href="\(Query.address(.subscribers, [("status", status?.rawValue)]))"\
      \(if: isCurrent, " aria-current=\"page\"")>\(name) \(words.number(count))</a>

      """
  }

  private func entry(_ subscriber: Subscriber, _ staff: StaffBar) -> HTML {
    let confirmed = subscriber.confirmed.map { words(.confirmedOn, day($0)) }
    let dates = [words(.askedOn, day(subscriber.asked)), confirmed].compactMap(\.self)
    return """
      <li>
      <p class="date"><span class="badge">\(words[subscriber.status.phrase])</span></p>
      <div>
      <h2><bdi>\(subscriber.address)</bdi></h2>
      <p class="small">\(dates.joined(separator: " · "))</p>
      <form class="actions" action="\(Resource.subscribers)" method="post">
      \(hidden(FormToken.field, staff.formToken))\(hidden("subscriber", "\(subscriber.id)"))
      \(if: subscriber.status != .unsubscribed, step("unsubscribe", .unsubscribe, subscriber))
      \(if: subscriber.status != .suspended, step("suspend", .suspend, subscriber))
      \(step("delete", .delete, subscriber))
      </form>
      </div>
      </li>

      """
  }

  private func step(_ value: StaticString, _ phrase: Phrase, _ subscriber: Subscriber) -> HTML {
    """
    <button class="quiet" name="do" value="\("\(value)")" \
    aria-label="\(words(.doTo, words[phrase], subscriber.address))">\(words[phrase])</button>
    """
  }

  /// Asks before a subscriber is deleted, which cannot be undone.
  func subscriberDeletion(_ id: Int64, _ address: String, _ staff: StaffBar) -> HTML {
    layout(
      Head(title: words[.deleteHeading], isIndexed: false, staff: staff),
      """
      <div class="stack measure message">
      <h1>\(words[.deleteHeading])</h1>
      <p>\(words.html(.deleteText, "<bdi>\(address)</bdi>"))</p>
      <form class="actions" action="\(Resource.subscribers)" method="post">
      \(hidden(FormToken.field, staff.formToken))\(hidden("subscriber", "\(id)"))\
      \(hidden("sure", "yes"))
      <button name="do" value="delete">\(words[.delete])</button>
      <a href="\(Resource.subscribers)">\(words[.backToSubscribers])</a>
      </form>
      </div>
      """)
  }
}

extension SubscriberStatus {
  fileprivate var phrase: Phrase {
    switch self {
    case .pending: .statePending
    case .confirmed: .stateConfirmed
    case .unsubscribed: .stateUnsubscribed
    case .suspended: .stateSuspended
    }
  }
}
