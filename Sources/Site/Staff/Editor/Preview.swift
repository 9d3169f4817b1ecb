import Archive
import HTTP
import Markup

/// The page of a publication as readers will see it.
extension Site {
  /// The record as it is saved, or as this member of staff has typed it.
  func preview(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try visible(slug, visit)
    return previewPage(try draftOf(publication, visit) ?? publication, visit)
  }

  /// The record as it is typed in the form that was sent.
  func preview(_ slug: Slug, _ form: Submission, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    let typed = RecordForm(form.fields)
    keepUnsaved(typed, publication, visit)
    switch typed.asDraft.draft(
      replacing: publication, readingFrom: today, in: settings.timeZone)
    {
    case .failure(let problems): return again(typed, problems, of: publication, form, visit)
    case .success(let draft): return previewPage(publication.showing(draft.record), visit)
    }
  }

  /// The share card of the same record.
  func previewCard(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try visible(slug, visit)
    let shown = try draftOf(publication, visit) ?? publication
    let card = ShareCard(
      shown.record, site: settings.name, accent: assets.accent.onLight,
      page: try firstPage(of: publication))
    return Response(
      .ok,
      fields: ["Content-Type": "image/png", "Cache-Control": cacheControl(.never)],
      content: .bytes(card.png))
  }

  /// A publication with what this member of staff has typed; nil if that is nothing or cannot be
  /// shown.
  private func draftOf(
    _ publication: Publication, _ visit: StaffRequest
  ) throws -> Publication? {
    let shown = shownForm(of: publication, try findings(of: publication))
    let typed = try unsaved(publication, visit, over: shown)?.form ?? shown
    guard
      case .success(let draft) = typed.asDraft.draft(
        replacing: publication, readingFrom: today, in: settings.timeZone)
    else { return nil }
    return publication.showing(draft.record)
  }

  private func previewPage(_ publication: Publication, _ visit: StaffRequest) -> Response {
    var context = ArticleContext()
    do {
      context.presentation = try archive.publications.presentation(of: publication.id)
      context.formerFiles = try archive.publications.formerFiles(of: publication.id)
        .filter(\.wasPublic)
    } catch {
      return failed(.failed("\(error)"), visit.request)
    }
    var view = ArticleView(publication, context, on: settings)
    view.isPreview = true
    view.pageSize = pageSize(of: publication)
    return privatePage(.ok, visit.pages.article(view))
  }
}

extension RecordForm {
  /// The form as that of a draft, whose title and date may be missing.
  fileprivate var asDraft: RecordForm {
    var form = self
    form.status = Publication.Status.draft.rawValue
    return form
  }
}

extension Publication {
  fileprivate func showing(_ record: Record) -> Publication {
    var publication = self
    publication.record = record.cleaned
    return publication
  }
}

extension Pages {
  /// What is above a page that is shown as a preview.
  func previewBar(_ publication: Publication) -> HTML {
    """
    <aside class="preview-bar" id="preview" aria-label="\(words[.preview])"><div class="band">
    <p><strong>\(words[.preview])</strong> \(words[.previewText]) \
    <a href="\(Resource.record(publication.slug))">\(words[.backToRecord])</a></p>
    <details><summary>\(words[.previewCard])</summary>
    <img src="\(Resource.previewCard(publication.slug))" alt="\(words[.previewCardText])" \
    width="600" height="315" loading="lazy"></details>
    </div></aside>
    """
  }
}
