import Archive
import Dispatch
import Synchronization

/// Extracts the text of an archive's waiting files in a bounded number of child processes.
///
/// The archive stores which files wait, so files that a stop interrupts are extracted after the next
/// start. A process has one queue: the server extracts new files with it, and commands wait for it.
/// A crash of a child costs one file its text.
final class ExtractionQueue: Sendable {
  /// What became of the files that a caller waits for.
  struct Summary: Sendable, Equatable {
    var extracted = 0
    var failed = 0
  }

  /// The files of one call of ``extractWaitingFiles(isCancelled:progress:)``.
  private struct Batch {
    var remaining: Set<Int64>
    var summary = Summary()
    var error: (any Error)?
  }

  private struct State {
    var batches: [Int: Batch] = [:]
    var nextBatch = 0
    var takesNewest = false
    var isStopped = false
    /// No file is started until then, because the last one failed for a reason of the system.
    var pausedUntil: ContinuousClock.Instant?
  }

  private let archive: Archive
  private let extractor: Extractor
  private let width: Int
  private let log: Log?
  private let state = Mutex(State())
  private let children = DispatchQueue(label: "offprint.extraction", attributes: .concurrent)
  private let running = DispatchGroup()
  private let batchChanged = DispatchSemaphore(value: 0)

  private static let pollInterval: DispatchTimeInterval = .seconds(1)
  private static let pause: Duration = .seconds(60)

  /// - Parameters:
  ///   - archive: Open for writing.
  ///   - extractor: Extracts the text of one file.
  ///   - width: The most children at a time.
  ///   - log: Gets a line for each file; nil logs nothing.
  init(archive: Archive, extractor: Extractor, width: Int, log: Log? = nil) {
    self.archive = archive
    self.extractor = extractor
    self.width = max(1, width)
    self.log = log
  }

  convenience init(archive: Archive, settings: Settings, log: Log? = nil) {
    self.init(
      archive: archive, extractor: Extractor(settings), width: settings.extractionWidth, log: log)
  }

  /// Extracts files as they are added, until ``stop()``.
  func start() {
    guard !isStopped else { return }
    fill()
    children.asyncAfter(deadline: .now() + Self.pollInterval) { self.start() }
  }

  /// Ends the children, whose files stay waiting, and returns when they have ended.
  func stop() {
    state.withLock { $0.isStopped = true }
    running.wait()
  }

