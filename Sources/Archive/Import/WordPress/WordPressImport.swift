internal import Foundation
internal import System

/// Imports the posts, pages and PDFs of a WordPress export (WXR).
///
/// The export is read twice: once to see that it is well-formed and which file belongs to which
/// post, and once to import it. So nothing of a damaged export is imported, and memory does not grow
/// with the texts.
package struct WordPressImport {
  package struct Options: Sendable {
    /// The folder of uploads; nil leaves files out.
    package var filesFolder: String?
    /// The custom field that names the authors; nil guesses it.
    package var authorsField: String?
    /// The types of posts to import; nil imports all that are read as pages.
    package var types: Set<String>?
    package var isTrial = false
    package var announces = true

    package init() {}
  }

  package private(set) var summary = WordPressSummary()
  private let path: String
  private let options: Options
  private let archive: Archive

  /// - Parameters:
  ///   - path: The export.
  ///   - archive: Open for writing unless this is a trial.
  ///   - options: What to import.
  package init(_ path: String, into archive: Archive, options: Options) {
    self.path = path
    self.archive = archive
    self.options = options
  }

  /// Imports the export.
  ///
  /// - Parameters:
  ///   - importer: Takes the records; made with the folder of files.
  ///   - progress: Is told the share of the work that is done and the number of records, and returns
  ///     whether to go on.
  /// - Throws: ``WordPressError`` before anything is imported; ``DepositError`` when the archive
  ///   fails.
  package mutating func run(
    _ importer: inout Importer,
    progress: (_ fraction: Double, _ done: Int) -> Bool = { _, _ in true }
  ) throws {
    let size = max(1, FileSystem.bytes(of: path) ?? 1)
    let index: WordPressIndex
    do {
      index = try WordPressIndex(try open(), types: options.types)
    } catch let error as XMLError {
      throw WordPressError.malformed(error)
    }
    summary = index.summary
    guard let today = PublicationDate(of: archive.now) else {
      throw WordPressError.unreadable("the clock of this machine is wrong")
    }
    let records = WordPressRecords(
      index: index, authorsField: options.authorsField, now: archive.now, today: today)
    var reader = try open()
    while let part = try reader.next() {
      guard case .item(let item) = part else { continue }
      let fraction = Double(reader.bytesRead) / Double(size)
      guard progress(fraction, importer.summary.lines) else { return try importer.finish() }
      guard item.isContent, !item.isTrashed, options.types?.contains(item.type) ?? true else {
        continue
      }
      let (record, outcome) = records.record(of: item)
      count(outcome, of: item)
      try importer.take(CatalogueEntry(CataloguePlace(line: item.line), .record(found(record))))
    }
    for other in index.otherPDFs {
      let record = records.record(of: other)
      summary.extraPDFs.append(other.path)
      let line = other.attachment.flatMap { index.attachments[$0]?.item.line } ?? 1
      try importer.take(CatalogueEntry(CataloguePlace(line: line), .record(found(record))))
    }
    try importer.finish()
    if !options.isTrial {
      summary.listRedirects = try archive.redirects.add(records.listAddresses(), at: archive.now)
    }
  }

  private func open() throws -> WordPressReader {
    let file: OpenFile
    do throws(FileError) {
      file = try OpenFile(path)
    } catch {
      throw WordPressError.unreadable(error.reason)
    }
    return WordPressReader(XMLReader { try file.read() })
  }

  private mutating func count(_ outcome: WordPressRecords.Outcome, of item: WordPressItem) {
    if !WordPressRecords.hasTitle(item) { summary.untitled += 1 }
    switch outcome {
    case .published: break
    case .draft: summary.drafts += 1
    case .privatePost: summary.privatePosts += 1
    case .protected: summary.protectedPosts += 1
    case .overdue: summary.overduePosts += 1
    case .review: summary.inReview += 1
    case .scheduled: summary.scheduled += 1
    }
  }

  /// The record with the place of its file below the folder of files.
  private func found(_ record: CatalogueRecord) -> CatalogueRecord {
    guard let path = record.pdf, let folder = options.filesFolder else { return record }
    var record = record
    let places = WordPressSite.places(of: path, attached: nil)
    record.pdf =
      places.first { FileSystem.status("\(folder)/\($0)")?.isFile == true } ?? places.first
    return record
  }
}

/// A file that is read from its beginning.
private final class OpenFile {
  private let file: FileDescriptor

  init(_ path: String) throws(FileError) { file = try FileDescriptor(path, for: .reading) }

  func read() throws(FileError) -> [UInt8] { try file.read(upTo: 256 << 10) }
}
