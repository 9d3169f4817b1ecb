import Archive
internal import Foundation
import Markup

/// A language of the site: its phrases and its formats of dates and numbers.
///
/// The phrases come from a file in `Public/languages`, named by the tag of the language. A new file
/// adds a language; missing phrases are in English.
package struct Language: Sendable {
  /// A BCP 47 tag.
  package let tag: String
  let isRightToLeft: Bool
  /// What the site calls types, by the stored name; the same in every language.
  private var typeNames: [String: String] = [:]
  private let phrases: [Phrase: Template]
  private let counts: [Counted: [PluralRule.Form: Template]]
  private let rule: PluralRule
  private let conventions: Conventions

  /// Makes a language from the entries of a file.
  ///
  /// - Parameters:
  ///   - tag: The language's BCP 47 tag.
  ///   - entries: The phrases by name.
  ///   - fallback: The language for missing phrases; nil for English.
  init(tag: String, entries: [String: String], fallback: Language?) {
    self.tag = tag
    rule = PluralRule(language: tag)
    conventions = Conventions(tag)
    isRightToLeft = Language.isRightToLeft(tag)
    var phrases = fallback?.phrases ?? [:]
    for phrase in Phrase.allCases {
      if let words = entries[phrase.rawValue] { phrases[phrase] = Template(words) }
    }
    self.phrases = phrases
    var counts: [Counted: [PluralRule.Form: Template]] = [:]
    for thing in Counted.allCases {
      for form in PluralRule.Form.allCases {
        let words = entries["\(thing).\(form)"] ?? entries["\(thing).other"]
        counts[thing, default: [:]][form] =
          words.map(Template.init) ?? fallback?.counts[thing]?[form == .one ? .one : .other]
      }
    }
    self.counts = counts
  }

  /// The names of all entries that the file of a language should have.
  package static func names(for tag: String) -> [String] {
    Phrase.allCases.map(\.rawValue)
      + Counted.allCases.flatMap { thing in
        PluralRule(language: tag).forms.map { "\(thing).\($0)" }
      }
  }

  /// Whether a language is written from right to left.
  static func isRightToLeft(_ tag: String) -> Bool {
    Locale.Language(identifier: tag).characterDirection == .rightToLeft
  }

  // MARK: Words

  /// A phrase without parameters.
  subscript(_ phrase: Phrase) -> String { phrases[phrase]?.words ?? phrase.rawValue }

  /// A phrase with text as its parameters.
  func callAsFunction(_ phrase: Phrase, _ parts: String...) -> String {
    phrases[phrase]?.filled(with: parts) ?? phrase.rawValue
  }

  /// A phrase with markup as its parameters.
  func html(_ phrase: Phrase, _ parts: HTML...) -> HTML {
    phrases[phrase]?.filled(with: parts) ?? "\(phrase.rawValue)"
  }

  /// A number with a noun: `5,819 publications`.
  func count(_ thing: Counted, _ number: Int) -> String {
    let digits = self.number(number)
    return counts[thing]?[rule.form(of: number)]?.filled(with: [digits]) ?? digits
  }

  // MARK: Numbers and dates

  func number(_ number: Int) -> String { conventions.number(number) }

  /// `1258291` as `1.3 MB`: powers of ten, as browsers show downloads.
  func size(_ octets: Int) -> String {
    switch octets {
    case ..<1000: count(.bytes, octets)
    case ..<999_500: self(.kilobytes, number((octets + 500) / 1000))
    case ..<999_500_000: self(.megabytes, conventions.short(Double(octets) / 1_000_000))
    default: self(.gigabytes, conventions.short(Double(octets) / 1_000_000_000))
    }
  }

  /// A limit as it is set: `64 MiB`, `1.5 MiB`.
  func binarySize(_ octets: Int) -> String {
    for (unit, phrase) in [
      (1 << 30, Phrase.gibibytes), (1 << 20, .mebibytes), (1 << 10, .kibibytes),
    ] where octets >= unit {
      return self(phrase, conventions.short(Double(octets) / Double(unit)))
    }
    return count(.bytes, octets)
  }

  /// `February 25, 2010`, or what is known of it.
  func date(_ date: PublicationDate) -> String { conventions.date(date) }

  // MARK: Names

  /// The name of a language by its tag; the tag itself when it has none.
  func name(ofLanguage other: String) -> String { conventions.name(ofLanguage: other) }

  /// The same language with the site's names of types.
  func naming(_ types: [TypeEntry]) -> Language {
    var other = self
    other.typeNames = Dictionary(
      types.compactMap { type in type.label.map { (type.name.rawValue, $0) } },
      uniquingKeysWith: { first, _ in first })
    return other
  }

  /// What a type is called; one of the site that is not known any more, as what it is based on.
  func name(of type: TypeName) -> String {
    typeNames[type.rawValue] ?? name(of: type.base)
  }

  func name(of type: PublicationType) -> String {
    typeNames[type.rawValue] ?? usualName(of: type)
  }

  /// What a type is called where a site has not named it.
  func usualName(of type: PublicationType) -> String {
    switch type {
    case .report: self[.typeReport]
    case .policyPaper: self[.typePolicyPaper]
    case .workingPaper: self[.typeWorkingPaper]
    case .brief: self[.typeBrief]
    case .article: self[.typeArticle]
    case .book: self[.typeBook]
    case .chapter: self[.typeChapter]
    case .proceedings: self[.typeProceedings]
    case .thesis: self[.typeThesis]
    case .dataset: self[.typeDataset]
    case .other: self[.typeOther]
    }
  }

  /// The same by its name in the archive, which is given when it is none.
  func name(ofType name: String) -> String {
    TypeName(rawValue: name).map { self.name(of: $0) } ?? name
  }

  func name(of status: Publication.Status) -> String {
    switch status {
    case .draft: self[.statusDraft]
    case .review: self[.statusReview]
    case .scheduled: self[.statusScheduled]
    case .published: self[.statusPublished]
    case .withdrawn: self[.statusWithdrawn]
    }
  }

  func name(of role: Role) -> String {
    switch role {
    case .author: self[.roleAuthor]
    case .editor: self[.roleEditor]
    case .administrator: self[.roleAdministrator]
    }
  }

  /// The names of authors as text.
  func names(_ authors: [String]) -> String {
    switch authors.count {
    case 0: return ""
    case 1: return authors[0]
    case 2...6:
      return self(.namesAnd, authors.dropLast().joined(separator: ", "), authors.last ?? "")
    default:
      return self(
        .namesAnd, authors.prefix(5).joined(separator: ", "),
        count(.otherAuthors, authors.count - 5))
    }
  }

  /// The attributes of text in the language of a tag: `lang` if it is another one, and `dir`.
  func script(of tag: String?) -> HTML {
    let other = tag.flatMap { isOther($0) ? $0 : nil }
    return "\(other, { " lang=\"\($0)\"" }) dir=\"auto\""
  }

  /// Whether a tag names another language.
  func isOther(_ tag: String) -> Bool {
    tag != self.tag && Pages.isLanguageTag(tag)
      && tag.split(separator: "-").first != self.tag.split(separator: "-").first
  }

  /// The words for readers of a series with its number.
  func series(_ record: Record) -> String? {
    record.series.map { series in record.number.map { self(.seriesNumber, series, $0) } ?? series }
  }
}
