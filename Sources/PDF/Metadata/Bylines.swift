/// Words with which documents introduce their authors.
enum Bylines {
  private static let labels = [
    "Prepared by", "Written by", "Authored by", "Edited by", "Authors:", "Author:", "Author(s):",
    "By:", "By", "by", "BY", "Von", "von", "Verfasst von", "Verfasser:", "Verfasserin:", "Autor:",
    "Autoren:", "Autorinnen und Autoren:", "Par", "par", "Auteur :", "Auteurs :", "Auteur:",
    "Auteurs:", "Por", "por", "Autores:", "Autora:", "Av", "av", "Författare:", "Forfatter:",
    "Forfattere:", "Автор:", "Авторы:", "作者：", "作者:", "著者：", "著者:", "执笔：", "저자:", "저자 :",
    "집필:", "المؤلف:", "إعداد:", "تأليف:", "From:", "Från:", "От:",
  ]

  private static let labelStarts = Set(labels.compactMap(\.first))

  /// The text after a word that introduces authors.
  static func withoutBy(_ text: String) -> (rest: String, hasLabel: Bool) {
    guard let first = text.first, labelStarts.contains(first) else { return (text, false) }
    for word in labels where text.hasPrefix(word) {
      let rest = text.dropFirst(word.count)
      if rest.isEmpty || rest.first == " " || word.hasSuffix(":") || word.hasSuffix("：") {
        return (String(rest).trimmedSpaces, true)
      }
    }
    return (text, false)
  }

  /// Names after a label in scripts without capitals, where only the label tells them from words.
  static func namesWithoutCapitals(_ rest: String) -> [String] {
    let letters = rest.filter(\.isLetter)
    guard (2...60).contains(letters.count),
      letters.allSatisfy({ !$0.isUppercase && !$0.isLowercase })
    else { return [] }
    let isEastAsian = letters.unicodeScalars.contains { (0x3040...0xD7A3).contains($0.value) }
    let separators = isEastAsian ? " 、，,；;·" : "،,؛;·"
    let names = rest.split { separators.contains($0) }.map { String($0).trimmedSpaces }
    let areNames = names.allSatisfy { name in
      isEastAsian
        ? (2...5).contains(name.count) : (2...5).contains(name.split(separator: " ").count)
    }
    return areNames ? names : []
  }

  /// The name beside a position in a short line: “김민수 연구위원”, “主任研究員　山田 太郎”.
  static func eastAsianName(_ line: String) -> String? {
    let positions = [
      "선임연구위원", "연구위원", "책임연구원", "연구원", "교수", "박사", "主任研究員", "上席研究員", "研究員", "准教授",
      "教授", "研究员", "副研究员", "博士",
    ]
    guard line.count < 24, let position = positions.first(where: { line.contains($0) }) else {
      return nil
    }
    let rest = line.replacing(position, with: "").filter {
      $0 != " " && $0 != "\u{3000}" && $0 != "\t"
    }
    let isName =
      (2...5).contains(rest.count)
      && rest.unicodeScalars.allSatisfy {
        isIdeographic($0) || (0xAC00...0xD7A3).contains($0.value)
      }
    return isName ? rest : nil
  }

  static func endsSearch(_ text: String) -> Bool {
    let plain = PlainWords.plain(text)
    return [
      "abstract", "summary", "introduction", "contents", "table of contents", "keywords",
      "zusammenfassung", "résumé", "resumen", "sammanfattning", "executive summary",
      "аннотация", "содержание", "摘要", "要旨", "초록", "doi", "corresponding author",
    ].contains { plain == $0 || plain.hasPrefix($0 + " ") }
  }

  /// Whether a line is a heading over the authors.
  static func isAuthorHeading(_ text: String) -> Bool {
    let headings: Set<String> = [
      "author information", "author contact information", "about the author", "about the authors",
      "authors", "author", "the authors", "the author",
      "autoren", "autor", "autorin", "über die autoren", "über den autor", "über die autorin",
      "zum autor", "zu den autoren", "auteur", "auteurs", "les auteurs", "à propos des auteurs",
      "à propos de l auteur", "sobre los autores", "sobre el autor", "autores", "om författaren",
      "om författarna", "författare", "om forfatteren", "сведения об авторах", "об авторах",
      "об авторе", "авторы", "作者简介", "作者", "著者紹介", "著者", "執筆者", "저자", "저자 소개",
    ]
    return text.utf8.count < 80 && headings.contains(PlainWords.plain(text))
  }

  private static let positions: Set<Substring> = [
    "specialist", "analyst", "coordinator", "professor", "researcher", "fellow", "director",
    "attorney", "counsel", "economist", "librarian", "manager", "scientist", "lecturer",
    "associate", "assistant", "adviser", "advisor", "officer", "editor", "engineer",
    "consultant", "historian", "correspondent", "reader", "chair", "president", "head",
    "referent", "referentin", "leiter", "leiterin", "mitarbeiter", "mitarbeiterin", "professorin",
    "dozent", "dozentin", "forskare", "analytiker", "utredare", "docent", "chercheur",
    "chercheuse", "professeur", "professeure", "analyste", "économiste", "investigador",
    "investigadora", "profesor", "profesora", "analista", "сотрудник", "профессор", "доцент",
    "эксперт", "аналитик", "директор",
  ]

  static func isPositionWord(_ word: String) -> Bool {
    positions.contains(Substring(word.lowercased()))
  }

  /// Whether a text is a person's position: “Analyst in Ports”, “Professor of Law”.
  static func isPosition(_ text: String) -> Bool {
    guard text.utf8.count < 150, !endsSentence(text) else { return false }
    return PlainWords.plain(text).split(separator: " ").prefix(6).contains(
      where: positions.contains)
  }

  /// The name with which a sentence about a person begins: “Greta Holm is a Senior Fellow”.
  static func subject(of sentence: String) -> String? {
    let words = sentence.split(separator: " ").prefix(7)
    let verbs: Set<Substring> = [
      "is", "was", "are", "has", "works", "holds", "ist", "war", "est", "es", "är", "er", "—", "–",
      "is,",
    ]
    guard let verb = words.firstIndex(where: verbs.contains), verb >= 2 else { return nil }
    let name = words[..<verb].joined(separator: " ")
    return AuthorNames.parts(of: name).first.flatMap { AuthorNames.isName($0) ? $0 : nil }
  }

  /// Whether a line says how to reach a person.
  static func isContact(_ text: String) -> Bool {
    let words = PlainWords.plain(text).split(separator: " ")
    return text.contains("@")
      || words.contains { ["phone", "telephone", "tel", "fax", "contact", "kontakt"].contains($0) }
  }

  /// Whether a part after a name is an institution or a place.
  static func isPlace(_ text: String) -> Bool {
    TitleWords.isInstitution(text)
      || !AuthorNames.isName(text) && text.split(separator: " ").count <= 1
  }
}
