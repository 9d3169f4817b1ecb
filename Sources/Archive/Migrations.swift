internal import SQLite

/// The schema of the database, and the steps that bring a database to the present version.
enum Migrations {
  /// The version of the baseline.
  ///
  /// Databases of earlier versions are carried over into a new folder by ``CarryOver``.
  static let baselineVersion = 17

  /// The version this program writes and reads.
  static var version: Int { baselineVersion + steps.count }

  /// Marks a database as ours: “OffP” in ASCII.
  private static let applicationID = 0x4F66_6650

  /// Creates the schema in a new database, or runs the steps that a database has not had yet, each
  /// in a transaction of its own.
  static func run(on database: Database, path: String) throws {
    var found = try database.maintain { try check($0, path: path) }
    if found == 0 {
      try createBaseline(on: database)
      found = baselineVersion
    }
    for step in steps.dropFirst(found - baselineVersion) {
      try database.write { try $0.script(step) }
    }
  }

  static func createBaseline(on database: Database) throws {
    try database.write { try $0.script(baseline) }
  }

  /// Refuses a database that another program, an unreleased version or a later version wrote.
  ///
  /// - Returns: The version of the database; 0 for a new one.
  static func check(_ connection: Connection, path: String) throws -> Int {
    let version = try storedVersion(connection, path: path)
    guard version == 0 || version >= baselineVersion else {
      throw ArchiveError.unreleased(path: path, found: version)
    }
    guard version <= Migrations.version else {
      throw ArchiveError.newer(path: path, found: version, known: Migrations.version)
    }
    return version
  }

  /// The version of a database of ours; 0 for a new one.
  static func storedVersion(_ connection: Connection, path: String) throws -> Int {
    let version = try connection.row("PRAGMA user_version") { $0.count(0) } ?? 0
    let application = try connection.row("PRAGMA application_id") { $0.count(0) } ?? 0
    let tables =
      try connection.row("SELECT count(*) FROM sqlite_schema") { $0.count(0) } ?? 0
    guard application == applicationID || (application == 0 && tables == 0) else {
      throw ArchiveError.foreign(path: path)
    }
    return version
  }

