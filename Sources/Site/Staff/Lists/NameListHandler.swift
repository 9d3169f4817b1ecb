import Archive
import HTTP

/// What the page of a controlled list shows, as its address says.
struct ListForm: Equatable {
  var list: NameList
  /// Beginnings of words; empty for all entries.
  var words = ""
  var order = Lists.Order.name
  var onlyUnused = false
  /// Whether possible duplicates are shown in place of the entries.
  var showsDuplicates = false
  /// Counted from 1.
  var page = 1

  init(_ list: NameList) { self.list = list }

  init(_ list: NameList, _ query: Query) {
    self.list = list
    words = query.words("q")
    order = query.text("sort").flatMap(Lists.Order.init) ?? .name
    onlyUnused = query.text("show") == "unused"
    showsDuplicates = query.text("show") == "duplicates"
    page = query.number("page", in: 1...1_000_000) ?? 1
  }

  var address: String {
    Query.address(
      .list(list),
      [
        ("q", words.nonEmpty), ("sort", order == .name ? nil : order.rawValue),
        ("show", showsDuplicates ? "duplicates" : onlyUnused ? "unused" : nil),
        ("page", page > 1 ? "\(page)" : nil),
      ])
  }

  func changed(_ change: (inout ListForm) -> Void) -> ListForm {
    var other = self
    other.page = 1
    change(&other)
    return other
  }
}

/// What the page of an entry shows.
struct EntryView {
  var entry: ListEntry
  /// The fields as they were typed, or as they are.
  var edit: ListEdit
  var error: ListError?
  /// How many publications the change would change; nil unless that is to be confirmed.
  var unconfirmed: Int?
  var publications: PageOf<Publication>
  var isPublic: Bool
  /// A name to merge into that is not in the list.
  var unknownTarget: String?
  var notice: Notice?
}

/// The controlled lists for editors.
extension Site {
  func list(_ list: NameList, _ visit: StaffRequest) throws -> Response {
    try listPage(ListForm(list, Query(visit.request.query)), visit)
  }

  private func listPage(
    _ form: ListForm, _ visit: StaffRequest, typed: String = "", _ error: ListError? = nil
  ) throws -> Response {
    let html =
      if form.showsDuplicates {
        visit.pages.duplicates(
          form, try archive.lists.duplicates(in: form.list), visit.staff, visit.notice)
      } else {
        visit.pages.list(
          form,
          try archive.lists.page(
            of: form.list, matching: form.words, onlyUnused: form.onlyUnused, order: form.order,
            page: form.page),
          typed: typed, error, visit.staff, visit.notice)
      }
    return privatePage(error == nil ? .ok : .unprocessableContent, html)
  }

  /// Adds an entry, or notes that two are not the same.
  func changeList(
    _ list: NameList, _ form: Submission, _ visit: StaffRequest
  ) throws -> Response {
    if form.text("do") == "keep-apart" {
      guard let one = Int64(form.text("one")), let other = Int64(form.text("other")) else {
        return errorPage(.badRequest, visit.request)
      }
      try archive.lists.keepApart(one, other)
      return try listPage(ListForm(list).changed { $0.showsDuplicates = true }, visit)
    }
    let name = form.text("name")
    do throws(ListError) {
      let entry = try archive.lists.add(
        ListEdit(name: name), to: list, by: visit.session.account.actor, at: now)
      return seeOther(.listEntry(list, entry.slug), notice: .entryAdded, after: visit.request)
    } catch {
      if case .failed = error { return failed(error, visit) }
      return try listPage(ListForm(list), visit, typed: name, error)
    }
  }

  // MARK: An entry

  private func existing(_ list: NameList, _ slug: Slug) throws -> ListEntry {
    guard let entry = try archive.lists.forStaff(slug, in: list) else {
      throw HandlerRefusal.notFound
    }
    return entry
  }

  private func view(_ entry: ListEntry, _ visit: StaffRequest) throws -> EntryView {
    EntryView(
      entry: entry, edit: ListEdit(entry),
      publications: try archive.lists.publications(
        of: entry, page: Query(visit.request.query).number("page", in: 1...1_000_000) ?? 1,
        at: now),
      isPublic: try archive.lists.publicSlug(of: entry.name, in: entry.list, at: now) != nil,
      notice: visit.notice)
  }

