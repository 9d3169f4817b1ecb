import Archive
import Foundation

extension Archive {
  /// Deposits the sample publications with their PDFs, and reads the text of these at once.
  ///
  /// An archive in which anything is or was published is left as it is.
  ///
  /// - Returns: How many were deposited.
  func fillWithSamples(reading extractor: Extractor, width: Int) throws -> Int {
    guard try isEmpty else { return 0 }
    for publication in DemoArchive.publications {
      let path = "\(folder.incoming)/\(publication.slug).pdf"
      try Data(publication.makePDF()).write(to: URL(filePath: path))
      _ = try deposit(
        Draft(record: publication.record, slug: publication.slug, status: .published),
        file: IncomingFile(path: path), by: .program)
    }
    _ = try readWaitingFiles(
      with: extractor, width: width, isCancelled: { false }, progress: { _, _ in })
    return DemoArchive.publications.count
  }

  /// Whether there is not a single publication, not even a draft.
  private var isEmpty: Bool {
    get throws { try publicationsForStaff().total == 0 }
  }
}
