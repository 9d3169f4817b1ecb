// ISO 32000-1 §14.3: metadata.

/// What a file says about itself.
package struct Metadata: Sendable, Equatable {
  package var title: String?
  package var authors: [String] = []
  package var subject: String?
  package var keywords: [String] = []
  /// The program the document was written with.
  package var creator: String?
  /// The program that made the file.
  package var producer: String?
  /// When it was made, as ISO 8601 with as much as is known.
  package var created: String?
  package var modified: String?
  /// A language tag (RFC 5646).
  package var language: String?

  package init() {}
}
