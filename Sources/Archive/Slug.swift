/// The name of a publication in its address.
///
/// Lower-case ASCII letters and digits in runs joined by single hyphens, 1 to 120 bytes. A slug is
/// never given to another publication.
package struct Slug: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let description: String

  /// Parses a slug; nil if it is not one.
  package init?(_ text: some StringProtocol) {
    let bytes = text.utf8
    guard bytes.count <= Slug.longest else { return nil }
    // Starts as after a hyphen, so that a leading hyphen and an empty text are refused.
    var previous: UInt8 = 0x2D
    for byte in bytes {
      switch byte {
      case 0x61...0x7A, 0x30...0x39: break
      case 0x2D where previous != 0x2D: break
      default: return nil
      }
      previous = byte
    }
    guard previous != 0x2D else { return nil }
    description = String(text)
  }

  /// Takes a slug from the database, which was checked when it was written.
  init(stored text: String) { description = text }

  /// The most bytes a slug may have.
  package static let longest = 120

  package static func < (left: Slug, right: Slug) -> Bool { left.description < right.description }
}
