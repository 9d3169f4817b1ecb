import Archive

/// `offprint backup`: copies the archive to another folder.
struct BackupCommand: Command {
  static let name = "backup"
  static let summary = "Backs up the archive to another folder."
  static let forms = ["[--verify] DIR"]
  static let details = """
    Works beside a running server. A file that DIR has already is not copied again, but every
    file is read and compared with its SHA-256, in the archive and in DIR: allow about 10 s for
    each gigabyte. A whole copy is never replaced. A damaged one is replaced by the archive's file
    if that is whole. Each file that is missing or damaged is named, and the exit status is 1;
    all others are copied. A run that is cut off leaves the earlier backup usable.
    `offprint restore` makes an archive of the copy.

    --verify   Reads new copies again from DIR, to find a disk that does not keep what it is
               given.
    """
  static let settings: [any Declaration] = [Declarations.all.data]

  private let folder: String
  private let rereads: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    rereads = arguments.flag("--verify")
    folder = try arguments.word("DIR")
  }

  func run(_ context: Context) throws -> ExitStatus {
    let archive = try Archive.open(folder: context.settings.data, access: .reading)
    defer { archive.close() }
    let meter = ProgressMeter("Copying", on: TerminalOutput(context.console))
    let backup = try archive.backUp(to: folder, rereads: rereads) { meter.show($0) }
    meter.finish()
    context.console.write(
      "\(folder): the database, \(grouped(backup.copied)) files copied, "
        + "\(grouped(backup.kept)) there already.\n")
    return context.console.report(backup.findings)
  }
}

extension ProgressMeter {
  func show(_ progress: FileProgress) {
    show(done: progress.files, of: progress.totalFiles, fraction: progress.fraction)
  }
}

extension Console {
  /// Lists the damaged files; the status is 1 if there are any.
  func report(_ findings: [Backup.Finding]) -> ExitStatus {
    for finding in findings { say("\(finding)") }
    return findings.isEmpty ? .done : .foundSomethingWrong
  }
}
