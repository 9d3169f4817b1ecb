import Archive
import HTTP
import Markup

extension Pages {
  /// The progress of text extraction.
  func extraction(_ list: ExtractionStatus, _ staff: StaffBar, notice: Notice?) -> HTML {
    layout(
      Head(
        title: words[.extractionHeading], address: Resource.extraction.path, place: .extraction,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.extractionHeading])</h1>
      \(self.notice(notice))
      <p class="small">\(summary(of: list)) · <a href="\(Resource.extraction)">\(words[.refresh])</a></p>
      </div>
      \(entries(words[.beingExtracted], "running", list.running, staff))
      \(entries(words[.waitingForExtraction], "waiting", list.waiting, staff))
      \(entries(words[.extractionFailed], "failed", list.failed, staff))
      <p class="small">\(words[.extractionText])</p>
      """)
  }

  /// The number of PDFs in each state.
  func summary(of list: ExtractionStatus) -> String {
    let others: [(Phrase, Int)] = [
      (.countRunning, list.running.count), (.countWaiting, list.waitingCount),
      (.countOutdated, list.outdated), (.countFailed, list.failedCount),
    ]
    let parts =
      [words(.countRead, words.count(.pdfFile, list.read))]
      + others.filter { $0.1 > 0 }.map { words($0.0, words.number($0.1)) }
    return parts.joined(separator: " · ")
  }

  private func entries(
    _ heading: String, _ id: String, _ entries: [ExtractionStatus.Entry], _ staff: StaffBar
  ) -> HTML {
    guard !entries.isEmpty else { return "" }
    return """
      <section aria-labelledby="\(id)">
      <div class="section-head"><h2 id="\(id)">\(heading)</h2></div>
      <ol class="entries">\(each: entries, { entry in
        """
        <li>
        <p class="date">\(words.size(entry.bytes))</p>
        <div>
        <h3>\(title(of: entry))</h3>
        \(entry.reason, { "<p class=\"small\" lang=\"en\">\($0)</p>" })
        \(entry.reason == nil ? nil : entry.slug, { readAgain($0, staff) })
        </div>
        </li>

        """
      })</ol>
      </section>
      """
  }

  private func title(of entry: ExtractionStatus.Entry) -> HTML {
    guard let slug = entry.slug else { return "\(words[.earlierFile])" }
    return "<a href=\"\(Resource.record(slug))\">\(entry.title)</a>"
  }

  /// The button that extracts the text of a file again.
  func readAgain(_ slug: Slug, _ staff: StaffBar) -> HTML {
    """
    <form class="inline" action="\(Resource.extractAgain(slug))" method="post">
    \(hidden(FormToken.field, staff.formToken))
    <button class="quiet">\(words[.readItAgain])</button>
    </form>
    """
  }

  /// The metadata found in a file, above the form.
  func findings(_ view: RecordView) -> HTML {
    guard let publication = view.publication, let file = publication.file else { return "" }
    if file.text == .waiting {
      return view.blank.isEmpty
        ? ""
        : """
        <p class="measure" role="status" \
        data-extraction="\(Resource.extractionState(publication.slug))" \
        data-done="\(words[.extractionDone])">\(words.html(
          .stillReading,
          "<a href=\"\(Resource.record(publication.slug))\">\(words[.refreshLink])</a>"))</p>
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
      <div class="section-head"><h2 id="read-from-it">\(words[.readFromPDF])</h2></div>
      <p class="small">\(words[isFilled ? .blankFilled : .formSaysOtherwise])</p>
      <dl>\(each: rows, { row in
        """
        <dt>\(words.label(of: row.field)) <span class="small">\(words(
          .surePercent, words.number(row.percent), words[row.source]))</span></dt>
        <dd dir="auto">\(row.text)</dd>

        """
      })</dl>
      </section>
      """
  }
}

extension Findings {
  /// A value that was found, as the form shows it.
  struct Row {
    var field: FieldError.Field
    var text: String
    var percent: Int
    /// Where it was found.
    var source: Phrase
  }

  /// The values that were found, in the order of the form.
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
      case .properties: .fromProperties
      case .pages: .fromFirstPages
      case .both: .fromBoth
      }
  }
}

extension RecordForm {
  /// The fields that can be filled from a file.
  static let readable: [FieldError.Field] = [.title, .authors, .published, .abstract, .language]

  /// The value of a field for comparison with what was found; of the authors, their names.
  func says(_ field: FieldError.Field) -> String? {
    field == .authors
      ? AuthorLine.lines(of: authors).map(\.name).joined(separator: "\n") : self[field]?.trimmed
  }

  /// The fields of the form.
  static let fields:
    [(field: FieldError.Field, text: any WritableKeyPath<RecordForm, String> & Sendable)] = [
      (.title, \.title), (.subtitle, \.subtitle), (.authors, \.authors), (.published, \.published),
      (.abstract, \.abstract), (.topics, \.topics), (.type, \.type), (.series, \.series),
      (.issn, \.issn), (.number, \.number), (.language, \.language), (.doi, \.doi),
      (.licence, \.licence), (.status, \.status), (.publicFrom, \.publicFrom), (.slug, \.slug),
    ]

  /// The value of a field; nil for a field that is not in the form.
  subscript(field: FieldError.Field) -> String? {
    get { RecordForm.fields.first { $0.field == field }.map { self[keyPath: $0.text] } }
    set {
      guard let newValue, let found = RecordForm.fields.first(where: { $0.field == field }) else {
        return
      }
      self[keyPath: found.text] = newValue
    }
  }

  /// The form with its blank fields filled from what was found.
  func filled(_ blank: Set<FieldError.Field>, from findings: Findings) -> RecordForm {
    var form = self
    for field in blank { form[field] = "" }
    for row in findings.certain.rows where blank.contains(row.field) { form[row.field] = row.text }
    return form
  }
}
