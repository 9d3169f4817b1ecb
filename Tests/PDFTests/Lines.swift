import PDF
import TestSupport

/// The lines of all pages of a file.
func lines(_ bytes: [UInt8], limits: Limits = .standard) throws -> [String] {
  try text(of: bytes, limits: limits).pages.flatMap { $0.lines.map(\.text) }
}

/// The lines of a single page with some content.
func lines(
  showing content: String, resources: String = SampleFile.helvetica, page: String = "",
  more: [String] = []
) throws -> [String] {
  try lines(
    SampleFile(pages: [content], resources: resources, page: page, more: more).bytes)
}

extension DocumentText {
  /// Whether any page has text.
  var hasText: Bool { pages.contains { !$0.lines.isEmpty } }
}
