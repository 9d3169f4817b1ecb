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
    try run(steps.dropFirst(found - baselineVersion), on: database, from: found)
  }

  /// Creates the schema of an earlier version, or of the present one, in a new database.
  static func create(version: Int, on database: Database) throws {
    try createBaseline(on: database)
    try run(steps.prefix(version - baselineVersion), on: database, from: baselineVersion)
  }

  private static func run(
    _ steps: ArraySlice<StaticString>, on database: Database, from version: Int
  ) throws {
    for (index, step) in steps.enumerated() {
      try database.write { connection in
        try connection.script(step)
        try connection.setUserVersion(version + index + 1)
      }
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

  /// The steps after the baseline, in order: the first brings a database to version 18.
  ///
  /// Each is in a file of its own. A released step is never edited.
  private static let steps: [StaticString] = [
    mail,
    desk,
    fileFactTable,
    siteSettings,
    accountSecurity,
    deskText,
    bulkEdits,
    redirects,
    uploads,
    blankFields,
    duplicates,
    lists,
    review,
    catalogueUploads,
    generationTable,
    publicationRanges,
    publicFiles,
    synonyms,
  ]
}
