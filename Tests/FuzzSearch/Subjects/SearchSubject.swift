internal import Archive
internal import Search
internal import Foundation

/// A small archive, and how text that anybody makes up is searched for in it.
package final class SearchSubject: Sendable {
  private let archive: Archive

  /// The flag of a text that is a passage.
  package static let passage: UInt8 = 0x40

  /// What did not hold of a text.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// - Parameter folder: Where the archive is made anew.
  /// - Throws: What the archive throws.
  package init(folder: String) throws {
    try? FileManager.default.removeItem(atPath: folder)
    archive = try Archive.open(folder: folder, access: .exclusive)
    for (number, (title, abstract, pages)) in SearchSubject.publications.enumerated() {
      guard let date = PublicationDate(year: 2008 + number) else { continue }
      let path = "\(archive.folder.incoming)/\(number)"
      try Data("%PDF-1.7\n\(number)".utf8).write(to: URL(filePath: path))
      let publication = try archive.publications.deposit(
        Draft(
          record: Record(
            title: title, abstract: abstract, authors: ["Anna Berg", "Müller \(number)", "李 明"],
            published: date, topics: ["Trade", "Climate \(number % 2)"]),
          status: .published),
        file: IncomingFile(path: path), by: Actor("librarian"), at: .now)
      if let file = publication.file { try archive.texts.store(of: file, pages: pages, at: .now) }
    }
  }

  /// Removes the archive.
  package func remove() {
    archive.close()
    try? FileManager.default.removeItem(atPath: archive.folder.path)
  }

  /// Searches for what octets say, in the order and with the choice that the first one names, or
  /// for passages like it.
  ///
  /// - Throws: ``Failure`` for an answer that cannot be right.
  package func check(_ input: [UInt8]) throws {
    let text = String(decoding: input.dropFirst(), as: UTF8.self)
    let flags = input.first ?? 0
    if flags & SearchSubject.passage != 0 {
      return try check(archive.related(toPassage: text, limit: 10, time: .seconds(20)))
    }
    let orders = SearchOrder.allCases
    var choice = Browse()
    if flags & 0x10 != 0 { choice.topic = "Trade" }
    if flags & 0x20 != 0 { choice.year = 2009 }
    let query = SearchQuery(text)
    let results = try archive.search(
      query, within: choice, order: orders[Int(flags) % orders.count], limit: 10,
      countsFacets: true, time: .seconds(20))
    try check(results)
    if let correction = results.correction {
      try check(archive.search(SearchQuery(correction.query), limit: 10, time: .seconds(20)))
    }
    let suggestions = try archive.suggestions(for: text, limit: 8)
    try expect(suggestions.count <= 8, "\(suggestions.count) suggestions")
    try expect(SearchQuery(query.text) == query, "a query that is read twice is another")
  }

  private func check(_ results: SearchResults) throws {
    try expect(!results.isPartial, "it takes too long")
    try expect(results.results.count <= min(10, results.total), "more results than there are")
    try expect(results.total <= SearchSubject.publications.count, "\(results.total) results")
    for result in results.results {
      try expect(result.score.isFinite && result.score >= 0, "a score of \(result.score)")
      for snippet in [result.snippet] + result.pages.map(\.snippet) {
        try expect(snippet.text.utf8.count < 1000, "a snippet of \(snippet.text.utf8.count)")
        try expect(snippet.segments.allSatisfy { !$0.text.isEmpty }, "an empty segment")
      }
      for hit in result.pages { try expect((1...3).contains(hit.page), "page \(hit.page)") }
    }
    let counts = results.facets.map { $0.topics + $0.types + $0.authors + $0.languages } ?? []
    for facet in counts {
      try expect((1...results.total).contains(facet.publications), "\(facet) of \(results.total)")
    }
  }

  private func expect(_ holds: Bool, _ otherwise: @autoclosure () -> String) throws {
    if !holds { throw Failure(description: otherwise()) }
  }

  private static let publications: [(title: String, abstract: String, pages: [String])] = [
    (
      "Harbours of the north", "Quays, cranes and sufficient funds.\n\nDredging of channels.",
      ["Contents", "The dredging of the channel is suffi cient.", "Ships in winter"]
    ),
    (
      "中国经济改革", "关于贸易与气候的报告。한국어 요약과 カタカナ",
      ["中国经济改革的第一页", "第二页：贸易", ""]
    ),
    (
      "Häfen und Schiffe: Øresund, œuvre, ﬁnance", "Ein Bericht über Häfen, e\u{301}tude.",
      ["Häfen", "Мост через Неву", "مرفأ السفن"]
    ),
    (
      "A history of tariffs", String(repeating: "Tariffs and customs of harbours. ", count: 60),
      ["tariffs tariffs tariffs", "customs", "co-operate, co- operate, coopera\u{AD}tion"]
    ),
    ("NEAR misses (2010)", "\"Quoted\" AND or NOT title: -minus * ** 🌍 \u{202E}abc", ["1", "2"]),
  ]
}
