import Archive
import Foundation
import SQLite
import Search
import Testing

@Suite("A folder from before the first release is carried over by a restore")
struct CarryOverTests {
  private let folder: String
  private var old: String { folder + "/old" }
  private var new: String { folder + "/new" }
  private var path: String { Folder(path: old).database }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "carry-over-\(UUID())").path
    let source = folder + "/old"
    let pdf = "%PDF-1.7\nharbours\n"
    let file = Folder(path: source).file(pdfHash)
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(pdf.utf8).write(to: URL(filePath: file))
    let database = try Database(path: Folder(path: source).database, access: .writing)
    defer { database.close() }
    try database.maintain { connection in
      try connection.script(oldSchema)
      try connection.script(oldRows)
    }
  }

  private func clean() { try? FileManager.default.removeItem(atPath: folder) }

  private func slug(_ text: String) throws -> Slug { try #require(Slug(text)) }

  @Test func everythingIsCarriedOver() throws {
    defer { clean() }
    let restored = try Archive.restore(from: old, to: new)
    #expect((restored.copied, restored.findings) == (1, []))
    let made = try FileManager.default.contentsOfDirectory(atPath: new).sorted()
    #expect(made == ["files", "lock", "offprint.sqlite3"])
    let archive = try Archive.open(folder: new, access: .exclusive)
    defer { archive.close() }
    #expect(try archive.verify().defects.isEmpty)

    let harbours = try #require(try archive.publications.forStaff(slug("harbours")))
    #expect(harbours.record.authors == ["Anna Smith", "Smith", "Bo Ek"])
    #expect(
      harbours.record.orcids == [
        "Anna Smith": ORCID("0000-0002-1825-0097"), "Bo Ek": ORCID("0000-0001-5109-3700"),
      ])
    #expect(harbours.record.topics == ["Ports", "Trade"])
    #expect(harbours.record.issn == ISSN("2049-3630"))
    #expect(harbours.firstPublic == noon && harbours.publicFrom == noon)
    #expect(harbours.file?.sha256 == pdfHash && harbours.file?.name == "harbours.pdf")
    #expect(try archive.texts.pages(of: try #require(harbours.file)) == ["Quays and piers"])
    #expect(
      try archive.publications.presentation(of: harbours.id).correction == "Page 3: 12, not 21.")
    #expect(try archive.publications.find(slug("old-name")) == .moved(to: harbours.slug))
    #expect(try archive.browse(Browse(author: "Bo Ek")).total == 1)
    #expect(try archive.search(SearchQuery("piers")).total == 1)
    #expect(try archive.usage.of(harbours.slug)?.total.requests == 5)

    guard case .gone(let withdrawn) = try archive.publications.find(slug("piers")) else {
      Issue.record("no tombstone")
      return
    }
    #expect(withdrawn.withdrawalReason == "Wrong figures")
    let quays = try archive.publications.forStaff(slug("quays"))
    #expect(quays?.status == .scheduled && quays?.firstPublic == nil)

    #expect(try archive.staff.accounts().map(\.name) == ["lena"])
    #expect(try archive.subscribers.list().items.map(\.address) == ["reader@example.org"])
    #expect(try archive.staff.lastAudit(of: harbours.slug)?.detail == "as was written")
    // Links in messages that were sent keep working.
    #expect(try archive.publications.harvestProof(of: "text") == "24e76fee5ef661e65e7c70b3bf582c1e")
  }

  @Test("Opening says how to carry it over", arguments: [Archive.Access.exclusive, .reading])
  func refusal(_ access: Archive.Access) throws {
    defer { clean() }
    let error = #expect(throws: ArchiveError.unreleased(path: path, found: 15)) {
      try Archive.open(folder: old, access: access)
    }
    #expect(error?.description.contains("offprint restore \(old) --data NEW-FOLDER") == true)
  }

  @Test func anEarlierVersionIsLeftToItsProgram() throws {
    defer { clean() }
    let database = try Database(path: path, access: .writing)
    try database.maintain { try $0.script("PRAGMA user_version = 9") }
    database.close()
    let error = #expect(throws: ArchiveError.unreleased(path: path, found: 9)) {
      try Archive.restore(from: old, to: new)
    }
    #expect(error?.description.contains("program of version 15") == true)
    #expect(!FileManager.default.fileExists(atPath: new))
  }

  @Test func ofADamagedDatabaseNothingIsCarriedOver() throws {
    defer { clean() }
    var bytes = try Data(contentsOf: URL(filePath: path))
    for place in stride(from: 4096 + 8, to: bytes.count, by: 4096) {
      bytes.replaceSubrange(place..<place + 64, with: [UInt8](repeating: 0xA5, count: 64))
    }
    try bytes.write(to: URL(filePath: path))
    #expect(throws: ArchiveError.self) { try Archive.restore(from: old, to: new) }
    let left = try? FileManager.default.contentsOfDirectory(atPath: new)
    #expect(left?.contains { $0.hasPrefix("offprint.sqlite3") } != true)
  }

  @Test func whatNoVersionWroteIsRefused() throws {
    defer { clean() }
    let database = try Database(path: path, access: .writing)
    try database.maintain {
      try $0.script("UPDATE publication SET authors = 'A' || char(10) || 'A'")
    }
    database.close()
    #expect(throws: ArchiveError.self) { try Archive.restore(from: old, to: new) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: new).sorted() == ["files", "lock"])
  }

  @Test func aMissingFileIsNamed() throws {
    defer { clean() }
    try FileManager.default.removeItem(atPath: Folder(path: old).file(pdfHash))
    let restored = try Archive.restore(from: old, to: new)
    #expect(restored.findings.map(\.outcome) == [.lost])
    #expect(restored.findings.first?.defect.slugs.map(\.description) == ["harbours"])
  }
}

