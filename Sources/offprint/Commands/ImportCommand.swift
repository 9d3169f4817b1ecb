import Archive
import Compression
import Foundation

/// `offprint import`: the records of a catalogue, with their files.
struct ImportCommand: Command {
  static let name = "import"
  static let summary = "Imports the records of a catalogue."
  static let forms = ["CATALOGUE.jsonl[.gz] [--files DIR] [--dry-run] [--no-extract]"]
  static let details = """
    One JSON object a line: slug?, title, subtitle?, abstract?, authors[], published, type?,
    series?, number?, topics[]?, language?, doi?, licence?, source?, pdf?. Other keys are stored
    with the record. Records that have not changed since the last import are skipped, so an
    interrupted import can be run again. The exit status is 1 if a line could not be imported.

    --files DIR    The folder of the files that “pdf” names.
    --dry-run      Checks everything and imports nothing.
    --no-extract   Leaves extracting the text of new files to the server.
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

  init(_ arguments: inout Arguments) throws(UsageError) {
    files = try arguments.value(of: "--files")
    isTrial = arguments.flag("--dry-run")
    extracts = !arguments.flag("--no-extract")
    path = try arguments.word("CATALOGUE.jsonl")
  }

  func run(_ context: Context) throws -> ExitStatus {
    // Before the archive is opened, which makes the data folder.
    var lines = try open()
    let folder = try TrialFolder(for: context.settings.data, isTrial: isTrial)
    defer { folder.remove() }
    let archive = try Archive.open(
      folder: folder.path, access: folder.isReadOnly ? .reading : .exclusive,
      options: context.settings.archiveOptions)
    defer { archive.close() }
    let stop = StopRequest()
    let display = ProgressDisplay(isTrial ? "Checking" : "Importing", on: context.console)
    var importer = Importer(into: archive, filesFolder: files, isTrial: isTrial) { error in
      display.say("\(path):\(error.line): \(error.reason)")
    }
    while !stop.hasBeenMade, let line = try next(&lines, &importer) {
      try importer.take(line, number: lines.lineNumber)
      let fraction = lines.fileOctets.map { Double(lines.octetsRead) / Double(max(1, $0)) }
      display.show(done: importer.summary.lines, of: nil, fraction: fraction)
    }
    try importer.finish()
    display.finish()
    context.console.write(
      Self.text(of: importer.summary, isTrial: isTrial, in: display.elapsed))
    let isRead = try stop.hasBeenMade || isTrial || !extracts || read(archive, stop, context)
    guard !stop.hasBeenMade, isRead else {
      context.console.say("offprint: stopped; run the same command again to continue")
      return .foundSomethingWrong
    }
    return importer.summary.failed == 0 ? .done : .foundSomethingWrong
  }

  private func open() throws -> LineReader {
    do throws(LineError) {
      return try LineReader(path: path)
    } catch {
      throw CatalogueError(path: path, error: error)
    }
  }

  /// The next line that could be read; those that could not are counted as failed.
  private func next(_ lines: inout LineReader, _ importer: inout Importer) throws -> [UInt8]? {
    while true {
      do throws(LineError) {
        return try lines.next()
      } catch {
        guard case .lineTooLong(let number, let longest) = error else {
          throw CatalogueError(path: path, error: error)
        }
        importer.take(
          unreadable: "the line is longer than \(Quantity.text(octets: longest))", number: number)
      }
    }
  }

  /// Reads the text of the files that wait.
  ///
  /// - Returns: Whether all were read, and it was not stopped.
  private func read(_ archive: Archive, _ stop: StopRequest, _ context: Context) throws -> Bool {
    let display = ProgressDisplay("Extracting text", on: context.console)
    let (read, unreadable) = try archive.readWaitingFiles(
      with: Extractor(context.settings), width: context.settings.extractionWidth,
      isCancelled: { stop.hasBeenMade },
      progress: { done, total in
        display.show(done: done, of: total, fraction: Double(done) / Double(max(1, total)))
      })
    display.finish()
    if read + unreadable > 0 {
      let rest = unreadable > 0 ? ", \(grouped(unreadable)) failed" : ""
      context.console.write("Texts: \(grouped(read)) extracted\(rest).\n")
    }
    return !stop.hasBeenMade
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

/// The folder of the archive that an import is for.
///
/// A trial leaves no trace: it only reads the archive, or where there is none yet begins an empty
/// one that is removed.
private struct TrialFolder {
  let path: String
  let isReadOnly: Bool
  private let isTemporary: Bool

  init(for folder: String, isTrial: Bool) throws {
    isReadOnly =
      isTrial && FileManager.default.fileExists(atPath: Folder(path: folder).database)
    isTemporary = isTrial && !isReadOnly
    path =
      isTemporary
      ? FileManager.default.temporaryDirectory.appending(path: "offprint-\(UUID().uuidString)").path
      : folder
  }

  func remove() {
    // What is left in a temporary folder costs space and nothing else.
    if isTemporary { try? FileManager.default.removeItem(atPath: path) }
  }
}

/// Why a catalogue could not be read, or not to its end.
struct CatalogueError: Error, CustomStringConvertible {
  let path: String
  let error: LineError

  var description: String {
    switch error {
    case .unreadable(_, let number): "\(path): \(systemReason(of: number))"
    case .lineTooLong(let line, let longest):
      "\(path):\(line): the line is longer than \(Quantity.text(octets: longest))"
    case .damaged(let line, let error):
      "\(path): damaged after line \(line): \(error); the lines before it were imported"
    }
  }
}
