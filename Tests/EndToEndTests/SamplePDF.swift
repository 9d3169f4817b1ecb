import TestSupport

/// A small PDF whose pages have lines of printable ASCII.
///
/// - Parameters:
///   - pages: The lines of each page.
///   - padding: The length of a comment in the file.
/// - Returns: The bytes of the file.
func samplePDF(pages: [[String]], padding: Int = 0) -> [UInt8] {
  var file = SampleFile(lines: pages)
  if padding > 0 { file.pad(by: padding) }
  return file.bytes
}
