import Archive

/// A command that works on the archive.
///
/// One that writes is run by the process that has the archive: by the running server, which is
/// asked over its control socket, or else by the command itself. Both run the same code.
protocol ArchiveCommand: Command {
  /// Whether the archive is changed.
  var writes: Bool { get }

  /// Whether an interruption ends the command between two steps rather than at once.
  static var endsBetweenSteps: Bool { get }

  /// Reads what only the command's own process can: a password or standard input.
  ///
  /// Also checks what should fail before the archive is opened.
  func readInput(_ console: Console) throws -> [UInt8]

  /// Does the work.
  ///
  /// - Parameters:
  ///   - archive: Open for writing if the command writes.
  ///   - session: The caller's input, output and wish to stop.
  /// - Returns: The exit status.
  /// - Throws: What ended the work; it is shown to the caller and the status is then 1.
  func run(on archive: Archive, _ session: CommandSession) throws -> ExitStatus
}

extension ArchiveCommand {
  static var endsBetweenSteps: Bool { false }

  func readInput(_ console: Console) throws -> [UInt8] { [] }

  func run(_ context: Context) throws -> ExitStatus { try runOnArchive(context) }

  /// Runs the command here, or asks the server that has the archive to run it.
  func runOnArchive(_ context: Context) throws -> ExitStatus {
    let input = try readInput(context.console)
    let folder = context.settings.data
    let archive: Archive
    do throws(ArchiveError) {
      archive = try Archive.open(
        folder: folder, access: writes ? .exclusive : .reading,
        options: context.settings.archiveOptions)
    } catch .locked(let path, let process) {
      guard let client = ControlClient(folder: folder) else {
        throw ArchiveError.locked(folder: path, process: process)
      }
      return try client.run(ControlRequest(context.words, input: input), context.console)
    }
    defer { archive.close() }
    let extraction = ExtractionQueue(archive: archive, settings: context.settings)
    defer { extraction.stop() }
    let stop = Self.endsBetweenSteps ? StopRequest() : nil
    return try run(
      on: archive,
      CommandSession(
        output: TerminalOutput(context.console), input: input, settings: context.settings,
        extraction: extraction, isCancelled: { stop?.hasBeenMade ?? false }))
  }
}

/// What a command is given while it works on an archive.
struct CommandSession: Sendable {
  let output: any CommandOutput
  /// What ``ArchiveCommand/readInput(_:)`` returned.
  let input: [UInt8]
  /// Where relative paths of the command line start.
  var directory = "."
  /// Those of the process that has the archive.
  let settings: Settings
  /// The text extraction of that process.
  let extraction: ExtractionQueue
  /// What sends messages beside the server; nil without a server.
  var mail: MailRunner?
  /// Whether the caller has interrupted the command or is gone.
  let isCancelled: @Sendable () -> Bool

  /// The path of a file that the command line names.
  func path(_ path: String) -> String {
    path.hasPrefix("/") || directory == "." ? path : directory + "/" + path
  }
}
