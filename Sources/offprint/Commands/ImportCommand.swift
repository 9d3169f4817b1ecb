import Archive
import Compression
import Foundation

/// `offprint import`: imports the records of a catalogue with their files.
struct ImportCommand: ArchiveCommand {
  static let name = "import"
  static let summary = "Imports the records of a catalogue."
  static let forms = [
    "CATALOGUE.jsonl[.gz] [--files DIR] [--dry-run] [--no-extract] [--no-mail]"
  ]
  static let details = """
    One JSON object a line: slug?, title, subtitle?, abstract?, authors[], published, type?,
    series?, number?, topics[]?, language?, doi?, licence?, source?, pdf?. Other keys are stored
    with the record. Records that have not changed since the last import are skipped, so an
    interrupted import can be run again. The exit status is 1 if a line could not be imported.

    --files DIR    The folder of the files that “pdf” names.
    --dry-run      Checks everything and imports nothing.
    --no-extract   Leaves extracting the text of new files to the server.
    --no-mail      Sends subscribers nothing about the new publications, as for a back catalogue.
    """
  static let settings: [any Declaration] = [
    Declarations.all.data, Declarations.all.freeSpaceReserve, Declarations.all.checkpoint,
    Declarations.all.extractionChildren, Declarations.all.extractionCPU,
    Declarations.all.extractionDeadline,
    Declarations.all.extractionMemory, Declarations.all.extractionOutput,
  ]

