internal import Foundation
internal import SQLite

/// The text and structure of the PDFs, and which files wait for extraction.
package struct Texts: Sendable {
  let core: ArchiveCore
  package let running = RunningExtractions()

  init(_ core: ArchiveCore) { self.core = core }

  /// The files whose text has not been extracted, followed by those that an earlier version of the
  /// extractor has processed, newest first.
  ///
  /// - Parameters:
  ///   - most: The most files to return.
  ///   - version: The extractor's; 0 leaves out files that have been processed.
  ///   - newestFirst: Whether the first ones are the last deposited.
  /// - Returns: The files.
  /// - Throws: What the database throws.
  package func waiting(
    most: Int = 1000, version: Int = 0, newestFirst: Bool = false
  ) throws -> [StoredFile] {
    try core.read { connection in
      let order: SQL = newestFirst ? "id DESC" : "id"
      let waiting = try connection.rows(
        """
        SELECT \(StoredFile.columns) FROM file WHERE text = 'waiting' ORDER BY \(order)
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

  /// Stores the text of a file page by page and adds it to the search index.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - pages: The repaired text of each page.
  ///   - contents: Their structure; nil makes paragraphs of the text.
  ///   - findings: Metadata found in the file.
  ///   - facts: What else is known of the file; nil if nothing is.
  ///   - version: The extractor's.
  ///   - now: The time.
  /// - Throws: ``DepositError``
  package func store(
    of file: StoredFile, pages: [String], contents: FileContents? = nil,
    findings: Findings = Findings(), facts: FileFacts? = nil, version: Int = 0,
    at now: Instant = .now
  ) throws(DepositError) {
    let pages = pages.map(\.cleanedParagraphs)
    do {
      let json = findings.isEmpty ? nil : try JSONEncoder().encode(findings)
      let kept = json.map { String(decoding: $0, as: UTF8.self) }
      // Lists show nothing of the text.
      try core.change({ connection, _ in .unlisted(try connection.slugs(withFile: file.id)) }) {
        connection in
        guard try connection.hasFile(file.id) else { return }
        try connection.storeContents(contents, ofFile: file.id)
        try connection.storeFacts(facts, ofFile: file.id)
        try connection.run(
          """
          UPDATE file SET text = 'read', failure = NULL, pages = \(pages.count),
            extractor = \(version), findings = \(kept)
          WHERE id = \(file.id)
          """)
        try connection.nameDrafts(ofFile: file.id, findings.certain.title?.value)
        try connection.storeSketch(TextSketch(pages: pages), ofFile: file.id)
        // If the text is the same, harvesters need not fetch it again.
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

  /// Stores why no text could be extracted from a file.
  ///
  /// Text of an earlier version stays.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - reason: The reason, for staff.
  ///   - pages: The number of its pages; nil when it could not be opened.
  ///   - facts: What is known of the file nevertheless; nil leaves what was known.
  ///   - version: The extractor's.
  ///   - now: The time.
  /// - Throws: ``DepositError``
  package func storeFailure(
    of file: StoredFile, reason: String, pages: Int? = nil, facts: FileFacts? = nil,
    version: Int = 0, at now: Instant = .now
  ) throws(DepositError) {
    do {
      try core.change({ connection, _ in .unlisted(try connection.slugs(withFile: file.id)) }) {
        connection in
        guard try connection.hasFile(file.id) else { return }
        try connection.run("UPDATE file SET extractor = \(version) WHERE id = \(file.id)")
        if let facts { try connection.storeFacts(facts, ofFile: file.id) }
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

  /// The text of each page of a file, or of the first pages; empty when none was extracted.
  package func pages(of file: StoredFile, limit: Int = .max) throws -> [String] {
    try core.read { try $0.pages(ofFile: file.id, limit: limit) }
  }

  /// The text of one page of a file; empty when there is none.
  package func page(_ number: Int, of file: StoredFile) throws -> String {
    try core.read { try $0.page(number, ofFile: file.id).text }
  }

  /// The text of each page of a file by its hash; nil when none was extracted.
  package func pages(ofFile sha256: String) throws -> [String]? {
    try core.read { connection in
      try connection.row("SELECT id FROM file WHERE sha256 = \(sha256) AND text = 'read'") {
        $0.integer(0)
      }.map { try connection.pages(ofFile: $0) }
    }
  }
}

extension Connection {
  /// Whether a file is still in the archive: a deleted draft takes its file with it.
  func hasFile(_ file: Int64) throws -> Bool {
    try row("SELECT 1 FROM file WHERE id = \(file)") { _ in true } != nil
  }

  func slugs(withFile file: Int64) throws -> [Slug] {
    // Pages show the number of pages of former files too.
    try rows(
      """
      SELECT slug FROM publication WHERE file = \(file)
      UNION SELECT slug FROM publication JOIN former_file ON former_file.publication = publication.id
      WHERE former_file.file = \(file)
      """
    ) { Slug(stored: $0.text(0)) }
  }

  func pages(ofFile file: Int64, limit: Int = .max) throws -> [String] {
    try rows("SELECT text FROM page WHERE file = \(file) ORDER BY number LIMIT \(limit)") {
      $0.text(0)
    }
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
