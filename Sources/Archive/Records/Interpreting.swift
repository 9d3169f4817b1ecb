internal import TextRepair

extension Record {
  /// The record without markup and character references, and with texts that name several authors
  /// divided.
  ///
  /// Catalogues made from Crossref, JATS or a content management system contain them. It is
  /// idempotent.
  var interpreted: Record {
    var record = self
    record.title = plainLine(ofMarkup: title)
    record.subtitle = subtitle.map { plainLine(ofMarkup: $0) }
    record.abstract = plainParagraphs(ofMarkup: abstract)
    record.series = series.map { plainLine(ofMarkup: $0) }
    record.number = number.map { plainLine(ofMarkup: $0) }
    record.topics = topics.map { plainLine(ofMarkup: $0) }
    record.authors = []
    record.orcids = [:]
    for author in authors {
      let names = AuthorName.divided(plainLine(ofMarkup: author).cleanedLine)
      record.authors += names
      // The number follows the last of them.
      if let orcid = orcids[author], let last = names.last { record.orcids[last] = orcid }
    }
    return record
  }
}
