import Archive
import Markup

/// The sitemap, split into several with an index when it is long (sitemaps.org).
struct Sitemap {
  let site: SiteSettings
  /// In an order that does not change when a publication is added.
  let publications: [PublicAddress]
  /// Lists of publications, by path and query.
  let lists: [String]

  /// A list may have 50,000 addresses; a publication has two.
  static let mostPublications = 20_000

  /// The number of sitemaps.
  var parts: Int {
    max(1, (publications.count + Sitemap.mostPublications - 1) / Sitemap.mostPublications)
  }

  /// The sitemap, or the index when there are several.
  var first: XML { parts == 1 ? part(1) : index }

  private var index: XML {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    \(each: 1...parts, { number in
      let changed = addresses(number).map(\.modified).max()
      return """
        <sitemap><loc>\(site.absolute(.sitemapPart(number)))</loc>\
        \(changed, { "<lastmod>\($0)</lastmod>" })</sitemap>

        """
    })\
    </sitemapindex>

    """
  }

  private func addresses(_ number: Int) -> ArraySlice<PublicAddress> {
    publications.dropFirst((number - 1) * Sitemap.mostPublications)
      .prefix(Sitemap.mostPublications)
  }

  /// One of several sitemaps, counted from 1.
  func part(_ number: Int) -> XML {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    \(each: number == 1 ? lists : [], { "<url><loc>\(site.baseURL + $0)</loc></url>\n" })\
    \(each: addresses(number), entry)\
    </urlset>

    """
  }

  private func entry(_ publication: PublicAddress) -> XML {
    let page = site.absolute(.publication(publication.slug))
    return """
      <url><loc>\(page)</loc><lastmod>\(publication.modified)</lastmod></url>
      \(if: publication.hasFile, """
        <url><loc>\(site.absolute(.document(publication.slug)))</loc>\
        <lastmod>\(publication.modified)</lastmod></url>

        """)
      """
  }
}
