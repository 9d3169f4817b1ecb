/// A mark that begins or ends a phrase: `"…"`, `“…”`, `„…“`, `«…»`, `‹…›`, `「…」` and their like.
///
/// Languages use the same marks in different order („…“, ”…”, »…«), so any mark of a family ends what
/// another one of it began. Single quotation marks are apostrophes too, and none of them begins one.
struct QuotationMark {
  enum Family { case double, angle, singleAngle, corner, book }

  let family: Family
  /// In bytes of UTF-8.
  let length: Int

  /// The mark at a place in UTF-8; nil when none is there.
  init?(at index: Int, in bytes: [UInt8]) {
    guard index < bytes.count else { return nil }
    let first = bytes[index]
    if first == 0x22 {
      (family, length) = (.double, 1)
      return
    }
    guard first >= 0xC2, index + 1 < bytes.count else { return nil }
    if first == 0xC2 {
      guard bytes[index + 1] == 0xAB || bytes[index + 1] == 0xBB else { return nil }
      (family, length) = (.angle, 2)
      return
    }
    guard first == 0xE2 || first == 0xE3 || first == 0xEF, index + 2 < bytes.count else {
      return nil
    }
    let scalar =
      UInt32(first & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
      | UInt32(bytes[index + 2] & 0x3F)
    switch scalar {
    // “ ” „ ‟ ❝ ❞ 〝 〞 〟 ＂
    case 0x201C...0x201F, 0x275D, 0x275E, 0x301D...0x301F, 0xFF02: family = .double
    case 0x2039, 0x203A: family = .singleAngle
    // 「 」 『 』 ｢ ｣
    case 0x300C...0x300F, 0xFF62, 0xFF63: family = .corner
    // 〈 〉 《 》
    case 0x3008...0x300B: family = .book
    default: return nil
    }
    length = 3
  }
}
