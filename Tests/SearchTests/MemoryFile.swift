import Search
import Synchronization

/// A segment file in memory, which can fail as a disk does.
final class MemoryFile: SegmentFile {
  struct Failure: Error {}

  private let contents = Mutex<[UInt8]>([])
  private let limit: Int

  /// - Parameter limit: How many bytes can be read; the rest is lost.
  init(readable limit: Int = .max) { self.limit = limit }

  func append(_ bytes: [UInt8]) { contents.withLock { $0 += bytes } }

  func bytes(in range: Range<Int>) throws -> [UInt8] {
    guard range.upperBound <= limit else { throw Failure() }
    return contents.withLock { Array($0[range]) }
  }
}
