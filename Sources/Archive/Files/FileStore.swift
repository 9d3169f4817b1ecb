internal import Digests
internal import Foundation

/// Takes files into the archive so that they outlast a power failure before any row names them.
struct FileStore: Sendable {
  let folder: Folder
  let reserveOctets: Int

  /// A file that is in its place, whole and flushed.
  struct Kept: Sendable, Equatable {
    let sha256: String
    let octets: Int
  }

  /// Moves a file from `incoming/` to the place its content names; one that is there already is
  /// left and the newcomer removed.
  ///
  /// - Parameter incoming: A file that has been written whole.
  /// - Returns: Its name and length.
  /// - Throws: ``DepositError``
  func keep(_ incoming: IncomingFile) throws(DepositError) -> Kept {
    do {
      guard DurableFiles.freeOctets(folder.path) >= reserveOctets else {
        throw DepositError.noSpace
      }
      let kept = try FileStore.examine(incoming.path)
      let place = folder.file(kept.sha256)
      let parent = FileStore.parent(of: place)
      if DurableFiles.octets(of: place) == kept.octets,
        (try? FileStore.examine(place)) == kept
      {
        try DurableFiles.remove(incoming.path)
      } else {
        try DurableFiles.setMode(incoming.path, 0o400)
        try DurableFiles.flush(incoming.path)
        try DurableFiles.makeFolder(parent)
        try DurableFiles.rename(incoming.path, to: place)
      }
      // Also when nothing was new: another upload of the same content, or a process that was
      // killed, may have made these entries and not flushed them yet.
      for path in [parent, FileStore.parent(of: parent), folder.files] {
        try DurableFiles.flushFolder(path)
      }
      return kept
    } catch {
      throw DepositError(error)
    }
  }

  /// Copies a file from elsewhere into `incoming/`.
  func copyIn(_ path: String) throws(FileError) -> IncomingFile {
    let name = SystemRandomNumberGenerator.token(octets: 12)
    let incoming = IncomingFile(path: "\(folder.incoming)/\(name)")
    try DurableFiles.copy(path, to: incoming.path)
    return incoming
  }

  /// Hashes a file and makes sure that it begins as a PDF does (ISO 32000-2, 7.5.2; readers allow
  /// other octets before the header, within the first 1024).
  static func examine(_ path: String) throws -> Kept {
    var hash = SHA256()
    var octets = 0
    var head: [UInt8] = []
    try DurableFiles.read(path) { piece in
      if head.count < 1024 { head += piece.prefix(1024 - head.count) }
      hash.update(piece)
      octets += piece.count
      return true
    }
    guard octets > 0 else { throw DepositError.notPDF(.empty) }
    let header = Array("%PDF-".utf8)
    let isPDF = head.indices.contains { head[$0...].starts(with: header) }
    guard isPDF else { throw DepositError.notPDF(NotPDF(head)) }
    return Kept(sha256: hash.finish().hexadecimal, octets: octets)
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}

extension SystemRandomNumberGenerator {
  /// Random octets by the system's generator, in lower-case hexadecimal digits.
  static func token(octets count: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }.hexadecimal
  }
}
