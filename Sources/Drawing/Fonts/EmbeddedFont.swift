/// The program of an embedded font and what else its web fonts have from the PDF.
struct EmbeddedFont {
  let program: FontProgram
  /// Above the baseline, in em.
  let ascent: Double
  /// Below the baseline, in em; negative.
  let descent: Double
  /// A number that no other font of the document has: that of its object or, for a dictionary that
  /// is not an object of its own, a hash.
  let number: Int
  /// What an em of its web fonts is in the PDF's; other than 1 for Type 3 fonts.
  var unit = 1.0
}