  private let path: String
  private let files: String?
  private let isTrial: Bool
  private let extracts: Bool
  private let announces: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    files = try arguments.value(of: "--files")
    isTrial = arguments.flag("--dry-run")
    extracts = !arguments.flag("--no-extract")
    announces = !arguments.flag("--no-mail")
    path = try arguments.word("CATALOGUE.jsonl")
  }

  static var endsBetweenSteps: Bool { true }

  var writes: Bool { !isTrial }

  /// Checks that the catalogue can be opened before the data folder is created.
  func readInput(_ console: Console) throws -> [UInt8] {
    _ = try open(path)
    return []
  }

  func run(_ context: Context) throws -> ExitStatus {
    isTrial ? try runTrial(context) : try runOnArchive(context)
  }

  /// Checks the catalogue against the archive, or against an empty one if there is none.
  private func runTrial(_ context: Context) throws -> ExitStatus {
    _ = try readInput(context.console)
    let folder = try TrialFolder(for: context.settings.data)
    defer { folder.remove() }
    let archive = try Archive.open(
      folder: folder.path, access: folder.isTemporary ? .exclusive : .reading,
      options: context.settings.archiveOptions)
    defer { archive.close() }
    let stop = StopRequest()
    return try run(
      on: archive,
      CommandSession(
        output: TerminalOutput(context.console), input: [], settings: context.settings,
        extraction: ExtractionQueue(archive: archive, settings: context.settings),
        isCancelled: { stop.hasBeenMade }))
  }

  func run(on archive: Archive, _ session: CommandSession) throws -> ExitStatus {
    let output = session.output
    var lines = try open(session.path(path))
    let meter = ProgressMeter(isTrial ? "Checking" : "Importing", on: output)
    var importer = Importer(
      into: archive, filesFolder: files.map(session.path), isTrial: isTrial,
      announces: announces
    ) { error in
      output.say("\(path):\(error.line): \(error.reason)")
    }
    while !session.isCancelled(), let line = try next(&lines, &importer) {
      try importer.take(line, number: lines.lineNumber)
      let fraction = lines.fileBytes.map { Double(lines.bytesRead) / Double(max(1, $0)) }
      meter.show(done: importer.summary.lines, of: nil, fraction: fraction)
    }
    try importer.finish()
    meter.finish()
    output.write(Self.text(of: importer.summary, isTrial: isTrial, in: meter.elapsed))
    let isRead = try session.isCancelled() || isTrial || !extracts || extract(session)
    guard !session.isCancelled(), isRead else {
      output.say("offprint: stopped; run the same command again to continue")
      return .foundSomethingWrong
    }
    return importer.summary.failed == 0 ? .done : .foundSomethingWrong
  }

  private func open(_ path: String) throws -> LineReader {
    do throws(LineError) {
      return try LineReader(path: path)
    } catch {
      throw CatalogueError(path: path, error: error)
    }
  }

  /// The next readable line; unreadable lines count as failed.
  private func next(_ lines: inout LineReader, _ importer: inout Importer) throws -> [UInt8]? {
    while true {
      do throws(LineError) {
        return try lines.next()
      } catch {
        guard case .lineTooLong(let number, let longest) = error else {
          throw CatalogueError(path: path, error: error)
        }
        importer.take(
          unreadable: "the line is longer than \(Quantity.text(bytes: longest))", number: number)
      }
    }
  }

  /// Extracts the text of all waiting files.
  ///
  /// - Returns: Whether it was not cancelled.
  private func extract(_ session: CommandSession) throws -> Bool {
    let meter = ProgressMeter("Extracting text", on: session.output)
    let summary = try session.extraction.extractWaitingFiles(
      isCancelled: session.isCancelled,
      progress: { done, total in meter.show(done: done, of: total) })
    meter.finish()
    if summary != ExtractionQueue.Summary() {
      let rest = summary.failed > 0 ? ", \(grouped(summary.failed)) failed" : ""
      session.output.write("Texts: \(grouped(summary.extracted)) extracted\(rest).\n")
    }
    return !session.isCancelled()
  }

  static func text(of summary: Importer.Summary, isTrial: Bool, in elapsed: Duration) -> String {
    let seconds =
      Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    var text =
      "\(grouped(summary.lines)) lines in \(seconds.formatted(.number.precision(.fractionLength(1)))) s: "
      + "\(grouped(summary.added)) new, \(grouped(summary.changed)) changed, "
      + "\(grouped(summary.unchanged)) unchanged, \(grouped(summary.failed)) failed"
      + (summary.files > 0 ? "; \(grouped(summary.files)) files" : "") + ".\n"
    if !summary.unknownKeys.isEmpty {
      text +=
        "Unknown keys, stored with the records: "
        + summary.unknownKeys.sorted().joined(separator: ", ") + ".\n"
    }
    if !summary.keptAsWritten.isEmpty {
      text +=
        "Kept as written, since some values were not understood: "
        + summary.keptAsWritten.sorted().joined(separator: ", ") + ".\n"
    }
    if summary.filesNotAsked > 0 {
      text += "\(grouped(summary.filesNotAsked)) records name a file; add --files DIR.\n"
    }
    if !summary.sharedFiles.isEmpty {
      let named = summary.sharedFiles.prefix(10).map { "\($0.slug) and \($0.other)" }
      text +=
        "\(grouped(summary.sharedFiles.count)) publications have the same PDF as another: "
        + named.joined(separator: ", ")
        + (summary.sharedFiles.count > named.count ? ", …" : "") + ".\n"
    }
    if isTrial { text += "Nothing was imported (--dry-run).\n" }
    return text
  }
}

/// The folder that a dry run reads: the data folder, or a temporary one if there is none.
private struct TrialFolder {
  let path: String
  let isTemporary: Bool

  init(for folder: String) throws {
    isTemporary = !FileManager.default.fileExists(atPath: Folder(path: folder).database)
    path =
      isTemporary
      ? FileManager.default.temporaryDirectory.appending(path: "offprint-\(UUID().uuidString)").path
      : folder
  }

  func remove() {
    // A failure only leaves an empty temporary folder.
    if isTemporary { try? FileManager.default.removeItem(atPath: path) }
  }
}

/// Why a catalogue could not be read completely.
struct CatalogueError: Error, CustomStringConvertible {
  let path: String
  let error: LineError

  var description: String {
    switch error {
    case .unreadable(_, let number): "\(path): \(systemReason(of: number))"
    case .lineTooLong(let line, let longest):
      "\(path):\(line): the line is longer than \(Quantity.text(bytes: longest))"
    case .damaged(let line, let error):
      "\(path): damaged after line \(line): \(error); the lines before it were imported"
    }
  }
}
