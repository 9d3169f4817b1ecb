extension Migrations {
  /// Redirects of old addresses, and what records are called in the systems they come from.
  static let redirects: StaticString = """
    -- Addresses of an earlier site. Exactly one of `publication`, `topic`, `author` and `path` says
    -- where they lead.
    CREATE TABLE redirect (
      -- As RedirectKey makes it: decoded, in lower case, without a slash at the end.
      address TEXT NOT NULL PRIMARY KEY,
      publication INTEGER REFERENCES publication (id),
      -- Whether it leads to the file of the publication.
      is_file INTEGER NOT NULL DEFAULT 0,
      -- Where it leads as long as `publication` is not public.
      otherwise INTEGER REFERENCES publication (id),
      topic TEXT,
      author TEXT,
      path TEXT,
      added INTEGER NOT NULL,
      CHECK ((publication NOT NULL) + (topic NOT NULL) + (author NOT NULL) + (path NOT NULL) = 1)
    ) WITHOUT ROWID;
    CREATE INDEX redirect_publication ON redirect (publication);
    CREATE INDEX redirect_otherwise ON redirect (otherwise) WHERE otherwise NOT NULL;

    CREATE TABLE origin (
      -- The same in each import: the address of the other system and its number or identifier.
      name TEXT NOT NULL PRIMARY KEY,
      publication INTEGER NOT NULL REFERENCES publication (id)
    ) WITHOUT ROWID;
    CREATE INDEX origin_publication ON origin (publication);

    -- Catalogues name publications by DOI, in any letter case.
    CREATE INDEX publication_doi ON publication (doi COLLATE NOCASE) WHERE doi NOT NULL;
    """
}
