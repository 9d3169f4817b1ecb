// ISO 32000-2 §9.6.5 (simple fonts), §9.7.4.2 (CIDFonts): which glyph of a program a code selects.

internal import PDF

/// Selects glyphs of an embedded program.
struct GlyphSelection {
  private var byCode: [Int?] = []
  private var byCID: (Int) -> Int? = { _ in nil }
  /// CIDs from this one on select nothing.
  private(set) var cidCount = 0x10000
  /// From characters to CIDs, where codes are characters.
  private var collection: [UInt32: Int]?

  /// Selects nothing.
  init() {}

  func glyph(ofCode code: Int) -> Int? { code < byCode.count ? byCode[code] : nil }

  func glyph(ofCID cid: Int, scalars: [UInt32]) -> Int? {
    if let collection {
      guard let scalar = scalars.first, let cid = collection[scalar] else { return nil }
      return byCID(cid)
    }
    return byCID(cid)
  }

  // MARK: Simple fonts

  /// For a simple font with named glyphs.
  init(named program: FontProgram, encoding: NamedEncoding, builtIn: [String?]?) {
    let byName = program.glyphsByName
    var byScalar: [UInt32: String] = [:]
    for name in byName.keys {
      // The glyph of a ligature can be named after its letters.
      let scalars = Characters.writable(GlyphNames.scalars(name))
      guard scalars.count == 1 else { continue }
      // Of variants such as `one` and `one.oldstyle`, the plain one has the shortest name.
      if let known = byScalar[scalars[0]],
        (known.utf8.count, known) <= (name.utf8.count, name)
      {
        continue
      }
      byScalar[scalars[0]] = name
    }
    byCode = (0..<256).map { code in
      if let name = encoding.names[code] {
        if let glyph = byName[name] { return glyph }
        let scalars = Characters.writable(GlyphNames.scalars(name))
        return scalars.count == 1 ? byScalar[scalars[0]].flatMap { byName[$0] } : nil
      }
      if encoding.base == nil, let builtIn { return builtIn[code].flatMap { byName[$0] } }
      let scalar = (encoding.base ?? .standard).scalars[code]
      return scalar == 0 ? nil : byScalar[scalar].flatMap { byName[$0] }
    }
    // A CID-keyed program in a simple font has no names.
    if byName.count <= 1 { byCode = (0..<256).map { $0 < program.glyphCount ? $0 : nil } }
  }

  /// For a simple TrueType font (§9.6.5.4).
  init(trueType program: TrueTypeProgram, encoding: NamedEncoding, isSymbolic: Bool) {
    guard program.hasCharacterMap else {
      byCode = (0..<256).map { $0 }
      return
    }
    let codes = program.codes()
    let macintosh = program.macintoshCodes()
    let characters = program.glyphsByCharacter()
    let names = Dictionary(program.names().map { ($0.value, $0.key) }) { first, _ in first }
    let usesNames =
      encoding.hasNames || (!isSymbolic && encoding.base != nil)
      || (isSymbolic && encoding.base != nil && !characters.isEmpty && codes.allSatisfy { $0 == 0 })
    let base = encoding.base ?? (isSymbolic ? nil : .standard)
    let macRoman = BaseEncoding.macRoman.scalars
    byCode = (0..<256).map { code in
      func byCodes() -> Int? { codes[code] != 0 ? codes[code] : nil }
      let scalars =
        encoding.names[code].map(GlyphNames.scalars)
        ?? base.map { $0.scalars[code] == 0 ? [] : [$0.scalars[code]] } ?? []
      func byCharacter() -> Int? {
        if let scalar = scalars.first, scalars.count == 1 {
          if let glyph = characters[scalar], glyph != 0 { return glyph }
          // A symbol font can have the characters of Latin 1 as its codes.
          if characters.isEmpty, scalar < 256, codes[Int(scalar)] != 0 {
            return codes[Int(scalar)]
          }
          if let place = macRoman.firstIndex(of: scalar), macintosh[place] != 0 {
            return macintosh[place]
          }
        }
        guard let name = encoding.names[code] else { return nil }
        return names[name] ?? Self.number(in: name)
      }
      if isSymbolic, encoding.names[code] == nil, let glyph = byCodes() { return glyph }
      if usesNames || !isSymbolic, let glyph = byCharacter() { return glyph }
      if let glyph = byCodes() { return glyph }
      return characters[UInt32(code)] ?? byCharacter()
    }
  }

  /// The glyph number in names such as `g12` or `glyph12`, which some writers make up.
  private static func number(in name: String) -> Int? {
    for prefix in ["glyph", "gid", "g"] where name.hasPrefix(prefix) {
      return Int(name.dropFirst(prefix.count)).flatMap { $0 <= 0xFFFF ? $0 : nil }
    }
    return nil
  }

  // MARK: Composite fonts

  /// For a composite font.
  ///
  /// - Parameters:
  ///   - map: `CIDToGIDMap`, two bytes for each CID; nil for identity.
  ///   - program: The glyphs.
  ///   - collection: The character collection of a predefined CMap, whose codes are characters.
  init(cids map: [UInt8]?, program: FontProgram, collection: CharacterCollection?) {
    if case .compact(let glyphs) = program, glyphs.program.isCIDKeyed {
      let charset = Dictionary(
        glyphs.program.charset.enumerated().map { ($0.element, $0.offset) }
      ) { first, _ in first }
      byCID = { charset[$0] }
      cidCount = (charset.keys.max() ?? 0) + 1
    } else if let map, !map.isEmpty {
      byCID = { cid in
        2 * cid + 1 < map.count ? Int(map[2 * cid]) << 8 | Int(map[2 * cid + 1]) : 0
      }
      cidCount = map.count / 2
    } else {
      byCID = { $0 }
      cidCount = program.glyphCount
    }
    guard let collection else { return }
    var byCharacter: [UInt32: Int] = [:]
    for (cid, character) in collection.characters.enumerated()
    where character != 0 && byCharacter[character] == nil {
      byCharacter[character] = cid
    }
    self.collection = byCharacter
    // Codes are no CIDs.
    cidCount = 0x10000
  }
}

/// The encoding of a simple font by names (ISO 32000-2 §9.6.5).
struct NamedEncoding {
  /// Nil for the program's own.
  var base: BaseEncoding?
  /// The names of `Differences`.
  var names = [String?](repeating: nil, count: 256)

  var hasNames: Bool { names.contains { $0 != nil } }

  init(_ object: Object?, document: Document) {
    let encoding = document.resolve(object)
    let name = encoding?.name ?? document.name(encoding?.dictionary?["BaseEncoding"])
    base = name.flatMap(BaseEncoding.named)
    var code = 0
    for element in (document.array(encoding?.dictionary?["Differences"]) ?? []).prefix(10_000) {
      if let number = document.integer(element) {
        code = min(max(number, 0), 1 << 20)
      } else if let name = document.name(element) {
        if code < 256 { names[code] = name }
        code += 1
      }
    }
  }
}
