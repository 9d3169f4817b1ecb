import Archive
import Foundation
import Site
import System

/// A folder with a catalogue in JSON lines and the PDFs that it names.
struct ExportFolder {
  private let path: String
  private let archive: Archive

  init(_ path: String, _ archive: Archive) {
    self.path = path
    self.archive = archive
  }

  /// Writes the folder; a PDF that is there already in its length is not copied again.
  ///
  /// - Returns: How many publications were written.
  /// - Throws: ``FileError``, ``ExportError``, and what the archive throws.
  func write(hasDrafts: Bool) throws -> Int {
    for folder in [path, "\(path)/files"] where !FileSystem.isFolder(folder) {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    let catalogue = try OutputFile("\(path)/catalogue.jsonl")
    var count = 0
    try archive.publications.forEach(hasDrafts: hasDrafts) { publication in
      let name = "files/\(publication.slug).pdf"
      if let file = publication.file { try copy(file, to: "\(path)/\(name)") }
      try catalogue.write(
        CatalogueLine.bytes(
          publication, pdf: name,
          formerSlugs: try archive.publications.formerSlugs(of: publication.id)))
      count += 1
    }
    try catalogue.finish()
    return count
  }

  /// Copies a file after checking that it is undamaged.
  private func copy(_ file: StoredFile, to target: String) throws {
    let source = try archive.files.open(file)
    guard FileSystem.bytes(of: target) != source.bytes else { return }
    let part = target + ".part"
    if FileSystem.status(part) != nil { try FileSystem.remove(part) }
    try FileSystem.copy(archive.files.path(of: file), to: part)
    try FileSystem.rename(part, to: target)
  }
}
