internal import Glibc

/// A file that is read at any place.
final class ZIPFile: Sendable {
  let bytes: Int
  private let descriptor: Int32

  init(_ path: String) throws(ZIPError) {
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(ZIPFile.reason) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notZIP
    }
    bytes = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// The bytes of a range; fewer where the file ends.
  func read(_ range: Range<Int>) throws(ZIPError) -> [UInt8] {
    var output: [UInt8] = []
    while output.count < range.count {
      let start = range.lowerBound + output.count
      let rest = range.upperBound - start
      var failed = false
      let piece = unsafe [UInt8](unsafeUninitializedCapacity: rest) { buffer, count in
        var result = -1
        repeat {
          result = unsafe pread(descriptor, buffer.baseAddress, rest, off_t(start))
        } while result < 0 && errno == EINTR
        failed = result < 0
        count = max(0, result)
      }
      if failed { throw .unreadable(ZIPFile.reason) }
      if piece.isEmpty { break }
      output = output.isEmpty ? piece : output + piece
    }
    return output
  }

  private static var reason: String { unsafe String(cString: strerror(errno)) }
}

/// Reads the directory of a ZIP file.
struct ZIPDirectory {
  let shift: Int
  private let limits: ZIPArchive.Limits
  private let bytes: [UInt8]
  private let count: Int
  /// Where the directory begins, by the file's own counting.
  private let offset: Int

  /// The longest directory that is read: some 300 bytes for each of 100,000 entries.
  private static let longest = 32 << 20

  init(_ file: ZIPFile, _ limits: ZIPArchive.Limits) throws(ZIPError) {
    self.limits = limits
    let head = try file.read(0..<4)
    let tailStart = max(0, file.bytes - 65_557)
    let tail = try file.read(tailStart..<file.bytes)
    // The end record has a comment of any length behind it.
    guard
      let end = stride(from: tail.count - 22, through: 0, by: -1).first(where: {
        tail.number(at: $0, bytes: 4) == 0x0605_4B50
          && $0 + 22 + tail.number(at: $0 + 20, bytes: 2) <= tail.count
      })
    else {
      throw head.number(at: 0, bytes: 4) == 0x0403_4B50 ? .truncated : .notZIP
    }
    var count = tail.number(at: end + 10, bytes: 2)
    var size = tail.number(at: end + 12, bytes: 4)
    var offset = tail.number(at: end + 16, bytes: 4)
    var disk = tail.number(at: end + 4, bytes: 2)
    var directoryEnd = tailStart + end
    if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF || disk == 0xFFFF {
      let locator = try file.read(max(0, directoryEnd - 20)..<directoryEnd)
      guard locator.number(at: 0, bytes: 4) == 0x0706_4B50 else { throw .damagedDirectory }
      let place = locator.number(at: 8, bytes: 8)
      guard place <= directoryEnd - 76 else { throw .damagedDirectory }
      let record = try file.read(place..<(place + 56))
      guard record.number(at: 0, bytes: 4) == 0x0606_4B50 else { throw .damagedDirectory }
      (disk, count) = (record.number(at: 16, bytes: 4), record.number(at: 32, bytes: 8))
      (size, offset) = (record.number(at: 40, bytes: 8), record.number(at: 48, bytes: 8))
      directoryEnd = place
    }
    guard disk == 0 else { throw .severalParts }
    guard count <= limits.entries else { throw .tooManyEntries(most: limits.entries) }
    guard size <= directoryEnd, offset <= directoryEnd - size, size >= count.clamped * 46 else {
      throw .damagedDirectory
    }
    guard size <= ZIPDirectory.longest else { throw .tooManyEntries(most: limits.entries) }
    shift = directoryEnd - size - offset
    bytes = try file.read((directoryEnd - size)..<directoryEnd)
    guard bytes.count == size else { throw .truncated }
    (self.count, self.offset) = (count, offset)
  }

  func read() throws(ZIPError) -> [ZIPArchive.Entry] {
    var entries: [ZIPArchive.Entry] = []
    var names: Set<String> = []
    var total = 0
    var index = 0
    for _ in 0..<count {
      guard bytes.number(at: index, bytes: 4) == 0x0201_4B50, index + 46 <= bytes.count else {
        throw .damagedDirectory
      }
      let nameBytes = bytes.number(at: index + 28, bytes: 2)
      let extraBytes = bytes.number(at: index + 30, bytes: 2)
      let commentBytes = bytes.number(at: index + 32, bytes: 2)
      let end = index + 46 + nameBytes + extraBytes + commentBytes
      guard end <= bytes.count else { throw .damagedDirectory }
      let entry = try entry(at: index, nameBytes, extraBytes)
      index = end
      guard let entry else { continue }
      // Some file systems take names for the same that differ in case only.
      guard names.insert(entry.name.lowercased()).inserted else {
        throw .repeatedName(entry.name)
      }
      let (sum, isOverflow) = total.addingReportingOverflow(entry.bytes)
      guard !isOverflow, sum <= limits.totalBytes, entry.bytes <= limits.entryBytes else {
        throw .tooLarge(
          mostBytes: isOverflow || sum > limits.totalBytes
            ? limits.totalBytes : limits.entryBytes)
      }
      total = sum
      let allowed = (1 << 20) + entry.compressedBytes.clamped * limits.ratio
      guard entry.bytes <= allowed else { throw .compressedTooMuch(entry.name) }
      entries.append(entry)
    }
    // Entries that share bytes multiply what a small file unpacks to.
    var used = 0
    for entry in entries.sorted(by: { $0.offset < $1.offset }) {
      guard entry.offset >= used, entry.compressedBytes <= offset,
        entry.offset <= offset - entry.compressedBytes
      else { throw .overlapping(entry.name) }
      used = entry.offset + 30 + entry.rawName.count + entry.compressedBytes
    }
    return entries
  }

