import Archive
import HTTP
import Markup

/// The page on which staff replace the PDF of a publication and bring back earlier ones.
extension Site {
  func filePage(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try replaceable(slug, visit)
    return privatePage(.ok, visit.pages.files(try fileView(publication, visit)))
  }

  /// Replaces the file, or makes an earlier one the current one again.
  func replaceFile(_ slug: Slug, _ form: Submission, _ visit: StaffRequest) throws -> Response {
    let publication = try replaceable(slug, visit)
    let note = form.text("note").nonEmpty
    let actor = visit.session.account.actor
    do throws(DepositError) {
      if let earlier = form.text("restore").nonEmpty {
        return done(
          .restored,
          try archive.publications.restoreFile(
            earlier, of: publication.id, reason: note, by: actor, at: now), visit)
      }
      guard form.file != nil else {
        return try filesAgain(FieldError(.file, .missing), publication, form, visit)
      }
      var draft = Draft(publication)
      draft.fileNote = note
      if let problem = sizeProblem(of: form) ?? showingProblem(of: publication, draft, form) {
        return try filesAgain(problem, publication, form, visit)
      }
      let others: [Publication]
      do { others = try sharing(form, besides: publication.id, visit) } catch {
        throw DepositError.failed("\(error)")
      }
      guard others.isEmpty else {
        return try filesAgain(nil, publication, form, visit, sharing: others)
      }
      let revised = try archive.publications.revise(
        publication.id, to: draft, file: form.file, by: actor, at: now)
      forgetKept(form, visit)
      counters.countUpload(.accepted)
      return done(.replaced, revised, visit)
    } catch .notPDF(let found) {
      return try filesAgain(FieldError(.file, .notPDF(found)), publication, form, visit)
    } catch {
      return failed(error, visit.request)
    }
  }

  /// A file that a publication has or had, for staff.
  func staffFile(_ slug: Slug, _ sha256: String, _ visit: StaffRequest) throws -> Response {
    let publication = try visible(slug, visit)
    guard let file = try archive.publications.file(sha256, of: publication, isForStaff: true)
    else {
      throw HandlerRefusal.notFound
    }
    return try document(file, of: publication)
  }

  private func replaceable(_ slug: Slug, _ visit: StaffRequest) throws -> Publication {
    let publication = try editable(slug, visit)
    guard publication.status != .withdrawn else { throw HandlerRefusal.forbidden }
    return publication
  }

  private func fileView(
    _ publication: Publication, _ visit: StaffRequest
  ) throws -> Pages.FileView {
    Pages.FileView(
      staff: visit.staff, publication: publication,
      former: try archive.publications.formerFiles(of: publication.id), notice: visit.notice)
  }

  private func filesAgain(
    _ problem: FieldError?, _ publication: Publication, _ form: Submission, _ visit: StaffRequest,
    sharing: [Publication] = []
  ) throws(DepositError) -> Response {
    do {
      var view = try fileView(publication, visit)
      view.record.errors = FieldErrors(problems: problem.map { [$0] } ?? [])
      view.record.hadFile = form.file != nil
      view.record.kept = kept(form, view.record.errors, visit)
      view.record.sharing = sharing
      view.note = form.text("note")
      if form.file != nil { counters.countUpload(.refused) }
      return privatePage(
        sharing.isEmpty ? .unprocessableContent : .conflict, visit.pages.files(view))
    } catch {
      throw DepositError.failed("\(error)")
    }
  }
}

extension Pages {
  /// What the page of a publication's files shows.
  struct FileView {
    var publication: Publication
    /// Newest first.
    var former: [FormerFile]
    /// The errors of the form and the file that is kept for the next try.
    var record: RecordView
    var note = ""
    var notice: Notice?

    init(
      staff: StaffBar, publication: Publication, former: [FormerFile], notice: Notice?
    ) {
      self.publication = publication
      self.former = former
      self.notice = notice
      record = RecordView(staff: staff, form: RecordForm(), statuses: [])
    }
  }

  func files(_ view: FileView) -> HTML {
    let publication = view.publication
    let record = view.record
    return toolPage(
      publication, words[publication.file == nil ? .addPDF : .replacePDF], record.staff,
      notice: view.notice,
      """
      \(if: !record.sharing.isEmpty, sharingNotice(record))
      \(summary(record.errors, hadFile: record.lacksFile))
      <form class="fields" action="\(Resource.files(publication.slug))" method="post" \
      enctype="multipart/form-data">
      \(hidden(FormToken.field, record.staff.formToken))
      \(fileFields(record))
      \(if: publication.firstPublic != nil, noteField(view.note, "note"))
      \(toolButtons(publication, publication.file == nil ? .addPDF : .replacePDF))
      </form>
      \(publication.file.map { currentFile($0, publication) })
      \(if: !view.former.isEmpty, formerFiles(view))
      """)
  }

  private func noteField(_ note: String, _ id: String) -> HTML {
    """
    <div class="field">
    <label for="\(id)">\(words[.fileNote])</label>
    <p class="hint" id="\(id)-hint">\(words[.fileNoteHint])</p>
    <input id="\(id)" name="note" value="\(note)" aria-describedby="\(id)-hint" maxlength="500">
    </div>
    """
  }

  private func currentFile(_ file: StoredFile, _ publication: Publication) -> HTML {
    """
    <section class="files" aria-labelledby="current">
    <div class="section-head"><h2 id="current">\(words[.currentFile])</h2></div>
    <p><a href="\(Resource.staffDocument(publication.slug))">\
    <bdi>\(file.name ?? words[.openPDF])</bdi></a> <span class="small">\(extent(of: file))</span></p>
    </section>
    """
  }

  private func formerFiles(_ view: FileView) -> HTML {
    let slug = view.publication.slug
    return """
      <section class="files" aria-labelledby="earlier">
      <div class="section-head"><h2 id="earlier">\(words[.earlierVersions])</h2></div>
      <ol class="entries">\(each: view.former.enumerated(), { place, file in
        """
        <li>
        <p class="date">\(day(file.replaced))</p>
        <div>
        <h3><a href="\(Resource.staffFile(slug, sha256: file.sha256))">\
        <bdi>\(file.name ?? words[.earlierFile])</bdi></a></h3>
        <p class="small">\(extent(pages: file.pages, octets: file.bytes))</p>
        \(file.reason, { "<p dir=\"auto\">\($0)</p>" })
        <form class="fields" action="\(Resource.files(slug))" method="post">
        \(hidden(FormToken.field, view.record.staff.formToken))\(hidden("restore", file.sha256))
        \(if: view.publication.firstPublic != nil, noteField("", "note-\(place)"))
        <div class="actions"><button class="quiet" aria-label="\(words(
          .restoreFileOf, day(file.replaced)))">\(words[.restoreFile])</button></div>
        </form>
        </div>
        </li>

        """
      })</ol>
      </section>
      """
  }
}
