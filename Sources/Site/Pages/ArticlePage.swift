import Archive
import HTTP
import Markup

extension Pages {
  func article(_ publication: Publication) -> HTML {
    let record = publication.record
    return layout(
      Head(
        title: record.title,
        description: record.abstract.isEmpty ? nil : Wording.excerpt(record.abstract, limit: 200),
        canonical: Resource.publication(publication.slug).path,
        more: metadata(of: publication)),
      """
      <article\(language(of: record))>
      \(headpiece(publication))
      <div class="spread">
      \(abstract(of: record))
      \(facts(publication))
      </div>
      \(publication.file.map { embedded(publication, $0) })
      </article>
      """)
  }

  /// The page that stands where a publication was.
  func tombstone(_ publication: Publication) -> HTML {
    let record = publication.record
    return layout(
      Head(title: "Withdrawn: \(record.title)", isIndexed: false),
      """
      <article>
      <header class="headpiece"\(language(of: record))>
      <p class="kicker">Withdrawn</p>
      <h1>\(record.title)</h1>
      \(record.subtitle, { "<p class=\"subtitle\">\($0)</p>" })
      \(if: !record.authors.isEmpty, "<p class=\"authors\">\(authorLinks(record.authors))</p>")
      <p class="date">Published \(date(record.published))</p>
      </header>
      <div class="stack measure gone">
      <p class="notice warning">This publication has been withdrawn. Its record stays here, so \
      that references to it lead somewhere; its PDF is no longer offered.</p>
      \(publication.withdrawalReason, { "<p>Reason: \($0)</p>" })
      <p><a href="\(Resource.publications)">All publications</a></p>
      </div>
      </article>
      """)
  }

  private func headpiece(_ publication: Publication) -> HTML {
    let record = publication.record
    return """
      <header class="headpiece">
      <p class="kicker">\(link(to: Browse(type: record.type), "\(Wording.type(record.type))"))\
      \(record.series, { " · \($0)" })\(record.number, { ", no. \($0)" })</p>
      <h1>\(record.title)</h1>
      \(record.subtitle, { "<p class=\"subtitle\">\($0)</p>" })
      \(if: !record.authors.isEmpty, "<p class=\"authors\">\(authorLinks(record.authors))</p>")
      <p class="date">Published \(date(record.published))</p>
      \(publication.file.map { file in
        """
        <p class="take"><a class="button" href="\(Resource.document(publication.slug))">\
        Download PDF</a>
        <span class="small">\(extent(of: file))</span></p>
        """
      })
      </header>
      """
  }

  private func authorLinks(_ authors: [String]) -> HTML {
    "\(each: authors, separator: ", ", { link(to: Browse(author: $0), "\($0)") })"
  }

  /// Pages and size of a file.
  func extent(of file: StoredFile) -> String {
    let size = Wording.size(file.octets)
    return file.pages.map { "\(Wording.count($0, "page")), \(size)" } ?? size
  }

  private func abstract(of record: Record) -> HTML {
    let paragraphs = Wording.paragraphs(record.abstract)
    guard !paragraphs.isEmpty else {
      return "<p class=\"small\">There is no abstract of this publication.</p>"
    }
    return """
      <section class="abstract" aria-labelledby="abstract">
      <h2 id="abstract">Abstract</h2>
      \(each: paragraphs, { "<p>\($0)</p>\n" })\
      </section>
      """
  }

  private func facts(_ publication: Publication) -> HTML {
    let record = publication.record
    return """
      <aside class="facts" aria-labelledby="facts" lang="en">
      <h2 id="facts">About this publication</h2>
      <dl>
      \(fact(
        "Published", link(to: Browse(year: record.published.year), date(record.published))))
      \(fact("Type", link(to: Browse(type: record.type), "\(Wording.type(record.type))")))
      \(record.series, { fact("Series", "\($0)\(record.number, { ", no. \($0)" })") })
      \(if: record.series == nil && record.number != nil, fact("Number", "\(record.number ?? "")"))
      \(if: !record.topics.isEmpty, fact(
        record.topics.count == 1 ? "Topic" : "Topics", topicLinks(record.topics)))
      \(record.language, {
        fact("Language", link(to: Browse(language: $0), "\(Wording.language($0))"))
      })
      \(publication.file, { fact("PDF", "\(extent(of: $0))") })
      \(doi(record), { fact("DOI", $0) })
      \(record.licence, { fact("Licence", licence($0)) })
      </dl>
      </aside>
      """
  }

  private func fact(_ name: HTML, _ value: HTML) -> HTML {
    "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
  }

  private func topicLinks(_ topics: [String]) -> HTML {
    "\(each: topics, separator: "<br>", { link(to: Browse(topic: $0), "\($0)") })"
  }

  private func doi(_ record: Record) -> HTML? {
    record.doiAddress.map { "<a href=\"\($0)\">\(record.bareDOI ?? $0)</a>" }
      ?? record.doi.map { "\($0)" }
  }

  /// A licence that is an address becomes a link; nothing else does.
  private func licence(_ text: String) -> HTML {
    text.hasPrefix("https://") || text.hasPrefix("http://")
      ? "<a rel=\"license\" href=\"\(text)\">\(text)</a>" : "\(text)"
  }

  /// The PDF in the page; browsers that cannot show it show what stands inside.
  private func embedded(_ publication: Publication, _ file: StoredFile) -> HTML {
    let document = Resource.document(publication.slug)
    return """
      <section class="document" aria-labelledby="document" lang="en">
      <h2 class="unseen" id="document">The publication</h2>
      <object data="\(document)" type="application/pdf" title="PDF of \(publication.record.title)">
      <p>This browser does not support PDFs. Please download the PDF to view it: \
      <a href="\(document)">Download PDF</a></p>
      </object>
      <p class="small"><a href="\(document)">Download PDF</a> (\(extent(of: file)))</p>
      </section>
      """
  }
}
