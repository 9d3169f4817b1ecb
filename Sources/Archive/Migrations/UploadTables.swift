extension Migrations {
  /// PDFs that staff upload in parts, and PDFs that wait with a form.
  static let uploads: StaticString = """
    -- The content is in a file of the folder `uploads/` named by the token; its length is how much
    -- has arrived.
    CREATE TABLE upload (
      token TEXT NOT NULL PRIMARY KEY,
      staff INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
      -- What the browser knows the file by, to continue an upload after its page was closed.
      file_key TEXT NOT NULL,
      name TEXT NOT NULL,
      length INTEGER NOT NULL,
      purpose TEXT NOT NULL CHECK (purpose IN ('draft', 'form')),
      state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'draft', 'same', 'refused')),
      -- The draft that was made, or the publication that has the same file.
      publication INTEGER REFERENCES publication (id) ON DELETE SET NULL,
      -- Why the file was refused.
      problem TEXT,
      created INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX upload_staff ON upload (staff, created);
    CREATE INDEX upload_created ON upload (created);
    CREATE INDEX upload_publication ON upload (publication) WHERE publication NOT NULL;
    """
}
