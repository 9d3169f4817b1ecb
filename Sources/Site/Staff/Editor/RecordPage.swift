import Archive
import Markup

/// The edit page of a publication: what to do next comes first, then the form beside the PDF, then
/// links to what is rarely needed.
extension Pages {
  func record(_ view: RecordView) -> HTML {
    guard let publication = view.publication else { return newRecord(view) }
    let title = publication.record.title
    return layout(
      Head(
        title: words(.editTitle, title),
        address: view.isAnswer ? nil : Resource.record(publication.slug).path,
        isIndexed: false, staff: view.staff),
      """
      <div class="section-top">
      <h1\(titleSize(title))\(script(of: publication.record))>\(title)</h1>
      \(notice(view.notice))
      \(undoing(view, publication))
      \(standing(publication))
      </div>
      \(refusal(view))
      \(unsavedNotice(view))
      \(if: !view.sharing.isEmpty, sharingNotice(view))
      \(duplicateNotice(publication, view.duplicates))
      \(summary(view.errors, hadFile: view.lacksFile))
      \(requestedChanges(view, publication))
      <form class="editor" id="record" action="\(Resource.record(publication.slug))" method="post" \
      enctype="multipart/form-data" data-autosave="\(Resource.autosave(publication.slug))" \
      data-failed="\(words[.draftNotKept])">
      \(hidden(FormToken.field, view.staff.formToken))\
      \(hidden("version", view.form.version))\(hidden("seen", view.form.seen))
      \(mergeChoices(view))
      \(nextSteps(view, publication))
      \(besideDocument(view, publication, recordFields(view)))
      \(reviewFields(view, publication))
      <div class="actions">\(saveButton(publication))\
      \(previewButton(publication))
      <a href="\(Resource.dashboard)">\(words[.backToDashboard])</a></div>
      </form>
      \(fileProblems(view.fileProblems))
      \(tools(view, publication))
      """)
  }

  /// The form for a new publication.
  private func newRecord(_ view: RecordView) -> HTML {
    layout(
      Head(
        title: words[.uploadHeading], address: view.isAnswer ? nil : Resource.newPublication.path,
        place: .upload, isIndexed: false, staff: view.staff),
      """
      <div class="section-top">
      <h1>\(words[.uploadHeading])</h1>
      \(notice(view.notice))
      </div>
      \(refusal(view))
      \(if: !view.sharing.isEmpty, sharingNotice(view))
      \(summary(view.errors, hadFile: view.lacksFile))
      <form class="fields" action="\(Resource.newPublication)" method="post" enctype="multipart/form-data">
      \(hidden(FormToken.field, view.staff.formToken))\
      \(hidden("version", view.form.version))
      \(fileFields(view))
      <p class="hint">\(words[.blankHint])</p>
      \(recordFields(view))
      \(choice(
        .status, view.form.status, view.statuses.map { ($0.rawValue, words.name(of: $0)) },
        view.errors, hint: .statusHint))
      \(if: view.statuses.contains(.scheduled), timeField(view))
      <div class="actions"><button>\(words[.upload])</button>
      \(if: view.errors[.publicFrom]?.problem == .past, """
        <button class="quiet" name="\(RecordForm.now)" value="yes">\(words[.publishNow])</button>
        """)
      <a href="\(Resource.dashboard)">\(words[.backToDashboard])</a></div>
      </form>
      """)
  }

  // MARK: What is first

  /// The status of a publication, with links to its page and PDF.
  func standing(_ publication: Publication) -> HTML {
    let isPublic = publication.status == .published
    let time = publication.status == .scheduled ? publication.publicFrom : nil
    return """
      <p class="small standing">\(badge(publication))
      \(time, { "<strong>\(words(.becomesPublic, moment($0)))</strong>" })
      <span>\(publication.file?.name, { "<bdi>\($0)</bdi> · " })\(state(of: publication.file))</span>
      \(if: !isPublic, "<span>\(words(.uploadedAt, moment(publication.created)))</span>")
      \(if: isPublic, """
        <a href="\(Resource.publication(publication.slug))">\(words[.pageForReaders])</a>
        """)
      \(if: publication.file != nil, """
        <a href="\(Resource.staffDocument(publication.slug))">\(words[.openPDF])</a>
        """)</p>
      \(publication.file?.defect, {
        "<p class=\"notice warning\" role=\"alert\">\(words(.fileWarning, $0))</p>"
      })
      \(publication.withdrawalReason, { "<p>\(words(.withdrawnBecause, $0))</p>" })
      """
  }

  /// The checklist and the buttons.
  private func nextSteps(_ view: RecordView, _ publication: Publication) -> HTML {
    """
    <div class="next-steps">
    \(publication.status == .published ? nil : view.checklist.map(checklist))
    \(if: publication.file?.text == .waiting, extractionNotice(publication))
    <div class="actions">
    \(saveButton(publication))
    \(steps(view, publication))
    \(previewButton(publication))
    <span class="small" role="status" data-autosave-status></span>
    </div>
    \(if: view.isUnshowable, confirmation(view))
    \(if: view.mayPublish && publication.status != .published, scheduling(view, publication))
    </div>
    """
  }

  /// The checkbox that publishes a PDF that readers cannot see.
  private func confirmation(_ view: RecordView) -> HTML {
    """
    <div id="file">
    \(view.errors[.file], {
      "<p class=\"error\" id=\"file-error\">\(words.sentence($0))</p>"
    })
    <div class="actions">
    <input id="publish-anyway" name="\(RecordForm.anyway)" type="checkbox" value="yes" \
    aria-describedby="file-error">
    <label for="publish-anyway">\(words[.publishAnyway])</label>
    </div>
    </div>
    """
  }

