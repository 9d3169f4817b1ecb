import Archive
import HTTP
import Markup

/// What the page of a publication shows.
struct ArticleView {
  let publication: Publication
  let context: ArticleContext
  let authorNames: [AuthorName]
  let signposting: Signposting
  /// The beginning of the abstract, empty without one.
  let description: String
  /// Whether the reader is staff and gets a link to the record.
  var isForStaff = false
  /// The size of the first page, or a usual one.
  var pageSize = PageSize.usual
  /// Whether staff see it before it is public.
  var isPreview = false

  /// Where a drawn page is.
  func drawing(of page: Int) -> Resource {
    isPreview ? .staffDrawing(publication.slug, page) : .drawing(publication.slug, page)
  }

  /// Where a page can be read; in a preview the PDF.
  func page(_ page: Int) -> String {
    isPreview ? document.path + "#page=\(page)" : Resource.page(publication.slug, page).path
  }

  /// Where the PDF is.
  var document: Resource {
    isPreview ? .staffDocument(publication.slug) : .currentFile(of: publication)
  }

  /// The address of the text; in a preview that of the note that it is one.
  var reading: String {
    isPreview ? "#preview" : Resource.reading(publication.slug).path
  }

  init(_ publication: Publication, _ context: ArticleContext, on settings: SiteSettings) {
    self.publication = publication
    self.context = context
    authorNames = publication.record.authorNames
    signposting = Signposting(publication, on: settings)
    description = Wording.excerpt(publication.record.abstract, limit: 200)
  }
}

extension Pages {
  func article(_ view: ArticleView) -> HTML {
    let publication = view.publication
    let record = publication.record
    let head = Head(
      title: record.title, description: view.description.nonEmpty,
      canonical: Resource.publication(publication.slug).path, isIndexed: !view.isPreview,
      more: metadata(of: view), banner: view.isPreview ? previewBar(publication) : nil)
    return layout(
      head,
      """
      <article>
      \(headpiece(view))
      <div class="spread">
      <div>
      \(view.context.presentation.correction.map(correction))
      \(abstract(of: record))
      \(citations(view))
      </div>
      \(facts(view))
      </div>
      \(publication.file.map { document(view, $0) })
      </article>
      \(related(view.context.related))
      """)
  }

  /// The page of a withdrawn publication.
  func tombstone(_ publication: Publication) -> HTML {
    let record = publication.record
    return layout(
      Head(title: words(.withdrawnTitle, record.title), isIndexed: false),
      """
      <article>
      <header class="headpiece">
      <p class="kicker">\(words[.withdrawn])</p>
      \(names(of: record))
      </header>
      <div class="stack measure gone">
      <p class="notice warning">\(words[.withdrawnText])</p>
      \(publication.withdrawalReason, { "<p dir=\"auto\">\(words(.withdrawnReason, $0))</p>" })
      <p><a href="\(Resource.publications)">\(words[.allPublications])</a></p>
      </div>
      </article>
      """)
  }

  private func headpiece(_ view: ArticleView) -> HTML {
    let publication = view.publication
    let record = publication.record
    return """
      <header class="headpiece">
      <p class="kicker">\(link(to: Browse(typeName: record.typeName), "\(words.name(of: record.typeName))"))\
      \(words.series(record) ?? record.number, { " · \($0)" })</p>
      \(names(of: record, links: view.context.links))
      \(publication.file.map { file in
        """
        <p class="take">\(download(view, isButton: true))
        <a class="button quiet" href="\(view.document)">\
        \(words[.viewPDF])</a>
        \(if: file.text == .read, """
          <a class="button quiet" href="\(view.reading)">\
          \(words[.readText])</a>
          """)
        <span class="small">\(extent(of: file))</span></p>
        """
      })
      \(if: view.isForStaff, """
        <p class="small"><a href="\(Resource.record(publication.slug))">\
        \(words[.editPublication])</a></p>
        """)
      </header>
      """
  }

  /// The download link; the browser names the file after the publication.
  func download(_ view: ArticleView, isButton: Bool = false) -> HTML {
    """
    <a\(if: isButton, " class=\"button\"") href="\(view.document)" \
    download="\(Site.fileName(of: view.publication))">\(words[.downloadPDF])</a>
    """
  }

  /// Title, authors and date as on a title page.
  func names(of record: Record, links: EntryLinks = EntryLinks()) -> HTML {
    """
    <h1\(titleSize(record.title))\(script(of: record))>\(record.title)</h1>
    \(record.subtitle, { "<p class=\"subtitle\"\(script(of: record))>\($0)</p>" })
    \(if: !record.authors.isEmpty, authors(of: record, links))
    <p class="date">\(words.html(.published, date(record.published)))</p>
    """
  }

