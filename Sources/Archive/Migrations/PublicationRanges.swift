extension Migrations {
  /// What would otherwise be counted each time, and indexes for lists that need no rows.
  static let publicationRanges: StaticString = """
    -- The published publications, by ranges of 20,000 ids (PublicationRange.size): how many there
    -- are, and when one of them last changed. Triggers keep it, so that nothing has to count them.
    CREATE TABLE publication_range (
      number INTEGER PRIMARY KEY,
      published INTEGER NOT NULL,
      modified INTEGER NOT NULL
    );
    INSERT INTO publication_range
      SELECT (id - 1) / 20000, sum(status = 'published'),
        max(CASE status WHEN 'published' THEN max(modified, ifnull(public_from, 0)) ELSE 0 END)
      FROM publication GROUP BY 1;

    CREATE TRIGGER publication_range_of_new AFTER INSERT ON publication BEGIN
      INSERT INTO publication_range VALUES (
        (new.id - 1) / 20000, new.status = 'published',
        CASE new.status WHEN 'published' THEN max(new.modified, ifnull(new.public_from, 0))
          ELSE 0 END)
      ON CONFLICT DO UPDATE SET published = published + excluded.published,
        modified = max(modified, excluded.modified);
    END;
    CREATE TRIGGER publication_range_of_changed
      AFTER UPDATE OF status, modified, public_from ON publication BEGIN
      UPDATE publication_range SET
        published = published + (new.status = 'published') - (old.status = 'published'),
        modified = CASE WHEN 'published' IN (new.status, old.status)
          THEN max(modified, new.modified,
            CASE new.status WHEN 'published' THEN ifnull(new.public_from, 0) ELSE 0 END)
          ELSE modified END
      WHERE number = (new.id - 1) / 20000;
    END;
    CREATE TRIGGER publication_range_of_removed AFTER DELETE ON publication BEGIN
      UPDATE publication_range SET published = published - (old.status = 'published')
      WHERE number = (old.id - 1) / 20000;
    END;

    -- Deep pages of feeds skip others, and types and languages are counted, without reading rows.
    DROP INDEX publication_announced;
    CREATE INDEX publication_announced
      ON publication (public_from DESC, issued DESC, id DESC, status);
    CREATE INDEX publication_types ON publication (type, status, public_from, first_public);
    DROP INDEX publication_language;
    CREATE INDEX publication_languages ON publication (language, status, public_from);
    """
}
