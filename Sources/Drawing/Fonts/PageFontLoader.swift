internal import PDF

/// Loads fonts, each once.
final class PageFontLoader {
  private let document: Document
  private let pool: TextPool
  private let loader: FontLoader
  private var byNumber: [Int: PageFont] = [:]
  private var standard: PageFont?

  init(document: Document, pool: TextPool) {
    self.document = document
    self.pool = pool
    loader = FontLoader(document: document, pool: pool)
  }

  /// The font that an object is or refers to.
  func font(_ object: Object) -> PageFont? {
    if let number = object.reference?.number, let known = byNumber[number] { return known }
    guard let dictionary = document.dictionary(object) else { return nil }
    let number = object.reference?.number ?? Self.number(of: object)
    if let known = byNumber[number] { return known }
    let font = load(dictionary, number: number)
    byNumber[number] = font
    return font
  }

  /// A number for a dictionary that is not an object of its own, above those of objects.
  private static func number(of dictionary: Object) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    func add(_ object: Object) {
      switch object {
      case .array(let elements):
        add("[\(elements.count)")
        for element in elements { add(element) }
      case .dictionary(let entries):
        add("<\(entries.count)")
        for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
          add(key)
          add(value)
        }
      case .reference(let reference): add("R\(reference.number)")
      default: add("\(object) ")
      }
    }
    add(dictionary)
    return 1 << 32 | Int(hash >> 32)
  }

  /// The font used in place of a missing one.
  func missing() -> PageFont {
    if let standard { return standard }
    let font = load(["Subtype": .name("TrueType"), "BaseFont": .name("Helvetica")], number: 0)
    standard = font
    return font
  }

  private func load(_ dictionary: [String: Object], number: Int) -> PageFont {
    let font = loader.font(dictionary)
    let isComposite = document.name(dictionary["Subtype"]) == "Type0"
    var owner = dictionary
    if isComposite {
      owner = document.dictionary(document.array(dictionary["DescendantFonts"])?.first) ?? [:]
    }
    let descriptor = document.dictionary(owner["FontDescriptor"]) ?? [:]
    let flags = document.integer(descriptor["Flags"]) ?? 0
    let fallback = FallbackFamily(
      name: font.name, isBold: font.isBold, flags: flags, isComposite: isComposite,
      collection: isComposite ? collection(dictionary, descendant: owner) : nil)
    var selection = GlyphSelection()
    let source = font.isType3 ? nil : source(descriptor)
    if let source {
      selection =
        isComposite
        ? composite(source, dictionary, descendant: owner)
        : simple(source, dictionary, descriptor, flags: flags)
    }
    let type3 = font.isType3 ? Type3Font(dictionary, document: document) : nil
    return PageFont(
      font: font, flags: flags, pool: pool,
      embedded: type3.map { embedded($0, font, number: number) }
        ?? source.map {
          EmbeddedFont(
            program: $0.program, ascent: Double(font.ascent), descent: Double(font.descent),
            number: number)
        },
      selection: selection, fallback: fallback, type3: type3,
      vertical: font.isVertical ? VerticalMetrics(owner, document: document) : VerticalMetrics())
  }

  /// A Type 3 font whose em is as high as its glyphs, whatever its matrix makes of them.
  private func embedded(_ type3: Type3Font, _ font: Font, number: Int) -> EmbeddedFont {
    let (ascent, descent) = (Double(font.ascent), Double(font.descent))
    let unit = ascent - descent
    return EmbeddedFont(
      program: .type3(type3.outlines(unit: unit)), ascent: ascent / unit,
      descent: descent / unit, number: number, unit: unit)
  }

  /// The character collection of a composite font, by its CMap or its descendant.
  private func collection(
    _ dictionary: [String: Object], descendant: [String: Object]
  ) -> CharacterCollection? {
    let system = document.dictionary(descendant["CIDSystemInfo"]) ?? [:]
    return document.name(dictionary["Encoding"]).flatMap(CharacterCollection.init(cmap:))
      ?? CharacterCollection(
        registry: document.string(system["Registry"]) ?? [],
        ordering: document.string(system["Ordering"]) ?? [])
  }

  // MARK: Programs

  /// A program as it was found.
  private struct Source {
    var program: FontProgram
    var trueType: TrueTypeProgram?
    var builtIn: [String?]?
  }

  private var sources: [Int: Source] = [:]

  private func source(_ descriptor: [String: Object]) -> Source? {
    for key in ["FontFile2", "FontFile3", "FontFile"] {
      guard let stream = document.stream(descriptor[key]) else { continue }
      if let known = sources[stream.reference.number] { return known }
      guard let source = read(document.decode(stream)) else { continue }
      sources[stream.reference.number] = source
      return source
    }
    return nil
  }

  /// Recognizes a program by its content, since files call them by wrong names.
  private func read(_ data: [UInt8]) -> Source? {
    if data.starts(with: Array("%!".utf8)) || data.first == 0x80 {
      guard let program = Type1Program(data) else { return nil }
      return Source(program: .type1(program), builtIn: type1Encoding(data))
    }
    if let trueType = TrueTypeProgram(data), data.first != 1 || data.starts(with: [0, 1]) {
      if let compact = trueType.compact.flatMap(CompactProgram.init),
        let glyphs = CompactGlyphs(compact)
      {
        return Source(
          program: .compact(glyphs), trueType: trueType, builtIn: compact.encoding())
      }
      guard let glyphs = TrueTypeGlyphs(trueType) else { return nil }
      return Source(program: .trueType(glyphs), trueType: trueType)
    }
    guard let compact = CompactProgram(data), let glyphs = CompactGlyphs(compact) else {
      return nil
    }
    return Source(program: .compact(glyphs), builtIn: compact.encoding())
  }

  // MARK: Glyph selection

  private func simple(
    _ source: Source, _ dictionary: [String: Object], _ descriptor: [String: Object], flags: Int
  ) -> GlyphSelection {
    let encoding = NamedEncoding(dictionary["Encoding"], document: document)
    if let trueType = source.trueType, case .trueType = source.program {
      return GlyphSelection(
        trueType: trueType, encoding: encoding, isSymbolic: flags & 4 != 0 && flags & 32 == 0)
    }
    return GlyphSelection(
      named: source.program, encoding: encoding, builtIn: source.builtIn)
  }

  private func composite(
    _ source: Source, _ dictionary: [String: Object], descendant: [String: Object]
  ) -> GlyphSelection {
    let map = document.stream(descendant["CIDToGIDMap"]).map { document.decode($0) }
    var collection: CharacterCollection?
    if let name = document.name(dictionary["Encoding"]), !name.hasPrefix("Identity") {
      collection = CharacterCollection(cmap: name)
    }
    return GlyphSelection(cids: map, program: source.program, collection: collection)
  }
}
