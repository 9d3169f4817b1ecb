internal import SQLite
internal import System

/// Converts a database of the last version before the first release to the present schema.
///
/// Nothing is lost but the list of related publications, which is computed again.
enum CarryOver {
  /// The version that can be converted; the program that wrote it brings older ones to it.
  static let version = 15

  /// Replaces a copy of an old database by a converted one.
  ///
  /// - Parameter path: The copy. It is renamed to ``oldCopy(_:)`` and removed at the end.
  /// - Throws: What the database or the disk throws.
  static func convert(_ path: String) throws {
    let old = oldCopy(path)
    try FileSystem.rename(path, to: old)
    try FileSystem.create(path, [])
    let database = try Database(path: path, access: .writing)
    defer { database.close() }
    try Migrations.createBaseline(on: database)
    try database.maintain { connection in
      try connection.run("ATTACH \(old) AS old")
      try connection.transaction {
        try connection.script(copies)
        try connection.copyLists()
      }
      try connection.run("DETACH old")
    }
    try Migrations.run(on: database, path: path)
    try database.maintain { connection in
      // One file that can be renamed, without a write-ahead log beside it.
      try connection.run("PRAGMA journal_mode = DELETE")
    }
    database.close()
    try FileSystem.remove(old)
    try FileSystem.flush(path)
  }

  static func oldCopy(_ path: String) -> String { path + ".old" }

  private static let copies: StaticString = """
    INSERT INTO file (id, sha256, bytes, pages, text, failure, deposited, extractor, findings)
      SELECT id, sha256, octets, pages, text, failure, deposited, extractor, findings
      FROM old.file;
    INSERT INTO page (id, file, number, label, text)
      SELECT id, file, number, label, text FROM old.page;
    INSERT INTO contents (file, deflated, length) SELECT file, octets, length FROM old.contents;
    INSERT INTO publication (id, slug, title, subtitle, abstract, issued, year, type, series, issn,
        number, language, doi, licence, source, unknown, blank, status, public_from, first_public,
        withdrawal_reason, file, file_name, created, modified, catalogue_hash)
      SELECT id, slug, title, subtitle, abstract, issued, year, type, series, issn,
        number, language, doi, licence, source, unknown, blank, status, public_from,
        CASE WHEN status <> 'scheduled' THEN public_from END,
        withdrawal_reason, file, file_name, created, modified, catalogue_hash
      FROM old.publication;
    INSERT INTO former_slug (slug, publication) SELECT slug, publication FROM old.former_slug;
    INSERT INTO former_file (publication, file, replaced)
      SELECT publication, file, replaced FROM old.former_file;
    INSERT INTO presentation (publication, featured, correction)
      SELECT publication, featured, correction FROM old.presentation;
    INSERT INTO deposit_form (token, publication, sent)
      SELECT token, publication, sent FROM old.deposit_form;
    INSERT INTO usage (publication, day, investigations, requests, unique_investigations,
        unique_requests)
      SELECT publication, day, investigations, requests, unique_investigations, unique_requests
      FROM old.usage;
    INSERT INTO search_log (day, query, searches, results, slowest, opened, places)
      SELECT day, query, searches, results, slowest, opened, places FROM old.search_log;
    INSERT INTO staff (id, name, role, password, created)
      SELECT id, name, role, password, created FROM old.staff;
    INSERT INTO session (token, staff, began, used)
      SELECT token, staff, began, used FROM old.session;
    INSERT INTO invitation (token, role, expires) SELECT token, role, expires FROM old.invitation;
    INSERT INTO known_network (staff, network, used)
      SELECT staff, network, used FROM old.known_network;
    INSERT INTO audit (id, at, actor, action, subject, detail, before, after)
      SELECT id, at, actor, action, subject, detail, before, after FROM old.audit;
    INSERT INTO subscriber (id, address, status, asked, confirmed, unsubscribed,
        confirmation_sent, confirmation_token)
      SELECT id, address, status, asked, confirmed, unsubscribed,
        confirmation_sent, confirmation_token
      FROM old.subscriber;
    INSERT OR REPLACE INTO setting (name, value) SELECT name, value FROM old.setting;
    """
}

extension Connection {
  /// Copies the lists that had one value a line in a column; a line of `orcids` had a number, a
  /// space and an author's name.
  fileprivate func copyLists() throws(SQLiteError) {
    func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
    let old = try rows("SELECT id, authors, topics, ifnull(orcids, '') FROM old.publication") {
      (
        id: $0.integer(0), authors: lines($0.text(1)), topics: lines($0.text(2)),
        orcids: lines($0.text(3))
      )
    }
    for publication in old {
      let orcids = publication.orcids.reduce(into: [String: ORCID]()) { orcids, line in
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        if parts.count == 2 { orcids[parts[1]] = ORCID(parts[0]) }
      }
      try insertAuthors(publication.authors, orcids, of: publication.id)
      try insertTopics(publication.topics, of: publication.id)
    }
  }
}
