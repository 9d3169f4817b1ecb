// ISO 32000-1 §14.6: marked content.

/// The open marked-content sequences at a place of a content stream.
struct MarkedContent {
  /// A marked-content sequence.
  struct Mark {
    /// Its first glyph.
    var first: Int
    /// The replacement text of its glyphs (§14.9.4), as a text string.
    var actualText: [UInt8]?
    /// Whether it belongs to a hidden layer.
    var isHidden = false
    /// The mark of the enclosing content.
    var outerID = ContentMark.none
  }

  let document: Document
  let layers: OptionalContent
  private var marks: [Mark] = []
  private var hidden = 0
  /// The current mark: an identifier of the page (§14.7.4.2) or a constant of ``ContentMark``.
  private(set) var id = ContentMark.none

  init(document: Document, layers: OptionalContent) {
    self.document = document
    self.layers = layers
  }

  /// Whether the current content belongs to a hidden layer.
  var areHidden: Bool { hidden > 0 }

  /// Begins a sequence with a property list, which can be a reference.
  ///
  /// Identifiers within a form belong to the form, not to the page.
  mutating func begin(_ properties: Object?, tag: String?, at glyph: Int, isInForm: Bool) {
    guard marks.count < 1000 else { return }
    var mark = Mark(first: glyph, outerID: id)
    if tag == "Artifact" { id = ContentMark.artifact }
    if let properties {
      let dictionary = document.dictionary(properties)
      mark.actualText = document.string(dictionary?["ActualText"])
      mark.isHidden = tag == "OC" && layers.hides(properties)
      if !isInForm, id != ContentMark.artifact, let own = document.integer(dictionary?["MCID"]),
        own >= 0
      {
        id = own
      }
    }
    if mark.isHidden { hidden += 1 }
    marks.append(mark)
  }

  /// Ends the innermost sequence and returns it; nil if none is open.
  mutating func end() -> Mark? {
    guard let mark = marks.popLast() else { return nil }
    if mark.isHidden { hidden -= 1 }
    id = mark.outerID
    return mark
  }

  mutating func removeAll() {
    marks.removeAll()
    hidden = 0
    id = ContentMark.none
  }
}

extension ContentReader {
  /// The property list of `BDC`, given directly or by name.
  package func properties(in resources: Resources) -> Object? {
    if case .dictionary(let direct)? = operands.last { return .dictionary(direct) }
    return name(at: 1).flatMap { resources.resource("Properties", $0) }
  }
}
