// The Unicode Standard, §3.11: accented letters, which some fonts, such as those of TeX, draw as
// two glyphs.

/// Composes letters and accents that are separate glyphs.
enum Accents {
  /// Whether a character is an accent, with or without a width of its own.
  static func isAccent(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x5E, 0x60, 0x7E, 0xA8, 0xAF, 0xB4, 0xB8, 0x2C6...0x2DD, 0x300...0x328: true
    default: false
    }
  }

  /// Whether a character is a combining mark, which follows its letter.
  static func isCombining(_ scalar: UInt32) -> Bool { (0x300...0x328).contains(scalar) }

  /// The precomposed letter; nil if Unicode has none.
  static func composed(_ letter: UInt32, _ accent: UInt32) -> UInt32? {
    // An i below an accent is drawn without its dot.
    letters[accent]?[letter == 0x131 ? 0x69 : letter]
  }

  /// The largest distance of an accent from the baseline of its letter, in em.
  ///
  /// TeX raises accents over capitals by the difference between the heights of H and x, a quarter
  /// of an em.
  private static let furthestRise: Float = 0.7
  /// How far the middle of a raised accent may be outside its letter, in em: capitals slant.
  private static let overhang: Float = 0.1

  /// Composes accents with the adjacent letters that they are drawn over or under.
  ///
  /// An accent can have another baseline than its line, so this runs before lines are built. A
  /// composed accent stays among the glyphs without text or width.
  static func compose(_ glyphs: inout [Glyph]) {
    for index in glyphs.indices where isAccent(glyphs[index].text) {
      let accent = glyphs[index]
      // TeX draws the accent first, others draw the letter first.
      for place in [index + 1, index - 1] where glyphs.indices.contains(place) {
        let letter = glyphs[place]
        guard letter.direction == accent.direction, stands(accent, on: letter),
          !isCombining(accent.text) || place < index,
          let composed = composed(letter.text, accent.text)
        else { continue }
        glyphs[place].text = composed
        glyphs[index] = letter
        glyphs[index].text = 0
        glyphs[index].left = place < index ? letter.right : letter.left
        glyphs[index].right = glyphs[index].left
        break
      }
    }
  }

  private static func stands(_ accent: Glyph, on letter: Glyph) -> Bool {
    let rise = abs(accent.baseline - letter.baseline)
    guard rise < furthestRise * letter.size else { return false }
    // A combining accent has no width and often starts at the end of its letter.
    if isCombining(accent.text) {
      return accent.left > letter.left - 0.2 * letter.size
        && accent.left < letter.right + 0.3 * letter.size
    }
    // On the baseline it can be a symbol beside a letter, as in a^2.
    let tolerance = rise > 0.1 * letter.size ? overhang * letter.size : 0
    let middle = (accent.left + accent.right) / 2
    return middle > letter.left - tolerance && middle < letter.right + tolerance
  }

  /// The codes of each accent, and pairs of a letter and the precomposed letter.
  private static let table: [(accents: [UInt32], pairs: String)] = [
    ([0x60, 0x2CB, 0x300], "AÀEÈIÌNǸOÒUÙaàeèiìnǹoòuù"),
    ([0xB4, 0x2CA, 0x301], "AÁCĆEÉIÍLĹNŃOÓRŔSŚUÚYÝZŹaácćeéiílĺnńoórŕsśuúyýzź"),
    ([0x5E, 0x2C6, 0x302], "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷȷĵ"),
    ([0x7E, 0x2DC, 0x303], "AÃEẼIĨNÑOÕUŨYỸaãeẽiĩnñoõuũyỹ"),
    ([0xAF, 0x2C9, 0x304], "AĀEĒIĪOŌUŪaāeēiīoōuū"),
    ([0x2D8, 0x306], "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭ"),
    ([0x2D9, 0x307], "CĊEĖGĠIİZŻcċeėgġzż"),
    ([0xA8, 0x308], "AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿ"),
    ([0x2DA, 0x30A], "AÅUŮaåuů"),
    ([0x2DD, 0x30B], "OŐUŰoőuű"),
    ([0x2C7, 0x30C], "AǍCČDĎEĚGǦIǏNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧiǐnňoǒrřsštťuǔzž"),
    ([0xB8, 0x327], "CÇEȨGĢKĶLĻNŅRŖSŞTŢcçeȩgģkķlļnņrŗsştţ"),
    ([0x2DB, 0x328], "AĄEĘIĮOǪUŲaąeęiįoǫuų"),
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
