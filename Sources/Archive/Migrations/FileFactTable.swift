extension Migrations {
  /// What extraction found out about files.
  static let fileFactTable: StaticString = """
    CREATE TABLE file_fact (
      file INTEGER PRIMARY KEY REFERENCES file (id),
      needs_password INTEGER NOT NULL,
      is_encrypted INTEGER NOT NULL,
      pages_without_text INTEGER NOT NULL,
      is_tagged INTEGER NOT NULL,
      language TEXT,
      title TEXT
    );
    """
}
