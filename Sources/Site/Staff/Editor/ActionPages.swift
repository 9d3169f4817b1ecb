import Archive
import Markup

/// The small pages for what is rarely done with a publication.
extension Pages {
  /// A page about one publication, with a link back to its form.
  func toolPage(
    _ publication: Publication, _ heading: String, _ staff: StaffBar, notice: Notice? = nil,
    _ main: HTML
  ) -> HTML {
    let title = publication.record.title
    return layout(
      Head(title: "\(heading): \(title)", isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <p class="small"><a href="\(Resource.record(publication.slug))" dir="auto">\(title)</a></p>
      <h1>\(heading)</h1>
      \(self.notice(notice))
      </div>
      \(main)
      """)
  }

  func withdrawal(_ publication: Publication, _ staff: StaffBar) -> HTML {
    toolPage(
      publication, words[.withdraw], staff,
      """
      <form class="fields" action="\(Resource.withdrawal(publication.slug))" method="post">
      <p class="measure">\(words[.withdrawText])</p>
      \(hidden(FormToken.field, staff.formToken))
      <div class="field">
      <label for="reason">\(words[.withdrawReason])</label>
      <input id="reason" name="reason">
      </div>
      \(toolButtons(publication, .withdrawThis))
      </form>
      """)
  }

  func renaming(
    _ publication: Publication, _ typed: String, _ errors: FieldErrors, _ staff: StaffBar
  ) -> HTML {
    toolPage(
      publication, words[.changeAddress], staff,
      """
      \(summary(errors, hadFile: false))
      <form class="fields" action="\(Resource.renaming(publication.slug))" method="post">
      \(hidden(FormToken.field, staff.formToken))
      \(textField(.slug, typed, errors, hint: .addressHint))
      \(toolButtons(publication, .saveRecord))
      </form>
      """)
  }

  func presentation(
    _ publication: Publication, _ presentation: Presentation, _ staff: StaffBar
  ) -> HTML {
    toolPage(
      publication, words[.showToReaders], staff,
      """
      <form class="fields" action="\(Resource.presentation(publication.slug))" method="post">
      \(hidden(FormToken.field, staff.formToken))
      <div class="actions">
      <input id="featured" name="featured" type="checkbox" value="yes"\
      \(if: presentation.isFeatured, " checked")>
      <label for="featured">\(words[.featureOnHome])</label>
      <a class="small" href="\(Resource.featured)">\(words[.featuredOrder])</a>
      </div>
      <div class="field">
      <label for="correction">\(words[.correction])</label>
      <p class="hint" id="correction-hint">\(words[.correctionHint])</p>
      <textarea id="correction" name="correction" rows="3" aria-describedby="correction-hint">
      \(presentation.correction ?? "")</textarea>
      </div>
      \(toolButtons(publication, .savePresentation))
      </form>
      \(if: publication.status == .published, correctionNotice(publication, presentation, staff))
      """)
  }

  /// Asks before a draft is deleted, which cannot be undone.
  func draftDeletion(_ publication: Publication, _ staff: StaffBar) -> HTML {
    toolPage(
      publication, words[.deleteDraftHeading], staff,
      """
      <form class="fields" action="\(Resource.deletion(publication.slug))" method="post">
      <p>\(words(.deleteDraftText, publication.record.title))</p>
      \(hidden(FormToken.field, staff.formToken))
      \(toolButtons(publication, .delete))
      </form>
      """)
  }

  func toolButtons(_ publication: Publication, _ phrase: Phrase) -> HTML {
    """
    <div class="actions"><button>\(words[phrase])</button>
    <a href="\(Resource.record(publication.slug))">\(words[.backToRecord])</a></div>
    """
  }

  /// The featured publications with buttons that change their order.
  func featured(_ publications: [Publication], _ staff: StaffBar, _ notice: Notice?) -> HTML {
    layout(
      Head(
        title: words[.featuredHeading], address: Resource.featured.path, place: .featured,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.featuredHeading])</h1>
      \(self.notice(notice))
      <p>\(words(.featuredText, words.number(Site.featuredOnHome)))</p>
      </div>
      \(if: publications.isEmpty, "<p>\(words[.nothingFeatured])</p>")
      <ol class="entries">\(each: publications.enumerated(), { place, publication in
        """
        <li>
        <p class="date">\(words.number(place + 1))</p>
        <div>
        <h2><a href="\(Resource.record(publication.slug))"\(script(of: publication.record))>\
        \(publication.record.title)</a></h2>
        <form class="actions" action="\(Resource.featured)" method="post">
        \(hidden(FormToken.field, staff.formToken))\(hidden("slug", publication.slug.description))
        \(if: place > 0, move("up", .moveUp, publication))
        \(if: place < publications.count - 1, move("down", .moveDown, publication))
        \(move("remove", .removeFromHome, publication))
        </form>
        </div>
        </li>

        """
      })</ol>
      """)
  }

  private func move(_ value: String, _ phrase: Phrase, _ publication: Publication) -> HTML {
    """
    <button class="quiet" name="move" value="\(value)" \
    aria-label="\(words[phrase]): \(publication.record.title)">\(words[phrase])</button>

    """
  }
}
