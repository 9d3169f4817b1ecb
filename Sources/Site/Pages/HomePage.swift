import Archive
import Markup

extension Pages {
  /// What the home page shows.
  struct Home {
    var totalIndex: Int
    /// The newest first.
    var latest: [Publication]
    var index: ArchiveIndex
  }

  func home(_ home: Home) -> HTML {
    layout(
      Head(
        title: settings.name, description: settings.tagline.isEmpty ? nil : settings.tagline,
        canonical: Resource.home.path, place: .home, hasSearch: false, more: siteMetadata()),
      """
      <div class="title-page">
      <h1>\(settings.name)</h1>
      \(if: !settings.tagline.isEmpty, "<p class=\"tagline\">\(settings.tagline)</p>")
      \(searchForm())
      <p class="edition small">Total Index: \(Wording.count(home.totalIndex, "publication")).</p>
      </div>
      \(home.latest.isEmpty ? nothingYet() : latest(home))
      \(mailingList())
      """)
  }

  private func latest(_ home: Home) -> HTML {
    """
    <div class="spread">
    <section aria-labelledby="latest">
    <div class="section-head">
    <h2 id="latest">Latest publications</h2>
    <a class="small" href="\(Resource.publications)">All publications</a>
    </div>
    <ol class="entries">
    \(each: home.latest, { entry($0, level: 3) })
    </ol>
    </section>
    <aside class="stack" aria-label="Browse the archive">
    \(shortIndex("By year", home.index.years.prefix(8), more: "year"))
    \(shortIndex("By topic", home.index.topics.prefix(8), more: "topic"))
    </aside>
    </div>
    """
  }

  private func shortIndex(
    _ heading: String, _ entries: ArraySlice<IndexEntry>, more: String
  ) -> HTML {
    guard !entries.isEmpty else { return "" }
    return """
      <section>
      <div class="section-head"><h2>\(heading)</h2></div>
      <ul class="index">
      \(each: entries, { indexLine($0) })
      </ul>
      <p class="more small"><a href="\(Resource.browse)#\(more)">More<span class="unseen"> \
      by \(more)</span></a></p>
      </section>
      """
  }

  private func nothingYet() -> HTML {
    """
    <section class="stack measure" aria-labelledby="next">
    <div class="section-head"><h2 id="next">Nothing has been published here yet</h2></div>
    <p>This archive is ready and empty. What to do next:</p>
    <ol class="steps">
    <li>Open the one-time link that the program printed when it started, and create the first \
    administrator. Or run <code>offprint user add NAME --role administrator</code>.</li>
    <li><a href="\(Resource.deposit)">Upload a publication</a>, or import a whole catalogue with \
    <code>offprint import CATALOGUE.jsonl</code>.</li>
    <li>Name the site in the configuration file: <code>site-name</code>, <code>tagline</code> and \
    <code>base-url</code>.</li>
    </ol>
    </section>
    """
  }
}
