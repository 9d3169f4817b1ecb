import Compression
import Foundation
import Testing

@Suite("ZIP files are unpacked entry by entry, and what could do harm is refused")
struct ZIPTests {
  private final class File {
    let path = FileManager.default.temporaryDirectory.appending(path: "zip-\(UUID())").path

    init(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private func contents(
    _ zip: ZIPWriter, limits: ZIPArchive.Limits = ZIPArchive.Limits(), prefix: [UInt8] = []
  ) throws -> [String: [UInt8]] {
    let file = try File(prefix + zip.bytes())
    let archive = try ZIPArchive(path: file.path, limits: limits)
    var contents: [String: [UInt8]] = [:]
    for entry in archive.entries {
      var bytes: [UInt8] = []
      try archive.unpack(entry) { bytes += $0 }
      contents[entry.name] = bytes
    }
    return contents
  }

  private let text = Array(String(repeating: "ferries and fog, ", count: 20_000).utf8)

  @Test func storedAndDeflatedEntriesAreUnpacked() throws {
    var zip = ZIPWriter()
    zip.add("folder/", [])
    zip.add("folder/a.txt", Array("one".utf8), isDeflated: false)
    zip.add("b.pdf", text)
    zip.add("empty", [])
    let expected = ["folder/a.txt": Array("one".utf8), "b.pdf": text, "empty": []]
    #expect(try contents(zip) == expected)
    // A program that unpacks itself has its code in front.
    #expect(try contents(zip, prefix: Array("#!/bin/sh\n".utf8)) == expected)
    zip.comment = Array("PK\u{5}\u{6} in a comment".utf8)
    #expect(try contents(zip) == expected)
  }

  @Test("Sizes behind the data and sizes of ZIP64 are read", arguments: [true, false])
  func laterSizes(isLong: Bool) throws {
    var zip = ZIPWriter()
    zip.isLong = isLong
    zip.hasDescriptors = true
    zip.add("a", text)
    zip.add("b", Array("two".utf8), isDeflated: false)
    #expect(try contents(zip) == ["a": text, "b": Array("two".utf8)])
  }

  @Test func namesAreUTF8OrOfCodePage437() throws {
    var zip = ZIPWriter()
    zip.add("Übersicht.pdf", [1])
    zip.add(raw: [0x81, 0x62, 0x65, 0x72, 0x2E, 0x70, 0x64, 0x66], [2])
    zip.add("ordner\\datei.pdf", [3])
    #expect(try Set(contents(zip).keys) == ["Übersicht.pdf", "über.pdf", "ordner/datei.pdf"])
  }

  @Test(
    "Names that lead out of the folder are refused",
    arguments: [
      "../a", "a/../../b", "/etc/passwd", "C:/a", "\\a", "a/./b", "a//b", "", "a\u{0}b", "..\\a",
    ])
  func unsafeName(_ name: String) throws {
    var zip = ZIPWriter()
    zip.add(name, [1])
    let error = #expect(throws: ZIPError.self) { try contents(zip) }
    guard case .unsafeName = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
  }

  @Test func whatCouldDoHarmIsRefused() throws {
    func error(_ limits: ZIPArchive.Limits = .init(), _ make: (inout ZIPWriter) -> Void)
      -> ZIPError?
    {
      var zip = ZIPWriter()
      make(&zip)
      do { _ = try contents(zip, limits: limits) } catch { return error as? ZIPError }
      return nil
    }
    var few = ZIPArchive.Limits()
    few.entries = 3
    #expect(
      error(few) { zip in for n in 0..<4 { zip.add("\(n)", []) } } == .tooManyEntries(most: 3))
    var small = ZIPArchive.Limits()
    small.totalBytes = 5
    #expect(
      error(small) {
        $0.add("a", [1, 2, 3]); $0.add("b", [1, 2, 3])
      } == .tooLarge(mostBytes: 5))
    small.totalBytes = 100
    small.entryBytes = 2
    #expect(error(small) { $0.add("a", [1, 2, 3]) } == .tooLarge(mostBytes: 2))
    let zeros = [UInt8](repeating: 0, count: 3 << 20)
    #expect(error { $0.add("bomb", zeros) } == .compressedTooMuch("bomb"))
    #expect(
      error {
        $0.add("a", [1]); $0.add("A", [2])
      } == .repeatedName("A"))
    #expect(
      error {
        $0.add("a", [1]); $0.flags = 1; $0.add("b", [2])
      } == .encrypted("b"))
    #expect(
      error {
        $0.method = 12; $0.add("a", [1])
      } == .method("a", 12))
    #expect(
      error {
        $0.mode = 0xA1FF; $0.add("link", [1])
      } == .notFile("link"))
    #expect(
      error {
        $0.claimed = 2; $0.add("a", [1, 2, 3, 4])
      } == .wrongSize("a"))
    #expect(
      error {
        $0.claimed = 9; $0.add("a", [1, 2, 3, 4])
      } == .wrongSize("a"))
    #expect(
      error {
        $0.checksum = 7; $0.add("a", [1])
      } == .damaged("a"))
    #expect(
      error {
        $0.localName = "b"; $0.add("a", [1])
      } == .damaged("a"))
    #expect(
      error {
        $0.add("a", text, isDeflated: false); $0.offset = 0; $0.add("b", text)
      } == .overlapping("b"))
  }

  @Test func whatIsNoZIPFileOrCutOffIsRefused() throws {
    func error(_ bytes: [UInt8]) throws -> ZIPError? {
      let file = try File(bytes)
      do { _ = try ZIPArchive(path: file.path) } catch { return error }
      return nil
    }
    #expect(try error([]) == .notZIP)
    #expect(try error(Array("%PDF-1.4".utf8)) == .notZIP)
    var zip = ZIPWriter()
    zip.add("a", text)
    #expect(try error(Array(zip.bytes().dropLast(10))) == .truncated)
    #expect(throws: ZIPError.self) { try ZIPArchive(path: "/nowhere.zip") }
    #expect(throws: ZIPError.self) { try ZIPArchive(path: "/tmp") }
    // Every cut and every changed byte is refused or unpacked, and never traps.
    let whole = zip.bytes()
    for index in stride(from: 0, to: whole.count, by: 7) {
      var changed = whole
      changed[index] ^= 0xFF
      for bytes in [changed, Array(whole[..<index])] {
        let file = try File(bytes)
        guard let archive = try? ZIPArchive(path: file.path) else { continue }
        for entry in archive.entries { try? archive.unpack(entry) { _ in } }
      }
    }
  }
}

