import Archive
import Markup

extension Pages {
  /// What the home page shows.
  struct Home {
    var totalIndex: Int
    /// The featured publications in their order.
    var featured: [Publication]
    /// The newest first.
    var latest: [Publication]
    /// Publications that became public last and are not among the latest.
    var added: [Publication]
    var index: ArchiveIndex
  }

  func home(_ home: Home) -> HTML {
    layout(
      Head(
        title: settings.name, description: settings.tagline.isEmpty ? nil : settings.tagline,
        canonical: Resource.home.path, place: .home, hasSearch: false, more: siteMetadata()),
      """
      <div class="title-page">
      <h1>\(logo)\(settings.name)</h1>
      \(if: !settings.tagline.isEmpty, "<p class=\"tagline\">\(settings.tagline)</p>")
      \(searchForm())
      <p class="edition small">\(words(.totalIndex, words.count(.publication, home.totalIndex)))</p>
      </div>
      \(if: !home.featured.isEmpty, featured(home.featured))
      \(home.latest.isEmpty ? nothingYet() : latest(home))
      \(mailingList())
      """)
  }

  private func featured(_ publications: [Publication]) -> HTML {
    """
    <section class="featured" aria-labelledby="featured">
    <div class="section-head"><h2 id="featured">\(words[.featured])</h2></div>
    <ul class="cards">
    \(each: publications, card)
    </ul>
    </section>
    """
  }

  /// A publication with its cover.
  private func card(_ publication: Publication) -> HTML {
    let record = publication.record
    return """
      <li class="card">
      \(cover(of: publication))
      <div>
      <h3><a href="\(Resource.publication(publication.slug))"\(script(of: record))>\
      \(record.title)</a></h3>
      \(if: !record.authors.isEmpty, """
        <p class="authors" dir="auto">\(words.names(record.authors))</p>
        """)
      <p class="small">\(date(record.published))</p>
      \(excerpt(of: record, limit: 180))
      </div>
      </li>
      """
  }

  private func latest(_ home: Home) -> HTML {
    """
    <div class="spread">
    <section aria-labelledby="latest">
    <div class="section-head">
    <h2 id="latest">\(words[.latestPublications])</h2>
    <a class="small" href="\(Resource.publications)">\(words[.allPublications])</a>
    </div>
    <ol class="entries">
    \(each: home.latest, { entry($0, level: 3, hasCover: true) })
    </ol>
    </section>
    <aside class="stack" aria-label="\(words[.browseArchive])">
    \(if: !home.added.isEmpty, """
      <section aria-labelledby="added">
      <div class="section-head"><h2 id="added">\(words[.recentlyAdded])</h2></div>
      <ul class="added">
      \(each: home.added, mention)</ul>
      </section>
      """)
    \(shortIndex(.byTopic, home.index.topics.prefix(10), .topic))
    \(shortIndex(.byYear, home.index.years.prefix(8), .year))
    </aside>
    </div>
    """
  }

  private func shortIndex(
    _ heading: Phrase, _ entries: ArraySlice<IndexEntry>, _ kind: Browse.Kind
  ) -> HTML {
    guard !entries.isEmpty else { return "" }
    return """
      <section>
      <div class="section-head"><h2>\(words[heading])</h2></div>
      <ul class="index">
      \(each: entries, { indexLine($0) })
      </ul>
      <p class="more small"><a href="\(Resource.browse)#\(kind.rawValue)" \
      aria-label="\(words[.more]): \(words[heading])">\(words[.more])</a></p>
      </section>
      """
  }

  private func nothingYet() -> HTML {
    """
    <section class="stack measure" aria-labelledby="next">
    <div class="section-head"><h2 id="next">\(words[.nothingPublished])</h2></div>
    <p>\(words[.whatToDoNext])</p>
    <ol class="steps">
    <li>\(words.html(
      .stepAdministrator, "<code>offprint user add NAME --role administrator</code>"))</li>
    <li>\(words.html(
      .stepUpload, "<a href=\"\(Resource.upload)\">\(words[.stepUploadLink])</a>",
      "<code>offprint import CATALOGUE.jsonl</code>"))</li>
    <li>\(words.html(
      .stepName, "<code>site-name</code>, <code>tagline</code>, <code>base-url</code>"))</li>
    </ol>
    </section>
    """
  }
}
