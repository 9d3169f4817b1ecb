import Compression
import PDF
import TestSupport
import Testing

@Suite("All filters except image filters are decoded (ISO 32000-1 §7.4)")
struct FilterTests {
  private static let content = Array(
    "BT /F1 12 Tf 72 700 Td (one) Tj 0 -20 Td (two) Tj 0 -20 Td (three) Tj ET".utf8)

  private static func hex(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte -> [UInt8] in
      let digits = Array(String(byte, radix: 16).utf8)
      return digits.count == 1 ? [0x30] + digits : digits
    } + [0x3E]
  }

  private static func base85(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 4) {
      let part = Array(bytes[start..<min(start + 4, bytes.count)])
      var value = (part + [0, 0, 0]).prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      var digits: [UInt8] = []
      for _ in 0..<5 {
        digits.insert(UInt8(value % 85) + 0x21, at: 0)
        value /= 85
      }
      result += value == 0 && part == [0, 0, 0, 0] ? [0x7A] : digits.prefix(part.count + 1)
    }
    return result + [0x7E, 0x3E]
  }

  private static func runs(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 100) {
      let part = bytes[start..<min(start + 100, bytes.count)]
      result += [UInt8(part.count - 1)] + part
    }
    // A run of ten spaces.
    return result + [247, 0x20, 128]
  }

  /// LZW with each byte as a code of its own, and the sequences that a decoder learns unused.
  private static func lzw(_ bytes: [UInt8]) -> [UInt8] {
    var bits: [Bool] = []
    func put(_ code: Int) { for bit in (0..<9).reversed() { bits.append(code >> bit & 1 == 1) } }
    for (place, byte) in bytes.enumerated() {
      if place % 200 == 0 { put(256) }
      put(Int(byte))
    }
    put(257)
    return stride(from: 0, to: bits.count, by: 8).map { start in
      (start..<start + 8).reduce(UInt8(0)) { $0 << 1 | ($1 < bits.count && bits[$1] ? 1 : 0) }
    }
  }

  private static func paeth(_ bytes: [UInt8], columns: Int) -> [UInt8] {
    var padded = bytes
    while padded.count % columns != 0 { padded.append(0x20) }
    var result: [UInt8] = []
    for row in 0..<padded.count / columns {
      result.append(4)
      for column in 0..<columns {
        let place = row * columns + column
        let left = column > 0 ? Int(padded[place - 1]) : 0
        let up = row > 0 ? Int(padded[place - columns]) : 0
        let corner = row > 0 && column > 0 ? Int(padded[place - columns - 1]) : 0
        let estimate = left + up - corner
        let (a, b, c) = (abs(estimate - left), abs(estimate - up), abs(estimate - corner))
        let guess = a <= b && a <= c ? left : b <= c ? up : corner
        result.append(padded[place] &- UInt8(guess))
      }
    }
    return result
  }

  private static func differences(_ bytes: [UInt8], columns: Int) -> [UInt8] {
    bytes.indices.map { $0 % columns == 0 ? bytes[$0] : bytes[$0] &- bytes[$0 - 1] }
  }

  static let encodings: [(String, [UInt8])] = [
    ("", content),
    ("/Filter/FlateDecode", deflate(content)),
    ("/Filter/Fl", deflate(content)),
    ("/Filter[/FlateDecode]/DecodeParms[null]", deflate(content)),
    ("/Filter/ASCIIHexDecode", hex(content)),
    ("/Filter/AHx", hex(content)),
    ("/Filter/ASCII85Decode", base85(content)),
    ("/Filter/RunLengthDecode", runs(content)),
    ("/Filter/LZWDecode", lzw(content)),
    ("/Filter[/ASCII85Decode/FlateDecode]", base85(deflate(content))),
    ("/Filter[/AHx/A85/RL/LZW]", hex(base85(runs(lzw(content))))),
    (
      "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 7>>",
      deflate(paeth(content, columns: 7))
    ),
    (
      "/Filter/LZWDecode/DecodeParms<</Predictor 2/Columns 9>>",
      lzw(differences(content, columns: 9))
    ),
    ("/Filter[/Crypt/FlateDecode]", deflate(content)),
  ]

  private func shown(_ entries: String, _ data: [UInt8]) throws -> DocumentText {
    var file = SampleFile(pages: [""])
    file.objects[3] = SampleFile.stream(data, entries)
    return try text(of: file.bytes)
  }

  @Test(arguments: FilterTests.encodings.indices)
  func decodes(_ index: Int) throws {
    let (entries, data) = Self.encodings[index]
    let document = try shown(entries, data)
    #expect(document.pages[0].lines.map(\.text) == ["one", "two", "three"], "\(entries)")
    #expect(document.defects.isEmpty)
  }

  @Test("Of damaged data the part before the damage is kept")
  func damage() throws {
    for (entries, data) in Self.encodings {
      let document = try shown(entries, Array(data.prefix(data.count * 3 / 4)))
      #expect(document.pages[0].lines.first?.text == "one", "\(entries)")
      #expect(document.pages[0].lines.count < 3, "\(entries)")
    }
    let cut = Array(deflate(Self.content).dropLast(12))
    let document = try shown("/Filter/FlateDecode", cut)
    #expect(document.pages[0].lines.first?.text == "one")
    #expect(document.defects == [.damagedStream(object: 4)])
  }

  /// Lines that are all different.
  private static let long = (0..<400).map { "line \($0 * 7919)" }
  private static let longContent = Array(
    ("BT /F1 12 Tf 14 TL 72 7000 Td\n"
      + long.map { "(\($0)) '\n" }.joined() + "ET").utf8)

  private func longLines(_ entries: String, _ data: [UInt8]) throws -> [String] {
    var file = SampleFile(pages: [""], page: "/MediaBox[0 0 612 7792]")
    file.objects[3] = SampleFile.stream(data, entries)
    return try lines(file.bytes)
  }

  @Test(
    "What stands behind the damage is read",
    arguments: [
      ("/Filter/LZWDecode", lzw(longContent)),
      ("/Filter/ASCII85Decode", base85(longContent)),
      ("/Filter/ASCIIHexDecode", hex(longContent)),
      ("", longContent),
    ])
  func behindDamage(_ entries: String, _ data: [UInt8]) throws {
    for part in [3, 4, 5] {
      for flip in [0x5A, 0x03, 0x5C] as [UInt8] {
        var damaged = data
        damaged[data.count * part / 8] ^= flip
        let found = Set(try longLines(entries, damaged))
        let (first, last) = (400 * (part - 1) / 8, 400 * (part + 2) / 8)
        let before = Self.long[..<first].count { found.contains($0) }
        let after = Self.long[last...].count { found.contains($0) }
        #expect(before == first, "\(entries) \(part) \(flip)")
        #expect(3 * after >= Self.long.count - last, "\(entries) \(part) \(flip)")
      }
    }
  }

  @Test(
    "Content is read on after operators that are damaged",
    arguments: [
      "(no end Tj", "<AFFE", "<<", "<</A", "BI", "BI /W 3", "]]>>)}", "[", "(a) TJJ", "\u{1}\u{2}",
      "1 2 3",
      "/F1", "q q Q BX", "(((", "1e9 0 0 zz", "BT (", "/ (", "1 0 0 1 Tmx",
    ])
  func garbage(_ garbage: String) throws {
    let content =
      "BT /F1 12 Tf 72 700 Td (one) Tj ET \(garbage)\n"
      + "BT /F1 12 Tf 72 680 Td (two) Tj 0 -20 Td (three) Tj ET"
    let found = try lines(showing: content)
    #expect(found.first?.hasPrefix("one") == true, "\(found)")
    #expect(found.suffix(2) == ["two", "three"], "\(found)")
  }

  @Test("Many strings without an end cost little")
  func unclosed() throws {
    let content = String(repeating: "( << <A BI ", count: 20_000) + "BT /F1 12 Tf 72 700 Td"
    let start = ContinuousClock.now
    _ = try lines(showing: content)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test("A wrong checksum alone is no damage")
  func checksum() throws {
    var data = deflate(Self.content)
    data[data.count - 1] ^= 255
    #expect(try shown("/Filter/FlateDecode", data).pages[0].lines.count == 3)
  }

  @Test("An unknown filter is named")
  func unknown() throws {
    let document = try shown("/Filter/FooDecode", Self.content)
    #expect(document.defects == [.unknownFilter(object: 4, name: "FooDecode")])
    #expect(!document.hasText)
  }

  @Test("Data that inflate without end are cut at the limit")
  func bomb() throws {
    let data = deflate(Self.content + [UInt8](repeating: 0x20, count: 4 << 20))
    var file = SampleFile(pages: [""])
    file.objects[3] = SampleFile.stream(data, "/Filter/FlateDecode")
    let document = try text(of: file.bytes, limits: Limits(streamBytes: 1 << 20))
    #expect(document.pages[0].lines.count == 3)
    #expect(document.defects == [.tooLargeStream(object: 4)])
    let bounded = try text(of: file.bytes, limits: Limits(inflatedBytes: 1 << 20))
    #expect(bounded.defects == [.tooMuchData])
  }
}
