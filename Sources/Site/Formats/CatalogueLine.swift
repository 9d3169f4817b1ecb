package import Archive
import Foundation
import Markup

/// A line of a catalogue, from which `offprint import` restores the same record.
package enum CatalogueLine {
  /// - Parameters:
  ///   - publication: The publication; its status is written if it is not published.
  ///   - pdf: The path of its file; nil is that in the folder of files of the archive.
  ///   - formerSlugs: Slugs that redirect to it.
  /// - Returns: The line with its end.
  package static func bytes(
    _ publication: Publication, pdf: String? = nil, formerSlugs: [Slug] = []
  ) -> [UInt8] {
    let record = publication.record
    var rest = unknown(record)
    // An unknown type of another system is kept in its original member.
    let foreignType = record.type == .report ? rest["type"] : nil
    rest["type"] = nil
    let isPublished = publication.status == .published
    let file = publication.file.map { file in
      pdf ?? "\(file.sha256.prefix(2))/\(file.sha256.dropFirst(2).prefix(2))/\(file.sha256).pdf"
    }
    let object: JSON = [
      "slug": .text(publication.slug.description), "title": .text(record.title),
      "subtitle": record.subtitle.map(JSON.text),
      "abstract": record.abstract.isEmpty ? nil : .text(record.abstract),
      "authors": .array(record.authors.map(JSON.text)),
      "orcids": record.orcids.isEmpty
        ? nil
        : .object(
          record.authors.compactMap { name in
            record.orcids[name].map { (name, .text($0.description)) }
          }), "published": .text(record.published.description),
      "type": foreignType == nil ? .text(record.typeName.rawValue) : nil,
      "series": record.series.map(JSON.text), "issn": (record.issn?.description).map(JSON.text),
      "number": record.number.map(JSON.text),
      "topics": record.topics.isEmpty ? nil : .array(record.topics.map(JSON.text)),
      "language": record.language.map(JSON.text), "doi": record.doi.map(JSON.text),
      "licence": record.licence.map(JSON.text), "source": record.source.map(JSON.text),
      "pdf": file.map(JSON.text),
      "status": isPublished ? nil : .text(publication.status.rawValue),
      "public_from": publication.status == .scheduled
        ? publication.publicFrom.map { .text($0.description) } : nil,
      "former_slugs": formerSlugs.isEmpty
        ? nil : .array(formerSlugs.map { .text($0.description) }),
    ]
    rest["type"] = foreignType
    return joined(object.bytes, serialized(rest)) + [0x0A]
  }

  private static func unknown(_ record: Record) -> [String: Any] {
    guard let text = record.unknown,
      let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    else { return [:] }
    return object
  }

  private static func serialized(_ rest: [String: Any]) -> [UInt8] {
    guard !rest.isEmpty,
      let data = try? JSONSerialization.data(
        withJSONObject: rest, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return [] }
    return Array(data)
  }

  /// Joins two objects.
  private static func joined(_ object: [UInt8], _ rest: [UInt8]) -> [UInt8] {
    rest.isEmpty ? object : object.dropLast() + [UInt8(ascii: ",")] + rest.dropFirst()
  }
}
