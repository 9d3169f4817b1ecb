internal import Compression
internal import Foundation
internal import SQLite

extension Texts {
  /// The structure of a public publication's current file.
  ///
  /// - Returns: nil when there is no such publication or it has no text.
  package func contents(of slug: Slug, at now: Instant = .now) throws -> FileContents? {
    try core.read { connection in
      let file = try connection.row(
        """
        SELECT file.id FROM publication JOIN file ON file.id = publication.file
        WHERE slug = \(slug.description) AND file.text = 'read' AND \(Visibility.isPublic(at: now))
        """
      ) { $0.integer(0) }
      return try file.flatMap { try connection.contents(ofFile: $0) }
    }
  }

  /// The metadata found in a file.
  package func findings(in file: StoredFile) throws -> Findings {
    try core.read { connection in
      let json = try connection.row("SELECT findings FROM file WHERE id = \(file.id)") {
        $0.optionalText(0)
      }
      guard let json = json ?? nil else { return Findings() }
      return try JSONDecoder().decode(Findings.self, from: Data(json.utf8))
    }
  }
}

extension Connection {
  /// The stored structure of a file; paragraphs of its plain text if there is none.
  func contents(ofFile file: Int64) throws -> FileContents {
    let stored = try row("SELECT deflated, length FROM contents WHERE file = \(file)") {
      (deflated: $0.bytes(0), length: $0.count(1))
    }
    if let stored {
      let json = try inflate(stored.deflated, limit: stored.length)
      return try JSONDecoder().decode(FileContents.self, from: Data(json))
    }
    return FileContents(pages: try pages(ofFile: file))
  }

  func storeContents(_ contents: FileContents?, ofFile file: Int64) throws {
    try run("DELETE FROM contents WHERE file = \(file)")
    guard let contents else { return }
    // Deflated, the text takes a third of its size and the structure almost nothing.
    let json = try JSONEncoder().encode(contents)
    try run(
      """
      INSERT INTO contents (file, deflated, length)
      VALUES (\(file), \(deflate(Array(json))), \(json.count))
      """)
  }
}
