import Archive
import System

/// A folder with a catalogue in JSON lines and the PDFs that it names.
struct ExportFolder {
  private let path: String
  private let archive: Archive

  init(_ path: String, _ archive: Archive) {
    self.path = path
    self.archive = archive
  }

  /// Writes the folder; a PDF that is there already and whole is not copied again.
  ///
  /// - Parameters:
  ///   - hasDrafts: Whether to write what is not public.
  ///   - progress: Called after each publication with the number done.
  /// - Returns: How many publications were written.
  /// - Throws: ``FileError``, ``FileDefect``, and what the archive throws.
  func write(hasDrafts: Bool, progress: (Int) -> Void = { _ in }) throws -> Int {
    var count = 0
    func name(_ publication: Publication) -> String { "files/\(publication.slug).pdf" }
    try Catalogue("\(path)/catalogue.jsonl", pdf: name).write(archive, hasDrafts: hasDrafts) {
      publication in
      if let file = publication.file,
        let defect = try archive.files.copy(
          sha256: file.sha256, bytes: file.bytes, to: "\(path)/\(name(publication))")
      {
        throw defect
      }
      count += 1
      progress(count)
    }
    return count
  }
}
