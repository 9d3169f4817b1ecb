import Foundation
import SQLite
import Testing

@testable import Archive

/// An archive with rows in every table that is preserved, and what it writes.
private struct PreservedArchive {
  let home: TemporaryArchive
  let folder = NSTemporaryDirectory() + "offprint-preserved-\(UUID().uuidString)"

  init() throws {
    home = try TemporaryArchive()
    let first = try home.deposit(
      "Harbours", abstract: "Fog.\n\n“Mist” & <rain>", authors: ["Ida Mist", "Jean Fog"],
      topics: ["Weather"], file: try home.incoming())
    try home.deposit(
      "Secret plans", authors: ["Nadia Hidden"], topics: ["Secrecy"], status: .draft,
      file: try home.incoming("%PDF-1.7\nsecret"))
    let gone = try home.deposit(
      "Lighthouses", authors: ["Ida Mist"], file: try home.incoming("%PDF-1.7\nlight"))
    _ = try home.archive.publications.withdraw(
      gone.id, reason: "Errors in table 3.", by: librarian, at: noon)
    try home.deposit(
      "Tides", status: .scheduled, publicFrom: noon.adding(seconds: 4_000_000_000),
      file: try home.incoming("%PDF-1.7\ntides"))
    #expect(first.id == 1)
    try home.archive.core.change(.everything) { try $0.script(Self.rows) }
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// Rows that only long use makes.
  private static let rows: StaticString = """
    INSERT INTO page (file, number, label, text) VALUES
      (1, 1, 'iv', 'Fog "in"' || char(10) || char(12) || char(8232) || ' the \\ harbour' || char(9)),
      (1, 2, NULL, ''), (2, 1, NULL, 'Secret words'), (3, 1, NULL, 'Light');
    INSERT INTO contents (file, deflated, length) VALUES (1, x'00ff7f80', 4);
    INSERT INTO file_fact (file, needs_password, is_encrypted, pages_without_text, is_tagged)
      VALUES (1, 0, 1, 2, 0);
    INSERT INTO text_sketch (file, sketch) VALUES (1, x'0102'), (2, x'');
    UPDATE file SET text = 'read', pages = 2, extractor = 3, findings = '{"title":"Fog"}'
      WHERE id = 1;
    INSERT INTO former_file (publication, file, replaced, reason, name)
      VALUES (1, 3, 1600000000, 'Table 3 was wrong.', 'first.pdf');
    INSERT INTO former_slug (slug, publication) VALUES ('old-harbours', 1), ('old-secret', 2);
    INSERT OR REPLACE INTO presentation (publication, featured, correction, place)
      VALUES (1, 1600000000, 'Page 2: fog, not frog.', 1);
    INSERT INTO blank_field (publication, field) VALUES (2, 'abstract');
    INSERT INTO usage VALUES (1, 19000, 9, 8, 7, 6);
    INSERT INTO origin (name, publication) VALUES ('https://old.example.org 17', 1);
    INSERT INTO redirect (address, publication, is_file, otherwise, topic, author, path, added)
      VALUES ('/p/1', 1, 0, NULL, NULL, NULL, NULL, 5), ('/p/1.pdf', 1, 1, 2, NULL, NULL, NULL, 5),
        ('/fog', NULL, 0, NULL, 'Weather', NULL, NULL, 5), ('/x', NULL, 0, NULL, NULL, NULL, '/', 5);
    INSERT INTO former_entry_slug (list, slug, entry)
      SELECT list, 'was-' || slug, id FROM list_entry WHERE name = 'Ida Mist';
    INSERT INTO distinct_entries (one, other) SELECT min(id), max(id) FROM list_entry;
    UPDATE list_entry SET description = 'On fog.', identifier = '0000-0002-1825-0097', edited = 1
      WHERE name = 'Ida Mist';
    INSERT OR REPLACE INTO publication_type (name, label, hidden) VALUES ('thesis', NULL, 1);
    INSERT INTO site_setting (name, value) VALUES ('site-name', 'Library of Fog');
    INSERT INTO site_logo (id, type, bytes) VALUES (1, 'png', x'89504e470d0a1a0a');
    INSERT INTO synonym VALUES (0, 0, 'DPRK'), (0, 1, 'North Korea');
    INSERT INTO different_work (publication, other) VALUES (1, 2);
    INSERT INTO review_comment (publication, author, at, text, status)
      VALUES (2, 'nadia', 1600000000, 'Not yet.', NULL);
    """

  /// Writes the records with their PDFs.
  func write(hasHidden: Bool = true, of archive: Archive? = nil, to path: String? = nil) throws {
    let archive = archive ?? home.archive
    let path = path ?? folder
    for file in try archive.writeRecords(to: path, hasHidden: hasHidden, at: noon) {
      let defect = try archive.files.copy(
        sha256: file.sha256, bytes: file.bytes, to: "\(path)/\(file.path)")
      #expect(defect == nil)
    }
  }

  /// The files below a folder and their content.
  static func tree(_ path: String) throws -> [String: Data] {
    var tree: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      if let content = FileManager.default.contents(atPath: "\(path)/\(name)") {
        tree[name] = content
      }
    }
    return tree
  }
}