  /// The steps after the baseline, in order.
  ///
  /// Each ends by setting `user_version` to its number, the first to 18. A released step is never
  /// edited.
  private static let steps: [StaticString] = [
    """
    -- The numbers of erased subscribers are not used again, as tokens contain them.
    ALTER TABLE subscriber RENAME TO former_subscriber;
    CREATE TABLE subscriber (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      address TEXT NOT NULL UNIQUE COLLATE NOCASE,
      status TEXT NOT NULL
        CHECK (status IN ('pending', 'confirmed', 'unsubscribed', 'suspended')),
      asked INTEGER NOT NULL,
      -- When the owner of the address agreed: here by the link in a message, or where `consent` says.
      confirmed INTEGER,
      unsubscribed INTEGER,
      -- The tag of the language of messages; NULL for the site's.
      language TEXT,
      -- Where the owner agreed, of an imported subscriber.
      consent TEXT,
      -- When the link to the settings was last sent on request.
      link_sent INTEGER
    );
    INSERT INTO subscriber (id, address, status, asked, confirmed, unsubscribed)
      SELECT id, address, status, asked, confirmed, unsubscribed FROM former_subscriber;

    -- Each publication that became public, in order. It has one row for life: what is edited,
    -- replaced or published again is not announced again.
    CREATE TABLE release (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      publication INTEGER NOT NULL UNIQUE REFERENCES publication (id) ON DELETE CASCADE,
      at INTEGER NOT NULL,
      -- Whether a message has announced it to anybody.
      announced INTEGER NOT NULL DEFAULT 0,
      -- Whether subscribers are to hear of it: not of a back catalogue that is imported.
      announces INTEGER NOT NULL DEFAULT 1
    );
    CREATE INDEX release_at ON release (at);
    INSERT INTO release (publication, at)
      SELECT id, first_public FROM publication WHERE first_public NOT NULL
      ORDER BY first_public, id;
    CREATE TRIGGER release_of_new AFTER INSERT ON publication WHEN new.status = 'published' BEGIN
      INSERT INTO release (publication, at) VALUES (new.id, new.public_from);
    END;
    CREATE TRIGGER release_of_changed AFTER UPDATE OF status ON publication
      WHEN new.status = 'published'
        AND NOT EXISTS (SELECT 1 FROM release WHERE publication = new.id) BEGIN
      INSERT INTO release (publication, at) VALUES (new.id, new.public_from);
    END;

    CREATE TABLE subscription (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      subscriber INTEGER NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('everything', 'topic', 'author', 'series', 'search')),
      value TEXT NOT NULL,
      frequency TEXT NOT NULL CHECK (frequency IN ('at-once', 'weekly', 'monthly')),
      asked INTEGER NOT NULL,
      -- The number of the last release that was considered: only later ones are announced. NULL
      -- until the subscription is confirmed.
      considered INTEGER,
      -- The last confirmation message, and the hash of its token until it is used.
      confirmation_sent INTEGER,
      confirmation_token BLOB UNIQUE,
      UNIQUE (subscriber, kind, value)
    );
    CREATE INDEX subscription_considered ON subscription (frequency, considered)
      WHERE considered NOT NULL;
    INSERT INTO subscription (subscriber, kind, value, frequency, asked, considered,
        confirmation_sent, confirmation_token)
      SELECT id, 'everything', '', 'weekly', asked,
        CASE status WHEN 'pending' THEN NULL ELSE (SELECT ifnull(max(number), 0) FROM release) END,
        confirmation_sent, confirmation_token
      FROM former_subscriber WHERE status <> 'unsubscribed';
    DROP TABLE former_subscriber;

    -- Messages that were planned together.
    CREATE TABLE mail_run (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      frequency TEXT NOT NULL,
      at INTEGER NOT NULL,
      -- What is told about a corrected publication; NULL for new publications.
      publication INTEGER REFERENCES publication (id) ON DELETE CASCADE,
      correction TEXT
    );

    -- The queue. A message of a run is written when it is handed over for the first time; `bytes`
    -- is kept until it has been accepted or has failed.
    CREATE TABLE message (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      -- NULL for messages about subscriptions, which go first.
      run INTEGER REFERENCES mail_run (id) ON DELETE CASCADE,
      subscriber INTEGER REFERENCES subscriber (id) ON DELETE CASCADE,
      -- Of messages about subscriptions.
      recipient TEXT,
      envelope TEXT,
      -- The Message-ID without angle brackets.
      name TEXT,
      bytes BLOB,
      state TEXT NOT NULL DEFAULT 'planned'
        CHECK (state IN ('planned', 'handed over', 'accepted', 'deferred', 'failed')),
      planned INTEGER NOT NULL,
      -- When it may be handed over next.
      due INTEGER NOT NULL,
      tries INTEGER NOT NULL DEFAULT 0,
      first_tried INTEGER,
      last_tried INTEGER,
      -- Why the last try failed.
      reason TEXT,
      bounced INTEGER,
      unsubscribed INTEGER
    );
    CREATE INDEX message_due ON message (run NOT NULL, due, id)
      WHERE state IN ('planned', 'deferred');
    CREATE INDEX message_handed_over ON message (id) WHERE state = 'handed over';
    CREATE INDEX message_run ON message (run, state);
    CREATE INDEX message_subscriber ON message (subscriber, id);

    -- Which message announced a publication to a subscriber, and for which subscription: once for
    -- life.
    CREATE TABLE announced (
      publication INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
      subscriber INTEGER NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
      message INTEGER NOT NULL,
      subscription INTEGER NOT NULL,
      PRIMARY KEY (publication, subscriber)
    ) WITHOUT ROWID;
    CREATE INDEX announced_message ON announced (message);
    CREATE INDEX announced_subscriber ON announced (subscriber);

    CREATE TABLE bounce (
      message INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
      subscriber INTEGER NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
      at INTEGER NOT NULL,
      status TEXT NOT NULL
    );
    CREATE INDEX bounce_subscriber ON bounce (subscriber);

    -- Keyed hashes of erased addresses, which are not imported again.
    CREATE TABLE suppression (
      address BLOB NOT NULL PRIMARY KEY,
      at INTEGER NOT NULL
    ) WITHOUT ROWID;

    INSERT INTO setting (name, value) VALUES ('mail key', randomblob(32)) ON CONFLICT DO NOTHING;

    PRAGMA user_version = 18;
    """
  ]

  /// Instants are seconds since 1970; `day` counts days since 1970-01-01 in UTC.
  private static let baseline: StaticString = """
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
