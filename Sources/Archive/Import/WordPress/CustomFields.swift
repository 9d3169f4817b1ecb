internal import Foundation
internal import TextRepair

/// The custom fields of a WordPress post: those that a record has a place for, and the rest.
struct CustomFields {
  private(set) var authors: [String] = []
  private(set) var abstract = ""
  private(set) var published: PublicationDate?
  private var texts: [CatalogueField: String] = [:]
  /// What no field of a record has a place for.
  var rest: [String: String] = [:]

  /// - Parameters:
  ///   - item: The post.
  ///   - authorsField: The field that names the authors; nil takes the one that is called so.
  init(_ item: WordPressItem, authorsField: String?) {
    for (key, value) in item.fields {
      let text = plainLine(ofMarkup: value).cleanedLine
      guard !text.isEmpty else { continue }
      if let authorsField, key == authorsField {
        authors += CustomFields.names(value)
        continue
      }
      // WordPress and its plugins keep their own settings behind an underscore.
      guard !key.hasPrefix("_") else { continue }
      switch ColumnMapping.guess(key) {
      case .authors where authorsField == nil: authors += CustomFields.names(value)
      case .abstract:
        abstract = plainText(ofWebPage: value, keepsLines: true).cleanedParagraphs
      case .published where published == nil && CatalogueDate.date(text) != nil:
        published = CatalogueDate.date(text)
      case .number where texts[.number] == nil: texts[.number] = text
      case .doi where texts[.doi] == nil && DOI(text) != nil: texts[.doi] = DOI(text)?.description
      case .issn where texts[.issn] == nil && ISSN(text) != nil: texts[.issn] = text
      case .language where texts[.language] == nil && CatalogueWords.languageTag(text) != nil:
        texts[.language] = CatalogueWords.languageTag(text)
      case let field? where [.series, .subtitle, .licence].contains(field) && texts[field] == nil:
        texts[field] = text
      default: keep(key, text)
      }
    }
  }

  private mutating func keep(_ key: String, _ text: String) {
    rest[key] = rest[key].map { $0 == text ? $0 : "\($0); \(text)" } ?? text
  }

  /// The names in a field: one a line, or with semicolons between.
  private static func names(_ value: String) -> [String] {
    value.split { $0 == ";" || $0 == "\n" || $0 == "|" }
      .map { plainLine(ofMarkup: String($0)).cleanedLine }
      .flatMap { $0.isEmpty ? [] : AuthorName.divided($0) }
  }

  func set(_ record: inout Record) {
    record.number = texts[.number]
    record.doi = texts[.doi]
    record.issn = texts[.issn].flatMap(ISSN.init)
    record.series = texts[.series]
    record.subtitle = texts[.subtitle]
    record.licence = texts[.licence]
    record.language = texts[.language]
  }

  /// The rest as a JSON object.
  var unknown: String? {
    guard !rest.isEmpty,
      let data = try? JSONSerialization.data(
        withJSONObject: rest, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return nil }
    return String(decoding: data, as: UTF8.self)
  }
}
