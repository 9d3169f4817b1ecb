extension Migrations {
  /// Subscriptions, releases and the mail queue.
  static let mail: StaticString = """
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
    """
}
