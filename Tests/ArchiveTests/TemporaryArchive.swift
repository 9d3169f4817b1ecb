import Archive
import Foundation
import Synchronization

/// An archive in a folder of its own, removed with it.
final class TemporaryArchive: Sendable {
  let folder: String
  let archive: Archive

  init(_ options: Archive.Options = Archive.Options()) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "archive-\(UUID())").path
    archive = try Archive.open(folder: folder, access: .exclusive, options: options)
  }

  deinit {
    archive.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Writes a file into `incoming/`, as an upload does.
  func incoming(_ text: String = "%PDF-1.7\nA study of harbours\n") throws -> IncomingFile {
    let path = "\(archive.folder.incoming)/\(UUID())"
    try Data(text.utf8).write(to: URL(filePath: path))
    return IncomingFile(path: path)
  }

  @discardableResult
  func deposit(
    _ title: String, abstract: String = "", authors: [String] = [], topics: [String] = [],
    published: String = "2010-02-25", status: Publication.Status = .published,
    publicFrom: Instant? = nil, file: IncomingFile? = nil, at now: Instant = noon
  ) throws -> Publication {
    try archive.publications.deposit(
      Draft(
        record: record(
          title, abstract: abstract, authors: authors, topics: topics, published: published),
        status: status, publicFrom: publicFrom),
      file: file, by: librarian, at: now)
  }
}

let librarian = Actor("librarian")
let noon = Instant(secondsSince1970: 1_700_000_000)

func record(
  _ title: String, abstract: String = "", authors: [String] = [], topics: [String] = [],
  published: String = "2010-02-25"
) -> Record {
  Record(
    title: title, abstract: abstract, authors: authors,
    published: PublicationDate(published) ?? fallbackDate, topics: topics)
}

private let fallbackDate: PublicationDate = {
  guard let date = PublicationDate(year: 2000) else { fatalError("2000 is a year") }
  return date
}()

/// Runs `body` on several threads at once.
///
/// - Returns: How many of them did not throw.
func concurrently(lanes: Int, _ body: @Sendable (Int) throws -> Void) throws -> Int {
  let failures = Mutex<[any Error]>([])
  DispatchQueue.concurrentPerform(iterations: lanes) { lane in
    do { try body(lane) } catch { failures.withLock { $0.append(error) } }
  }
  return try failures.withLock { failures in
    if let first = failures.first { throw first }
    return lanes
  }
}
