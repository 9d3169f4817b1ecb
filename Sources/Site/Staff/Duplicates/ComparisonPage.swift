import Archive
import Markup

/// Two publications side by side.
struct ComparisonView {
  struct Side {
    var publication: Publication
    /// Its record, with what was found in its file for blank fields.
    var form: RecordForm
  }

  /// The fields of the form, and what may be decided.
  static let decision: StaticString = "decision"
  static let note: StaticString = "note"
  enum Decision: String {
    case different, version
  }

  var staff: Pages.StaffBar
  /// The one that was asked about.
  var left: Side
  var right: Side
  var reasons: [Duplicate.Reason]
  var mayDecide: Bool
  /// Whether the left one can become a version of the right one.
  var mayMakeVersion: Bool
  /// Whether the note on the new version is missing.
  var lacksNote = false
}

extension Pages {
  /// The question on the page of a record whether it is the same work as another one.
  func duplicateNotice(_ publication: Publication, _ duplicates: [Duplicate]) -> HTML {
    guard !duplicates.isEmpty else { return "" }
    return """
      <section class="notice warning same-work" aria-labelledby="same-work">
      <h2 id="same-work">\(words[.sameWork])</h2>
      <ul class="problems">
      \(each: duplicates.prefix(5), { duplicate in
        let other = duplicate.publication
        return """
          <li><a href="\(Resource.record(other.slug))" dir="auto">\(other.record.title)</a> \
          \(badge(other)) <span class="small">\(sentence(duplicate.reasons))</span> \
          <a href="\(Resource.comparison(publication.slug, other.slug))" \
          aria-label="\(words(.compareWith, other.record.title))">\(words[.compare])</a></li>

          """
      })\
      </ul>
      </section>
      """
  }

  /// What two publications have in common.
  private func sentence(_ reasons: [Duplicate.Reason]) -> String {
    reasons.map { reason in
      switch reason {
      case .file: words[.sameWorkFile]
      case .doi: words[.sameWorkDOI]
      case .title: words[.sameWorkTitle]
      case .text(let share):
        words(.sameWorkText, words.number(Int((share * 100).rounded())))
      }
    }.joined(separator: " · ")
  }

