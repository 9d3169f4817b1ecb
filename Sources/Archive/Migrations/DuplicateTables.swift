extension Migrations {
  /// Publications that may be the same work as another one.
  static let duplicates: StaticString = """
    -- The sketch of a file's first pages; see TextSketch.
    CREATE TABLE text_sketch (
      file INTEGER PRIMARY KEY REFERENCES file (id) ON DELETE CASCADE,
      sketch BLOB NOT NULL
    );

    -- What a publication that has not been public shares with another one.
    CREATE TABLE possible_duplicate (
      publication INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
      other INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
      same_file INTEGER NOT NULL,
      same_doi INTEGER NOT NULL,
      -- How similar titles and texts are, from 0 to 1.
      title REAL NOT NULL,
      text REAL NOT NULL,
      PRIMARY KEY (publication, other)
    ) WITHOUT ROWID;
    CREATE INDEX possible_duplicate_other ON possible_duplicate (other);

    -- Pairs that staff said are different works; `publication` is the smaller number.
    CREATE TABLE different_work (
      publication INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
      other INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
      PRIMARY KEY (publication, other)
    ) WITHOUT ROWID;
    CREATE INDEX different_work_other ON different_work (other);

    -- Publications to compare with all others.
    CREATE TABLE uncompared (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      publication INTEGER NOT NULL UNIQUE REFERENCES publication (id) ON DELETE CASCADE
    );
    INSERT INTO uncompared (publication) SELECT id FROM publication WHERE first_public IS NULL;
    CREATE TRIGGER uncompared_new AFTER INSERT ON publication WHEN new.first_public IS NULL BEGIN
      INSERT OR REPLACE INTO uncompared (publication) VALUES (new.id);
    END;
    CREATE TRIGGER uncompared_changed AFTER UPDATE OF title, doi, file ON publication
      WHEN new.first_public IS NULL
        AND (old.title <> new.title OR old.doi IS NOT new.doi OR old.file IS NOT new.file) BEGIN
      INSERT OR REPLACE INTO uncompared (publication) VALUES (new.id);
    END;
    CREATE TRIGGER uncompared_text AFTER INSERT ON text_sketch BEGIN
      INSERT OR REPLACE INTO uncompared (publication)
        SELECT id FROM publication WHERE file = new.file AND first_public IS NULL;
    END;
    """
}
