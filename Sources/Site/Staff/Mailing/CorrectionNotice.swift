import Archive
import HTTP
import Markup

/// Telling subscribers about the correction of a publication.
extension Pages {
  func correctionNotice(
    _ publication: Publication, _ presentation: Presentation, _ staff: StaffBar
  ) -> HTML {
    """
    <section class="withdrawal" aria-labelledby="tell">
    <div class="section-head"><h2 id="tell">\(words[.tellSubscribers])</h2></div>
    <p class="measure">\(words[.tellSubscribersText])</p>
    <form class="fields" action="\(Resource.correctionNotice(publication.slug))" method="post">
    \(hidden(FormToken.field, staff.formToken))
    <div class="field">
    <label for="note">\(words[.tellNote])</label>
    <textarea id="note" name="note" rows="3" maxlength="\(Site.longestNote)" required>
    \(presentation.correction ?? "")</textarea>
    </div>
    <div class="actions"><button class="quiet">\(words[.sendCorrection])</button></div>
    </form>
    </section>
    """
  }
}

extension Site {
  /// The longest note of a correction, in characters.
  static let longestNote = 2000

  func tellSubscribers(_ slug: Slug, _ form: Submission, _ visit: StaffRequest) throws -> Response {
    let note = String(form.text("note").prefix(Site.longestNote))
    guard !note.isEmpty else {
      return seeOther(.record(slug), notice: .noteMissing, after: visit.request)
    }
    let told = try archive.mailing.tellSubscribers(
      of: slug, correction: note, by: visit.session.account.actor, at: now)
    guard let told else { throw HandlerRefusal.notFound }
    let notice: Notice = told > 0 ? .told : .nobodyTold
    report(
      .done(by: visit.session.account.name, action: notice.rawValue, subject: slug.description))
    return seeOther(.record(slug), notice: notice, after: visit.request)
  }
}
