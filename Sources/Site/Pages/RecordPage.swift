import Archive
import Markup

/// What the page of a record shows to staff.
struct RecordView {
  var staff: Pages.StaffBar
  /// nil for a new one.
  var publication: Publication?
  var form: RecordForm
  /// What was read from the file.
  var findings = Findings()
  /// What was left blank until the file is read.
  var blank: Set<FieldError.Field> = []
  var errors = FieldErrors()
  /// What this member of staff may make of it.
  var statuses: [Publication.Status]
  var mayWithdraw = false
  /// How readers see it; nil where this is not to be changed.
  var presentation: Presentation?
  /// Whether a file was sent that browsers do not put into the form again.
  var hadFile = false
  var notice: Notice?

  /// Whether title and date must be there now: those of a new draft may come from its PDF.
  var isWhole: Bool {
    publication?.file != nil && !blank.contains(.title) && !blank.contains(.published)
  }
}

extension Pages {
  func record(_ view: RecordView) -> HTML {
    let publication = view.publication
    let title = publication.map { "Edit: \($0.record.title)" } ?? "Upload a publication"
    return layout(
      Head(
        title: title, place: publication == nil ? .deposit : nil, isIndexed: false,
        staff: view.staff),
      """
      <div class="section-top">
      <h1>\(publication?.record.title ?? "Upload a publication")</h1>
      \(notice(view.notice))
      \(publication.map(standing))
      </div>
      \(summary(view.errors, hadFile: view.hadFile))
      \(findings(view))
      \(recordForm(view))
      \(view.presentation, { presentationForm(view, $0) })
      \(if: view.mayWithdraw, withdrawalForm(view))
      """)
  }

  /// Where a publication stands, with what one may want to look at.
  private func standing(_ publication: Publication) -> HTML {
    let isPublic = publication.status == .published
    return """
      <p class="small standing">\(badge(publication)) \(state(of: publication.file))</p>
      <p class="small standing">\
      \(if: isPublic, "<a href=\"\(Resource.publication(publication.slug))\">Page for readers</a>")
      \(if: publication.file != nil, """
        <a href="\(Resource.deskDocument(publication.slug))">PDF</a>
        """)</p>
      \(publication.withdrawalReason, { "<p>Withdrawn: \($0)</p>" })
      """
  }

  private func recordForm(_ view: RecordView) -> HTML {
    let (form, errors) = (view.form, view.errors)
    let address =
      view.publication.map { Resource.record($0.slug) } ?? Resource.deposit
    return """
      <form class="fields" action="\(address)" method="post" enctype="multipart/form-data">
      \(hidden(FormToken.field, view.staff.formToken))
      \(fileField(
        errors, label: view.publication?.file == nil ? "PDF" : "Replace the PDF",
        hint: "At most \(Wording.binarySize(settings.maxUploadOctets)). Search engines for "
          + "scholars read files up to 5 MB."))
      \(if: view.publication == nil, """
        <p class="hint">What a draft leaves blank of title, authors, date, abstract and language \
        is read from the PDF, for you to check.</p>
        """)
      \(textField(.title, form.title, errors, isRequired: view.isWhole))
      \(textField(.subtitle, form.subtitle, errors))
      \(textArea(
        .authors, form.authors, errors, hint: "One a line, in the order of the title page; behind the name may stand the author’s "
          + "ORCID: 0000-0002-1825-0097.",
        rows: 3))
      <div class="pair">
      \(textField(
        .published, form.published, errors,
        hint: "The date on the title page: 2010-02-25, 2010-02 or 2010.", isRequired: view.isWhole))
      \(choice(
        .type, form.type, PublicationType.allCases.map { ($0.rawValue, $0.label) }, errors,
        hint: "Decides under what it is listed and cited."))
      </div>
      \(textArea(
        .abstract, form.abstract, errors, hint: "An empty line between paragraphs.", rows: 9))
      \(textField(.topics, form.topics, errors, hint: "Separated by semicolons: Korea; Russia"))
      <div class="pair">
      \(textField(.series, form.series, errors))
      \(textField(.issn, form.issn, errors, hint: "Of the series, such as 2049-3630"))
      \(textField(.number, form.number, errors))
      \(textField(.language, form.language, errors, hint: "Its tag: en, ko, zh-Hant"))
      \(textField(.doi, form.doi, errors, hint: "Such as 10.1000/182"))
      \(textField(.licence, form.licence, errors, hint: "An address, an SPDX name or words."))
      </div>
      <div class="pair">
      \(choice(
        .status, form.status, view.statuses.map { ($0.rawValue, Wording.status($0)) }, errors,
        hint: "Readers see what is published."))
      \(if: view.statuses.contains(.scheduled), textField(
        .publicFrom, form.publicFrom, errors,
        hint: "For “Scheduled”: day and time in UTC, such as 2026-12-01 09:00."))
      </div>
      \(textField(
        .slug, form.slug, errors,
        hint: view.publication == nil
          ? "The last part of its address. Left empty, it is made from the title."
          : "The last part of its address. The old one goes on leading here."))
      <div class="actions"><button>\(view.publication == nil ? "Upload" : "Save")</button>
      <a href="\(Resource.desk)">Back to the desk</a></div>
      </form>
      """
  }