@Suite("What is preserved is read back without losing a field")
struct PreservationTests {
  @Test("Every table of the database is preserved, or left out with intent")
  func tables() throws {
    let home = try TemporaryArchive()
    let tables = try home.archive.core.read { connection in
      try connection.rows(
        """
        SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        """
      ) { $0.text(0) }
    }
    let preserved = Set(RecordTable.all(at: noon).map(\.name))
    #expect(Set(tables).subtracting(preserved).subtracting(RecordTable.leftOut).isEmpty)
    #expect(preserved.union(RecordTable.leftOut).subtracting(tables).isEmpty)
    #expect(preserved.isDisjoint(with: RecordTable.leftOut))
  }

  @Test func roundTrip() throws {
    let preserved = try PreservedArchive()
    defer { preserved.remove() }
    try preserved.write()
    let before = try PreservedArchive.tree(preserved.folder)
    for table in RecordTable.all(at: noon) where !table.isByFile {
      let name = "records/\(table.name).jsonl"
      #expect(before[name] != nil || before["not-public/" + name] != nil, "\(table.name)")
    }
    let other = try TemporaryArchive()
    let imported = try other.archive.importRecords(
      from: preserved.folder, version: Archive.recordVersion)
    #expect(imported.isComplete)
    #expect((imported.publications, imported.files) == (4, 4))
    #expect(try other.archive.verify().defects.isEmpty)
    let again = preserved.folder + "-again"
    defer { try? FileManager.default.removeItem(atPath: again) }
    try preserved.write(of: other.archive, to: again)
    let after = try PreservedArchive.tree(again)
    #expect(Set(after.keys) == Set(before.keys))
    for (name, content) in before { #expect(after[name] == content, "\(name)") }

    let found = try #require(try other.archive.publications.forStaff(Slug.of("harbours"), at: noon))
    #expect(found == (try preserved.home.archive.publications.forStaff(found.slug, at: noon)))
    #expect(
      try other.archive.publications.formerFiles(of: found.id).first?.reason?.isEmpty == false)
    #expect(
      try other.archive.publications.formerSlugs(of: found.id).map(\.description)
        == ["old-harbours"])
  }

  @Test("The public part has nothing that readers cannot see")
  func hidden() throws {
    let preserved = try PreservedArchive()
    defer { preserved.remove() }
    try preserved.write()
    let tree = try PreservedArchive.tree(preserved.folder)
    let shown = tree.filter { !$0.key.hasPrefix("not-public/") }
    #expect(shown.keys.contains("records/publication.jsonl"))
    for (name, content) in shown {
      for word in ["ecret", "Hidden", "Tides", "tides", "Errors in table"] {
        #expect(content.range(of: Data(word.utf8)) == nil, "\(word) in \(name)")
      }
    }
    try FileManager.default.removeItem(atPath: preserved.folder)
    try preserved.write(hasHidden: false)
    #expect(try PreservedArchive.tree(preserved.folder) == shown)

    let other = try TemporaryArchive()
    let imported = try other.archive.importRecords(
      from: preserved.folder, version: Archive.recordVersion)
    #expect((imported.publications, imported.files) == (1, 2))
  }

  @Test("Accounts, subscribers and keys are in no file")
  func people() throws {
    let preserved = try PreservedArchive()
    defer { preserved.remove() }
    try preserved.write()
    let names = try PreservedArchive.tree(preserved.folder).keys
    for table in RecordTable.leftOut {
      #expect(!names.contains { $0.hasSuffix("/\(table).jsonl") })
    }
  }

  @Test(
    "Wrong records change nothing",
    arguments: [
      ("records/publication.jsonl", "[]\n"),
      ("records/publication.jsonl", "{\"id\":77}\n"),
      ("records/publication.jsonl", "no JSON\n"),
      ("records/file.jsonl", "{\"id\":77,\"colour\":\"red\"}\n"),
      ("records/former_slug.jsonl", "{\"publication\":1,\"slug\":\"../../etc\"}\n"),
      ("records/author.jsonl", "{\"name\":\"X\",\"position\":9,\"publication\":99}\n"),
      ("records/staff.jsonl", "{\"name\":\"root\"}\n"),
      ("records/sqlite_schema.jsonl", "{}\n"),
      ("records/nothing.jsonl", "{}\n"),
      (
        "records/file.jsonl",
        "{\"bytes\":1,\"deposited\":1,\"id\":78,\"sha256\":\"\(String(repeating: "/", count: 64))\"}\n"
      ),
    ])
  func wrongRecords(_ name: String, _ line: String) throws {
    let preserved = try PreservedArchive()
    defer { preserved.remove() }
    try preserved.write()
    let path = "\(preserved.folder)/\(name)"
    let before = FileManager.default.contents(atPath: path)
    try ((before ?? Data()) + Data(line.utf8)).write(to: URL(filePath: path))
    let other = try TemporaryArchive()
    func importAll() throws -> Archive.ImportedRecords {
      try other.archive.importRecords(from: preserved.folder, version: Archive.recordVersion)
    }
    #expect(throws: RecordImportError.self) { try importAll() }
    #expect(try other.archive.publications.count(at: noon) == 0)
    if let before {
      try before.write(to: URL(filePath: path))
    } else {
      try FileManager.default.removeItem(atPath: path)
    }
    #expect(try importAll().isComplete)
  }

  @Test("Only an empty archive takes records, and only those that it knows")
  func refused() throws {
    let preserved = try PreservedArchive()
    defer { preserved.remove() }
    try preserved.write()
    #expect(throws: RecordImportError.notEmpty(folder: preserved.home.folder)) {
      try preserved.home.archive.importRecords(
        from: preserved.folder, version: Archive.recordVersion)
    }
    let other = try TemporaryArchive()
    let newer = Archive.recordVersion + 1
    #expect(throws: RecordImportError.newer(found: newer, known: newer - 1)) {
      try other.archive.importRecords(from: preserved.folder, version: newer)
    }
  }

  @Test("An import that is cut off leaves the archive empty, and can be repeated")
  func interrupted() throws {
    let preserved = try PreservedArchive()
    defer { preserved.remove() }
    try preserved.write()
    let other = try TemporaryArchive()
    var files = 0
    let first = try other.archive.importRecords(
      from: preserved.folder, version: Archive.recordVersion, isCancelled: { files >= 2 },
      progress: { done, _ in files = done })
    #expect((first.isComplete, first.files, first.publications) == (false, 2, 0))
    #expect(try other.archive.publications.count(at: noon) == 0)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: other.archive.folder.incoming) == [])
    let second = try other.archive.importRecords(
      from: preserved.folder, version: Archive.recordVersion)
    #expect((second.isComplete, second.files) == (true, 4))
  }

  @Test("Subscribers of the empty archive hear nothing of what is imported")
  func subscribers() throws {
    let preserved = try PreservedArchive()
    defer { preserved.remove() }
    try preserved.write()
    let other = try TemporaryArchive()
    try other.archive.core.change(.nothingPublic) { connection in
      try connection.script(
        """
        INSERT INTO subscriber (id, address, status, asked, confirmed)
          VALUES (1, 'reader@example.org', 'confirmed', 1, 1);
        INSERT INTO subscription (subscriber, kind, value, frequency, asked, considered)
          VALUES (1, 'everything', '', 'weekly', 1, 0);
        """)
    }
    _ = try other.archive.importRecords(from: preserved.folder, version: Archive.recordVersion)
    let (considered, last) = try other.archive.core.read { connection in
      (
        try connection.row("SELECT considered FROM subscription") { $0.count(0) },
        try connection.row("SELECT max(number) FROM release") { $0.count(0) }
      )
    }
    #expect(considered == last)
  }
}

extension Slug {
  /// A slug of a test.
  fileprivate static func of(_ text: String) -> Slug {
    guard let slug = Slug(text) else { fatalError("\(text) is a slug") }
    return slug
  }
}
