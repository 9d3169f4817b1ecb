internal import Foundation

/// Brings text to the form in which it is compared: compatibility-decomposed (NFKD) without
/// combining marks, in lower case, with ligatures and the Latin letters that do not decompose
/// spelt out, digits of all scripts as those of ASCII, and variants of Arabic letters and of Han
/// characters as one of them.
///
/// A value caches the characters it has folded, because decomposing is slow.
package struct Folding: Sendable {
  /// The folded form of a character.
  enum Folded: Sendable {
    /// Part of a word, as UTF-8.
    case letters([UInt8])
    /// Han, kana or hangul: written without spaces between words.
    case ideograph([UInt8])
    /// A mark inside a word, which is dropped.
    case mark
    case separator
  }

  private var known: [UInt32: Folded] = [:]

  package init() {}

  /// The folded form of a character outside ASCII.
  mutating func folded(_ scalar: Unicode.Scalar) -> Folded {
    if let folded = known[scalar.value] { return folded }
    let folded = Folding.fold(scalar)
    // Text of a whole plane of characters would not fit, and a little memory does for the rest.
    if known.count < 20_000 { known[scalar.value] = folded }
    return folded
  }

  /// A text's letters and digits, folded; anything between words is a space.
  package mutating func fold(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        bytes.append(ASCII.folded(UInt8(scalar.value)) ?? (scalar.isApostrophe ? 0x27 : 0x20))
        continue
      }
      switch folded(scalar) {
      case .letters(let letters), .ideograph(let letters): bytes += letters
      case .mark: break
      case .separator: bytes.append(scalar.isApostrophe ? 0x27 : 0x20)
      }
    }
    return bytes
  }

  private static func fold(_ scalar: Unicode.Scalar) -> Folded {
    // Hangul would fall apart into its letters, and Han has nothing to decompose.
    if isHangul(scalar.value) || (0x4E00...0x9FFF).contains(scalar.value) {
      return .ideograph(Array(String(HanVariants.common(scalar)).utf8))
    }
    if scalar.properties.generalCategory.isMark { return .mark }
    if scalar.isApostrophe { return .separator }
    // Soft hyphen, joiners and the Arabic tatweel occur inside words.
    if scalar.value == 0xAD || (0x200B...0x200D).contains(scalar.value) || scalar.value == 0x0640 {
      return .mark
    }
    var letters: [UInt8] = []
    var isIdeograph = false
    for part in String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars {
      if part.properties.numericType == .decimal, let digit = part.properties.numericValue {
        letters.append(0x30 + UInt8(digit))
      } else if let spelt = spelling[part] {
        letters += Array(spelt.utf8)
      } else if let byte = part.isASCII ? ASCII.folded(UInt8(part.value)) : nil {
        letters.append(byte)
      } else if part.properties.generalCategory.isLetterOrDigit {
        isIdeograph = isIdeograph || part.properties.isIdeographic || isKana(part.value)
        letters += Array(
          isIdeograph
            ? String(HanVariants.common(part)).utf8 : part.properties.lowercaseMapping.utf8)
      }
    }
    if letters.isEmpty { return .separator }
    return isIdeograph ? .ideograph(letters) : .letters(letters)
  }

  private static func isHangul(_ value: UInt32) -> Bool { (0xAC00...0xD7A3).contains(value) }

  private static func isKana(_ value: UInt32) -> Bool {
    (0x3040...0x30FF).contains(value) || (0x31F0...0x31FF).contains(value)
  }

  /// Letters without a decomposition, as they are commonly spelt.
  private static let spelling: [Unicode.Scalar: String] = [
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae",
    "œ": "oe", "Œ": "oe", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th",
    "ı": "i", "ħ": "h", "Ħ": "h", "ŋ": "n", "Ŋ": "n", "ς": "σ",
    // Arabic letters that are written one for the other, and Persian and Urdu ones beside them.
    "\u{0629}": "\u{0647}", "\u{0649}": "\u{064A}", "\u{0671}": "\u{0627}",
    "\u{06A9}": "\u{0643}", "\u{06C1}": "\u{0647}", "\u{06CC}": "\u{064A}",
  ]
}

/// The letters and digits of ASCII.
package enum ASCII {
  /// The byte in lower case when it is a letter or digit.
  @inline(__always)
  package static func folded(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x61...0x7A, 0x30...0x39: byte
    case 0x41...0x5A: byte | 0x20
    default: nil
    }
  }

  static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
}

extension Unicode.GeneralCategory {
  fileprivate var isMark: Bool {
    switch self {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber:
      true
    default: false
    }
  }
}
