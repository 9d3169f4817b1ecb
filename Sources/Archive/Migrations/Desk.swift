extension Migrations {
  /// Indexes for what the dashboard counts and for totals by day.
  static let desk: StaticString = """
    CREATE INDEX publication_unpublished ON publication (status, file)
      WHERE status = 'draft' OR status = 'review';
    CREATE INDEX publication_without_abstract ON publication (status, public_from)
      WHERE abstract = '';
    CREATE INDEX file_unreadable ON file (id) WHERE text = 'unreadable';
    CREATE INDEX message_failed ON message (planned) WHERE state = 'failed';

    -- With the counts, so that totals are added up without reading the table.
    DROP INDEX usage_day;
    CREATE INDEX usage_day
      ON usage (day, investigations, requests, unique_investigations, unique_requests);
    """
}