/// Of "%PDF-1.7\nharbours\n".
private let pdfHash = "a1ddc919aaf0423d7445ecf61147d7a8aff734fda6fe5f45e309ad2c1f302d3a"

/// The tables of version 15, without its indexes.
private let oldSchema: StaticString = """
  CREATE TABLE file (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, octets INTEGER NOT NULL, pages INTEGER,
    text TEXT NOT NULL DEFAULT 'waiting', failure TEXT, deposited INTEGER NOT NULL,
    extractor INTEGER NOT NULL DEFAULT 0, findings TEXT);
  CREATE TABLE page (
    id INTEGER PRIMARY KEY, file INTEGER NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL,
    label TEXT, UNIQUE (file, number));
  CREATE TABLE contents (file INTEGER PRIMARY KEY, octets BLOB NOT NULL, length INTEGER NOT NULL);
  CREATE TABLE publication (
    id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, subtitle TEXT,
    abstract TEXT NOT NULL, authors TEXT NOT NULL, topics TEXT NOT NULL, issued TEXT NOT NULL,
    year INTEGER NOT NULL, type TEXT NOT NULL, series TEXT, number TEXT, language TEXT, doi TEXT,
    licence TEXT, source TEXT, unknown TEXT, status TEXT NOT NULL, public_from INTEGER,
    withdrawal_reason TEXT, file INTEGER, created INTEGER NOT NULL, modified INTEGER NOT NULL,
    catalogue_hash BLOB, blank TEXT, issn TEXT, orcids TEXT, file_name TEXT);
  CREATE TABLE creator (name TEXT, publication INTEGER, PRIMARY KEY (name, publication));
  CREATE TABLE subject (name TEXT, publication INTEGER, PRIMARY KEY (name, publication));
  CREATE TABLE former_slug (slug TEXT NOT NULL PRIMARY KEY, publication INTEGER NOT NULL);
  CREATE TABLE former_file (
    publication INTEGER NOT NULL, file INTEGER NOT NULL, replaced INTEGER NOT NULL,
    PRIMARY KEY (publication, file));
  CREATE TABLE presentation (publication INTEGER PRIMARY KEY, featured INTEGER, correction TEXT);
  CREATE TABLE related (publication INTEGER PRIMARY KEY, others TEXT NOT NULL);
  CREATE TABLE deposit_form (
    token TEXT NOT NULL PRIMARY KEY, publication INTEGER NOT NULL, sent INTEGER NOT NULL);
  CREATE TABLE usage (
    publication INTEGER NOT NULL, day INTEGER NOT NULL, investigations INTEGER NOT NULL,
    requests INTEGER NOT NULL, unique_investigations INTEGER NOT NULL,
    unique_requests INTEGER NOT NULL, PRIMARY KEY (publication, day));
  CREATE TABLE search_log (
    day TEXT NOT NULL, query TEXT NOT NULL, searches INTEGER NOT NULL, results INTEGER NOT NULL,
    slowest INTEGER NOT NULL, opened INTEGER NOT NULL DEFAULT 0, places INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, query));
  CREATE TABLE staff (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, role TEXT NOT NULL,
    password TEXT NOT NULL, created INTEGER NOT NULL);
  CREATE TABLE session (
    token BLOB NOT NULL PRIMARY KEY, staff INTEGER NOT NULL, began INTEGER NOT NULL,
    used INTEGER NOT NULL);
  CREATE TABLE invitation (
    token BLOB NOT NULL PRIMARY KEY, role TEXT NOT NULL, expires INTEGER NOT NULL);
  CREATE TABLE known_network (
    staff INTEGER NOT NULL, network TEXT NOT NULL, used INTEGER NOT NULL,
    PRIMARY KEY (staff, network));
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
    subject TEXT NOT NULL, detail TEXT NOT NULL, before TEXT, after TEXT);
  CREATE TABLE subscriber (
    id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE COLLATE NOCASE, status TEXT NOT NULL,
    asked INTEGER NOT NULL, confirmed INTEGER, unsubscribed INTEGER, confirmation_sent INTEGER,
    confirmation_token BLOB UNIQUE);
  CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL);
  PRAGMA application_id = 0x4F666650;
  PRAGMA user_version = 15;
  """

