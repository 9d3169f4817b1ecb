import Archive

/// `offprint backup`: a whole copy of the archive in another folder.
struct BackupCommand: Command {
  static let name = "backup"
  static let summary = "Backs up the archive to another folder."
  static let forms = ["DIR"]
  static let details = """
    Works beside a running server. Files that an earlier backup left in DIR are not copied
    again. The exit status is 1 when a file that should be copied is not there; all others are
    copied nevertheless. `offprint restore` makes an archive of the copy.
    """
  static let settings: [any Declaration] = [Declarations.all.data]

  private let folder: String

  init(_ arguments: inout Arguments) throws(UsageError) {
    folder = try arguments.word("DIR")
  }

  func run(_ context: Context) throws -> ExitStatus {
    let archive = try Archive.open(folder: context.settings.data, access: .reading)
    defer { archive.close() }
    let display = ProgressDisplay("Copying", on: context.console)
    let backup = try archive.backUp(to: folder) { done, total in
      display.show(done: done, of: total, fraction: Double(done) / Double(max(1, total)))
    }
    display.finish()
    context.console.write(
      "\(folder): the database, \(grouped(backup.files)) files copied, "
        + "\(grouped(backup.kept)) there already.\n")
    for sha256 in backup.missing { context.console.say("file \(sha256): is missing") }
    return backup.missing.isEmpty ? .done : .foundSomethingWrong
  }
}
