internal import SQLite

/// The conditions on publications that readers may see, decided when they are read.
///
/// Every query for readers has one of these conditions. A scheduled publication is public as soon
/// as it is due; soon after, ``Publications/publishDue(at:)`` marks it as published. The clock
/// matters for scheduled publications only: published ones stay public when it is wrong.
enum Visibility {
  /// Listed, found, and shown with its file.
  static func isPublic(at now: Instant) -> SQL {
    """
    (publication.status = 'published' OR (publication.status = 'scheduled'
      AND publication.public_from <= \(now.secondsSince1970)))
    """
  }

  /// The table with the index that tells which publications are public without reading their rows.
  ///
  /// SQLite would choose another index and read the status of each row.
  static let index: SQL = "publication INDEXED BY publication_year"

  /// Public now or later: what the search index contains.
  static let mayBePublic: SQL =
    "publication.status IN ('scheduled', 'published') AND publication.public_from NOT NULL"

  /// Was public at some time: if it is not public now, its address answers that it is gone.
  static let wasPublic: SQL = "publication.first_public NOT NULL"

  /// Becomes public later.
  static func isDue(after now: Instant) -> SQL {
    "publication.status = 'scheduled' AND publication.public_from > \(now.secondsSince1970)"
  }
}
