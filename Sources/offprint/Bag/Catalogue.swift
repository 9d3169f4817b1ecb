import Archive
import Site
import System

/// A catalogue in JSON lines, as `offprint import` reads it.
struct Catalogue {
  private let path: String
  private let pdf: (Publication) -> String?
  private let isWanted: (Publication) -> Bool

  /// - Parameters:
  ///   - path: The path of the catalogue.
  ///   - pdf: The path of a publication's file in the catalogue; nil is that in the archive's folder
  ///     of files.
  ///   - isWanted: Leaves out others.
  init(
    _ path: String, pdf: @escaping (Publication) -> String? = { _ in nil },
    where isWanted: @escaping (Publication) -> Bool = { _ in true }
  ) {
    (self.path, self.pdf, self.isWanted) = (path, pdf, isWanted)
  }

  /// Writes publications.
  ///
  /// - Parameters:
  ///   - archive: The archive.
  ///   - hasDrafts: Whether to write those that are not public.
  ///   - now: The time.
  ///   - body: Called for each before it is written.
  /// - Throws: ``FileError``, and what `body` and the archive throw.
  func write(
    _ archive: Archive, hasDrafts: Bool, at now: Instant = .now,
    _ body: (Publication) throws -> Void
  ) throws {
    try FileSystem.makeFolder(FileSystem.parent(of: path))
    let file = try OutputFile(path)
    try archive.publications.forEach(hasDrafts: hasDrafts, at: now) { publication in
      guard isWanted(publication) else { return }
      try body(publication)
      try file.write(
        CatalogueLine.bytes(
          publication, pdf: pdf(publication),
          formerSlugs: try archive.publications.formerSlugs(of: publication.id)))
    }
    try file.finish()
  }
}
