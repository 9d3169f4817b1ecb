internal import Digests

extension Publication {
  /// Identifies the state of a publication as its form shows it: the form contains it, so that
  /// nobody overwrites changes they have not seen.
  ///
  /// A scheduled publication that becomes public keeps its version.
  package var version: String {
    let fields: [String?] =
      [
        slug.description, record.title, record.subtitle, record.abstract,
        record.published.description, record.typeName.rawValue, record.series,
        record.issn?.description, record.number, record.language, record.doi, record.licence,
        (status == .scheduled ? .published : status).rawValue,
        publicFrom?.description, file?.sha256,
      ] + record.authors.flatMap { [$0, record.orcids[$0]?.description] } + [nil] + record.topics
    // A text of a record holds neither of these.
    return SHA256.hash(fields.map { $0 ?? "\u{2}" }.joined(separator: "\u{1}")).hexadecimal
  }
}