/// Writes ZIP files, also wrong ones.
private struct ZIPWriter {
  var isLong = false
  var hasDescriptors = false
  var comment: [UInt8] = []
  // Of the next entries, to be wrong.
  var flags = 0
  var method: Int?
  var mode = 0x81A4
  var claimed: Int?
  var checksum: Int?
  var localName: String?
  var offset: Int?
  private var data: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  mutating func add(_ name: String, _ content: [UInt8], isDeflated: Bool = true) {
    add(raw: Array(name.utf8), content, isDeflated: isDeflated)
  }

  mutating func add(raw name: [UInt8], _ content: [UInt8], isDeflated: Bool = true) {
    // A zlib stream without its header and checksum is deflate data.
    let packed = isDeflated ? Array(zlib(content).dropFirst(2).dropLast(4)) : content
    let sum = checksum ?? Int(crc(content))
    let size = claimed ?? content.count
    let start = offset ?? data.count
    let bits = flags | (hasDescriptors ? 8 : 0)
    let way = method ?? (isDeflated ? 8 : 0)
    let local = localName.map { Array($0.utf8) } ?? name
    data += number(0x0403_4B50, 4) + number(20, 2) + number(bits, 2) + number(way, 2) + number(0, 4)
    data += number(hasDescriptors ? 0 : sum, 4) + number(hasDescriptors ? 0 : packed.count, 4)
    data +=
      number(hasDescriptors ? 0 : size, 4) + number(local.count, 2) + number(0, 2) + local + packed
    if hasDescriptors {
      data += number(0x0807_4B50, 4) + number(sum, 4) + number(packed.count, 4) + number(size, 4)
    }
    let all = 0xFFFF_FFFF
    let extra =
      isLong
      ? number(1, 2) + number(24, 2) + number(size, 8) + number(packed.count, 8) + number(start, 8)
      : []
    directory += number(0x0201_4B50, 4) + number(0x0314, 2) + number(20, 2) + number(bits, 2)
    directory += number(way, 2) + number(0, 4) + number(sum, 4)
    directory += number(isLong ? all : packed.count, 4) + number(isLong ? all : size, 4)
    directory += number(name.count, 2) + number(extra.count, 2) + number(0, 2) + number(0, 2)
    directory += number(0, 2) + number((name.last == 0x2F ? 0x41ED : mode) << 16, 4)
    directory += number(isLong ? all : start, 4) + name + extra
    count += 1
  }

  func bytes() -> [UInt8] {
    var output = data + directory
    if isLong {
      let place = output.count
      output += number(0x0606_4B50, 4) + number(44, 8) + number(45, 2) + number(45, 2)
      output += number(0, 4) + number(0, 4) + number(count, 8) + number(count, 8)
      output += number(directory.count, 8) + number(data.count, 8)
      output += number(0x0706_4B50, 4) + number(0, 4) + number(place, 8) + number(1, 4)
    }
    output += number(0x0605_4B50, 4) + number(0, 4) + number(isLong ? 0xFFFF : count, 2)
    output += number(isLong ? 0xFFFF : count, 2) + number(isLong ? 0xFFFF_FFFF : directory.count, 4)
    output += number(isLong ? 0xFFFF_FFFF : data.count, 4) + number(comment.count, 2) + comment
    return output
  }

  private func number(_ value: Int, _ bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private func crc(_ bytes: [UInt8]) -> UInt32 {
    var state: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      state ^= UInt32(byte)
      for _ in 0..<8 { state = state & 1 == 1 ? 0xEDB8_8320 ^ (state >> 1) : state >> 1 }
    }
    return ~state
  }

  private func zlib(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes) }
}
