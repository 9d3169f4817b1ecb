import Archive
import Markup

/// The sitemaps of an archive (sitemaps.org): one, or many with an index.
///
/// Each is made from a range of ids, so that it takes one query, and its number stays the same when
/// the archive grows. A sitemap may have 50,000 addresses; a publication has two.
struct SitemapParts {
  /// The ranges of publications.
  let publications: [PublicationRange]
  /// The ranges of authors, topics and series.
  let entries: [Int]

  enum Content: Equatable {
    case publications(Int)
    case entries(Int)
  }

  /// Whether everything fits into one sitemap.
  var isSingle: Bool {
    publications.allSatisfy { $0.number == 0 } && entries.allSatisfy { $0 == 0 }
  }

  /// What the sitemap with a number has; nil when there is none.
  func content(of number: Int) -> Content? {
    guard number > 0, !isSingle else { return nil }
    let range = (number - 1) / 2
    guard number % 2 == 0 else {
      // The first one has the lists, too.
      return range == 0 || publications.contains { $0.number == range }
        ? .publications(range) : nil
    }
    return entries.contains(range) ? .entries(range) : nil
  }

  /// The index of the sitemaps.
  func index(_ site: SiteSettings) -> XML {
    let first = publications.first { $0.number == 0 }?.modified
    let others = publications.filter { $0.number > 0 }.map {
      (number: 2 * $0.number + 1, modified: Optional($0.modified))
    }
    let parts =
      [(number: 1, modified: first)] + others
      + entries.map { (number: 2 * $0 + 2, modified: nil) }
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      \(each: parts, { part in
        """
          <sitemap><loc>\(site.absolute(.sitemapPart(part.number)))</loc>\
          \(part.modified, { "<lastmod>\($0)</lastmod>" })</sitemap>

          """
      })\
      </sitemapindex>

      """
  }
}

/// One sitemap.
struct Sitemap {
  let site: SiteSettings
  /// Of lists and their entries.
  let paths: [String]
  let publications: [PublicAddress]

  var xml: XML {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    \(each: paths, { "<url><loc>\(site.baseURL + $0)</loc></url>\n" })\
    \(each: publications, entry)\
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
