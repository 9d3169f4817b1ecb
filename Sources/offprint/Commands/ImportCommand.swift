import Archive
import Compression
import Foundation

/// `offprint import`: imports the records of a catalogue or of another system with their files.
struct ImportCommand: ArchiveCommand {
  static let name = "import"
  static let summary = "Imports a catalogue, a WordPress export or another repository."
  static let forms = [
    "CATALOGUE [--files DIR] [--dry-run] [--no-extract] [--no-mail]",
    "--csv FILE [--map COLUMN=FIELD,…] [--partial] …",
    "--bibtex FILE …",
    "--ris FILE …",
    "--wordpress FILE.xml [--authors-field NAME] [--post-types TYPE,…] …",
    "--oai URL [--set NAME] [--since DATE] [--with-files] [--withdraw] …",
    "--bag DIR [--dry-run] [--no-extract]",
  ]
  static let details = """
    CATALOGUE is JSON lines (.jsonl), CSV, BibTeX (.bib) or RIS, also with .gz behind it. JSON
    lines have one object a line: slug?, title, subtitle?, abstract?, authors[], published, type?,
    series?, number?, topics[]?, language?, doi?, licence?, source?, pdf?, status?, public_from?.
    What no field has a place for is stored with the record. Records that have not changed since
    the last import are skipped, so an interrupted import can be run again. The exit status is 1 if
    a record could not be imported. Of CSV, BibTeX and RIS with errors nothing is imported.

    --files DIR            The folder of the files that the records name.
    --dry-run              Checks everything, says what would change and imports nothing.
    --partial              Imports the records without errors of CSV, BibTeX and RIS.
    --no-extract           Leaves extracting the text of new files to the server.
    --no-mail              Sends subscribers nothing about the new publications, as for a back
                           catalogue.
    --map COLUMN=FIELD,…   Names columns that are not recognized; “other” stores a column with the
                           records, “ignore” leaves it out.

    --wordpress FILE.xml   Posts, pages and PDFs of an export (Tools, Export in WordPress). Drafts,
                           private and protected posts become drafts; old addresses redirect.
                           --files is the folder wp-content/uploads.
    --authors-field NAME   The custom field that names the authors.
    --post-types TYPE,…    Imports these types only, such as post,report.

    --oai URL              The records of another repository by OAI-PMH (oai_dc). The next run asks
                           for what has changed since. Addresses with https need curl.
    --set NAME             Only records of this set.
    --since DATE           Asks for records from this date on, such as 2020-01-01.
    --with-files           Fetches the PDFs that records link to on the same host.
    --withdraw             Withdraws publications whose records were deleted there.

    --bag DIR              A copy of an archive that “export --bag” wrote, into an archive without
                           publications. Every file is checked first; if one is missing, changed or
                           not listed, all such files are named and nothing is imported. Running
                           servers use its settings of the site after a restart.
    """
  static let settings: [any Declaration] = [
    Declarations.all.data, Declarations.all.freeSpaceReserve, Declarations.all.checkpoint,
    Declarations.all.extractionChildren, Declarations.all.extractionCPU,
    Declarations.all.extractionDeadline,
    Declarations.all.extractionMemory, Declarations.all.extractionOutput,
  ]

  /// Where records come from.
  private enum Source {
    case catalogue(path: String, CatalogueFormat, ColumnMapping)
    case wordPress(path: String, authorsField: String?, types: Set<String>?)
    case repository(HarvestRequest)
    case bag(path: String)
  }