  private func presentationForm(_ view: RecordView, _ presentation: Presentation) -> HTML {
    guard let publication = view.publication else { return "" }
    return """
      <section class="withdrawal" aria-labelledby="present">
      <div class="section-head"><h2 id="present">Show to readers</h2></div>
      <form class="fields" action="\(Resource.presentation(publication.slug))" method="post">
      \(hidden(FormToken.field, view.staff.formToken))
      <div class="actions">
      <input id="featured" name="featured" type="checkbox" value="yes"\
      \(if: presentation.isFeatured, " checked")>
      <label for="featured">Stands first on the home page</label>
      </div>
      <div class="field">
      <label for="correction">Correction</label>
      <p class="hint" id="correction-hint">What is wrong in the publication, and right. It stands \
      above the abstract.</p>
      <textarea id="correction" name="correction" rows="3" aria-describedby="correction-hint">
      \(presentation.correction ?? "")</textarea>
      </div>
      <div class="actions"><button class="quiet">Save how it is shown</button></div>
      </form>
      </section>
      """
  }

  private func withdrawalForm(_ view: RecordView) -> HTML {
    guard let publication = view.publication else { return "" }
    return """
      <section class="withdrawal" aria-labelledby="withdraw">
      <div class="section-head"><h2 id="withdraw">Withdraw</h2></div>
      <p class="measure">Readers no longer find it. Under its address stands a note with title, \
      authors, date and your reason; the PDF is no longer offered.</p>
      <form class="fields" action="\(Resource.withdrawal(publication.slug))" method="post">
      \(hidden(FormToken.field, view.staff.formToken))
      <div class="field">
      <label for="reason">Reason, for readers</label>
      <input id="reason" name="reason">
      </div>
      <div class="actions"><button class="quiet">Withdraw this publication</button></div>
      </form>
      </section>
      """
  }

  /// A publication that cannot be edited: it is withdrawn, or not open to this member of staff.
  func standing(_ view: RecordView, _ publication: Publication, mayPublish: Bool) -> HTML {
    layout(
      Head(title: publication.record.title, isIndexed: false, staff: view.staff),
      """
      <div class="section-top">
      <h1>\(publication.record.title)</h1>
      \(notice(view.notice))
      \(standing(publication))
      </div>
      \(if: mayPublish && publication.status == .withdrawn, """
        <form class="fields" action="\(Resource.publishing(publication.slug))" method="post">
        \(hidden(FormToken.field, view.staff.formToken))
        <div class="actions"><button>Publish it again</button>
        <a href="\(Resource.desk)">Back to the desk</a></div>
        </form>
        """)
      """)
  }
}
