// ISO 32000-1 §9.7.3: character collections.

internal import Compression

/// The collections whose numbers East Asian fonts use for their glyphs.
package enum CharacterCollection: Sendable {
  case japan1, gb1, cns1, korea1

  /// The collection in `CIDSystemInfo`; nil for other fonts.
  package init?(registry: [UInt8], ordering: [UInt8]) {
    guard registry.elementsEqual("Adobe".utf8) else { return nil }
    switch String(decoding: ordering, as: UTF8.self) {
    case "Japan1", "Japan2": self = .japan1
    case "GB1": self = .gb1
    case "CNS1": self = .cns1
    case "Korea1": self = .korea1
    default: return nil
    }
  }

  /// The collection of a predefined CMap (table 118).
  package init?(cmap name: String) {
    if name.contains("JIS") || name.contains("RKSJ") || ["H", "V", "EUC-H", "EUC-V"].contains(name)
    {
      self = .japan1
    } else if name.hasPrefix("GB") || name.hasPrefix("UniGB") {
      self = .gb1
    } else if name.contains("KS") {
      self = .korea1
    } else if name.contains("CNS") || name.contains("B5") {
      self = .cns1
    } else {
      return nil
    }
  }

  /// The character of each glyph; zero for none.
  package var characters: [UInt32] {
    switch self {
    case .japan1: Self.japan1Characters
    case .gb1: Self.gb1Characters
    case .cns1: Self.cns1Characters
    case .korea1: Self.korea1Characters
    }
  }

  private static let japan1Characters = unpacked(adobeJapan1Table)
  private static let gb1Characters = unpacked(adobeGB1Table)
  private static let cns1Characters = unpacked(adobeCNS1Table)
  private static let korea1Characters = unpacked(adobeKorea1Table)

  /// Unpacks a table.
  ///
  /// It is zlib data in base 64. Each character is given by its difference from the previous one in
  /// 24 bits: first the middle bytes of all, then the low ones, then the high ones.
  private static func unpacked(_ table: String) -> [UInt32] {
    guard let planes = try? inflate(base64(table), limit: 1 << 20) else { return [] }
    let count = planes.count / 3
    var scalar: UInt32 = 0
    return (0..<count).map { index in
      let middle = UInt32(planes[index]) << 8
      let distance =
        middle | UInt32(planes[count + index]) | UInt32(planes[2 * count + index]) << 16
      scalar = (scalar &+ distance) & 0xFF_FFFF
      return scalar
    }
  }

  private static func base64(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for digit in text.utf8 {
      let value: UInt8
      switch digit {
      case 0x41...0x5A: value = digit - 0x41
      case 0x61...0x7A: value = digit - 0x61 + 26
      case 0x30...0x39: value = digit - 0x30 + 52
      case 0x2B: value = 62
      case 0x2F: value = 63
      default: continue
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
