// ISO 32000-1 §14.3: metadata.

/// The metadata of a file.
package struct Metadata: Sendable, Equatable {
  package var title: String?
  package var authors: [String] = []
  package var subject: String?
  package var keywords: [String] = []
  /// The program in which the document was written.
  package var creator: String?
  /// The program that created the PDF.
  package var producer: String?
  /// The creation date in ISO 8601, as precise as known.
  package var created: String?
  package var modified: String?
  /// A language tag (RFC 5646).
  package var language: String?

  package init() {}
}
