import Archive
import Markup

/// The sitemap, split into several with an index when it is long (sitemaps.org).
struct Sitemap {
  let site: SiteSettings
  /// In an order that does not change when a publication is added.
  let publications: [PublicAddress]
  /// Lists of publications, by path and query.
  let lists: [String]
  /// Pages of authors, topics and series, by path.
  let entries: [String]

  /// A list may have 50,000 addresses; a publication has two.
  static let mostPublications = 20_000
  private static let mostEntries = 40_000

  /// The number of sitemaps: those of publications come first.
  var parts: Int {
    publicationParts + (hasEntriesApart ? parts(entries.count, Self.mostEntries) : 0)
  }

  private var publicationParts: Int { max(1, parts(publications.count, Self.mostPublications)) }

  /// Whether the entries do not fit into the only sitemap of publications.
  private var hasEntriesApart: Bool {
    publicationParts > 1 || lists.count + entries.count + 2 * publications.count > 50_000
  }

  private func parts(_ count: Int, _ most: Int) -> Int { (count + most - 1) / most }

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
    \(each: (number == 1 ? lists : [])[...] + entries(number), {
      "<url><loc>\(site.baseURL + $0)</loc></url>\n"
    })\
    \(each: addresses(number), entry)\
    </urlset>

    """
  }

  private func entries(_ number: Int) -> ArraySlice<String> {
    guard hasEntriesApart else { return entries[...] }
    let part = number - publicationParts - 1
    return part < 0
      ? [] : entries.dropFirst(part * Self.mostEntries).prefix(Self.mostEntries)
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