  /// The entry whose record begins at an index; nil for a folder.
  private func entry(
    at index: Int, _ nameBytes: Int, _ extraBytes: Int
  ) throws(ZIPError) -> ZIPArchive.Entry? {
    let flags = bytes.number(at: index + 8, bytes: 2)
    let method = bytes.number(at: index + 10, bytes: 2)
    let raw = Array(bytes[(index + 46)..<(index + 46 + nameBytes)])
    let extra = Array(bytes[(index + 46 + nameBytes)..<(index + 46 + nameBytes + extraBytes)])
    let name = try checked(name(raw, isUTF8: flags & 0x800 != 0))
    let mode = bytes.number(at: index + 38, bytes: 4) >> 16 & 0xF000
    let isUnix = bytes.number(at: index + 5, bytes: 1) == 3
    if name.hasSuffix("/") || (isUnix && mode == 0x4000) { return nil }
    guard !isUnix || mode == 0 || mode == 0x8000 else { throw .notFile(name) }
    guard flags & 1 == 0, flags & 0x40 == 0, flags & 0x2000 == 0, method != 99 else {
      throw .encrypted(name)
    }
    guard method == 0 || method == 8 else { throw .method(name, method) }
    var compressed = bytes.number(at: index + 20, bytes: 4)
    var size = bytes.number(at: index + 24, bytes: 4)
    var offset = bytes.number(at: index + 42, bytes: 4)
    try readLongSizes(extra, &size, &compressed, &offset)
    guard method == 8 || compressed == size else { throw .wrongSize(name) }
    return ZIPArchive.Entry(
      name: name, bytes: size, compressedBytes: compressed, isDeflated: method == 8,
      checksum: UInt32(truncatingIfNeeded: bytes.number(at: index + 16, bytes: 4)),
      offset: offset, rawName: raw)
  }

  /// Replaces sizes of 0xFFFFFFFF by those of the ZIP64 field (APPNOTE.TXT, 4.5.3).
  private func readLongSizes(
    _ extra: [UInt8], _ size: inout Int, _ compressed: inout Int, _ offset: inout Int
  ) throws(ZIPError) {
    guard size == 0xFFFF_FFFF || compressed == 0xFFFF_FFFF || offset == 0xFFFF_FFFF else { return }
    var index = 0
    while index + 4 <= extra.count {
      let length = extra.number(at: index + 2, bytes: 2)
      guard extra.number(at: index, bytes: 2) == 1 else {
        index += 4 + length
        continue
      }
      var place = index + 4
      let end = min(extra.count, place + length)
      func next() -> Int? {
        guard place + 8 <= end else { return nil }
        defer { place += 8 }
        return extra.number(at: place, bytes: 8)
      }
      if size == 0xFFFF_FFFF { size = next() ?? -1 }
      if compressed == 0xFFFF_FFFF { compressed = next() ?? -1 }
      if offset == 0xFFFF_FFFF { offset = next() ?? -1 }
      guard size >= 0, compressed >= 0, offset >= 0 else { throw .damagedDirectory }
      return
    }
    throw .damagedDirectory
  }

  /// The name as text: UTF-8 if it is marked so or can be read so, code page 437 otherwise.
  private func name(_ raw: [UInt8], isUTF8: Bool) -> String {
    if let text = String(validating: raw, as: UTF8.self) { return text }
    if isUTF8 { return String(decoding: raw, as: UTF8.self) }
    var view = String.UnicodeScalarView()
    for byte in raw {
      view.append(byte < 0x80 ? Unicode.Scalar(byte) : ZIPDirectory.page437[Int(byte) - 0x80])
    }
    return String(view)
  }

  private func checked(_ name: String) throws(ZIPError) -> String {
    // Some Windows programs write “\” between folders.
    let path = String(name.map { $0 == "\\" ? "/" : $0 })
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let isDrive = parts[0].utf8.count == 2 && parts[0].hasSuffix(":")
    guard !name.isEmpty, name.utf8.count <= 1000, !path.hasPrefix("/"), !isDrive,
      !parts.contains(".."), !parts.contains("."), !parts.dropLast().contains(""),
      !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else { throw .unsafeName(name) }
    return path
  }

  /// The characters 0x80 to 0xFF of IBM code page 437.
  private static let page437 = Array(
    ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌"
      + "█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}").unicodeScalars)
}

extension Int {
  /// At most what can be multiplied by any limit.
  fileprivate var clamped: Int { Swift.min(self, 1 << 40) }
}
