// The Unicode Standard, §12 (Indic scripts) and §16 (scripts of Southeast Asia): marks that follow
// their letter.

/// The vowel signs, tone marks and viramas of Indic and Southeast Asian scripts.
enum CombiningMarks {
  /// Whether a character is one of them.
  static func contains(_ scalar: UInt32) -> Bool {
    guard scalar >= 0x900, scalar < 0x1B00 else { return false }
    switch scalar {
    // Thai and Lao: marks above and below, without the vowels that take their own space.
    case 0xE31, 0xE34...0xE3A, 0xE47...0xE4E, 0xEB1, 0xEB4...0xEBC, 0xEC8...0xECE: return true
    // Devanagari to Sinhala, 0x80 codes each with the same layout: candrabindu to visarga, nukta,
    // vowel signs and virama, length marks.
    case 0x900..<0xE00:
      let place = scalar & 0x7F
      return place < 4 || place == 0x3C || (0x3E...0x4D).contains(place)
        || (0x51...0x57).contains(place) && scalar != 0x950 || (0x62...0x63).contains(place)
        || (0xDCA...0xDDF).contains(scalar)
    // Tibetan, Myanmar and Khmer.
    case 0xF71...0xF84, 0xF8D...0xFBC, 0x102B...0x103E, 0x1056...0x1059, 0x17B6...0x17D3:
      return true
    default: return false
    }
  }
}
