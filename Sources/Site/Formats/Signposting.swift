import Archive
import Markup

/// Typed links to the parts of a publication (FAIR Signposting, levels 1 and 2).
struct Signposting: Sendable {
  struct Link: Sendable, Equatable {
    var relation: String
    var target: String
    var type: String?
  }

  private let publication: Publication
  private let site: SiteSettings
  /// The links of the page, for its head and its `Link` field.
  private(set) var links: [Link] = []

  init(_ publication: Publication, on site: SiteSettings) {
    self.publication = publication
    self.site = site
    links = descriptive(authors: Signposting.mostAuthors)
    links.append(
      Link(
        relation: "linkset", target: target(.linkset), type: CitationFormat.linkset.mediaType))
  }

  private func descriptive(authors: Int) -> [Link] {
    let record = publication.record
    var links = [Link(relation: "cite-as", target: site.persistentAddress(of: publication))]
    for format in CitationFormat.descriptions {
      links.append(
        Link(relation: "describedby", target: target(format), type: format.mediaType))
    }
    if let document = site.documentAddress(of: publication) {
      links.append(Link(relation: "item", target: document, type: "application/pdf"))
    }
    for orcid in record.authorORCIDs.prefix(authors) {
      links.append(Link(relation: "author", target: orcid.address))
    }
    links.append(
      Link(relation: "type", target: "https://schema.org/\(JSONLD.type(of: record))"))
    links.append(Link(relation: "type", target: "https://schema.org/AboutPage"))
    if let licence = Licence.address(record.licence) {
      links.append(Link(relation: "license", target: licence))
    }
    return links
  }

  private func target(_ format: CitationFormat) -> String {
    site.absolute(.citation(publication.slug, format))
  }

  /// The value of the `Link` field (RFC 8288), at most 4 KiB.
  ///
  /// The link set comes first and has the links that do not fit.
  var field: String {
    var text = ""
    for link in links.reversed().prefix(1) + links.dropLast() {
      let value = Signposting.value(link)
      guard text.utf8.count + value.utf8.count + 2 <= Signposting.mostBytes else { continue }
      text += (text.isEmpty ? "" : ", ") + value
    }
    return text
  }

  static let mostBytes = 4096
  /// The most authors on the page; the link set has all.
  static let mostAuthors = 10

  /// A link in the syntax of a `Link` field.
  static func value(_ link: Link) -> String {
    "<\(link.target)>; rel=\"\(link.relation)\"" + (link.type.map { "; type=\"\($0)\"" } ?? "")
  }

  /// The links for the head of the page.
  var head: HTML {
    """
    \(each: links, { link in
      """
      <link rel="\(link.relation)" href="\(link.target)"\(link.type, { " type=\"\($0)\"" })>

      """
    })\

    """
  }

  /// All links of the publication with their anchors (RFC 9264).
  var linkSet: JSON {
    let page = site.address(of: publication)
    var contexts: [JSON] = [context(anchor: page, descriptive(authors: .max))]
    let back = JSON.array([["href": .text(page), "type": "text/html"]])
    if let document = site.documentAddress(of: publication) {
      contexts.append(["anchor": .text(document), "collection": back])
    }
    for format in CitationFormat.descriptions {
      contexts.append(["anchor": .text(target(format)), "describes": back])
    }
    return ["linkset": .array(contexts)]
  }

  private func context(anchor: String, _ links: [Link]) -> JSON {
    var members: [(name: String, value: JSON)] = [("anchor", .text(anchor))]
    for relation in ["cite-as", "describedby", "item", "author", "type", "license"] {
      let targets = links.filter { $0.relation == relation }.map { link -> JSON in
        ["href": .text(link.target), "type": link.type.map(JSON.text)]
      }
      if !targets.isEmpty { members.append((relation, .array(targets))) }
    }
    return .object(members)
  }
}
