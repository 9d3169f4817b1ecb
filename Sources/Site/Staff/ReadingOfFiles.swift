import Archive
import HTTP
import Markup

extension Pages {
  /// How far the reading of PDFs has come, for staff.
  func readings(_ list: ReadingList, _ staff: StaffBar, notice: Notice?) -> HTML {
    layout(
      Head(title: "Reading of PDFs", place: .readings, isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>Reading of PDFs</h1>
      \(self.notice(notice))
      <p class="small">\(summary(of: list)) · <a href="\(Resource.readings)">Look again</a></p>
      </div>
      \(entries("Being read", "running", list.running, staff))
      \(entries("Waiting", "waiting", list.waiting, staff))
      \(entries("Could not be read", "failed", list.failed, staff))
      <p class="small">A PDF that could not be read stays in the archive and can be downloaded. \
      It is read again when you ask for it, and by itself when a newer version of Offprint may \
      read it better.</p>
      """)
  }

  /// How many PDFs are where on their way.
  func summary(of list: ReadingList) -> String {
    var parts = ["\(Wording.count(list.read, "PDF")) read"]
    if !list.running.isEmpty { parts.append("\(list.running.count) being read") }
    if list.waitingCount > 0 { parts.append("\(list.waitingCount) waiting") }
    if list.outdated > 0 { parts.append("\(list.outdated) to be read again") }
    if list.failedCount > 0 { parts.append("\(list.failedCount) could not be read") }
    return parts.joined(separator: " · ")
  }

  private func entries(
    _ heading: String, _ id: String, _ entries: [ReadingList.Entry], _ staff: StaffBar
  ) -> HTML {
    guard !entries.isEmpty else { return "" }
    return """
      <section aria-labelledby="\(id)">
      <div class="section-head"><h2 id="\(id)">\(heading)</h2></div>
      <ol class="entries">\(each: entries, { entry in
        """
        <li>
        <p class="date">\(Wording.size(entry.octets))</p>
        <div>
        <h3>\(title(of: entry))</h3>
        \(entry.reason, { "<p class=\"small\">\($0)</p>" })
        \(entry.reason == nil ? nil : entry.slug, { readAgain($0, staff) })
        </div>
        </li>

        """
      })</ol>
      </section>
      """
  }

  private func title(of entry: ReadingList.Entry) -> HTML {
    guard let slug = entry.slug else { return "An earlier file" }
    return "<a href=\"\(Resource.record(slug))\">\(entry.title)</a>"
  }

  /// The button that has a file read once more.
  func readAgain(_ slug: Slug, _ staff: StaffBar) -> HTML {
    """
    <form class="inline" action="\(Resource.rereading(slug))" method="post">
    \(hidden(FormToken.field, staff.formToken))
    <button class="quiet">Read it again</button>
    </form>
    """
  }

  /// What was read from a file for its record, beside the form.
  func findings(_ view: RecordView) -> HTML {
    guard let publication = view.publication, let file = publication.file else { return "" }
    if file.text == .waiting {
      return view.blank.isEmpty
        ? ""
        : """
        <p class="measure">The PDF is being read. What you left blank is filled in from it: \
        <a href="\(Resource.record(publication.slug))">look again</a> in a moment.</p>
        """
    }
    if case .unreadable = file.text { return readAgain(publication.slug, view.staff) }
    let rows = view.findings.rows.filter { row in
      view.blank.contains(row.field) || view.form.says(row.field) != row.text
    }
    guard !rows.isEmpty else { return "" }
    let isFilled = rows.contains { view.blank.contains($0.field) }
    return """
      <section class="measure" aria-labelledby="read-from-it">
      <div class="section-head"><h2 id="read-from-it">Read from the PDF</h2></div>
      <p class="small">\(isFilled
        ? "What you left blank is filled in below with what was read. Check it, then save."
        : "The form below says otherwise; what you typed stays.")</p>
      <dl>\(each: rows, { row in
        """
        <dt>\(FieldErrors.label(row.field)) <span class="small">\(row.percent) % sure, \
        \(row.source)</span></dt>
        <dd>\(row.text)</dd>

        """
      })</dl>
      </section>
      """
  }
}

extension Findings {
  /// Something found, as the form has it.
  struct Row {
    var field: FieldError.Field
    var text: String
    var percent: Int
    var source: String
  }

  /// What was found, in the order of the form.
  var rows: [Row] {
    [
      title.map { Row(.title, $0.value, $0) },
      authors.map { Row(.authors, $0.value.joined(separator: "\n"), $0) },
      published.map { Row(.published, $0.value.description, $0) },
      abstract.map { Row(.abstract, $0.value, $0) },
      language.map { Row(.language, $0.value, $0) },
    ].compactMap(\.self)
  }
}

extension Findings.Row {
  fileprivate init<Value>(_ field: FieldError.Field, _ text: String, _ finding: Finding<Value>) {
    self.field = field
    self.text = text
    percent = Int((min(max(finding.confidence, 0), 1) * 100).rounded())
    source =
      switch finding.source {
      case .properties: "from the file’s properties"
      case .pages: "from its first pages"
      case .both: "from its first pages and its properties"
      }
  }
}

extension RecordForm {
  /// What may be read from a file.
  static let readable: [FieldError.Field] = [.title, .authors, .published, .abstract, .language]

  /// What a field says of what may be read from a file: of the authors, their names.
  func says(_ field: FieldError.Field) -> String? {
    field == .authors
      ? AuthorLine.lines(of: authors).map(\.name).joined(separator: "\n") : self[field]?.trimmed
  }

  /// The text of a field that may be read from a file.
  subscript(field: FieldError.Field) -> String? {
    get {
      switch field {
      case .title: title
      case .authors: authors
      case .published: published
      case .abstract: abstract
      case .language: language
      default: nil
      }
    }
    set {
      guard let newValue else { return }
      switch field {
      case .title: title = newValue
      case .authors: authors = newValue
      case .published: published = newValue
      case .abstract: abstract = newValue
      case .language: language = newValue
      default: break
      }
    }
  }

  /// The form with what was left blank filled in from what was read; nothing else is changed.
  func filled(_ blank: Set<FieldError.Field>, from findings: Findings) -> RecordForm {
    var form = self
    for field in blank { form[field] = "" }
    for row in findings.rows where blank.contains(row.field) { form[row.field] = row.text }
    return form
  }
}
