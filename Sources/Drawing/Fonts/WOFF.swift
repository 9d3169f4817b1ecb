// WOFF File Format 1.0.

internal import Compression

/// Packs font tables into a file that browsers load.
enum WOFF {
  /// A WOFF file.
  ///
  /// - Parameters:
  ///   - tables: The tables by tag.
  ///   - isCompact: Whether the outlines are in a `CFF ` table.
  /// - Returns: The file.
  static func file(_ tables: [String: [UInt8]], isCompact: Bool) -> [UInt8] {
    let sorted = tables.sorted { $0.key < $1.key }
    var directory = TableWriter()
    var data = TableWriter()
    let start = 44 + 20 * sorted.count
    var size = 12 + 16 * sorted.count
    for (tag, table) in sorted {
      let compressed = deflate(table, level: 9)
      let stored = compressed.count < table.count ? compressed : table
      directory.append(Array(tag.utf8))
      directory.long(start + data.bytes.count)
      directory.long(stored.count)
      directory.long(table.count)
      directory.long(checksum(table))
      data.append(stored)
      data.pad(to: 4)
      size += (table.count + 3) & ~3
    }
    var file = TableWriter()
    file.append(Array("wOFF".utf8))
    if isCompact { file.append(Array("OTTO".utf8)) } else { file.long(0x10000) }
    file.long(start + data.bytes.count)
    file.words(sorted.count, 0)
    file.long(size)
    file.words(1, 0)
    for _ in 0..<5 { file.long(0) }
    file.append(directory.bytes)
    file.append(data.bytes)
    return file.bytes
  }

  private static func checksum(_ table: [UInt8]) -> Int {
    var sum: UInt32 = 0
    for (index, byte) in table.enumerated() {
      sum &+= UInt32(byte) << UInt32(24 - 8 * (index % 4))
    }
    return Int(sum)
  }
}
