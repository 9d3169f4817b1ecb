internal import SQLite
internal import Search

/// The text of records that the list for staff searches.
///
/// It is stored folded, so that a search of all 5,819 abstracts compares bytes and decodes nothing.
/// Parts of words and words of languages without spaces are found, which the words of a full-text
/// table would not do. Triggers mark the text of a changed record, whoever changes it, and
/// ``ArchiveCore`` folds it before the transaction ends.
extension Connection {
  /// Folds the text of records that have changed.
  func foldDeskText() throws {
    var folding = Folding()
    while true {
      let outdated = try outdatedDeskText(most: 500, &folding)
      for text in outdated {
        try run(
          """
          UPDATE desk_text SET folded = \(text.folded), title_key = \(text.titleKey)
          WHERE publication = \(text.id)
          """)
      }
      if outdated.count < 500 { return }
    }
  }

  private func outdatedDeskText(
    most: Int, _ folding: inout Folding
  ) throws -> [(id: Publication.ID, titleKey: String, folded: String)] {
    let texts = try rows(
      """
      SELECT publication.id, title, language, slug, subtitle, abstract, \(Publication.authors),
        \(Publication.topics), series, number, doi, issn, licence, source, file_name
      FROM desk_text JOIN publication ON publication.id = desk_text.publication
      WHERE folded IS NULL LIMIT \(most)
      """
    ) { row in
      (
        id: row.integer(0), title: row.text(1), language: row.optionalText(2),
        more: (3...14).map { row.text($0) }
      )
    }
    return texts.map { text in
      let lines = [text.title] + text.more.flatMap { $0.split(separator: "\n").map(String.init) }
      return (
        text.id, SortKey.title(text.title, language: text.language),
        lines.map { String(decoding: folding.fold($0), as: UTF8.self) }.joined(separator: "\n")
      )
    }
  }
}

/// The condition on `publication` for words in the text of the record.
func deskTextCondition(_ words: String) -> SQL {
  var folding = Folding()
  let words = Set(folding.fold(words).split(separator: 0x20))
    .map { String(decoding: $0, as: UTF8.self) }
    // The longest is the rarest, so the others are seldom looked for.
    .sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
  guard !words.isEmpty else { return "1" }
  let contained = SQL.all(words.map { "instr(folded, \($0)) > 0" })
  return "publication.id IN (SELECT publication FROM desk_text WHERE \(contained))"
}