  /// A class for long titles.
  func titleSize(_ title: String) -> HTML {
    switch title.unicodeScalars.count {
    case ..<80: ""
    case ..<160: " class=\"long\""
    default: " class=\"longest\""
    }
  }

  /// The authors; of a long list the last are folded.
  private static let shownAuthors = 10

  private func authors(of record: Record, _ links: EntryLinks) -> HTML {
    let rest = record.authors.dropFirst(Pages.shownAuthors)
    return """
      <div class="authors">
      <p>\(authorLinks(record.authors.prefix(Pages.shownAuthors), record, links))</p>
      \(if: !rest.isEmpty, """
        <details><summary>\(words(.moreAuthors, words.number(rest.count)))</summary>
        <p>\(authorLinks(rest, record, links))</p>
        </details>
        """)
      </div>
      """
  }

  private func authorLinks(
    _ names: ArraySlice<String>, _ record: Record, _ links: EntryLinks
  ) -> HTML {
    "\(each: names, separator: ", ", { authorLink($0, record.orcids[$0], links.authors[$0]) })"
  }

  private func authorLink(_ name: String, _ orcid: ORCID?, _ slug: Slug?) -> HTML {
    """
    \(link(to: .authors, slug, else: Browse(author: name), name))\(orcid, {
      " <a class=\"small\" href=\"\($0.address)\" aria-label=\"ORCID: \(name)\">ORCID</a>"
    })
    """
  }

  /// Pages and size of a file.
  func extent(of file: StoredFile) -> String { extent(pages: file.pages, octets: file.bytes) }

  func extent(pages: Int?, octets: Int) -> String {
    let size = words.size(octets)
    return pages.map { "\(words.count(.page, $0)), \(size)" } ?? size
  }

  private func correction(_ text: String) -> HTML {
    """
    <section class="notice warning correction" aria-labelledby="correction">
    <h2 id="correction">\(words[.correction])</h2>
    \(each: Wording.paragraphs(text), { "<p dir=\"auto\">\($0)</p>\n" })\
    </section>
    """
  }

  private func abstract(of record: Record) -> HTML {
    let paragraphs = Wording.paragraphs(record.abstract)
    guard !paragraphs.isEmpty else { return "<p class=\"small\">\(words[.noAbstract])</p>" }
    return """
      <section class="abstract" aria-labelledby="abstract">
      <h2 id="abstract">\(words[.abstract])</h2>
      \(each: paragraphs, { "<p\(script(of: record))>\($0)</p>\n" })\
      </section>
      """
  }

  /// Citations in several styles, and files for reference managers.
  private func citations(_ view: ArticleView) -> HTML {
    let publication = view.publication
    return """
      <details class="cite">
      <summary>\(words[.cite])</summary>
      <dl>
      \(each: CitationText.all(of: publication, by: view.authorNames, on: self), { citation in
        """
        <div><dt>\(citation.style)</dt>
        <dd id="cite-\(citation.style.lowercased())" lang="en" dir="ltr">\(citation.text)</dd>
        <dd class="copy"><button type="button" class="quiet" hidden \
        data-copy="cite-\(citation.style.lowercased())" data-done="\(words[.copied])" \
        aria-label="\(words[.copyCitation]): \(citation.style)">\(words[.copyCitation])</button></dd>\
        </div>

        """
      })\
      </dl>
      <p class="small">\(words[.citationFiles]): \
      \(each: CitationFormat.forReferenceManagers, separator: " · ", { format in
        """
        <a href="\(Resource.citation(publication.slug, format))" type="\(format.mediaType)">\
        \(format.label)</a>
        """
      })</p>
      </details>
      """
  }

  private func related(_ publications: [RelatedPublication]) -> HTML {
    guard !publications.isEmpty else { return "" }
    return """
      <section class="related" aria-labelledby="related">
      <div class="section-head"><h2 id="related">\(words[.related])</h2></div>
      <ul class="columns">
      \(each: publications, mention)</ul>
      </section>
      """
  }

  private func mention(_ publication: RelatedPublication) -> HTML {
    mention(
      publication.slug, publication.title, publication.language, publication.authors,
      publication.published)
  }

  /// A publication in a short list.
  func mention(_ publication: Publication) -> HTML {
    let record = publication.record
    return mention(
      publication.slug, record.title, record.language, record.authors, record.published)
  }

  private func mention(
    _ slug: Slug, _ title: String, _ language: String?, _ authors: [String],
    _ published: PublicationDate
  ) -> HTML {
    """
    <li><h3><a href="\(Resource.publication(slug))"\(script(of: language))>\(title)</a></h3>
    <p class="small">\(if: !authors.isEmpty, "<bdi>\(words.names(authors))</bdi>, ")\
    \(date(published))</p></li>

    """
  }
}
