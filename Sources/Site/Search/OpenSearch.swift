import Markup

/// The description of the search for browsers (OpenSearch 1.1).
struct OpenSearch {
  let site: SiteSettings
  /// The icon; nil without one.
  let icon: Resource?
  /// A query with results; nil while there are no publications.
  let example: String?

  /// The name in at most so many characters, cut at the end of a word where there is one.
  static func shortened(_ name: String, to most: Int) -> String {
    guard name.count > most else { return name }
    let cut = name.prefix(most + 1)
    let end = cut.lastIndex(of: " ") ?? cut.index(cut.startIndex, offsetBy: most)
    return String(cut[..<end])
  }

  var xml: XML {
    let description =
      site.tagline.isEmpty ? "Search the publications of \(site.publisher)" : site.tagline
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
      <ShortName>\(OpenSearch.shortened(site.name, to: 16))</ShortName>
      <LongName>\(OpenSearch.shortened(site.name, to: 48))</LongName>
      <Description>\(OpenSearch.shortened(description, to: 1024))</Description>
      \(icon, { "<Image height=\"16\" width=\"16\" type=\"image/svg+xml\">\(site.absolute($0))</Image>\n" })\
      <Url type="text/html" template="\(site.absolute(.search))?q={searchTerms}\
      &amp;page={startPage?}"/>
      <Url type="application/atom+xml" template="\(site.absolute(.feed))?q={searchTerms}"/>
      <Url type="application/x-suggestions+json" rel="suggestions" \
      template="\(site.absolute(.suggestions))?q={searchTerms}"/>
      <Url type="application/opensearchdescription+xml" rel="self" \
      template="\(site.absolute(.openSearch))"/>
      \(example, { "<Query role=\"example\" searchTerms=\"\($0)\"/>\n" })\
      <InputEncoding>UTF-8</InputEncoding>
      <OutputEncoding>UTF-8</OutputEncoding>
      </OpenSearchDescription>

      """
  }
}
