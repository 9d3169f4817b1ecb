import Archive
import Markup

/// The fields of the form of a publication.
extension Pages {
  func recordFields(_ view: RecordView) -> HTML {
    let (form, errors) = (view.form, view.errors)
    let isNew = view.publication == nil
    return """
      \(with(found(.title, view), textField(.title, form.title, errors)))
      \(with(found(.subtitle, view), textField(.subtitle, form.subtitle, errors)))
      \(with(
        found(.authors, view),
        textArea(.authors, form.authors, errors, hint: .authorsHint, rows: 3)))
      <div class="pair">
      \(with(
        found(.published, view),
        textField(.published, form.published, errors, hint: .publishedHint)))
      \(choice(
        .type, form.type, typeOptions(besides: form.type), errors, hint: .typeHint))
      </div>
      \(with(
        "\(found(.abstract, view))\(repairs(view))",
        textArea(.abstract, form.abstract, errors, hint: .abstractHint, rows: 9)))
      \(textField(.topics, form.topics, errors, hint: .topicsHint))
      <div class="pair">
      \(with(
        found(.series, view),
        textField(.series, form.series, errors, hint: .seriesHint)))
      \(with(found(.number, view), textField(.number, form.number, errors, hint: .numberHint)))
      \(textField(.issn, form.issn, errors, hint: .issnHint))
      \(with(
        found(.language, view),
        textField(.language, form.language, errors, hint: .languageHint)))
      \(with(found(.doi, view), textField(.doi, form.doi, errors, hint: .doiHint)))
      \(textField(.licence, form.licence, errors, hint: .licenceHint))
      </div>
      \(isNew
        ? textField(.slug, form.slug, errors, hint: .newAddressHint)
        : hidden(FieldError.Field.slug.rawValue, form.slug))
      """
  }

  /// A field with what was found for it.
  private func with(_ found: HTML, _ field: HTML) -> HTML { "<div>\(field)\(found)</div>" }

  /// What was found in the file for a field: where a filled value is from, or a suggestion.
  private func found(_ field: FieldError.Field, _ view: RecordView) -> HTML {
    guard let value = view.found(field) else { return "" }
    let place = words.place(of: value)
    let certainty = words[value.certainty]
    if view.form.says(field) == value.text {
      return """
        <p class="small found">\(words(.filledFrom, place, certainty))</p>
        """
    }
    let id = field.rawValue
    return """
      <div class="small found suggestion">
      <p id="\(id)-found">\(words(.suggestedFrom, place, certainty)) \
      <q dir="auto">\(Wording.excerpt(value.text, limit: 300))</q></p>
      <button class="quiet" name="\(RecordForm.use)" value="\(id)" formnovalidate \
      data-fill="\(id)" data-text="\(value.text)" aria-describedby="\(id)-found" \
      aria-label="\(words[.useThis]): \(words.label(of: field))">\(words[.useThis])</button>
      </div>
      """
  }

  /// What has been repaired in the abstract, with a button that undoes it.
  private func repairs(_ view: RecordView) -> HTML {
    guard let original = view.unrepairedAbstract, let value = view.found(.abstract),
      view.form.abstract == value.text
    else { return "" }
    let changes = TextRepairs(from: original, to: value.text).changes
    guard !changes.isEmpty else { return "" }
    return """
      <details class="small found">
      <summary>\(words.count(.repair, changes.count))</summary>
      <ul>\(each: changes.prefix(Pages.shownRepairs), { change in
        """
        <li dir="auto"><del>\(change.before)</del> <ins>\(change.after)</ins></li>

        """
      })</ul>
      \(if: changes.count > Pages.shownRepairs, """
        <p>\(words(.moreRepairs, words.number(changes.count - Pages.shownRepairs)))</p>
        """)
      <button class="quiet" name="\(RecordForm.use)" value="\(RecordForm.unrepairedAbstract)" \
      formnovalidate data-fill="abstract" data-text="\(original)">\(words[.undoRepairs])</button>
      </details>
      """
  }

  private static let shownRepairs = 20

  /// The field for a PDF, with the file that is kept from the last try.
  func fileFields(_ view: RecordView) -> HTML {
    """
    \(fileField(
      view.errors, label: words[.pdf],
      hint: words(.fileHint, words.binarySize(settings.maxUploadOctets))))
    \(view.kept, keptFile)
    \(if: !view.sharing.isEmpty, """
      <div class="actions">
      <input id="same-file" name="\(RecordForm.sameFile)" type="checkbox" value="yes">
      <label for="same-file">\(words[.sameFileAnyway])</label>
      </div>
      """)
    \(if: view.isUnshowable && view.publication == nil, """
      <div class="actions">
      <input id="publish-anyway" name="\(RecordForm.anyway)" type="checkbox" value="yes">
      <label for="publish-anyway">\(words[.publishAnyway])</label>
      </div>
      """)
    """
  }

  /// The notice that the file is kept, with its token.
  func keptFile(_ kept: RecordView.KeptFile) -> HTML {
    """
    \(hidden("kept-file", kept.token))
    <p class="hint">\(words(.fileKept, kept.name, words.binarySize(kept.octets)))</p>
    """
  }

  // MARK: Review

  /// The comments of staff, a field for another one, and who is to check the publication.
  func reviewFields(_ view: RecordView, _ publication: Publication) -> HTML {
    let comments = view.review.comments
    guard publication.isPrepared || !comments.isEmpty else { return "" }
    let isOpen =
      publication.status == .review || !view.form.comment.isEmpty
      || (publication.isPrepared && !comments.isEmpty)
    return """
      <details class="review" id="review"\(if: isOpen, " open")>
      <summary>\(words[.reviewAndComments])\
      \(view.review.assignee, { " <span class=\"small\">\(words(.assignedTo, $0))</span>" })</summary>
      \(if: !comments.isEmpty, "<ol class=\"comments\">\(each: comments, comment)</ol>")
      <div class="field">
      <label for="comment">\(words[.comment])</label>
      <p class="hint" id="comment-hint">\(words[.commentHint])</p>
      <textarea id="comment" name="comment" rows="2" aria-describedby="comment-hint">
      \(view.form.comment)</textarea>
      </div>
      \(if: !view.reviewers.isEmpty, """
        <div class="field">
        <label for="assignee">\(words[.assignee])</label>
        <select id="assignee" name="assignee">
        <option value="\(RecordForm.nobody)">\(words[.nobody])</option>
        \(each: view.reviewers, { account in
          let isChosen =
            view.form.assignee.isEmpty
            ? account.name == view.review.assignee : "\(account.id)" == view.form.assignee
          return """
            <option value="\(account.id)"\(if: isChosen, " selected")>\(account.name)</option>

            """
        })\
        </select>
        </div>
        """)
      </details>
      """
  }

  private func comment(_ comment: ReviewComment) -> HTML {
    """
    <li><p><strong><bdi>\(name(ofActor: comment.author))</bdi></strong> \
    <span class="small"><time datetime="\(comment.at)">\(moment(comment.at))</time></span>\
    \(comment.status, { " <span class=\"badge\">\(words.name(of: $0))</span>" })</p>
    \(each: Wording.paragraphs(comment.text), { "<p dir=\"auto\">\($0)</p>" })</li>

    """
  }
}
