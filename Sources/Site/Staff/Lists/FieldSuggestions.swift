import Archive
internal import Foundation
import HTTP
import Markup

/// A field of a publication for which there are suggestions while staff type.
enum SuggestedField: String, CaseIterable {
  case authors, topics, series, licence, language, type

  init?(_ field: FieldError.Field) { self.init(rawValue: field.rawValue) }

  init(_ list: NameList) {
    switch list {
    case .authors: self = .authors
    case .topics: self = .topics
    case .series: self = .series
    case .licences: self = .licence
    }
  }
}

/// What is suggested: what goes into the field, and words for people.
private struct FieldSuggestion {
  let value: String
  let label: String
  var detail = ""
  var issn: String?

  var json: JSON {
    [
      "value": .text(value), "label": .text(label),
      "detail": detail.isEmpty ? nil : .text(detail), "issn": issn.map(JSON.text),
    ]
  }
}

extension Site {
  /// Suggestions for a field, as JSON.
  func staffSuggestions(_ visit: StaffRequest) throws -> Response {
    let query = Query(visit.request.query)
    guard let field = query.text("field").flatMap(SuggestedField.init) else {
      return problem(.badRequest, "“field” is not one of the fields with suggestions")
    }
    let typed = query.words("q")
    let words = visit.pages.words
    let found: [FieldSuggestion] =
      switch field {
      case .authors: try suggestions(for: typed, in: .authors, words)
      case .topics: try suggestions(for: typed, in: .topics, words)
      case .series: try suggestions(for: typed, in: .series, words)
      case .licence: try licences(for: typed, words)
      case .language: words.languages(for: typed)
      case .type: words.types(for: typed, among: assets.types)
      }
    var response = text(
      JSON.object([("suggestions", .array(found.map(\.json)))]).bytes,
      "application/json; charset=utf-8")
    response.fields.set("Cache-Control", to: cacheControl(.never))
    return response
  }

  private func suggestions(
    for typed: String, in list: NameList, _ words: Language
  ) throws -> [FieldSuggestion] {
    try archive.lists.suggestions(for: typed, in: list).map { found in
      let details = [
        found.alias.map { words(.suggestionAlias, $0) },
        list == .topics ? nil : found.identifier, words.count(.publication, found.publications),
      ]
      return FieldSuggestion(
        value: list == .authors && found.identifier != nil
          ? "\(found.name) \(found.identifier ?? "")" : found.name,
        label: found.name, detail: details.compactMap(\.self).joined(separator: " · "),
        issn: list == .series ? found.identifier : nil)
    }
  }

  /// Licences that publications have, and then those of the SPDX list.
  private func licences(for typed: String, _ words: Language) throws -> [FieldSuggestion] {
    let own = try suggestions(for: typed, in: .licences, words)
    let known = Set(own.map(\.value))
    let spdx = SPDX.licences.filter {
      !known.contains($0.identifier) && "\($0.identifier) \($0.name)".isFound(by: typed)
    }
    return own
      + spdx.prefix(8 - min(own.count, 8)).map {
        FieldSuggestion(value: $0.identifier, label: $0.identifier, detail: $0.name)
      }
  }
}

extension Language {
  fileprivate func languages(for typed: String) -> [FieldSuggestion] {
    guard !typed.isEmpty else { return [] }
    let tags = Locale.LanguageCode.isoLanguageCodes.map(\.identifier).filter {
      $0.utf8.count == 2 || $0 == typed.lowercased()
    }
    let exact = tags.filter { $0 == typed.lowercased() }
    let others = tags.filter { tag in
      !exact.contains(tag) && name(ofLanguage: tag).isFound(by: typed)
    }.sorted { name(ofLanguage: $0) < name(ofLanguage: $1) }
    return (exact + others).prefix(8).map {
      FieldSuggestion(value: $0, label: name(ofLanguage: $0), detail: $0)
    }
  }

  fileprivate func types(for typed: String, among types: [TypeEntry]) -> [FieldSuggestion] {
    offered(types, beside: nil).filter { name(of: $0).isFound(by: typed) }.map {
      FieldSuggestion(value: $0.rawValue, label: name(of: $0))
    }
  }
}

extension String {
  /// Whether every typed word begins a word of the text, whatever its case and accents.
  fileprivate func isFound(by typed: String) -> Bool {
    func words(_ text: String) -> [String] {
      text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
        .split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
    let own = words(self)
    return words(typed).allSatisfy { word in own.contains { $0.hasPrefix(word) } }
  }
}

extension Pages {
  /// The attributes of a field by which the script offers suggestions.
  ///
  /// - Parameters:
  ///   - field: The field.
  ///   - isSingle: Whether the control holds one name, where the field of a publication may have
  ///     several.
  /// - Returns: Attributes.
  func suggesting(_ field: SuggestedField, isSingle: Bool = false) -> HTML {
    """
    data-suggest="\(field.rawValue)" data-found="\(words(.suggestionsFound, "{1}"))"\
    \(if: isSingle, " data-single")
    """
  }

  func suggesting(_ list: NameList, isSingle: Bool = false) -> HTML {
    suggesting(SuggestedField(list), isSingle: isSingle)
  }

  /// The values of a short list, for browsers without script.
  func options(for field: SuggestedField) -> HTML {
    switch field {
    case .licence:
      """
      <datalist id="licence-options" lang="en">
      \(each: SPDX.licences, { "<option value=\"\($0.identifier)\">\($0.name)</option>\n" })\
      </datalist>
      """
    case .language:
      """
      <datalist id="language-options">
      \(each: Pages.frequentLanguages, {
        "<option value=\"\($0)\">\(words.name(ofLanguage: $0))</option>\n"
      })</datalist>
      """
    case .authors, .topics, .series, .type: ""
    }
  }

  /// The languages in which most publications are written.
  private static let frequentLanguages = [
    "ar", "da", "de", "el", "en", "es", "fa", "fi", "fr", "hi", "id", "it", "ja", "ko", "nb", "nl",
    "pl", "pt", "ro", "ru", "sv", "tr", "uk", "vi", "zh",
  ]
}
