import Archive
import Markup

/// What the edit page of a publication shows.
struct RecordView {
  var staff: Pages.StaffBar
  /// Nil for a new one.
  var publication: Publication?
  var form: RecordForm
  /// The metadata found in the file.
  var findings = Findings()
  /// The fields that are filled from the file.
  var blank: Set<FieldError.Field> = []
  var errors = FieldErrors()
  /// The statuses that this member of staff may set.
  var statuses: [Publication.Status]
  var mayWithdraw = false
  var mayDelete = false
  /// Featuring and correction; nil if they cannot be changed.
  var presentation: Presentation?
  /// Whether a file was sent; browsers do not fill it in again.
  var hadFile = false
  /// The file that was sent, if it is kept for the next try.
  var kept: KeptFile?
  /// Publications with the same file.
  var sharing: [Publication] = []
  /// Publications that may be the same work.
  var duplicates: [Duplicate] = []
  var notice: Notice?
  /// Why a form without errors was not saved.
  var refusal: Refusal?

  /// A file that is kept for the next try.
  struct KeptFile {
    let token: String
    let name: String
    let octets: Int
  }

  /// Whether the file has to be chosen again.
  var lacksFile: Bool { hadFile && kept == nil }

  enum Refusal {
    /// The form is from an earlier session.
    case formTooOld
    /// The publication has been changed meanwhile; `form` is what would be saved.
    case changed(RecordForm, by: AuditEntry?)
  }

  /// Whether title and date are required; those of a new draft may come from its PDF.
  var isWhole: Bool {
    publication?.file != nil && !blank.contains(.title) && !blank.contains(.published)
  }
}

extension Pages {
  func record(_ view: RecordView) -> HTML {
    let publication = view.publication
    let title =
      publication.map { words(.editTitle, $0.record.title) } ?? words[.uploadHeading]
    let isAnswer =
      view.refusal != nil || !view.errors.problems.isEmpty || !view.sharing.isEmpty
    let resource = publication.map { Resource.record($0.slug) } ?? .newPublication
    return layout(
      Head(
        title: title, address: isAnswer ? nil : resource.path,
        place: publication == nil ? .upload : nil, isIndexed: false, staff: view.staff),
      """
      <div class="section-top">
      <h1\(publication.map { titleSize($0.record.title) })\
      \(publication.map { script(of: $0.record) })>\
      \(publication?.record.title ?? words[.uploadHeading])</h1>
      \(notice(view.notice))
      \(publication.map(standing))
      </div>
      \(refusal(view))
      \(if: !view.sharing.isEmpty, sharingNotice(view))
      \(publication.map { duplicateNotice($0, view.duplicates) } ?? "")
      \(summary(view.errors, hadFile: view.lacksFile))
      \(findings(view))
      \(recordForm(view))
      \(view.presentation, { presentationForm(view, $0) })
      \(if: view.mayWithdraw, correctionNotice(view))
      \(if: view.mayWithdraw, withdrawalForm(view))
      \(if: view.mayDelete, publication.map { publication in
        """
        <p class="withdrawal"><a href="\(Resource.deletion(publication.slug))">\
        \(words[.deleteDraft])</a></p>
        """
      } ?? "")
      """)
  }

  /// The status of a publication, with links to its page and PDF.
  private func standing(_ publication: Publication) -> HTML {
    let isPublic = publication.status == .published
    return """
      <p class="small standing">\(badge(publication)) \(state(of: publication.file))</p>
      \(if: !isPublic, """
        <p class="small standing">\(publication.file?.name, { "<bdi>\($0)</bdi>" })
        <span>\(words(.uploadedAt, moment(publication.created)))</span></p>
        """)
      \(publication.file?.defect, {
        "<p class=\"notice warning\" role=\"alert\">\(words(.fileWarning, $0))</p>"
      })
      <p class="small standing">\
      \(if: isPublic, """
        <a href="\(Resource.publication(publication.slug))">\(words[.pageForReaders])</a>
        """)
      \(if: publication.file != nil, """
        <a href="\(Resource.staffDocument(publication.slug))">\(words[.pdf])</a>
        """)</p>
      \(publication.withdrawalReason, { "<p>\(words(.withdrawnBecause, $0))</p>" })
      """
  }

  // MARK: What was not kept

  private func refusal(_ view: RecordView) -> HTML {
    switch view.refusal {
    case nil: ""
    case .formTooOld:
      """
      <div class="notice warning" role="alert">
      <h2>\(words[.notSaved])</h2>
      <p>\(words[.formTooOld])</p>
      \(if: view.lacksFile, "<p>\(words[.choosePDFAgain])</p>")
      </div>
      """
    case .changed(let form, let entry): changed(view, form, by: entry)
    }
  }

