internal import SQLite

/// A table whose rows a bag has, and which of its rows everybody may see.
///
/// What is not listed in ``all(at:)`` or in ``leftOut`` is a table that nobody has decided on; a
/// test finds it.
struct RecordTable: Sendable {
  let name: String
  /// True for the rows that readers can see parts of, or that say nothing hidden.
  let isPublic: SQL
  /// Columns that name accounts, which are not part of a bag.
  var omitted: Set<String> = []
  /// Whether the rows of each PDF are in a file of its own.
  var isByFile = false

  /// The folder of what readers cannot see.
  static let hiddenFolder = "not-public"

  /// The tables in an order in which rows can be written: those that others name come first.
  static func all(at now: Instant) -> [RecordTable] {
    let publications: SQL =
      "SELECT publication.id FROM publication WHERE \(Visibility.isPublic(at: now))"
    let files: SQL = """
      SELECT publication.file FROM publication
      WHERE publication.file NOT NULL AND \(Visibility.isPublic(at: now))
      UNION SELECT former_file.file FROM former_file
      WHERE former_file.publication IN (\(publications))
      """
    let ofPublication: SQL = "publication IN (\(publications))"
    let ofFile: SQL = "file IN (\(files))"
    let entries = publicEntries(publications)
    return [
      RecordTable(name: "file", isPublic: "id IN (\(files))"),
      RecordTable(name: "page", isPublic: ofFile, isByFile: true),
      RecordTable(name: "contents", isPublic: ofFile),
      RecordTable(name: "file_fact", isPublic: ofFile),
      RecordTable(
        name: "publication", isPublic: Visibility.isPublic(at: now), omitted: ["owner"]),
      // After publications, whose triggers queue them for comparison.
      RecordTable(name: "text_sketch", isPublic: ofFile),
      RecordTable(name: "author", isPublic: ofPublication),
      RecordTable(name: "topic", isPublic: ofPublication),
      RecordTable(name: "blank_field", isPublic: ofPublication),
      RecordTable(name: "former_slug", isPublic: ofPublication),
      RecordTable(name: "former_file", isPublic: ofPublication),
      RecordTable(name: "last_public_file", isPublic: ofPublication),
      RecordTable(name: "presentation", isPublic: ofPublication),
      RecordTable(name: "release", isPublic: ofPublication),
      RecordTable(name: "origin", isPublic: ofPublication),
      RecordTable(
        name: "redirect",
        isPublic: """
          (publication IS NULL OR \(ofPublication))
          AND (otherwise IS NULL OR otherwise IN (\(publications)))
          """),
      RecordTable(name: "list_entry", isPublic: "id IN (\(entries))"),
      RecordTable(name: "list_name", isPublic: "entry IN (\(entries))"),
      RecordTable(name: "former_entry_slug", isPublic: "entry IN (\(entries))"),
      RecordTable(name: "publication_type", isPublic: "1"),
      RecordTable(name: "site_setting", isPublic: "1"),
      RecordTable(name: "site_logo", isPublic: "1"),
      RecordTable(name: "synonym", isPublic: "1"),
      // For staff only.
      RecordTable(name: "distinct_entries", isPublic: "0"),
      RecordTable(name: "different_work", isPublic: "0"),
      RecordTable(name: "review_comment", isPublic: "0"),
      RecordTable(name: "usage", isPublic: "0"),
    ]
  }

  /// The entries of lists that public publications name.
  private static func publicEntries(_ publications: SQL) -> SQL {
    """
    SELECT entry FROM list_name WHERE
      list = 'authors' AND name IN (SELECT name FROM author WHERE publication IN (\(publications)))
      OR list = 'topics' AND name IN (
        SELECT name FROM topic WHERE publication IN (\(publications)))
      OR list = 'series' AND name IN (
        SELECT series FROM publication WHERE id IN (\(publications)))
      OR list = 'licences' AND name IN (
        SELECT licence FROM publication WHERE id IN (\(publications)))
    """
  }

  /// Tables that a bag does not have: people, their work in progress, the mail queue, logs and what
  /// is computed again.
  static let leftOut: Set<String> = [
    "staff", "session", "invitation", "known_network", "known_browser", "recovery_code",
    "assignment", "unsaved_form", "upload", "deposit_form", "bulk_edit", "bulk_change",
    "catalogue_upload", "catalogue_row", "audit",
    "subscriber", "subscription", "mail_run", "message", "announced", "bounce", "suppression",
    "setting", "search_log",
    "related", "desk_text", "possible_duplicate", "uncompared", "publication_range", "generation",
  ]
}

extension Connection {
  /// The columns of a table in order; empty if there is no such table.
  func columns(of table: String) throws(SQLiteError) -> [String] {
    try rows("SELECT name FROM pragma_table_info(\(table)) ORDER BY cid") { $0.text(0) }
  }

  /// The columns of a table's primary key, in the order of the key.
  func keyColumns(of table: String) throws(SQLiteError) -> [String] {
    try rows("SELECT name FROM pragma_table_info(\(table)) WHERE pk > 0 ORDER BY pk") {
      $0.text(0)
    }
  }
}
