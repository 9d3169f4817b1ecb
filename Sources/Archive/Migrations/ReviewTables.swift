extension Migrations {
  /// Owners, reviews, typed forms that are not saved yet, the order of featured publications, and
  /// why files were replaced.
  static let review: StaticString = """
    -- Who made the publication; NULL for one that the program made.
    ALTER TABLE publication ADD COLUMN owner INTEGER REFERENCES staff (id) ON DELETE SET NULL;
    UPDATE publication SET owner = (
      SELECT staff.id FROM audit JOIN staff ON staff.name = audit.actor
      WHERE audit.action = 'deposited' AND audit.subject IN (
        SELECT publication.slug
        UNION SELECT slug FROM former_slug WHERE former_slug.publication = publication.id)
      ORDER BY audit.id LIMIT 1);
    CREATE INDEX publication_owner ON publication (owner) WHERE owner NOT NULL;

    -- Who is to check a publication.
    CREATE TABLE assignment (
      publication INTEGER PRIMARY KEY REFERENCES publication (id) ON DELETE CASCADE,
      staff INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
      at INTEGER NOT NULL
    );
    CREATE INDEX assignment_staff ON assignment (staff);

    -- What staff tell each other about a publication.
    CREATE TABLE review_comment (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      publication INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
      author TEXT NOT NULL,
      at INTEGER NOT NULL,
      -- May be empty if the comment came with a new status.
      text TEXT NOT NULL,
      -- The status that the publication got with it; NULL if it kept its status.
      status TEXT
    );
    CREATE INDEX review_comment_publication ON review_comment (publication, id);

    -- What a member of staff has typed into the form of a publication and not saved, form-encoded.
    CREATE TABLE unsaved_form (
      publication INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
      staff INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
      at INTEGER NOT NULL,
      form TEXT NOT NULL,
      PRIMARY KEY (publication, staff)
    ) WITHOUT ROWID;
    CREATE INDEX unsaved_form_staff ON unsaved_form (staff);

    -- The place on the home page, from 1; NULL for one that is not featured.
    ALTER TABLE presentation ADD COLUMN place INTEGER;
    UPDATE presentation SET place = (
      SELECT count(*) FROM presentation AS other
      WHERE other.featured > presentation.featured
        OR other.featured = presentation.featured AND other.publication >= presentation.publication)
    WHERE featured NOT NULL;

    -- What readers are told about why the file was replaced, and its name when it was uploaded.
    ALTER TABLE former_file ADD COLUMN reason TEXT;
    ALTER TABLE former_file ADD COLUMN name TEXT;
    """
}