  private func checklist(_ checklist: Checklist) -> HTML {
    """
    <section aria-labelledby="checklist">
    <h2 id="checklist">\(words[checklist.needed.isEmpty ? .readyToPublish : .neededToPublish])</h2>
    \(items(checklist.needed, "needed"))
    \(if: !checklist.recommended.isEmpty, """
      <p class="small">\(words[.recommended])</p>
      \(items(checklist.recommended, "recommended"))
      """)
    </section>
    """
  }

  private func items(_ items: [Checklist.Item], _ kind: String) -> HTML {
    guard !items.isEmpty else { return "" }
    return """
      <ul class="problems \(kind)">\(each: items, { item in
        """
        <li><a href="#\(item.field == .file ? "document" : item.field.rawValue)">\
        \(words[item.phrase])</a></li>

        """
      })</ul>
      """
  }

  private func extractionNotice(_ publication: Publication) -> HTML {
    """
    <p class="small" role="status" data-extraction="\(Resource.extractionState(publication.slug))" \
    data-done="\(words[.extractionDone])">\(words.html(
      .stillReading,
      "<a href=\"\(Resource.record(publication.slug))\">\(words[.refreshLink])</a>"))</p>
    """
  }

  /// The button that saves without a new status.
  private func saveButton(_ publication: Publication) -> HTML {
    let phrase: Phrase = publication.status == .draft ? .saveDraft : .saveChanges
    return step(publication.status, phrase, isQuiet: publication.status != .published)
  }

  /// The buttons for the next status.
  private func steps(_ view: RecordView, _ publication: Publication) -> HTML {
    switch publication.status {
    case .draft:
      """
      \(step(.review, .sendForReview, isQuiet: view.mayPublish))
      \(if: view.mayPublish, step(.published, .publishNow))
      """
    case .review:
      """
      \(step(.draft, view.mayPublish ? .sendBack : .takeBack, isQuiet: true))
      \(if: view.mayPublish, step(.published, .publishNow))
      """
    case .scheduled:
      """
      \(step(.draft, .cancelSchedule, isQuiet: true))
      \(step(.published, .publishNow))
      """
    case .published, .withdrawn: ""
    }
  }

  private func step(
    _ status: Publication.Status, _ phrase: Phrase, isQuiet: Bool = false
  ) -> HTML {
    """
    <button name="status" value="\(status.rawValue)"\(if: isQuiet, " class=\"quiet\"")>\
    \(words[phrase])</button>
    """
  }

  private func previewButton(_ publication: Publication) -> HTML {
    """
    <button class="quiet" formaction="\(Resource.preview(publication.slug))" \
    formtarget="_blank">\(words[.preview])</button>
    """
  }

  /// The date and time of becoming public.
  private func scheduling(_ view: RecordView, _ publication: Publication) -> HTML {
    let isOpen = publication.status == .scheduled || view.errors[.publicFrom] != nil
    return """
      <details class="schedule"\(if: isOpen, " open")>
      <summary>\(words[publication.status == .scheduled ? .changeTime : .schedule])</summary>
      \(timeField(view))
      <div class="actions">\(step(.scheduled, .scheduleThis))</div>
      </details>
      """
  }

  private func timeField(_ view: RecordView) -> HTML {
    textField(
      .publicFrom, view.form.publicFrom, view.errors,
      hint: words(.publicFromHint, settings.timeZone.name), type: "datetime-local")
  }

  /// The PDF beside the form on wide screens, with the text of its first pages for browsers that do
  /// not show PDFs.
  private func besideDocument(
    _ view: RecordView, _ publication: Publication, _ fields: HTML
  ) -> HTML {
    """
    <div class="editor-columns">
    <div class="fields">
    \(if: publication.file == nil, fileFields(view))
    \(view.kept, { publication.file == nil ? "" : keptFile($0) })
    \(fields)
    </div>
    \(if: publication.file != nil, """
      <aside class="beside" id="document" aria-label="\(words[.pdf])">
      <object data="\(Resource.staffDocument(publication.slug))#view=FitH&amp;navpanes=0" type="application/pdf" \
      title="\(words(.pdfOf, publication.record.title))">
      \(each: view.firstPages, { "<pre dir=\"auto\">\($0)</pre>\n" })
      <p><a href="\(Resource.staffDocument(publication.slug))">\(words[.openPDF])</a></p>
      </object>
      </aside>
      """)
    </div>
    """
  }

  // MARK: What is rarely needed

  private func tools(_ view: RecordView, _ publication: Publication) -> HTML {
    let slug = publication.slug
    let isPublic = publication.status == .published
    var links: [(Resource, Phrase)] = []
    if publication.file != nil { links.append((.files(slug), .replacePDF)) }
    if view.mayPublish {
      links.append((.presentation(slug), .showToReaders))
      if isPublic { links.append((.withdrawal(slug), .withdraw)) }
    }
    links.append((.renaming(slug), .changeAddress))
    if view.mayDelete { links.append((.deletion(slug), .deleteDraft)) }
    return """
      <nav class="tools" aria-labelledby="tools">
      <h2 id="tools">\(words[.moreTools])</h2>
      <ul>
      \(each: links, { resource, phrase in
        """
        <li><a href="\(resource)">\(words[phrase])</a></li>

        """
      })\
      <li><a href="\(Query.address(.auditLog, [("what", slug.description)]))">\(words[.history])</a></li>
      </ul>
      \(publication.file.map { file in
        if case .unreadable = file.text { return readAgain(slug, view.staff) }
        return ""
      } ?? "")
      </nav>
      """
  }

  /// The page of a publication that is withdrawn or that this member of staff may not edit.
  func standing(_ view: RecordView, _ publication: Publication) -> HTML {
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
      \(if: view.mayPublish && publication.status == .withdrawn, """
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
