import Glibc

/// A file without a name, for data that does not fit in memory; it goes with its last owner.
package final class ScratchFile: Sendable {
  private let file: FileDescriptor

  /// - Parameter folder: The folder on whose disk it is created.
  /// - Throws: ``FileError`` when none can be created there.
  package init(in folder: String) throws(FileError) {
    var random = SystemRandomNumberGenerator()
    let name = String(random.next(), radix: 16) + String(random.next(), radix: 16)
    file = try FileDescriptor("\(folder)/scratch-\(name)", for: .creating)
    try FileSystem.remove(file.path)
  }

  /// The number of its descriptor, valid for as long as this exists.
  package var descriptor: Int32 { file.number }

  /// Appends bytes.
  ///
  /// - Throws: ``FileError``
  package func append(_ bytes: [UInt8]) throws(FileError) { try file.write(bytes) }

  /// Reads bytes that were written.
  ///
  /// - Throws: ``FileError``
  package func bytes(in range: Range<Int>) throws(FileError) -> [UInt8] {
    let bytes = try file.read(range)
    guard bytes.count == range.count else { throw FileError(path: file.path, code: EIO) }
    return bytes
  }
}
