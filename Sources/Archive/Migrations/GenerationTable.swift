extension Migrations {
  /// The number of the last change, by which copies of the database are compared.
  static let generationTable: StaticString = """
    CREATE TABLE generation (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      -- Grows with each transaction that writes.
      number INTEGER NOT NULL,
      -- The number of the last transaction that changed something readers can see.
      visible INTEGER NOT NULL,
      -- When a server last wrote here, in seconds since 1970; 0 before the first time.
      time INTEGER NOT NULL
    );
    INSERT INTO generation VALUES (1, 1, 1, 0);
    """
}
