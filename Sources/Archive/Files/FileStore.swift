internal import Digests
internal import Foundation
package import System

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
      guard FileSystem.freeBytes(folder.path) >= reserveOctets else {
        throw DepositError.noSpace
      }
      let kept = try FileStore.examine(incoming.path)
      let place = folder.file(kept.sha256)
      let parent = FileSystem.parent(of: place)
      if FileSystem.bytes(of: place) == kept.octets,
        (try? FileStore.examine(place)) == kept
      {
        try FileSystem.remove(incoming.path)
      } else {
        try FileSystem.setMode(incoming.path, 0o400)
        try FileSystem.flush(incoming.path)
        try FileSystem.makeFolder(parent)
        try FileSystem.rename(incoming.path, to: place)
      }
      // Also when nothing was new: another upload of the same content, or a process that was
      // killed, may have made these entries and not flushed them yet.
      for path in [parent, FileSystem.parent(of: parent), folder.files] {
        try FileSystem.flushFolder(path)
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
    try FileSystem.copy(path, to: incoming.path)
    return incoming
  }

  /// Hashes a file and makes sure that it begins as a PDF does (ISO 32000-2, 7.5.2; readers allow
  /// other octets before the header, within the first 1024).
  static func examine(_ path: String) throws -> Kept {
    var hash = SHA256()
    var octets = 0
    var head: [UInt8] = []
    try FileSystem.read(path) { piece in
      if head.count < headLength { head += piece.prefix(headLength - head.count) }
      hash.update(piece)
      octets += piece.count
      return true
    }
    if let found = problem(ofHead: head) { throw DepositError.notPDF(found) }
    return Kept(sha256: hash.finish().hexadecimal, octets: octets)
  }

  /// How many octets tell whether a file is a PDF.
  static let headLength = 1024

  /// What a file is instead of a PDF; nil for a PDF.
  static func problem(of path: String) throws -> NotPDF? {
    problem(ofHead: try FileDescriptor(path, for: .reading).read(0..<headLength))
  }

  private static func problem(ofHead head: [UInt8]) -> NotPDF? {
    guard !head.isEmpty else { return .empty }
    let header = Array("%PDF-".utf8)
    let isPDF = head.indices.contains { head[$0...].starts(with: header) }
    return isPDF ? nil : NotPDF(head)
  }
}

extension FileSystem {
  /// Copies a file as `copy` does, and returns the SHA-256 of what was copied.
  ///
  /// - Throws: ``FileError``
  package static func copyHashing(_ path: String, to target: String) throws(FileError) -> String {
    var hash = SHA256()
    try copy(path, to: target) { hash.update($0) }
    return hash.finish().hexadecimal
  }

  /// The SHA-256 of a file's content, in lower-case hexadecimal digits.
  ///
  /// - Throws: ``FileError``
  package static func sha256(of path: String) throws(FileError) -> String {
    var hash = SHA256()
    try read(path) {
      hash.update($0)
      return true
    }
    return hash.finish().hexadecimal
  }
}

extension SystemRandomNumberGenerator {
  /// Random octets by the system's generator, in lower-case hexadecimal digits.
  static func token(octets count: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }.hexadecimal
  }
}
