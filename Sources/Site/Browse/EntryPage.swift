import Archive
import Markup

extension Pages {
  /// The page of an author, a topic or a series with a part of its publications.
  func entry(_ entry: ListEntry, _ found: PageOf<Publication>) -> HTML {
    let (number, last) = (found.number, found.pages)
    let address = EntryAddress(list: entry.list, slug: entry.slug, page: number)
    let isFirst = number == 1
    return layout(
      Head(
        title: isFirst ? entry.name : words(.headingPage, entry.name, words.number(number)),
        description: isFirst
          ? Wording.excerpt(entry.description, limit: 200).nonEmpty
            ?? words(.entryOnSite, entry.name, settings.name) : nil,
        canonical: address.path, place: .browse,
        more: """
          \(entry.followed.map(feedLink))\
          \(if: !isFirst, "<link rel=\"prev\" href=\"\(address.on(page: number - 1).path)\">\n")\
          \(if: number < last, "<link rel=\"next\" href=\"\(address.on(page: number + 1).path)\">\n")\
          \(if: isFirst, JSONLD.entry(entry, on: settings).map { json in
            "<script type=\"application/ld+json\">\(json: json)</script>\n"
          } ?? "")
          """),
      """
      <div class="section-top entry">
      <p class="kicker">\(words.kind(of: entry))</p>
      <h1 dir="auto"\(titleSize(entry.name))>\(entry.name)</h1>
      \(if: isFirst, about(entry))
      <p class="small">\(words.count(.publication, found.total))\
      \(if: last > 1, """
        , \(words(.pageOf, words.number(number), words.number(last)))
        """)</p>
      \(entry.followed.map(followLinks))
      </div>
      <ol class="entries">\(each: found.items, { self.entry($0, level: 2) })</ol>
      \(pageLinks(page: number, of: last) { address.on(page: $0).path })
      """)
  }

  /// The description, the identifier and the other names of an entry.
  private func about(_ entry: ListEntry) -> HTML {
    """
    \(each: Wording.paragraphs(entry.description), {
      "<p class=\"measure\" dir=\"auto\">\($0)</p>\n"
    })\
    \(entry.orcid, { orcid in
      "<p class=\"small\">ORCID: <a href=\"\(orcid.address)\">\(orcid)</a></p>\n"
    })\
    \(entry.issn, { issn in
      "<p class=\"small\">ISSN: <a href=\"\(issn.address)\">\(issn)</a></p>\n"
    })\
    \(if: !entry.aliases.isEmpty, """
      <p class="small" dir="auto">\(words(.alsoKnownAs, entry.aliases.joined(separator: "; ")))</p>

      """)
    """
  }
}

extension ISSN {
  /// The address of the record in the ISSN Portal.
  var address: String { "https://portal.issn.org/resource/ISSN/\(description)" }
}

extension Language {
  /// What an entry is: an author, an organization, a topic, a series, a licence.
  func kind(of entry: ListEntry) -> String {
    switch entry.list {
    case .authors: self[entry.effectiveKind == .organization ? .organization : .author]
    case .topics: self[.topic]
    case .series: self[.series]
    case .licences: self[.licence]
    }
  }
}

extension JSONLD {
  /// An author or a series; nil for a topic, for which schema.org has no class of works.
  static func entry(_ entry: ListEntry, on site: SiteSettings) -> JSON? {
    let address = JSON.text(site.absolute(.entry(entry.list, entry.slug)))
    let about: [(name: String, value: JSON)] = [
      ("name", .text(entry.name)), ("url", address),
      ("description", entry.description.isEmpty ? nil : .text(entry.description)),
      ("alternateName", entry.aliases.isEmpty ? nil : .array(entry.aliases.map(JSON.text))),
    ].compactMap { name, value in value.map { (name, $0) } }
    func described(_ type: String, _ more: [(name: String, value: JSON)]) -> JSON {
      .object([("@context", "https://schema.org"), ("@type", .text(type))] + about + more)
    }
    switch entry.list {
    case .authors:
      let orcid = entry.orcid.map { JSON.text($0.address) }
      let person = AuthorName(entry.name).person
      let isPerson = entry.effectiveKind == .person
      let more: [(String, JSON?)] = [
        ("@id", orcid ?? address), ("identifier", orcid), ("sameAs", orcid),
        ("givenName", isPerson ? person.map { .text($0.given) } : nil),
        ("familyName", isPerson ? person.map { .text($0.family) } : nil),
      ]
      return described(
        isPerson ? "Person" : "Organization",
        more.compactMap { name, value in value.map { (name, $0) } })
    case .series:
      return described(
        "CreativeWorkSeries",
        [("@id", address)] + (entry.issn.map { [("issn", .text($0.description))] } ?? []))
    case .topics, .licences: return nil
    }
  }
}
