import Archive
import HTTP
import Markup

/// The address of a feed and the publications it lists.
struct FeedAddress: Equatable, Sendable {
  var followed: Followed
  /// Counted from 1.
  var page: Int

  init(_ query: Query) {
    followed = Followed(query)
    page = query.number("page", in: 1...1000) ?? 1
  }

  /// Path and query, the same for the same choice.
  var path: String {
    Query.address(.feed, followed.fields + [("page", page > 1 ? "\(page)" : nil)])
  }

  func on(page: Int) -> FeedAddress {
    var other = self
    other.page = page
    return other
  }
}

/// Publications as an Atom feed (RFC 4287), in pages (RFC 5005).
struct AtomFeed {
  let site: SiteSettings
  let address: FeedAddress
  /// The title after the name of the site; nil for all publications.
  let title: String?
  let publications: [Publication]
  let hasMore: Bool

  /// The time of the latest change of an entry; 1970 without entries.
  var updated: Instant { publications.map(\.modified).max() ?? Instant(secondsSince1970: 0) }

  var xml: XML {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom">
    <id>\(absolute(address.on(page: 1)))</id>
    <title>\(title.map { "\(site.name): \($0)" } ?? site.name)</title>
    \(if: !site.tagline.isEmpty, "<subtitle>\(site.tagline)</subtitle>\n")\
    <updated>\(updated)</updated>
    <author><name>\(site.publisher)</name></author>
    <link rel="self" type="application/atom+xml" href="\(absolute(address))"/>
    <link rel="alternate" type="text/html" href="\(alternate)"/>
    \(if: hasMore || address.page > 1, pageLink("first", 1))\
    \(if: address.page > 1, pageLink("previous", address.page - 1))\
    \(if: hasMore, pageLink("next", address.page + 1))\
    <link rel="search" type="application/opensearchdescription+xml" \
    href="\(site.absolute(.openSearch))"/>
    \(each: publications, entry)\
    </feed>

    """
  }

  /// The page that shows the same publications.
  private var alternate: String {
    address.followed == .everything
      ? site.absolute(.home) : site.baseURL + address.followed.pageAddress
  }

  private func absolute(_ address: FeedAddress) -> String { site.baseURL + address.path }

  private func pageLink(_ relation: String, _ page: Int) -> XML {
    """
    <link rel="\(relation)" type="application/atom+xml" href="\(absolute(address.on(page: page)))"/>

    """
  }

  private func entry(_ publication: Publication) -> XML {
    let record = publication.record
    // A tag URI is stable when the address changes (RFC 4151).
    let since = publication.created.description.prefix(10)
    return """
      <entry\(record.language, { " xml:lang=\"\($0)\"" })>
      <id>tag:\(site.repositoryName),\(since):publication/\(publication.id)</id>
      <title>\(record.fullTitle)</title>
      <updated>\(publication.modified)</updated>
      \(publication.publicFrom, { "<published>\($0)</published>\n" })\
      \(each: record.authors, { "<author><name>\($0)</name></author>\n" })\
      <link rel="alternate" type="text/html" href="\(site.address(of: publication))"/>
      \(publication.file, { file in
        """
        <link rel="enclosure" type="application/pdf" length="\(file.bytes)" \
        href="\(site.absolute(.document(publication.slug)))"/>

        """
      })\
      \(each: record.topics, { "<category term=\"\($0)\"/>\n" })\
      \(if: !record.abstract.isEmpty, "<summary type=\"text\">\(record.abstract)</summary>\n")\
      \(record.licence, { "<rights>\($0)</rights>\n" })\
      </entry>

      """
  }
}
