internal import Foundation
internal import SQLite
internal import Synchronization

/// Imports the records of a catalogue.
///
/// A publication whose record is the same as at the last import is left as it is, even if staff have
/// edited it. So a catalogue can be imported again after an interruption, or as it grows. Records are
/// written in batches, each in one transaction, after their files are in place; while one batch is
/// written, the next one is parsed.
package struct Importer {
  /// The outcome of the lines so far.
  package struct Summary: Sendable, Equatable {
    package var added = 0
    package var changed = 0
    package var unchanged = 0
    package var failed = 0
    /// Files copied into the archive.
    package var files = 0
    /// Records that name a file when no folder of files was given.
    package var filesNotAsked = 0
    /// Files of records from other systems that could not be imported; the records were.
    package var unusableFiles: [ImportError] = []
    /// Keys that records do not have.
    package var unknownKeys: Set<String> = []
    /// Keys of identifiers and types with unusable values.
    package var keptAsWritten: Set<String> = []

    /// Publications that share their file with another one; a pair is listed once.
    package var sharedFiles: [SharedFile] = []

    /// All lines.
    package var lines: Int { added + changed + unchanged + failed }
  }

  /// Two publications with the same file.
  package struct SharedFile: Sendable, Equatable {
    package let slug: String
    package let other: String
  }

  package private(set) var summary = Summary()

  private let archive: Archive
  private let filesFolder: String?
  private let isTrial: Bool
  private let announces: Bool
  private let report: (ImportError) -> Void
  /// Called for each record with what became of it, or would.
  package var follow: ((ImportedRecord) -> Void)?
  /// Whether files are found by the last part of their path, in lower case.
  var findsFilesByName = false
  /// Whether new publications that the catalogue would publish are drafts.
  var addsDrafts = false
  private var batch: [CatalogueEntry] = []
  private var batchBytes = 0
  /// The batch before it, which is being parsed.
  private var parsing: ParsedBatch?
  /// The line of each slug.
  private var slugLines: [Slug: Int] = [:]
  /// The publications of this run, which later lines without a slug do not match.
  private var touched: Set<Publication.ID> = []
  /// Those of them that got a file, in order.
  private var filed: [Publication.ID] = []

  /// The size of a batch: large enough to spread the cost of a commit, small enough to lose little
  /// time when interrupted.
  private static let batchLines = 500
  private static let batchMostBytes = 8 << 20

  /// Begins an import.
  ///
  /// - Parameters:
  ///   - archive: The archive, open for writing unless this is a trial.
  ///   - filesFolder: The folder of the files that records name; nil leaves them out.
  ///   - isTrial: Whether to check everything and store nothing.
  ///   - announces: Whether subscribers hear of new publications.
  ///   - report: Called for each line that is not imported, in order within a batch.
  package init(
    into archive: Archive, filesFolder: String? = nil, isTrial: Bool = false,
    announces: Bool = true, report: @escaping (ImportError) -> Void
  ) {
    self.archive = archive
    self.filesFolder = filesFolder
    self.isTrial = isTrial
    self.announces = announces
    self.report = report
  }

  /// Imports a line of JSON; an empty one is skipped.
  ///
  /// - Throws: ``DepositError`` when the archive itself fails; earlier batches are stored.
  package mutating func take(_ line: [UInt8], number: Int) throws(DepositError) {
    guard line.contains(where: { $0 > 0x20 }) else { return }
    try take(CatalogueEntry(CataloguePlace(line: number), .json(line)))
  }

  /// Imports a record of a catalogue in another format.
  ///
  /// - Throws: ``DepositError`` when the archive itself fails; earlier batches are stored.
  package mutating func take(_ entry: CatalogueEntry) throws(DepositError) {
    batch.append(entry)
    batchBytes += entry.weight
    if batch.count >= Importer.batchLines || batchBytes >= Importer.batchMostBytes {
      try advance()
    }
  }

  /// Notes a line that could not be read.
  package mutating func take(unreadable reason: String, number: Int) {
    fail(ImportError(line: number, .unreadable(reason)), title: nil)
  }

  /// Writes the last batches.
  ///
  /// - Throws: ``DepositError`` when the archive itself fails.
  package mutating func finish() throws(DepositError) {
    try advance()
    try advance()
    do {
      let pairs = try archive.publications.sharedFiles(among: filed)
      for pair in pairs where !summary.sharedFiles.contains(where: { $0.slug == pair.other }) {
        summary.sharedFiles.append(pair)
      }
    } catch {
      throw DepositError(error)
    }
  }

  private mutating func fail(_ error: ImportError, title: String?) {
    summary.failed += 1
    report(error)
    follow?(ImportedRecord(place: error.place, title: title, result: .wrong(error.reason)))
  }

  /// Begins to parse the batch, and writes the one before it.
  private mutating func advance() throws(DepositError) {
    let parsed = parsing
    parsing = batch.isEmpty ? nil : ParsedBatch(batch)
    batch.removeAll(keepingCapacity: true)
    batchBytes = 0
    if let parsed { try write(parsed) }
  }

  private mutating func write(_ parsed: ParsedBatch) throws(DepositError) {
    var entries: [Entry] = []
    for (entry, result) in zip(parsed.entries, parsed.results) {
      do throws(ImportError.Reason) {
        entries.append(try prepared(result.get(), at: entry.place))
      } catch {
        let title = try? result.get().record.title
        fail(ImportError(entry.place(of: error), error), title: title)
      }
    }
    let outcomes =
      isTrial
      ? try archive.publications.foresee(entries, notAmong: touched)
      : try archive.publications.take(entries, notAmong: touched, announces: announces)
    for (entry, outcome) in zip(entries, outcomes) { note(outcome, of: entry) }
  }

  /// Checks the slug of a record and copies its file into the archive.
  private mutating func prepared(
    _ catalogued: CatalogueRecord, at place: CataloguePlace
  ) throws(ImportError.Reason) -> Entry {
    summary.unknownKeys.formUnion(catalogued.unknownKeys)
    summary.keptAsWritten.formUnion(catalogued.keptAsWritten)
    let problems = catalogued.record.problems
    guard problems.isEmpty else { throw .refused(.invalid(problems)) }
    if let slug = catalogued.slug {
      if let first = slugLines[slug] {
        throw .slugTwice(slug.description, firstLine: first)
      }
      slugLines[slug] = place.line
    }
    var entry = Entry(
      place: place, record: catalogued.record, details: catalogued.details,
      slug: catalogued.slug, hash: catalogued.hash)
    if addsDrafts, entry.details.status == .published { entry.details.status = .draft }
    if let pdf = findsFilesByName ? catalogued.pdf.flatMap(UploadFolder.name) : catalogued.pdf {
      if let filesFolder {
        do throws(ImportError.Reason) {
          entry.file = try CatalogueFiles(folder: filesFolder).kept(
            pdf, in: archive.core.fileStore, isTrial: isTrial)
        } catch {
          guard catalogued.details.origin != nil, error.isOfFile else { throw error }
          summary.unusableFiles.append(ImportError(place, error))
        }
      } else {
        summary.filesNotAsked += 1
      }
    }
    return entry
  }

  private mutating func note(_ outcome: Outcome, of entry: Entry) {
    if let id = outcome.publication { touched.insert(id) }
    switch outcome {
    case .added: summary.added += 1
    case .changed: summary.changed += 1
    case .unchanged: summary.unchanged += 1
    case .refused(let error):
      return fail(ImportError(entry.place, .refused(error)), title: entry.record.title)
    }
    follow?(
      ImportedRecord(place: entry.place, title: entry.record.title, result: outcome.result))
    switch outcome {
    case .added, .changed:
      guard entry.file != nil else { break }
      summary.files += 1
      if let id = outcome.publication { filed.append(id) }
    case .unchanged, .refused: break
    }
  }
}

