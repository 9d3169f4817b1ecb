import Archive
import HTTP

/// What the page of redirects shows.
struct RedirectList {
  var words: String
  var onlyBroken: Bool
  var found: PageOf<Redirect>
  var broken: Int
  var notice: Notice?
  /// What was typed for a new redirect, and why it was not added.
  var old = ""
  var new = ""
  var problem: RedirectProblem?

  func address(page: Int, onlyBroken: Bool? = nil) -> String {
    Query.address(
      .redirects,
      [
        ("q", words.nonEmpty), ("show", onlyBroken ?? self.onlyBroken ? "broken" : nil),
        ("page", page > 1 ? "\(page)" : nil),
      ])
  }
}

/// Why a redirect was not added.
enum RedirectProblem {
  case oldMissing, oldOfSite, oldTaken, newInvalid

  /// Whether it is about the old address.
  var isOfOld: Bool {
    switch self {
    case .oldMissing, .oldOfSite, .oldTaken: true
    case .newInvalid: false
    }
  }
}

/// The redirects of old addresses, for editors.
extension Site {
  func redirects(_ visit: StaffRequest) throws -> Response {
    privatePage(
      .ok,
      visit.pages.redirects(
        try redirectList(Query(visit.request.query), notice: visit.notice), visit.staff))
  }

  private func redirectList(_ query: Query, notice: Notice? = nil) throws -> RedirectList {
    let words = query.words("q")
    let onlyBroken = query.text("show") == "broken"
    return RedirectList(
      words: words, onlyBroken: onlyBroken,
      found: try archive.redirects.list(
        matching: words, onlyBroken: onlyBroken,
        page: query.number("page", in: 1...1_000_000) ?? 1, at: now),
      broken: try archive.redirects.brokenCount(at: now), notice: notice)
  }

  func changeRedirects(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    let actor = visit.session.account.actor
    let deleted = form.text("delete")
    if !deleted.isEmpty {
      _ = try archive.redirects.delete(deleted, by: actor, at: now)
      return seeOther(.redirects, notice: .redirectDeleted, after: visit.request)
    }
    let (old, new) = (form.text("old"), form.text("new"))
    do {
      try addRedirect(old, new, by: actor)
    } catch let problem as RedirectRefusal {
      var list = try redirectList(Query(nil))
      (list.old, list.new, list.problem) = (old, new, problem.problem)
      return privatePage(.unprocessableContent, visit.pages.redirects(list, visit.staff))
    }
    return seeOther(.redirects, notice: .redirectAdded, after: visit.request)
  }

  private struct RedirectRefusal: Error { let problem: RedirectProblem }

  private func addRedirect(_ old: String, _ new: String, by actor: Actor) throws {
    let oldPath = path(of: old)
    if let resource = oldPath.flatMap({ Resource(path: Site.withoutQuery($0)) }), resource != .home,
      try isThere(resource)
    {
      throw RedirectRefusal(problem: .oldOfSite)
    }
    guard let target = redirectTarget(new) else { throw RedirectRefusal(problem: .newInvalid) }
    do {
      _ = try archive.redirects.add(old, to: target, by: actor, at: now)
    } catch let error as RedirectError {
      switch error {
      case .noAddress: throw RedirectRefusal(problem: .oldMissing)
      case .taken: throw RedirectRefusal(problem: .oldTaken)
      case .noTarget: throw RedirectRefusal(problem: .newInvalid)
      }
    }
  }

  /// Whether an address that has the form of a resource has something: a publication's may not.
  private func isThere(_ resource: Resource) throws -> Bool {
    switch resource {
    case .publication(let slug), .document(let slug), .reading(let slug), .citation(let slug, _):
      try archive.publications.forStaff(slug, at: now) != nil
    default: true
    }
  }

  private static func withoutQuery(_ path: String) -> String {
    String(path.prefix { $0 != "?" && $0 != "#" })
  }

  /// The path of an address that was typed; nil when it begins with neither a slash nor a scheme.
  private func path(of address: String) -> String? {
    guard let scheme = address.firstRange(of: "://") else {
      return address.hasPrefix("/") ? address : nil
    }
    let rest = address[scheme.upperBound...].drop { !"/?#".contains($0) }
    return rest.hasPrefix("/") ? String(rest) : "/" + rest
  }

  /// Where a typed address of this site leads; nil when it is none.
  private func redirectTarget(_ text: String) -> RedirectTarget? {
    if let slug = Slug(text) { return .publication(slug) }
    guard let path = path(of: text) else { return nil }
    if text.contains("://"), !text.hasPrefix(settings.baseURL) { return nil }
    switch Resource(path: Site.withoutQuery(path)) {
    case .publication(let slug): return .publication(slug)
    case .document(let slug): return .document(slug)
    case let resource?:
      guard resource.route.access == .everyone else { return nil }
      return .path(path)
    case nil: return nil
    }
  }
}
