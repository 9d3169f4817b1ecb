internal import SQLite
internal import TextRepair

extension Archive {
  /// The files whose text has not been read yet, in the order of their deposit.
  package func waitingFiles(most: Int = 1000) throws -> [StoredFile] {
    try database.read { connection in
      try connection.rows(
        """
        SELECT \(StoredFile.columns) FROM file WHERE text = 'waiting' ORDER BY id
        LIMIT \(max(0, most))
        """
      ) { StoredFile($0, from: 0) }
    }
  }

  /// Where the octets of a file lie.
  package func path(of file: StoredFile) -> String { folder.file(file.sha256) }

  /// Keeps what was read from a file, page by page, and makes it findable.
  package func storeText(
    of file: StoredFile, pages: [String], at now: Instant = .now
  ) throws(DepositError) {
    let pages = pages.map { repair($0).text.cleanedParagraphs }
    do {
      try change { connection in
        try SearchIndex.removePages(of: file.id, from: connection)
        for (index, text) in pages.enumerated() {
          try connection.run(
            "INSERT INTO page (file, number, text) VALUES (\(file.id), \(index + 1), \(text))")
          try SearchIndex.insertPage(text, connection.lastInsertedRow, into: connection)
        }
        try connection.run(
          """
          UPDATE file SET text = 'read', failure = NULL, pages = \(pages.count)
          WHERE id = \(file.id)
          """)
        try connection.touchPublications(with: file.id, at: now)
      }
    } catch {
      throw DepositError(error)
    }
  }

  /// Keeps why nothing could be read from a file, in words for staff.
  package func storeFailure(
    of file: StoredFile, reason: String, at now: Instant = .now
  ) throws(DepositError) {
    do {
      try change { connection in
        try SearchIndex.removePages(of: file.id, from: connection)
        try connection.run(
          """
          UPDATE file SET text = 'unreadable', failure = \(reason.cleanedLine), pages = NULL
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
    try database.read { connection in
      try connection.rows("SELECT text FROM page WHERE file = \(file.id) ORDER BY number") {
        $0.text(0)
      }
    }
  }
}

extension Connection {
  fileprivate func touchPublications(with file: Int64, at now: Instant) throws {
    try run(
      """
      UPDATE publication SET modified = max(modified, \(now.secondsSince1970))
      WHERE file = \(file)
      """)
  }
}
