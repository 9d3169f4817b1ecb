// ITU-T T.81 Annex B: the segments of a JPEG file.

/// A JPEG file with only the segments that its picture needs.
struct JPEGFile {
  private(set) var bytes: [UInt8]
  private(set) var width = 0
  private(set) var height = 0
  private(set) var components = 0

  /// Checks and copies a file; nil for one that browsers cannot decode.
  ///
  /// Comments, profiles and camera data are left out, since browsers obey them and PDF does not.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - colorTransform: The value of `ColorTransform` (ISO 32000-2 table 13), if given.
  init?(_ file: [UInt8], colorTransform: Int?) {
    bytes = [0xFF, 0xD8]
    guard
      let start = (0..<max(0, min(file.count - 1, 1024))).first(where: {
        file[$0] == 0xFF && file[$0 + 1] == 0xD8
      })
    else { return nil }
    var place = start + 2
    var body: [UInt8] = []
    var transform = colorTransform
    var hasScan = false
    scan: while place + 4 <= file.count {
      guard file[place] == 0xFF else {
        place += 1
        continue
      }
      let marker = file[place + 1]
      if marker == 0xFF || marker == 0 || (0xD0...0xD8).contains(marker) {
        place += marker == 0xFF ? 1 : 2
        continue
      }
      if marker == 0xD9 { break }
      let length = Int(file[place + 2]) << 8 | Int(file[place + 3])
      guard length >= 2, place + 2 + length <= file.count else { break }
      let segment = file[place..<place + 2 + length]
      place += 2 + length
      switch marker {
      case 0xC0, 0xC1, 0xC2:
        guard components == 0, readFrame(Array(segment)) else { return nil }
        body += segment
      case 0xC4, 0xDB, 0xDD: body += segment
      case 0xDA:
        guard components > 0 else { return nil }
        hasScan = true
        body += segment
        place = Self.copyScan(file, from: place, to: &body)
      case 0xEE:
        // Adobe's marker says whether colours are transformed; it wins over the PDF.
        if segment.count >= 16, segment.dropFirst(4).prefix(5).elementsEqual("Adobe".utf8) {
          transform = Int(segment[segment.startIndex + 15])
        }
      case 0xE0...0xEF, 0xFE: break
      default: return nil
      }
    }
    guard hasScan, width > 0, height > 0 else { return nil }
    if components == 3 {
      bytes += [0xFF, 0xEE, 0, 14] + Array("Adobe".utf8)
      bytes += [0, 100, 0, 0, 0, 0, transform == 0 ? 0 : 1]
    }
    bytes += body + [0xFF, 0xD9]
  }

  private mutating func readFrame(_ segment: [UInt8]) -> Bool {
    guard segment.count >= 10, segment[4] == 8 else { return false }
    height = Int(segment[5]) << 8 | Int(segment[6])
    width = Int(segment[7]) << 8 | Int(segment[8])
    components = Int(segment[9])
    return [1, 3, 4].contains(components) && segment.count >= 10 + 3 * components
      && width * height <= 1 << 26
  }

  /// Copies entropy-coded data up to the next marker.
  private static func copyScan(_ file: [UInt8], from start: Int, to body: inout [UInt8]) -> Int {
    var place = start
    while place + 1 < file.count {
      if file[place] == 0xFF, file[place + 1] != 0, !(0xD0...0xD7).contains(file[place + 1]) {
        if file[place + 1] != 0xFF { break }
      }
      place += 1
    }
    let end = place + 1 >= file.count ? file.count : place
    body += file[start..<end]
    return end
  }
}
