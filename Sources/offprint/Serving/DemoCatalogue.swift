import Archive
import Compression
import Foundation

/// The sample publications of `serve --demo`: a catalogue and its PDFs in `Config/demo`.
enum DemoCatalogue {
  /// Imports the sample publications into an archive without publications, and extracts their text.
  ///
  /// An archive that has a publication, even a draft, is left as it is.
  ///
  /// - Throws: ``DemoError`` when the catalogue is missing or one of its lines is refused.
  static func fill(
    _ archive: Archive, _ settings: Settings, _ extraction: ExtractionQueue
  ) throws {
    guard try archive.publications.listForStaff().total == 0 else { return }
    let folder = try folder(beside: PublicFolder.path(settings))
    let catalogue = folder + "/catalogue.jsonl"
    var lines: LineReader
    do throws(LineError) {
      lines = try LineReader(path: catalogue)
    } catch {
      throw CatalogueError(path: catalogue, error: error)
    }
    var refused: ImportError?
    var importer = Importer(into: archive, filesFolder: folder) { refused = refused ?? $0 }
    while let line = try lines.next() { try importer.take(line, number: lines.lineNumber) }
    try importer.finish()
    if let refused { throw DemoError.refused(path: catalogue, refused) }
    _ = try extraction.extractWaitingFiles()
  }

  /// The folder of the demo, from the folder with the style sheet: both are installed side by side.
  private static func folder(beside publicFolder: String) throws(DemoError) -> String {
    let folder = URL(filePath: publicFolder).deletingLastPathComponent()
      .appending(path: "Config/demo").path
    guard FileManager.default.fileExists(atPath: folder + "/catalogue.jsonl") else {
      throw .missing(folder: folder)
    }
    return folder
  }
}

/// Why the demo archive could not be filled.
enum DemoError: Error, CustomStringConvertible {
  case missing(folder: String)
  case refused(path: String, ImportError)

  var description: String {
    switch self {
    case .missing(let folder): "no demo catalogue in \(folder); start without --demo"
    case .refused(let path, let error): "\(path):\(error.line): \(error.reason)"
    }
  }
}
