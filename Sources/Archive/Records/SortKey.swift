internal import Foundation

/// Keys by which titles and names are sorted.
enum SortKey {
  /// The key of a title: without its article, in lower case, without accents.
  static func title(_ title: String, language: String?) -> String {
    let key = folded(title)
    let articles = articles[language?.prefix(2).lowercased() ?? "en"] ?? []
    let article = articles.first { key.hasPrefix($0 + " ") }
    return article.map { String(key.dropFirst($0.count + 1)) } ?? key
  }

  /// The key of a name: a person's family name without particles, then the rest; an organization's
  /// name without its article.
  static func author(_ name: AuthorName) -> String {
    guard let person = name.person else {
      return name.kind == .organization ? title(name.text, language: nil) : folded(name.text)
    }
    let words = person.family.split(separator: " ")
    let isInCapitals = NameParts.isInCapitals(name.text)
    let main = words.drop { word in
      NameLists.particles.contains(isInCapitals ? word.lowercased() : String(word))
    }
    let family = (main.isEmpty ? words[...] : main).joined(separator: " ")
    return folded("\(family) \(person.given) \(person.suffix ?? "")")
  }

  private static let articles = [
    "en": ["the", "a", "an"], "fr": ["le", "la", "les", "l", "un", "une"],
    "de": ["der", "die", "das", "ein", "eine"], "es": ["el", "la", "los", "las", "un", "una"],
    "it": ["il", "lo", "la", "i", "gli", "le", "un", "una"], "sv": ["en", "ett", "den", "det"],
  ]

  /// Letters and digits in lower case and without accents, single spaces for everything else.
  private static func folded(_ text: String) -> String {
    var key = ""
    var isSpaced = false
    for character in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
      if character.properties.generalCategory == .nonspacingMark { continue }
      guard character.properties.isAlphabetic || character.properties.numericType != nil else {
        isSpaced = !key.isEmpty
        continue
      }
      if isSpaced { key.append(" ") }
      isSpaced = false
      key.unicodeScalars.append(character)
    }
    return key
  }
}
