// ISO 32000-1 §14.6: marked content.

/// The marked-content sequences that are open at a place of a content stream.
struct MarkedContent {
  /// A sequence.
  struct Mark {
    /// The first glyph that is of it.
    var first: Int
    /// The text that stands for its glyphs (§14.9.4), as a text string.
    var actualText: [UInt8]?
    /// Whether it belongs to a hidden layer.
    var isHidden = false
    /// What content around it is marked as.
    var outerID = ContentMark.none
  }

  let document: Document
  let layers: OptionalContent
  private var marks: [Mark] = []
  private var hidden = 0
  /// What content is marked as now: an identifier of the page (§14.7.4.2), or one of
  /// ``ContentMark``.
  private(set) var id = ContentMark.none

  init(document: Document, layers: OptionalContent) {
    self.document = document
    self.layers = layers
  }

  /// Whether what is shown now belongs to a hidden layer.
  var areHidden: Bool { hidden > 0 }

  /// Begins a sequence with a property list, which may be a reference.
  ///
  /// Identifiers within a form are the form's own, and no page's.
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

  /// Ends the innermost sequence and returns it, if one is open.
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
  /// The property list of `BDC`, given itself or by its name.
  func properties(in resources: Resources) -> Object? {
    if case .dictionary(let direct)? = operands.last { return .dictionary(direct) }
    return name(at: 1).flatMap { resources.resource("Properties", $0) }
  }
}
