import Archive
import System

/// Checks a bag and imports it into an empty archive.
struct BagImport {
  let folder: String

  /// Checks every file of the bag.
  ///
  /// - Returns: The version of its records; nil if it was cancelled.
  /// - Throws: ``BagError`` after showing each problem.
  func check(_ session: CommandSession) throws -> Int? {
    guard FileSystem.bytes(of: "\(folder)/\(Bag.declaration)") != nil else {
      throw BagError.noBag(folder)
    }
    let meter = ProgressMeter("Checking the bag", on: session.output)
    let check = BagCheck(folder, isCancelled: session.isCancelled) {
      meter.show(done: $0, of: $1)
    }
    meter.finish()
    for problem in check.problems { session.output.say("\(folder)/\(problem)") }
    guard check.problems.isEmpty else {
      throw BagError.invalid(folder, problems: check.problems.count)
    }
    guard check.isComplete else { return nil }
    let version = try Bag.information(of: folder).first { $0.name == Bag.recordVersion }?.text
    guard let version = version.flatMap({ Int($0) }) else { throw BagError.foreign(folder) }
    return version
  }

  /// Checks and imports the bag.
  ///
  /// - Returns: Whether it was imported with all its files.
  /// - Throws: ``BagError``, ``RecordImportError``, and what the archive throws.
  func run(on archive: Archive, _ session: CommandSession, isTrial: Bool) throws -> Bool {
    guard let version = try check(session) else { return false }
    guard !isTrial else {
      session.output.write("\(folder): a valid bag. Nothing was imported.\n")
      return true
    }
    let meter = ProgressMeter("Importing", on: session.output)
    let imported = try archive.importRecords(
      from: "\(folder)/\(Bag.payload)", version: version, isCancelled: session.isCancelled
    ) { meter.show(done: $0, of: $1) }
    meter.finish()
    guard imported.isComplete else { return false }
    for sha256 in imported.missingFiles {
      session.output.say("offprint: the bag has no file \(sha256), which its records name")
    }
    session.output.write(
      "\(grouped(imported.publications)) publications and \(grouped(imported.files)) files"
        + " imported.\n")
    return imported.missingFiles.isEmpty
  }
}
