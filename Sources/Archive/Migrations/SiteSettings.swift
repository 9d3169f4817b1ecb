extension Migrations {
  /// What staff set on the desk about the site.
  static let siteSettings: StaticString = """
    -- Texts by the name of the setting; one that is not set has no row.
    CREATE TABLE site_setting (
      name TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE site_logo (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      type TEXT NOT NULL CHECK (type IN ('png', 'svg')),
      bytes BLOB NOT NULL
    );
    """
}