  /// The publications that may be the same work as another one.
  func duplicates(
    _ rows: [(publication: Publication, duplicate: Duplicate)], _ staff: StaffBar,
    _ notice: Notice?
  ) -> HTML {
    layout(
      Head(
        title: words[.duplicatesHeading], address: Resource.duplicates.path, place: .duplicates,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.duplicatesHeading])</h1>
      \(self.notice(notice))
      <p>\(words[rows.isEmpty ? .noDuplicates : .duplicatesText])</p>
      </div>
      \(if: !rows.isEmpty, """
        <ol class="entries">\(each: rows, { row in
          let other = row.duplicate.publication
          return """
            <li>
            <p class="date">\(badge(row.publication))</p>
            <div>
            <h2><a href="\(Resource.comparison(row.publication.slug, other.slug))" dir="auto">\
            \(row.publication.record.title)</a></h2>
            <p>\(words[.possiblySameAs]) <a href="\(Resource.record(other.slug))" dir="auto">\
            \(other.record.title)</a> \(badge(other))</p>
            <p class="small">\(sentence(row.duplicate.reasons))</p>
            </div>
            </li>

            """
        })</ol>
        """)
      """)
  }

  // MARK: The comparison

  func comparison(_ view: ComparisonView) -> HTML {
    let (left, right) = (view.left.publication, view.right.publication)
    return layout(
      Head(
        title: words[.compareHeading],
        address: Resource.comparison(left.slug, right.slug).path,
        isIndexed: false, staff: view.staff),
      """
      <div class="section-top">
      <h1>\(words[.compareHeading])</h1>
      \(if: !view.reasons.isEmpty, "<p>\(sentence(view.reasons))</p>")
      </div>
      <div class="scroller" role="region" aria-labelledby="comparison-caption" tabindex="0">
      <table class="comparison">
      <caption class="unseen" id="comparison-caption">\(words[.compareHeading])</caption>
      <thead><tr><td></td>\(columnHead(left))\(columnHead(right))</tr></thead>
      <tbody>
      \(each: rows(view), { row in
        """
        <tr\(if: row.left != row.right, " class=\"differs\"")>
        <th scope="row">\(row.name)\
        \(if: row.left != row.right, " <span class=\"small\">\(words[.differs])</span>")</th>
        <td dir="auto">\(paragraphs(row.left))</td><td dir="auto">\(paragraphs(row.right))</td>
        </tr>

        """
      })\
      <tr><th scope="row">\(words[.pdf])</th>\(documentCell(left))\(documentCell(right))</tr>
      </tbody>
      </table>
      </div>
      \(if: view.mayDecide, decisions(view))
      <p><a href="\(Resource.record(left.slug))">\(words(.editTitle, left.record.title))</a></p>
      """)
  }

  private func columnHead(_ publication: Publication) -> HTML {
    """
    <th scope="col"><a href="\(Resource.record(publication.slug))" dir="auto">\
    \(publication.record.title)</a><br>\(badge(publication))</th>
    """
  }

  /// The fields that one of the two has, with the values of both.
  private func rows(_ view: ComparisonView) -> [(name: String, left: String, right: String)] {
    RecordForm.fields.compactMap { field, text in
      let left = shown(field, view.left.form[keyPath: text])
      let right = shown(field, view.right.form[keyPath: text])
      guard field != .publicFrom, field != .slug, !left.isEmpty || !right.isEmpty else {
        return nil
      }
      return (words.label(of: field), left, right)
    }
  }

  private func shown(_ field: FieldError.Field, _ text: String) -> String {
    switch field {
    case .type: words.name(ofType: text)
    case .status: Publication.Status(rawValue: text).map { words.name(of: $0) } ?? text
    default: text
    }
  }

  private func paragraphs(_ text: String) -> HTML {
    text.isEmpty
      ? "\(words[.emptyValue])" : "\(each: text.split(separator: "\n"), { "\($0)<br>" })"
  }

  private func documentCell(_ publication: Publication) -> HTML {
    """
    <td>\(publication.file?.name, { "<bdi>\($0)</bdi><br>" })\(state(of: publication.file))\
    \(if: publication.file != nil, """
      <br><a href="\(Resource.staffDocument(publication.slug))" \
      aria-label="\(words(.openPDFOf, publication.record.title))">\(words[.openPDF])</a>
      """)<br>
    <span class="small">\(words(.uploadedAt, moment(publication.created)))</span></td>
    """
  }

  private func decisions(_ view: ComparisonView) -> HTML {
    let (left, right) = (view.left.publication, view.right.publication)
    let address = Resource.comparison(left.slug, right.slug)
    return """
      \(if: view.mayMakeVersion, """
        <section class="decision" aria-labelledby="version-heading">
        <div class="section-head"><h2 id="version-heading">\(words[.newVersion])</h2></div>
        <p class="measure">\(words(.newVersionText, right.record.title))</p>
        <form class="fields" action="\(address)" method="post">
        \(hidden(FormToken.field, view.staff.formToken))
        \(hidden("\(ComparisonView.decision)", ComparisonView.Decision.version.rawValue))
        <div class="field">
        <label for="note">\(words[.versionNote]) \
        <span class="hint">\(words[.required])</span></label>
        <p class="hint" id="note-hint">\(words[.versionNoteHint])</p>
        <input id="note" name="note" required maxlength="1000" \
        aria-describedby="note-hint\(if: view.lacksNote, " note-error")"\
        \(if: view.lacksNote, " aria-invalid=\"true\"")>
        \(if: view.lacksNote, """
          <p class="error" id="note-error">\(words[.versionNoteMissing])</p>
          """)
        </div>
        <div class="actions"><button>\(words[.makeVersion])</button></div>
        </form>
        </section>
        """)
      <section class="decision" aria-labelledby="different-heading">
      <div class="section-head"><h2 id="different-heading">\(words[.differentWorks])</h2></div>
      <p class="measure">\(words[.differentWorksText])</p>
      <form class="actions" action="\(address)" method="post">
      \(hidden(FormToken.field, view.staff.formToken))
      \(hidden("\(ComparisonView.decision)", ComparisonView.Decision.different.rawValue))
      <button class="quiet">\(words[.notTheSame])</button>
      </form>
      </section>
      \(if: left.isDeletable, """
        <p class="decision"><a href="\(Resource.deletion(left.slug))">\(words[.deleteDraft])</a></p>
        """)
      """
  }
}
