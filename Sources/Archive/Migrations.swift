internal import SQLite

/// The steps that bring a database from any earlier version to this one.
///
/// The number of steps taken is the database's `user_version`, so a step that was released is
/// never edited: what is to change is a step of its own.
enum Migrations {
  /// The version this program writes and reads.
  static var version: Int { steps.count }

  /// Marks a database as ours: “OffP” in ASCII.
  static let applicationID = 0x4F66_6650

  /// Takes the steps that are lacking, each in a transaction of its own.
  static func run(on database: Database, path: String) throws {
    let found = try database.maintain { try check($0, path: path) }
    for step in steps.dropFirst(found) { try database.write { try $0.script(step) } }
  }

  /// Refuses a database that another program or a later version wrote.
  ///
  /// - Returns: The version of the database; 0 for a new one.
  static func check(_ connection: Connection, path: String) throws -> Int {
    let version = try connection.row("PRAGMA user_version") { $0.count(0) } ?? 0
    let application = try connection.row("PRAGMA application_id") { $0.count(0) } ?? 0
    let tables =
      try connection.row("SELECT count(*) FROM sqlite_schema") { $0.count(0) } ?? 0
    guard application == applicationID || (application == 0 && tables == 0) else {
      throw ArchiveError.foreign(path: path)
    }
    guard version <= Migrations.version else {
      throw ArchiveError.newer(path: path, found: version, known: Migrations.version)
    }
    return version
  }

