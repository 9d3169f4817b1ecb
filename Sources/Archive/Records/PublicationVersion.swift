internal import Digests

extension Publication {
  /// Tells two states of what the form of a publication shows apart: the form carries it, so that
  /// nobody saves over what they have not seen.
  ///
  /// That a scheduled one became public meanwhile is no other state.
  package var version: String {
    let fields: [String?] =
      [
        slug.description, record.title, record.subtitle, record.abstract,
        record.published.description, record.type.rawValue, record.series,
        record.issn?.description, record.number, record.language, record.doi, record.licence,
        (status == .scheduled ? .published : status).rawValue,
        publicFrom?.description, file?.sha256,
      ] + record.authors.flatMap { [$0, record.orcids[$0]?.description] } + [nil] + record.topics
    // A text of a record holds neither of these.
    return SHA256.hash(fields.map { $0 ?? "\u{2}" }.joined(separator: "\u{1}")).hexadecimal
  }
}