  /// Waits until every file that waits now has been processed.
  ///
  /// - Parameters:
  ///   - isCancelled: Whether to return early; called a few times a second.
  ///   - progress: Called with the number of processed files and their total.
  /// - Returns: The numbers of files with and without text.
  /// - Throws: The first error that is not a file's own.
  func extractWaitingFiles(
    isCancelled: () -> Bool = { false }, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> Summary {
    let (number, total) = try state.withLock { state in
      let files = try archive.texts.waiting(most: .max, version: Extraction.version)
      state.pausedUntil = nil
      state.nextBatch += 1
      state.batches[state.nextBatch] = Batch(remaining: Set(files.map(\.id)))
      return (state.nextBatch, files.count)
    }
    defer { state.withLock { _ = $0.batches.removeValue(forKey: number) } }
    fill()
    while true {
      guard let batch = state.withLock({ $0.batches[number] }) else { return Summary() }
      if let error = batch.error { throw error }
      progress(total - batch.remaining.count, total)
      if batch.remaining.isEmpty || isCancelled() || isStopped { return batch.summary }
      _ = batchChanged.wait(timeout: .now() + .milliseconds(200))
    }
  }

  private var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Starts children while one is free and a file waits.
  private func fill() {
    do {
      try state.withLock { state in
        if let end = state.pausedUntil, ContinuousClock.now < end { return }
        while !state.isStopped, archive.texts.running.count < width {
          guard let file = try nextFile(&state) else { return }
          archive.texts.running.insert(file.id)
          running.enter()
          children.async {
            let result = self.extract(file)
            self.finish(file, result)
            self.running.leave()
            self.fill()
          }
        }
      }
    } catch {
      pause("text extraction paused: the queue could not be read", because: error)
    }
  }

  /// Takes the oldest and the newest waiting file in turn, so that an upload does not wait for a
  /// large import; nil when no more files wait.
  private func nextFile(_ state: inout State) throws -> StoredFile? {
    let running = archive.texts.running.all
    let found = try archive.texts.waiting(
      most: running.count + 1, version: Extraction.version, newestFirst: state.takesNewest)
    guard let file = found.first(where: { !running.contains($0.id) }) else {
      // Files of deleted drafts are no longer in the archive.
      updateBatches(&state) { $0.remaining.formIntersection(running) }
      return nil
    }
    state.takesNewest.toggle()
    return file
  }

  /// Ends the run of a file, and counts it in the batches that wait for it.
  ///
  /// Both at once: files that neither wait nor run are given up.
  private func finish(_ file: StoredFile, _ result: Extractor.Result?) {
    state.withLock { state in
      updateBatches(&state) { batch in
        guard batch.remaining.remove(file.id) != nil else { return }
        switch result {
        case .read: batch.summary.extracted += 1
        case .unreadable: batch.summary.failed += 1
        case .cancelled, nil: break
        }
      }
      archive.texts.running.remove(file.id)
    }
  }

  /// Changes every batch and wakes a caller that waits for one.
  private func updateBatches(_ state: inout State, _ body: (inout Batch) -> Void) {
    guard !state.batches.isEmpty else { return }
    for index in state.batches.values.indices { body(&state.batches.values[index]) }
    batchChanged.signal()
  }

  /// Extracts and stores the text of one file; nil when it could not be processed.
  private func extract(_ file: StoredFile) -> Extractor.Result? {
    do {
      // The text of a damaged file would replace that of the undamaged one.
      _ = try archive.files.open(file)
      let result = try extractor.extract(archive.files.path(of: file)) { self.isStopped }
      try store(result, of: file)
      drawFirstPage(of: file)
      return result
    } catch let defect as FileDefect {
      log?.write(.error, "file damaged", [("file", .text("\(defect)"))])
      let reason = "the file \(defect.problem)"
      // Text that was extracted before stays.
      try? archive.texts.storeFailure(of: file, reason: reason, version: Extraction.version)
      return .unreadable(reason)
    } catch {
      // Deleting a draft also deletes its file.
      if (try? archive.files.has(file)) == false { return nil }
      pause("text extraction paused: a file could not be processed", because: error)
      return nil
    }
  }

  /// Draws the first page, which the page of the publication shows; readers see why it failed.
  private func drawFirstPage(of file: StoredFile) {
    guard archive.options.drawings != nil, !isStopped else { return }
    for form in [PageDrawing.Form.document, .thumbnail] {
      _ = try? archive.drawing(ofPage: 1, as: form, of: file)
    }
  }

  private func store(_ result: Extractor.Result, of file: StoredFile) throws {
    switch result {
    case .read(let reading):
      try archive.texts.store(
        of: file, pages: reading.pages, contents: reading.contents, findings: reading.findings,
        facts: reading.facts, version: Extraction.version)
      log?.write(
        .info, "text extracted",
        [("file", .text(file.sha256)), ("pages", .integer(reading.pages.count))])
    case .unreadable(let reason, let pages, let facts):
      try archive.texts.storeFailure(
        of: file, reason: reason, pages: pages, facts: facts, version: Extraction.version)
      log?.write(
        .notice, "text extraction failed",
        [("file", .text(file.sha256)), ("reason", .text(reason))])
    case .cancelled: break
    }
  }

  /// Starts no file for a minute, and ends the waiting of callers with the error.
  private func pause(_ message: String, because error: any Error) {
    state.withLock { state in
      state.pausedUntil = .now + Self.pause
      updateBatches(&state) { $0.error = $0.error ?? error }
    }
    log?.write(.error, message, [("error", .text(explanation(of: error)))])
  }
}