  /// Each ends by setting `user_version` to its number, counted from 1.
  private static let steps: [StaticString] = [
    """
    CREATE TABLE file (
      id INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
      octets INTEGER NOT NULL,
      pages INTEGER,
      text TEXT NOT NULL DEFAULT 'waiting' CHECK (text IN ('waiting', 'read', 'unreadable')),
      failure TEXT,
      deposited INTEGER NOT NULL
    );
    CREATE INDEX file_waiting ON file (id) WHERE text = 'waiting';

    CREATE TABLE page (
      id INTEGER PRIMARY KEY,
      file INTEGER NOT NULL REFERENCES file (id),
      number INTEGER NOT NULL,
      text TEXT NOT NULL,
      UNIQUE (file, number)
    );

    -- authors and topics stand here one a line, as a page shows them, and again in creator and
    -- subject, by which they are found.
    CREATE TABLE publication (
      id INTEGER PRIMARY KEY,
      slug TEXT NOT NULL UNIQUE,
      title TEXT NOT NULL,
      subtitle TEXT,
      abstract TEXT NOT NULL,
      authors TEXT NOT NULL,
      topics TEXT NOT NULL,
      issued TEXT NOT NULL,
      year INTEGER NOT NULL,
      type TEXT NOT NULL,
      series TEXT,
      number TEXT,
      language TEXT,
      doi TEXT,
      licence TEXT,
      source TEXT,
      unknown TEXT,
      status TEXT NOT NULL
        CHECK (status IN ('draft', 'review', 'scheduled', 'published', 'withdrawn')),
      public_from INTEGER CHECK (status NOT IN ('scheduled', 'published') OR public_from NOT NULL),
      withdrawal_reason TEXT,
      file INTEGER REFERENCES file (id),
      created INTEGER NOT NULL,
      modified INTEGER NOT NULL,
      -- What the catalogue said when the record was imported; NULL for one that staff made.
      catalogue_hash BLOB
    );
    CREATE INDEX publication_issued ON publication (issued DESC, id DESC, status, public_from);
    CREATE INDEX publication_year ON publication (year, status, public_from);
    CREATE INDEX publication_file ON publication (file);
    CREATE INDEX publication_modified ON publication (modified, id);
    CREATE INDEX publication_catalogue ON publication (catalogue_hash)
      WHERE catalogue_hash IS NOT NULL;

    CREATE TABLE creator (
      name TEXT NOT NULL,
      publication INTEGER NOT NULL REFERENCES publication (id),
      PRIMARY KEY (name, publication)
    ) WITHOUT ROWID;
    CREATE INDEX creator_publication ON creator (publication);

    CREATE TABLE subject (
      name TEXT NOT NULL,
      publication INTEGER NOT NULL REFERENCES publication (id),
      PRIMARY KEY (name, publication)
    ) WITHOUT ROWID;
    CREATE INDEX subject_publication ON subject (publication);

    CREATE TABLE former_slug (
      slug TEXT NOT NULL PRIMARY KEY,
      publication INTEGER NOT NULL REFERENCES publication (id)
    ) WITHOUT ROWID;

    CREATE TABLE former_file (
      publication INTEGER NOT NULL REFERENCES publication (id),
      file INTEGER NOT NULL REFERENCES file (id),
      replaced INTEGER NOT NULL,
      PRIMARY KEY (publication, file)
    ) WITHOUT ROWID;

    CREATE TABLE staff (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      role TEXT NOT NULL CHECK (role IN ('author', 'editor', 'administrator')),
      password TEXT NOT NULL,
      created INTEGER NOT NULL
    );

    -- Tokens are kept as their SHA-256, so that who reads the database cannot use them.
    CREATE TABLE session (
      token BLOB NOT NULL PRIMARY KEY,
      staff INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
      began INTEGER NOT NULL,
      used INTEGER NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE invitation (
      token BLOB NOT NULL PRIMARY KEY,
      role TEXT NOT NULL,
      expires INTEGER NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE audit (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      subject TEXT NOT NULL,
      detail TEXT NOT NULL
    );

    CREATE TABLE subscriber (
      id INTEGER PRIMARY KEY,
      address TEXT NOT NULL UNIQUE COLLATE NOCASE,
      status TEXT NOT NULL
        CHECK (status IN ('pending', 'confirmed', 'unsubscribed', 'suspended')),
      asked INTEGER NOT NULL,
      confirmed INTEGER,
      unsubscribed INTEGER,
      -- The last confirmation message: when it was made, and the hash of its token until it is used.
      confirmation_sent INTEGER,
      confirmation_token BLOB UNIQUE
    );

    CREATE TABLE setting (
      name TEXT NOT NULL PRIMARY KEY,
      value BLOB NOT NULL
    ) WITHOUT ROWID;

    -- Words are folded and stemmed before they come here, so the tokenizer only divides at spaces.
    CREATE VIRTUAL TABLE record_index USING fts5 (
      title, abstract, authors, topics, series, joined,
      content = '', tokenize = 'ascii'
    );
    CREATE VIRTUAL TABLE page_index USING fts5 (text, content = '', tokenize = 'ascii');

    PRAGMA application_id = 0x4F666650;
    PRAGMA user_version = 1;
    """,
    """
    -- day counts from 1970-01-01 in UTC.
    CREATE TABLE usage (
      publication INTEGER NOT NULL REFERENCES publication (id),
      day INTEGER NOT NULL,
      investigations INTEGER NOT NULL,
      requests INTEGER NOT NULL,
      unique_investigations INTEGER NOT NULL,
      unique_requests INTEGER NOT NULL,
      PRIMARY KEY (publication, day)
    ) WITHOUT ROWID;
    CREATE INDEX usage_day ON usage (day);

    PRAGMA user_version = 2;
    """,
    """
    -- What a reading view needs of a file: deflated JSON, and how long it is inflated.
    CREATE TABLE contents (
      file INTEGER PRIMARY KEY REFERENCES file (id),
      octets BLOB NOT NULL,
      length INTEGER NOT NULL
    );
    -- The version of the reader that read the file or failed on it.
    ALTER TABLE file ADD COLUMN extractor INTEGER NOT NULL DEFAULT 0;
    -- What it found for the record, as JSON.
    ALTER TABLE file ADD COLUMN findings TEXT;
    CREATE INDEX file_extractor ON file (extractor);
    -- The fields that staff left blank until the file was read, with spaces between.
    ALTER TABLE publication ADD COLUMN blank TEXT;

    PRAGMA user_version = 3;
    """,
    """
    -- When a record changed for harvesters: of the record, or by its becoming public.
    CREATE INDEX publication_datestamp
      ON publication (max(modified, ifnull(public_from, 0)), id);
    CREATE INDEX publication_announced ON publication (public_from DESC, issued DESC, id DESC);
    INSERT INTO setting (name, value) VALUES ('harvest key', randomblob(32));

    PRAGMA user_version = 4;
    """,
    """
    -- How staff present a publication: since when it stands first on the home page, and what was
    -- found wrong in it.
    CREATE TABLE presentation (
      publication INTEGER PRIMARY KEY REFERENCES publication (id),
      featured INTEGER,
      correction TEXT
    );
    CREATE INDEX presentation_featured ON presentation (featured) WHERE featured NOT NULL;

    PRAGMA user_version = 5;
    """,
    """
    -- The words are in memory, made from the records and pages themselves.
    DROP TABLE record_index;
    DROP TABLE page_index;
    DELETE FROM setting WHERE name = 'index version';

    -- What stands beside a publication because of its text: the keys of others, best first, with
    -- spaces between them.
    CREATE TABLE related (
      publication INTEGER PRIMARY KEY REFERENCES publication (id),
      others TEXT NOT NULL
    );

    -- What readers searched for, day by day, without anything about the readers; slowest counts
    -- milliseconds.
    CREATE TABLE search_log (
      day TEXT NOT NULL,
      query TEXT NOT NULL,
      searches INTEGER NOT NULL,
      results INTEGER NOT NULL,
      slowest INTEGER NOT NULL,
      PRIMARY KEY (day, query)
    ) WITHOUT ROWID;

    PRAGMA user_version = 6;
    """,
    """
    -- The number of the series, and those of the authors: on each line a number and a name.
    ALTER TABLE publication ADD COLUMN issn TEXT;
    ALTER TABLE publication ADD COLUMN orcids TEXT;

    PRAGMA user_version = 7;
    """,
    """
    CREATE INDEX audit_actor ON audit (actor);
    CREATE INDEX audit_subject ON audit (subject);

    -- The forms that have made publications, so that one that is sent twice makes one.
    CREATE TABLE deposit_form (
      token TEXT NOT NULL PRIMARY KEY,
      publication INTEGER NOT NULL REFERENCES publication (id),
      sent INTEGER NOT NULL
    ) WITHOUT ROWID;

    PRAGMA user_version = 8;
    """,
    """
    -- What of a publication's page depends on nothing but the publication, made before it is asked
    -- for. What changes the publication takes it away.
    CREATE TABLE rendition (
      publication INTEGER PRIMARY KEY REFERENCES publication (id),
      version TEXT NOT NULL,
      mention BLOB NOT NULL,
      links TEXT NOT NULL,
      opening BLOB NOT NULL,
      closing BLOB NOT NULL
    );
    -- Pages show what is said of ten others, which is found here without a look at their rows.
    CREATE INDEX rendition_mention ON rendition (version, publication, mention);

    CREATE TRIGGER rendition_of_publication AFTER UPDATE ON publication BEGIN
      DELETE FROM rendition WHERE publication = new.id;
    END;
    CREATE TRIGGER rendition_before_deletion BEFORE DELETE ON publication BEGIN
      DELETE FROM rendition WHERE publication = old.id;
    END;
    CREATE TRIGGER rendition_of_file AFTER UPDATE OF octets, pages, text ON file BEGIN
      DELETE FROM rendition WHERE publication IN (
        SELECT id FROM publication WHERE file = new.id
        UNION SELECT publication FROM former_file WHERE file = new.id);
    END;
    CREATE TRIGGER rendition_of_former_file AFTER INSERT ON former_file BEGIN
      DELETE FROM rendition WHERE publication = new.publication;
    END;
    CREATE TRIGGER rendition_of_presentation AFTER INSERT ON presentation BEGIN
      DELETE FROM rendition WHERE publication = new.publication;
    END;
    CREATE TRIGGER rendition_of_presentation_changed AFTER UPDATE ON presentation BEGIN
      DELETE FROM rendition WHERE publication = new.publication;
    END;
    CREATE TRIGGER rendition_of_usage AFTER INSERT ON usage BEGIN
      DELETE FROM rendition WHERE publication = new.publication;
    END;
    CREATE TRIGGER rendition_of_usage_changed AFTER UPDATE ON usage BEGIN
      DELETE FROM rendition WHERE publication = new.publication;
    END;

    PRAGMA user_version = 9;
    """,
    """
    -- How many results of a search were opened, and the sum of the places they stood at.
    ALTER TABLE search_log ADD COLUMN opened INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE search_log ADD COLUMN places INTEGER NOT NULL DEFAULT 0;

    PRAGMA user_version = 10;
    """,
    """
    -- Pages that were made before they are asked for are the server's now.
    DROP TRIGGER rendition_of_publication;
    DROP TRIGGER rendition_before_deletion;
    DROP TRIGGER rendition_of_file;
    DROP TRIGGER rendition_of_former_file;
    DROP TRIGGER rendition_of_presentation;
    DROP TRIGGER rendition_of_presentation_changed;
    DROP TRIGGER rendition_of_usage;
    DROP TRIGGER rendition_of_usage_changed;
    DROP TABLE rendition;

    PRAGMA user_version = 11;
    """,
    """
    -- The name that a publication's current file had when it was uploaded.
    ALTER TABLE publication ADD COLUMN file_name TEXT;
    -- What an entry changed, where it changed one thing: its value before and after.
    ALTER TABLE audit ADD COLUMN before TEXT;
    ALTER TABLE audit ADD COLUMN after TEXT;

    PRAGMA user_version = 12;
    """,
    """
    -- What a page calls itself, where that is not its number: what is printed on it is cited.
    ALTER TABLE page ADD COLUMN label TEXT;

    PRAGMA user_version = 13;
    """,
    """
    -- What is looked for every few seconds: scheduled publications that have come due.
    CREATE INDEX publication_scheduled ON publication (public_from) WHERE status = 'scheduled';

    PRAGMA user_version = 14;
    """,
    """
    -- Networks in which an account has signed in: there, failures from elsewhere do not slow it.
    CREATE TABLE known_network (
      staff INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
      network TEXT NOT NULL,
      used INTEGER NOT NULL,
      PRIMARY KEY (staff, network)
    ) WITHOUT ROWID;

    PRAGMA user_version = 15;
    """,
  ]
}
