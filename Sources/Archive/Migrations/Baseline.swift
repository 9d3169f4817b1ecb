extension Migrations {
  /// Instants are seconds since 1970; `day` counts days since 1970-01-01 in UTC.
  static let baseline: StaticString = """
    CREATE TABLE file (
      id INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
      bytes INTEGER NOT NULL,
      pages INTEGER,
      text TEXT NOT NULL DEFAULT 'waiting' CHECK (text IN ('waiting', 'read', 'unreadable')),
      failure TEXT,
      deposited INTEGER NOT NULL,
      -- The version of the extractor that read the file or failed on it.
      extractor INTEGER NOT NULL DEFAULT 0,
      -- What it found for the record, as JSON.
      findings TEXT
    );
    CREATE INDEX file_waiting ON file (id) WHERE text = 'waiting';
    CREATE INDEX file_extractor ON file (extractor);

    CREATE TABLE page (
      id INTEGER PRIMARY KEY,
      file INTEGER NOT NULL REFERENCES file (id),
      number INTEGER NOT NULL,
      -- The printed page number where it differs from `number`.
      label TEXT,
      text TEXT NOT NULL,
      UNIQUE (file, number)
    );

    -- The structure of a file for the reading view: deflated JSON, and its inflated length.
    CREATE TABLE contents (
      file INTEGER PRIMARY KEY REFERENCES file (id),
      deflated BLOB NOT NULL,
      length INTEGER NOT NULL
    );

    CREATE TABLE publication (
      id INTEGER PRIMARY KEY,
      slug TEXT NOT NULL UNIQUE,
      title TEXT NOT NULL,
      subtitle TEXT,
      abstract TEXT NOT NULL,
      issued TEXT NOT NULL,
      -- Of `issued`, for the index.
      year INTEGER NOT NULL,
      type TEXT NOT NULL,
      series TEXT,
      issn TEXT,
      number TEXT,
      language TEXT,
      doi TEXT,
      licence TEXT,
      source TEXT,
      -- Fields of the catalogue that the record has no place for, as JSON.
      unknown TEXT,
      -- The fields that staff left blank until the file is read, separated by spaces.
      blank TEXT,
      status TEXT NOT NULL
        CHECK (status IN ('draft', 'review', 'scheduled', 'published', 'withdrawn')),
      -- When a scheduled publication becomes public; otherwise the same as `first_public`, or the
      -- moment it was last scheduled for.
      public_from INTEGER CHECK (status NOT IN ('scheduled', 'published') OR public_from NOT NULL),
      -- When it became public for the first time; NULL when it has never been public.
      first_public INTEGER CHECK (status <> 'published' OR first_public NOT NULL),
      withdrawal_reason TEXT,
      file INTEGER REFERENCES file (id),
      -- The name that the file had when it was uploaded.
      file_name TEXT,
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
    -- When a record changed for harvesters.
    CREATE INDEX publication_datestamp ON publication (max(modified, ifnull(public_from, 0)), id);
    CREATE INDEX publication_announced ON publication (public_from DESC, issued DESC, id DESC);
    CREATE INDEX publication_scheduled ON publication (public_from) WHERE status = 'scheduled';

    CREATE TABLE author (
      publication INTEGER NOT NULL REFERENCES publication (id),
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      orcid TEXT,
      PRIMARY KEY (publication, position)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX author_name ON author (name, publication);

    CREATE TABLE topic (
      publication INTEGER NOT NULL REFERENCES publication (id),
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      PRIMARY KEY (publication, position)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX topic_name ON topic (name, publication);

    CREATE TABLE former_slug (
      slug TEXT NOT NULL PRIMARY KEY,
      publication INTEGER NOT NULL REFERENCES publication (id)
    ) WITHOUT ROWID;
    CREATE INDEX former_slug_publication ON former_slug (publication);

    CREATE TABLE former_file (
      publication INTEGER NOT NULL REFERENCES publication (id),
      file INTEGER NOT NULL REFERENCES file (id),
      replaced INTEGER NOT NULL,
      PRIMARY KEY (publication, file)
    ) WITHOUT ROWID;
    CREATE INDEX former_file_file ON former_file (file);

    -- Since when a publication is featured on the home page, and its correction notice.
    CREATE TABLE presentation (
      publication INTEGER PRIMARY KEY REFERENCES publication (id),
      featured INTEGER,
      correction TEXT
    );
    CREATE INDEX presentation_featured ON presentation (featured) WHERE featured NOT NULL;

    -- The nearest publications by text: their keys, nearest first, separated by spaces.
    CREATE TABLE related (
      publication INTEGER PRIMARY KEY REFERENCES publication (id),
      others TEXT NOT NULL
    );

    -- The forms that have made publications, so that a form sent twice makes one.
    CREATE TABLE deposit_form (
      token TEXT NOT NULL PRIMARY KEY,
      publication INTEGER NOT NULL REFERENCES publication (id),
      sent INTEGER NOT NULL
    ) WITHOUT ROWID;

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

    -- What readers searched for, day by day, without anything about the readers. `slowest` is in
    -- milliseconds; `places` is the sum of the ranks of the results that were opened.
    CREATE TABLE search_log (
      day TEXT NOT NULL,
      query TEXT NOT NULL,
      searches INTEGER NOT NULL,
      results INTEGER NOT NULL,
      slowest INTEGER NOT NULL,
      opened INTEGER NOT NULL DEFAULT 0,
      places INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (day, query)
    ) WITHOUT ROWID;

    CREATE TABLE staff (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      role TEXT NOT NULL CHECK (role IN ('author', 'editor', 'administrator')),
      password TEXT NOT NULL,
      created INTEGER NOT NULL
    );

    -- Tokens are stored as their SHA-256: reading the database gives nobody a session.
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

    -- Networks in which an account has signed in: failures from elsewhere do not slow it there.
    CREATE TABLE known_network (
      staff INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
      network TEXT NOT NULL,
      used INTEGER NOT NULL,
      PRIMARY KEY (staff, network)
    ) WITHOUT ROWID;

    CREATE TABLE audit (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      subject TEXT NOT NULL,
      detail TEXT NOT NULL,
      -- The changed value before and after, where the entry is about one value.
      before TEXT,
      after TEXT
    );
    CREATE INDEX audit_actor ON audit (actor);
    CREATE INDEX audit_subject ON audit (subject);

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
    INSERT INTO setting (name, value) VALUES ('harvest key', randomblob(32));

    PRAGMA application_id = 0x4F666650;
    PRAGMA user_version = 17;
    """
}
