extension Migrations {
  /// Catalogues that were uploaded on the desk.
  static let catalogueUploads: StaticString = """
    CREATE TABLE catalogue_upload (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      -- The name of the file.
      name TEXT NOT NULL,
      format TEXT NOT NULL,
      -- Whether it was in Windows-1252 or UTF-16 and has been converted.
      converted TEXT,
      -- Columns and their fields, as a JSON object; NULL as guessed.
      mapping TEXT,
      -- How many PDFs came with it.
      files INTEGER NOT NULL,
      drafts INTEGER NOT NULL DEFAULT 1,
      announces INTEGER NOT NULL DEFAULT 0,
      state TEXT NOT NULL
        CHECK (state IN ('uploaded', 'checking', 'checked', 'importing', 'imported', 'failed')),
      -- Why it failed.
      failure TEXT,
      actor TEXT NOT NULL,
      uploaded INTEGER NOT NULL,
      finished INTEGER
    );

    -- What became of each record, or would.
    CREATE TABLE catalogue_row (
      id INTEGER PRIMARY KEY,
      upload INTEGER NOT NULL REFERENCES catalogue_upload (id) ON DELETE CASCADE,
      line INTEGER NOT NULL,
      -- In characters; NULL when the whole record is meant.
      position INTEGER,
      title TEXT,
      result TEXT NOT NULL CHECK (result IN ('new', 'changed', 'same', 'wrong')),
      -- The changed fields, separated by spaces, or the reason.
      detail TEXT NOT NULL,
      -- Its slug when there is one.
      slug TEXT
    );
    CREATE INDEX catalogue_row_result ON catalogue_row (upload, result);
    """
}
