import Archive
import Markup
import Site
import System

/// Writes `ro-crate-metadata.json` entity by entity, so that memory does not grow with the archive.
struct CrateWriter {
  private let file: OutputFile
  private var crate: ROCrate

  init(path: String, _ crate: ROCrate) throws {
    file = try OutputFile(path)
    self.crate = crate
    try file.write(Array(#"{"@context":"\#(ROCrate.context)","@graph":["#.utf8))
    try file.write(ROCrate.descriptor.bytes)
  }

  /// Adds a public publication with its PDFs.
  mutating func add(
    _ publication: Publication, file current: PreservedFile?,
    former: [(version: FormerFile, file: PreservedFile)]
  ) throws {
    for entity in crate.entities(of: publication, file: current, former: former) {
      try write(entity)
    }
  }

  func finish() throws {
    for entity in crate.closingEntities() { try write(entity) }
    try file.write(Array("]}\n".utf8))
    try file.finish()
  }

  private func write(_ entity: JSON) throws {
    try file.write([UInt8(ascii: ","), UInt8(ascii: "\n")] + entity.bytes)
  }
}
