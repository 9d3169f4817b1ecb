internal import CZlib

/// Reads a ZIP file (APPNOTE.TXT 6.3.10), entry by entry, in bounded memory.
///
/// Entries are found by the directory at the end of the file, as programs that write ZIP files mean
/// it: local headers can lack sizes, and may belong to deleted entries. Only files that are stored
/// or deflated are read. Everything that could harm who unpacks it is refused before anything is
/// unpacked: see ``ZIPError``.
package struct ZIPArchive {
  /// What an archive may contain.
  package struct Limits: Sendable {
    /// The most entries, folders included.
    package var entries = 10_000
    /// The most bytes of all entries together.
    package var totalBytes = 8 << 30
    /// The most bytes of an entry.
    package var entryBytes = 1 << 30
    /// How many times larger an entry may be than its compressed data, beyond the first megabyte:
    /// deflate reaches about 1030, documents stay below 100.
    package var ratio = 200

    package init() {}
  }

  /// A file of the archive.
  package struct Entry: Sendable, Equatable {
    /// Its path with `/` between folders; relative, without `.` and `..`.
    package let name: String
    package let bytes: Int
    let compressedBytes: Int
    let isDeflated: Bool
    let checksum: UInt32
    /// Where the local header begins.
    let offset: Int
    /// The name's bytes, which the local header repeats.
    let rawName: [UInt8]
  }

  /// The files, in the order of the directory; folders are left out.
  package let entries: [Entry]
  private let file: ZIPFile
  private let limits: Limits
  /// How many bytes are in front of the archive, such as a program that unpacks it.
  private let shift: Int

  /// Opens an archive and reads its directory.
  ///
  /// - Throws: ``ZIPError``
  package init(path: String, limits: Limits = Limits()) throws(ZIPError) {
    file = try ZIPFile(path)
    self.limits = limits
    let directory = try ZIPDirectory(file, limits)
    entries = try directory.read()
    shift = directory.shift
  }

  /// Unpacks an entry.
  ///
  /// - Parameters:
  ///   - entry: One of ``entries``.
  ///   - body: Is given the content, piece by piece. What it was given counts only if no error is
  ///     thrown: the checksum is at the end.
  /// - Throws: ``ZIPError``, and what `body` throws.
  package func unpack(_ entry: Entry, _ body: ([UInt8]) throws -> Void) throws {
    let start = try dataStart(of: entry)
    var checksum = CRC32()
    var unpacked = 0
    var inflater = Inflater(format: .raw, limit: entry.bytes)
    var position = start
    let end = start + entry.compressedBytes
    func take(_ piece: [UInt8]) throws {
      checksum.update(piece)
      unpacked += piece.count
      try body(piece)
    }
    while position < end {
      let input = try file.read(position..<min(end, position + (64 << 10)))
      guard !input.isEmpty else { throw ZIPError.truncated }
      position += input.count
      guard entry.isDeflated else {
        try take(input)
        continue
      }
      var used = 0
      while true {
        var output: [UInt8] = []
        let before = used
        do {
          used += try inflater.inflate(
            input.span.extracting(used...), into: &output, most: 64 << 10)
        } catch InflateError.exceedsLimit {
          throw ZIPError.wrongSize(entry.name)
        } catch {
          throw ZIPError.damaged(entry.name)
        }
        if !output.isEmpty { try take(output) }
        if output.isEmpty, used == before || used == input.count { break }
      }
    }
    if entry.isDeflated, !inflater.isAtEnd { throw ZIPError.damaged(entry.name) }
    guard unpacked == entry.bytes else { throw ZIPError.wrongSize(entry.name) }
    guard checksum.value == entry.checksum else { throw ZIPError.damaged(entry.name) }
  }

  /// Where the data of an entry begin, behind its local header.
  private func dataStart(of entry: Entry) throws(ZIPError) -> Int {
    let start = entry.offset + shift
    let header = try file.read(start..<(start + 30))
    guard header.count == 30, header.number(at: 0, bytes: 4) == 0x0403_4B50 else {
      throw .damaged(entry.name)
    }
    let nameBytes = header.number(at: 26, bytes: 2)
    let name = try file.read((start + 30)..<(start + 30 + nameBytes))
    // A second name in the local header is how two programs are shown different content.
    guard name == entry.rawName else { throw .damaged(entry.name) }
    let data = start + 30 + nameBytes + header.number(at: 28, bytes: 2)
    guard data + entry.compressedBytes <= file.bytes else { throw .truncated }
    return data
  }
}

/// Why a ZIP file is refused.
package enum ZIPError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The system's reason.
  case unreadable(String)
  case notZIP
  /// It ends too early, as after an interrupted download.
  case truncated
  case severalParts
  /// The directory is damaged, or it contradicts itself.
  case damagedDirectory
  case tooManyEntries(most: Int)
  case tooLarge(mostBytes: Int)
  /// An entry that is much larger than its compressed data.
  case compressedTooMuch(String)
  case encrypted(String)
  /// The number of the method (APPNOTE.TXT, 4.4.5).
  case method(String, Int)
  /// An absolute path, a path that leaves its folder, or one that no system accepts.
  case unsafeName(String)
  case repeatedName(String)
  /// A symbolic link or a device.
  case notFile(String)
  /// Two entries use the same bytes.
  case overlapping(String)
  case damaged(String)
  case wrongSize(String)

  package var description: String {
    switch self {
    case .unreadable(let reason): reason
    case .notZIP: "this is not a ZIP file"
    case .truncated: "the ZIP file is cut off"
    case .severalParts: "the ZIP file is one of several parts"
    case .damagedDirectory: "the directory of the ZIP file is damaged"
    case .tooManyEntries(let most): "the ZIP file has more than \(most) entries"
    case .tooLarge(let most): "the ZIP file unpacks to more than \(most >> 20) MiB"
    case .compressedTooMuch(let name):
      "“\(name)” in the ZIP file unpacks to many times its size"
    case .encrypted(let name): "“\(name)” in the ZIP file needs a password"
    case .method(let name, let number):
      "“\(name)” in the ZIP file is compressed by method \(number); use deflate"
    case .unsafeName(let name): "“\(name)” in the ZIP file is not a path below a folder"
    case .repeatedName(let name): "“\(name)” is in the ZIP file twice"
    case .notFile(let name): "“\(name)” in the ZIP file is a link or a device"
    case .overlapping(let name): "“\(name)” in the ZIP file shares its bytes with another entry"
    case .damaged(let name): "“\(name)” in the ZIP file is damaged"
    case .wrongSize(let name): "“\(name)” in the ZIP file does not have the size it claims"
    }
  }
}

/// The checksum of ZIP, gzip and PNG (ISO 3309).
package struct CRC32 {
  package private(set) var value: UInt32 = 0

  package init() {}

  package mutating func update(_ bytes: [UInt8]) {
    value = unsafe bytes.withUnsafeBufferPointer { buffer in
      UInt32(unsafe crc32_z(UInt(value), buffer.baseAddress, buffer.count))
    }
  }
}

extension [UInt8] {
  /// A little-endian number of at most eight bytes; `Int.max` for one that is larger.
  func number(at index: Int, bytes: Int) -> Int {
    guard index >= 0, index + bytes <= count else { return 0 }
    var value: UInt64 = 0
    for offset in (0..<bytes).reversed() { value = value << 8 | UInt64(self[index + offset]) }
    return Int(exactly: value) ?? .max
  }
}
