extension Migrations {
  /// Edits of many publications at once.
  static let bulkEdits: StaticString = """
    CREATE TABLE bulk_edit (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      field TEXT NOT NULL,
      operation TEXT NOT NULL,
      value TEXT NOT NULL,
      replacement TEXT NOT NULL,
      -- How many of the selected publications it would leave as they are.
      unchanged INTEGER NOT NULL,
      actor TEXT NOT NULL,
      previewed INTEGER NOT NULL,
      applied INTEGER,
      undone INTEGER,
      undone_by TEXT
    );
    CREATE INDEX bulk_edit_applied ON bulk_edit (applied);

    CREATE TABLE bulk_change (
      id INTEGER PRIMARY KEY,
      bulk_edit INTEGER NOT NULL REFERENCES bulk_edit (id) ON DELETE CASCADE,
      publication INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
      state TEXT NOT NULL
        CHECK (state IN ('ready', 'refused', 'applied', 'skipped', 'undone', 'kept')),
      -- Why it is refused.
      reason TEXT,
      -- When the publication had last been changed at the time of the preview.
      modified INTEGER NOT NULL,
      -- The value of the field. Both are NULL when it is too late to undo the edit.
      before TEXT,
      after TEXT
    );
    CREATE INDEX bulk_change_edit ON bulk_change (bulk_edit, state);
    CREATE INDEX bulk_change_publication ON bulk_change (publication, bulk_edit);
    """
}