/// The records of a batch, which are parsed in the background on all cores.
private final class ParsedBatch: Sendable {
  typealias Parsed = Result<CatalogueRecord, ImportError.Reason>

  let entries: [CatalogueEntry]
  private let parsed: Mutex<[Parsed?]>
  private let running = DispatchGroup()

  init(_ entries: [CatalogueEntry]) {
    self.entries = entries
    parsed = Mutex([Parsed?](repeating: nil, count: entries.count))
    DispatchQueue.global().async(group: running) { [self] in
      DispatchQueue.concurrentPerform(iterations: entries.count) { index in
        let result = Result { () throws(ImportError.Reason) in try entries[index].record() }
        parsed.withLock { $0[index] = result }
      }
    }
  }

  /// In the order of the entries, when all are parsed.
  var results: [Parsed] {
    running.wait()
    return parsed.withLock { $0.compactMap { $0 } }
  }
}

/// What became of a record of a catalogue, or would in a trial.
package struct ImportedRecord: Sendable, Equatable {
  package enum Result: Sendable, Equatable {
    /// The key is nil in a trial.
    case new(Publication.ID?)
    /// With the fields that change.
    case changed(Publication.ID, [FieldError.Field])
    case same(Publication.ID)
    case wrong(ImportError.Reason)
  }

  package let place: CataloguePlace
  /// nil when the record could not be read.
  package let title: String?
  package let result: Result
}

extension Importer {
  /// A record ready to be written.
  struct Entry: Sendable {
    let place: CataloguePlace
    let record: Record
    var details: CatalogueDetails
    let slug: Slug?
    let hash: [UInt8]
    /// In place and flushed, unless this is a trial.
    var file: FileStore.Kept?
  }

  /// The outcome of an entry.
  enum Outcome: Sendable {
    /// nil in a trial.
    case added(Publication.ID?)
    /// With the fields that change; of a new file alone, `file`.
    case changed(Publication.ID, [FieldError.Field])
    case unchanged(Publication.ID)
    case refused(DepositError)

    /// Whether nothing changes.
    var leavesAll: Bool {
      switch self {
      case .added, .changed: false
      case .unchanged, .refused: true
      }
    }

    var publication: Publication.ID? {
      switch self {
      case .added(let id): id
      case .changed(let id, _), .unchanged(let id): id
      case .refused: nil
      }
    }

    /// For those who follow the import.
    fileprivate var result: ImportedRecord.Result {
      switch self {
      case .added(let id): .new(id)
      case .changed(let id, let fields): .changed(id, fields)
      case .unchanged(let id): .same(id)
      case .refused(let error): .wrong(.refused(error))
      }
    }
  }
}
