internal import SQLite

/// A public file that another file repeats the text of.
package struct TextCopy: Sendable, Equatable {
  /// The publications that have or had the public file.
  package let matches: [FileMatch]
  package let sha256: String
  /// What differs in the text of the other file.
  package let comparison: TextComparison
}

extension Duplicates {
  /// The public file whose text a text repeats, whole or nearly.
  ///
  /// - Parameters:
  ///   - pages: The text of each page, as it was extracted.
  ///   - now: The time.
  /// - Returns: The file with the fewest changes; nil when there is none, or too little text.
  /// - Throws: What the database throws.
  package func original(ofText pages: [String], at now: Instant = .now) throws -> TextCopy? {
    let pages = pages.map(\.cleanedParagraphs)
    let sketch = TextSketch(pages: pages)
    guard !sketch.hashes.isEmpty else { return nil }
    return try core.read { connection in
      let similar = try connection.files(similarTo: sketch)
      var best: TextCopy?
      for file in similar {
        let matches = try connection.matches(ofFile: file, at: now)
        guard !matches.isEmpty,
          let sha256 = try connection.row(
            "SELECT sha256 FROM file WHERE id = \(file)", { $0.text(0) }),
          let comparison = TextComparison(from: try connection.pages(ofFile: file), to: pages),
          !comparison.isRewritten
        else { continue }
        if comparison.count < best?.comparison.count ?? .max {
          best = TextCopy(matches: matches, sha256: sha256, comparison: comparison)
        }
        if comparison.isSame { break }
      }
      return best
    }
  }

  /// How many files are compared word by word.
  fileprivate static let mostCompared = 5
}

extension Connection {
  /// The files whose first pages are nearly the same, the most similar first.
  ///
  /// Only those of publications that are or were public.
  fileprivate func files(similarTo sketch: TextSketch) throws -> [Int64] {
    var similar: [(file: Int64, similarity: Double)] = []
    try each(
      """
      SELECT file, sketch FROM text_sketch
      WHERE EXISTS (
          SELECT 1 FROM publication
          WHERE publication.file = text_sketch.file AND status IN ('scheduled', 'published'))
        OR EXISTS (SELECT 1 FROM former_file WHERE former_file.file = text_sketch.file AND was_public)
        OR EXISTS (SELECT 1 FROM last_public_file WHERE last_public_file.file = text_sketch.file)
      """
    ) { row in
      let similarity = sketch.similarity(to: TextSketch(stored: row.bytes(1)))
      if similarity >= Duplicates.nearlySameText { similar.append((row.integer(0), similarity)) }
      return true
    }
    return similar.sorted { ($0.similarity, $1.file) > ($1.similarity, $0.file) }
      .prefix(Duplicates.mostCompared).map(\.file)
  }
}
