extension Migrations {
  /// Terms that mean the same, for searches.
  static let synonyms: StaticString = """
    -- The lines of the list that staff keep, and the terms of each in order.
    CREATE TABLE synonym (
      line INTEGER NOT NULL,
      place INTEGER NOT NULL,
      term TEXT NOT NULL,
      PRIMARY KEY (line, place)
    ) WITHOUT ROWID;
    """
}
