// ISO 32000-2 §12.5: annotations.

/// An annotation that is visible on screen.
package struct Annotation {
  package let dictionary: [String: Object]
  package let rectangle: Page.Box
  private let document: Document

  /// Nil for an annotation that is hidden, only printed, or without a rectangle.
  package init?(_ object: Object, document: Document, layers: OptionalContent) {
    guard let dictionary = document.dictionary(object),
      document.name(dictionary["Subtype"]) != "Popup",
      // Visible on screen: neither hidden nor print only (table 167).
      (document.integer(dictionary["F"]) ?? 0) & 0b10_0010 == 0,
      !layers.hides(dictionary["OC"]),
      let rectangle = Self.box(dictionary["Rect"], in: document)
    else { return nil }
    self.dictionary = dictionary
    self.rectangle = rectangle
    self.document = document
  }

  /// The normal appearance in the current state (§12.5.5).
  package var appearance: Stream? {
    let normal = document.dictionary(dictionary["AP"])?["N"]
    switch document.resolve(normal) {
    case .stream(let stream): return stream
    case .dictionary(let states):
      return document.name(dictionary["AS"]).flatMap { document.stream(states[$0]) }
    default: return nil
    }
  }

  /// From the appearance's form space, before its own matrix, to user space (§12.5.5, algorithm
  /// 8.1).
  package func placement(of form: Stream, matrix: Matrix) -> Matrix {
    let bounds = Self.box(form.dictionary["BBox"], in: document) ?? rectangle
    return Matrix.fitting(bounds, turnedBy: matrix, into: rectangle)
  }

  private static func box(_ object: Object?, in document: Document) -> Page.Box? {
    guard let n = document.array(object)?.map({ document.number($0) ?? 0 }), n.count == 4 else {
      return nil
    }
    return Page.Box(
      left: min(n[0], n[2]), bottom: min(n[1], n[3]), right: max(n[0], n[2]), top: max(n[1], n[3]))
  }
}
