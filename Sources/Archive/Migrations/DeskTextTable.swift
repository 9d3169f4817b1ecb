extension Migrations {
  /// What the list for staff searches and sorts by.
  static let deskText: StaticString = """
    -- The text of each record, folded for comparison: one field or name a line. NULL after a change,
    -- until the same transaction or the next one folds it again.
    CREATE TABLE desk_text (
      publication INTEGER PRIMARY KEY REFERENCES publication (id) ON DELETE CASCADE,
      title_key TEXT,
      folded TEXT
    );
    CREATE INDEX desk_text_outdated ON desk_text (publication) WHERE folded IS NULL;
    INSERT INTO desk_text (publication) SELECT id FROM publication;

    CREATE TRIGGER desk_text_of_new AFTER INSERT ON publication BEGIN
      INSERT INTO desk_text (publication) VALUES (new.id);
    END;
    CREATE TRIGGER desk_text_of_changed
      AFTER UPDATE OF slug, title, subtitle, abstract, series, issn, number, language, doi, licence,
        source, file_name ON publication BEGIN
      UPDATE desk_text SET folded = NULL WHERE publication = new.id AND folded NOT NULL;
    END;
    CREATE TRIGGER desk_text_of_new_author AFTER INSERT ON author BEGIN
      UPDATE desk_text SET folded = NULL
      WHERE publication = new.publication AND folded NOT NULL;
    END;
    CREATE TRIGGER desk_text_of_changed_author AFTER UPDATE ON author BEGIN
      UPDATE desk_text SET folded = NULL
      WHERE publication IN (old.publication, new.publication) AND folded NOT NULL;
    END;
    CREATE TRIGGER desk_text_of_removed_author AFTER DELETE ON author BEGIN
      UPDATE desk_text SET folded = NULL
      WHERE publication = old.publication AND folded NOT NULL;
    END;
    CREATE TRIGGER desk_text_of_new_topic AFTER INSERT ON topic BEGIN
      UPDATE desk_text SET folded = NULL
      WHERE publication = new.publication AND folded NOT NULL;
    END;
    CREATE TRIGGER desk_text_of_changed_topic AFTER UPDATE ON topic BEGIN
      UPDATE desk_text SET folded = NULL
      WHERE publication IN (old.publication, new.publication) AND folded NOT NULL;
    END;
    CREATE TRIGGER desk_text_of_removed_topic AFTER DELETE ON topic BEGIN
      UPDATE desk_text SET folded = NULL
      WHERE publication = old.publication AND folded NOT NULL;
    END;

    -- The values that the filters offer.
    CREATE INDEX publication_language ON publication (language);
    CREATE INDEX publication_series ON publication (series);
    """
}
