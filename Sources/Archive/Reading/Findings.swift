/// What a file says of itself, and what its first pages say of it, for the record.
///
/// It is an offer: nothing of it is in a record before staff have seen it.
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

/// Something found, with what speaks for it.
package struct Finding<Value: Sendable & Equatable & Codable>: Sendable, Equatable, Codable {
  package var value: Value
  /// From 0 to 1; what is offered is more likely right than not by far.
  package var confidence: Double
  package var source: FindingSource

  package init(_ value: Value, confidence: Double, source: FindingSource) {
    self.value = value
    self.confidence = confidence
    self.source = source
  }
}

/// Where something was found.
package enum FindingSource: String, Sendable, Equatable, Codable {
  /// In the entries of the file that programs show as its properties.
  case properties
  /// On the first pages.
  case pages
  /// In both, alike.
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
