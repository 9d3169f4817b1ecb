internal import CLinux
internal import Foundation

/// A file without a name, for what does not fit in memory; it goes when nobody holds it any more.
final class ScratchFile: Sendable {
  private let descriptor: Int32
  private let path: String

  /// - Parameter folder: The folder on whose disk it lies.
  /// - Throws: ``FileError`` when none can be made there.
  init(in folder: String) throws(FileError) {
    path = "\(folder)/index-\(UUID().uuidString)"
    descriptor = try DurableFiles.open(path, O_RDWR | O_CREAT | O_EXCL)
    _ = unsafe unlink(path)
  }

  deinit { _ = Foundation.close(descriptor) }

  /// Writes octets behind what was written before.
  func append(_ octets: [UInt8]) throws(FileError) {
    try DurableFiles.write(octets, to: descriptor, path: path)
  }

  /// Reads octets that were written.
  func octets(in range: Range<Int>) throws(FileError) -> [UInt8] {
    var isRead = false
    let octets = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let rest = unsafe UnsafeMutableBufferPointer(rebasing: buffer[count...])
        let read = unsafe pread(
          descriptor, rest.baseAddress, rest.count, off_t(range.lowerBound + count))
        if read < 0, errno == EINTR { continue }
        guard read > 0 else { return }
        count += read
      }
      isRead = true
    }
    guard isRead else { throw FileError(last: path) }
    return octets
  }
}
