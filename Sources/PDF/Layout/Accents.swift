// The Unicode Standard, §3.11: letters with accents, which some fonts, as those of TeX, have drawn as
// two glyphs over each other.

/// Accents that are glyphs by themselves.
enum Accents {
  /// Whether a character is an accent, of its own width or none.
  static func isAccent(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x5E, 0x60, 0x7E, 0xA8, 0xAF, 0xB4, 0xB8, 0x2C6...0x2DD, 0x300...0x328: true
    default: false
    }
  }

  /// Whether a character is one that always belongs to the letter before it.
  static func isCombining(_ scalar: UInt32) -> Bool { (0x300...0x328).contains(scalar) }

  /// The letter with the accent, if there is such a character.
  static func composed(_ letter: UInt32, _ accent: UInt32) -> UInt32? {
    // An i that is to have an accent is drawn without its dot.
    letters[accent]?[letter == 0x131 ? 0x69 : letter]
  }

  /// The codes of each accent, and letters, each before the one that it becomes.
  private static let table: [(accents: [UInt32], pairs: String)] = [
    ([0x60, 0x2CB, 0x300], "AÀEÈIÌNǸOÒUÙaàeèiìnǹoòuù"),
    ([0xB4, 0x2CA, 0x301], "AÁCĆEÉIÍLĹNŃOÓRŔSŚUÚYÝZŹaácćeéiílĺnńoórŕsśuúyýzź"),
    ([0x5E, 0x2C6, 0x302], "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷ"),
    ([0x7E, 0x2DC, 0x303], "AÃIĨNÑOÕUŨaãiĩnñoõuũ"),
    ([0xAF, 0x2C9, 0x304], "AĀEĒIĪOŌUŪaāeēiīoōuū"),
    ([0x2D8, 0x306], "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭ"),
    ([0x2D9, 0x307], "CĊEĖGĠIİZŻcċeėgġzż"),
    ([0xA8, 0x308], "AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿ"),
    ([0x2DA, 0x30A], "AÅUŮaåuů"),
    ([0x2DD, 0x30B], "OŐUŰoőuű"),
    ([0x2C7, 0x30C], "CČDĎEĚNŇRŘSŠTŤZŽcčdďeěnňrřsštťzž"),
    ([0xB8, 0x327], "CÇGĢKĶLĻNŅRŖSŞTŢcçgģkķlļnņrŗsştţ"),
    ([0x2DB, 0x328], "AĄEĘIĮUŲaąeęiįuų"),
  ]

  private static let letters: [UInt32: [UInt32: UInt32]] = {
    var letters: [UInt32: [UInt32: UInt32]] = [:]
    for (accents, pairs) in table {
      let scalars = pairs.unicodeScalars.map(\.value)
      let places = stride(from: 0, to: scalars.count - 1, by: 2)
      let composed = Dictionary(
        places.map { (scalars[$0], scalars[$0 + 1]) }, uniquingKeysWith: { first, _ in first })
      for accent in accents { letters[accent] = composed }
    }
    return letters
  }()
}
