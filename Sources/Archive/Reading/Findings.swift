/// Metadata found in a file's properties and on its pages.
///
/// It is suggested to staff, and never stored in a record without them. The form is filled with what
/// is certain enough (``Finding/isCertain``); the rest is suggested beside blank fields.
package struct Findings: Sendable, Equatable, Codable {
  package var title: Finding<String>?
  package var subtitle: Finding<String>?
  package var authors: Finding<[String]>?
  package var published: Finding<PublicationDate>?
  package var abstract: Finding<String>?
  /// The abstract as it is in the file; nil if ``abstract`` is the same, so that it has no repairs.
  package var unrepairedAbstract: String?
  /// A BCP 47 tag.
  package var language: Finding<String>?
  package var series: Finding<String>?
  /// The number in the series, or of the report.
  package var number: Finding<String>?
  /// Without a resolver: `10.1000/182`.
  package var doi: Finding<String>?

  package init() {}

  package var isEmpty: Bool { self == Findings() }

  /// The values that are certain enough to fill the form.
  package var certain: Findings { filtered { $0 } }

  /// The values that are only suggested.
  package var uncertain: Findings { filtered { !$0 } }

  private func filtered(_ isIncluded: (_ isCertain: Bool) -> Bool) -> Findings {
    func kept<Value>(_ finding: Finding<Value>?) -> Finding<Value>? {
      finding.flatMap { isIncluded($0.isCertain) ? $0 : nil }
    }
    var result = Findings()
    result.title = kept(title)
    result.subtitle = kept(subtitle)
    result.authors = kept(authors)
    result.published = kept(published)
    result.abstract = kept(abstract)
    result.unrepairedAbstract = result.abstract.flatMap { _ in unrepairedAbstract }
    result.language = kept(language)
    result.series = kept(series)
    result.number = kept(number)
    result.doi = kept(doi)
    return result
  }

  /// These values, and those of `other` for fields that have none here.
  package func merging(_ other: Findings) -> Findings {
    var result = self
    result.title = title ?? other.title
    result.subtitle = subtitle ?? other.subtitle
    result.authors = authors ?? other.authors
    result.published = published ?? other.published
    if abstract == nil {
      (result.abstract, result.unrepairedAbstract) = (other.abstract, other.unrepairedAbstract)
    }
    result.language = language ?? other.language
    result.series = series ?? other.series
    result.number = number ?? other.number
    result.doi = doi ?? other.doi
    return result
  }
}

/// A value with its source.
package struct Finding<Value: Sendable & Equatable & Codable>: Sendable, Equatable, Codable {
  package var value: Value
  /// The confidence, from 0 to 1.
  package var confidence: Double
  package var source: FindingSource
  /// The page on which it is, from 1; nil if it is not on one page.
  package var page: Int?

  package init(_ value: Value, confidence: Double, source: FindingSource, page: Int? = nil) {
    self.value = value
    self.confidence = confidence
    self.source = source
    self.page = page
  }

  /// Whether the form is filled with it.
  package var isCertain: Bool { confidence >= Confidence.certain }
}

/// How confidence is used.
package enum Confidence {
  /// The least confidence of values that fill the form; less certain ones are suggested.
  package static let certain = 0.6
}

/// The source of a value.
package enum FindingSource: String, Sendable, Equatable, Codable {
  /// In the properties of the file.
  case properties
  /// On the pages.
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
