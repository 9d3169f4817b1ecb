import Archive
import HTTP

/// What staff have typed and not saved, which is offered again when they come back.
extension Site {
  /// Stores a form as the script sends it while somebody types.
  func autosave(_ slug: Slug, _ form: Submission, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    let typed = RecordForm(form.fields)
    try store(typed, publication, visit)
    let time = settings.timeZone.localTime(at: now).time
    return Response(
      .ok,
      fields: [
        "Content-Type": "text/plain; charset=utf-8", "Cache-Control": cacheControl(.never),
      ], content: .bytes(Array(visit.pages.words(.draftKept, time).utf8)))
  }

  /// Stores what was typed for when the page is opened again.
  ///
  /// The page that answers has it too, so a full disk is no reason not to show it.
  func keepUnsaved(_ typed: RecordForm, _ publication: Publication, _ visit: StaffRequest) {
    do {
      try store(typed, publication, visit)
    } catch {
      report(
        .failed(request: visit.request.id, path: visit.request.path, reason: "\(error)"))
    }
  }

  private func store(
    _ typed: RecordForm, _ publication: Publication, _ visit: StaffRequest
  ) throws {
    let account = visit.session.account.id
    let shown = shownForm(of: publication, try findings(of: publication))
    var typed = typed
    typed.status = shown.status
    guard !typed.says(theSameAs: shown) || !typed.comment.isEmpty else {
      return try archive.publications.deleteUnsavedForm(of: publication.id, by: account)
    }
    try archive.publications.keepUnsavedForm(
      typed.encoded, of: publication.id, by: account, at: now)
  }

  /// What a member of staff has typed and not saved; nil if it is what is saved.
  func unsaved(
    _ publication: Publication, _ visit: StaffRequest, over shown: RecordForm
  ) throws -> (form: RecordForm, at: Instant)? {
    let stored = try archive.publications.unsavedForm(
      of: publication.id, by: visit.session.account.id)
    guard let stored else { return nil }
    var form = RecordForm(FormFields(bytes: Array(stored.form.utf8)))
    form.takeStatus(of: shown)
    // What was found in the file since is filled in where nothing was typed.
    if form.version == shown.version { form = RecordMerge(form, onto: shown).form }
    guard !form.says(theSameAs: shown) || !form.comment.isEmpty else { return nil }
    return (form, stored.at)
  }
}

extension RecordForm {
  /// The form as a browser sends it, without status and files.
  var encoded: String {
    let texts = RecordForm.fields.filter { $0.field != .status }.map {
      FormFields.Field($0.field.rawValue, self[keyPath: $0.text])
    }
    let others: [(String, String)] = [
      ("version", version), ("seen", seen), ("comment", comment), ("assignee", assignee),
    ]
    return FormFields(texts + others.map { FormFields.Field($0.0, $0.1) }).encoded
  }

  /// Takes over the status of the record, which the page shows and its buttons change.
  mutating func takeStatus(of other: RecordForm) {
    status = other.status
    var digests = seen.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    let place = RecordForm.fields.firstIndex { $0.field == .status }
    guard let place, digests.count == RecordForm.fields.count else { return }
    digests[place] = RecordForm.digest(of: status)
    seen = digests.joined(separator: "-")
  }
}