  private let source: Source
  private let files: String?
  private let isTrial: Bool
  private let isPartial: Bool
  private let extracts: Bool
  private let announces: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    files = try arguments.value(of: "--files")
    isTrial = arguments.flag("--dry-run")
    isPartial = arguments.flag("--partial")
    extracts = !arguments.flag("--no-extract")
    announces = !arguments.flag("--no-mail")
    source = try Self.source(&arguments)
  }

  private static func source(_ arguments: inout Arguments) throws(UsageError) -> Source {
    let mapping = try mapping(try arguments.value(of: "--map"))
    for (option, format) in [
      ("--csv", CatalogueFormat.csv), ("--bibtex", .bibtex), ("--ris", .ris),
    ] {
      if let path = try arguments.value(of: option) {
        return .catalogue(path: path, format, mapping)
      }
    }
    if let path = try arguments.value(of: "--wordpress") {
      let types = try arguments.value(of: "--post-types").map {
        Set($0.split(separator: ",").map(String.init))
      }
      return .wordPress(
        path: path, authorsField: try arguments.value(of: "--authors-field"), types: types)
    }
    if let path = try arguments.value(of: "--bag") { return .bag(path: path) }
    if let url = try arguments.value(of: "--oai") {
      return .repository(try HarvestRequest(url, &arguments))
    }
    let path = try arguments.word("CATALOGUE")
    return .catalogue(path: path, CatalogueFormat(fileName: path) ?? .jsonl, mapping)
  }

  private static func mapping(_ text: String?) throws(UsageError) -> ColumnMapping {
    guard let text else { return ColumnMapping() }
    do throws(MappingError) {
      return try ColumnMapping(parsing: text)
    } catch {
      switch error {
      case .notPair(let found):
        throw .badValue(option: "--map", expected: "COLUMN=FIELD", found: found)
      case .unknownField(let found):
        let fields = CatalogueField.allCases.map(\.rawValue) + ["other", "ignore"]
        throw .badValue(
          option: "--map", expected: "one of \(fields.joined(separator: ", "))", found: found)
      }
    }
  }

  static var endsBetweenSteps: Bool { true }

  var writes: Bool { !isTrial }

  /// Checks that the catalogue can be opened before the data folder is created.
  func readInput(_ console: Console) throws -> [UInt8] {
    switch source {
    case .catalogue(let path, _, _), .wordPress(let path, _, _): _ = try open(path)
    case .bag(let path):
      guard FileManager.default.fileExists(atPath: "\(path)/\(Bag.declaration)") else {
        throw BagError.noBag(path)
      }
    case .repository: break
    }
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
    if case .bag(let path) = source {
      let bag = BagImport(folder: session.path(path))
      let isWhole = try bag.run(on: archive, session, isTrial: isTrial)
      return try finish(isWhole: isWhole, session)
    }
    let output = session.output
    let meter = ProgressMeter(isTrial ? "Checking" : "Importing", on: output)
    let fetched = try fetchFolder()
    var importer = Importer(
      into: archive, filesFolder: fetched?.path ?? files.map(session.path), isTrial: isTrial,
      announces: announces
    ) { error in
      output.say(text(of: error))
    }
    if isTrial { importer.follow = { Self.say($0, on: output) } }
    var more = ""
    switch source {
    case .catalogue(let path, let format, let mapping):
      // JSON lines are imported one by one, as the program that wrote them meant.
      if format != .jsonl, !isTrial, !isPartial {
        try check(path, CatalogueReader(format, mapping: mapping), archive, session)
      }
      try take(path, CatalogueReader(format, mapping: mapping), &importer, session, meter)
    case .wordPress(let path, let authorsField, let types):
      var options = WordPressImport.Options()
      (options.authorsField, options.types) = (authorsField, types)
      (options.filesFolder, options.isTrial) = (files.map(session.path), isTrial)
      var export = WordPressImport(session.path(path), into: archive, options: options)
      do {
        try export.run(&importer) { fraction, done in
          meter.show(done: done, of: nil, fraction: fraction)
          return !session.isCancelled()
        }
      } catch let error as WordPressError {
        throw SourceError(name: path, reason: "\(error)")
      }
      more = Self.text(of: export.summary, isTrial: isTrial)
    case .repository(let request):
      defer { fetched?.remove() }
      var harvest = RepositoryHarvest(request, into: archive, isTrial: isTrial)
      try harvest.run(&importer, session, folder: fetched?.path) { done, total in
        meter.show(done: done, of: total)
      }
      more = harvest.text
    case .bag: break
    }
    meter.finish()
    output.write(Self.text(of: importer.summary, isTrial: isTrial, in: meter.elapsed, more: more))
    for error in importer.summary.unusableFiles {
      output.say("\(sourceName):\(error.line): \(error.reason); imported without it")
    }
    return try finish(
      isWhole: importer.summary.failed == 0 && importer.summary.unusableFiles.isEmpty, session)
  }

  /// Extracts the text of new files.
  private func finish(isWhole: Bool, _ session: CommandSession) throws -> ExitStatus {
    let isRead = try session.isCancelled() || isTrial || !extracts || extract(session)
    guard !session.isCancelled(), isRead else {
      session.output.say("offprint: stopped; run the same command again to continue")
      return .foundSomethingWrong
    }
    return isWhole ? .done : .foundSomethingWrong
  }

  /// A folder for files that are fetched; nil when none are.
  private func fetchFolder() throws -> TemporaryFolder? {
    guard case .repository(let request) = source, request.hasFiles, !isTrial else { return nil }
    return try TemporaryFolder()
  }

  /// The name of the source in messages.
  private var sourceName: String {
    switch source {
    case .catalogue(let path, _, _), .wordPress(let path, _, _), .bag(let path): path
    case .repository(let request): request.address
    }
  }

  /// Says what would become of a record.
  private static func say(_ record: ImportedRecord, on output: any CommandOutput) {
    let title = record.title ?? ""
    switch record.result {
    case .new: output.write("new        line \(record.place.line): \(title)\n")
    case .changed(_, let fields):
      let names = fields.map(\.rawValue).joined(separator: ", ")
      output.write("changed    line \(record.place.line): \(title) (\(names))\n")
    case .same, .wrong: break
    }
  }

  private func open(_ path: String) throws -> LineReader {
    do throws(LineError) {
      return try LineReader(path: path)
    } catch {
      throw CatalogueError(path: path, error: error)
    }
  }

  /// Checks a whole catalogue before anything of it is imported.
  ///
  /// - Throws: ``SourceError`` when one of its records is wrong; each is shown.
  private func check(
    _ path: String, _ reader: CatalogueReader, _ archive: Archive, _ session: CommandSession
  ) throws {
    var trial = Importer(into: archive, filesFolder: files.map(session.path), isTrial: true) {
      session.output.say(text(of: $0))
    }
    try take(path, reader, &trial, session, ProgressMeter("Checking", on: session.output))
    let failed = trial.summary.failed
    guard failed == 0 else {
      throw SourceError(
        name: path,
        reason: "\(grouped(failed)) \(failed == 1 ? "error" : "errors"), so nothing was imported;"
          + " --partial imports the other records")
    }
  }

  /// An error with its place, as editors understand it.
  private func text(of error: ImportError) -> String {
    let column = error.place.column.map { ":\($0)" } ?? ""
    return "\(sourceName):\(error.line)\(column): \(error.reason)"
  }

  /// Imports a catalogue that has records in lines.
  private func take(
    _ path: String, _ reader: CatalogueReader, _ importer: inout Importer,
    _ session: CommandSession, _ meter: ProgressMeter
  ) throws {
    var reader = reader
    var lines = try open(session.path(path))
    while !session.isCancelled(), let line = try next(&lines, path, &importer) {
      for entry in reader.take(line, number: lines.lineNumber) { try importer.take(entry) }
      let fraction = lines.fileBytes.map { Double(lines.bytesRead) / Double(max(1, $0)) }
      meter.show(done: importer.summary.lines, of: nil, fraction: fraction)
    }
    if !session.isCancelled() {
      for entry in reader.finish() { try importer.take(entry) }
    }
    try importer.finish()
  }

  /// The next readable line; unreadable lines count as failed.
  private func next(
    _ lines: inout LineReader, _ path: String, _ importer: inout Importer
  ) throws -> [UInt8]? {
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
}

/// Why a source could not be read; nothing of it was imported.
struct SourceError: Error, CustomStringConvertible {
  let name: String
  let reason: String

  var description: String { "\(name): \(reason)" }
}

/// A folder for files until they are imported.
private struct TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory.appending(path: "offprint-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func remove() {
    // A failure only leaves files in the temporary folder.
    try? FileManager.default.removeItem(atPath: path)
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