private let oldRows: StaticString = """
  INSERT INTO file (id, sha256, octets, pages, text, deposited)
    VALUES (4, 'a1ddc919aaf0423d7445ecf61147d7a8aff734fda6fe5f45e309ad2c1f302d3a', 18, 1, 'read', 1700000000);
  INSERT INTO page (file, number, text) VALUES (4, 1, 'Quays and piers');
  INSERT INTO publication (id, slug, title, abstract, authors, topics, issued, year, type, issn,
      orcids, status, public_from, file, file_name, created, modified)
    VALUES (7, 'harbours', 'Harbours', '',
      'Anna Smith' || char(10) || 'Smith' || char(10) || 'Bo Ek', 'Ports' || char(10) || 'Trade',
      '2010-02-25', 2010, 'report', '2049-3630',
      '0000-0002-1825-0097 Anna Smith' || char(10) || '0000-0001-5109-3700 Bo Ek',
      'published', 1700000000, 4, 'harbours.pdf', 1700000000, 1700000000);
  INSERT INTO publication (id, slug, title, abstract, authors, topics, issued, year, type, status,
      public_from, withdrawal_reason, created, modified)
    VALUES (8, 'piers', 'Piers', '', '', '', '2010', 2010, 'report', 'withdrawn', 1700000000,
      'Wrong figures', 1700000000, 1700000000),
    (9, 'quays', 'Quays', '', '', '', '2011', 2011, 'report', 'scheduled', 9900000000,
      NULL, 1700000000, 1700000000);
  INSERT INTO former_slug VALUES ('old-name', 7);
  INSERT INTO presentation VALUES (7, NULL, 'Page 3: 12, not 21.');
  INSERT INTO related VALUES (7, '8 9');
  INSERT INTO usage VALUES (7, 19000, 9, 5, 8, 4);
  INSERT INTO staff VALUES (1, 'lena', 'editor', 'hash', 1700000000);
  INSERT INTO session VALUES (x'01', 1, 1700000000, 1700000000);
  INSERT INTO audit VALUES (1, 1700000000, 'lena', 'published', 'harbours', 'as was written',
    NULL, NULL);
  INSERT INTO subscriber (address, status, asked, confirmed)
    VALUES ('reader@example.org', 'confirmed', 1700000000, 1700000000);
  INSERT INTO setting VALUES ('harvest key', x'0102');
  """
