extension Migrations {
  /// Controlled lists: authors, topics, series, licences and types.
  ///
  /// Publications keep names as they are printed; `list_name` says which entry a name means.
  static let lists: StaticString = """
    CREATE TABLE list_entry (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      list TEXT NOT NULL CHECK (list IN ('authors', 'topics', 'series', 'licences')),
      slug TEXT NOT NULL,
      -- The preferred name, what names are compared by, and what the list is sorted by.
      name TEXT NOT NULL,
      key TEXT NOT NULL,
      sort TEXT NOT NULL,
      -- Of authors; NULL when the name tells.
      kind TEXT CHECK (kind IN ('person', 'organization')),
      -- An author's ORCID, a series' ISSN, a licence's address.
      identifier TEXT,
      description TEXT NOT NULL DEFAULT '',
      -- Whether staff have added or edited it. Others are deleted with their last publication.
      edited INTEGER NOT NULL DEFAULT 0,
      UNIQUE (list, slug),
      UNIQUE (list, key)
    );
    CREATE INDEX list_entry_sort ON list_entry (list, sort);

    -- Every name that means an entry: its preferred name, its aliases, and other spellings.
    CREATE TABLE list_name (
      list TEXT NOT NULL,
      name TEXT NOT NULL,
      key TEXT NOT NULL,
      -- Its words in plain lower-case letters, each after a space, to find it by.
      folded TEXT NOT NULL,
      entry INTEGER NOT NULL REFERENCES list_entry (id) ON DELETE CASCADE,
      -- Whether it is saved as the preferred name when somebody types it.
      alias INTEGER NOT NULL DEFAULT 0,
      -- The name first, because SQLite assumes that a list has few names.
      PRIMARY KEY (name, list)
    ) WITHOUT ROWID;
    CREATE INDEX list_name_key ON list_name (key, list);
    CREATE INDEX list_name_entry ON list_name (entry);
    CREATE INDEX list_name_alias ON list_name (list) WHERE alias;

    -- The slugs that entries had, and those of entries that were merged into them.
    CREATE TABLE former_entry_slug (
      list TEXT NOT NULL,
      slug TEXT NOT NULL,
      entry INTEGER NOT NULL REFERENCES list_entry (id) ON DELETE CASCADE,
      PRIMARY KEY (list, slug)
    ) WITHOUT ROWID;
    CREATE INDEX former_entry_slug_entry ON former_entry_slug (entry);

    -- Pairs that look like duplicates and are not; `one` is the smaller key.
    CREATE TABLE distinct_entries (
      one INTEGER NOT NULL REFERENCES list_entry (id) ON DELETE CASCADE,
      other INTEGER NOT NULL REFERENCES list_entry (id) ON DELETE CASCADE,
      PRIMARY KEY (one, other)
    ) WITHOUT ROWID;
    CREATE INDEX distinct_entries_other ON distinct_entries (other);

    -- Types of publications that the site calls otherwise, hides or has added.
    CREATE TABLE publication_type (
      -- A built-in type, or with a type of the site after a colon.
      name TEXT NOT NULL PRIMARY KEY,
      label TEXT,
      hidden INTEGER NOT NULL
    ) WITHOUT ROWID;

    CREATE INDEX publication_licence ON publication (licence) WHERE licence NOT NULL;
    """
}
