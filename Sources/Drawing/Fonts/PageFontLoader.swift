internal import PDF

/// Loads fonts, each once.
final class PageFontLoader {
  private let document: Document
  private let pool: TextPool
  private let loader: FontLoader
  private var byReference: [Int: PageFont] = [:]
  private var programs: [Int: EmbeddedFont] = [:]
  /// The fonts that glyphs were taken from, in order.
  private(set) var embedded: [EmbeddedFont] = []
  private var standard: PageFont?

  init(document: Document, pool: TextPool) {
    self.document = document
    self.pool = pool
    loader = FontLoader(document: document, pool: pool)
  }

  /// The font that an object is or refers to.
  func font(_ object: Object) -> PageFont? {
    let number = object.reference?.number
    if let number, let known = byReference[number] { return known }
    guard let dictionary = document.dictionary(object) else { return nil }
    let font = load(dictionary)
    if let number { byReference[number] = font }
    return font
  }

  /// The font used in place of a missing one.
  func missing() -> PageFont {
    if let standard { return standard }
    let font = load(["Subtype": .name("TrueType"), "BaseFont": .name("Helvetica")])
    standard = font
    return font
  }

  private func load(_ dictionary: [String: Object]) -> PageFont {
    let font = loader.font(dictionary)
    let isComposite = document.name(dictionary["Subtype"]) == "Type0"
    var owner = dictionary
    if isComposite {
      owner = document.dictionary(document.array(dictionary["DescendantFonts"])?.first) ?? [:]
    }
    let descriptor = document.dictionary(owner["FontDescriptor"]) ?? [:]
    let flags = document.integer(descriptor["Flags"]) ?? 0
    let fallback = FallbackFamily(
      name: font.name, isBold: font.isBold, flags: flags, isComposite: isComposite)
    var selection = GlyphSelection()
    let embedded = font.isType3 ? nil : program(descriptor)
    if let embedded {
      selection =
        isComposite
        ? composite(embedded, dictionary, descendant: owner)
        : simple(embedded, dictionary, descriptor, flags: flags)
    }
    return PageFont(
      font: font, pool: pool, embedded: embedded?.font, selection: selection, fallback: fallback,
      type3: font.isType3 ? Type3Font(dictionary, document: document) : nil,
      vertical: font.isVertical ? VerticalMetrics(owner, document: document) : VerticalMetrics())
  }

  // MARK: Programs

  /// A program as it was found, and its glyphs.
  private struct Source {
    var font: EmbeddedFont
    var trueType: TrueTypeProgram?
    var builtIn: [String?]?
  }

  private var sources: [Int: Source] = [:]

  private func program(_ descriptor: [String: Object]) -> Source? {
    for key in ["FontFile2", "FontFile3", "FontFile"] {
      guard let stream = document.stream(descriptor[key]) else { continue }
      if let known = sources[stream.reference.number] { return known }
      guard let source = read(document.decode(stream), descriptor) else { continue }
      sources[stream.reference.number] = source
      embedded.append(source.font)
      return source
    }
    return nil
  }

  /// Recognizes a program by its content, since files call them by wrong names.
  private func read(_ data: [UInt8], _ descriptor: [String: Object]) -> Source? {
    func font(_ program: FontProgram) -> EmbeddedFont {
      let (ascent, descent) = measures(descriptor)
      return EmbeddedFont(program, ascent: ascent, descent: descent)
    }
    if data.starts(with: Array("%!".utf8)) || data.first == 0x80 {
      guard let program = Type1Program(data) else { return nil }
      return Source(font: font(.type1(program)), builtIn: type1Encoding(data))
    }
    if let trueType = TrueTypeProgram(data), data.first != 1 || data.starts(with: [0, 1]) {
      if let compact = trueType.compact.flatMap(CompactProgram.init),
        let glyphs = CompactGlyphs(compact)
      {
        return Source(
          font: font(.compact(glyphs)), trueType: trueType, builtIn: compact.encoding())
      }
      guard let glyphs = TrueTypeGlyphs(trueType) else { return nil }
      return Source(font: font(.trueType(glyphs)), trueType: trueType)
    }
    guard let compact = CompactProgram(data), let glyphs = CompactGlyphs(compact) else {
      return nil
    }
    return Source(font: font(.compact(glyphs)), builtIn: compact.encoding())
  }

  /// The ascent and descent, in em, with usual ones for those that are missing or impossible.
  private func measures(_ descriptor: [String: Object]) -> (Double, Double) {
    let ascent = (document.number(descriptor["Ascent"]) ?? 0) / 1000
    let descent = (document.number(descriptor["Descent"]) ?? 0) / 1000
    return (
      (0.4...1.4).contains(ascent) ? ascent : 0.95,
      (0.05...0.6).contains(abs(descent)) ? -abs(descent) : -0.25
    )
  }

  // MARK: Glyph selection

  private func simple(
    _ source: Source, _ dictionary: [String: Object], _ descriptor: [String: Object], flags: Int
  ) -> GlyphSelection {
    let encoding = NamedEncoding(dictionary["Encoding"], document: document)
    if let trueType = source.trueType, case .trueType = source.font.program {
      return GlyphSelection(
        trueType: trueType, encoding: encoding, isSymbolic: flags & 4 != 0 && flags & 32 == 0)
    }
    return GlyphSelection(
      named: source.font.program, encoding: encoding, builtIn: source.builtIn)
  }

  private func composite(
    _ source: Source, _ dictionary: [String: Object], descendant: [String: Object]
  ) -> GlyphSelection {
    let map = document.stream(descendant["CIDToGIDMap"]).map { document.decode($0) }
    var collection: CharacterCollection?
    if let name = document.name(dictionary["Encoding"]), !name.hasPrefix("Identity") {
      collection = CharacterCollection(cmap: name)
    }
    return GlyphSelection(cids: map, program: source.font.program, collection: collection)
  }
}
