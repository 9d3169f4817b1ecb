// ISO 32000-1 §9.4.4: text space details.

/// A glyph, in coordinates in which its text runs to the right.
struct Glyph {
  /// The start and end of its baseline.
  var left: Float
  var right: Float
  /// The height of its baseline, upwards.
  var baseline: Float
  /// The font size as drawn.
  var size: Float
  var text: GlyphText
  /// The index of its direction among those of the page.
  var direction: UInt16
  /// The index of its font among those of the document.
  var font: UInt16
}

/// A text direction, as the cosine and sine of its angle.
struct Direction: Equatable {
  var cosine: Double
  var sine: Double

  static let right = Direction(cosine: 1, sine: 0)
}

/// The glyphs of a page in drawing order.
struct PageGlyphs {
  var glyphs: [Glyph] = []
  /// The directions of the glyphs; the first is to the right.
  var directions: [Direction] = [.right]
  /// The starts of marked content, in order.
  var marks: [ContentMark] = []
  /// The visibility of glyphs, as runs; glyphs before the first run are visible.
  var visibilityRuns: [VisibilityRun] = []
  /// The number of clipping paths made of text, and those that something is painted through.
  var clipCount = 0
  var paintedClips: Set<Int> = []
  /// The form fields.
  var fields: [Field] = []
  /// Whether images are shown.
  var hasImages = false
  /// Whether a limit cut off content.
  var isIncomplete = false

  /// Whether the page has images and no text.
  var isImage: Bool { hasImages && !glyphs.contains { $0.text != 0 && $0.text != 0x20 } }

  /// Sets the mark of the next glyphs.
  mutating func mark(as id: Int) {
    // Replacement text may have removed the marked glyphs.
    while let last = marks.last, last.first >= glyphs.count { marks.removeLast() }
    if marks.last?.id ?? ContentMark.none != id {
      marks.append(ContentMark(first: glyphs.count, id: id))
    }
  }
}

/// A form field.
struct Field {
  var glyphs: Range<Int>
  /// Its box on the page.
  var box: Page.Box
}

/// The marked content that glyphs belong to, from a glyph on (§14.6, §14.7.4).
struct ContentMark {
  /// The first glyph.
  var first: Int
  /// The marked-content identifier, or one of the constants below.
  var id: Int

  static let none = -1
  static let artifact = -2
}

/// A transformation matrix (§8.3.3).
package struct Matrix: Equatable, Sendable {
  package var a: Double
  package var b: Double
  package var c: Double
  package var d: Double
  package var e: Double
  package var f: Double

  package init(
    a: Double = 1, b: Double = 0, c: Double = 0, d: Double = 1, e: Double = 0, f: Double = 0
  ) {
    self.a = a
    self.b = b
    self.c = c
    self.d = d
    self.e = e
    self.f = f
  }

  /// This transformation followed by another.
  package func concatenated(_ next: Matrix) -> Matrix {
    Matrix(
      a: a * next.a + b * next.c, b: a * next.b + b * next.d,
      c: c * next.a + d * next.c, d: c * next.b + d * next.d,
      e: e * next.a + f * next.c + next.e, f: e * next.b + f * next.d + next.f)
  }

  package var isFinite: Bool {
    a.isFinite && b.isFinite && c.isFinite && d.isFinite && e.isFinite && f.isFinite
  }

  /// The matrix that fits a form's transformed box to an annotation's rectangle (§12.5.5, algorithm
  /// 8.1).
  package static func fitting(
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
