extension Migrations {
  /// The fields of a draft whose values are placeholders, one a row.
  static let blankFields: StaticString = """
    CREATE TABLE blank_field (
      publication INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
      field TEXT NOT NULL,
      PRIMARY KEY (publication, field)
    ) WITHOUT ROWID;
    INSERT OR IGNORE INTO blank_field (publication, field)
      SELECT publication.id, name.value
      FROM publication, json_each('["' || replace(publication.blank, ' ', '","') || '"]') AS name
      WHERE publication.blank NOT NULL;
    ALTER TABLE publication DROP COLUMN blank;
    """
}
