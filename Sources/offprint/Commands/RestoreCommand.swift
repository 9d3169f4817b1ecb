import Archive

/// `offprint restore`: restores an archive from a backup.
struct RestoreCommand: Command {
  static let name = "restore"
  static let summary = "Restores an archive from a backup and verifies it."
  static let forms = ["DIR"]
  static let details = """
    DIR is what `offprint backup DIR` wrote, or the data folder of a version before the first
    release; it is only read. The data folder must not have an archive yet. A backup of an older
    version is brought up to date. The exit status is 1 when
    something of the backup is lost or damaged; what is whole is restored nevertheless.
    """
  static let settings: [any Declaration] = [Declarations.all.data]

  private let backup: String

  init(_ arguments: inout Arguments) throws(UsageError) {
    backup = try arguments.word("DIR")
  }

  func run(_ context: Context) throws -> ExitStatus {
    let folder = context.settings.data
    let meter = ProgressMeter("Restoring", on: TerminalOutput(context.console))
    let restored = try Archive.restore(from: backup, to: folder) { meter.show($0) }
    meter.finish()
    context.console.write(
      "\(folder): the database and \(grouped(restored.copied + restored.kept)) files.\n")
    let status = context.console.report(restored.findings)
    let archive = try Archive.open(folder: folder, access: .exclusive)
    defer { archive.close() }
    let verified = try VerifyCommand.verify(archive, on: TerminalOutput(context.console))
    return status == .done ? verified : status
  }
}
