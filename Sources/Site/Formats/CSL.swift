import Archive
import Markup

/// A publication as a CSL-JSON item, for citation processors.
enum CSL {
  static func item(_ publication: Publication, on site: SiteSettings) -> JSON {
    let record = publication.record
    let date = record.published
    let parts = [date.year, date.month, date.day].compactMap { $0 }.map(JSON.integer)
    let type = type(of: record)
    return [
      "id": .text(publication.slug.description), "type": .text(type),
      "title": .text(record.fullTitle),
      "author": record.authors.isEmpty ? nil : .array(record.authorNames.map(name)),
      "issued": ["date-parts": [.array(parts)]], "publisher": .text(site.publisher),
      (type == "article-journal" || type == "chapter" ? "container-title" : "collection-title"):
        record.series.map(JSON.text), "ISSN": (record.issn?.description).map(JSON.text),
      (type == "article-journal" ? "issue" : "number"): record.number.map(JSON.text),
      "number-of-pages": (publication.file?.pages).map { .text("\($0)") },
      "abstract": record.abstract.isEmpty ? nil : .text(record.abstract),
      "keyword": record.topics.isEmpty ? nil : .text(record.topics.joined(separator: "; ")),
      "language": record.language.map(JSON.text), "DOI": record.bareDOI.map(JSON.text),
      "URL": .text(site.address(of: publication)),
    ]
  }

  private static func name(_ name: AuthorName) -> JSON {
    guard let person = name.person else { return ["literal": .text(name.text)] }
    return [
      "family": .text(person.family), "given": .text(person.given),
      "suffix": person.suffix.map(JSON.text),
    ]
  }

  private static func type(of record: Record) -> String {
    switch record.type {
    case .report, .policyPaper, .workingPaper, .brief: "report"
    case .article: record.series == nil ? "article" : "article-journal"
    case .book, .proceedings: "book"
    case .chapter: "chapter"
    case .thesis: "thesis"
    case .dataset: "dataset"
    case .other: "document"
    }
  }
}
