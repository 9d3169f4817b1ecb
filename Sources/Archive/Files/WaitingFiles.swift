internal import Foundation
internal import SQLite

extension Archive {
  /// The files whose text has not been read yet, in the order of their deposit, and after them
  /// those that an earlier version of the reader has read or failed on.
  ///
  /// - Parameters:
  ///   - most: How many are wanted.
  ///   - version: The reader's; 0 asks for files that have not been read alone.
  /// - Returns: The files.
  /// - Throws: What the database throws.
  package func waitingFiles(most: Int = 1000, version: Int = 0) throws -> [StoredFile] {
    try database.read { connection in
      let waiting = try connection.rows(
        """
        SELECT \(StoredFile.columns) FROM file WHERE text = 'waiting' ORDER BY id
        LIMIT \(max(0, most))
        """
      ) { StoredFile($0, from: 0) }
      guard version > 0, waiting.count < most else { return waiting }
      return try waiting
        + connection.rows(
          """
          SELECT \(StoredFile.columns) FROM file
          WHERE extractor < \(version) AND text <> 'waiting' ORDER BY id DESC
          LIMIT \(most - waiting.count)
          """
        ) { StoredFile($0, from: 0) }
    }
  }

  /// Whether a file is still in the archive.
  package func hasFile(_ file: StoredFile) throws -> Bool {
    try database.read { try $0.hasFile(file.id) }
  }

  /// Where the octets of a file lie.
  package func path(of file: StoredFile) -> String { folder.file(file.sha256) }

  /// Keeps what was read from a file, page by page, and makes it findable.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - pages: The text of each page, repaired.
  ///   - contents: Their structure; nil makes paragraphs of the text.
  ///   - findings: What the file says for the record.
  ///   - version: The reader's.
  ///   - now: The moment.
  /// - Throws: ``DepositError``
  package func storeText(
    of file: StoredFile, pages: [String], contents: FileContents? = nil,
    findings: Findings = Findings(), version: Int = 0, at now: Instant = .now
  ) throws(DepositError) {
    let pages = pages.map(\.cleanedParagraphs)
    do {
      let json = findings.isEmpty ? nil : try JSONEncoder().encode(findings)
      let kept = json.map { String(decoding: $0, as: UTF8.self) }
      // Lists say nothing of what is read from files.
      try change({ connection, _ in .unlisted(try connection.slugs(withFile: file.id)) }) {
        connection in
        guard try connection.hasFile(file.id) else { return }
        try connection.storeContents(contents, ofFile: file.id)
        try connection.run(
          """
          UPDATE file SET text = 'read', failure = NULL, pages = \(pages.count),
            extractor = \(version), findings = \(kept)
          WHERE id = \(file.id)
          """)
        // A newer reader mostly finds the same words: then no harvester need come again.
        let labels = contents?.pageLabels ?? [:]
        guard try connection.pages(ofFile: file.id) != pages else {
          return try connection.storeLabels(labels, ofFile: file.id)
        }
        try connection.run("DELETE FROM page WHERE file = \(file.id)")
        for (index, text) in pages.enumerated() {
          try connection.run(
            """
            INSERT INTO page (file, number, text, label)
            VALUES (\(file.id), \(index + 1), \(text), \(labels[index + 1]))
            """)
        }
        try connection.touchPublications(with: file.id, at: now)
      }
    } catch {
      throw DepositError(error)
    }
  }

  /// Keeps why no text could be read from a file, in words for staff.
  ///
  /// What an earlier version of the reader has read stays.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - reason: In words for staff.
  ///   - pages: How many pages it has; nil when it could not be opened.
  ///   - version: The reader's.
  ///   - now: The moment.
  /// - Throws: ``DepositError``
  package func storeFailure(
    of file: StoredFile, reason: String, pages: Int? = nil, version: Int = 0,
    at now: Instant = .now
  ) throws(DepositError) {
    do {
      try change({ connection, _ in .unlisted(try connection.slugs(withFile: file.id)) }) {
        connection in
        guard try connection.hasFile(file.id) else { return }
        try connection.run("UPDATE file SET extractor = \(version) WHERE id = \(file.id)")
        if version > 0, file.text == .read { return }
        try connection.run("DELETE FROM page WHERE file = \(file.id)")
        try connection.storeContents(nil, ofFile: file.id)
        try connection.run(
          """
          UPDATE file SET text = 'unreadable', failure = \(reason.cleanedLine),
            pages = \(pages), findings = NULL
          WHERE id = \(file.id)
          """)
        try connection.touchPublications(with: file.id, at: now)
      }
    } catch {
      throw DepositError(error)
    }
  }

  /// The text of each page of a file, from the first on; empty when none was read.
  package func pages(of file: StoredFile) throws -> [String] {
    try database.read { try $0.pages(ofFile: file.id) }
  }
}

extension Connection {
  /// Whether a file is still in the archive: a deleted draft takes its file with it.
  fileprivate func hasFile(_ file: Int64) throws -> Bool {
    try row("SELECT 1 FROM file WHERE id = \(file)") { _ in true } != nil
  }

  func slugs(withFile file: Int64) throws -> [Slug] {
    // Of a former file the page tells how many pages it has.
    try rows(
      """
      SELECT slug FROM publication WHERE file = \(file)
      UNION SELECT slug FROM publication JOIN former_file ON former_file.publication = publication.id
      WHERE former_file.file = \(file)
      """
    ) { Slug(stored: $0.text(0)) }
  }

  func pages(ofFile file: Int64) throws -> [String] {
    try rows("SELECT text FROM page WHERE file = \(file) ORDER BY number") { $0.text(0) }
  }

  fileprivate func storeLabels(_ labels: [Int: String], ofFile file: Int64) throws {
    try run("UPDATE page SET label = NULL WHERE file = \(file) AND label IS NOT NULL")
    for (number, label) in labels {
      try run("UPDATE page SET label = \(label) WHERE file = \(file) AND number = \(number)")
    }
  }

  fileprivate func touchPublications(with file: Int64, at now: Instant) throws {
    try run(
      """
      UPDATE publication SET modified = max(modified, \(now.secondsSince1970))
      WHERE file = \(file)
      """)
  }
}
