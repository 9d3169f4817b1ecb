import Archive
import Markup

/// What the edit page says above the form.
extension Pages {
  /// The button that undoes a publication of a few minutes ago.
  func undoing(_ view: RecordView, _ publication: Publication) -> HTML {
    guard let limit = view.undoLimit else { return "" }
    let time = settings.timeZone.localTime(at: limit).time
    return """
      <form class="notice actions" action="\(Resource.undoing(publication.slug))" method="post">
      \(hidden(FormToken.field, view.staff.formToken))
      <span>\(words(.undoText, time))</span>
      <button class="quiet">\(words[.undoPublishing])</button>
      </form>
      """
  }

  func refusal(_ view: RecordView) -> HTML {
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
    case .changed(let merge, let entry): changed(view, merge, by: entry)
    }
  }

  /// Who has changed the record meanwhile, and what of it has been merged.
  private func changed(_ view: RecordView, _ merge: RecordMerge, by entry: AuditEntry?) -> HTML {
    guard let publication = view.publication else { return "" }
    let taken = merge.taken.filter { $0 != .status }
    return """
      <div class="notice warning" role="alert">
      <h2>\(words[.changedMeanwhile])</h2>
      <p>\(words.html(
        .changedMeanwhileText, "<bdi>\(entry.map(who) ?? words[.theProgram])</bdi>",
        "\(moment(publication.modified))"))</p>
      \(if: !taken.isEmpty, """
        <p>\(words(.mergedFields, taken.map { words.label(of: $0) }.joined(separator: ", ")))</p>
        """)
      \(if: merge.statusChanged(in: publication), """
        <p>\(words(.statusNow, words.name(of: publication.status)))</p>
        """)
      <p>\(merge.choices.isEmpty
        ? "\(words[.checkAndSave])" : "<a href=\"#take\">\(words[.chooseBelow])</a>" as HTML)</p>
      \(if: view.lacksFile, "<p>\(words[.choosePDFAgain])</p>")
      </div>
      """
  }

  /// For each field that two have changed, what both say.
  func mergeChoices(_ view: RecordView) -> HTML {
    guard case .changed(let merge, let entry) = view.refusal, !merge.choices.isEmpty else {
      return ""
    }
    let other = entry.map(who) ?? words[.theProgram]
    return """
      <section class="merge" aria-labelledby="take">
      <h2 id="take">\(words[.chooseHeading])</h2>
      \(each: merge.choices, { conflict in
        let name = RecordForm.choice(of: conflict.field)
        return """
          <fieldset>
          <legend>\(words.label(of: conflict.field))</legend>
          \(mergeChoice(name, "mine", words[.mine], shown(conflict.field, conflict.mine), true))
          \(mergeChoice(
            name, RecordForm.theirs, words(.theirs, other), shown(conflict.field, conflict.theirs),
            false))
          </fieldset>

          """
      })\
      </section>
      """
  }

  private func mergeChoice(
    _ name: String, _ value: String, _ label: String, _ text: String, _ isChosen: Bool
  ) -> HTML {
    """
    <div class="merge-choice">
    <input type="radio" id="\(name)-\(value)" name="\(name)" value="\(value)"\
    \(if: isChosen, " checked") aria-describedby="\(name)-\(value)-text">
    <label for="\(name)-\(value)">\(label)</label>
    <p id="\(name)-\(value)-text" dir="auto">\(text)</p>
    </div>
    """
  }

  /// The value of a field as it is shown in the form.
  private func shown(_ field: FieldError.Field, _ text: String) -> String {
    switch field {
    case .type: words.name(ofType: text)
    default: text.nonEmpty ?? words[.emptyValue]
    }
  }

  /// The notice that the form has what was typed earlier.
  func unsavedNotice(_ view: RecordView) -> HTML {
    guard let moment = view.unsaved else { return "" }
    return """
      <div class="notice actions">
      <span>\(words(.unsavedForm, self.moment(moment)))</span>
      <button class="quiet" form="record" name="\(RecordForm.discard)" value="yes" \
      formnovalidate>\(words[.discardTyped])</button>
      </div>
      """
  }

  /// The last comment of a publication that was sent back.
  func requestedChanges(_ view: RecordView, _ publication: Publication) -> HTML {
    guard publication.status == .draft, let last = view.review.comments.last, !last.text.isEmpty,
      last.author != view.staff.name
    else { return "" }
    return """
      <div class="notice">
      <p><strong><bdi>\(last.author)</bdi></strong> <span class="small">\(moment(last.at))</span></p>
      \(each: Wording.paragraphs(last.text), { "<p dir=\"auto\">\($0)</p>" })
      <p><a href="#review">\(words[.answerBelow])</a></p>
      </div>
      """
  }

  /// The warning about other publications with the same file.
  func sharingNotice(_ view: RecordView) -> HTML {
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
}

extension RecordMerge {
  /// The conflicts between which a person chooses; the buttons choose the status.
  var choices: [Conflict] { conflicts.filter { $0.field != .status } }

  func statusChanged(in publication: Publication) -> Bool {
    taken.contains(.status) || conflicts.contains { $0.field == .status }
  }
}