  func listEntry(_ list: NameList, _ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let view = try view(try existing(list, slug), visit)
    return privatePage(.ok, visit.pages.listEntry(view, visit.staff))
  }

  /// Saves or deletes an entry, after asking if that changes publications.
  func changeEntry(
    _ list: NameList, _ slug: Slug, _ form: Submission, _ visit: StaffRequest
  ) throws -> Response {
    let entry = try existing(list, slug)
    let actor = visit.session.account.actor
    var view = try view(entry, visit)
    do throws(ListError) {
      if form.text("do") == "delete" {
        try archive.lists.delete(entry.id, by: actor, at: now)
        return done(.entryDeleted, .list(list), entry.name, visit)
      }
      view.edit = ListEdit(form)
      if form.text("sure").isEmpty {
        let count = try archive.lists.publications(changedBy: view.edit, of: entry.id)
        if count > 0 {
          view.unconfirmed = count
          return privatePage(.ok, visit.pages.entryChange(view, count, visit.staff))
        }
      }
      let outcome = try archive.lists.change(entry.id, to: view.edit, by: actor, at: now)
      return done(.saved, .listEntry(list, outcome.entry.slug), outcome.entry.name, visit)
    } catch {
      if case .failed = error { return failed(error, visit) }
      view.error = error
      return privatePage(.unprocessableContent, visit.pages.listEntry(view, visit.staff))
    }
  }

  // MARK: Merging

  /// The two entries side by side, if the second one is named.
  func entryMerge(_ list: NameList, _ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let entry = try existing(list, slug)
    let typed = Query(visit.request.query).words("into")
    guard let target = try archive.lists.forStaff(named: typed, in: list), target.id != entry.id
    else {
      var view = try view(entry, visit)
      view.unknownTarget = typed
      return privatePage(.unprocessableContent, visit.pages.listEntry(view, visit.staff))
    }
    let sides = try [entry, target].map {
      MergeSide(entry: $0, publications: try archive.lists.publications(of: $0, size: 10, at: now))
    }
    return privatePage(.ok, visit.pages.merge(sides[0], into: sides[1], visit.staff))
  }

  func mergeEntry(
    _ list: NameList, _ slug: Slug, _ form: Submission, _ visit: StaffRequest
  ) throws -> Response {
    let entry = try existing(list, slug)
    guard let target = Slug(form.text("into")) else { throw HandlerRefusal.notFound }
    do throws(ListError) {
      let outcome = try archive.lists.merge(
        entry.id, into: try existingTarget(list, target), by: visit.session.account.actor, at: now)
      return done(.namesMerged, .listEntry(list, outcome.entry.slug), outcome.entry.name, visit)
    } catch {
      switch error {
      case .notFound: return notFound(visit.request)
      case .failed: return failed(error, visit)
      default: return errorPage(.badRequest, visit.request)
      }
    }
  }

  private func existingTarget(_ list: NameList, _ slug: Slug) throws(ListError) -> ListEntry.ID {
    do {
      guard let target = try archive.lists.forStaff(slug, in: list) else {
        throw ListError.notFound
      }
      return target.id
    } catch {
      throw error as? ListError ?? .failed("\(error)")
    }
  }

  private func done(
    _ notice: Notice, _ resource: Resource, _ subject: String, _ visit: StaffRequest
  ) -> Response {
    report(.done(by: visit.session.account.name, action: notice.rawValue, subject: subject))
    return seeOther(resource, notice: notice, after: visit.request)
  }

  private func failed(_ error: ListError, _ visit: StaffRequest) -> Response {
    report(.failed(request: visit.request.id, path: visit.request.path, reason: "\(error)"))
    return errorPage(.internalServerError, visit.request)
  }
}

extension ListEdit {
  /// Reads the form of an entry.
  init(_ form: Submission) {
    self.init(
      name: form.text("name"), kind: ListEntry.Kind(rawValue: form.text("kind")),
      identifier: form.text("identifier"), description: form.text("description"),
      aliases: form.text("aliases").split(whereSeparator: \.isNewline).map(\.trimmed))
  }
}