  /// The current values that differ from the form.
  private func changed(_ view: RecordView, _ form: RecordForm, by entry: AuditEntry?) -> HTML {
    guard let publication = view.publication else { return "" }
    let current = RecordForm(publication, in: settings.timeZone)
    let others = RecordForm.fields.filter { form[keyPath: $0.text] != current[keyPath: $0.text] }
    return """
      <div class="notice warning" role="alert">
      <h2>\(words[.changedMeanwhile])</h2>
      <p>\(words.html(
        .changedMeanwhileText, "<bdi>\(entry.map(who) ?? words[.theProgram])</bdi>",
        "\(moment(publication.modified))"))</p>
      <dl>\(each: others, { field, text in
        """
        <dt>\(words.label(of: field))</dt>
        <dd dir="auto">\(shown(field, current[keyPath: text]))</dd>

        """
      })</dl>
      <p>\(words[.changedMeanwhileEnd])</p>
      \(if: view.lacksFile, "<p>\(words[.choosePDFAgain])</p>")
      </div>
      """
  }

  /// The value of a field as it is shown in the form.
  private func shown(_ field: FieldError.Field, _ text: String) -> String {
    switch field {
    case .type: words.name(ofType: text)
    case .status: Publication.Status(rawValue: text).map { words.name(of: $0) } ?? text
    default: text.nonEmpty ?? words[.emptyValue]
    }
  }

  /// The warning about other publications with the same file.
  private func sharingNotice(_ view: RecordView) -> HTML {
    """
    <div class="notice warning" role="alert">
    <h2>\(words[.sameFile])</h2>
    <p>\(words[.sameFileText])</p>
    <ul class="problems">
    \(each: view.sharing, { other in
      """
      <li><a href="\(Resource.record(other.slug))" dir="auto">\(other.record.title)</a> \
      <span class="hint">\(other.slug.description)</span></li>

      """
    })\
    </ul>
    </div>
    """
  }

  /// The notice that the file is kept, with its token.
  private func keptFile(_ kept: RecordView.KeptFile) -> HTML {
    """
    \(hidden("kept-file", kept.token))
    <p class="hint">\(words(.fileKept, kept.name, words.binarySize(kept.octets)))</p>
    """
  }

  // MARK: Forms

  private func recordForm(_ view: RecordView) -> HTML {
    let (form, errors) = (view.form, view.errors)
    let address =
      view.publication.map { Resource.record($0.slug) } ?? Resource.newPublication
    let isNew = view.publication == nil
    return """
      <form class="fields" action="\(address)" method="post" enctype="multipart/form-data">
      \(hidden(FormToken.field, view.staff.formToken))\
      \(hidden("version", form.version))
      \(fileField(
        errors, label: words[view.publication?.file == nil ? .pdf : .replacePDF],
        hint: words(.fileHint, words.binarySize(settings.maxUploadOctets))))
      \(view.kept, keptFile)
      \(if: !view.sharing.isEmpty, """
        <div class="actions">
        <input id="same-file" name="\(RecordForm.sameFile)" type="checkbox" value="yes">
        <label for="same-file">\(words[.sameFileAnyway])</label>
        </div>
        """)
      \(if: isUnshowable(view), """
        <div class="actions">
        <input id="publish-anyway" name="\(RecordForm.anyway)" type="checkbox" value="yes">
        <label for="publish-anyway">\(words[.publishAnyway])</label>
        </div>
        """)
      \(if: isNew, "<p class=\"hint\">\(words[.blankHint])</p>")
      \(textField(.title, form.title, errors, isRequired: view.isWhole))
      \(textField(.subtitle, form.subtitle, errors))
      \(textArea(.authors, form.authors, errors, hint: .authorsHint, rows: 3))
      <div class="pair">
      \(textField(
        .published, form.published, errors, hint: .publishedHint, isRequired: view.isWhole))
      \(choice(
        .type, form.type, typeOptions(besides: form.type), errors,
        hint: .typeHint))
      </div>
      \(textArea(.abstract, form.abstract, errors, hint: .abstractHint, rows: 9))
      \(textField(.topics, form.topics, errors, hint: .topicsHint))
      <div class="pair">
      \(textField(.series, form.series, errors, hint: .seriesHint))
      \(textField(.issn, form.issn, errors, hint: .issnHint))
      \(textField(.number, form.number, errors, hint: .numberHint))
      \(textField(.language, form.language, errors, hint: .languageHint))
      \(textField(.doi, form.doi, errors, hint: .doiHint))
      \(textField(.licence, form.licence, errors, hint: .licenceHint))
      \(choice(
        .status, form.status, view.statuses.map { ($0.rawValue, words.name(of: $0)) }, errors,
        hint: .statusHint))
      \(if: view.statuses.contains(.scheduled), textField(
        .publicFrom, form.publicFrom, errors,
        hint: words(.publicFromHint, settings.timeZone.name), type: "datetime-local"))
      </div>
      \(textField(.slug, form.slug, errors, hint: isNew ? .newAddressHint : .addressHint))
      <div class="actions"><button>\(words[isNew ? .upload : .saveRecord])</button>
      \(if: errors[.publicFrom]?.problem == .past, """
        <button class="quiet" name="\(RecordForm.now)" value="yes">\(words[.publishNow])</button>
        """)
      <a href="\(Resource.dashboard)">\(words[.backToDashboard])</a></div>
      </form>
      """
  }

