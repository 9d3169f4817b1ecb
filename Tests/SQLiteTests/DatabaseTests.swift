import Foundation
import SQLite
import Testing

@Suite("A database has one writer and readers that never wait for it")
struct DatabaseTests {
  @Test func whatThrowsInATransactionLeavesNothingBehind() throws {
    try withDatabase { (database) throws in
      struct Refused: Error {}
      #expect(throws: Refused.self) {
        try database.write { connection in
          try connection.run("INSERT INTO entry (name) VALUES (\("a"))")
          throw Refused()
        }
      }
      #expect(try count(database) == 0)
    }
  }

  @Test func aReaderSeesOneStateWhileOthersWrite() throws {
    try withDatabase { (database) throws in
      let seen = try database.read { reader in
        let before = try reader.row("SELECT count(*) FROM entry") { $0.count(0) }
        try database.write { try $0.run("INSERT INTO entry (name) VALUES (\("a"))") }
        return [before, try reader.row("SELECT count(*) FROM entry") { $0.count(0) }]
      }
      #expect(seen == [0, 0])
      #expect(try count(database) == 1)
    }
  }

  @Test func manyReadersReadBesideAWriter() throws {
    try withDatabase { (database) throws in
      DispatchQueue.concurrentPerform(iterations: 8) { lane in
        for number in 0..<50 {
          if lane == 0 {
            _ = try? database.write {
              try $0.run("INSERT INTO entry (name) VALUES (\("a\(number)")), (\("b\(number)"))")
            }
          } else {
            let seen = (try? count(database)) ?? -1
            #expect(seen >= 0 && seen % 2 == 0)
          }
        }
      }
      #expect(try count(database) == 100)
    }
  }

  @Test func aReaderCannotWrite() throws {
    try withDatabase { (database) throws in
      #expect(throws: SQLiteError.self) {
        try database.read { _ = try $0.run("DELETE FROM entry") }
      }
    }
  }

  @Test func aDatabaseOpenedForReadingRefusesToWrite() throws {
    try withDatabase { _ in
    } then: { path in
      let reading = try Database(path: path, access: .reading)
      let error = #expect(throws: SQLiteError.self) {
        try reading.write { _ = try $0.run("DELETE FROM entry") }
      }
      #expect(error?.reason == .readOnly)
    }
  }

  @Test func whatTakesTooLongIsCutOff() throws {
    let connection = try Connection(path: ":memory:", access: .writing)
    let error = #expect(throws: SQLiteError.self) {
      try connection.limited(to: .milliseconds(5)) {
        _ = try connection.run(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
      }
    }
    #expect(error?.reason == .interrupted)
    #expect(try connection.row("SELECT 1") { $0.integer(0) } == 1)
  }

  @Test func anErrorNamesTheStatementAndNotItsValues() throws {
    let connection = try Connection(path: ":memory:", access: .writing)
    let error = #expect(throws: SQLiteError.self) {
      try connection.run("SELECT * FROM nowhere WHERE name = \("secret")")
    }
    #expect(error?.description.contains("nowhere") == true)
    #expect(error?.description.contains("secret") == false)
  }

  @Test func aStatementMayRunInsideItself() throws {
    try withDatabase { (database) throws in
      try database.write { connection in
        try connection.run("INSERT INTO entry (name) VALUES ('a'), ('b')")
        var names: [String] = []
        try connection.each("SELECT name FROM entry") { row in
          names.append(row.text(0))
          names += (try? connection.rows("SELECT name FROM entry") { $0.text(0) }) ?? []
          return true
        }
        #expect(names == ["a", "a", "b", "b", "a", "b"])
      }
    }
  }

  @Test func whatIsNoDatabaseIsSaidToBeDamaged() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "a.sqlite3")
    try Data(repeating: 0x41, count: 8192).write(to: file)
    let error = #expect(throws: SQLiteError.self) {
      _ = try Connection(path: file.path, access: .writing)
    }
    #expect(error?.reason == .damaged)
  }

  private func count(_ database: Database) throws -> Int {
    try database.read { try $0.row("SELECT count(*) FROM entry") { $0.count(0) } ?? -1 }
  }

  private func withDatabase(
    _ body: (Database) throws -> Void, then: (String) throws -> Void = { _ in }
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "test.sqlite3").path
    let database = try Database(path: path, access: .writing)
    try database.maintain { try $0.script("CREATE TABLE entry (name TEXT NOT NULL);") }
    try body(database)
    try then(path)
  }
}
