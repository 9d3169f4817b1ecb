import Archive

/// `offprint backup`: copies the archive to another folder.
///
/// The copy is made by the command itself, also beside a running server; only the time of the backup
/// is stored by the process that has the archive.
struct BackupCommand: ArchiveCommand {
  static let name = "backup"
  static let summary = "Backs up the archive to another folder."
  static let forms = ["[--verify] DIR", "--completed"]
  static let details = """
    Works beside a running server. A file that DIR has already is not copied again, but every
    file is read and compared with its SHA-256, in the archive and in DIR: allow about 10 s for
    each gigabyte. A whole copy is never replaced. A damaged one is replaced by the archive's file
    if that is whole. Each file that is missing or damaged is named, and the exit status is 1;
    all others are copied. A run that is cut off leaves the earlier backup usable.
    `offprint restore` makes an archive of the copy.

    --verify   Reads new copies again from DIR, to find a disk that does not keep what it is
               given.
    --completed
               Only stores that a backup was made now, by Litestream or a snapshot, for the
               dashboard. A backup to DIR stores its time itself.
    """
  static let settings: [any Declaration] = [
    Declarations.all.data, Declarations.all.freeSpaceReserve, Declarations.all.checkpoint,
  ]

  /// nil if only the time of a backup is to be stored.
  private let folder: String?
  private let rereads: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    rereads = arguments.flag("--verify")
    folder = arguments.flag("--completed") ? nil : try arguments.word("DIR")
  }

  /// Of the archive, which gets the time.
  var writes: Bool { true }

  func run(on archive: Archive, _ session: CommandSession) throws -> ExitStatus {
    try archive.noteBackup(at: .now)
    return .done
  }

  func run(_ context: Context) throws -> ExitStatus {
    guard let folder else { return try runOnArchive(context) }
    let status = try copy(to: folder, context)
    var note = context
    note.words = [Self.name, "--completed"]
    do {
      _ = try runOnArchive(note)
    } catch {
      // The backup is made all the same, for example of a folder that cannot be written.
      context.console.say(
        "offprint: the dashboard will not show this backup: \(explanation(of: error))")
    }
    return status
  }

  private func copy(to folder: String, _ context: Context) throws -> ExitStatus {
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
