/// Metadata found in a file's properties and on its first pages.
///
/// It is suggested to staff, and never stored in a record without them.
package struct Findings: Sendable, Equatable, Codable {
  package var title: Finding<String>?
  package var authors: Finding<[String]>?
  package var published: Finding<PublicationDate>?
  package var abstract: Finding<String>?
  /// A BCP 47 tag.
  package var language: Finding<String>?

  package init() {}

  package var isEmpty: Bool {
    title == nil && authors == nil && published == nil && abstract == nil && language == nil
  }
}

/// A value with its source.
package struct Finding<Value: Sendable & Equatable & Codable>: Sendable, Equatable, Codable {
  package var value: Value
  /// The confidence, from 0 to 1.
  package var confidence: Double
  package var source: FindingSource

  package init(_ value: Value, confidence: Double, source: FindingSource) {
    self.value = value
    self.confidence = confidence
    self.source = source
  }
}

/// The source of a value.
package enum FindingSource: String, Sendable, Equatable, Codable {
  /// In the properties of the file.
  case properties
  /// On the first pages.
  case pages
  /// In both, with the same value.
  case both
}

extension PublicationDate: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = PublicationDate(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no date: \(text)")
    }
    self = date
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