  /// Whether the form was refused because its PDF cannot be shown.
  private func isUnshowable(_ view: RecordView) -> Bool {
    if case .notShowable = view.errors[.file]?.problem { true } else { false }
  }

  /// Asks before a draft is deleted, which cannot be undone.
  func draftDeletion(_ publication: Publication, _ staff: StaffBar) -> HTML {
    layout(
      Head(title: words[.deleteDraftHeading], isIndexed: false, staff: staff),
      """
      <div class="stack measure message">
      <h1>\(words[.deleteDraftHeading])</h1>
      <p>\(words(.deleteDraftText, publication.record.title))</p>
      <form class="actions" action="\(Resource.deletion(publication.slug))" method="post">
      \(hidden(FormToken.field, staff.formToken))
      <button>\(words[.delete])</button>
      <a href="\(Resource.record(publication.slug))">\(words(.editTitle, publication.record.title))</a>
      </form>
      </div>
      """)
  }

  private func presentationForm(_ view: RecordView, _ presentation: Presentation) -> HTML {
    guard let publication = view.publication else { return "" }
    return """
      <section class="withdrawal" aria-labelledby="present">
      <div class="section-head"><h2 id="present">\(words[.showToReaders])</h2></div>
      <form class="fields" action="\(Resource.presentation(publication.slug))" method="post">
      \(hidden(FormToken.field, view.staff.formToken))
      <div class="actions">
      <input id="featured" name="featured" type="checkbox" value="yes"\
      \(if: presentation.isFeatured, " checked")>
      <label for="featured">\(words[.featureOnHome])</label>
      </div>
      <div class="field">
      <label for="correction">\(words[.correction])</label>
      <p class="hint" id="correction-hint">\(words[.correctionHint])</p>
      <textarea id="correction" name="correction" rows="3" aria-describedby="correction-hint">
      \(presentation.correction ?? "")</textarea>
      </div>
      <div class="actions"><button class="quiet">\(words[.savePresentation])</button></div>
      </form>
      </section>
      """
  }

  private func withdrawalForm(_ view: RecordView) -> HTML {
    guard let publication = view.publication else { return "" }
    return """
      <section class="withdrawal" aria-labelledby="withdraw">
      <div class="section-head"><h2 id="withdraw">\(words[.withdraw])</h2></div>
      <p class="measure">\(words[.withdrawText])</p>
      <form class="fields" action="\(Resource.withdrawal(publication.slug))" method="post">
      \(hidden(FormToken.field, view.staff.formToken))
      <div class="field">
      <label for="reason">\(words[.withdrawReason])</label>
      <input id="reason" name="reason">
      </div>
      <div class="actions"><button class="quiet">\(words[.withdrawThis])</button></div>
      </form>
      </section>
      """
  }

  /// The page of a publication that is withdrawn or that this member of staff may not edit.
  func standing(_ view: RecordView, _ publication: Publication, mayPublish: Bool) -> HTML {
    layout(
      Head(
        title: publication.record.title, address: Resource.record(publication.slug).path,
        isIndexed: false, staff: view.staff),
      """
      <div class="section-top">
      <h1\(titleSize(publication.record.title))\(script(of: publication.record))>\
      \(publication.record.title)</h1>
      \(notice(view.notice))
      \(standing(publication))
      </div>
      \(if: mayPublish && publication.status == .withdrawn, """
        <form class="fields" action="\(Resource.publishing(publication.slug))" method="post">
        \(hidden(FormToken.field, view.staff.formToken))
        \(if: publication.file?.defect != nil, hidden(RecordForm.anyway, "yes"))
        <div class="actions"><button>\
        \(words[publication.file?.defect == nil ? .publishAgain : .publishAnyway])</button>
        <a href="\(Resource.dashboard)">\(words[.backToDashboard])</a></div>
        </form>
        """)
      """)
  }
}
