import Archive
import HTTP

/// What the page of subscribers shows: a part of the list.
struct SubscriberList {
  var counts: [SubscriberStatus: Int]
  /// Nil for subscribers of every status.
  var status: SubscriberStatus?
  /// The search in the addresses; empty for none.
  var words = ""
  var found: PageOf<Subscriber>
  var notice: Notice?

  /// The most search results.
  static let mostFound = 100

  func address(_ page: Int) -> String {
    Query.address(
      .subscribers, [("status", status?.rawValue), ("page", page > 1 ? "\(page)" : nil)])
  }
}

/// The mailing list, for administrators.
///
/// URLs never contain an email address, as proxies and browsers store URLs. So searches are sent by
/// POST, and changes name a subscriber by number.
extension Site {
  func subscribers(_ visit: StaffRequest) throws -> Response {
    let query = Query(visit.request.query)
    let status = query.text("status").flatMap(SubscriberStatus.init)
    return privatePage(
      .ok,
      visit.pages.subscribers(
        SubscriberList(
          counts: try archive.subscribers.counts(), status: status,
          found: try archive.subscribers.list(
            status: status, page: query.number("page", in: 1...1_000_000) ?? 1, size: 50),
          notice: visit.notice),
        visit.staff))
  }

  /// All subscribers, or those of a status, as CSV.
  func subscribersFile(_ visit: StaffRequest) throws -> Response {
    let status = Query(visit.request.query).text("status").flatMap(SubscriberStatus.init)
    var table = CSV(["address", "status", "asked", "confirmed"])
    var page = 1
    while true {
      let found = try archive.subscribers.list(status: status, page: page, size: 10_000)
      for subscriber in found.items {
        table.add([
          subscriber.address, subscriber.status.rawValue, subscriber.asked.description,
          subscriber.confirmed?.description ?? "",
        ])
      }
      if page >= found.pages { break }
      page += 1
    }
    return Response(
      .ok,
      fields: [
        "Content-Type": CSV.mediaType,
        "Content-Disposition":
          ContentDisposition(.attachment, fileName: "subscribers.csv").description,
      ],
      content: .bytes(table.bytes))
  }

  func changeSubscriber(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    let words = form.text("q")
    guard words.isEmpty else {
      return privatePage(
        .ok,
        visit.pages.subscribers(
          SubscriberList(
            counts: try archive.subscribers.counts(), words: words,
            found: try archive.subscribers.list(
              containing: words, size: SubscriberList.mostFound)),
          visit.staff))
    }
    let actor = visit.session.account.actor
    guard let id = Int64(form.text("subscriber")) else {
      return seeOther(.subscribers, after: visit.request)
    }
    guard let address = try archive.subscribers.address(of: id) else {
      return notFound(visit.request)
    }
    switch form.text("do") {
    case "unsubscribe":
      _ = try archive.subscribers.stopMail(to: address, as: .unsubscribed, by: actor, at: now)
      return done(.unsubscribed, id, visit)
    case "suspend":
      _ = try archive.subscribers.stopMail(to: address, as: .suspended, by: actor, at: now)
      return done(.suspended, id, visit)
    case "delete" where form.text("sure").isEmpty:
      return privatePage(
        .ok, visit.pages.subscriberDeletion(id, address.description, visit.staff))
    case "delete":
      _ = try archive.subscribers.delete(address, by: actor, at: now)
      return done(.deleted, id, visit)
    default: return errorPage(.badRequest, visit.request)
    }
  }

  /// Logs the number of the subscriber, as more people can read the log than may see addresses.
  private func done(_ notice: Notice, _ id: Int64, _ visit: StaffRequest) -> Response {
    report(
      .done(
        by: visit.session.account.name, action: notice.rawValue, subject: "subscriber \(id)"))
    return seeOther(.subscribers, notice: notice, after: visit.request)
  }
}
