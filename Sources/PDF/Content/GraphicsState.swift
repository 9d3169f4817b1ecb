// ISO 32000-1 §8.4 (graphics state) and §9.3 (text state), as far as they affect glyphs.

/// The graphics state that `q` saves and `Q` restores.
struct GraphicsState {
  /// From user space to the upright page.
  var matrix = Matrix()
  var font: Font?
  var fontIndex: UInt16 = 0
  var fontSize = 0.0
  var characterSpacing = 0.0
  var wordSpacing = 0.0
  /// A factor; 1 for no scaling.
  var horizontalScaling = 1.0
  var leading = 0.0
  var rise = 0.0
  /// The text rendering mode (§9.3.6).
  var textMode = 0
  var lineWidth = 1.0
  var fill = Paint.black
  var stroke = Paint.black
  var fillSpace = ColorSpace.gray
  var strokeSpace = ColorSpace.gray
  var fillAlpha = 1.0
  var strokeAlpha = 1.0
  /// Whether painting covers what is below: without a blend mode or soft mask.
  var isBlendNormal = true
  /// A box around the clipping path, in page coordinates.
  var clip = Page.Box.everywhere
  /// Whether the clipping path is this box.
  var isClipExact = true
  /// The number of the text in the clipping path; 0 for none.
  var textClip = 0
}

/// The resources of a page or form (§7.8.3) and the fonts loaded from them.
package final class Resources {
  private let dictionary: [String: Object]
  private let document: Document
  private var fonts: [String: (font: Font, index: UInt16)] = [:]
  private var categories: [String: [String: Object]] = [:]
  private var colorSpaces: [String: ColorSpace] = [:]

  package init(_ dictionary: [String: Object], document: Document) {
    self.dictionary = dictionary
    self.document = document
  }

  /// A named resource of a category such as `XObject`; may be a reference.
  package func resource(_ category: String, _ name: String) -> Object? {
    if let known = categories[category] { return known[name] }
    let entries = document.dictionary(dictionary[category]) ?? [:]
    categories[category] = entries
    return entries[name]
  }

  /// A colour space by name, including device colour spaces.
  func colorSpace(_ name: String) -> ColorSpace {
    if let known = colorSpaces[name] { return known }
    let space = ColorSpace.read(resource("ColorSpace", name) ?? .name(name), in: document)
    colorSpaces[name] = space
    return space
  }

  func font(_ name: String, in store: FontStore) -> (font: Font, index: UInt16)? {
    if let known = fonts[name] { return known }
    guard let object = resource("Font", name), let font = store.font(object) else { return nil }
    fonts[name] = font
    return font
  }
}

/// The fonts of a document, each loaded once.
final class FontStore {
  private let document: Document
  private let loader: FontLoader
  private var byReference: [Int: UInt16] = [:]
  private(set) var fonts: [Font] = []
  private var placeholder: UInt16?

  init(document: Document, pool: TextPool) {
    self.document = document
    loader = FontLoader(document: document, pool: pool)
  }

  /// The font that an object is or refers to.
  func font(_ object: Object) -> (font: Font, index: UInt16)? {
    let number = object.reference?.number
    if let number, let known = byReference[number] { return (fonts[Int(known)], known) }
    guard let dictionary = document.dictionary(object), fonts.count < 20_000 else { return nil }
    let font = loader.font(dictionary)
    let index = UInt16(fonts.count)
    fonts.append(font)
    if let number { byReference[number] = index }
    return (font, index)
  }

  /// The font used in place of a missing one.
  func missing() -> (font: Font, index: UInt16)? {
    if let placeholder { return (fonts[Int(placeholder)], placeholder) }
    let made = font(.dictionary(["Subtype": .name("TrueType"), "BaseFont": .name("Helvetica")]))
    placeholder = made?.index
    return made
  }
}
