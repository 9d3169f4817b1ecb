internal import SQLite

/// Who may see a publication, decided when it is read.
///
/// Every query for readers has one of these conditions, and nothing else decides it. A scheduled
/// publication is public from its moment on; soon after, ``Archive/publishDue(at:)`` writes down
/// that it is published. The clock decides for what is scheduled only: what has been published
/// stays public when the clock is wrong.
enum Visibility {
  /// Listed, found, and shown with its file.
  static func isPublic(at now: Instant) -> SQL {
    """
    (publication.status = 'published' OR (publication.status = 'scheduled'
      AND publication.public_from <= \(now.secondsSince1970)))
    """
  }

  /// Where to count and find keys of what is public: an index that tells it without the rows.
  ///
  /// Of itself SQLite takes the index of moments, and looks at each row for its status.
  static let index: SQL = "publication INDEXED BY publication_year"

  /// Public now or at a moment to come: what an index may hold that is asked at any moment.
  static let mayBePublic: SQL =
    "publication.status IN ('scheduled', 'published') AND publication.public_from NOT NULL"

  /// Was public at some time: if it is not public now, its address answers that it is gone.
  static let wasPublic: SQL = "publication.first_public NOT NULL"

  /// Becomes public at a moment to come.
  static func isDue(after now: Instant) -> SQL {
    "publication.status = 'scheduled' AND publication.public_from > \(now.secondsSince1970)"
  }
}
