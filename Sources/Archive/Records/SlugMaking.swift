internal import Foundation
internal import Search

extension Slug {
  /// Makes a slug from a title: its words in lower-case ASCII, other scripts transliterated if the
  /// system can; nil when nothing remains.
  package init?(title: String) {
    var bytes: [UInt8] = []
    var isBetween = false
    func take(_ text: some Sequence<UInt8>) {
      for byte in text {
        switch byte {
        case 0x61...0x7A, 0x30...0x39:
          if isBetween, !bytes.isEmpty { bytes.append(0x2D) }
          isBetween = false
          bytes.append(byte)
        // Apostrophes do not separate words.
        case 0x27: break
        default: isBetween = true
        }
      }
    }
    var folder = Folding()
    take(folder.fold(Slug.inLatin(title)))
    self.init(Slug.shortened(bytes, to: 80))
  }

  /// The slug with a number, to distinguish it from an earlier one.
  func numbered(_ number: Int) -> Slug {
    let suffix = "-\(number)"
    let stem = Slug.shortened(Array(description.utf8), to: Slug.longest - suffix.utf8.count)
    return Slug(stored: stem + suffix)
  }

  private static func inLatin(_ title: String) -> String {
    guard title.unicodeScalars.contains(where: { $0.value >= 0x250 }) else { return title }
    return title.applyingTransform(.toLatin, reverse: false) ?? title
  }

  /// Cut at the end of a word, or within the first word if that is too long.
  private static func shortened(_ bytes: [UInt8], to most: Int) -> String {
    guard bytes.count > most else { return String(decoding: bytes, as: UTF8.self) }
    let cut = bytes[...most].lastIndex(of: 0x2D) ?? most
    return String(decoding: bytes[..<(cut == 0 ? most : cut)], as: UTF8.self)
  }
}
