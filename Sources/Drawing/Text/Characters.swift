/// Which characters can stand for a glyph in a web page.
enum Characters {
  /// The characters to write for a glyph; empty if they would not show exactly one glyph.
  static func writable(_ scalars: [UInt32]) -> [UInt32] {
    if let ligature = ligatures[scalars] { return [ligature] }
    let characters = scalars.map(plain)
    guard characters.count <= 8, characters.allSatisfy(isWritable) else { return [] }
    // Spaces within a sequence would be shown as gaps.
    return characters.count > 1 ? characters.filter { $0 != 0x20 } : characters
  }

  /// The characters to copy for a glyph that is shown otherwise.
  static func copyable(_ scalars: [UInt32]) -> [UInt32] {
    scalars.prefix(8).map { $0 < 0x20 || $0 == 0xA0 ? 0x20 : $0 }.filter { scalar in
      Unicode.Scalar(scalar).map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned: false
        default: true
        }
      } ?? false
    }
  }

  /// Ligatures that are characters, which searching and copying take apart.
  private static let ligatures: [[UInt32]: UInt32] = [
    [0x66, 0x66]: 0xFB00, [0x66, 0x69]: 0xFB01, [0x66, 0x6C]: 0xFB02,
    [0x66, 0x66, 0x69]: 0xFB03, [0x66, 0x66, 0x6C]: 0xFB04, [0x73, 0x74]: 0xFB06,
  ]

  /// A character that browsers neither hide nor combine with the one before.
  private static func plain(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x09, 0x0A, 0x0D, 0xA0, 0x2000...0x200A, 0x202F, 0x205F: 0x20
    case 0xAD, 0x2010, 0x2011: 0x2D
    default: spacing[scalar] ?? scalar
    }
  }

  /// Accents that stand alone, for those that combine.
  private static let spacing: [UInt32: UInt32] = [
    0x300: 0x60, 0x301: 0xB4, 0x302: 0x2C6, 0x303: 0x2DC, 0x304: 0xAF, 0x306: 0x2D8, 0x307: 0x2D9,
    0x308: 0xA8, 0x30A: 0x2DA, 0x30B: 0x2DD, 0x30C: 0x2C7, 0x327: 0xB8, 0x328: 0x2DB,
  ]

  private static func isWritable(_ scalar: UInt32) -> Bool {
    guard Unicode.Scalar(scalar) != nil, !unwritable.contains(where: { $0.contains(scalar) }) else {
      return false
    }
    return scalar & 0xFFFE != 0xFFFE
  }

  /// Controls, characters that are not shown, combining marks, scripts whose letters are reordered
  /// or joined, emoji, and private use.
  private static let unwritable: [ClosedRange<UInt32>] = [
    0x00...0x1F, 0x7F...0x9F, 0xAD...0xAD, 0x300...0x36F, 0x483...0x489, 0x591...0x5BD,
    0x5BF...0x5BF, 0x5C1...0x5C2, 0x5C4...0x5C5, 0x610...0x61C, 0x64B...0x65F, 0x670...0x670,
    0x6D6...0x6ED, 0x900...0xDFF, 0xE31...0xE3A, 0xE47...0xE4E, 0xEB1...0xEBC, 0xEC8...0xECD,
    0xF00...0x109F, 0x1100...0x11FF, 0x135D...0x135F, 0x1780...0x18AF, 0x1A00...0x1CFF,
    0x1DC0...0x1DFF, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x20D0...0x20FF,
    0x302A...0x302F, 0x3099...0x309A, 0x3164...0x3164, 0xD7B0...0xF8FF, 0xFE00...0xFE0F,
    0xFE20...0xFE2F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF0...0xFFFF, 0x10A00...0x11FFF,
    0x1D165...0x1D1AD, 0x1F000...0x1FBEF, 0xE0000...0x10FFFF,
  ]
}
