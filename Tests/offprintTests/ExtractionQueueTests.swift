import Archive
import Foundation
import Synchronization
import System
import Testing

@testable import offprint

@Suite("Waiting files are extracted once each, by a bounded number of children")
final class ExtractionQueueTests {
  private let folder: String
  private let archive: Archive
  private var queues: [ExtractionQueue] = []

  init() throws {
    // As the program does when it starts.
    _ = signal(SIGPIPE, SIG_IGN)
    folder = FileManager.default.temporaryDirectory.appending(path: "queue-\(UUID())").path
    archive = try Archive.open(folder: folder, access: .exclusive)
  }

  deinit {
    queues.forEach { $0.stop() }
    archive.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// A queue whose child is a script, which first appends the last line of its PDF to `log`.
  private func queue(_ script: String = "", width: Int = 2) throws -> ExtractionQueue {
    let program = folder + "/child"
    let text = """
      #!/bin/sh
      name=$(tail -n 1)
      echo "$name" >> \(log)
      \(script)
      printf '{"pageCount":1,"pages":[{"page":1,"text":"Text of %s","blocks":[]}]' "$name"
      printf ',"findings":{},"outline":[],"links":[],"defects":[]}'

      """
    try Data(text.utf8).write(to: URL(filePath: program))
    chmod(program, 0o700)
    var extractor = Extractor(try Settings())
    extractor.program = program
    let queue = ExtractionQueue(archive: archive, extractor: extractor, width: width)
    queues.append(queue)
    return queue
  }

  private var log: String { folder + "/log" }

  private var started: [String] {
    ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").split(separator: "\n").map(
      String.init)
  }

  private func deposit(_ name: String) throws {
    let path = "\(archive.folder.incoming)/\(UUID())"
    try Data("%PDF-1.7\n\(name)\n".utf8).write(to: URL(filePath: path))
    let date = try #require(PublicationDate(year: 2010))
    _ = try archive.publications.deposit(
      Draft(record: Record(title: name, abstract: "", authors: [], published: date, topics: [])),
      file: IncomingFile(path: path), by: Actor("librarian"))
  }

  @Test("Callers that wait for the same files share the work")
  func sharedWork() throws {
    for number in 1...6 { try deposit("file-\(number)") }
    let queue = try queue()
    queue.start()
    let totals = Mutex<[Int]>([])
    DispatchQueue.concurrentPerform(iterations: 3) { _ in
      var last = (0, 0)
      _ = try? queue.extractWaitingFiles(progress: { last = ($0, $1) })
      totals.withLock { $0.append(last.1 - last.0) }
    }
    #expect(totals.withLock { $0 } == [0, 0, 0])
    #expect(started.sorted() == (1...6).map { "file-\($0)" })
    #expect(try archive.texts.status().read == 6)
    #expect(archive.texts.running.count == 0)
  }

  @Test("The oldest and the newest file take turns, so that an upload overtakes an import")
  func order() throws {
    for number in 1...5 { try deposit("file-\(number)") }
    let summary = try queue(width: 1).extractWaitingFiles()
    #expect(summary == ExtractionQueue.Summary(extracted: 5, failed: 0))
    #expect(started == [1, 5, 2, 4, 3].map { "file-\($0)" })
  }

  @Test(
    "What a child does costs only its own file the text",
    arguments: ["kill -SEGV $$", "kill -ILL $$", "exit 3", "echo no JSON; exit 0"])
  func crash(_ death: String) throws {
    for name in ["good-1", "bad", "good-2"] { try deposit(name) }
    let summary = try queue("[ $name = bad ] && { \(death); }").extractWaitingFiles()
    #expect(summary == ExtractionQueue.Summary(extracted: 2, failed: 1))
    let status = try archive.texts.status()
    #expect(status.failed.map(\.title) == ["bad"])
    #expect(status.waitingCount == 0)
  }

  @Test("A caller that gives up returns, and stopping the queue leaves its files waiting")
  func cancellation() throws {
    for number in 1...4 { try deposit("file-\(number)") }
    let queue = try queue("sleep 100")
    var calls = 0
    let summary = try queue.extractWaitingFiles(isCancelled: {
      calls += 1
      return calls > 1
    })
    #expect(summary == ExtractionQueue.Summary())
    queue.stop()
    #expect(started.count <= 2)
    #expect(archive.texts.running.count == 0)
    #expect(try archive.texts.waiting().count == 4)
  }

  @Test("A child that cannot be started ends the waiting with the reason")
  func noProgram() throws {
    try deposit("file")
    var extractor = Extractor(try Settings())
    extractor.program = "/nowhere/child"
    let queue = ExtractionQueue(archive: archive, extractor: extractor, width: 1)
    queues.append(queue)
    #expect(throws: ChildProcess.Failure.self) { try queue.extractWaitingFiles() }
    #expect(try archive.texts.waiting().count == 1)
  }

  @Test("No files, no children")
  func nothingWaits() throws {
    #expect(try queue().extractWaitingFiles() == ExtractionQueue.Summary())
    #expect(started.isEmpty)
  }
}
