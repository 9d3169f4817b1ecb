// ISO 32000-1 §9.4.4: text space details, from the view of who reads the glyphs.

/// A glyph that a page shows, in coordinates in which its text runs to the right.
struct Glyph {
  /// Where its baseline begins and ends.
  var left: Float
  var right: Float
  /// The height of its baseline; greater is higher.
  var baseline: Float
  /// The font size, as drawn.
  var size: Float
  var text: GlyphText
  /// The index of its direction among those of the page.
  var direction: UInt16
  /// The index of its font among those of the document.
  var font: UInt16
}

/// A direction in which text runs, as the cosine and sine of its angle.
struct Direction: Equatable {
  var cosine: Double
  var sine: Double

  static let right = Direction(cosine: 1, sine: 0)
}

/// What a page shows, in the order in which it is drawn.
struct PageGlyphs {
  var glyphs: [Glyph] = []
  /// Directions of glyphs; the first is to the right.
  var directions: [Direction] = [.right]
  /// Where the marked content begins that glyphs belong to, in their order.
  var marks: [ContentMark] = []
  /// Which glyphs can be seen; those before the first run can.
  var visibilityRuns: [VisibilityRun] = []
  /// The clipping paths made of text, counted, and those through which something is painted.
  var clipCount = 0
  var paintedClips: Set<Int> = []
  /// What fields of a form show.
  var fields: [Field] = []
  /// Whether images are shown.
  var hasImages = false
  /// Whether something was left out for being too much.
  var isIncomplete = false

  /// Whether there is nothing to read and something to look at.
  var isImage: Bool { hasImages && !glyphs.contains { $0.text != 0 && $0.text != 0x20 } }

  /// Says what the glyphs that come next are marked as.
  mutating func mark(as id: Int) {
    // Replacement text may have taken away what was marked.
    while let last = marks.last, last.first >= glyphs.count { marks.removeLast() }
    if marks.last?.id ?? ContentMark.none != id {
      marks.append(ContentMark(first: glyphs.count, id: id))
    }
  }
}

/// What a field of a form shows.
struct Field {
  var glyphs: Range<Int>
  /// Where it is on the page.
  var box: Page.Box
}

/// From a glyph on, what marked content the glyphs of a page belong to (§14.6, §14.7.4).
struct ContentMark {
  /// The first glyph.
  var first: Int
  /// Its marked-content identifier, or one of those below.
  var id: Int

  static let none = -1
  static let artifact = -2
}

/// A transformation matrix (§8.3.3).
struct Matrix {
  var a = 1.0
  var b = 0.0
  var c = 0.0
  var d = 1.0
  var e = 0.0
  var f = 0.0

  /// This transformation and then another.
  func concatenated(_ next: Matrix) -> Matrix {
    Matrix(
      a: a * next.a + b * next.c, b: a * next.b + b * next.d,
      c: c * next.a + d * next.c, d: c * next.b + d * next.d,
      e: e * next.a + f * next.c + next.e, f: e * next.b + f * next.d + next.f)
  }

  var isFinite: Bool {
    a.isFinite && b.isFinite && c.isFinite && d.isFinite && e.isFinite && f.isFinite
  }

  /// What lays a form's box, turned by the form's matrix, on an annotation's rectangle (§12.5.5,
  /// algorithm 8.1).
  static func fitting(
    _ box: Page.Box, turnedBy matrix: Matrix, into target: Page.Box
  ) -> Matrix {
    var turned = Page.Box(left: .infinity, bottom: .infinity, right: -.infinity, top: -.infinity)
    for (x, y) in [
      (box.left, box.bottom), (box.left, box.top), (box.right, box.bottom), (box.right, box.top),
    ] {
      turned.left = min(turned.left, x * matrix.a + y * matrix.c + matrix.e)
      turned.right = max(turned.right, x * matrix.a + y * matrix.c + matrix.e)
      turned.bottom = min(turned.bottom, x * matrix.b + y * matrix.d + matrix.f)
      turned.top = max(turned.top, x * matrix.b + y * matrix.d + matrix.f)
    }
    let width = turned.right - turned.left
    let height = turned.top - turned.bottom
    let across = width > 0 ? (target.right - target.left) / width : 1
    let up = height > 0 ? (target.top - target.bottom) / height : 1
    return Matrix(
      a: across, d: up, e: target.left - turned.left * across,
      f: target.bottom - turned.bottom * up)
  }
}
