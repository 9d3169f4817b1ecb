import Compression
import Drawing
import TestSupport

/// Draws pages of sample files.
enum Drawn {
  /// The first page of a file.
  static func page(_ file: SampleFile) throws -> Drawing { try draw(page: 1, of: file.bytes) }

  /// The SVG of a page with some content.
  static func svg(
    _ content: String, resources: String = SampleFile.helvetica, page: String = "",
    more: [String] = []
  ) throws -> String {
    let file = SampleFile(pages: [content], resources: resources, page: page, more: more)
    return String(decoding: try Self.page(file).svg, as: UTF8.self)
  }

  /// A file whose font F1 has a program, and is encoded by WinAnsi or, composite, by glyph.
  static func file(
    _ content: String, program: [UInt8], key: String, subtype: String, entries: String = "",
    isComposite: Bool = false, toUnicode: String? = nil
  ) -> SampleFile {
    let descriptor =
      "/FontDescriptor<</Type/FontDescriptor/Flags 32/Ascent 700/Descent -200/\(key) 5 0 R>>"
    let map = toUnicode == nil ? "" : "/ToUnicode 6 0 R"
    let font =
      isComposite
      ? """
      /Subtype/Type0/BaseFont/Sample/Encoding/Identity-H\(map)/DescendantFonts[<</Type/Font\
      /Subtype/\(subtype)/DW 700\(descriptor)>>]
      """
      : """
      /Subtype/\(subtype)/BaseFont/Sample/Encoding/WinAnsiEncoding/FirstChar 65/LastChar 66\
      /Widths[700 500]\(map)\(descriptor)
      """
    var file = SampleFile(pages: [content], resources: "/Font<</F1<</Type/Font\(font)>>>>")
    file.add(stream: program, entries)
    if let toUnicode { file.add(stream: toUnicode) }
    return file
  }

  /// The data URIs of a type in a drawing, decoded.
  static func data(_ type: String, in svg: [UInt8]) -> [[UInt8]] {
    let text = String(decoding: svg, as: UTF8.self)
    return text.split(separator: "data:\(type);base64,").dropFirst().map { part in
      bytes(base64: part.prefix { $0 != "\"" && $0 != ")" })
    }
  }

  private static func bytes(base64 text: Substring) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    var (value, bits) = (0, 0)
    for byte in text.utf8 {
      guard let digit = alphabet.firstIndex(of: byte) else { break }
      value = (value << 6 | digit) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        result.append(UInt8(value >> bits & 255))
      }
    }
    return result
  }

  /// The tables of a WOFF file.
  static func tables(_ woff: [UInt8]) throws -> [String: [UInt8]] {
    func number(_ place: Int, _ count: Int) -> Int {
      woff[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
    }
    var result: [String: [UInt8]] = [:]
    for entry in 0..<number(12, 2) {
      let place = 44 + 20 * entry
      let tag = String(decoding: woff[place..<place + 4], as: UTF8.self)
      let data = Array(woff[number(place + 4, 4)...].prefix(number(place + 8, 4)))
      let length = number(place + 12, 4)
      result[tag] = data.count < length ? try inflate(data, limit: length) : data
    }
    return result
  }

  /// The rows of a PNG image with their filter bytes, and its palette.
  static func png(_ file: [UInt8]) throws -> (rows: [UInt8], palette: [UInt8], header: [UInt8]) {
    var chunks: [String: [UInt8]] = [:]
    var place = 8
    while place + 12 <= file.count {
      let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let type = String(decoding: file[place + 4..<place + 8], as: UTF8.self)
      chunks[type, default: []] += file[place + 8..<place + 8 + length]
      place += 12 + length
    }
    return (
      try inflate(chunks["IDAT"] ?? [], limit: 1 << 20), chunks["PLTE"] ?? [],
      chunks["IHDR"] ?? []
    )
  }

  /// The samples of a PNG image without filters, with the bytes of a row.
  static func samples(_ file: [UInt8]) throws -> (bytes: [UInt8], perRow: Int) {
    let image = try png(file)
    let width = image.header[0..<4].reduce(0) { $0 << 8 | Int($1) }
    let channels = [0: 1, 2: 3, 6: 4][Int(image.header[9])] ?? 1
    let perRow = (width * channels * Int(image.header[8]) + 7) / 8
    var result: [UInt8] = []
    for start in stride(from: 0, to: image.rows.count, by: perRow + 1) {
      for (index, byte) in image.rows[start + 1..<start + 1 + perRow].enumerated() {
        let left = index >= channels ? result[result.count - channels] : 0
        let up = result.count >= perRow ? result[result.count - perRow] : 0
        result.append(byte &+ (image.rows[start] == 1 ? left : image.rows[start] == 2 ? up : 0))
      }
    }
    return (result, perRow)
  }
}
