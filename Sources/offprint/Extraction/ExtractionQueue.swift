import Archive
import Dispatch
import Synchronization

/// Reads the files of an archive whose text has not been read, some at a time, in children.
///
/// The archive itself remembers which are waiting, so what a stop interrupts is read after the
/// next start.
final class ExtractionQueue: Sendable {
  private struct State {
    var running: Set<Int64> = []
    var isStopped = false
    /// Until then nothing is begun, because no child could be started or no text be stored.
    var pausedUntil: ContinuousClock.Instant?
  }

  private let archive: Archive
  private let extractor: Extractor
  private let log: Log
  private let width: Int
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "offprint.extraction")
  private let children: [DispatchQueue]
  private let free: Mutex<[Int]>
  private let running = DispatchGroup()

  /// How often the archive is asked for new files.
  private static let interval: DispatchTimeInterval = .seconds(1)

  init(archive: Archive, settings: Settings, log: Log) {
    self.archive = archive
    self.log = log
    extractor = Extractor(settings)
    let width = settings.extractionWidth
    self.width = width
    children = (0..<width).map { DispatchQueue(label: "offprint.extraction.\($0)") }
    free = Mutex(Array(0..<width))
  }

  func start() { queue.async { self.turn() } }

  /// Ends the children, whose files stay waiting, and returns when they have ended.
  func stop() {
    state.withLock { $0.isStopped = true }
    running.wait()
  }

  private var isStopped: Bool { state.withLock { $0.isStopped } }

  private func turn() {
    guard !isStopped else { return }
    beginWaiting()
    queue.asyncAfter(deadline: .now() + Self.interval) { self.turn() }
  }

  /// Begins with as many files as there are children free.
  private func beginWaiting() {
    let isPaused = state.withLock { state in
      state.isStopped || state.pausedUntil.map { ContinuousClock.now < $0 } ?? false
    }
    guard !isPaused, free.withLock({ !$0.isEmpty }) else { return }
    do {
      for file in try archive.waitingFiles(most: 2 * width, version: Extraction.version) {
        begin(file)
      }
    } catch {
      pause("text extraction paused: the queue could not be read", because: error)
    }
  }

  private func begin(_ file: StoredFile) {
    guard let child = free.withLock({ $0.popLast() }) else { return }
    let isNew = state.withLock { !$0.isStopped && $0.running.insert(file.id).inserted }
    guard isNew else { return free.withLock { $0.append(child) } }
    running.enter()
    children[child].async {
      self.read(file)
      self.state.withLock { _ = $0.running.remove(file.id) }
      self.free.withLock { $0.append(child) }
      self.running.leave()
      self.queue.async { self.beginWaiting() }
    }
  }

  private func read(_ file: StoredFile) {
    guard archive.beginsReading(file) else { return }
    defer { archive.endsReading(file) }
    do {
      // What is read from a damaged file would replace what was read from the whole one.
      _ = try archive.open(file)
      let result = try extractor.extract(archive.path(of: file)) { self.isStopped }
      try archive.store(result, of: file)
      switch result {
      case .read(let reading):
        log.write(
          .info, "text extracted",
          [("file", .text(file.sha256)), ("pages", .integer(reading.pages.count))])
      case .unreadable(let reason, _):
        log.write(
          .notice, "text extraction failed",
          [("file", .text(file.sha256)), ("reason", .text(reason))])
      case .cancelled: break
      }
    } catch let defect as FileDefect {
      log.write(.error, "file damaged", [("file", .text("\(defect)"))])
      // In words for staff; text that was extracted before stays.
      try? archive.storeFailure(
        of: file, reason: "the file \(defect.problem)", version: Extraction.version)
    } catch {
      // A draft that is deleted takes its file with it.
      if (try? archive.hasFile(file)) == false { return }
      pause("text extraction paused: a file could not be processed", because: error)
    }
  }

  private func pause(_ message: String, because error: any Error) {
    state.withLock { $0.pausedUntil = .now + .seconds(60) }
    log.write(.error, message, [("error", .text(explanation(of: error)))])
  }
}

extension Archive {
  /// Keeps what was found in a file; what was called off changes nothing.
  func store(_ result: Extractor.Result, of file: StoredFile) throws {
    switch result {
    case .read(let reading):
      try storeText(
        of: file, pages: reading.pages, contents: reading.contents, findings: reading.findings,
        version: Extraction.version)
    case .unreadable(let reason, let pages):
      try storeFailure(of: file, reason: reason, pages: pages, version: Extraction.version)
    case .cancelled: break
    }
  }

  /// Reads all files that wait, as many at a time as there are cores, and returns when done.
  ///
  /// - Parameters:
  ///   - extractor: Reads one.
  ///   - width: How many children run at a time.
  ///   - isCancelled: Whether to stop early; asked often, on several threads.
  ///   - progress: Told after each file how many are done, of how many; on several threads.
  /// - Returns: How many could be read and how many could not.
  /// - Throws: The first error that is not a file's own fault.
  func readWaitingFiles(
    with extractor: Extractor, width: Int, isCancelled: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
  ) throws -> (read: Int, unreadable: Int) {
    struct Work {
      var next = 0
      var read = 0
      var unreadable = 0
      var error: (any Error)?
    }
    let files = try waitingFiles(most: .max, version: Extraction.version)
    let work = Mutex(Work())
    DispatchQueue.concurrentPerform(iterations: min(width, max(1, files.count))) { _ in
      while !isCancelled() {
        let next = work.withLock { work in
          defer { work.next += 1 }
          return work.error == nil && work.next < files.count ? files[work.next] : nil
        }
        guard let file = next else { return }
        // The queue of a server may be at it.
        guard beginsReading(file) else { continue }
        defer { endsReading(file) }
        do {
          let result = try extractor.extract(path(of: file), isCancelled: isCancelled)
          try store(result, of: file)
          let done = work.withLock { work in
            if case .read = result { work.read += 1 }
            if case .unreadable = result { work.unreadable += 1 }
            return work.read + work.unreadable
          }
          progress(done, files.count)
        } catch {
          work.withLock { $0.error = $0.error ?? error }
        }
      }
    }
    let (read, unreadable, error) = work.withLock { ($0.read, $0.unreadable, $0.error) }
    if let error { throw error }
    return (read, unreadable)
  }
}
