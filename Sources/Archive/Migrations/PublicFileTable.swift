extension Migrations {
  /// Which files readers could get: nothing may be said of a file that only a draft had.
  static let publicFiles: StaticString = """
    -- Whether the file was the current one while the publication was public.
    ALTER TABLE former_file ADD COLUMN was_public INTEGER NOT NULL DEFAULT 0;
    UPDATE former_file SET was_public = EXISTS (
      SELECT 1 FROM publication
      WHERE publication.id = former_file.publication AND first_public <= replaced);

    -- The file that a publication had when it was last withdrawn or taken back.
    CREATE TABLE last_public_file (
      publication INTEGER PRIMARY KEY REFERENCES publication (id) ON DELETE CASCADE,
      file INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE
    );
    CREATE INDEX last_public_file_file ON last_public_file (file);
    INSERT INTO last_public_file (publication, file)
      SELECT id, file FROM publication
      WHERE status <> 'published' AND first_public NOT NULL AND file NOT NULL;
    CREATE TRIGGER publication_hidden AFTER UPDATE OF status ON publication
      WHEN old.status = 'published' AND new.status <> 'published'
        AND new.first_public NOT NULL AND old.file NOT NULL BEGIN
      INSERT OR REPLACE INTO last_public_file (publication, file) VALUES (new.id, old.file);
    END;
    -- As if it had never been public.
    CREATE TRIGGER publication_unpublished AFTER UPDATE OF first_public ON publication
      WHEN old.first_public NOT NULL AND new.first_public IS NULL BEGIN
      DELETE FROM last_public_file WHERE publication = new.id;
      UPDATE former_file SET was_public = 0 WHERE publication = new.id;
    END;
    """
}
