internal import SQLite

/// A publication that has or had a file, as readers may know it.
package struct FileMatch: Sendable, Equatable {
  package let publication: Publication
  package let state: State

  /// What the file is to the publication.
  package enum State: Sendable, Equatable {
    case current
    /// Replaced at that time, with what readers are told about why; nil for nothing.
    case superseded(Instant, reason: String?)
    /// The publication is withdrawn.
    case withdrawn
  }
}

extension Publications {
  /// The publications that have or had a file, those with it as the current one first.
  ///
  /// There are none for a file that was never public, as for one that is not in the archive.
  ///
  /// - Parameters:
  ///   - sha256: The hash of the file, in lower-case hexadecimal digits.
  ///   - now: The time.
  /// - Returns: At most ``FileMatch/most``.
  /// - Throws: What the database throws.
  package func matches(ofFile sha256: String, at now: Instant = .now) throws -> [FileMatch] {
    try core.read { connection in
      let file = try connection.row("SELECT id FROM file WHERE sha256 = \(sha256)") {
        $0.integer(0)
      }
      return try file.map { try connection.matches(ofFile: $0, at: now) } ?? []
    }
  }
}

extension FileMatch {
  /// The most publications that are named for one file.
  package static let most = 10
}

extension Connection {
  func matches(ofFile file: Int64, at now: Instant) throws -> [FileMatch] {
    let isTombstone: SQL = "status = 'withdrawn' AND \(Visibility.wasPublic)"
    let current = try rows(
      """
      \(Publication.select(at: now)) WHERE publication.file = \(file)
        AND (\(Visibility.isPublic(at: now)) OR (\(isTombstone) AND EXISTS (
          SELECT 1 FROM last_public_file
          WHERE last_public_file.publication = publication.id
            AND last_public_file.file = publication.file)))
      ORDER BY status = 'withdrawn', publication.id LIMIT \(FileMatch.most)
      """
    ) { row in
      Publication(row).map {
        FileMatch(publication: $0, state: FileMatch.state(of: $0) ?? .current)
      }
    }
    let earlier = try rows(
      """
      \(Publication.select(at: now, and: ", former_file.replaced, former_file.reason"))
      JOIN former_file ON former_file.publication = publication.id
      WHERE former_file.file = \(file) AND former_file.was_public
        AND (\(Visibility.isPublic(at: now)) OR (\(isTombstone)))
      ORDER BY status = 'withdrawn', publication.id LIMIT \(FileMatch.most)
      """
    ) { row in
      Publication(row).map { publication in
        let replaced = Instant(secondsSince1970: row.integer(Publication.columns))
        return FileMatch(
          publication: publication,
          state: FileMatch.state(of: publication)
            ?? .superseded(replaced, reason: row.optionalText(Publication.columns + 1)))
      }
    }
    let found = (current + earlier).compactMap(\.self)
    return Array(
      (found.filter { $0.state != .withdrawn } + found.filter { $0.state == .withdrawn })
        .prefix(FileMatch.most))
  }
}

extension FileMatch {
  /// The state of every file of a publication that is withdrawn; nil for one that is public.
  fileprivate static func state(of publication: Publication) -> State? {
    publication.status == .withdrawn ? .withdrawn : nil
  }
}
