/// Limits on the drawing of one page.
///
/// Content beyond them is left out and named among what is missing.
package struct DrawingLimits: Sendable {
  /// The most elements of the SVG.
  package var elements: Int
  /// The most bytes of the SVG without its fonts.
  package var bytes: Int
  /// The most operators and operands performed, those of repeated forms each time.
  package var operators: Int
  /// The deepest nesting of forms, patterns and clipping paths.
  package var nesting: Int
  /// The most pixels of one image as it is written; larger ones are reduced.
  ///
  /// Images of one bit may have sixteen times as many.
  package var imagePixels: Int
  /// The most pixels of a shading whose function is computed for each.
  package var shadingPixels: Int
  /// The most bytes of samples of all images as they are in the file.
  package var sampleBytes: Int

  /// The most work of functions, meshes and colour spaces, in units of about ten nanoseconds.
  package var work: Int

  package init(
    elements: Int = 200_000, bytes: Int = 12 << 20, operators: Int = 3_000_000, nesting: Int = 20,
    imagePixels: Int = 4 << 20, shadingPixels: Int = 128 << 10, sampleBytes: Int = 256 << 20,
    work: Int = 100_000_000
  ) {
    self.elements = elements
    self.bytes = bytes
    self.operators = operators
    self.nesting = nesting
    self.imagePixels = imagePixels
    self.shadingPixels = shadingPixels
    self.sampleBytes = sampleBytes
    self.work = work
  }
}
