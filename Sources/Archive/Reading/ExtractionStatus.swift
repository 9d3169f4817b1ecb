internal import SQLite
internal import Synchronization

/// The files whose text this process is extracting, by ID.
package final class RunningExtractions: Sendable {
  private let files = Mutex<Set<Int64>>([])

  package var all: Set<Int64> { files.withLock { $0 } }
  package var count: Int { files.withLock { $0.count } }

  package func insert(_ file: Int64) { files.withLock { _ = $0.insert(file) } }
  package func remove(_ file: Int64) { files.withLock { _ = $0.remove(file) } }
}

/// The progress of text extraction.
package struct ExtractionStatus: Sendable, Equatable {
  /// A file with the publication that it belongs to, if any still has it.
  package struct Entry: Sendable, Equatable {
    package var slug: Slug?
    package var title: String
    package var bytes: Int
    /// Why extraction failed; nil if it has not failed.
    package var reason: String?
  }

  package var read = 0
  /// All waiting files, listed or not.
  package var waitingCount = 0
  /// Processed by an earlier version of the extractor, and to be processed again.
  package var outdated = 0
  package var failedCount = 0
  package var running: [Entry] = []
  package var waiting: [Entry] = []
  package var failed: [Entry] = []
}

extension Texts {
  /// The files that are being extracted, wait or failed: the newest first, at most `most` of each.
  package func status(most: Int = 100) throws -> ExtractionStatus {
    let running = self.running.all
    return try core.read { connection in
      var list = ExtractionStatus()
      let newest = try connection.row("SELECT max(extractor) FROM file") { $0.integer(0) } ?? 0
      let counts = try connection.rows(
        """
        SELECT text, count(*), sum(extractor < \(newest)) FROM file GROUP BY text
        """
      ) { (state: $0.text(0), count: $0.count(1), older: $0.count(2)) }
      for (state, count, older) in counts {
        switch state {
        case "read": (list.read, list.outdated) = (count, older)
        case "unreadable": list.failedCount = count
        default: list.waitingCount = count
        }
      }
      for file in running.sorted().prefix(most) {
        list.running += try connection.entries("file.id = \(file)", most: 1)
      }
      list.waiting = try connection.entries(
        "file.text = 'waiting'", most: most, except: running)
      list.failed = try connection.entries("file.text = 'unreadable'", most: most)
      return list
    }
  }

  /// Queues the current file of a publication for another extraction.
  ///
  /// Readers see the earlier text until then.
  package func readAgain(
    _ id: Publication.ID, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> Publication {
    do {
      return try core.change({ _, publication in .beside([publication.slug]) }) { connection in
        let publication = try connection.publication(id, at: now)
        guard let file = publication.file else { throw DepositError.notFound }
        try connection.run(
          """
          UPDATE file SET extractor = -1, failure = NULL,
            text = CASE text WHEN 'read' THEN text ELSE 'waiting' END
          WHERE id = \(file.id)
          """)
        try connection.audit(.askedToRead, publication.slug.description, by: actor, at: now)
        return try connection.publication(id, at: now)
      }
    } catch {
      throw DepositError(error)
    }
  }
}

extension Connection {
  fileprivate func entries(
    _ condition: SQL, most: Int, except running: Set<Int64> = []
  ) throws -> [ExtractionStatus.Entry] {
    let found = try rows(
      """
      SELECT file.id, file.bytes, file.failure, min(publication.slug), publication.title
      FROM file LEFT JOIN publication ON publication.file = file.id
      WHERE \(condition) GROUP BY file.id ORDER BY file.id DESC LIMIT \(most + running.count)
      """
    ) { row in
      (
        id: row.integer(0),
        entry: ExtractionStatus.Entry(
          slug: row.optionalText(3).map(Slug.init(stored:)), title: row.optionalText(4) ?? "",
          bytes: row.count(1), reason: row.optionalText(2))
      )
    }
    return found.filter { !running.contains($0.id) }.prefix(most).map(\.entry)
  }
}
